"""What a frontier is asked for: rules, their limits from loose to tight, and all that comes of it.

Limits are in the unit of the sheet Rules; None is no limit, the rule left out.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from models.problem import EditScope, Problem
from optimizer.assemble import assemble
from optimizer.assemble.rules import HHI_POINTS
from optimizer.contract.data import Data
from optimizer.contract.policy import Rule
from optimizer.studies.limits import with_limit

Place: TypeAlias = tuple[int, ...]
"""A point of the sweep: for each rule the number of its limit, 0 is the loosest."""

SHARES = ("share", "spend_share")
POINTS = 100.0


@dataclass(frozen=True, slots=True)
class Sweep:
    """A rule and its limits, from the loosest to the tightest, each once."""

    rule: Rule
    limits: tuple[float | None, ...]

    @property
    def of_share(self) -> bool:
        """Whether its limit is a share, so that percentage points are counted."""
        return self.rule.metric in SHARES

    def said(self, number: int) -> str:
        """A limit in words, after the rule's name: ``made_in_china 65 %``."""
        limit = self.limits[number]
        if limit is None:
            return f"without {self.rule.rule}"
        return f"{self.rule.rule} {limit_text(self.rule, limit)}"

    def position(self, number: int) -> float | None:
        """Where a limit stands, counted in points from 0; a rule left out stands where it could
        limit nothing, None where there is no such limit.
        """
        limit = self.limits[number]
        found = _idle(self.rule) if limit is None else limit
        return None if found is None else found * (POINTS if self.of_share else 1.0)


def sweep(rule: Rule, limits: Sequence[float | None]) -> Sweep:
    """The sweep of a rule over limits in any order."""
    loosest_first = 1.0 if rule.sense == "min" else -1.0

    def key(limit: float | None) -> float:
        return -math.inf if limit is None else loosest_first * limit

    return Sweep(rule, tuple(sorted(set(limits), key=key)))


def limit_text(rule: Rule, limit: float) -> str:
    """A limit as people write it: ``65 %`` of shares, ``1,800`` otherwise."""
    return f"{limit * POINTS:.6g} %" if rule.metric in SHARES else f"{limit:,.6g}"


def _idle(rule: Rule) -> float | None:
    """A limit that every plan keeps."""
    if rule.sense == "min":
        return 0.0
    return {"share": 1.0, "spend_share": 1.0, "hhi": HHI_POINTS, "risk": 10.0}.get(rule.metric)


@dataclass(frozen=True, slots=True)
class Grid:
    """All combinations of the limits.  The first rule runs along the curves, the others make them.

    ``problem`` has every swept rule, at its loosest limit, and bounds that hold at all places.
    """

    data: Data
    sweeps: tuple[Sweep, ...]
    problem: Problem
    problems: Mapping[Place, Problem]

    @property
    def places(self) -> tuple[Place, ...]:
        """Every combination."""
        return tuple(self.problems)

    @property
    def curves(self) -> tuple[tuple[Place, ...], ...]:
        """The places of each curve from loose to tight; the loosest curve first."""
        along, *others = (range(len(one.limits)) for one in self.sweeps)
        return tuple(tuple((step, *rest) for step in along) for rest in itertools.product(*others))

    def curve_name(self, place: Place) -> str:
        """The limits of the rules that make the curve; blank where there is one curve only."""
        named = zip(self.sweeps[1:], place[1:], strict=True)
        return "; ".join(one.said(number) for one, number in named)

    def limits_at(self, place: Place) -> dict[str, float | None]:
        """Rule -> its limit there, in the unit of the sheet Rules."""
        return {
            one.rule.rule: one.limits[number]
            for one, number in zip(self.sweeps, place, strict=True)
        }

    def data_at(self, place: Place) -> Data:
        """The input with the limits of the place."""
        return with_limits(self.data, self.limits_at(place))


def grid(data: Data, sweeps: Sequence[Sweep]) -> Grid:
    """The combinations of some sweeps, with their problems."""
    loosest = {one.rule.rule: _first(one) for one in sweeps}
    given = assemble(with_limits(data, loosest))
    counts = [range(len(one.limits)) for one in sweeps]
    problems = {}
    for place in itertools.product(*counts):
        problem = given
        for one, number in zip(sweeps, place, strict=True):
            problem = with_limit(problem, one.rule.rule, in_model(one.rule, one.limits[number]))
        problems[place] = problem
    return Grid(data, tuple(sweeps), scoped(given, problems.values()), problems)


def scoped(problem: Problem, variants: Iterable[Problem]) -> Problem:
    """The problem with bounds that hold for the rules of all variants as well."""
    rules = tuple(variant.rules for variant in variants)
    return dataclasses.replace(problem, scope=EditScope(rules=rules))


def with_limits(data: Data, limits: Mapping[str, float | None]) -> Data:
    """The input with other limits of some rules, which are active then; None: not active."""
    return dataclasses.replace(
        data,
        rules=tuple(
            _with_limit(rule, limits[rule.rule]) if rule.rule in limits else rule
            for rule in data.rules
        ),
    )


def in_model(rule: Rule, limit: float | None) -> float | None:
    """A limit in the unit that the problem has it in."""
    return limit if limit is None or rule.metric != "hhi" else limit / HHI_POINTS


def _with_limit(rule: Rule, limit: float | None) -> Rule:
    if limit is None:
        return dataclasses.replace(rule, active=False)
    return dataclasses.replace(rule, active=True, limit=limit)


def _first(one: Sweep) -> float:
    """The loosest limit; that of the rule itself where it is only left out."""
    return next((limit for limit in one.limits if limit is not None), one.rule.limit)
