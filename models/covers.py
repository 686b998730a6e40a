"""Covers: what an item needs has to come from somewhere, and whoever brings it needs a yes.

In the relaxation an offer that brings a third of what it could has a third of a yes.  But a need
is covered by whole yeses: where two thirds of what three offers can bring are needed, two of them
are.  No row of the model says so, because the need is spread over sites and periods.  Here the
sums over them are, item by item; optimizer.solve.covers makes rows of them where a plan needs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.index import Index
from models.problem import OfferKey, Problem

Label = tuple[str, Any]
"""variable, index"""


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
    r"""What has to come of one item, and from where.

    .. math:: \sum_{o: i(o)=i} volume_o + \sum_j spare_j\, x_j \ge need_i, \qquad
              least_o\, yes_o \le volume_o \le most_o\, yes_o

    Unit: quantity over the horizon, expected over outcomes.  spares: what may lessen the need
    (shortage, what is owed at the end, what a substitute replaces) with its weight.
    """

    item: str
    need: float
    sources: tuple[Source, ...]
    spares: Mapping[Label, float]


def covers(problem: Problem) -> Iterator[Cover]:
    """The covers of all items that need something, and of which some offer needs a yes.

    They follow from the model: from stock_balance and demand_balance, summed over all shelves,
    needs and periods, from minimum_award, and from the links of models.links with the bounds of
    models.bounds.
    """
    ix = Index(problem)
    need, spares = _needs(ix), _spares(ix)
    offers: dict[str, list[OfferKey]] = defaultdict(list)
    for offer in sorted(ix.lanes_of_offer):
        offers[offer[1]].append(offer)
    for item, quantity in need.items():
        sources = tuple(_source(ix, offer) for offer in offers[item])
        if quantity > 0 and any(source.yes for source in sources):
            yield Cover(item, quantity, sources, spares[item])


def _source(ix: Index, offer: OfferKey) -> Source:
    yes: Label | None = None
    least = 0.0
    if offer in set(ix.awarded_offers):
        yes, least = ("awarded", offer), ix.problem.supply.min_award.get(offer, 0.0)
    elif offer[0] in ix.used_suppliers:
        yes = ("use", offer[0])
    most = ix.bounds.of_offer(offer)
    return Source(yes, ("volume", offer), min(least, most), most)


def _needs(ix: Index) -> Mapping[str, float]:
    """Demand less stock and open orders, site by site: what one has too much helps no other."""
    problem, at = ix.problem, defaultdict[tuple[str, str], float](float)
    for ((item, site, _), _, w), quantity in problem.needs.demand.items():
        at[item, site] += problem.outcomes[w] * quantity
    for (item, site, _), quantity in problem.holdings.opening.items():
        at[item, site] -= quantity
    for (item, site, _, _, w), quantity in problem.holdings.open_orders.items():
        at[item, site] -= problem.outcomes[w] * quantity
    need: dict[str, float] = defaultdict(float)
    for (item, _), quantity in sorted(at.items()):
        need[item] += max(0.0, quantity)
    return need


def _spares(ix: Index) -> Mapping[str, Mapping[Label, float]]:
    found: dict[str, dict[Label, float]] = defaultdict(dict)
    chance, last = ix.problem.outcomes, ix.problem.horizon.periods
    for (item, site, use), t, w in ix.needs:
        found[item]["shortage", (item, site, use, t, w)] = chance[w]
        if t == last:
            found[item]["late", (item, site, use, t, w)] = chance[w]
    for key in ix.replacements:
        option = ix.option_of[key[0]]
        found[option.item]["replace", key] = chance[key[-1]] / option.ratio
    return found
