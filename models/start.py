"""What a relaxed plan suggests: whole numbers that fit its volumes.

The relaxation takes fractions of a yes: a tenth of a price tier, a third of a qualification.  Its
volumes are a good plan all the same.  So every yes-or-no is read off the volumes: who delivers is
used, and the tier is the one that the volume reaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from models.index import Label
from models.problem import OfferKey, Problem, RuleScope

DETAILS = frozenset({"placed"})
"""Whole numbers of single orders: many of them, and each moves the cost little."""

SPARSE = frozenset({"order"})
"""Variables of which there are many, and of which a good plan uses few."""

READ_FROM = frozenset({"volume", "member_volume", "scope_total"})
"""What suggestions are read from, beside whole numbers."""

TRACE = 1e-6
"""Volumes below this are none."""

Band = tuple[float, float]
BANDS: tuple[Band, ...] = (
    (0.03, 0.95), (0.08, 0.85), (0.15, 0.7), (0.22, 0.5), (0.3, 0.3), (0.1, 0.1)
)  # fmt: skip
"""Parts of a yes between which an offer is undecided, one after another.

The last is for where the one before leads nowhere: whoever has some of a yes is taken in.
"""

SETTLED: tuple[Band, ...] = ((0.05, 0.95), (0.15, 0.7), (0.25, 0.45))
"""Parts of a least award between which an offer is undecided, one after another."""

_SMALL_SHARE = 0.005
_LEAST_PART = 0.25
_STRICTER = (0.5, 0.9)
_HARDLY = 0.02
_WAVERING = 0.98
_BARELY = 1.02
_JUST_BELOW = 0.99
_LATER = 0.9
_YES = ("modules", "substitution_used", "lane_used")


def readings(problem: Problem, values: Mapping[Label, float]) -> Iterator[dict[Label, float]]:
    """A relaxed plan as it may be read, ever more strictly, for where the first way leads nowhere.

    First without the traces of everything that an interior point leaves; then also without the
    offers that have less than a half, or nearly all, of their least award.
    """
    clean = _cleaned(values)
    yield clean
    for part in _STRICTER:
        yield {**clean, **dict.fromkeys(_below(problem, clean, part), 0.0)}


def _below(problem: Problem, values: Mapping[Label, float], part: float) -> list[Label]:
    """The volumes that are less than this part of the least award."""
    least = problem.supply.min_award
    return [
        (name, index)
        for (name, index), value in values.items()
        if name == "volume" and value < part * least.get(index, 0.0)
    ]


def _cleaned(values: Mapping[Label, float]) -> dict[Label, float]:
    """Volumes below a small share of their item's, and yeses that are hardly one, are none."""
    whole: dict[str, float] = defaultdict(float)
    for (name, index), value in values.items():
        if name == "volume":
            whole[index[1]] += value
    clean = dict(values)
    for (name, index), value in values.items():
        trace = name == "volume" and value < _SMALL_SHARE * whole[index[1]]
        if trace or (name in _YES and value < _HARDLY):
            clean[name, index] = 0.0
    return clean


@dataclass(frozen=True, slots=True)
class Variation:
    """One thing decided otherwise than in a plan: a name for it, and the volumes that change."""

    name: Hashable
    change: Mapping[Label, float]


def variations(
    problem: Problem, relaxed: Mapping[Label, float], planned: Mapping[Label, float]
) -> list[Variation]:
    """What may be decided otherwise: who is left out or taken in, which tier is reached.

    First that of which the relaxation is least sure.  Only volumes change; what follows from them
    is suggested again.
    """
    volume = _by_offer(planned)
    found: list[tuple[float, Variation]] = []

    def vary(sure: float, what: str, who: Hashable, change: Mapping[Label, float]) -> None:
        found.append((sure, Variation((what, who), change)))

    for offer, quantity in volume.items():
        if quantity <= TRACE:
            continue
        sure = relaxed.get(("awarded", offer), 1.0)
        if sure < _WAVERING:
            vary(sure, "left out", offer, {("volume", offer): 0.0})
        if offer in problem.pricing.tiers:
            starts = [tier.start for tier in problem.pricing.tiers[offer].tiers]
            above = [start for start in starts if start > quantity]
            if above:
                vary(1.0 - quantity / above[0], "up to", (offer, above[0]),
                     {("volume", offer): above[0]})  # fmt: skip
            below = [start for start in starts if 0 < start <= quantity]
            if below and quantity < _BARELY * below[-1]:
                vary(_LATER, "below", (offer, below[-1]),
                     {("volume", offer): _JUST_BELOW * below[-1]})  # fmt: skip
    for (name, supplier), sure in relaxed.items():
        of_supplier = {("volume", o): 0.0 for o, q in volume.items() if o[0] == supplier and q}
        if name == "use" and sure < _WAVERING and of_supplier:
            vary(sure, "without", supplier, of_supplier)
    for offer, sure in ((i, v) for (n, i), v in relaxed.items() if n == "awarded"):
        if sure > _HARDLY and volume.get(offer, 0.0) <= TRACE:
            least = max(problem.supply.min_award.get(offer, 0.0), 2 * TRACE)
            asked = relaxed.get(("volume", offer), 0.0)
            vary(1.0 - sure, "taken in", offer, {("volume", offer): max(asked, least)})
    return [variation for _, variation in sorted(found, key=lambda pair: pair[0])]


