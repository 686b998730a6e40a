"""Whether anything of an offer could ever be delivered: only then does it occur in a rule."""

from __future__ import annotations

from optimizer.contract.supply import Lane, Offer
from optimizer.verify.case import Case


def can_deliver(case: Case, offer: Offer, site: str | None) -> bool:
    """Whether an order could arrive by the end of the horizon, at one site or at any."""
    if offer.max_award == 0:
        return False
    lanes = [
        lane
        for place in case.needs.wanted_at.get(offer.item, ())
        if site in (None, place)
        for lane in case.lanes.modes(offer.supplier, offer.item, place).values()
    ]
    return any(
        _can_make(case, offer, period) and _arrives(case, offer, lane, period)
        for period in case.clock.periods
        for lane in lanes
    )


def _can_make(case: Case, offer: Offer, period: int) -> bool:
    if period < case.sources.first_period(offer, case.clock):
        return False
    if case.sources.offer_capacity(offer, period) == 0:
        return False
    if case.sources.supplier_factor(offer.supplier, period) == 0:
        return False
    built = any(
        project.supplier == offer.supplier and period >= case.clock.after(project.build_days)
        for project in case.data.projects
    )
    return built or case.sources.suppliers[offer.supplier].capacity > 0


def _arrives(case: Case, offer: Offer, lane: Lane, period: int) -> bool:
    return lane.capacity > 0 and any(
        case.landing.arrival(offer, lane, period, world) is not None
        for world in case.worlds.values()
    )
