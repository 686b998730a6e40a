"""What a rule looks at: the offers in its scope and what the plan makes of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimizer.contract.policy import Rule
from optimizer.contract.supply import Offer
from optimizer.verify.case import Case
from optimizer.verify.flows import of_offer
from optimizer.verify.reach import can_deliver
from optimizer.verify.sources import OfferKey
from optimizer.verify.split import item_whole, split_of

SPEND = ("spend", "spend_share")
RELATIVE_METRICS = ("share", "spend_share", "risk")
"""Their slack is relative to the demand of the rule's scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Amounts of one rule, for one item or for all together, in weight, mass or money.

    ``members``: everybody with an offer; ``reachable``: those who could deliver something, which
    is what it takes to occur; ``reached``: whether anybody could, whoever gets the credit;
    ``nothing``: what counts as a total of 0; ``reference``: what a slack is relative to.
    """

    item: str
    total: float
    members: Mapping[str, float]
    reachable: frozenset[str]
    reached: bool
    unknown: float
    scored: float
    nothing: float
    reference: float


def spend_by_offer(case: Case, site: str | None) -> Mapping[OfferKey, float]:
    """Expected spend at list and tier prices in base currency, without freight, duty, factors."""
    flows = case.flows
    spent = [
        (lane, case.sources.list_price(offer) * volume - flows.saved.get(lane, 0.0))
        for lane, volume in flows.lane_volume.items()
        if (offer := case.offer(lane[0], lane[1])) is not None
    ]
    return of_offer(spent, site)


def scopes(case: Case, rule: Rule) -> Iterator[Scope]:
    """The scope of a rule: one, or one for each item where it holds per item."""
    groups: defaultdict[str, list[Offer]] = defaultdict(list)
    for offer in case.sources.active:
        if _in_scope(case, rule, offer):
            groups[offer.item if rule.per_item else ""].append(offer)
    if rule.metric in SPEND:
        amounts = spend_by_offer(case, rule.site)
    else:
        amounts = of_offer(case.flows.lane_volume.items(), rule.site)
    for item, offers in groups.items():
        yield _scope(case, rule, item, offers, amounts)
    if not groups and not rule.per_item:
        yield _scope(case, rule, "", [], amounts)


def _in_scope(case: Case, rule: Rule, offer: Offer) -> bool:
    if rule.item not in (None, offer.item):
        return False
    if rule.family not in (None, case.values.items[offer.item].family):
        return False
    needs_licence = bool(case.licensing.of(offer.supplier, offer.item))
    if rule.licensed not in (None, needs_licence):
        return False
    return item_whole(case, rule.dimension, offer.item, rule.element) > 0


def _scope(
    case: Case, rule: Rule, item: str, offers: list[Offer], amounts: Mapping[OfferKey, float]
) -> Scope:
    total = unknown = scored = largest = 0.0
    members: defaultdict[str, float] = defaultdict(float)
    reachable: set[str] = set()
    reached = False
    for offer in offers:
        split = split_of(
            case,
            rule.dimension,
            offer.supplier,
            offer.item,
            rule.element,
            spend=rule.metric in SPEND,
        )
        if split is None:
            continue
        amount = amounts.get((offer.supplier, offer.item), 0.0)
        total += amount * split.whole
        unknown += amount * split.unknown
        scored += amount * split.scored
        price = case.sources.list_price(offer) if rule.metric in SPEND else 1.0
        largest = max(largest, split.whole * price)
        for member, part in split.members.items():
            members[member] += amount * part
        if can_deliver(case, offer, rule.site):
            reached = True
            reachable.update(split.members)
    return Scope(
        item,
        total,
        members,
        frozenset(reachable),
        reached,
        unknown,
        scored,
        case.tolerance.quantity * largest,
        _reference(case, rule, {offer.item for offer in offers}),
    )


def _reference(case: Case, rule: Rule, items: set[str]) -> float:
    """Horizon demand of the scope's items in the metric's weights; 0 is taken as 1."""
    if rule.metric not in RELATIVE_METRICS:
        return 1.0
    total = 0.0
    for item in items:
        weight = (
            case.values.unit[item]
            if rule.metric in SPEND
            else item_whole(case, rule.dimension, item, rule.element)
        )
        total += weight * case.needs.of_horizon(item, rule.site)
    return total or 1.0
