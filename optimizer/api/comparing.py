"""All scenarios of a workbook, side by side, and each plan in the worlds of the others."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

from optimizer import tables
from optimizer.api.comparison_jobs import carry_all, plan_scenario
from optimizer.api.course import Course, options_of, with_settings
from optimizer.api.errors import (
    InfeasibleError,
    InputErrors,
    LimitError,
    SolverError,
)
from optimizer.api.plan import StudyResult, answered
from optimizer.contract.data import BASE, Data
from optimizer.contract.findings import Severity
from optimizer.contract.scenario_results import InputChange
from optimizer.contract.study import Study
from optimizer.jobs import Done, End, Job, run_jobs, workers_for
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.compare.input_changes import input_changes
from optimizer.studies.compare.regret_world import Kept
from optimizer.studies.compare.rows import Compared
from optimizer.studies.compare.study import compared_study

_TIMES, _BESIDES = 10.0, 600.0
"""A process may take so many time limits, and so many seconds besides, before it is ended."""
_GRACE = 20.0
_SHOWN = 3


def compare(
    data: Data,
    scenarios: Iterable[str] | None = None,
    *,
    regret: bool = True,
    workers: int | None = None,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> StudyResult:
    """Every scenario's own plan, beside that of base and beside today's split.

    scenarios: names; None: all with an active row.  base is always among them.  regret: whether
    each plan's first stage is carried into the worlds of all others as well.  workers: how many
    processes work side by side, each with one thread; None: one for each core.  gap, time_limit
    and threads are those of `solve`, for each solve by itself: one for each scenario's plan, a few
    for today's split, and with n scenarios n x (n - 1) for the regret.  progress is told how many
    are done.  A scenario that has input errors, has no plan, hits a limit or fails is a row that
    says so; the others are done.  Setting stop, or the first Ctrl-C, ends running searches with the
    best plan so far; what has no plan by then stays without.

    Raises:
        InputErrors: a scenario of that name does not exist, or no scenario can be read.
        InfeasibleError: no scenario has a plan, and of some it is known that there is none.
        LimitError: no scenario has a plan by the limit.
        SolverError: every scenario failed.
        ValueError: the data is already that of a scenario, or a number is out of range.
    """
    if data.scenario != BASE:
        raise ValueError(f"the data is that of scenario {data.scenario}; compare the workbook")
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    names = _wanted(data, scenarios)
    given = with_settings(data, gap=gap, time_limit=time_limit, threads=threads)
    count = workers_for(len(names)) if workers is None else workers
    if threads is None and count > 1:
        threads = 1
    stop = stop or threading.Event()
    with ctrl_c_stops(stop):
        course = Course(options_of(given), progress, stop)
        found = _Comparison(data, count, course)
        for name in names:
            found.read(name, gap=gap, time_limit=time_limit, threads=threads)
        found.plan()
        found.refuse_without_plan()
        if regret:
            found.carry()
    return answered(found.study(given))


def _wanted(data: Data, scenarios: Iterable[str] | None) -> tuple[str, ...]:
    """The scenarios that are asked for and base, as the workbook spells them."""
    known = tables.scenario_names(data)
    if scenarios is None:
        return known
    spelled = {name.strip().casefold(): name for name in known}
    wanted = {BASE: None}
    for name in scenarios:
        if name.strip().casefold() not in spelled:
            tables.in_scenario(data, name)  # raises what there is to say
        wanted[spelled[name.strip().casefold()]] = None
    return tuple(name for name in known if name in wanted)


class _Comparison:
    """One comparison on its way: what is read, planned and carried so far."""

    def __init__(self, data: Data, workers: int, course: Course) -> None:
        self._data = data
        self._workers = workers
        self._course = course
        self._names: list[str] = []
        self._worlds: dict[str, Data] = {}
        self._compared: dict[str, Compared] = {}
        self._changes: list[InputChange] = []
        self._carried: dict[str, Mapping[str, Kept]] = {}
        self._notes: list[str] = []
        self._errors: dict[str, Exception | None] = {}

    def read(self, name: str, **settings: float | None) -> None:
        """The data of a scenario, or what is wrong with it."""
        self._names.append(name)
        try:
            world = tables.in_scenario(self._data, name)
        except InputErrors as error:
            self._failed(name, "input", _input_said(error), error)
            return
        self._changes.extend(input_changes(self._data, world))
        self._worlds[name] = with_settings(world, **settings)

    def plan(self) -> None:
        """A plan for every scenario that could be read."""
        jobs = [
            Job(name, plan_scenario, (world, _note(self._data, name)), _seconds(world, 1))
            for name, world in self._worlds.items()
        ]
        for done in self._run(jobs, "scenarios"):
            if isinstance(done.result, Compared):
                self._compared[done.name] = done.result
            else:
                self._failed(done.name, _status(done), _said(done), done.raised)

    def carry(self) -> None:
        """Every plan in the worlds of the others."""
        if self._course.stop.is_set():
            self._notes.append("Stopped before plans were carried into other worlds: no regret.")
            return
        planned = {name: one.planned for name, one in self._in_order() if one.planned is not None}
        like_base = {
            name for name in planned if _calendar(self._worlds[name]) == _calendar(self._data)
        }
        for name in planned.keys() - like_base:
            self._notes.append(f"{name}: no regret, because its calendar or units are its own")
        alike = {name: plan.promised for name, plan in planned.items() if name in like_base}
        if len(alike) < 2:
            return
        jobs = []
        for name in alike:
            world, plans = self._worlds[name], {n: p for n, p in alike.items() if n != name}
            jobs.append(Job(name, carry_all, (world, plans), _seconds(world, len(plans))))
        for done in self._run(jobs, "worlds"):
            if done.failed:
                self._notes.append(f"{done.name}: no regret in this world: {_said(done)}")
                self._carried[done.name] = {}
            else:
                self._carried[done.name] = done.result

    def refuse_without_plan(self) -> None:
        """Raise what says why no scenario has a plan, if none has."""
        if any(one.planned is not None for one in self._compared.values()):
            return
        hints = tuple(f"{name}: {one.note}" for name, one in self._in_order())
        kinds = [one.status for one in self._compared.values()]
        if "infeasible" in kinds:
            raise InfeasibleError("No scenario has a plan.", hints)
        if "limit" in kinds:
            said = "No scenario has a plan by the limit."
            if self._course.stop.is_set():
                said = "Stopped before any scenario had a plan."
            raise LimitError("\n- ".join((said, *hints)))
        error = self._errors.get(BASE)
        if isinstance(error, InputErrors):
            raise error
        raise SolverError("\n- ".join(("No scenario has a plan.", *hints)))

    def study(self, data: Data) -> Study:
        """The answer."""
        return compared_study(
            data,
            [one for _, one in self._in_order()],
            self._changes,
            self._carried,
            self._notes,
            self._course.seconds,
        )

    def _run(self, jobs: Sequence[Job], what: str) -> Iterable[Done]:
        done, stop = 0, self._course.stop
        self._course.tell(f"{what}: 0 of {len(jobs)} done")
        for one in run_jobs(jobs, workers=self._workers, stop=stop, grace=_GRACE):
            done += not _was_stopped(one, stop)
            stopped = ", the others were stopped" if stop.is_set() and done < len(jobs) else ""
            self._course.tell(f"{what}: {done} of {len(jobs)} done{stopped}")
            yield one

    def _failed(self, name: str, status: str, note: str, error: Exception | None) -> None:
        self._compared[name] = Compared(name, status, note)
        self._errors[name] = error

    def _in_order(self) -> list[tuple[str, Compared]]:
        return [(name, self._compared[name]) for name in self._names]


def _seconds(data: Data, solves: int) -> float:
    """When a process that has so many plans to make is taken to hang."""
    return _BESIDES + _TIMES * solves * data.settings.time_limit


def _calendar(data: Data) -> tuple[object, ...]:
    """What has to be the same for the orders of one world to mean something in another."""
    settings = data.settings
    return settings.start, settings.period, settings.unit, settings.currency


def _note(data: Data, name: str) -> str:
    """What the workbook says of a scenario."""
    rows = (row for row in data.scenarios if row.active and row.scenario == name and row.note)
    return next((row.note or "" for row in rows), "")


def _status(done: Done) -> str:
    if isinstance(done.raised, InfeasibleError):
        return "infeasible"
    if isinstance(done.raised, LimitError) or done.end in (End.TIME_LIMIT, End.STOPPED):
        return "limit"
    return "failed"


def _was_stopped(done: Done, stop: threading.Event) -> bool:
    """Whether a stop took a job's result away."""
    return done.end is End.STOPPED or (stop.is_set() and isinstance(done.raised, LimitError))


def _said(done: Done) -> str:
    """Why there is no result, in a line."""
    if isinstance(done.raised, (InfeasibleError, LimitError, SolverError)):
        return str(done.raised).split("\n", 1)[0]
    return done.error


def _input_said(error: InputErrors) -> str:
    wrong = [one for one in error.findings if one.severity is Severity.ERROR]
    said = "; ".join(f"{one.place}: {one.message}" for one in wrong[:_SHOWN])
    return f"{said}; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else said
