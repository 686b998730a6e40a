"""Cover: stock against the coming demand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimizer.contract.goods import StockTarget
from optimizer.verify.case import Case
from optimizer.verify.stock import closing_by_item
from optimizer.verify.violation import Check, Violation, same, words
from optimizer.verify.world import World


@dataclass(frozen=True, slots=True)
class Target:
    """What stock should be at the end of a period, and what it is."""

    outcome: str
    item: str
    site: str
    period: int
    row: StockTarget
    least: float
    most: float
    stock: float

    @property
    def under(self) -> float:
        """Missing."""
        return max(0.0, self.least - self.stock)

    @property
    def over(self) -> float:
        """Too much."""
        return max(0.0, self.stock - self.most)


def targets(case: Case) -> Iterator[Target]:
    """Every target that holds: where the item has demand of its own at the site."""
    rows = {(row.item, row.site): row for row in case.data.stock_policy}
    if not rows:
        return
    stock = closing_by_item(case)
    for item, site in case.needs.by_site:
        row = _row(rows, item, site)
        if row is None or not case.needs.own_demand(item, site):
            continue
        if row.min_cover_days == 0 and math.isinf(row.max_cover_days):
            continue
        for world in case.worlds.values():
            demand = _demand(case, item, site, world)
            for period in case.clock.periods:
                yield Target(
                    world.name,
                    item,
                    site,
                    period,
                    row,
                    _coming(case, demand, period, row.min_cover_days),
                    _coming(case, demand, period, row.max_cover_days),
                    stock.get((world.name, item, site, period), 0.0),
                )


def check_cover(case: Case) -> Iterator[Violation]:
    """Cover shows each target, the stock, and what is missing or too much."""
    rows = {(r.outcome, r.item, r.site, r.period): r for r in case.tables.cover}
    tolerance = case.tolerance.quantity
    for target in targets(case):
        row = rows.pop((target.outcome, target.item, target.site, target.period), None)
        place = _place(case, target.outcome, target.item, target.site, target.period)
        if row is None:
            yield words(Check.COVER_ROW, place, "a row in Cover", "no row")
            continue
        yield from same(Check.COVER_STOCK, place, target.stock, row.stock, tolerance)
        yield from same(Check.COVER_TARGET, f"{place}: least", target.least, row.least, tolerance)
        yield from same(Check.COVER_TARGET, f"{place}: most", target.most, row.most, tolerance)
        yield from same(Check.COVER_GAP, f"{place}: under", target.under, row.under, tolerance)
        yield from same(Check.COVER_GAP, f"{place}: over", target.over, row.over, tolerance)
    for key in rows:
        yield words(Check.COVER_ROW, _place(case, *key), "no target", "a row in Cover")


def _row(rows: Mapping[tuple[str, str], StockTarget], item: str, site: str) -> StockTarget | None:
    for key in ((item, site), (item, "*"), ("*", site), ("*", "*")):
        if key in rows:
            return rows[key]
    return None


def _demand(case: Case, item: str, site: str, world: World) -> list[float]:
    return [case.needs.at_site(item, site, period, world) for period in case.clock.periods]


def _coming(case: Case, demand: list[float], period: int, days: float) -> float:
    """Demand of so many days after the end of the period; the mean goes on after T."""
    if math.isinf(days):
        return math.inf
    mean = sum(demand) / len(demand)
    span = days / case.clock.days
    whole = math.floor(span)
    ahead = demand[period : period + whole + 1]
    ahead += [mean] * (whole + 1 - len(ahead))
    return sum(ahead[:whole]) + (span - whole) * ahead[whole]


def _place(case: Case, outcome: str, item: str, site: str, period: int) -> str:
    return f"{item} at {site} in {case.clock.name(period)}, outcome {outcome}"