def suggest(problem: Problem, values: Mapping[Label, float]) -> dict[Label, float]:
    """Whole values for the binaries and integers that are not DETAILS, from a relaxed plan.

    ``values``: (variable, index) -> value of every variable of the model, in its units.  Who has
    less than a part of its least award gets none: to fill up all of them would take from others.
    """
    volume = _by_offer(values)
    volume.update((index, 0.0) for _, index in _below(problem, values, _LEAST_PART))
    return _whole(problem, values, volume)


def suggest_sure(problem: Problem, values: Mapping[Label, float], band: Band) -> dict[Label, float]:
    """The same for suppliers, awards and their tiers alone, as far as the relaxed plan is sure.

    Offers whose yes is within the band are left undecided, and those below it get nothing.
    """
    volume, undecided = _by_offer(values), set[OfferKey]()
    for offer in volume:
        yes = values.get(("awarded", offer), values.get(("use", offer[0]), 1.0))
        if yes < band[1]:
            volume[offer] = 0.0
            if yes > band[0]:
                undecided.add(offer)
    return _without(_whole(problem, values, volume), undecided)


def suggest_settled(
    problem: Problem, values: Mapping[Label, float], band: Band
) -> dict[Label, float]:
    """The same by what an offer has of its least award: coarser, and most is decided at once."""
    volume, least = _by_offer(values), problem.supply.min_award
    undecided = set[OfferKey]()
    for offer, quantity in volume.items():
        if quantity < band[1] * least.get(offer, 0.0):
            volume[offer] = 0.0
            if quantity >= band[0] * least.get(offer, 0.0):
                undecided.add(offer)
    return _without(_whole(problem, values, volume), undecided)


def _whole(
    problem: Problem, values: Mapping[Label, float], volume: Mapping[OfferKey, float]
) -> dict[Label, float]:
    delivering = {offer[0] for offer, quantity in volume.items() if quantity > TRACE}
    scopes = {scope.key: scope for scope in problem.rules}
    whole: dict[Label, float] = {}
    for (name, index), value in values.items():
        match name:
            case "use":
                whole[name, index] = float(index in delivering)
            case "awarded":
                whole[name, index] = float(volume[index] > TRACE)
            case "tier_reached":
                whole[name, index] = _reached(problem, volume, index)
            case "member_used":
                whole[name, index] = _counted(scopes[index[:2]], values, index)
            case "modules":
                whole[name, index] = float(-int(-value // 1)) if value > TRACE else 0.0
            case "lane_used" | "substitution_used":
                whole[name, index] = float(value > TRACE)
    return whole


def _without(whole: Mapping[Label, float], undecided: set[OfferKey]) -> dict[Label, float]:
    """What is decided while some offers are not: who else is used may still need a yes."""
    suppliers = {offer[0] for offer in undecided}
    kept: dict[Label, float] = {}
    for (name, index), value in whole.items():
        match name:
            case "awarded" | "tier_reached":
                decided = index[:2] not in undecided
            case "use":
                decided = bool(value) or index not in suppliers
            case _:
                decided = False
        if decided:
            kept[name, index] = value
    return kept


def suggest_details(problem: Problem, values: Mapping[Label, float]) -> dict[Label, float]:
    """Whole values for DETAILS from a plan in which they are relaxed.

    An order that reaches the minimum is placed.  Smaller ones are saved up, period after period,
    and placed when they have come to half a minimum: so what is ordered in all stays about right.
    """
    ordered: dict[tuple[str, str, str, int], float] = defaultdict(float)
    for (name, index), value in values.items():
        if name == "order":
            supplier, item, _, _, period, outcome = index
            ordered[supplier, item, outcome, period] += value
    saved: dict[tuple[str, str, str], float] = defaultdict(float)
    whole: dict[Label, float] = {}
    for k, i, t, w in sorted((x for name, x in values if name == "placed"), key=lambda x: x[2]):
        least = max(problem.supply.min_order.get((k, i), 0.0), TRACE)
        saved[k, i, w] += ordered[k, i, w, t]
        place = saved[k, i, w] >= 0.5 * least
        whole["placed", (k, i, t, w)] = float(place)
        if place:
            saved[k, i, w] -= max(ordered[k, i, w, t], least)
    return whole


def _by_offer(values: Mapping[Label, float]) -> dict[OfferKey, float]:
    volume: dict[OfferKey, float] = defaultdict(float)
    for (name, index), value in values.items():
        if name == "volume":
            volume[index] = value
    return volume


def _reached(
    problem: Problem, volume: Mapping[OfferKey, float], index: tuple[str, str, int]
) -> float:
    """Whether a tier is the one (all units), or one of those (incremental), that is reached."""
    offer, number = index[:2], index[2]
    quantity = volume[offer]
    if quantity <= TRACE:
        return 0.0
    breaks = problem.pricing.tiers[offer]
    starts = [tier.start for tier in breaks.tiers]
    last = max(n for n, start in enumerate(starts) if start <= quantity + TRACE)
    return float(number == last or (breaks.incremental and number < last))


def _counted(scope: RuleScope, values: Mapping[Label, float], index: tuple[str, str, str]) -> float:
    volume = values.get(("member_volume", index), 0.0)
    least = scope.counts_from * values.get(("scope_total", scope.key), 0.0)
    return float(volume > TRACE if scope.sense.is_max else volume >= least - TRACE)
