"""What each rule measures, and by how much the plan breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.contract.policy import Rule
from optimizer.verify.case import Case
from optimizer.verify.scope import RELATIVE_METRICS, Scope, scopes
from optimizer.verify.tolerance import HHI_POINTS, RELATIVE, unit

POINTS = 10_000.0
"""HHI of a single source."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a rule: of a member or a list, of an item or of all.

    ``member`` is empty where the rule has one limit for all.  ``broken``: how far beyond the limit,
    in units of the metric (below 0: kept).  ``relaxed``: what its slack must be.  ``size``: the
    amount that the metric is about.  ``empty``: a total of 0, which satisfies the rule.
    ``required``: Rule check has to show it.
    """

    rule: Rule
    item: str
    member: str
    actual: float
    broken: float
    relaxed: float
    size: float
    empty: bool
    required: bool

    @property
    def soft(self) -> bool:
        """Whether it may be broken at a price; hhi never may."""
        return self.rule.penalty is not None and self.rule.metric != "hhi"

    @property
    def tolerance(self) -> float:
        """In units of the metric."""
        if self.rule.metric == "hhi":
            return HHI_POINTS
        if self.rule.metric in ("quantity", "spend"):
            return RELATIVE * max(self.rule.limit, abs(self.actual), self.size) + RELATIVE**2
        return unit(max(1.0, self.rule.limit))

    @property
    def penalty_cost(self) -> float:
        """Of the slack."""
        return (self.rule.penalty or 0.0) * self.relaxed if self.soft else 0.0


def limits(case: Case) -> Iterator[Limit]:
    """Every limit of every active rule."""
    for rule in case.data.rules:
        if rule.active:
            for scope in scopes(case, rule):
                yield from _of_scope(case, rule, scope)


def is_each(rule: Rule) -> bool:
    """Whether every member has the limit by itself."""
    single = rule.metric in ("hhi", "risk", "count")
    return not single and rule.member in ((), ("each",))


def _of_scope(case: Case, rule: Rule, scope: Scope) -> Iterator[Limit]:
    if rule.metric == "hhi":
        yield _limit(rule, scope, "", hhi(scope))
    elif rule.metric == "risk":
        yield _limit(rule, scope, "", scope.scored / scope.total if scope.total else 0.0)
    elif rule.metric == "count":
        yield _limit(rule, scope, "", _count(rule, scope))
    else:
        for member, names in _groups(rule, scope):
            amount = sum(scope.members.get(name, 0.0) for name in names)
            if rule.sense == "max":
                amount += scope.unknown
            share = rule.metric in RELATIVE_METRICS
            if share:
                amount = amount / scope.total if scope.total else 0.0
            yield _limit(rule, scope, member, amount)


def hhi(scope: Scope) -> float:
    """In points; unknown is one member more."""
    return hhi_of([*scope.members.values(), scope.unknown], scope.total)


def hhi_of(amounts: list[float], total: float) -> float:
    """Sum of squared shares in points; 0 where there is nothing."""
    return POINTS * sum((a / total) ** 2 for a in amounts) if total else 0.0


def _groups(rule: Rule, scope: Scope) -> Iterator[tuple[str, tuple[str, ...]]]:
    if is_each(rule):
        for member, amount in scope.members.items():
            if amount > 0 or member in scope.reachable:
                yield member, (member,)
    else:
        yield "", rule.member


def _count(rule: Rule, scope: Scope) -> float:
    chosen = _chosen(rule, scope)
    if rule.sense == "max":
        used = sum(amount > scope.nothing for amount in chosen.values())
        return float(used + (scope.unknown > scope.nothing))
    least = rule.counts_from * scope.total
    return float(sum(amount >= least - scope.nothing for amount in chosen.values()))


def _chosen(rule: Rule, scope: Scope) -> dict[str, float]:
    """The members that a count looks at."""
    return {
        member: amount
        for member, amount in scope.members.items()
        if rule.member in ((), ("each",)) or member in rule.member
    }


def _limit(rule: Rule, scope: Scope, member: str, actual: float) -> Limit:
    empty = scope.total <= scope.nothing
    satisfied = empty and (
        rule.metric in (*RELATIVE_METRICS, "hhi")
        or (rule.metric == "count" and rule.sense == "min")
    )
    broken = actual - rule.limit if rule.sense == "max" else rule.limit - actual
    over = 0.0 if satisfied else max(0.0, broken)
    if rule.metric in RELATIVE_METRICS:
        over *= scope.total / scope.reference
    return Limit(
        rule,
        scope.item,
        member,
        actual,
        min(0.0, broken) if satisfied else broken,
        over,
        scope.total,
        satisfied,
        _required(rule, scope),
    )


def _required(rule: Rule, scope: Scope) -> bool:
    """What nothing can break needs no row; a least amount is broken by nothing."""
    if rule.sense == "min" and rule.metric in ("quantity", "spend"):
        return True
    if rule.metric == "count" and rule.sense == "max":
        return scope.unknown > 0 or bool(_chosen(rule, scope).keys() & scope.reachable)
    return scope.total > 0 or scope.reached
