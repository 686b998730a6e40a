"""Today's split: the shares of each item in Offers.baseline, as far as capacities let it go on.

What is bought in all is for the plan to decide.  Where a source of today cannot deliver its share
of what is needed, it delivers what it can, and the others of today take over in proportion.
Nothing is built for it.
"""

from __future__ import annotations

import dataclasses
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.problem import OfferKey, Problem
from optimizer.contract.data import Data
from optimizer.solve.options import SolveOptions
from optimizer.studies.evaluate.contractable import contractable

_ROUNDS = 5
_LEFT = 1e-6
"""What is not taken over of an item, as a share of its need, that is not worth another round."""


@dataclass(frozen=True, slots=True)
class TodaysSplit:
    """``shares``: as in Offers.baseline, in sum 1 for each item that has any.  ``split``: what of
    it goes on, for every offer of such an item; ``held``: items that nobody of today can deliver,
    at 0.  ``needed``: of items of which today's sources cannot deliver what is needed (unit, over
    the horizon).  ``free``: items without any baseline.  ``proven``: no split is nearer.
    """

    shares: Mapping[OfferKey, float]
    split: Mapping[OfferKey, float]
    held: Mapping[OfferKey, float]
    needed: Mapping[str, float]
    free: tuple[str, ...]
    proven: bool


def todays_split(
    data: Data, problem: Problem, options: SolveOptions, stop: threading.Event | None = None
) -> TodaysSplit:
    """The split of today, as it can be contracted for what is needed over the horizon.

    Without an answer in the time of the options the shares are taken as they are.
    """
    shares = shares_today(data)
    need = _needed(problem)
    wanted = {o: share * need[o[1]] for o, share in shares.items() if need.get(o[1], 0.0) > 0}
    as_it_is = dataclasses.replace(problem, projects=())
    kept, proven = _taken_over(data, as_it_is, wanted, options, stop)
    with_lanes = {(lane[0], lane[1]) for lane in problem.supply.lanes}
    today = {item for _, item in shares}
    whole = _of_items(kept)
    split: dict[OfferKey, float] = {}
    held: dict[OfferKey, float] = {}
    for offer in sorted(with_lanes):
        item = offer[1]
        if item not in today:
            continue
        if whole.get(item, 0.0) > 0:
            split[offer] = kept.get(offer, 0.0) / whole[item]
        else:
            held[offer] = 0.0
    missed = {i: q for i, q in need.items() if i in today and whole.get(i, 0.0) < q * (1 - _LEFT)}
    free = sorted({item for _, item in with_lanes} - today)
    return TodaysSplit(shares, split, held, missed, tuple(free), proven)


def shares_today(data: Data) -> Mapping[OfferKey, float]:
    """Each offer's share of its item's baseline, of offers that are not active as well."""
    baseline = {(o.supplier, o.item): o.baseline for o in data.offers if o.baseline > 0}
    whole = _of_items(baseline)
    return {offer: quantity / whole[offer[1]] for offer, quantity in baseline.items()}


def _taken_over(
    data: Data,
    problem: Problem,
    wanted: Mapping[OfferKey, float],
    options: SolveOptions,
    stop: threading.Event | None,
) -> tuple[Mapping[OfferKey, float], bool]:
    """What each source can deliver of its part, and of what others leave of theirs."""
    weight = {item.item: item.weight for item in data.items}
    asked, need = dict(wanted), _of_items(wanted)
    kept: Mapping[OfferKey, float] = wanted
    for _ in range(_ROUNDS):
        found = contractable(problem, asked, weight, options, stop)
        if found is None:
            return kept, False
        kept = found.kept
        if not found.proven:
            return kept, False
        left = _of_items({o: -q for o, q in kept.items()}, need)
        asked = _asked_anew(wanted, kept, asked, {i: q for i, q in left.items() if q > 0}, need)
        if not asked:
            break
    return kept, True


def _asked_anew(
    wanted: Mapping[OfferKey, float],
    kept: Mapping[OfferKey, float],
    asked: Mapping[OfferKey, float],
    left: Mapping[str, float],
    need: Mapping[str, float],
) -> dict[OfferKey, float]:
    """What is asked in the next round; empty where nobody can take over anything more."""
    able = [
        o for o in kept
        if left.get(o[1], 0.0) > _LEFT * need[o[1]] and kept[o] > 0 and kept[o] >= asked[o]
    ]  # fmt: skip
    if not able:
        return {}
    together = _of_items({o: wanted[o] for o in able})
    more = {o: left[o[1]] * wanted[o] / together[o[1]] for o in able}
    return {o: quantity + more.get(o, 0.0) for o, quantity in kept.items()}


def _of_items(
    quantities: Mapping[OfferKey, float], start: Mapping[str, float] | None = None
) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float, start or {})
    for (_, item), quantity in quantities.items():
        total[item] += quantity
    return dict(total)


def _needed(problem: Problem) -> Mapping[str, float]:
    """Item -> what has to be bought for its demand and cover beside stock and open orders, expected
    over outcomes; a site's stock serves that site.
    """
    chance = problem.outcomes
    place: dict[tuple[str, str], float] = defaultdict(float)
    cover: dict[tuple[str, str], float] = defaultdict(float)
    for ((item, site, _), _, w), quantity in problem.needs.demand.items():
        place[item, site] += chance[w] * quantity
    for (item, site, _, _), want in problem.holdings.min_cover.items():
        cover[item, site] = max(cover[item, site], want)
    for (item, site, _), quantity in problem.holdings.opening.items():
        place[item, site] -= quantity
    for (item, site, _, _, w), quantity in problem.holdings.open_orders.items():
        place[item, site] -= chance[w] * quantity
    need: dict[str, float] = defaultdict(float)
    for (item, site), quantity in place.items():
        need[item] += max(0.0, quantity + cover.get((item, site), 0.0))
    return need
