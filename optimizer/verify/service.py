"""Every demand is met, substituted, late or short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.results import ServiceRow
from optimizer.verify.case import Case
from optimizer.verify.needs import Use
from optimizer.verify.violation import Check, Violation, at_most, same, words

Served = dict[tuple[str, Use, int], float]


def check_service(case: Case) -> Iterator[Violation]:
    """Issues + substitutes / ratio + shortage + late = demand + late of the period before."""
    issued: Served = defaultdict(float)
    substituted: Served = defaultdict(float)
    for issue in case.tables.issues:
        use = (issue.item, issue.site, issue.end_use)
        if issue.used_item == issue.item:
            issued[issue.outcome, use, issue.period] += issue.quantity
        else:
            row = case.needs.substitution(issue.item, issue.used_item, issue.site)
            ratio = row.ratio if row else 1.0
            substituted[issue.outcome, use, issue.period] += issue.quantity / ratio
    rows = {(r.outcome, (r.item, r.site, r.end_use), r.period): r for r in case.tables.service}
    uses = dict.fromkeys((w, use) for w in case.worlds for use in case.needs.by_use)
    for served in (rows, issued, substituted):
        uses.update(dict.fromkeys((w, use) for w, use, _ in served))
    for outcome, use in uses:
        before = 0.0
        for period in case.clock.periods:
            key = (outcome, use, period)
            found = rows.get(key)
            met = (issued.get(key, 0.0), substituted.get(key, 0.0))
            yield from _met(case, outcome, use, period, met, before, found)
            before = found.late if found else 0.0


def _met(
    case: Case,
    outcome: str,
    use: Use,
    period: int,
    met: tuple[float, float],
    late_before: float,
    row: ServiceRow | None,
) -> Iterator[Violation]:
    demand = case.needs.of_use(use, period, case.worlds[outcome])
    tolerance = case.tolerance.quantity
    place = f"{use[0]} at {use[1]} for {use[2]} in {case.clock.name(period)}, outcome {outcome}"
    if row is None:
        if max(demand, late_before, *met) > tolerance:
            yield words(Check.DEMAND, place, "a row in Service", "no row")
        return
    issued, substituted = met
    yield from same(Check.DEMAND, place, demand, row.demand, tolerance)
    yield from same(Check.ISSUED, place, issued, row.issued, tolerance)
    yield from same(Check.SUBSTITUTED, place, substituted, row.substituted, tolerance)
    accounted = issued + substituted + row.shortage + row.late
    yield from same(Check.DEMAND_BALANCE, place, demand + late_before, accounted, tolerance)
    if case.values.items[use[0]].backlog_cost is None:
        yield from at_most(Check.LATE_ALLOWED, place, 0.0, row.late, tolerance)
    if case.data.settings.unmet_demand == "forbid":
        lost = row.shortage + (row.late if period == case.clock.horizon else 0.0)
        yield from at_most(Check.UNMET_DEMAND, place, 0.0, lost, tolerance)
