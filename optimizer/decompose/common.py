"""What outcomes have in common, as a block of the model of each of them.

The block has the variables that look at more than one outcome, and the rows about them, all taken
from the formulation of the whole problem.  In place of other outcomes' orders stand copies of what
they come to: what is called off of each award, what each offer delivers at each price tier, what
each rule measures.  The copies of the model's own outcome are tied to its own orders.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyomo.environ as pyo
from pyomo.environ import quicksum

from models.build import CONSTRAINTS, ImpossibleError, Law
from models.costs import relaxations
from models.index import Index
from models.problem import LaneKey, Measure, OfferKey, Problem, RuleScope, offer_of
from models.variables import VARIABLES
from optimizer.decompose.outcome import HERE

DECISIONS = ("use", "awarded", "lane_used", "modules", "substitution_used")
"""Decided before anything is known; each also stands in the model of an outcome, which pays."""

_DECLARED = frozenset(
    (*DECISIONS, "award", "called_off", "volume", "tier_reached",
     "scope_total", "member_volume", "member_used", "relaxed")
)  # fmt: skip

IN_COMMON = frozenset((
    "award_definition",
    "minimum_award", "maximum_award", "held_award", "held_share",
    "least_call_off", "most_call_off", "overbooking",
    "award_needs_supplier", "one_tier", "tier_floor", "tier_ceiling",
    "limit_of_group", "risk_limit",
    "used_member", "source_member", "nobody_used", "count_limit", "single_member",
))  # fmt: skip
"""The constraints of the formulation that stand in the block, and in no model of an outcome."""

IMPLIED = frozenset(("unsourced_definition", "source_of_need"))
"""Constraints that follow from others and look into every outcome; they stand nowhere."""

EXPECTED = ("volume", "scope_total", "member_volume")
"""Means over outcomes: in the model of an outcome, the same variable is what the outcome adds."""

AGREED = ("called_off", "at_tier", *(f"{name}_in" for name in EXPECTED), *DECISIONS,
          "tier_reached", "member_used")  # fmt: skip
"""The variables of the block on which outcomes have to agree; the others follow from them."""


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """The whole problem, read once for the models of all its outcomes.

    ``ix`` keeps price tiers outcome by outcome.
    """

    problem: Problem
    ix: Index


def whole(problem: Problem) -> Whole:
    """What the models of all outcomes need to know of the whole problem."""
    by_outcome = replace(problem.aim, measure=Measure.CVAR)
    return Whole(problem, Index(replace(problem, aim=by_outcome)))


def add_common(m: Any, whole: Whole, w: str) -> None:
    """Add the block ``common`` to the model of outcome w, and what the block costs.

    Raises ImpossibleError (models.build) as the model of the whole problem would.
    """
    ix = whole.ix
    m.common = b = pyo.Block()
    b.ix = ix
    for unknown in VARIABLES:
        if unknown.name in _DECLARED:
            index = list(unknown.index(ix))
            b.add_component(unknown.name, pyo.Var(index, domain=unknown.domain, initialize=0))
    b.at_tier = _copies(ix, list(b.tier_reached))
    b.volume_in = _copies(ix, _offers_with_volume(ix))
    b.scope_total_in = _copies(ix, list(b.scope_total))
    b.member_volume_in = _copies(ix, list(b.member_volume))
    # The rows of price tiers add up an offer's lanes: all that it delivers stands at its first.
    first = {
        o: next(lane for lane in ix.lanes_of_offer[o] if lane in ix.periods_of_lane)
        for o in sorted({(k, i) for k, i, _ in b.tier_reached})
    }
    b.tier_volume = {
        (*lane, n, v): b.at_tier[k, i, n, v] if lane == first[k, i] else 0.0
        for k, i, n, v in b.at_tier
        for lane in ix.lanes_of_offer[k, i]
    }
    _add_limits(b, whole)
    for law in CONSTRAINTS:
        if law.name in IN_COMMON:
            b.add_component(law.name, _rows(whole, law))
    b.means = pyo.ConstraintList()
    for name in EXPECTED:
        _add_means(b, name)
    _add_consistency(b)
    _tie(m, whole, w)
    unused = [n for n in b.substitution_used if n not in m.substitution_used]
    prepared = quicksum(ix.option_of[n].fixed_cost * b.substitution_used[n] for n in unused)
    m.cost.set_value(m.cost.expr + relaxations(b, w) + prepared)


def _copies(ix: Index, keys: Iterable[tuple[Any, ...]]) -> pyo.Var:
    """One copy for each outcome of what has these keys."""
    index = [(*key, v) for key in keys for v in ix.outcomes]
    return pyo.Var(index, domain=pyo.NonNegativeReals, initialize=0)


def _offers_with_volume(ix: Index) -> list[OfferKey]:
    """Offers of which somebody looks at what they deliver."""
    supply, tiers = ix.problem.supply, ix.problem.pricing.tiers
    return [o for o in ix.lanes_of_offer if o in supply.min_award or o in tiers]


def _add_limits(b: Any, whole: Whole) -> None:
    """Upper bounds of copies: without them, a price on a copy has no end."""
    ix = whole.ix

    def of_offer(o: OfferKey) -> float:
        return sum(ix.bounds.most[lane] for lane in ix.lanes_of_offer[o])

    def measured(scope: RuleScope, part: Mapping[LaneKey, float]) -> float:
        price = whole.problem.pricing.list_price
        return sum(
            c * ix.bounds.most[lane] * (price[offer_of(lane)] if scope.metric.of_spend else 1.0)
            for lane, c in part.items()
            if lane in ix.periods_of_lane
        )

    for (k, i, _), copy in b.called_off.items():
        copy.setub(_finite(of_offer((k, i))))
    for (k, i, _, _), copy in b.at_tier.items():
        copy.setub(_finite(of_offer((k, i))))
    for (k, i, _), copy in b.volume_in.items():
        copy.setub(_finite(of_offer((k, i))))
    for (rule, item, _), copy in b.scope_total_in.items():
        scope = ix.scope_of[rule, item]
        copy.setub(_finite(measured(scope, scope.total)))
    for (rule, item, member, _), copy in b.member_volume_in.items():
        scope = ix.scope_of[rule, item]
        copy.setub(_finite(measured(scope, scope.members.get(member, {}))))
    for name, modules in b.modules.items():
        modules.setub(ix.project_of[name].max_modules)


def _finite(limit: float) -> float | None:
    return limit if math.isfinite(limit) else None


def _rows(whole: Whole, law: Law) -> pyo.Constraint:
    index = list(law.index(whole.ix))

    def rule(b: Any, *key: Any) -> Any:
        said = law.rule(b, *key)
        if not isinstance(said, bool):
            return said
        if not said:
            raise ImpossibleError(law.name, key)
        return pyo.Constraint.Feasible

    return pyo.Constraint(index, rule=rule)


def _add_means(b: Any, name: str) -> None:
    """What is expected is the mean of what every outcome adds."""
    chance, expected = b.ix.problem.outcomes, b.component(name)
    parts = b.component(f"{name}_in")
    for key in dict.fromkeys(key[:-1] for key in parts):
        mean = quicksum(p * parts[(*key, v)] for v, p in chance.items())
        b.means.add(expected[key] == mean)


def _add_consistency(b: Any) -> None:
    """Copies of an outcome fit each other, as its own orders would make them.

    All that an offer delivers it delivers at some tier, and it delivers no more than is called off.
    """
    ix, tiers = b.ix, b.ix.problem.pricing.tiers
    last = ix.problem.horizon.periods
    for k, i, v in b.volume_in:
        course = ix.decided_in(last, v)
        b.means.add(b.volume_in[k, i, v] <= b.called_off[k, i, course])
        if (k, i) in tiers:
            numbers = range(len(tiers[k, i].tiers))
            at_tiers = quicksum(b.at_tier[k, i, n, v] for n in numbers)
            b.means.add(at_tiers == b.volume_in[k, i, v])


def _tie(m: Any, whole: Whole, w: str) -> None:
    """The outcome's own part of the block is what its own orders come to."""
    b, ix = m.common, whole.ix
    course = ix.decided_in(whole.problem.horizon.periods, w)
    m.tied = pyo.ConstraintList()
    for k, i, _ in m.called_off:
        m.tied.add(b.called_off[k, i, course] == m.called_off[k, i, HERE])
    for k, i, n, v in b.at_tier:
        if v == w:
            lanes = [one for one in ix.lanes_of_offer[k, i] if one in ix.periods_of_lane]
            own_tier = quicksum(m.tier_volume[(*lane, n, HERE)] for lane in lanes)
            m.tied.add(b.at_tier[k, i, n, w] == own_tier)
    for name in EXPECTED:
        for key in b.component(f"{name}_in"):
            if key[-1] == w:
                m.tied.add(b.component(f"{name}_in")[key] == m.component(name)[key[:-1]])
    for name in DECISIONS:
        for index, own in m.component(name).items():
            m.tied.add(b.component(name)[index] == own)
