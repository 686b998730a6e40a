"""Awards that are given: at a quantity, or at a share of what is bought of their item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyomo.environ import inequality, quicksum

from models.carry import ROUNDING
from models.index import Index
from models.problem import OfferKey

_WHOLE = 1e-6
"""Shares that add up to 1 to within this are all there is."""


def held_award_index(ix: Index) -> Iterator[OfferKey]:
    """Offers whose award is given as a quantity."""
    yield from ix.problem.held


def held_award(m: Any, *o: str) -> Any:
    r"""An award that is given is what is contracted.

    .. math:: q_o\,(1 - \varepsilon) \le award_o \le q_o\,(1 + \varepsilon)

    Unit: quantity over the horizon.  ε = 1e-9, because sums of orders differ in their last digits;
    an award of 0 is exactly 0.  Impossible where an offer that no lane carries is given more.
    """
    quantity = m.ix.problem.held[o]
    if o not in m.award:
        return bool(quantity == 0)
    if quantity == 0:
        return m.award[o] == 0
    room = ROUNDING * quantity
    return inequality(quantity - room, m.award[o], quantity + room)


def held_share_index(ix: Index) -> Iterator[OfferKey]:
    """Offers whose share of their item is given, but for one where shares are given to all."""
    shares, offers = ix.problem.split, set(ix.lanes_of_offer)
    of_item: dict[str, list[OfferKey]] = defaultdict(list)
    for o in sorted(shares):
        of_item[o[1]].append(o)
    for item, given in of_item.items():
        everybody = all(o in shares for o in offers if o[1] == item)
        if everybody and abs(sum(shares[o] for o in given) - 1.0) <= _WHOLE:
            # What remains for the last is its share.  A row of its own would, with shares that
            # add up to 1 but for their last digit, allow nothing but to buy nothing.
            given.remove(max((o for o in given if o in offers), key=lambda o: shares[o]))
        yield from given


def held_share(m: Any, *o: str) -> Any:
    r"""Where a split is given, each award is its share of all that is contracted of the item.

    .. math:: award_o = z_o \sum_{o': i(o') = i(o)} award_{o'}

    Unit: quantity over the horizon.  How much is bought in all is decided freely.  Impossible
    where an offer that no lane carries is given a share.
    """
    share = m.ix.problem.split[o]
    if o not in m.award:
        return bool(share == 0)
    if share == 0:
        return m.award[o] == 0
    together = quicksum(m.award[other] for other in m.ix.lanes_of_offer if other[1] == o[1])
    return m.award[o] == share * together
