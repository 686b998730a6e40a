"""Why something is short in a plan: what no plan avoids, what rules force, and what is a choice."""

from __future__ import annotations

import dataclasses
import math
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.bare import bare
from models.build import ImpossibleError
from models.least_short import build_least_short, without_minimums
from models.problem import Problem
from models.solution import Solution
from optimizer.contract.data import Data
from optimizer.contract.explain_results import ConflictRow, ShortageReason
from optimizer.results.amounts import NOISE
from optimizer.solve import Progress, SolveOptions
from optimizer.solve.possible import Verdict
from optimizer.solve.progress import ProgressFunction
from optimizer.solve.run import solve
from optimizer.solve.tangents import hhi_generators
from optimizer.studies.conflict.cells import Cell, addresses, with_cells
from optimizer.studies.conflict.changes import Mended
from optimizer.studies.conflict.members import FORBID, Kind
from optimizer.studies.conflict.study import Conflicts, conflicts_of
from optimizer.studies.conflict.words import change_to, conflict_rows
from optimizer.studies.words import money, quantity

SHORTAGE = "shortage"
MOST_ITEMS = 3
"""Of so many items it is asked which cells stand against meeting them."""
ASKED_ITEMS = 12
"""Of so many it is asked how much is forced."""
_SHARE_OF_TIME = 0.25
_GAP = 1e-6
_CLOSE = 1e-5


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why something is short.  ``sentences``: one for each item that is, the largest first."""

    reasons: tuple[ShortageReason, ...]
    conflicts: tuple[ConflictRow, ...]
    sentences: tuple[str, ...]


def why_short(
    data: Data,
    problem: Problem,
    solution: Solution,
    options: SolveOptions,
    progress: ProgressFunction | None = None,
    stop: threading.Event | None = None,
) -> Shortfall:
    """Why a plan leaves demand unmet: empty where it leaves none.

    Of each item it is asked how little it could be short of with every other item served as well
    as in the plan: without rules and minimums (unavoidable), and with them.  For the few items
    with the dearest shortage that something forces, it is asked what stands against meeting them.
    Two solves for each item, each at most a share of the time limit, and the search for conflicts.
    """
    began = time.monotonic()

    def tell(phase: str) -> None:
        if progress is not None:
            progress(Progress(phase, time.monotonic() - began, float("inf"), -float("inf")))

    short = shortages(problem, solution)
    dear = sorted(short, key=lambda i: -short[i] * problem.needs.shortage_cost.get(i, 0.0))
    found: list[ShortageReason] = []
    rows: list[ConflictRow] = []
    said: list[str] = []
    stop = stop or threading.Event()
    for item in dear[:ASKED_ITEMS]:
        if stop.is_set():
            break
        tell(f"shortage of {item}")
        reason = _reason(data, problem, item, short, options, stop)
        found.append(reason)
        conflicts = None
        forced = reason.unavoidable + reason.by_rules
        if forced > 0 and len(found) <= MOST_ITEMS:
            asked = _served(data, problem, solution, item)
            conflicts = _of_cells(conflicts_of(asked, options, tell, stop))
            works = conflicts.verdict is Verdict.POSSIBLE
            before = max((row.conflict for row in rows), default=0.0)
            rows += _numbered(conflict_rows(SHORTAGE, conflicts.found, asked, works), before)
        said.append(_sentence(reason, conflicts, data, problem))
    if len(dear) > len(found):
        said.append(f"{len(dear) - len(found)} more items are short; they were not asked about.")
    return Shortfall(tuple(found), tuple(rows), tuple(said))


def shortages(problem: Problem, solution: Solution) -> Mapping[str, float]:
    """Item -> what is lost of it, or owed after T, expected over outcomes; only where anything."""
    short: dict[str, float] = defaultdict(float)
    last = problem.horizon.periods
    for key, lost in solution.shortage.items():
        short[key[0]] += problem.outcomes[key[-1]] * lost
    for key, owed in solution.late.items():
        if key[-2] == last:
            short[key[0]] += problem.outcomes[key[-1]] * owed
    return {item: lost for item, lost in short.items() if lost > NOISE}


def _reason(
    data: Data,
    problem: Problem,
    item: str,
    short: Mapping[str, float],
    options: SolveOptions,
    stop: threading.Event,
) -> ShortageReason:
    everybody = {need[0]: 0.0 for need, _, _ in problem.needs.demand} | dict(short)
    forced = _least(bare(problem), item, everybody, options, stop)
    unavoidable = _least(bare(without_minimums(problem)), item, everybody, options, stop)
    forced = _close(min(forced, short[item]), short[item])
    unavoidable = _close(min(unavoidable, forced), forced)
    named = next((row.description for row in data.items if row.item == item), None)
    return ShortageReason(
        item=item,
        description=named or item,
        shortage=short[item],
        unavoidable=unavoidable,
        by_rules=forced - unavoidable,
        by_choice=short[item] - forced,
    )


def _least(
    problem: Problem,
    item: str,
    everybody: Mapping[str, float],
    options: SolveOptions,
    stop: threading.Event,
) -> float:
    """The least shortage of an item that is proven: 0 where nothing is."""
    try:
        model = build_least_short(problem, item, everybody)
    except ImpossibleError:
        return math.inf
    exact = dataclasses.replace(
        options, gap=min(options.gap, _GAP), time_limit=_SHARE_OF_TIME * options.time_limit
    )
    answer = solve(model, exact, generators=hhi_generators(problem), stop=stop)
    return max(0.0, answer.result.bound)


def _close(value: float, whole: float) -> float:
    """The whole, or nothing, where the value is that but for what the others are given as room."""
    room = _CLOSE * max(1.0, whole)
    if value >= whole - room:
        return whole
    return value if value > room else 0.0


def _served(data: Data, problem: Problem, solution: Solution, item: str) -> Data:
    """The input in which the item must be served, and every other one as well as in the plan."""
    short: dict[tuple[str, str, str, int], float] = defaultdict(float)
    last = problem.horizon.periods
    for (i, s, e, t, w), lost in solution.shortage.items():
        key = (i, s, e, t)
        short[key] = max(short[key], _of_sheet(data, problem, key, w, lost))
    for (i, s, e, t, w), owed in solution.late.items():
        if t == last:
            short[i, s, e, last] += _of_sheet(data, problem, (i, s, e, last), w, owed)
    edits: dict[Cell, object] = {Cell("Settings", 0, "unmet_demand"): FORBID}
    for place, row in sorted(enumerate(data.demand), key=lambda pair: -pair[1].period):
        key = (row.item, row.site, row.end_use, row.period)
        lost = short.get(key, 0.0)
        if row.item != item and lost > NOISE:
            left = row.quantity - lost - NOISE
            edits[Cell("Demand", place, "quantity")] = max(0.0, left)
            if left < 0 and row.period > 1:  # what is owed after T may be more than T asks for
                short[row.item, row.site, row.end_use, row.period - 1] += -left
    return with_cells(data, edits)


def _of_sheet(
    data: Data, problem: Problem, key: tuple[str, str, str, int], w: str, lost: float
) -> float:
    """A quantity of an outcome as one of the sheet, where the outcome multiplies demand."""
    item, site, end_use, t = key
    wanted = problem.needs.demand.get(((item, site, end_use), t, w), 0.0)
    sheet = sum(row.quantity for row in data.demand
                if (row.item, row.site, row.end_use, row.period) == key)  # fmt: skip
    return lost * sheet / wanted if wanted > 0 else lost


def _of_cells(found: Conflicts) -> Conflicts:
    """Without the setting that demand must be met, which was only asked for the sake of this."""
    kept = []
    for one in found.found:
        mends = tuple(mend for mend in one.mends if mend.member.kind is not Kind.UNMET)
        suggested = one.suggested if one.suggested in mends else None
        kept.append(dataclasses.replace(one, mends=mends, suggested=suggested))
    return dataclasses.replace(found, found=tuple(kept))


def _numbered(rows: Iterator[ConflictRow], before: float) -> Sequence[ConflictRow]:
    """The conflicts of one more item go on counting."""
    listed = list(rows)
    return [dataclasses.replace(row, conflict=row.conflict + before) for row in listed]


def _sentence(
    reason: ShortageReason, conflicts: Conflicts | None, data: Data, problem: Problem
) -> str:
    unit = data.settings.unit
    cost = problem.needs.shortage_cost.get(reason.item, 0.0)
    parts = []
    if reason.unavoidable > NOISE:
        parts.append(f"no plan avoids {quantity(reason.unavoidable, unit)}")
    if reason.by_rules > NOISE:
        parts.append(f"rules and minimums force {quantity(reason.by_rules, unit)}")
    if reason.by_choice > NOISE:
        price = money(cost, data.settings.currency)
        parts.append(f"{quantity(reason.by_choice, unit)} could be met, at more than what "
                     f"shortage costs, {price} per {unit}")  # fmt: skip
    text = f"{quantity(reason.shortage, unit)} of {reason.description} are short: "
    text += f"{'; '.join(parts)}."
    changes = [_change(one, data) for one in conflicts.found] if conflicts else []
    named = [change for change in changes if change]
    if named and conflicts is not None and conflicts.verdict is Verdict.POSSIBLE:
        text += f" All of it could be met with {' and '.join(named)}."
    return text


def _change(one: Mended, data: Data) -> str:
    if one.suggested is None:
        return ""
    return f"{addresses(one.suggested.member.cells, data)} at {change_to(one.suggested, data)}"
