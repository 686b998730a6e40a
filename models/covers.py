"""Covers: what an item needs has to come from somewhere, and whoever brings it needs a yes.

In the relaxation an offer that brings a third of what it could has a third of a yes.  But a need
is covered by whole yeses: where two thirds of what three offers can bring are needed, two of them
are.  No row of the model says so, because the need is spread over sites and periods.  Here the
sums over them are, item by item; optimizer.solve.covers makes rows of them where a plan needs them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.bounds import Bounds
from models.index import Index, Label
from models.problem import LaneKey, OfferKey, Problem, offer_of
from models.service import late_index, shortage_index

_TRACE = 1e-6
"""A need below this share of the demand is what subtraction leaves, and matters to nobody."""


@dataclass(frozen=True, slots=True)
class Source:
    """An offer: the yes that it needs (None: none), and what it may bring once there is one.

    brings: the variable of what it is expected to deliver; least, most: in units of the item over
    the horizon.
    """

    yes: Label | None
    brings: Label
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Cover:
    """What has to come of one item (need), and from where.

    spares: what may lessen the need (shortage, what is owed at the end, what a substitute replaces,
    offers that need no yes and that nothing limits), with what one unit of it counts.
    """

    item: str
    need: float
    sources: tuple[Source, ...]
    spares: Mapping[Label, float]


def covers(problem: Problem) -> Iterator[Cover]:
    r"""What comes of an item covers what is needed of it, from offers that have their yes.

    .. math:: \sum_{o: i(o)=i} volume_o + \sum_j spare_j\, x_j \ge need_i, \qquad
              least_o\, yes_o \le volume_o \le most_o\, yes_o

    Unit: quantity over the horizon, expected over outcomes.  For all items that need something, and
    of which some offer needs a yes.  Rows are the faces of all mixtures of whole yeses that keep
    this (optimizer/solve/mixture.py).

    They follow from the rows of the model, so that every plan keeps them, whatever is minimised:
    from stock_balance and demand_balance, summed over all shelves, needs and periods, from
    minimum_award, and from capacities and the links of models.links.  None for a model of which
    such rows will be taken away (models.problem.EditScope).
    """
    if problem.scope.eased is not None:
        return
    ix = Index(problem)
    allowed = _Allowed(ix)
    need, spares = _needs(ix), _spares(ix)
    offers: dict[str, list[OfferKey]] = defaultdict(list)
    for offer in sorted(ix.lanes_of_offer):
        offers[offer[1]].append(offer)
    for item, quantity in need.items():
        sources = []
        for offer in offers[item]:
            source = allowed.source(offer)
            if math.isfinite(source.most):
                sources.append(source)
            else:
                spares[item][source.brings] = 1.0
        if any(source.yes for source in sources):
            yield Cover(item, quantity, tuple(sources), spares[item])


class _Allowed(Bounds):
    """What the rows of a model allow, where models.bounds says what a best plan has reason for.

    A plan may be made for something else than the least cost, or be held to decisions that were
    made for another world: then it may bring more than anybody has a reason to buy.
    """

    def __init__(self, ix: Index) -> None:
        super().__init__(ix.problem)
        self._lane_most = ix.bounds.most
        self._least = ix.problem.supply.min_award
        self._awarded, self._used = frozenset(ix.awarded_offers), frozenset(ix.used_suppliers)

    def source(self, offer: OfferKey) -> Source:
        """An offer as a source; its most is infinite where nothing limits it."""
        most, least = self.of_offer(offer), 0.0
        if offer in self._awarded:
            least = min(self._least.get(offer, 0.0), most)
        return Source(self._yes(offer), ("volume", offer), least, most)

    def _yes(self, offer: OfferKey) -> Label | None:
        if offer in self._awarded:
            return "awarded", offer
        return ("use", offer[0]) if offer[0] in self._used else None

    def total(self, coefficients: Mapping[LaneKey, float]) -> float:
        """The most that a weighted sum of lane volumes can come to: what links and storages say."""
        by_place: dict[tuple[str, str], list[LaneKey]] = defaultdict(list)
        for lane in coefficients:
            by_place[lane[1], lane[2]].append(lane)
        return sum(self._at_place(coefficients, lanes) for lanes in by_place.values())

    def _at_place(self, coefficients: Mapping[LaneKey, float], lanes: list[LaneKey]) -> float:
        linked = sum(
            coefficients[lane] * self._lane_most[lane] if self._yes(offer_of(lane)) else math.inf
            for lane in lanes
        )
        if not self._is_stored(lanes[0][2]):
            return linked
        return min(linked, max(coefficients[lane] for lane in lanes) * self.receives(lanes[0]))


def _needs(ix: Index) -> Mapping[str, float]:
    """Demand less stock and open orders, site by site: what one has too much helps no other."""
    problem, at = ix.problem, defaultdict[tuple[str, str], float](float)
    demand: dict[str, float] = defaultdict(float)
    for ((item, site, _), _, w), quantity in problem.needs.demand.items():
        at[item, site] += problem.outcomes[w] * quantity
        demand[item] += problem.outcomes[w] * quantity
    for (item, site, _), quantity in problem.holdings.opening.items():
        at[item, site] -= quantity
    for (item, site, _, _, w), quantity in problem.holdings.open_orders.items():
        at[item, site] -= problem.outcomes[w] * quantity
    need: dict[str, float] = defaultdict(float)
    for (item, _), quantity in sorted(at.items()):
        need[item] += max(0.0, quantity)
    return {item: quantity for item, quantity in need.items() if quantity > _TRACE * demand[item]}


def _spares(ix: Index) -> Mapping[str, dict[Label, float]]:
    found: dict[str, dict[Label, float]] = defaultdict(dict)
    chance, last = ix.problem.outcomes, ix.problem.horizon.periods
    for short in shortage_index(ix):
        found[short[0]]["shortage", short] = chance[short[-1]]
    for owed in late_index(ix):
        if owed[3] == last:
            found[owed[0]]["late", owed] = chance[owed[-1]]
    for key in ix.replacements:
        option = ix.option_of[key[0]]
        found[option.item]["replace", key] = chance[key[-1]] / option.ratio
    return found
