"""Plans that cost little more than the best, and differ from it in what people care about."""

from __future__ import annotations

import dataclasses
import math
import threading
from collections.abc import Iterable

from models.build import ImpossibleError
from models.problem import Problem
from optimizer.api.course import Course, options_of, refuse_without_plan, with_settings
from optimizer.api.errors import InfeasibleError, QuestionError, VerificationError
from optimizer.api.hints import hints, impossible
from optimizer.api.plan import StudyResult, answered
from optimizer.api.solving import tabulated
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.results import Unavoidable
from optimizer.solve import Status
from optimizer.solve.compile import ContradictionError
from optimizer.solve.progress import ProgressFunction, ctrl_c_stops
from optimizer.studies.alternatives.near_model import NearModel
from optimizer.studies.alternatives.study import alternatives as studied
from optimizer.studies.alternatives.study import traits_of
from optimizer.studies.optimum import Optimum
from optimizer.tables.nearest import did_you_mean, fold, listed
from optimizer.verify import verify

WITHIN = 0.01


def alternatives(
    data: Data,
    within: float = WITHIN,
    *,
    countries: Iterable[str] | None = None,
    gap: float | None = None,
    time_limit: float | None = None,
    threads: int | None = None,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> StudyResult:
    """The best plan beside others that cost at most `within` (a share of its cost) more.

    One has the fewest suppliers, one the least from each of the countries (their codes or names;
    without any, the country with the largest share in the best plan), one the fewest moves from
    today, one the least shortage in the worst outcome.  Each is the cheapest such plan that was
    found.  The ceiling counts from the best plan that was found.  What costs, where Settings ask
    for CVaR or the worst case, is what they minimise.

    The other arguments are those of `solve`; the time limit holds for the best plan, and for each
    alternative twice: to find how little is possible, and at what cost; where the worst case is
    minimised, whatever is the cheapest takes two steps.  Setting stop, or the first Ctrl-C, ends it
    with what is known by then.

    Raises:
        QuestionError: no supplier makes anything in a named country.
        InfeasibleError, LimitError, SolverError, VerificationError: as `solve`.
        ValueError: as `solve`, or within is out of range.
    """
    if not 0 <= within < math.inf:
        raise ValueError(f"within must be a share from 0 on, not {within:g}")
    data = with_settings(data, gap=gap, time_limit=time_limit, threads=threads)
    named = [_country(data, name) for name in countries or ()]
    stop = stop or threading.Event()
    with ctrl_c_stops(stop):
        course = Course(options_of(data), progress, stop)

        def tell(what: str) -> ProgressFunction | None:
            course.tell(what)
            return lambda told: course.relay(dataclasses.replace(told, phase=what))

        course.tell("problem")
        problem = assemble(data)
        course.tell("build")
        try:
            model = NearModel(problem, traits_of(data), course.options, tell, stop)
        except ImpossibleError as error:
            raise InfeasibleError(impossible(error, data), hints(data)) from error
        except ContradictionError as error:
            raise InfeasibleError("No plan keeps every rule and minimum.", hints(data)) from error
        best = model.cheapest("the best plan")
        if best.answer.result.status is Status.INFEASIBLE:
            raise InfeasibleError("No plan keeps every rule and every minimum.", hints(data))
        refuse_without_plan(best.answer, course.options.time_limit)
        study = studied(
            model,
            data,
            best,
            within,
            named,
            lambda found: _checked(data, problem, found, course),
            lambda: course.seconds,
        )
    return answered(study)


def _checked(data: Data, problem: Problem, found: Optimum, course: Course) -> Plan:
    plan = tabulated(data, problem, found, course, Unavoidable(0.0, 0.0))
    course.tell("check")
    violations = verify(plan)
    if violations:
        raise VerificationError(tuple(violations))
    return plan


def _country(data: Data, name: str) -> str:
    """The country of that code or name; spaces around it and case do not count."""
    made_in = {one.country for one in data.suppliers}
    known = {fold(one.name): one.country for one in data.countries if one.name}
    known.update({fold(code): code for code in made_in})
    code = known.get(fold(name))
    if code is None or code not in made_in:
        names = sorted(made_in)
        raise QuestionError(
            f"No supplier makes anything in {name!r}. {did_you_mean(name, names)}"
            f"There is {listed(names)}."
        )
    return code
