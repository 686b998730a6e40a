"""What the same workbook would have planned without its risks, and how that fares in them."""

from __future__ import annotations

import dataclasses
import threading

from models.build import ImpossibleError
from models.carry import first_stage
from models.problem import Problem
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.plan import WithoutRisk
from optimizer.results.comparison import Comparison
from optimizer.solve.options import SolveOptions
from optimizer.studies.kept import carried
from optimizer.studies.optimum import optimum


def without_risk(
    data: Data, problem: Problem, options: SolveOptions, stop: threading.Event | None = None
) -> Comparison | None:
    """The plan made without risk, carried into the outcomes of the problem.

    Awards that the problem holds are held in both.  None where that plan was not found in the time
    of the options, or there is none.
    """
    calm = assemble(dataclasses.replace(data, risks=()))
    calm = dataclasses.replace(calm, held=problem.held, split=problem.split)
    try:
        best = optimum(calm, options, stop=stop)
    except ImpossibleError:
        return None
    if best.solution is None:
        return None
    promised = best.objective
    found = carried(data, problem, first_stage(best.solution), options, stop)
    if found is None:
        return Comparison(WithoutRisk(promised, None))
    rows = found.plan.tables.outcomes
    return Comparison(
        WithoutRisk(promised, found.plan.facts.spread, found.broken),
        {row.outcome: row.cost for row in rows},
        {row.outcome: row.shortage for row in rows},
    )
