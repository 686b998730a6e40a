"""What looks at more than one outcome, written on copies of what each outcome orders and gets.

Each function adds one subject to the model of a scenario.  `problem` is the whole problem, m the
model of one of its outcomes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.environ as pyo
from pyomo.environ import quicksum

from models.problem import BreakType, LaneKey, Metric, OfferKey, Problem, RuleScope, Sense
from tests.crosscheck.one_outcome import HERE

WRITTEN_AGAIN = frozenset({
    "award_definition", "lane_volume_definition",
    "least_call_off", "most_call_off", "overbooking",
    "order_needs_placing", "lane_needs_award", "lane_needs_approval",
    "tier_floor", "tier_ceiling",
    "scope_total_definition", "member_volume_definition",
    "used_member", "source_member", "unsourced_definition", "source_of_need", "nobody_used",
})  # fmt: skip
"""Constraints of the formulation that are not taken from it."""

NOBODY = ""
"""In `member_used`: nothing is bought in the scope."""


def add_copies(m: Any, problem: Problem, w: str) -> None:
    """What every outcome orders and gets on each lane, and the volumes expected from it."""
    lanes, outcomes = _lanes(problem), list(problem.outcomes)
    m.ordered_in = pyo.Var(lanes, outcomes, domain=pyo.NonNegativeReals)
    m.delivered_in = pyo.Var(lanes, outcomes, domain=pyo.NonNegativeReals)
    m.own_orders = pyo.ConstraintList()
    m.expectations = pyo.ConstraintList()
    for lane, periods in lanes.items():
        orders = {t: m.order[(*lane, t, HERE)] for t in periods}
        m.own_orders.add(m.ordered_in[(*lane, w)] == quicksum(orders.values()))
        m.own_orders.add(
            m.delivered_in[(*lane, w)]
            == quicksum(_share(problem, lane, t, w) * order for t, order in orders.items())
        )
        m.expectations.add(
            m.lane_volume[lane] == _mean(problem, {v: m.delivered_in[(*lane, v)] for v in outcomes})
        )
    for offer in m.award:
        called = {v: _called(m, problem, offer, v) for v in outcomes}
        m.expectations.add(m.award[offer] == _mean(problem, called))


def add_contracts(m: Any, problem: Problem, w: str) -> None:
    """The call-off band of this outcome, and what may be contracted beyond need."""
    partly = {(o, v) for (o, _, v), share in problem.supply.deliverable.items() if share < 1}
    m.contracts = pyo.ConstraintList()
    for offer in m.award:
        band = problem.supply.call_off[offer]
        called = _called(m, problem, offer, w)
        m.contracts.add(called <= band.most * m.award[offer])
        if (offer, w) not in partly:
            m.contracts.add(called >= band.least * m.award[offer])
    uncertain = sorted({offer for offer, _ in partly} & set(m.award))
    for item in sorted({item for _, item in uncertain}):
        contracted = quicksum(m.award[offer] for offer in uncertain if offer[1] == item)
        m.contracts.add(contracted <= problem.supply.overbooking * _need(problem, item))


def add_links(m: Any, problem: Problem) -> None:
    """Nothing without its yes, by one large factor."""
    much = plenty(problem)
    m.links = pyo.ConstraintList()
    for lane in _lanes(problem):
        offer = lane[0], lane[1]
        link = (problem.supply.lane_row.get(lane, ""), lane[0], lane[2])
        ordered = quicksum(m.order[key] for key in m.order if key[:4] == lane)
        for variable, key in ((m.awarded, offer), (m.use, offer[0]), (m.lane_used, link)):
            if key in variable:
                m.links.add(ordered <= much * variable[key])
    for key in m.order:
        if (*key[:2], *key[4:]) in m.placed:
            m.links.add(m.order[key] <= much * m.placed[(*key[:2], *key[4:])])


def add_tiers(m: Any, problem: Problem, w: str) -> None:
    """Price tiers count expected volumes: from where, and how far each of them reaches."""
    outcomes, much = list(problem.outcomes), plenty(problem)
    cells = [key[:-1] for key in m.tier_volume]
    m.at_tier_in = pyo.Var(cells, outcomes, domain=pyo.NonNegativeReals)
    m.tiers = pyo.ConstraintList()
    for cell in cells:
        m.tiers.add(m.at_tier_in[(*cell, w)] == m.tier_volume[(*cell, HERE)])
    for k, i, n in m.tier_reached:
        breaks = problem.pricing.tiers[k, i]
        starts = [tier.start for tier in breaks.tiers]
        reached = _at_tier(m, problem, (k, i), n)
        end = starts[n + 1] if n + 1 < len(starts) else much
        if breaks.type is BreakType.ALL_UNITS:
            m.tiers.add(reached >= starts[n] * m.tier_reached[k, i, n])
            m.tiers.add(reached <= end * m.tier_reached[k, i, n])
        else:
            m.tiers.add(reached <= (end - starts[n]) * m.tier_reached[k, i, n])
            if n + 1 < len(starts):
                m.tiers.add(reached >= (end - starts[n]) * m.tier_reached[k, i, n + 1])


def add_rules(m: Any, problem: Problem) -> None:
    """What rules measure, and when a member counts."""
    much = plenty(problem)
    m.measures = pyo.ConstraintList()
    for scope in problem.rules:
        total = m.scope_total[scope.key]
        m.measures.add(total == _measured(m, problem, scope, scope.total))
        for key in m.member_volume:
            if key[:2] == scope.key:
                of_member = _measured(m, problem, scope, scope.members.get(key[2], {}))
                m.measures.add(m.member_volume[key] == of_member)
        if scope.metric is Metric.COUNT:
            _count(m, scope, much * sum(scope.total.values()))


def _count(m: Any, scope: RuleScope, much: float) -> None:
    total, share = m.scope_total[scope.key], scope.counts_from
    for member in scope.counted:
        volume = m.member_volume[(*scope.key, member)]
        used = m.member_used[(*scope.key, member)]
        if scope.sense is Sense.MAX:
            m.measures.add(volume <= much * used)
        else:
            m.measures.add(volume >= share * total - share * much * (1 - used))
    if (*scope.key, NOBODY) in m.member_used:
        m.measures.add(total <= much * (1 - m.member_used[(*scope.key, NOBODY)]))


def plenty(problem: Problem) -> float:
    """More than any plan has reason to order: twenty times what all outcomes need together."""
    supply = problem.supply
    floors = [tier.start for breaks in problem.pricing.tiers.values() for tier in breaks.tiers]
    limits = [scope.limit for scope in problem.rules if scope.metric is Metric.QUANTITY]
    least = [*supply.min_award.values(), *supply.min_order.values(), *floors, *limits]
    wanted = [*problem.needs.demand.values(), *problem.holdings.min_cover.values()]
    return 20.0 * (sum(wanted) + max(least, default=0.0))


def _lanes(problem: Problem) -> dict[LaneKey, list[int]]:
    found: dict[LaneKey, list[int]] = defaultdict(list)
    for lane, t in problem.supply.order_periods:
        found[lane].append(t)
    return found


def _share(problem: Problem, lane: LaneKey, t: int, w: str) -> float:
    """The share of an order that arrives within the horizon."""
    if (lane, t, w) not in problem.supply.arrival:
        return 0.0
    return problem.supply.deliverable.get(((lane[0], lane[1]), t, w), 1.0)


def _mean(problem: Problem, of_outcome: dict[str, Any]) -> Any:
    return quicksum(problem.outcomes[w] * term for w, term in of_outcome.items())


def _called(m: Any, problem: Problem, offer: OfferKey, w: str) -> Any:
    lanes = [lane for lane in _lanes(problem) if (lane[0], lane[1]) == offer]
    return quicksum(m.ordered_in[(*lane, w)] for lane in lanes)


def _at_tier(m: Any, problem: Problem, offer: OfferKey, n: int) -> Any:
    """What an offer is expected to deliver at a tier."""
    return quicksum(
        problem.outcomes[key[-1]] * m.at_tier_in[key]
        for key in m.at_tier_in
        if key[:2] == offer and key[4] == n
    )


def _measured(m: Any, problem: Problem, scope: RuleScope, part: Any) -> Any:
    """Weight expected on the lanes, or money: list price less what tiers save."""
    terms = []
    for lane, coefficient in part.items():
        if lane not in m.lane_volume:
            continue
        if not scope.metric.of_spend:
            terms.append(coefficient * m.lane_volume[lane])
            continue
        offer = lane[0], lane[1]
        terms.append(coefficient * problem.pricing.list_price[offer] * m.lane_volume[lane])
        for key in m.at_tier_in:
            if key[:4] == lane:
                saved = problem.pricing.tiers[offer].tiers[key[4]].discount
                chance = problem.outcomes[key[-1]]
                terms.append(-coefficient * saved * chance * m.at_tier_in[key])
    return quicksum(terms)


def _need(problem: Problem, item: str) -> float:
    """Expected demand, what the item may replace of others, and its largest targets of cover."""
    need = 0.0
    for ((asked, site, _), t, w), quantity in problem.needs.demand.items():
        chance = problem.outcomes[w]
        need += chance * quantity * (asked == item)
        for option in problem.substitutions:
            replaces = (option.item, option.substitute) == (asked, item)
            if replaces and site in option.sites and t >= option.from_period:
                need += chance * quantity * option.ratio * option.max_share
    cover: dict[str, float] = defaultdict(float)
    for (covered, site, _, _), target in problem.holdings.min_cover.items():
        if covered == item:
            cover[site] = max(cover[site], target)
    return need + sum(cover.values())
