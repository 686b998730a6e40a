"""A given split and the best plan side by side, one measure a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from optimizer.contract.choice_results import Measured
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import StressRow
from optimizer.studies.stress.main_stops import main_country
from optimizer.studies.stress.targets import Kind

_Number = float | None


def side_by_side(
    data: Data,
    given: Plan,
    best: Plan | None,
    broken: int,
    given_stops: Iterable[StressRow],
    best_stops: Iterable[StressRow],
) -> tuple[Measured, ...]:
    """Every measure of both.  broken: how many limits the given split breaks; the best plan breaks
    only what has a penalty, which is counted as well.
    """
    rows = list(_of_plans(data, given, best))
    rows.append(_row("Rules broken", "count", float(broken), _relaxed(best)))
    rows.append(
        _row(
            "Time to survive if its main country stops",
            "periods",
            _survives(given, given_stops),
            None if best is None else _survives(best, best_stops),
        )
    )
    return tuple(rows)


def _of_plans(data: Data, given: Plan, best: Plan | None) -> Iterator[Measured]:
    def both(name: str, metric: str, measure: Callable[[Plan], float]) -> Measured:
        return _row(name, metric, measure(given), None if best is None else measure(best))

    risky = len(given.tables.outcomes) > 1
    if data.settings.risk_measure != "expected" and risky:
        yield both(f"What is minimised ({data.settings.risk_measure})", "spend",
                   lambda p: p.facts.objective)  # fmt: skip
    yield both("Expected cost" if risky else "Cost", "spend", lambda p: p.facts.spread.expected)
    yield both("Paid", "spend", lambda p: p.facts.cash_cost)
    yield both("Penalties", "spend", lambda p: p.facts.penalty_cost)
    yield both("Expected shortage" if risky else "Shortage", "quantity",
               lambda p: p.facts.shortage)  # fmt: skip
    if risky:
        yield both("Cost of the worst outcome", "spend", lambda p: p.facts.spread.worst_case)
        tail = 100 * (1 - data.settings.cvar_level)
        yield both(f"Cost of the worst {tail:.3g} % of cases", "spend",
                   lambda p: p.facts.spread.cvar)  # fmt: skip
        yield both("Shortage of the worst outcome", "quantity",
                   lambda p: max(row.shortage for row in p.tables.outcomes))  # fmt: skip
        yield both("Probability of any shortage", "share",
                   lambda p: p.facts.spread.shortage_chance)  # fmt: skip
    yield both("Suppliers", "count", lambda p: len({row.supplier for row in p.tables.awards}))
    stages = {row.stage for row in data.upstream}
    for dimension in dict.fromkeys(row.dimension for row in given.tables.mix):
        if dimension == "country":
            yield _largest(data, dimension, "Largest country", given, best)
        elif dimension in stages:
            yield _largest(data, dimension, f"Largest share of {dimension}", given, best)
    for dimension in ("country", "supplier"):
        yield both(f"HHI by {dimension}", "hhi", partial(_hhi, dimension))


def _hhi(dimension: str, plan: Plan) -> float:
    return plan.facts.hhi.get(dimension, 0.0)


def _largest(data: Data, dimension: str, name: str, given: Plan, best: Plan | None) -> Measured:
    """The largest share of a dimension, with whose it is."""
    names = {row.country: row.name or row.country for row in data.countries}
    own, share = _top(given, dimension)
    who = names.get(own, own)
    if best is None:
        return _row(f"{name}: {who}", "share", share, None)
    other, at_best = _top(best, dimension)
    if other != own:
        who = f"{who}; of the best plan {names.get(other, other)}"
    return _row(f"{name}: {who}", "share", share, at_best)


def _top(plan: Plan, dimension: str) -> tuple[str, float]:
    shares: Mapping[str, float] = {
        row.member: row.share for row in plan.tables.mix if row.dimension == dimension
    }
    member = max(sorted(shares), key=lambda name: shares[name]) if shares else ""
    return member, shares.get(member, 0.0)


def _relaxed(plan: Plan | None) -> _Number:
    return None if plan is None else float(sum(row.relaxed > 0 for row in plan.tables.rule_check))


def _survives(plan: Plan, stops: Iterable[StressRow]) -> _Number:
    """Periods; None: to the end, or nobody looked."""
    main = main_country(plan)
    for row in stops:
        if (row.kind, row.target) == (Kind.COUNTRY.value, main):
            return row.survives
    return None


def _row(measure: str, metric: str, given: _Number, best: _Number) -> Measured:
    difference = None if given is None or best is None else given - best
    return Measured(measure=measure, metric=metric, given=given, best=best, difference=difference)
