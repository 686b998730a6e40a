"""The course of one solve on a loaded model, from relaxation to exact plan."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.solve.arrays import MEDIUM, Floats
from optimizer.solve.cuts import CutGenerator, violated_rows, with_cuts
from optimizer.solve.dive import plans_by_diving
from optimizer.solve.engine import Found, ModelStatus
from optimizer.solve.exact import exact_plan
from optimizer.solve.guided import Guided
from optimizer.solve.large import LargeCourse
from optimizer.solve.outcome import PhaseNote, SolveResult, Status, relative_gap
from optimizer.solve.patience import AsLongAsRival, AtItsPace, Patience
from optimizer.solve.progress import Watch
from optimizer.solve.root import Relaxed, relaxed_root
from optimizer.solve.session import Session

_LINEAR_ROUNDS = 400
_BRANCH_ROUNDS = 20
# HiGHS ends at its gap before the whole numbers are made exact, which moves the cost a little.
_AGREEMENT = 1e-6
_RESERVE_SHARE = 0.1
_LEAST_RESERVE = 0.2
_GRACE_SECONDS = 10.0
_ROOTS = 4.0
_ROOTS_SHARE = 0.3
_NEARBY_SHARE = 0.35


def solve_session(
    session: Session,
    watch: Watch,
    generators: Sequence[CutGenerator] = (),
    guided: Guided | None = None,
    large: LargeCourse | None = None,
) -> SolveResult:
    """Solve the model as it stands in the session; rows of generators stay in it.

    The watch may bring a plan and a bound along; where they are close enough, nothing is solved.
    """
    if watch.gap <= session.options.gap:
        return _result(watch, _known(watch), session.options.gap)
    if session.arrays.integer.any():
        if large is not None and large.run(session.options.gap):
            return _after_large(session, watch, generators)
        if large is None and guided is not None:
            guided.bring_along()
            if watch.gap <= session.options.gap:
                return _result(watch, _known(watch), session.options.gap)
        return _solve_mixed(session, watch, generators, guided)
    return _solve_linear(session, watch, generators)


def _solve_linear(
    session: Session, watch: Watch, generators: Sequence[CutGenerator]
) -> SolveResult:
    duals = None
    with watch.during("linear program"):
        found, satisfied = with_cuts(
            session, generators, lambda: session.relaxation(watch), watch, _LINEAR_ROUNDS
        )
        if found.status == ModelStatus.kInfeasible:
            found = session.branch(watch)
            satisfied = found.values is not None and not violated_rows(generators, found.values)
        watch.offer_bound(found.bound)
        if found.values is not None and satisfied:
            watch.offer_plan(session.arrays.objective(found.values), found.values)
            duals = found.duals
    return _result(watch, found, session.options.gap, duals)


def _solve_mixed(
    session: Session,
    watch: Watch,
    generators: Sequence[CutGenerator],
    guided: Guided | None,
) -> SolveResult:
    gap = session.options.gap
    began = watch.seconds
    with watch.during("relaxation"):
        if guided is None:
            found = relaxed_root(session, generators, watch, Relaxed())
        else:
            found = guided.relaxation()
    if found.status == ModelStatus.kInfeasible:
        found = session.branch(watch)
    if found.status == ModelStatus.kInfeasible or watch.is_over() or watch.gap <= gap:
        return _result(watch, found, gap)
    # What the relaxation took, the last exact solve may take as well.
    reserve = min(
        max(_LEAST_RESERVE, watch.seconds - began), _RESERVE_SHARE * (watch.seconds + watch.left)
    )
    if guided is not None:
        _with_guide(session, found, watch, generators, guided, watch.seconds - began)
        if watch.gap <= gap:
            return _result(watch, found, gap)
    elif found.values is not None:
        _start_by_diving(session, found.values, watch, generators)
    for _ in range(_BRANCH_ROUNDS):
        rows = session.arrays.rows
        with watch.during("branch and bound"):
            found = session.branch(watch, seconds=max(0.0, watch.left - reserve), start=watch.plan)
            watch.offer_bound(found.bound)
        if found.values is not None:
            _make_exact(session, found.values, watch, generators)
        if session.arrays.rows == rows or watch.gap <= gap:
            break
        if watch.is_over():
            break
    return _result(watch, found, gap)


def _after_large(session: Session, watch: Watch, generators: Sequence[CutGenerator]) -> SolveResult:
    """What is left of the time goes to branch and bound, from the plan that was found."""
    gap = session.options.gap
    found = _known(watch)
    if watch.gap > gap and not watch.is_over():
        with watch.during("branch and bound"):
            found = session.branch(watch, start=watch.plan)
            watch.offer_bound(found.bound)
        if found.values is not None and found.objective < watch.objective:
            _make_exact(session, found.values, watch, generators)
    return _result(watch, found, gap)


def _with_guide(
    session: Session,
    root: Found,
    watch: Watch,
    generators: Sequence[CutGenerator],
    guided: Guided,
    root_seconds: float,
) -> None:
    """Plans and bounds by the guide, and on larger models by HiGHS before the tree.

    There HiGHS' cuts at the root lift the bound most, and the tree has to come to what they have
    proven in the time that they took.  On small ones nothing is limited by seconds, so that the
    plan is the same on a busy machine.
    """
    gap = session.options.gap
    with watch.during("start"):
        guided.start(root)
    if watch.plan is None and root.values is not None:
        _start_by_diving(session, root.values, watch, generators)

    def goes_on() -> bool:
        return watch.gap > gap and not watch.is_over()

    patience: Patience = AtItsPace(watch, gap)
    if goes_on():
        with watch.during("start"):
            guided.improve(root, gap, _NEARBY_SHARE * watch.left)
    if goes_on() and len(session.arrays.value) >= MEDIUM:
        first, began = min(_ROOTS * root_seconds, _ROOTS_SHARE * watch.left), watch.seconds
        proven = _branched(session, watch, generators, first)
        patience = AsLongAsRival(watch, proven, 2 * watch.seconds - began)
    if goes_on():
        with watch.during("tree"):
            guided.prove(gap, patience)


def _branched(
    session: Session, watch: Watch, generators: Sequence[CutGenerator], seconds: float
) -> float:
    """Branch and bound for so long; returns what it has proven."""
    with watch.during("branch and bound"):
        found = session.branch(watch, seconds=seconds, start=watch.plan)
        watch.offer_bound(found.bound)
    if found.values is not None and found.objective < watch.objective:
        _make_exact(session, found.values, watch, generators)
    return found.bound


def _start_by_diving(
    session: Session, root: Floats, watch: Watch, generators: Sequence[CutGenerator]
) -> None:
    """Plans for a model of which nothing is known (or nothing that helps), before HiGHS begins."""
    with watch.during("start"):
        seconds = session.options.start_share * watch.left
        for values in plans_by_diving(session, root, watch, seconds):
            _make_exact(session, values, watch, generators)
            if watch.gap <= session.options.gap:
                return


def _make_exact(
    session: Session, values: Floats, watch: Watch, generators: Sequence[CutGenerator]
) -> None:
    """Offer the exact form of a plan to the watch.

    Also after the time limit or a request to stop: a plan that was found is not thrown away for
    the last second.
    """
    with watch.during("exact plan"):
        finish = Watch(time_limit=max(watch.left, _GRACE_SECONDS))
        plan = exact_plan(session, values, finish, generators)
        if plan is not None:
            watch.offer_plan(plan.objective, plan.values)
        elif not generators and session.arrays.objective(values) < watch.objective:
            watch.offer_plan(session.arrays.objective(values), values)
            tolerance = session.options.search_feasibility
            watch.notes.append(
                PhaseNote("exact plan", 0.0, text=f"holds within {tolerance:g} only")
            )


def _known(watch: Watch) -> Found:
    """What is in hand without a further run."""
    return Found(ModelStatus.kTimeLimit, watch.objective, watch.bound, watch.plan, None)


def _result(watch: Watch, found: Found, gap: float, duals: Floats | None = None) -> SolveResult:
    bound = min(watch.bound, watch.objective)
    return SolveResult(
        status=_status(watch, found, gap),
        objective=watch.objective,
        bound=bound,
        seconds=watch.seconds,
        values=watch.plan,
        duals=duals,
        notes=tuple(watch.notes),
    )


def _status(watch: Watch, found: Found, gap: float) -> Status:
    if watch.plan is not None:
        reached = relative_gap(watch.objective, min(watch.bound, watch.objective))
        if reached <= max(gap, _AGREEMENT):
            return Status.OPTIMAL
        if watch.stop.is_set():
            return Status.INTERRUPTED
        limited = found.status in (ModelStatus.kTimeLimit, ModelStatus.kInterrupt)
        return Status.TIME_LIMIT if limited or watch.left <= 0 else Status.ERROR
    if found.status == ModelStatus.kInfeasible:
        return Status.INFEASIBLE
    if found.status == ModelStatus.kUnbounded:
        return Status.UNBOUNDED
    if watch.stop.is_set():
        return Status.INTERRUPTED_NO_PLAN
    limited = found.status in (ModelStatus.kTimeLimit, ModelStatus.kInterrupt)
    return Status.TIME_LIMIT_NO_PLAN if limited or watch.left <= 0 else Status.ERROR
