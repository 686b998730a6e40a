"""What a model keeps once, written out for every outcome and every stock class.

Orders are kept once for outcomes that share them, tier volumes once for outcomes that are priced
together, and goods once for classes that may serve the same end uses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from models.index import Index, Shelf
from models.pools import Heap
from models.problem import offer_of
from models.sourcing import share_delivered

Values: TypeAlias = dict[Any, float]
"""index of a variable -> value"""

_Used: TypeAlias = tuple[str, tuple[Any, ...], float]
"""variable, index, quantity"""

_LANE = 4


def written_out(ix: Index, found: Mapping[str, Values]) -> dict[str, Values]:
    """The values by variable name, with nothing kept once for several."""
    whole = dict(found)
    whole["order"] = _for_every_outcome(ix, found["order"])
    whole["placed"] = _for_every_outcome(ix, found["placed"]) | _pro_rata(ix, whole["order"])
    whole["tier_volume"] = _by_outcome(ix, whole["order"], found["tier_volume"])
    whole.update(_by_class(ix, whole["order"], found))
    return whole


def _for_every_outcome(ix: Index, shared: Values) -> Values:
    """Values whose index ends in a period and the outcome in which it is decided."""
    sharing: dict[tuple[int, str], list[str]] = defaultdict(list)
    for t in ix.problem.horizon.numbers:
        for w in ix.outcomes:
            sharing[t, ix.decided_in(t, w)].append(w)
    return {
        (*key[:-1], w): value for key, value in shared.items() for w in sharing[key[-2], key[-1]]
    }


def _pro_rata(ix: Index, order: Values) -> Values:
    """The part of a full order that is placed, of late orders that count pro rata."""
    supply = ix.problem.supply
    placed: Values = defaultdict(float)
    for (k, i, _, _, t, w), quantity in order.items():
        counts = (k, i) in supply.order_cost or (k, i) in supply.min_order
        if counts and ix.is_pro_rata(t):
            placed[k, i, t, w] += quantity / ix.full_order((k, i), t)
    return dict(placed)


def _by_outcome(ix: Index, order: Values, tiers: Values) -> Values:
    """Tier volumes in proportion to what each outcome delivers on the lane."""
    groups = ix.priced_together
    if all(len(group) == 1 for group in groups.values()):
        return tiers
    delivered: Values = defaultdict(float)
    for (k, i, s, mode, t, w), quantity in order.items():
        lane = (k, i, s, mode)
        delivered[(*lane, w)] += share_delivered(ix, lane, t, w) * quantity
    chance, split = ix.problem.outcomes, {}
    for key, quantity in tiers.items():
        lane, group = key[:_LANE], groups[key[-1]]
        total = sum(chance[w] * delivered.get((*lane, w), 0.0) for w in group)
        for w in group:
            part = delivered.get((*lane, w), 0.0)
            if part > 0:
                split[(*key[:-1], w)] = quantity * ix.chance_of_tiers[key[-1]] * part / total
    return split


def _by_class(ix: Index, order: Values, found: Mapping[str, Values]) -> dict[str, Values]:
    """Stock, issues and replacements by stock class, first in, first out."""
    classes = _classes_on(ix)
    mixed = {shelf for shelf, names in classes.items() if len(names) > 1}
    substitute = {n: option.substitute for n, option in ix.option_of.items()}
    split: dict[str, Values] = {"stock": {}, "issue": {}, "replace": {}}
    used: dict[tuple[Shelf, int, str], list[_Used]] = defaultdict(list)
    for name, values in split.items():
        for key, quantity in found[name].items():
            item = substitute[key[0]] if name == "replace" else key[0]
            shelf = (item, key[1], key[2])
            if shelf not in mixed:
                (only,) = classes.get(shelf, [shelf[2]])
                values[(*key[:2], only, *key[3:])] = quantity
            elif name != "stock":
                used[shelf, key[-2], key[-1]].append((name, key, quantity))
    came = _arrivals(ix, order, mixed)
    for shelf in sorted(mixed):
        for w in ix.outcomes:
            heap = Heap()
            for name in classes[shelf]:
                heap.add(name, ix.problem.holdings.opening.get((*shelf[:2], name), 0.0))
            for t in ix.problem.horizon.numbers:
                for name, quantity in came.get((shelf, t, w), ()):
                    heap.add(name, quantity)
                for what, key, quantity in used.get((shelf, t, w), ()):
                    for name, part in heap.take(quantity, classes[shelf][0]):
                        split[what][(*key[:2], name, *key[3:])] = part
                for name, quantity in heap.left():
                    split["stock"][(*shelf[:2], name, t, w)] = quantity
    return split


def _classes_on(ix: Index) -> dict[Shelf, list[str]]:
    """The stock classes that can be on each shelf."""
    holdings = ix.problem.holdings
    found: dict[Shelf, set[str]] = defaultdict(set)
    for i, s, g in [*holdings.opening, *(key[:3] for key in holdings.open_orders)]:
        found[i, s, ix.pools[g]].add(g)
    for lane in ix.periods_of_lane:
        offer = offer_of(lane)
        found[lane[1], lane[2], ix.pool_of(offer)].add(ix.class_of(offer))
    return {shelf: sorted(names) for shelf, names in found.items()}


def _arrivals(
    ix: Index, order: Values, mixed: Collection[Shelf]
) -> dict[tuple[Shelf, int, str], list[tuple[str, float]]]:
    """(stock class, quantity) of what comes to a shelf in a period of an outcome."""
    came: dict[tuple[Shelf, int, str], list[tuple[str, float]]] = defaultdict(list)
    for (i, s, g, t, w), quantity in ix.problem.holdings.open_orders.items():
        if (i, s, ix.pools[g]) in mixed:
            came[(i, s, ix.pools[g]), t, w].append((g, quantity))
    arrival = ix.problem.supply.arrival
    for (k, i, s, mode, t, w), quantity in order.items():
        lane, shelf = (k, i, s, mode), (i, s, ix.pool_of((k, i)))
        if shelf in mixed and (lane, t, w) in arrival:
            delivered = share_delivered(ix, lane, t, w) * quantity
            came[shelf, arrival[lane, t, w], w].append((ix.class_of((k, i)), delivered))
    return came
