"""What is minimised over the costs of the outcomes: expected cost, CVaR, worst case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyomo.environ import quicksum

from models.costs import cost_of, expected_cost
from models.index import Index
from models.problem import Aim, Measure

ALMOST_ONE = 1.0 - 1e-12


def averages_tail(aim: Aim) -> bool:
    """Whether a tail is averaged; at a level of 1 there is only the worst outcome."""
    return aim.measure is Measure.CVAR and aim.level < ALMOST_ONE


def outcome_cost_index(ix: Index) -> Iterator[str]:
    """Every outcome, where more than the expected cost matters."""
    if ix.looks_at_tail:
        yield from ix.outcomes


def outcome_cost_definition(m: Any, w: str) -> Any:
    r"""What the plan costs in an outcome.

    .. math:: outcome\_cost_w = C_w

    Unit: money, discounted.
    """
    return m.outcome_cost[w] == cost_of(m, w)


def threshold_index(ix: Index) -> Iterator[str]:
    """The one measure that looks at a tail, where no ceiling is given in its place."""
    if ix.looks_at_tail and ix.problem.aim.ceiling is None:
        yield ix.problem.aim.measure.value


def tail_excess_index(ix: Index) -> Iterator[str]:
    """Every outcome, where a tail is averaged."""
    if ix.looks_at_tail and averages_tail(ix.problem.aim):
        yield from ix.outcomes


def tail_excess_definition(m: Any, w: str) -> Any:
    r"""By how much an outcome costs more than the value at risk.

    .. math:: tail\_excess_w \ge outcome\_cost_w - threshold

    Unit: money, discounted (Rockafellar and Uryasev).
    """
    return m.tail_excess[w] >= m.outcome_cost[w] - m.threshold[m.ix.problem.aim.measure.value]


def worst_outcome_index(ix: Index) -> Iterator[str]:
    """Every outcome, where the worst of them counts."""
    if ix.looks_at_tail and not averages_tail(ix.problem.aim):
        yield from ix.outcomes


def worst_outcome(m: Any, w: str) -> Any:
    r"""No outcome costs more than the worst, or than what the worst may cost.

    .. math:: outcome\_cost_w \le threshold \quad (\text{or the ceiling})

    Unit: money, discounted.
    """
    ceiling = m.ix.problem.aim.ceiling
    if ceiling is not None:
        return m.outcome_cost[w] <= ceiling
    return m.outcome_cost[w] <= m.threshold[m.ix.problem.aim.measure.value]


def objective(m: Any) -> Any:
    r"""What is minimised.

    .. math:: \text{expected:} \quad \sum_w p_w C_w \qquad
              \text{worst case:} \quad \max_w C_w \qquad
              \text{cvar:} \quad (1 - \lambda) \sum_w p_w C_w + \lambda \Big( threshold +
              \frac{1}{1 - \alpha} \sum_w p_w\, tail\_excess_w \Big)

    Unit: money, discounted.  At level 1 CVaR is the worst case.  With a ceiling for the worst
    outcome, what is left to minimise is the expected cost.
    """
    ix, aim = m.ix, m.ix.problem.aim
    if not ix.looks_at_tail:
        return expected_cost(m)
    probability = ix.problem.outcomes
    expected = quicksum(p * m.outcome_cost[w] for w, p in probability.items())
    if aim.ceiling is not None:
        return expected
    tail = m.threshold[aim.measure.value]
    if aim.measure is Measure.WORST_CASE:
        return tail
    if averages_tail(aim):
        beyond = quicksum(p * m.tail_excess[w] for w, p in probability.items())
        tail = tail + beyond / (1.0 - aim.level)
    return (1.0 - aim.weight) * expected + aim.weight * tail
