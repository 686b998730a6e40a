"""The table Rule check against the rules as recomputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from optimizer.contract.policy import Rule
from optimizer.contract.results import RuleResult
from optimizer.verify.case import Case
from optimizer.verify.rules import Limit, is_each
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, at_least, at_most, same, words

AWAY = 1e-3
"""A rule is surely not binding if it is further from its limit than this, relative to it."""


def check_rules(case: Case, limits: Iterable[Limit]) -> Iterator[Violation]:
    """Every limit of every active rule has its row, keeps to its limit or says that it does not."""
    rows: defaultdict[str, list[RuleResult]] = defaultdict(list)
    for row in case.tables.rule_check:
        rows[row.rule].append(row)
    every = tuple(limits)
    touched = {limit.rule.rule for limit in every if limit.required}
    for limit in every:
        yield from _hard(limit)
        if limit.rule.rule not in touched:
            continue
        found = next((row for row in rows[limit.rule.rule] if _fits(limit, row)), None)
        if found is not None:
            rows[limit.rule.rule].remove(found)
            yield from _row(case, limit, found)
        elif limit.required:
            yield words(Check.RULE_ROW, _place(limit), "a row in Rule check", "no row")
    for rule in case.data.rules:
        if rule.active and rule.rule not in touched:
            yield from _untouched(rule, rows.pop(rule.rule, []))
    for left in rows.values():
        for row in left:
            place = f"rule {row.rule}, {row.member or 'all'} of {row.item or 'all items'}"
            yield words(Check.RULE_ROW, place, "no such limit", "a row in Rule check")


def _untouched(rule: Rule, rows: list[RuleResult]) -> Iterator[Violation]:
    """A rule that nothing in the plan could touch has one row as well: every active rule has."""
    place = f"rule {rule.rule}"
    if len(rows) != 1:
        yield words(Check.RULE_ROW, place, "one row in Rule check", f"{len(rows)} rows")
        return
    (row,) = rows
    yield from _wording(rule, row, place)
    yield from same(Check.RULE_ACTUAL, place, 0.0, row.actual, unit(0.0))
    yield from same(Check.RULE_RELAXED, place, 0.0, row.relaxed, unit(0.0))
    yield from same(Check.RULE_PENALTY, place, 0.0, row.penalty_cost, unit(0.0))


def _fits(limit: Limit, row: RuleResult) -> bool:
    if limit.rule.per_item and row.item != limit.item:
        return False
    return not is_each(limit.rule) or row.member == limit.member


def _hard(limit: Limit) -> Iterator[Violation]:
    """A hard limit must hold, whatever the row says; excess is in units of the metric."""
    if not limit.soft and not limit.broken <= limit.tolerance:
        place = _place(limit)
        yield Violation(Check.RULE_BROKEN, place, limit.rule.limit, limit.actual, limit.broken)


def _wording(rule: Rule, row: RuleResult, place: str) -> Iterator[Violation]:
    yield from same(Check.RULE_LIMIT, place, rule.limit, row.limit, unit(rule.limit))
    for name, expected, actual in (
        ("metric", rule.metric, row.metric),
        ("sense", rule.sense, row.sense),
    ):
        if expected != actual:
            yield words(Check.RULE_LIMIT, f"{place}: {name}", expected, actual)


def _row(case: Case, limit: Limit, row: RuleResult) -> Iterator[Violation]:
    rule, place, tolerance = limit.rule, _place(limit), limit.tolerance
    yield from _wording(rule, row, place)
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
