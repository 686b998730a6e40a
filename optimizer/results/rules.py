"""Every active rule, its limit and what the plan makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.problem import UNKNOWN, LaneKey, Metric, RuleScope, Sense
from optimizer.contract.policy import Rule
from optimizer.contract.results import RuleResult
from optimizer.contract.sentences import rule_sentence
from optimizer.results.amounts import NOISE, summed
from optimizer.results.basis import Basis
from optimizer.results.mix import POINTS

EVERYBODY = "all"
"""What a limit on the whole scope says instead of a member."""
_TIGHT = 1e-6
_OF_TOTALS = (Metric.SHARE, Metric.SPEND_SHARE, Metric.RISK, Metric.HHI)
"""Metrics that are relative to a total, and mean nothing where that is 0."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """What one scope comes to: its total and the part of each member."""

    total: float
    part: Mapping[str, float]


def rule_rows(basis: Basis) -> tuple[RuleResult, ...]:
    """One row for each limit: a member or list of a rule, of one item where it holds per item.

    A rule that nothing in the plan can touch has one row too, so that nobody looks for it in vain.
    """
    sentences = {rule.rule: rule_sentence(rule, basis.data) for rule in basis.data.rules}
    rows = [
        row
        for scope in basis.problem.rules
        for row in _scope_rows(basis, scope, sentences[scope.rule])
    ]
    shown = {row.rule for row in rows}
    untouched = (rule for rule in basis.data.rules if rule.active and rule.rule not in shown)
    return (*rows, *(_untouched(rule, sentences[rule.rule]) for rule in untouched))


def _untouched(rule: Rule, sentence: str) -> RuleResult:
    return RuleResult(
        rule=rule.rule,
        sentence=sentence,
        item="",
        member="; ".join(rule.member) or EVERYBODY,
        metric=rule.metric,
        sense=rule.sense,
        limit=rule.limit,
        actual=0.0,
        slack=0.0,
    )


def _scope_rows(basis: Basis, scope: RuleScope, sentence: str) -> Iterator[RuleResult]:
    measured = _measure(basis, scope)
    for number, group in enumerate(scope.groups or ((),)):
        relaxed = basis.solution.relaxed.get((*scope.key, number), 0.0)
        relaxed = relaxed if relaxed > NOISE else 0.0
        yield _row(scope, sentence, group, _actual(scope, measured, group), measured, relaxed)


def _row(
    scope: RuleScope,
    sentence: str,
    group: tuple[str, ...],
    actual: float,
    measured: _Measured,
    relaxed: float,
) -> RuleResult:
    scale = POINTS if scope.metric is Metric.HHI else 1.0
    limit, reached = scope.limit * scale, actual * scale
    slack = limit - reached if scope.sense is Sense.MAX else reached - limit
    if _is_void(scope, measured):
        slack = max(0.0, slack)
    return RuleResult(
        rule=scope.rule,
        sentence=sentence,
        item=scope.item,
        member="; ".join(group) or EVERYBODY,
        metric=scope.metric.value,
        sense=scope.sense.value,
        limit=limit,
        actual=reached,
        slack=slack,
        binding=abs(slack) <= _TIGHT * max(limit, reached) and not _is_void(scope, measured),
        relaxed=relaxed,
        penalty_cost=relaxed * (scope.penalty or 0.0),
    )


def _measure(basis: Basis, scope: RuleScope) -> _Measured:
    def amount(lane: LaneKey) -> float:
        if lane not in basis.volume:
            return 0.0
        return basis.spend(lane) if scope.metric.of_spend else basis.volume[lane]

    return _Measured(
        sum(part * amount(lane) for lane, part in scope.total.items()),
        summed(
            (member, part * amount(lane))
            for member, parts in scope.members.items()
            for lane, part in parts.items()
        ),
    )


def _actual(scope: RuleScope, measured: _Measured, group: tuple[str, ...]) -> float:
    """In the unit of the metric; concentration as 0..1."""
    total, part = measured.total, measured.part
    if _is_void(scope, measured) and scope.metric is not Metric.COUNT:
        return 0.0
    match scope.metric:
        case Metric.COUNT:
            least = scope.counts_from * total if scope.sense is Sense.MIN else 0.0
            return float(sum(_counts(part.get(m, 0.0), least, total) for m in scope.counted))
        case Metric.HHI:
            return sum((part.get(member, 0.0) / total) ** 2 for member in scope.counted)
        case Metric.RISK:
            return sum(scope.score[m] * part.get(m, 0.0) for m in scope.counted) / total
        case _:
            unknown = (UNKNOWN,) if scope.sense is Sense.MAX else ()
            reached = sum(part.get(member, 0.0) for member in (*group, *unknown))
            return reached / total if scope.metric in _OF_TOTALS else reached


def _counts(part: float, least: float, total: float) -> bool:
    """Whether a member counts; a plan that stands at ``least`` may miss it by its tolerance."""
    return part > NOISE and part >= least - max(NOISE, 1e-9 * total)


def _is_void(scope: RuleScope, measured: _Measured) -> bool:
    """Whether nothing is bought in the scope, which satisfies a relative limit."""
    relative = scope.metric in _OF_TOTALS
    counted = scope.metric is Metric.COUNT and scope.sense is Sense.MIN
    return (relative or counted) and measured.total <= NOISE
