"""Mix and HHI: who gets which share, by every dimension."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimizer.contract.results import MixRow
from optimizer.verify.case import Case
from optimizer.verify.rules import hhi_of
from optimizer.verify.scope import spend_by_offer
from optimizer.verify.sources import OfferKey
from optimizer.verify.split import DIMENSIONS, item_whole, split_of
from optimizer.verify.tolerance import HHI_POINTS, unit
from optimizer.verify.violation import Check, Violation, same, words

UNKNOWN = "unknown"
FREE = "free"


@dataclass(frozen=True, slots=True)
class Shares:
    """Amounts of one dimension by member, with ``unknown`` and ``free`` where there are any."""

    members: Mapping[str, float]
    total: float


def check_mix(case: Case) -> Iterator[Violation]:
    """Each row of Mix, recomputed; every member with a weight has its row."""
    rows: defaultdict[str, dict[str, MixRow]] = defaultdict(dict)
    for row in case.tables.mix:
        rows[row.dimension][row.member] = row
    spent = spend_by_offer(case, None)
    ordered = _open_orders(case)
    for dimension in dimensions(case):
        weights = _shares(case, dimension, case.flows.volume, spend=False)
        spend = _shares(case, dimension, spent, spend=True)
        opened = _shares(case, dimension, ordered, spend=False)
        listed = rows.pop(dimension, {})
        least = unit(1.0) * weights.total
        for member, weight in weights.members.items():
            if member not in listed and weight > least:
                place = f"{dimension} {member}"
                yield words(Check.MIX_ROW, place, "a row in Mix", "no row")
        for row in listed.values():
            yield from _row(case, row, weights, spend)
        yield from _with_open(case, dimension, listed, weights, opened)
    for dimension in rows:
        yield words(Check.MIX_ROW, dimension, "a dimension or a stage", "neither")


def check_hhi(case: Case) -> Iterator[Violation]:
    """Concentration where members do not overlap; nothing bought has none."""
    for dimension in dimensions(case):
        if dimension == "licence":
            continue
        weights = _shares(case, dimension, case.flows.volume, spend=False)
        points = hhi_of(list(weights.members.values()), weights.total)
        if dimension in case.facts.hhi:
            yield from same(Check.HHI, dimension, points, case.facts.hhi[dimension], HHI_POINTS)
        elif points > 0:
            yield words(Check.HHI, dimension, "a number", "none")


def dimensions(case: Case) -> list[str]:
    """The five, and every stage of Upstream."""
    return [*DIMENSIONS, *case.origins.stages]


def _open_orders(case: Case) -> Mapping[OfferKey, float]:
    total: defaultdict[OfferKey, float] = defaultdict(float)
    for world in case.worlds.values():
        for order in case.data.open_orders:
            arrives = case.clock.arrival(order.period, world.open_order_delay_days(order))
            if case.clock.inside(arrives):
                came = order.quantity * world.open_order_share(order)
                total[order.supplier, order.item] += world.probability * came
    return total


def _shares(
    case: Case, dimension: str, amounts: Mapping[OfferKey, float], *, spend: bool
) -> Shares:
    members: defaultdict[str, float] = defaultdict(float)
    total = 0.0
    for (supplier, item), amount in amounts.items():
        if supplier not in case.sources.suppliers or item not in case.values.items:
            continue
        split = split_of(case, dimension, supplier, item, None, spend=spend)
        if split is None:
            continue
        total += amount * split.whole
        for member, part in split.members.items():
            members[member] += amount * part
        if split.unknown > 0:
            members[UNKNOWN] += amount * split.unknown
        if dimension == "licence" and not split.members:
            members[FREE] += amount * split.whole
    return Shares(members, total)


def _row(case: Case, row: MixRow, weights: Shares, spend: Shares) -> Iterator[Violation]:
    place = f"{row.dimension} {row.member}"
    weight = weights.members.get(row.member, 0.0)
    spent = spend.members.get(row.member, 0.0)
    for name, expected, actual, tolerance in (
        ("weight", weight, row.weight, unit(weights.total)),
        ("share", _ratio(weight, weights.total), row.share, unit(1.0)),
        ("spend", spent, row.spend, case.tolerance.money(spend.total)),
        ("spend share", _ratio(spent, spend.total), row.spend_share, unit(1.0)),
    ):
        yield from same(Check.MIX, f"{place}: {name}", expected, actual, tolerance)


def _with_open(
    case: Case,
    dimension: str,
    listed: Mapping[str, MixRow],
    weights: Shares,
    opened: Shares,
) -> Iterator[Violation]:
    """Opening stock has no known maker: it counts in the total, whoever it is shown for."""
    stock = sum(
        row.quantity * item_whole(case, dimension, row.item, None) for row in case.data.stock
    )
    total = weights.total + opened.total + stock
    for member, row in listed.items():
        place = f"{dimension} {member}"
        if member in weights.members and member not in (UNKNOWN, FREE) and dimension != "licence":
            expected = weights.members[member] + opened.members.get(member, 0.0)
            where = f"{place}: weight with open orders"
            yield from same(Check.MIX, where, expected, row.weight_with_open, unit(total))
        share = _ratio(row.weight_with_open, total)
        where = f"{place}: share with open orders"
        yield from same(Check.MIX, where, share, row.share_with_open, unit(1.0))
    if listed and dimension != "licence":
        shown = sum(row.weight_with_open for row in listed.values())
        where = f"{dimension}: all weight with open orders"
        yield from same(Check.MIX, where, total, shown, unit(total))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
