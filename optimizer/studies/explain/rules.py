"""What each rule costs: it is left out, and everything is decided anew."""

from __future__ import annotations

import math

from optimizer.contract.explain_results import RuleCost
from optimizer.contract.policy import Rule
from optimizer.contract.sentences import rule_sentence
from optimizer.solve.outcome import Status
from optimizer.studies.conflict.short import shortages
from optimizer.studies.explain.reference import NOT_REACHED, Reference, status_of
from optimizer.studies.limits import moved, with_limit

_NOTHING = 1e-9
_ROUNDING = 1e-6
_WITHIN = "Nothing cheaper was found without it; what it may cost at most is what is not proven."
_UNTOUCHED = "Nothing that can be bought is within its scope."


def rule_costs(reference: Reference) -> tuple[RuleCost, ...]:
    """Every active rule, dearest first.

    A plan that keeps a rule is also one without it, so leaving it out is never dearer.
    """
    binding = {row.rule for row in reference.plan.tables.rule_check if row.binding}
    broken = {row.rule for row in reference.plan.tables.rule_check if row.relaxed}
    rules = [rule for rule in reference.data.rules if rule.active]
    # Those at their limit first: if time runs out, the others matter least.
    rules.sort(key=lambda rule: (rule.rule not in binding | broken, rule.rule))
    rows = [_cost(reference, rule, rule.rule in binding) for rule in rules]
    rows.sort(key=lambda row: (-math.inf if row.cost is None else -row.cost, row.rule))
    return tuple(rows)


def _cost(reference: Reference, rule: Rule, binding: bool) -> RuleCost:
    sentence = rule_sentence(rule, reference.data)
    problem = reference.problem
    if all(scope.rule != rule.rule for scope in problem.rules):
        return RuleCost(rule=rule.rule, sentence=sentence, cost=0.0, least=0.0, most=0.0,
                        share_of_cost=0.0, binding=False, status=Status.OPTIMAL.value,
                        note=_UNTOUCHED)  # fmt: skip
    found = reference.solve(
        f"without {rule.rule}",
        moved(reference.loaded.compiled, problem, rule.rule, None),
        problem=with_limit(problem, rule.rule, None),
        starts=[reference.values],
    )
    if found is None:
        return RuleCost(rule=rule.rule, sentence=sentence, binding=binding, status=NOT_REACHED)
    without = min(found.objective, reference.found)
    cost = _counting(reference.found - without, reference.found)
    return RuleCost(
        rule=rule.rule,
        sentence=sentence,
        cost=cost,
        least=_counting(reference.bound - without, reference.found),
        most=max(cost, _counting(reference.found - found.bound, reference.found)),
        share_of_cost=cost / abs(reference.found) if reference.found else None,
        binding=binding,
        shortage_without=None
        if found.solution is None
        else math.fsum(shortages(problem, found.solution).values()),
        status=status_of([found]),
        note="" if cost or not _is_open(reference.found, found.bound) else _WITHIN,
    )


def _counting(difference: float, whole: float) -> float:
    """A difference of two costs; 0 where it is what subtraction leaves, or below it."""
    return difference if difference > _NOTHING * abs(whole) else 0.0


def _is_open(found: float, bound: float) -> bool:
    """Whether there is more between the two than rounding."""
    return found - bound > _ROUNDING * abs(found)
