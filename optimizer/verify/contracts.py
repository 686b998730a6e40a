"""What binds awards to orders under risk: the call-off band and overbooking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.supply import Offer
from optimizer.verify.case import Case
from optimizer.verify.cover import targets
from optimizer.verify.sources import OfferKey
from optimizer.verify.violation import Check, Violation, at_least, at_most
from optimizer.verify.world import World


def check_band(case: Case) -> Iterator[Violation]:
    """The orders of every outcome lie within a band around the award.

    Nothing is owed at least where an effect takes a part of the deliveries.
    """
    ordered: defaultdict[tuple[str, OfferKey], float] = defaultdict(float)
    for (outcome, supplier, item, _), quantity in case.flows.placed.items():
        ordered[outcome, (supplier, item)] += quantity
    settings, tolerance = case.data.settings, case.tolerance.quantity
    for offer in case.sources.active:
        key = (offer.supplier, offer.item)
        award = case.flows.award.get(key, 0.0)
        least = settings.call_off_min if offer.call_off_min is None else offer.call_off_min
        most = settings.call_off_max if offer.call_off_max is None else offer.call_off_max
        for world in case.worlds.values():
            place = f"{offer.item} of {offer.supplier}, outcome {world.name}"
            orders = ordered.get((world.name, key), 0.0)
            if delivers_in_full(case, offer, world):
                yield from at_least(Check.CALL_OFF_MIN, place, least * award, orders, tolerance)
            yield from at_most(Check.CALL_OFF_MAX, place, most * award, orders, tolerance)


def check_overbooking(case: Case) -> Iterator[Violation]:
    """Awards of offers that some outcome does not deliver in full stay near what is needed."""
    awards: defaultdict[str, float] = defaultdict(float)
    for offer in case.sources.active:
        if not all(delivers_in_full(case, offer, world) for world in case.worlds.values()):
            key = (offer.supplier, offer.item)
            awards[offer.item] += case.flows.award.get(key, 0.0)
    covers = _covers(case) if awards else {}
    for item, award in awards.items():
        need = expected_demand(case, item) + covers.get(item, 0.0)
        limit = case.data.settings.overbooking * need
        yield from at_most(Check.OVERBOOKING, item, limit, award, case.tolerance.quantity)


def delivers_in_full(case: Case, offer: Offer, world: World) -> bool:
    """Whether no effect takes a part of the offer's deliveries in any period."""
    return all(world.deliverable(offer, period) == 1 for period in case.clock.periods)


def expected_demand(case: Case, item: str) -> float:
    """Over the horizon, with what the item may substitute."""
    return sum(
        world.probability * case.needs.earning_demand(item, 1, case.clock, world)
        for world in case.worlds.values()
    )


def _covers(case: Case) -> dict[str, float]:
    """Cover target of each item: the largest of each site, over periods and outcomes."""
    largest: defaultdict[tuple[str, str], float] = defaultdict(float)
    for target in targets(case):
        key = (target.item, target.site)
        largest[key] = max(largest[key], target.least)
    covers: defaultdict[str, float] = defaultdict(float)
    for (item, _), quantity in largest.items():
        covers[item] += quantity
    return covers
