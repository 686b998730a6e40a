"""What each limit of a rule costs: a rule's limit swept on one loaded model.

Along a curve the first rule is swept; further rules make a curve for each combination of their
limits.  A rule that is not active is active for the sweep, and one with a penalty keeps it.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from optimizer.contract.data import Data
from optimizer.contract.study import Study, StudyTables
from optimizer.solve.options import SolveOptions
from optimizer.solve.progress import ProgressFunction
from optimizer.studies.frontier import words
from optimizer.studies.frontier.curve import Curve, curve
from optimizer.studies.frontier.end import End, end_between
from optimizer.studies.frontier.points import Point, points
from optimizer.studies.frontier.rows import frontier_rows, share_rows
from optimizer.studies.frontier.steps import INFEASIBLE, Steps
from optimizer.studies.frontier.sweep import Grid, Place, Sweep, grid

QUESTION = "frontier"

Tell = Callable[[str], ProgressFunction | None]
"""What is told in words what comes next, and gives what is to be told how far that is."""


def frontier(
    data: Data,
    sweeps: Sequence[Sweep],
    options: SolveOptions,
    tell: Tell,
    stop: threading.Event,
    within: float | None = None,
) -> Study:
    """The curve of the first sweep, once for each combination of the limits of the others.

    The time limit of the options holds for each solve.  within: how exactly the limit is sought
    at which plans end (frontier_end).  Once stop is set, what is known by then is given.

    Raises RefutedError (frontier_points) where the independent checker disagrees with a plan.
    """
    began = time.monotonic()
    asked = grid(data, sweeps)
    numbers = {place: n for n, place in enumerate(asked.places, start=1)}
    told: list[Place] = []

    def next_(place: Place) -> ProgressFunction | None:
        told.append(place)
        limits = ", ".join(one.said(n) for one, n in zip(asked.sweeps, place, strict=True))
        return tell(f"{limits} ({len(told)} of {len(numbers)})")

    steps = Steps(asked, options, next_, stop)
    steps.solve()
    tell("tables")
    found = points(asked, steps, options.gap)
    curves = []
    for places in asked.curves:
        end = _end(asked, places, found, within, options, tell, stop)
        curves.append(curve(asked, places, found, end))
    return _study(data, curves, time.monotonic() - began)


def _end(
    asked: Grid,
    places: Sequence[Place],
    found: Mapping[Place, Point],
    within: float | None,
    options: SolveOptions,
    tell: Tell,
    stop: threading.Event,
) -> End | None:
    """Where plans end on a curve, if they do."""
    for loose, tight in itertools.pairwise(places):
        if found[loose].plan and found[tight].status == INFEASIBLE:
            tell("where it becomes impossible")
            return end_between(asked, loose, tight, within, options, stop)
    return None


def _study(data: Data, curves: Sequence[Curve], seconds: float) -> Study:
    return Study(
        question=QUESTION,
        data=data,
        answer=words.answer(curves, data),
        seconds=seconds,
        sentences=words.sentences(curves, data),
        attention=words.attention(curves, data),
        figures=words.figures(curves, data),
        tables=StudyTables(frontier=frontier_rows(curves), frontier_shares=share_rows(curves)),
    )
