"""Rules: every active rule as the sums it limits, one scope for each item where it holds so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.problem import UNKNOWN, LaneKey, Metric, NeedKey, OfferKey, RuleScope, Sense, offer_of
from optimizer.assemble.ground import Ground
from optimizer.assemble.measures import Measure
from optimizer.assemble.origins import Origins
from optimizer.contract.policy import Rule

HHI_POINTS = 10_000.0
_RELATIVE = (Metric.SHARE, Metric.SPEND_SHARE, Metric.RISK)
"""Metrics whose slack is relative to a fixed reference."""
_OVER_ALL = (Metric.COUNT, Metric.HHI, Metric.RISK)
"""Metrics that look at all members together and limit none by itself."""


def rule_scopes(
    ground: Ground,
    origins: Origins,
    licences: Mapping[OfferKey, tuple[str, ...]],
    lanes: Sequence[LaneKey],
    demand: Mapping[tuple[NeedKey, int], float],
    values: Mapping[str, float],
) -> tuple[RuleScope, ...]:
    """The scopes of all active rules that limit anything.  ``values``: item -> unit value."""
    needed: dict[tuple[str, str], float] = {}
    for ((item, site, _), _), quantity in demand.items():
        needed[item, site] = needed.get((item, site), 0.0) + quantity
    scopes: list[RuleScope] = []
    for rule in sorted(ground.data.rules, key=lambda row: row.rule):
        if rule.active:
            measure = Measure(ground, origins, licences, rule, Metric(rule.metric))
            scopes += _scopes(measure, lanes, needed, values)
    return tuple(scopes)


def _scopes(
    measure: Measure,
    lanes: Iterable[LaneKey],
    needed: Mapping[tuple[str, str], float],
    values: Mapping[str, float],
) -> Iterator[RuleScope]:
    rule = measure.rule
    counts = {item: measure.counts(item) for item in measure.ground.items}
    covered = {
        offer for offer in measure.ground.offers if counts[offer[1]] > 0 and measure.covers(offer)
    }
    scope = [
        lane
        for lane in lanes
        if (lane[0], lane[1]) in covered and (rule.site is None or lane[2] == rule.site)
    ]
    weights = {item: counts[item] * (values[item] if measure.metric.of_spend else 1.0)
               for _, item in covered}  # fmt: skip
    demand: dict[str, float] = {}
    for (item, site), quantity in needed.items():
        if item in weights and (rule.site is None or site == rule.site):
            demand[item] = demand.get(item, 0.0) + quantity * weights[item]
    if not rule.per_item:
        yield from _scope(measure, "", scope, counts, sum(demand.values()))
        return
    # Also an item on which nothing can be ordered: a least amount of it holds, and is broken.
    by_item: dict[str, list[LaneKey]] = {item: [] for _, item in covered}
    for lane in scope:
        by_item[lane[1]].append(lane)
    for item in sorted(by_item):
        yield from _scope(measure, item, by_item[item], counts, demand.get(item, 0.0))


def _scope(
    measure: Measure,
    item: str,
    lanes: Sequence[LaneKey],
    counts: Mapping[str, float],
    demand: float,
) -> Iterator[RuleScope]:
    """The scope, unless nothing in it is limited."""
    rule, metric, sense = measure.rule, measure.metric, Sense(measure.rule.sense)
    members = _members(measure, lanes)
    occurring = tuple(name for name in members if name != UNKNOWN)
    groups = _groups(rule, metric, occurring)
    for name in {name for group in groups for name in group} - members.keys():
        members[name] = {}
    counted = _counted(rule, metric, sense, tuple(members)) if metric in _OVER_ALL else ()
    if not _limits(metric, sense, lanes, groups, counted):
        return
    yield RuleScope(
        rule=rule.rule,
        item=item,
        metric=metric,
        sense=sense,
        limit=rule.limit / HHI_POINTS if metric is Metric.HHI else rule.limit,
        total={lane: counts[lane[1]] for lane in lanes},
        members=dict(sorted(members.items())),
        groups=groups,
        counted=counted,
        score=_scores(measure, counted) if metric is Metric.RISK else {},
        counts_from=rule.counts_from,
        penalty=None if metric is Metric.HHI else rule.penalty,
        reference=demand if metric in _RELATIVE and demand > 0 else 1.0,
    )


def _members(measure: Measure, lanes: Iterable[LaneKey]) -> dict[str, dict[LaneKey, float]]:
    """Member -> lane -> its part, of every member that occurs."""
    parts: dict[OfferKey, Mapping[str, float]] = {}
    members: dict[str, dict[LaneKey, float]] = {}
    for lane in lanes:
        offer = offer_of(lane)
        if offer not in parts:
            parts[offer] = measure.members(offer)
        for member, part in parts[offer].items():
            members.setdefault(member, {})[lane] = part
    return dict(sorted(members.items()))


def _groups(rule: Rule, metric: Metric, occurring: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The members that have a limit, each by itself, or the listed ones together."""
    if metric in _OVER_ALL:
        return ()
    if rule.member:
        return (tuple(sorted(set(rule.member))),)
    return tuple((name,) for name in occurring)


def _counted(
    rule: Rule, metric: Metric, sense: Sense, occurring: tuple[str, ...]
) -> tuple[str, ...]:
    """The members of a count, an hhi or a risk; unknown origin is one only where that is worse."""
    if metric is not Metric.COUNT:
        return occurring
    listed = set(rule.member) or set(occurring)
    listed.discard(UNKNOWN)
    if sense is Sense.MAX:
        listed.add(UNKNOWN)
    return tuple(name for name in occurring if name in listed)


def _limits(
    metric: Metric,
    sense: Sense,
    lanes: Sequence[LaneKey],
    groups: tuple[tuple[str, ...], ...],
    counted: tuple[str, ...],
) -> bool:
    """Whether there is anything to keep to.

    A total of 0 satisfies whatever is relative to it, but no least quantity and no least spend.
    """
    if metric in _OVER_ALL:
        return bool(lanes) and (bool(counted) or sense is Sense.MIN)
    absolute = metric in (Metric.QUANTITY, Metric.SPEND) and sense is Sense.MIN
    return bool(groups) and (bool(lanes) or absolute)


def _scores(measure: Measure, counted: Iterable[str]) -> Mapping[str, float]:
    return {name: measure.score(name) for name in counted}
