"""The plan that has least of something within a ceiling of cost, as far as there is time.

To minimise a measure below a ceiling of cost is hard where the cheapest plan is: everything that
the search knows is made for costs.  So it goes both ways.  First the measure is minimised, for a
short time.  Then plans are looked for at least cost with half as much above the bound, and so on:
one that costs no more than the ceiling is better than what there was, and where none can, nobody
has as little.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from models.measures import MADE_IN, MOVED, SUPPLIERS, WORST_SHORTAGE, MeasureKey
from optimizer.solve.arrays import Floats
from optimizer.solve.edits import Edit
from optimizer.solve.outcome import Status, relative_gap
from optimizer.solve.progress import Progress, ProgressFunction
from optimizer.studies.alternatives.near_model import ROOM, STAYS, NearModel
from optimizer.studies.optimum import Optimum

SAID = {
    SUPPLIERS: "fewest suppliers",
    MADE_IN: "least from a country",
    MOVED: "fewest moves from today",
    WORST_SHORTAGE: "least shortage",
}

_AS_GOOD_AS_NONE = 1e-8
"""Less than this share of what the best plan has of something is none of it."""
_BETTER = 1e-6
"""Less by this share of what the best plan has is less."""
_WHOLE = 1e-6
_DIRECT_SHARE = 0.3
_PROBE_SHARE = 0.2
_LEFT_OUT_SHARE = 0.06
_FINEST = 0.01
"""Steps smaller than this share of what the best plan has are not worth a solve."""


class Ended(Enum):
    """How the search for the least of a measure ended, as the status of the table Alternatives."""

    PROVEN = "optimal"
    """what was reached is within the gap of what nobody can be below"""
    TIME = "time_limit"
    STOPPED = "interrupted"
    TOO_SMALL = "unproven"
    """what is left to prove is less than a step worth a solve"""


@dataclass(frozen=True, slots=True, eq=False)
class Nearby:
    """A plan that has least of a measure within the ceiling.

    ``bound``: no plan within the ceiling has less.  ``same``: nothing less was found than the best
    plan has, whose plan it is.
    """

    plan: Optimum
    bound: float
    ended: Ended
    same: bool

    @property
    def proven(self) -> bool:
        """Whether nobody has less, within the gap."""
        return self.ended is Ended.PROVEN


def ceiling_of(best: Optimum, within: float) -> float:
    """The most that a plan near the best may cost: ``within`` (a share) more than that.

    It counts from the best plan that was found, whether that is proven or not, and from the size of
    its cost where that is below 0.
    """
    return best.objective + within * abs(best.objective)


def least(model: NearModel, measure: MeasureKey, best: Optimum, ceiling: float) -> Nearby:
    """The cheapest plan among those with the least of a measure that was found."""
    search = _Search(model, measure, best, ceiling)
    search.run()
    if search.values is None:
        return Nearby(best, search.bound, search.ended(), same=True)
    starts = [search.values]
    tidy = model.tidied(measure, search.reached, search.values)
    if tidy is not None and model.cost(tidy) < model.cost(search.values):
        starts = [tidy]
    what = f"{SAID[measure[0]]}, at least cost"
    plan = model.cheapest(what, measure, search.reached, starts, best.bound)
    if plan.solution is None or plan.objective > ceiling + ROOM * max(1.0, abs(ceiling)):
        ended = Ended.STOPPED if model.stop.is_set() else Ended.TIME
        return Nearby(best, search.bound, ended, same=True)
    return Nearby(plan, search.bound, search.ended(), same=False)


class _Search:
    """The least of one measure: what was reached, by which plan, and what nobody can be below.

    ``values`` is None as long as that plan is the best one.
    """

    def __init__(
        self, model: NearModel, measure: MeasureKey, best: Optimum, ceiling: float
    ) -> None:
        values = best.answer.result.values
        assert values is not None
        self._model = model
        self._measure = measure
        self._ceiling = ceiling
        self._floor = best.bound
        self._start = model.as_measured(values)
        self._has = float(self._start[model.column(measure)])
        self._none = max(_AS_GOOD_AS_NONE * self._has, STAYS)
        self._counts = measure[0] == SUPPLIERS
        self._ends = time.monotonic() + model.options.time_limit
        self._too_small = False
        self.values: Floats | None = None
        self.reached = self._has
        self.bound = 0.0

    def is_proven(self) -> bool:
        """Whether what was reached is within the gap of what nobody can be below."""
        if self.reached <= self._none:
            return True
        return relative_gap(self.reached, self.bound) <= self._model.options.gap

    def ended(self) -> Ended:
        """How the search ended."""
        if self.is_proven():
            return Ended.PROVEN
        if self._model.stop.is_set():
            return Ended.STOPPED
        return Ended.TOO_SMALL if self._too_small else Ended.TIME

    @property
    def _left(self) -> float:
        return 0.0 if self._model.stop.is_set() else self._ends - time.monotonic()

    def run(self) -> None:
        """Search until the least is proven, the steps are too small, or time is up."""
        limit = self._model.options.time_limit
        if self.is_proven() or self._left <= 0:
            return
        self._directly(_DIRECT_SHARE * limit)
        if self._counts:
            self._leave_out(_LEFT_OUT_SHARE * limit)
        step = 0.5
        while not self.is_proven() and self._left > 0:
            target = self.reached - step * (self.reached - self.bound)
            if self._counts:
                target = min(math.floor(target + _WHOLE), self.reached - 1)
            elif self.reached - target < _FINEST * self._has:
                self._too_small = True
                return
            last = self._counts and target >= self.reached - 1
            seconds = self._left if last else min(self._left, _PROBE_SHARE * limit)
            if self._probe(target, seconds):
                step = 0.5
            elif last:
                return
            else:
                step /= 2

    def _directly(self, seconds: float) -> None:
        """Minimise the measure below the ceiling."""
        model = self._model
        found = model.loaded.solve(
            model.least(self._measure, self._none, self._ceiling),
            starts=[self._start],
            seconds=seconds,
            progress=model.tell(SAID[self._measure[0]]),
            stop=model.stop,
        )
        offset = model.compiled.arrays.offset
        self._nobody_below(found.bound - offset)
        if found.answer.result.values is not None:
            self._keep(found.answer.result.values)

    def _leave_out(self, seconds: float) -> None:
        """Do without one supplier after the other, and without those who are not used anyway.

        That many may be used at most is a limit that a plan read off the relaxation breaks: there,
        parts of suppliers are used.  Who may be used is none.
        """
        going_on = True
        while going_on and not self.is_proven() and self._left > 0:
            going_on = False
            used = self._model.used(self._start if self.values is None else self.values)
            for left_out in used:
                if self._left <= 0:
                    return
                edits = self._model.only_from(one for one in used if one != left_out)
                if self._within_ceiling(edits, min(self._left, seconds)) is True:
                    going_on = True
                    break

    def _probe(self, target: float, seconds: float) -> bool:
        """Look for the cheapest plan at a target; whether that says anything."""
        found = self._within_ceiling(self._model.at_most(self._measure, target), seconds)
        if found is False:
            self._nobody_below(target + 1 if self._counts else target)
        return found is not None

    def _within_ceiling(self, edits: Iterable[Edit], seconds: float) -> bool | None:
        """Whether a plan with these edits, and less of the measure, costs no more than the ceiling.

        None where that was not found out in time.
        """
        model, most = self._model, self._ceiling + ROOM * max(1.0, abs(self._ceiling))
        enough = _Enough(self._ceiling, most, model.stop, model.tell(SAID[self._measure[0]]))
        found = model.loaded.solve(
            edits, floor=self._floor, seconds=seconds, progress=enough, stop=enough.stop
        )
        values = found.answer.result.values
        if values is not None and found.objective <= self._ceiling and self._keep(values):
            return True
        if found.answer.result.status is Status.INFEASIBLE or found.bound > most:
            return False
        return None

    def _keep(self, values: Floats) -> bool:
        fitted = self._model.as_measured(values)
        reached = float(fitted[self._model.column(self._measure)])
        better = reached < self.reached - max(STAYS, _BETTER * self._has)
        if better:
            self.values, self.reached = fitted, reached
            self.bound = min(self.bound, reached)
        return better

    def _nobody_below(self, bound: float) -> None:
        if not math.isfinite(bound):  # the time was too short for any
            return
        if self._counts:
            bound = math.ceil(bound - _WHOLE)
        if bound > self._none:
            self.bound = max(self.bound, min(bound, self.reached))


class _Enough:
    """Ends a solve as soon as its plan costs no more than the ceiling, it is proven that none does,
    or somebody stops it all.
    """

    def __init__(
        self,
        ceiling: float,
        most: float,
        everything: threading.Event,
        told: ProgressFunction | None,
    ) -> None:
        self._ceiling = ceiling
        self._most = most
        self._everything = everything
        self._told = told
        self.stop = threading.Event()

    def __call__(self, progress: Progress) -> None:
        """Take note of how far the solve is, and pass it on."""
        known = progress.objective <= self._ceiling or progress.bound > self._most
        if known or self._everything.is_set():
            self.stop.set()
        if self._told is not None:
            self._told(progress)
