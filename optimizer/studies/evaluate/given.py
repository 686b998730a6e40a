"""A split that somebody gives, as what a plan is held to: what was asked, and what can be kept."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.problem import OfferKey, Problem
from optimizer.contract.data import Data
from optimizer.contract.given import GivenAwards
from optimizer.solve.options import SolveOptions
from optimizer.studies.evaluate.contractable import contractable
from optimizer.studies.evaluate.priced import priced
from optimizer.studies.evaluate.today import todays_split
from optimizer.studies.kept import Carried


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A given split, priced.

    ``name``: whose split it is, to begin a sentence; ``asked``: quantity of each offer over the
    horizon, as far as it was given; ``free``: items whose split was not; ``proven``: no other
    awards are nearer to what was asked.
    """

    name: str
    carried: Carried
    asked: Mapping[OfferKey, float]
    proven: bool
    free: frozenset[str] = field(default_factory=frozenset)


def evaluate_today(
    data: Data, problem: Problem, options: SolveOptions, stop: threading.Event | None = None
) -> Evaluated | None:
    """Today's split: shares of Offers.baseline, of what the plan buys or would have to buy.

    None where it cannot be priced, or not in the time of the options.
    """
    today = todays_split(data, problem, options, stop)
    carried = priced(data, problem, today.split, options, stop, held=today.held)
    if carried is None:
        return None
    bought: dict[str, float] = defaultdict(float)
    for row in carried.plan.tables.awards:
        bought[row.item] += row.award
    whole = {item: max(bought[item], need) for item, need in today.needed.items()}
    asked = {o: share * whole.get(o[1], bought[o[1]]) for o, share in today.shares.items()}
    free = frozenset(today.free) & bought.keys()
    return Evaluated("Today's split", carried, asked, today.proven, free)


def evaluate_awards(
    data: Data,
    problem: Problem,
    given: GivenAwards,
    options: SolveOptions,
    stop: threading.Event | None = None,
) -> Evaluated | None:
    """Given quantities, as near to them as can be contracted; what is not listed gets nothing.

    None where they cannot be priced, or not in the time of the options.
    """
    weight = {item.item: item.weight for item in data.items}
    found = contractable(problem, given.awards, weight, options, stop)
    if found is None:
        return None
    comes = {(lane[0], lane[1]) for lane in problem.supply.lanes}
    held = {offer: found.kept.get(offer, 0.0) for offer in sorted(comes)}
    carried = priced(data, problem, {}, options, stop, held=held)
    if carried is None:
        return None
    name = f"The split of {given.source}" if given.source else "The given split"
    return Evaluated(name, carried, given.awards, found.proven)
