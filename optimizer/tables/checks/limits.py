"""Checks of limits that nobody can meet, whatever is bought.

Buying nothing satisfies a share, a concentration or a mean; a plan that leaves demand unmet for
such a rule is hardly what was meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.findings import Finding
from optimizer.contract.policy import Rule
from optimizer.contract.supply import Offer
from optimizer.tables.checks.context import Checked
from optimizer.tables.checks.rules import SHARES
from optimizer.tables.nearest import listed
from optimizer.tables.references import DIMENSIONS

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class _Group:
    """One thing that a rule looks at by itself (an item, or all goods), and who can supply it.

    ``offered``: somebody can, be it of unknown origin.
    """

    name: str
    members: frozenset[str]
    offered: bool


def limits_that_nobody_meets(checked: Checked) -> Iterator[Finding]:
    """Every such limit: an error, or a warning where the rule is only a goal."""
    if not _sound(checked):
        return
    data = checked.data
    rules = checked.sound("Rules", data.rules, "dimension", "member", "metric", "sense", "limit",
                          "item", "family", "element", "site", "active", "per_item",
                          "counts_from", "penalty")  # fmt: skip
    active = [rule for rule in rules if rule.active and rule.dimension != "licence"]
    groups = {rule.row: _groups(rule, data) for rule in active}
    for rule in active:
        if not any(group.members for group in groups[rule.row]):
            yield _nobody_known(checked, rule, groups[rule.row])
            continue
        able = frozenset().union(*(group.members for group in groups[rule.row]))
        if rule.member and rule.sense == "max" and not able & set(rule.member):
            text = f"no active offer belongs to {listed(rule.member)}, so the rule limits nobody"
            yield _say(checked, rule, "member", text, soft=True)
        for group in groups[rule.row]:
            reason = _alone(rule, group, data)
            if reason:
                column, text = reason
                yield _say(checked, rule, column, text + group.name, rule.penalty is not None)
                break
    yield from _together(checked, active, groups)


def _nobody_known(checked: Checked, rule: Rule, groups: Iterable[_Group]) -> Finding:
    if not any(group.offered for group in groups):
        return _say(checked, rule, "rule", "no active offer falls under the rule", soft=True)
    text = f"Upstream says of no active offer where its {rule.dimension} is done"
    if rule.sense == "max" and rule.metric in SHARES and rule.limit < 1:
        text += (", and unknown origin counts against a maximum, so the rule holds only if "
                 "nothing is bought")  # fmt: skip
        return _say(checked, rule, "dimension", text, rule.penalty is not None)
    return _say(checked, rule, "dimension", text, soft=True)


def _sound(checked: Checked) -> bool:
    return (
        checked.whole("Offers", "supplier", "item", "active")
        and checked.whole("Suppliers", "supplier", "country", "group")
        and checked.whole("Countries", "country", "region", "risk_score")
        and checked.whole("Items", "item", "family")
        and checked.whole("Composition", "item", "element")
        and checked.whole("Upstream", "supplier", "stage", "element", "country", "share")
    )


def _say(checked: Checked, rule: Rule, column: str, message: str, soft: bool) -> Finding:
    say = checked.warning if soft else checked.error
    return say(
        "limit-cannot-hold", ("Rules", rule.row, column), message,
        "Correct the limit, or add offers." if rule.metric == "hhi"
        else "Correct the limit or the members, add offers, or give the rule a penalty.",
        rule.limit if column == "limit" else getattr(rule, column),
    )  # fmt: skip


def _groups(rule: Rule, data: Data) -> list[_Group]:
    families = {item.item: item.family for item in data.items}
    holds = {row.item for row in data.composition if row.element == rule.element}
    at_stage = None if rule.dimension in DIMENSIONS else _items_at(rule.dimension, data)
    offers = [
        offer
        for offer in data.offers
        if offer.active
        and rule.item in (None, offer.item)
        and rule.family in (None, families.get(offer.item))
        and (rule.element is None or offer.item in holds)
        and (rule.licensed is not True or data.licences)
        and (at_stage is None or offer.item in at_stage)
    ]
    if not rule.per_item:
        return [_Group("", frozenset(_members(rule.dimension, offers, data)), bool(offers))]
    items = dict.fromkeys(offer.item for offer in offers)
    return [
        _Group(
            f" (item {item})",
            frozenset(_members(rule.dimension, [one for one in offers if one.item == item], data)),
            offered=True,
        )
        for item in items
    ]


def _items_at(stage: str, data: Data) -> set[str]:
    """The items that take part in rules on a stage: it is known of one of their elements."""
    known = {row.element for row in data.upstream if row.stage == stage}
    if "*" in known:
        return {item.item for item in data.items}
    return {row.item for row in data.composition if row.element in known}


def _members(dimension: str, offers: Iterable[Offer], data: Data) -> set[str]:
    """Who may have a volume in a rule: the members of the dimension among some offers."""
    suppliers = {offer.supplier for offer in offers}
    makers = [one for one in data.suppliers if one.supplier in suppliers]
    regions = {one.country: one.region or one.country for one in data.countries}
    match dimension:
        case "supplier":
            return suppliers
        case "group":
            return {one.group or one.supplier for one in makers}
        case "country":
            return {one.country for one in makers}
        case "region":
            return {regions.get(one.country, one.country) for one in makers}
        case stage:
            return {
                row.country
                for row in data.upstream
                if row.stage == stage and row.supplier in suppliers and row.share > 0
            }


def _alone(rule: Rule, group: _Group, data: Data) -> tuple[str, str] | None:
    """Column and reason if a rule cannot hold for a group whatever the other rules say."""
    count = len(group.members)
    # Unknown origin is one member more of a stage.
    parts = count if rule.dimension in DIMENSIONS else count + 1
    if count == 0:
        return None
    match rule.metric, rule.sense:
        case ("hhi", "max") if 1 < rule.limit < 10_000 / parts - _NOISE:
            return "limit", (f"with {parts} members hhi is at least {10_000 / parts:,.5g} points, "
                             f"and the limit is {rule.limit:g}")  # fmt: skip
        case ("count", "min"):
            able = group.members & set(rule.member) if rule.member else group.members
            if rule.limit > len(able):
                return "limit", (f"only {len(able)} can supply ({listed(sorted(able))}), and the "
                                 f"rule asks for {rule.limit:g}")  # fmt: skip
            if rule.limit * rule.counts_from > 1 + _NOISE:
                return "limit", (f"{rule.limit:g} members with {rule.counts_from:.4g} each would "
                                 "be more than the whole")  # fmt: skip
        case (("share" | "spend_share" | "quantity" | "spend"), "min") if rule.limit > 0:
            able = group.members & set(rule.member) if rule.member else group.members
            if not able:
                return "member", f"none of {listed(rule.member)} has an active offer for the rule"
            if rule.metric in SHARES and not rule.member and count * rule.limit > 1 + _NOISE:
                return "limit", (f"{count} members with at least {rule.limit:.4g} each would be "
                                 "more than the whole")  # fmt: skip
        case ("risk", "max"):
            least = _least_score(rule.dimension, group, data)
            if least > rule.limit + _NOISE:
                return "limit", f"the lowest risk_score among the countries is {least:g}"
    return None


def _least_score(dimension: str, group: _Group, data: Data) -> float:
    scores = {one.country: 10.0 if one.risk_score is None else one.risk_score
              for one in data.countries}  # fmt: skip
    homes = {one.supplier: one.country for one in data.suppliers}
    groups = {one.supplier: one.group or one.supplier for one in data.suppliers}
    regions = {one.country: one.region or one.country for one in data.countries}
    match dimension:
        case "supplier":
            countries = [homes[member] for member in group.members]
        case "group":
            countries = [homes[one] for one, name in groups.items() if name in group.members]
        case "region":
            countries = [one for one, name in regions.items() if name in group.members]
        case _:
            countries = list(group.members)
    return min((scores.get(country, 10.0) for country in countries), default=0.0)


def _together(
    checked: Checked, rules: list[Rule], groups: dict[int, list[_Group]]
) -> Iterator[Finding]:
    """Maximum shares over the same goods that do not add up to the whole, and minima above it."""
    by_scope: dict[tuple[object, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.metric in SHARES and rule.penalty is None:
            scope = (rule.dimension, rule.metric, rule.item, rule.family, rule.element, rule.site,
                     rule.licensed, rule.per_item)  # fmt: skip
            by_scope[scope].append(rule)
    for together in by_scope.values():
        for group in groups[together[0].row]:
            found = _too_little(together, group) or _too_much(together, group)
            if found:
                rule, text = found
                yield _say(checked, rule, "limit", text + group.name, soft=False)
                break


def _too_little(rules: list[Rule], group: _Group) -> tuple[Rule, str] | None:
    limits = [rule for rule in rules if rule.sense == "max"]
    if not limits or not group.members:
        return None
    most = dict.fromkeys(group.members, 1.0)
    for rule in limits:
        if len(rule.member) < 2:
            for member in group.members & set(rule.member or group.members):
                most[member] = min(most[member], rule.limit)
    sums = [(sum(most.values()), [rule for rule in limits if len(rule.member) < 2])]
    for rule in limits:
        if len(rule.member) >= 2:
            rest = sum(share for member, share in most.items() if member not in rule.member)
            sums.append((rule.limit + rest, [rule, *sums[0][1]]))
    total, used = min(sums, key=lambda one: one[0])
    if total >= 1 - _NOISE or not used:
        return None
    last = max(used, key=lambda rule: rule.row)
    unknown = "" if last.dimension in DIMENSIONS else "; unknown origin counts against all of them"
    return last, (
        f"all that can supply ({listed(sorted(group.members))}{unknown}) may together have at "
        f"most {total:.4g} of the whole, so the rule holds only if nothing is bought"
    )


def _too_much(rules: list[Rule], group: _Group) -> tuple[Rule, str] | None:
    least: dict[str, float] = {}
    limits = [rule for rule in rules if rule.sense == "min" and len(rule.member) == 1]
    for rule in limits:
        member = rule.member[0]
        least[member] = max(least.get(member, 0.0), rule.limit)
    total = sum(least.values())
    if total <= 1 + _NOISE:
        return None
    return limits[-1], f"the minimum shares of {listed(least)} add up to {total:.4g}"
