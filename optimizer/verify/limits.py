"""Minimum and maximum award."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.verify.case import Case
from optimizer.verify.violation import Check, Violation, at_least, at_most


def check_awards(case: Case) -> Iterator[Violation]:
    """Expected deliveries are nothing or the minimum; what is contracted is below the maximum."""
    tolerance = case.tolerance.quantity
    for offer in case.sources.active:
        key = (offer.supplier, offer.item)
        award, volume = case.flows.award.get(key, 0.0), case.flows.volume.get(key, 0.0)
        place = f"{offer.item} of {offer.supplier}"
        if volume > tolerance:
            least = case.clock.pro_rata(offer.min_award)
            yield from at_least(Check.MINIMUM_AWARD, place, least, volume, tolerance)
        most = case.clock.pro_rata(offer.max_award)
        yield from at_most(Check.MAXIMUM_AWARD, place, most, award, tolerance)
