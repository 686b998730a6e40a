"""Rules: limits on who gets how much.

Every rule is written on two variables: the total of its scope and the volume of each member that
it limits.  So the limit of a rule is one coefficient (or one right-hand side) of the loaded model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyomo.environ import quicksum

from models.index import Index
from models.problem import UNKNOWN, LaneKey, Metric, RuleScope, Sense

LIMITS_GROUPS = (Metric.SHARE, Metric.SPEND_SHARE, Metric.QUANTITY, Metric.SPEND)
OF_TOTAL = (Metric.SHARE, Metric.SPEND_SHARE, Metric.RISK)
"""Metrics that are measured against the total of the scope."""


def scope_total_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(rule, item) of every scope."""
    yield from ix.scope_of


def members_needed(scope: RuleScope) -> list[str]:
    """The members whose volume the rule looks at."""
    if scope.metric in LIMITS_GROUPS:
        named = {member for group in scope.groups for member in group}
        if scope.sense is Sense.MAX and UNKNOWN in scope.members:
            named.add(UNKNOWN)
        return sorted(named)
    return sorted(scope.counted)


def member_volume_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(rule, item, member) of every member whose volume is looked at."""
    for scope in ix.problem.rules:
        for member in members_needed(scope):
            yield *scope.key, member


def relaxed_index(ix: Index) -> Iterator[tuple[str, str, int]]:
    """(rule, item, number of the group) of every limit that may be broken at a cost."""
    for scope in ix.problem.rules:
        if scope.penalty is not None and scope.metric is not Metric.HHI:
            for n in range(max(1, len(scope.groups))):
                yield *scope.key, n


def measured(m: Any, scope: RuleScope, coefficients: Mapping[LaneKey, float]) -> Any:
    """A weighted sum of lane volumes, or of what is spent on them (list and tier prices)."""
    lanes = [(l, c) for l, c in coefficients.items() if l in m.ix.periods_of_lane]
    if not scope.metric.of_spend:
        return quicksum(c * m.lane_volume[l] for l, c in lanes)
    return quicksum(c * lane_spend(m, l) for l, c in lanes)


def lane_spend(m: Any, lane: LaneKey) -> Any:
    """What is spent on a lane at list and tier prices (money; no freight, duty or factors)."""
    ix, pricing = m.ix, m.ix.problem.pricing
    offer = lane[0], lane[1]
    spend = pricing.list_price[offer] * m.lane_volume[lane]
    if offer not in pricing.tiers:
        return spend
    return spend - quicksum(
        p * tier.discount * m.tier_volume[(*lane, n, w)]
        for n, tier in enumerate(pricing.tiers[offer].tiers)
        for w, p in ix.chance_of_tiers.items()
    )


def scope_total_definition(m: Any, rule: str, item: str) -> Any:
    r"""What a rule measures, of everything in its scope.

    .. math:: scope\_total_r = \sum_l c_{r,l}\, lane\_volume_l \quad (\text{or spend}_l)

    Unit: weight (kg), mass of elements (kg) or money over the horizon.
    """
    scope = m.ix.scope_of[rule, item]
    return m.scope_total[rule, item] == measured(m, scope, scope.total)


def member_volume_definition(m: Any, rule: str, item: str, member: str) -> Any:
    r"""What a rule measures, of one member.

    .. math:: member\_volume_{r,m} = \sum_l c_{r,m,l}\, lane\_volume_l \quad (\text{or spend}_l)

    Unit: as the total of the scope.
    """
    scope = m.ix.scope_of[rule, item]
    return m.member_volume[rule, item, member] == measured(m, scope, scope.members.get(member, {}))


def limit_of_group_index(ix: Index) -> Iterator[tuple[str, str, int]]:
    """(rule, item, number of the group) of every share, quantity and spend rule."""
    for scope in ix.problem.rules:
        if scope.metric in LIMITS_GROUPS:
            for n in range(len(scope.groups)):
                yield *scope.key, n


def relaxation(m: Any, scope: RuleScope, n: int) -> Any:
    """The slack of a limit in the units of its row, or 0 where the rule is hard."""
    index = (*scope.key, n)
    if index not in m.relaxed:
        return 0.0
    return (scope.reference if scope.metric in OF_TOTAL else 1.0) * m.relaxed[index]


def limit_of_group(m: Any, rule: str, item: str, n: int) -> Any:
    r"""A member, or a list of members, gets at most (at least) a share or an amount.

    .. math:: \text{share:} \quad \sum_{m \in G} member\_volume_{r,m} + unknown_r
              \le L_r\, scope\_total_r + ref_r\, relaxed_{r,G} \qquad
              \text{amount:} \quad \dots \le L_r + relaxed_{r,G}

    Unit: weight, mass or money.  For a minimum the sense turns, the slack changes sides, and what
    is of unknown origin does not count.
    """
    scope: RuleScope = m.ix.scope_of[rule, item]
    reached = quicksum(m.member_volume[rule, item, member] for member in scope.groups[n])
    limit = scope.limit * m.scope_total[rule, item] if scope.metric in OF_TOTAL else scope.limit
    slack = relaxation(m, scope, n)
    if scope.sense is Sense.MIN:
        return reached + slack >= limit
    if (rule, item, UNKNOWN) in m.member_volume and UNKNOWN not in scope.groups[n]:
        reached = reached + m.member_volume[rule, item, UNKNOWN]
    return reached <= limit + slack


def risk_limit_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(rule, item) of every risk rule."""
    yield from (scope.key for scope in ix.problem.rules if scope.metric is Metric.RISK)


def risk_limit(m: Any, rule: str, item: str) -> Any:
    r"""The mean risk score of where the volume comes from is at most the limit.

    .. math:: \sum_m score_m\, member\_volume_{r,m} \le L_r\, scope\_total_r + ref_r\, relaxed_r

    Unit: score x weight.  Unknown origin and blank scores count 10.
    """
    scope: RuleScope = m.ix.scope_of[rule, item]
    scored = quicksum(
        scope.score[member] * m.member_volume[rule, item, member]
        for member in sorted(scope.counted)
    )
    return scored <= scope.limit * m.scope_total[rule, item] + relaxation(m, scope, 0)
