"""A plan under risk, with outcomes shared out among the processes of an MPI run."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass, replace
from typing import Any

from mpisppy import MPI
from mpisppy.opt.ph import PH
from mpisppy.utils.cvar import cvar_scenario_creator
from mpisppy.utils.sputils import solver_options_layer

from models.build import ImpossibleError
from models.problem import Measure, Problem
from optimizer.api.course import Course, options_of, with_settings
from optimizer.api.errors import InfeasibleError, LimitError, VerificationError
from optimizer.api.hints import hints, impossible
from optimizer.api.plan import SolvedPlan
from optimizer.api.solving import tabulated
from optimizer.api.unavoidable import unavoidable_shortage
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.decompose.common import whole
from optimizer.decompose.hedging import Converged, Decisions, Hedging
from optimizer.decompose.planning import Planner
from optimizer.decompose.prices import SOLVER, Prices, prices
from optimizer.decompose.quiet import quiet
from optimizer.decompose.scenario import scenario
from optimizer.decompose.supported import refuse_unsupported
from optimizer.decompose.tree import last, node_names, tree
from optimizer.solve import Status
from optimizer.solve.outcome import relative_gap
from optimizer.solve.progress import Progress, ProgressFunction
from optimizer.studies.optimum import Optimum
from optimizer.verify import verify

ITERATIONS = 20
_FOR_BOUNDS = 0.1
"""Of the gap that is asked for, what a bound may lose because an outcome is not solved out."""
_FOR_ALL_ONCE = 0.5
"""Of what is left of the time, for solving every outcome once."""
_HEAD = 0
"""The rank that has the whole model and writes the result."""


@dataclass(frozen=True, slots=True, eq=False)
class Ended:
    """How the iterations ended, on every rank; ``best`` on the first alone."""

    best: Optimum | None
    objective: float
    bound: float


def decompose(
    data: Data,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    iterations: int = ITERATIONS,
    progress: ProgressFunction | None = None,
) -> SolvedPlan | None:
    """The best plan found under risk, checked; None on every rank but the first.

    To be called on all processes of an MPI run alike.  Outcomes are shared out among them, and
    solved one by one by progressive hedging (mpi-sppy); its prices give a bound for all, and what
    outcomes agree on gives plans.  gap, time_limit and threads take the place of the settings of
    that name; threads are those of the first rank's own searches.

    Raises:
        InfeasibleError: no plan keeps everything that must be kept.
        LimitError: the limits came before any plan.
        QuestionError: the workbook has what cannot be decomposed.
        VerificationError: the checker disagrees with the plan.
        ValueError: a number is out of range.
    """
    if iterations < 1:
        raise ValueError(f"iterations must be at least 1, not {iterations}")
    data = with_settings(data, gap=gap, time_limit=time_limit, threads=threads)
    course = Course(options_of(data), progress, threading.Event())
    course.tell("problem")
    problem = assemble(data)
    comm = MPI.COMM_WORLD
    refuse_unsupported(problem, comm.Get_size())
    try:
        ended = _hedged(problem, course, iterations, comm)
    except ImpossibleError as error:
        raise InfeasibleError(impossible(error, data), hints(data)) from error
    if comm.Get_rank() != _HEAD:
        return None
    if ended.best is None:
        raise LimitError(
            f"No plan was found within {course.options.time_limit:g} seconds and {iterations} "
            "iterations."
        )
    assert ended.best.solution is not None
    short = unavoidable_shortage(data, problem, course, ended.best.solution)
    plan = tabulated(data, problem, ended.best, course, short)
    course.tell("check")
    violations = verify(plan)
    if violations:
        raise VerificationError(tuple(violations))
    return SolvedPlan(plan)


def on_first(data: Data, **asked: Any) -> SolvedPlan:
    """The plan, on the one process that gets it: see `decompose`."""
    plan = decompose(data, **asked)
    assert plan is not None
    return plan


def _hedged(problem: Problem, course: Course, iterations: int, comm: Any) -> Ended:
    all_of_it = whole(problem)
    root = tree(all_of_it.ix)
    outcome_of = {f"scenario{number}": w for number, w in enumerate(last(root))}
    arguments = {"whole": all_of_it, "tree": root, "outcome_of": outcome_of}
    names, nodes, creator = list(outcome_of), node_names(root), creator_of(problem)
    planner = Planner(problem, course)

    def plan_from(agreed: Decisions, bound: float) -> float:
        cost = planner.plan_from(agreed, bound) if comm.Get_rank() == _HEAD else math.inf
        return float(comm.bcast(cost, root=_HEAD))

    def is_over(objective: float, bound: float) -> bool:
        if course.progress is not None:
            course.relay(Progress("progressive hedging", course.seconds, objective, bound))
        reached = relative_gap(objective, bound) <= course.options.gap
        limit = course.seconds >= course.options.time_limit or course.stop.is_set()
        return bool(comm.bcast(reached or limit, root=_HEAD))

    course.tell("prices of agreement")
    with quiet():
        start: Prices | None = None
        if comm.Get_rank() == _HEAD:
            start = prices(names, creator, arguments, course.limits.time_limit)
        start = comm.bcast(start, root=_HEAD)
        ph = PH(
            _options(course, iterations, math.ceil(len(names) / comm.Get_size())),
            names,
            creator,
            all_nodenames=nodes,
            scenario_creator_kwargs=arguments,
            extensions=Hedging,
            extension_kwargs={
                "problem": problem, "prices": start, "plan_from": plan_from, "is_over": is_over
            },
            ph_converger=Converged,
        )  # fmt: skip
        hedging: Hedging = ph.extobject
        try:
            ph.ph_main(finalize=False)
        except RuntimeError as error:
            _refuse_without_plans(hedging, course, comm, error)
            raise
    bound = min(hedging.bound, hedging.objective)
    best = planner.best
    return Ended(
        None if best is None else _with_bound(best, bound, course), hedging.objective, bound
    )


def _refuse_without_plans(hedging: Hedging, course: Course, comm: Any, error: RuntimeError) -> None:
    """Say why progressive hedging ended, where an outcome by itself had no plan to begin with."""
    if comm.allreduce(hedging.has_impossible, op=MPI.LOR):
        raise InfeasibleError(
            "No plan keeps every rule and every minimum in every outcome."
        ) from error
    if comm.allreduce(hedging.has_unsolved, op=MPI.LOR):
        raise LimitError(
            f"An outcome by itself got no plan in its part of {course.options.time_limit:g} "
            "seconds. Allow more time (--time-limit), or more processes (mpiexec -n)."
        ) from error


def creator_of(problem: Problem) -> Any:
    """The scenario creator for what the problem minimises."""
    aim = problem.aim
    if aim.measure is Measure.EXPECTED:
        return scenario
    return cvar_scenario_creator(
        scenario, cvar_weight=aim.weight, cvar_alpha=aim.level, cvar_mean_weight=1.0 - aim.weight
    )


def _options(course: Course, iterations: int, share: int) -> dict[str, Any]:
    """The options of mpi-sppy's progressive hedging; its subproblems have one thread each.

    share: how many of them a rank has, one after the other.
    """
    limits = course.options
    seconds = _FOR_ALL_ONCE * course.limits.time_limit / share
    within = {"threads": 1, "random_seed": limits.seed, "time_limit": seconds}
    return {
        "solver_name": SOLVER,
        "PHIterLimit": iterations,
        "defaultPHrho": 1.0,
        "convthresh": 0.0,
        "linearize_proximal_terms": True,
        "smoothed": 0,
        "verbose": False,
        "display_progress": False,
        "toc": False,
        "solver_options_layers": [
            solver_options_layer("iter0", {**within, "mip_rel_gap": limits.gap * _FOR_BOUNDS}),
            solver_options_layer("iterk", {**within, "mip_rel_gap": limits.gap}),
        ],
    }


def _with_bound(best: Optimum, bound: float, course: Course) -> Optimum:
    """The plan with the bound of the decomposition, and the status that goes with its gap."""
    if relative_gap(best.objective, bound) <= course.options.gap:
        status = Status.OPTIMAL
    elif course.stop.is_set():
        status = Status.INTERRUPTED
    elif course.seconds >= course.options.time_limit:
        status = Status.TIME_LIMIT
    else:
        status = Status.ERROR
    result = replace(best.answer.result, status=status, bound=bound)
    return replace(best, bound=bound, answer=replace(best.answer, result=result))
