"""What a comparison does in processes of their own: a scenario's plan, and plans in its world."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from models.problem import Problem
from optimizer.api.course import Course, options_of
from optimizer.api.errors import VerificationError
from optimizer.api.solving import best_of, tabulated
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.results import Unavoidable
from optimizer.solve.progress import ctrl_c_stops
from optimizer.studies.compare.promised import Promised, promised_by
from optimizer.studies.compare.regret_world import Kept, kept_in
from optimizer.studies.compare.rows import Compared, Planned
from optimizer.studies.evaluate.priced import priced
from optimizer.studies.evaluate.today import todays_split
from optimizer.studies.kept import Carried
from optimizer.verify import verify


def plan_scenario(data: Data, note: str) -> Compared:
    """The verified plan of a scenario, and what today's split comes to in it.

    Raises InfeasibleError, LimitError, SolverError and VerificationError as `solve` does.
    """
    stop = threading.Event()
    with ctrl_c_stops(stop):
        course = Course(options_of(data), None, stop)
        problem = assemble(data)
        best = best_of(data, problem, course)
        assert best.solution is not None
        plan = tabulated(data, problem, best, course, Unavoidable(0.0, 0.0))
        violations = verify(plan)
        if violations:
            raise VerificationError(tuple(violations))
        today, today_note = None, ""
        if any(offer.baseline > 0 for offer in data.offers):
            today, today_note = _today(data, problem, stop)
    facts = today.plan.facts if today is not None else None
    return Compared(
        data.scenario,
        plan.facts.status,
        note,
        Planned(
            facts=plan.facts,
            moves=plan.tables.moves,
            mix=plan.tables.mix,
            promised=promised_by(plan, problem),
            today_cost=facts.objective if facts else None,
            today_shortage=facts.shortage if facts else None,
            today_broken=len(today.broken) if today is not None else None,
            today_note=today_note,
        ),
    )


def _today(data: Data, problem: Problem, stop: threading.Event) -> tuple[Carried | None, str]:
    """Today's split in the scenario, and what is to be said of it."""
    if stop.is_set():
        return None, "stopped before today's split was priced"
    options = options_of(data)
    split = todays_split(data, problem, options, stop)
    found = priced(data, problem, split.split, options, stop, held=split.held)
    if found is None:
        return None, "today's split cannot go on, or was not priced within the limits"
    return found, ""


def carry_all(data: Data, plans: Mapping[str, Promised]) -> Mapping[str, Kept]:
    """What plans made for other scenarios come to in the world of this one."""
    stop = threading.Event()
    with ctrl_c_stops(stop):
        return kept_in(data, assemble(data), plans, options_of(data), stop)
