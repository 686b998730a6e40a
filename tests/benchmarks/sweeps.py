"""A limit swept on one loaded model beside a solve of its own for each limit, in one run."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.policy import Rule
from optimizer.solve.options import SolveOptions
from optimizer.solve.outcome import Status, relative_gap
from optimizer.studies.frontier.points import points
from optimizer.studies.frontier.steps import Steps
from optimizer.studies.frontier.sweep import grid, sweep
from optimizer.studies.optimum import optimum


@dataclass(frozen=True)
class Beside:
    """One limit: cost, bound and solver seconds as a step of the sweep, and by itself."""

    limit: float | None
    swept: tuple[float, float, float]
    alone: tuple[float, float, float]

    @property
    def agree(self) -> bool:
        """Whether no plan of the one is below the bound of the other."""
        rounding = 1e-9 * abs(self.alone[0])
        return (
            self.swept[1] <= self.alone[0] + rounding and self.alone[1] <= self.swept[0] + rounding
        )


def side_by_side(
    data: Data, rule: Rule, limits: Sequence[float | None], options: SolveOptions
) -> list[Beside]:
    """Every limit solved both ways, to the same gap; seconds are those of the solver alone."""
    asked = grid(data, [sweep(rule, limits)])
    steps = Steps(asked, options, lambda place: None, threading.Event())
    steps.solve()
    found = points(asked, steps, options.gap)
    rows = []
    for place in asked.places:
        result = optimum(assemble(asked.data_at(place)), options).answer.result
        assert result.status is Status.OPTIMAL
        assert relative_gap(found[place].cost, found[place].bound) <= options.gap
        rows.append(
            Beside(
                asked.sweeps[0].limits[place[0]],
                (found[place].cost, found[place].bound, steps.seconds(place)),
                (result.objective, result.bound, result.seconds),
            )
        )
    return rows


def ratio(rows: Sequence[Beside]) -> float:
    """Solver seconds of the sweep to those of the separate solves."""
    return sum(row.swept[2] for row in rows) / sum(row.alone[2] for row in rows)


def table(rows: Sequence[Beside]) -> str:
    """One line for each limit, and the sums."""
    lines = [f"{'limit':>8}{'swept':>14}{'seconds':>9}{'alone':>14}{'seconds':>9}"]
    for row in rows:
        limit = "none" if row.limit is None else f"{row.limit:g}"
        lines.append(
            f"{limit:>8}{row.swept[0]:>14,.0f}{row.swept[2]:>9.1f}"
            f"{row.alone[0]:>14,.0f}{row.alone[2]:>9.1f}"
        )
    swept, alone = (sum(side[2] for side in sides) for sides in (
        [row.swept for row in rows], [row.alone for row in rows]
    ))  # fmt: skip
    lines.append(f"{'sum':>8}{'':>14}{swept:>9.1f}{'':>14}{alone:>9.1f}   ratio {ratio(rows):.2f}")
    return "\n".join(lines)
