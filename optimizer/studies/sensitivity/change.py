"""Whether two plans decide the same: the same suppliers, and about the same awards."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.problem import OfferKey

MOVED = 0.05
"""An award has moved if it differs by more than this share of all awards of its item, in the one
of the two plans that awards more of it."""
TRACE = 1e-4
"""A supplier is used if it has more than this share of all awards of some item."""
_ROUNDING = 1e-6
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Decision:
    """The awards of a plan: offer -> quantity over the horizon."""

    award: Mapping[OfferKey, float]

    @property
    def totals(self) -> Mapping[str, float]:
        """Item -> all its awards."""
        found: dict[str, list[float]] = defaultdict(list)
        for (_, item), quantity in self.award.items():
            found[item].append(quantity)
        return {item: math.fsum(quantities) for item, quantities in found.items()}

    @property
    def used(self) -> frozenset[str]:
        """The suppliers with more than a trace of some item."""
        totals = self.totals
        return frozenset(
            supplier
            for (supplier, item), quantity in self.award.items()
            if quantity > TRACE * totals[item]
        )


def change_between(before: Decision, after: Decision) -> str:
    """What changes from one plan to another, in words; empty: nothing.

    ``adds VN01; drops CN02; N45UH from CN01 -12 points``: points are hundredths of all awards of
    the item, in the plan that awards more of it.
    """
    parts = [f"adds {name}" for name in sorted(after.used - before.used)]
    parts += [f"drops {name}" for name in sorted(before.used - after.used)]
    moves = sorted(_moves(before, after), key=lambda move: (-abs(move[1]), move[0]))
    parts += [f"{item} from {k} {100 * share:+.0f} points" for (k, item), share in moves[:_SHOWN]]
    if len(moves) > _SHOWN:
        parts.append(f"and {len(moves) - _SHOWN} more awards")
    return "; ".join(parts)


def limits_of(decision: Decision) -> tuple[Mapping[OfferKey, float], Mapping[OfferKey, float]]:
    """The least and the largest award of each offer with which a plan surely decides the same.

    Offers that are absent get nothing.  Each supplier keeps more than a trace where it has most.
    """
    totals = decision.totals
    main: dict[str, OfferKey] = {}
    for offer, quantity in decision.award.items():
        best = main.get(offer[0])
        if best is None or quantity / totals[offer[1]] > decision.award[best] / totals[best[1]]:
            main[offer[0]] = offer
    least, most = {}, {}
    for offer, quantity in decision.award.items():
        if offer[0] not in decision.used:
            continue
        room = MOVED * totals[offer[1]]
        kept = min(quantity, 2 * TRACE * totals[offer[1]]) if main[offer[0]] == offer else 0.0
        least[offer] = max(quantity - room, kept)
        most[offer] = quantity + room
    return least, most


def _moves(before: Decision, after: Decision) -> Iterator[tuple[OfferKey, float]]:
    """(offer, by which share of its item) of the awards that have moved."""
    totals, later = before.totals, after.totals
    for offer in sorted({*before.award, *after.award}):
        scope = max(totals.get(offer[1], 0.0), later.get(offer[1], 0.0))
        moved = after.award.get(offer, 0.0) - before.award.get(offer, 0.0)
        if abs(moved) > (MOVED + _ROUNDING) * scope:
            yield offer, moved / scope
