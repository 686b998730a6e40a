"""Who gets which share: by supplier, group, country, region, licence and stage.

Open orders and opening stock stand beside the plan in ``weight_with_open``.  Who made the opening
stock is not recorded, so that it is ``unknown`` in every dimension but licence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.problem import UNKNOWN, OfferKey
from optimizer.assemble.effects import effects_from_rows
from optimizer.assemble.ground import Ground, ground_of
from optimizer.assemble.licensing import licences_of
from optimizer.assemble.origins import Origins, origins_of
from optimizer.assemble.stock import comes
from optimizer.contract.results import MixRow
from optimizer.results.amounts import NOISE, share, summed
from optimizer.results.basis import Basis
from optimizer.results.service import FREE_GOODS

LICENCE = "licence"
POINTS = 10_000.0

Parts = Mapping[str, float]
"""member -> part of one unit of weight that is its own"""


@dataclass(frozen=True, slots=True)
class _Dimension:
    """How goods are grouped: each source's weight in the dimension and what part is whose.

    ``mass``: item -> what one unit of weight counts for; absent: the item is outside.  ``parts``:
    source -> member -> share of that; members of a licence overlap.  ``stock``: weight in stock at
    the start, by member.
    """

    name: str
    mass: Mapping[str, float]
    parts: Mapping[OfferKey, Parts]
    stock: Parts
    stock_total: float


def mix_rows(basis: Basis) -> tuple[MixRow, ...]:
    """Every member of every dimension that gets something, largest first."""
    ground = ground_of(basis.data)
    delivered = summed(((s, i), quantity) for (s, i, _, _), quantity in basis.volume.items())
    spend = summed(((lane[0], lane[1]), basis.spend(lane)) for lane in basis.volume)
    coming = _coming(basis, ground)
    sources = tuple(sorted({*delivered, *coming}))
    return tuple(
        row
        for dimension in _dimensions(basis, ground, sources)
        for row in _rows(basis, dimension, delivered, coming, spend)
    )


def _coming(basis: Basis, ground: Ground) -> Mapping[OfferKey, float]:
    """What is expected to arrive by T of orders that are already placed."""
    effects = effects_from_rows(ground)
    return summed(
        ((order.supplier, order.item), chance * quantity)
        for order in basis.data.open_orders
        if ground.clock.holds(order.period)
        for outcome, chance in basis.problem.outcomes.items()
        for period, quantity in (comes(ground, order, effects, outcome),)
        if ground.clock.holds(period)
    )


def hhi_points(mix: tuple[MixRow, ...]) -> dict[str, float]:
    """Dimension -> sum of squared shares in points; not for licences, whose members overlap."""
    return summed((row.dimension, POINTS * row.share**2) for row in mix if row.dimension != LICENCE)


def _dimensions(
    basis: Basis, ground: Ground, sources: tuple[OfferKey, ...]
) -> Iterator[_Dimension]:
    origins = origins_of(ground)
    every = dict.fromkeys(ground.items, 1.0)
    makers = {supplier: ground.suppliers[supplier] for supplier, _ in sources}
    region = {name: row.region or name for name, row in ground.countries.items()}
    members = {
        "supplier": {name: name for name in makers},
        "group": {name: row.group or name for name, row in makers.items()},
        "country": {name: row.country for name, row in makers.items()},
        "region": {name: region.get(row.country, row.country) for name, row in makers.items()},
    }
    for name, member in members.items():
        parts = {source: {member[source[0]]: 1.0} for source in sources}
        yield _of_unknown_stock(basis, name, every, parts)
    yield _licences(basis, ground, origins, sources, every)
    for stage in origins.elements:
        yield _stage(basis, ground, origins, stage, sources)


def _of_unknown_stock(
    basis: Basis, name: str, mass: Mapping[str, float], parts: Mapping[OfferKey, Parts]
) -> _Dimension:
    total = sum(
        row.quantity * basis.weight(row.item) * mass.get(row.item, 0.0) for row in basis.data.stock
    )
    return _Dimension(name, mass, parts, {UNKNOWN: total}, total)


def _licences(
    basis: Basis,
    ground: Ground,
    origins: Origins,
    sources: tuple[OfferKey, ...],
    every: Mapping[str, float],
) -> _Dimension:
    """By the licences that goods need; what needs none is ``free``."""
    needed = licences_of(ground, origins)
    parts = {source: dict.fromkeys(needed.get(source) or (FREE_GOODS,), 1.0) for source in sources}
    held = [
        (licence, row.quantity * basis.weight(row.item))
        for row in basis.data.stock
        for licence in set(row.licences) or {FREE_GOODS}
    ]
    total = sum(row.quantity * basis.weight(row.item) for row in basis.data.stock)
    return _Dimension(LICENCE, every, parts, summed(held), total)


def _stage(
    basis: Basis, ground: Ground, origins: Origins, stage: str, sources: tuple[OfferKey, ...]
) -> _Dimension:
    """By the countries where a stage was done; what no row tells is ``unknown``."""
    measured = {item: origins.measured(stage, ground.mass.get(item)) for item in ground.items}
    mass = {item: sum(held.values()) for item, held in measured.items() if sum(held.values())}
    parts: dict[OfferKey, Parts] = {}
    for supplier, item in sources:
        if item not in mass:
            continue
        drawn = [
            (country, part * held / mass[item])
            for element, held in measured[item].items()
            for country, part in origins.drawn(supplier, stage, element).items()
        ]
        missing = [
            (UNKNOWN, origins.unknown(supplier, stage, element) * held / mass[item])
            for element, held in measured[item].items()
        ]
        parts[supplier, item] = summed([*drawn, *missing])
    return _of_unknown_stock(basis, stage, mass, parts)


def _rows(
    basis: Basis,
    dimension: _Dimension,
    delivered: Mapping[OfferKey, float],
    coming: Mapping[OfferKey, float],
    spend: Mapping[OfferKey, float],
) -> list[MixRow]:
    def weigh(quantities: Mapping[OfferKey, float]) -> tuple[float, dict[str, float]]:
        weights = {
            source: quantity * basis.weight(source[1]) * dimension.mass[source[1]]
            for source, quantity in quantities.items()
            if source in dimension.parts
        }
        return sum(weights.values()), _split(weights, dimension.parts)

    total, weight = weigh(delivered)
    open_total, open_weight = weigh(coming)
    money = {source: amount for source, amount in spend.items() if source in dimension.parts}
    paid, member_spend = sum(money.values()), _split(money, dimension.parts)
    rows = []
    for member in sorted({*weight, *open_weight, *dimension.stock}):
        own = weight.get(member, 0.0)
        with_open = own + open_weight.get(member, 0.0) + dimension.stock.get(member, 0.0)
        if with_open <= NOISE:
            continue
        cost = member_spend.get(member, 0.0)
        rows.append(
            MixRow(
                dimension=dimension.name,
                member=member,
                weight=own,
                share=share(own, total),
                weight_with_open=with_open,
                share_with_open=share(with_open, total + open_total + dimension.stock_total),
                spend=cost,
                spend_share=share(cost, paid),
            )
        )
    return sorted(
        rows, key=lambda r: (r.member in (UNKNOWN, FREE_GOODS), -r.weight, -r.weight_with_open)
    )


def _split(amounts: Mapping[OfferKey, float], parts: Mapping[OfferKey, Parts]) -> dict[str, float]:
    return summed(
        (member, amount * part)
        for source, amount in amounts.items()
        for member, part in parts[source].items()
    )
