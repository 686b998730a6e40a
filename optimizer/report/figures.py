"""The key figures of a plan: shares with their limits, concentration, cost and service.

Pure arithmetic on the plan's tables; nothing here knows a spreadsheet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from optimizer.contract.plan import Plan
from optimizer.contract.policy import Rule
from optimizer.contract.results import RuleResult
from optimizer.contract.risk_results import OutcomeResult
from optimizer.report.layouts import DIMENSIONS, TINY
from optimizer.report.tabled import Tabled

UNKNOWN = "unknown"
"""The member of a stage whose country is not known."""
MODERATE, HIGH = 1000.0, 1800.0
"""HHI thresholds of the US Merger Guidelines of 2023, in points."""


@dataclass(frozen=True, slots=True)
class Share:
    """A member's share of a dimension, 0..1, and the limit on it.

    With a limit, ``value`` is what the rule measures (``rule`` names it, ``scope`` its family of
    items); without one it is the share of all goods in Mix.
    """

    dimension: str
    member: str
    value: float
    limit: float | None = None
    rule: str = ""
    scope: str = ""

    @property
    def broken(self) -> bool:
        """Whether the share is above its limit."""
        return self.limit is not None and self.value > self.limit + 1e-6


@dataclass(frozen=True, slots=True)
class Concentration:
    """The largest member of a dimension, and the dimension's HHI in points with its limit."""

    largest: Share
    hhi: float
    hhi_limit: float | None

    @property
    def dimension(self) -> str:
        """What is concentrated."""
        return self.largest.dimension


def probabilities(plan: Tabled) -> dict[str, float]:
    """Outcome -> probability."""
    outcomes = cast("tuple[OutcomeResult, ...]", plan.tables.rows("outcomes"))
    return {row.outcome: row.probability for row in outcomes}


def stages(plan: Plan) -> tuple[str, ...]:
    """The stages that Mix shows, in its order."""
    seen = dict.fromkeys(row.dimension for row in plan.tables.mix)
    return tuple(name for name in seen if name not in DIMENSIONS)


def shares(plan: Plan) -> dict[tuple[str, str], Share]:
    """(dimension, member) -> its share, for every row of Mix."""
    limits = _limits(plan)
    found: dict[tuple[str, str], Share] = {}
    for row in plan.tables.mix:
        key = row.dimension, row.member
        limited = limits.get(key)
        if limited is None:
            found[key] = Share(*key, row.share)
        else:
            rule, result = limited
            found[key] = Share(*key, result.actual, result.limit, rule.rule, rule.family or "")
    return found


def largest(found: Mapping[tuple[str, str], Share], dimension: str) -> Share | None:
    """The largest known member of a dimension; None if it has none."""
    members = [
        share
        for (name, member), share in found.items()
        if name == dimension and member != UNKNOWN and share.value > TINY
    ]
    return max(members, key=lambda share: share.value, default=None)


def concentration(plan: Plan) -> tuple[Concentration, ...]:
    """Supplier, country and every stage: the largest member and the HHI."""
    found = shares(plan)
    limits = _hhi_limits(plan)
    rows = []
    for dimension in ("supplier", "country", *stages(plan)):
        top = largest(found, dimension)
        points = plan.facts.hhi.get(dimension)
        if top is not None and points is not None:
            rows.append(Concentration(top, points, limits.get(dimension)))
    return tuple(rows)


def level(points: float) -> str:
    """How concentrated a market with that HHI is held to be."""
    return "low" if points < MODERATE else "moderate" if points <= HIGH else "high"


def main_country(plan: Plan) -> str:
    """The country on which most depends, at making or at any stage; "" if nothing is bought."""
    found = shares(plan)
    tops = [largest(found, dimension) for dimension in ("country", *stages(plan))]
    known = [top for top in tops if top is not None]
    return max(known, key=lambda top: top.value).member if known else ""


def deepest_stage(plan: Plan, country: str) -> Share | None:
    """The stage of which most is done in a country; None without stages."""
    found = shares(plan)
    at = [share for name in stages(plan) if (share := found.get((name, country)))]
    return max(at, key=lambda share: share.value, default=None)


def made_in(plan: Plan, country: str) -> Share:
    """The share of goods made in a country, 0 if none is."""
    return shares(plan).get(("country", country), Share("country", country, 0.0))


def unknown_origin(plan: Plan) -> dict[str, float]:
    """Stage -> share whose country is not known, where there is any."""
    return {
        row.dimension: row.share
        for row in plan.tables.mix
        if row.member == UNKNOWN and row.dimension in stages(plan) and row.share > TINY
    }


def bought(plan: Plan) -> float:
    """Expected deliveries of all awards, in the workbook's unit."""
    return math.fsum(row.volume for row in plan.tables.awards)


def suppliers_used(plan: Plan) -> int:
    """How many suppliers have an award."""
    return len({row.supplier for row in plan.tables.awards if row.award > TINY})


def needed(plan: Plan) -> float:
    """Expected demand of the horizon, in the workbook's unit."""
    weights = probabilities(plan)
    return math.fsum(row.demand * weights[row.outcome] for row in plan.tables.service)


def expected_cost(plan: Plan) -> float:
    """Expected discounted cost, cash and penalties; equal to the sum of the components."""
    return math.fsum(plan.facts.costs.values())


def broken_rules(plan: Plan) -> tuple[RuleResult, ...]:
    """Rules that the plan does not keep, dearest first."""
    rows = [
        row for row in plan.tables.rule_check if row.relaxed > TINY or row.slack < -_tolerance(row)
    ]
    return tuple(sorted(rows, key=lambda row: -row.penalty_cost))


def _tolerance(row: RuleResult) -> float:
    """What rounding in the solver may leave."""
    return 1e-6 * max(1.0, abs(row.limit))


def _limits(plan: Plan) -> dict[tuple[str, str], tuple[Rule, RuleResult]]:
    """(dimension, member) -> the tightest limit on its share of all goods, or else of a family."""
    rules = {rule.rule: rule for rule in plan.data.rules}
    best: dict[tuple[str, str], tuple[Rule, RuleResult]] = {}
    for result in plan.tables.rule_check:
        rule = rules.get(result.rule)
        if rule is None or not _limits_a_share(rule):
            continue
        key = rule.dimension, result.member
        if key not in best or _narrowness(rule, result) < _narrowness(*best[key]):
            best[key] = rule, result
    return best


def _limits_a_share(rule: Rule) -> bool:
    partial = rule.item or rule.element or rule.site or rule.licensed is not None or rule.per_item
    return rule.metric == "share" and rule.sense == "max" and not partial


def _narrowness(rule: Rule, result: RuleResult) -> tuple[bool, float]:
    return rule.family is not None, result.limit


def _hhi_limits(plan: Plan) -> dict[str, float]:
    """Dimension -> the tightest limit on its HHI over all goods."""
    limits: dict[str, float] = {}
    for rule in _active_hhi_rules(plan):
        limits[rule.dimension] = min(rule.limit, limits.get(rule.dimension, math.inf))
    return limits


def _active_hhi_rules(plan: Plan) -> Iterator[Rule]:
    checked = {result.rule for result in plan.tables.rule_check}
    for rule in plan.data.rules:
        whole = not (rule.item or rule.family or rule.element or rule.site or rule.per_item)
        if rule.rule in checked and rule.metric == "hhi" and whole and rule.licensed is None:
            yield rule
