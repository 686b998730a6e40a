"""Counting members: how many share a scope, and when one of them counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyomo.environ import quicksum

from models.index import Index, entry
from models.problem import Metric, RuleScope, Sense
from models.rules import relaxation

NOBODY = ""
"""In ``member_used``: nothing is bought in the scope, which satisfies a minimum count."""


def member_used_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(rule, item, member) of every member that a rule counts."""
    for scope in ix.problem.rules:
        if scope.metric is Metric.COUNT:
            for member in sorted(scope.counted):
                yield *scope.key, member
    for key in nobody_used_index(ix):
        yield *key, NOBODY


def _counting(ix: Index, sense: Sense) -> Iterator[RuleScope]:
    for scope in ix.problem.rules:
        if scope.metric is Metric.COUNT and scope.sense is sense:
            yield scope


def used_member_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(rule, item, member) of every maximum count."""
    for scope in _counting(ix, Sense.MAX):
        for member in sorted(scope.counted):
            yield *scope.key, member


def used_member(m: Any, rule: str, item: str, member: str) -> Any:
    r"""A member that delivers anything counts.

    .. math:: member\_volume_{r,m} \le \bar v_{r,m}\, member\_used_{r,m}

    Unit: weight.  v: the most that the member can deliver (models.bounds).
    """
    scope = m.ix.scope_of[rule, item]
    most = m.ix.bounds.total(scope.members.get(member, {}))
    return m.member_volume[rule, item, member] <= most * m.member_used[rule, item, member]


def source_member_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(rule, item, member) of every minimum count."""
    for scope in _counting(ix, Sense.MIN):
        for member in sorted(scope.counted):
            yield *scope.key, member


def source_member(m: Any, rule: str, item: str, member: str) -> Any:
    r"""A token kilogram is no second source: a member counts from a share of the volume on.

    .. math:: member\_volume_{r,m} \ge k_r\, scope\_total_r
              - k_r\, \bar V_r\, (1 - member\_used_{r,m})

    Unit: weight.  k: counts_from; V: the most that the scope can come to.
    """
    scope: RuleScope = m.ix.scope_of[rule, item]
    share, most = scope.counts_from, m.ix.bounds.total(scope.total)
    used = m.member_used[rule, item, member]
    return m.member_volume[rule, item, member] >= (
        share * m.scope_total[rule, item] - share * most * (1 - used)
    )


def sourced_needs(ix: Index, scope: RuleScope) -> dict[str, tuple[float, float]]:
    """Item -> (coefficient in the scope's total, what has to be bought of it, expected).

    Only items all of whose lanes are in the scope alike, and of which more is needed than what is
    in stock and on its way.  Quantities in the workbook's unit.
    """
    coefficients: dict[str, list[float]] = defaultdict(list)
    for lane, coefficient in scope.total.items():
        if lane in ix.periods_of_lane:
            coefficients[lane[1]].append(coefficient)
    return {
        item: (found[0], ix.to_buy[item])
        for item, found in coefficients.items()
        if len(found) == ix.lanes_of_item[item]
        and min(found) == max(found) > 0
        and ix.to_buy[item] > 0
    }


def unsourced_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(rule, item) of every minimum count over items of which something has to be bought."""
    for scope in _counting(ix, Sense.MIN):
        if scope.counted and sourced_needs(ix, scope):
            yield scope.key


def unsourced_definition(m: Any, rule: str, item: str) -> Any:
    r"""What a scope's items are not bought for: demand that is lost, or met by another item.

    .. math:: unsourced_r = \sum_w p_w \sum_i c_{r,i} \Big( \sum_{s,e,t} shortage_{i,s,e,t,w}
              + \sum_{s,e} late_{i,s,e,T,w} + \sum_{n: i(n)=i} replace_n / ratio_n \Big)

    Unit: weight over the horizon.
    """
    ix, p = m.ix, m.ix.problem.outcomes
    last = ix.problem.horizon.periods
    needs = sourced_needs(ix, ix.scope_of[rule, item])
    lost, late, replaced = [], [], []
    for asked, (weight, _) in needs.items():
        for i, s, e, t, w in ix.needs_of_item.get(asked, ()):
            key = (i, s, e, t, w)
            lost.append(p[w] * weight * entry(m.shortage, key, 0.0))
            if t == last:
                late.append(p[w] * weight * entry(m.late, key, 0.0))
        for key in ix.replacements_of_item.get(asked, ()):
            replaced.append(p[key[-1]] * weight / ix.ratio_of[key[0]] * m.replace[key])
    return m.unsourced[rule, item] == quicksum(lost) + quicksum(late) + quicksum(replaced)


def source_of_need_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(rule, item, member) of every minimum count with an unsourced quantity."""
    for rule, item in unsourced_index(ix):
        for member in sorted(ix.scope_of[rule, item].counted):
            yield rule, item, member


def source_of_need(m: Any, rule: str, item: str, member: str) -> Any:
    r"""A member counts only with its share of what has to be bought.

    .. math:: member\_volume_{r,m} \ge k_r\, need_r\, member\_used_{r,m} - k_r\, unsourced_r

    Unit: weight.  k: counts_from; need: demand less stock and open orders.  What is bought is at
    least the need less what is unsourced, so this follows from source_member; without its large
    factor it keeps the relaxation from counting fractions of nobody.
    """
    scope: RuleScope = m.ix.scope_of[rule, item]
    share = scope.counts_from
    need = sum(weight * quantity for weight, quantity in sourced_needs(m.ix, scope).values())
    used = m.member_used[rule, item, member]
    return m.member_volume[rule, item, member] >= (
        share * need * used - share * m.unsourced[rule, item]
    )


def nobody_used_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(rule, item) of every soft minimum count with too few members to be met by any volume."""
    for scope in _counting(ix, Sense.MIN):
        if scope.penalty is not None and len(scope.counted) < scope.limit:
            yield scope.key


def nobody_used(m: Any, rule: str, item: str) -> Any:
    r"""Buying nothing satisfies a minimum count, also where there are too few to choose from.

    .. math:: scope\_total_r \le \bar V_r\, (1 - member\_used_{r,\emptyset})

    Unit: weight.  V: the most that the scope can come to.
    """
    most = m.ix.bounds.total(m.ix.scope_of[rule, item].total)
    return m.scope_total[rule, item] <= most * (1 - m.member_used[rule, item, NOBODY])


def count_limit_index(ix: Index) -> Iterator[tuple[str, str]]:
    """(rule, item) of every count rule."""
    for sense in (Sense.MAX, Sense.MIN):
        yield from (scope.key for scope in _counting(ix, sense))


def count_limit(m: Any, rule: str, item: str) -> Any:
    r"""At most (at least) so many members.

    .. math:: \sum_m member\_used_{r,m} \le L_r + relaxed_r \qquad
              \sum_m member\_used_{r,m} + relaxed_r \ge L_r

    Unit: members.  A hard minimum that has too few members allows no volume at all.
    """
    scope: RuleScope = m.ix.scope_of[rule, item]
    count = quicksum(m.member_used[rule, item, member] for member in sorted(scope.counted))
    slack = relaxation(m, scope, 0)
    if scope.sense is Sense.MAX:
        return count <= scope.limit + slack
    if scope.penalty is None and len(scope.counted) < scope.limit:
        return m.scope_total[rule, item] <= 0
    if (rule, item, NOBODY) in m.member_used:
        missing = scope.limit - len(scope.counted)
        count = count + missing * m.member_used[rule, item, NOBODY]
    return count + slack >= scope.limit
