"""The table Rule check against the rules as recomputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.results import RuleResult
from optimizer.verify.case import Case
from optimizer.verify.rules import Limit, is_each, limits
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, at_least, at_most, same, words

AWAY = 1e-3
"""A rule is surely not binding if it is further from its limit than this, relative to it."""


def check_rules(case: Case) -> Iterator[Violation]:
    """Every limit of every active rule has its row, keeps to its limit or says that it does not."""
    rows: defaultdict[str, list[RuleResult]] = defaultdict(list)
    for row in case.tables.rule_check:
        rows[row.rule].append(row)
    for limit in limits(case):
        found = next((row for row in rows[limit.rule.rule] if _fits(limit, row)), None)
        yield from _hard(case, limit)
        if found is not None:
            rows[limit.rule.rule].remove(found)
            yield from _row(case, limit, found)
        elif limit.required:
            yield words(Check.RULE_ROW, _place(limit), "a row in Rule check", "no row")
    for left in rows.values():
        for row in left:
            place = f"rule {row.rule}, {row.member or 'all'} of {row.item or 'all items'}"
            yield words(Check.RULE_ROW, place, "no such limit", "a row in Rule check")


def _fits(limit: Limit, row: RuleResult) -> bool:
    if limit.rule.per_item and row.item != limit.item:
        return False
    return not is_each(limit.rule) or row.member == limit.member


def _hard(case: Case, limit: Limit) -> Iterator[Violation]:
    """A hard limit must hold, whatever the row says; excess is in units of the metric."""
    if not limit.soft:
        yield from _beyond(limit)


def _beyond(limit: Limit) -> Iterator[Violation]:
    if not limit.broken <= limit.tolerance:
        yield Violation(
            Check.RULE_BROKEN, _place(limit), limit.rule.limit, limit.actual, limit.broken
        )


def _row(case: Case, limit: Limit, row: RuleResult) -> Iterator[Violation]:
    rule, place, tolerance = limit.rule, _place(limit), limit.tolerance
    yield from same(Check.RULE_LIMIT, place, rule.limit, row.limit, unit(rule.limit))
    for name, expected, actual in (
        ("metric", rule.metric, row.metric),
        ("sense", rule.sense, row.sense),
    ):
        if expected != actual:
            yield words(Check.RULE_LIMIT, f"{place}: {name}", expected, actual)
    if not limit.empty:
        yield from same(Check.RULE_ACTUAL, place, limit.actual, row.actual, tolerance)
        yield from same(Check.RULE_SLACK, place, -limit.broken, row.slack, tolerance)
        yield from _binding(limit, row, place)
    if limit.soft and rule.penalty == 0:
        yield from at_least(Check.RULE_RELAXED, place, limit.relaxed, row.relaxed, tolerance)
    else:
        relaxed = limit.relaxed if limit.soft else 0.0
        yield from same(Check.RULE_RELAXED, place, relaxed, row.relaxed, tolerance)
    cost = limit.penalty_cost
    floor = case.tolerance.money(cost, row.penalty_cost) + (rule.penalty or 0.0) * tolerance
    yield from same(Check.RULE_PENALTY, place, cost, row.penalty_cost, floor)


def _binding(limit: Limit, row: RuleResult, place: str) -> Iterator[Violation]:
    distance = abs(limit.broken)
    if row.binding:
        near = AWAY * max(1.0, limit.rule.limit, abs(limit.actual))
        if limit.broken <= 0:
            yield from at_most(Check.RULE_BINDING, place, 0.0, distance, near)
    elif distance <= unit(0.0):
        yield words(Check.RULE_BINDING, place, "binding", "not binding")


def _place(limit: Limit) -> str:
    who = limit.member or "; ".join(limit.rule.member) or "all"
    return f"rule {limit.rule.rule}, {who} of {limit.item or 'all items'}"
