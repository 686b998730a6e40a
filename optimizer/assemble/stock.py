"""Stock: what there is, what comes, what holding it costs and how much of it is wanted."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from models.problem import Holdings, OfferKey
from optimizer.assemble.effects import ByPeriod, Effects
from optimizer.assemble.ground import ALL, Ground
from optimizer.assemble.licensing import class_name
from optimizer.assemble.quotes import Quote
from optimizer.contract.goods import OpenOrder, StockTarget

PENALTY_TIMES = 3.0
"""Default penalty of a missed cover target: so many times the holding cost."""


def unit_values(ground: Ground, quotes: Mapping[OfferKey, Quote]) -> Mapping[str, float]:
    """Item -> value of one unit: as given, else its lowest list price, else 0."""
    lowest: dict[str, float] = {}
    for (_, item), quote in quotes.items():
        lowest[item] = min(quote.list_price, lowest.get(item, math.inf))
    return {
        name: lowest.get(name, 0.0) if item.unit_value is None else item.unit_value
        for name, item in ground.items.items()
    }


def holdings_of(
    ground: Ground,
    places: Mapping[tuple[str, str], Mapping[int, float]],
    licences: Mapping[OfferKey, tuple[str, ...]],
    values: Mapping[str, float],
    effects: Effects,
) -> Holdings:
    """Everything about stock.  ``places``: (item, site) -> period -> demand without outcomes."""
    holding = {item: value * _holding_rate(ground, item) for item, value in values.items()}
    least, most, penalty = _cover(ground, places, holding, effects)
    storage = {
        name: site.storage_capacity
        for name, site in ground.sites.items()
        if math.isfinite(site.storage_capacity)
    }
    overflow = {name: ground.sites[name].overflow_cost for name in storage}
    return Holdings(
        opening=_opening(ground),
        open_orders=_open_orders(ground, licences, effects),
        holding_cost={item: cost for item, cost in holding.items() if cost},
        storage=storage,
        overflow_cost={name: cost for name, cost in overflow.items() if cost is not None},
        min_cover=least,
        max_cover=most,
        cover_penalty=penalty,
    )


def _holding_rate(ground: Ground, item: str) -> float:
    """Share of the value per period."""
    own = ground.items[item].holding_rate
    rate = ground.settings.holding_rate if own is None else own
    return rate / ground.clock.horizon.per_year


def _opening(ground: Ground) -> Mapping[tuple[str, str, str], float]:
    opening: dict[tuple[str, str, str], float] = {}
    for row in ground.data.stock:
        if row.quantity > 0:
            key = (row.item, row.site, class_name(row.licences))
            opening[key] = opening.get(key, 0.0) + row.quantity
    return dict(sorted(opening.items()))


def _open_orders(
    ground: Ground, licences: Mapping[OfferKey, tuple[str, ...]], effects: Effects
) -> Mapping[tuple[str, str, str, int, str], float]:
    """(item, site, class, period, outcome) -> what arrives by T of orders already placed."""
    arriving: dict[tuple[str, str, str, int, str], float] = {}
    for row in ground.data.open_orders:
        if row.quantity > 0 and ground.clock.holds(row.period):
            name = class_name(licences[row.supplier, row.item])
            for outcome in effects.names:
                period, quantity = comes(ground, row, effects, outcome)
                if quantity > 0 and ground.clock.holds(period):
                    key = (row.item, row.site, name, period, outcome)
                    arriving[key] = arriving.get(key, 0.0) + quantity
    return dict(sorted(arriving.items()))


def comes(ground: Ground, row: OpenOrder, effects: Effects, outcome: str) -> tuple[int, float]:
    """When an open order comes and how much of it: as planned, or as the effects of then let it."""
    if row.secured:
        return row.period, row.quantity
    impact = effects.on_goods((row.supplier, row.item), outcome)
    delay = ground.clock.transit(impact.delay_days[row.period - 1])
    return row.period + delay, row.quantity * impact.deliverable[row.period - 1]


_Targets = dict[tuple[str, str, int, str], float]


def _cover(
    ground: Ground,
    places: Mapping[tuple[str, str], Mapping[int, float]],
    holding: Mapping[str, float],
    effects: Effects,
) -> tuple[_Targets, _Targets, dict[tuple[str, str], float]]:
    """Least and most stock wanted, and the penalties, where the item has demand of its own."""
    rows = {(row.item, row.site): row for row in ground.data.stock_policy}
    least: _Targets = {}
    most: _Targets = {}
    penalty = {}
    for (item, site), demand in sorted(places.items()):
        row = _policy(rows, item, site)
        if row is None or (row.min_cover_days == 0 and math.isinf(row.max_cover_days)):
            continue
        own = row.penalty
        penalty[item, site] = PENALTY_TIMES * holding[item] if own is None else own
        of_outcomes: dict[ByPeriod, list[str]] = {}
        for outcome in effects.names:
            of_outcomes.setdefault(effects.on_demand(item, outcome), []).append(outcome)
        for factors, outcomes in of_outcomes.items():
            by_period = [demand.get(t, 0.0) * f for t, f in enumerate(factors, start=1)]
            if row.min_cover_days > 0:
                wanted = coming(by_period, row.min_cover_days, ground.clock.days)
                _set(least, item, site, outcomes, wanted)
            if math.isfinite(row.max_cover_days):
                allowed = coming(by_period, row.max_cover_days, ground.clock.days)
                _set(most, item, site, outcomes, allowed)
    return least, most, penalty


def _set(
    targets: _Targets, item: str, site: str, outcomes: Sequence[str], wanted: Sequence[float]
) -> None:
    for outcome in outcomes:
        for period, quantity in enumerate(wanted, start=1):
            targets[item, site, period, outcome] = quantity


def _policy(
    rows: Mapping[tuple[str, str], StockTarget], item: str, site: str
) -> StockTarget | None:
    """The most specific row: item before site."""
    for key in ((item, site), (item, ALL), (ALL, site), (ALL, ALL)):
        if key in rows:
            return rows[key]
    return None


def coming(demand: Sequence[float], days: float, days_of_period: float) -> list[float]:
    """After the end of each period 1..T: the demand of so many days that come then.

    ``demand``: of periods 1..T.  A part of a period counts in proportion; after T the mean demand
    per period goes on.
    """
    last = len(demand)
    mean = sum(demand) / last
    whole, part = divmod(days / days_of_period, 1.0)
    targets = []
    for period in range(1, last + 1):
        end = period + int(whole)
        inside = sum(demand[period:end])
        if end < last:
            inside += part * demand[end]
        after = max(0.0, end + part - last)
        targets.append(inside + mean * after)
    return targets
