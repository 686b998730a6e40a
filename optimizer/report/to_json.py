"""The facts of a plan for machines: one JSON object."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from optimizer.contract.plan import Plan, WithoutRisk
from optimizer.contract.results import MixRow
from optimizer.report.columns import reader, result_table
from optimizer.report.tabled import Tabled

RULE_FIELDS = ("rule", "item", "member", "limit", "actual", "slack", "binding", "relaxed")
OUTCOME_FIELDS = ("outcome", "probability", "cost", "shortage")


def to_json(plan: Plan) -> str:
    """The plan's scenario, status, objective, costs, awards, shares, rules and risk as JSON text.

    Money in base currency, quantities in the workbook's unit, shares 0..1, periods as labels; what
    is unlimited or unknown is ``null``.  Ends with a line feed.
    """
    facts, tables = plan.facts, plan.tables
    document = {
        "scenario": plan.data.scenario,
        "status": facts.status,
        "objective": facts.objective,
        "bound": facts.bound,
        "gap": facts.gap,
        "seconds": facts.seconds,
        "costs": dict(facts.costs),
        "cash_cost": facts.cash_cost,
        "penalty_cost": facts.penalty_cost,
        "gap_without_unavoidable_shortage": facts.gap_without_unavoidable_shortage,
        "awards": records(plan, "awards"),
        "shares": _shares(tables.mix),
        "hhi": dict(facts.hhi),
        "shortage": facts.shortage,
        "rules": records(plan, "rule_check", RULE_FIELDS),
        "outcomes": records(plan, "outcomes", OUTCOME_FIELDS),
        "spread": dataclasses.asdict(facts.spread),
        "without_risk": _without_risk(facts.without_risk),
        "stress": records(plan, "stress"),
        "sensitivity": records(plan, "sensitivity"),
        "worst_probabilities": records(plan, "worst_probabilities"),
        "size": dataclasses.asdict(facts.size),
    }
    return text_of(document)


def text_of(document: Mapping[str, Any]) -> str:
    """The document as JSON text, with ``null`` for numbers that JSON does not know."""
    return json.dumps(_finite(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _without_risk(other: WithoutRisk | None) -> dict[str, Any] | None:
    """None where the plan was not compared; ``spread`` is None where it cannot be carried out."""
    if other is None:
        return None
    spread = None if other.spread is None else dataclasses.asdict(other.spread)
    return {"promised": other.promised, "spread": spread, "broken": list(other.broken)}


def records(plan: Tabled, attribute: str, only: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The rows of a result table as objects, with all columns or only those."""
    readers = {
        column.name: reader(column, plan.data)
        for column in result_table(attribute).columns
        if not only or column.name in only
    }
    return [
        {name: read(row) for name, read in readers.items()} for row in plan.tables.rows(attribute)
    ]


def _shares(mix: Iterable[MixRow]) -> dict[str, dict[str, float]]:
    shares: dict[str, dict[str, float]] = {}
    for row in mix:
        shares.setdefault(row.dimension, {})[row.member] = row.share
    return shares


def _finite(thing: Any) -> Any:
    """The same with ``None`` for numbers that JSON does not know."""
    if isinstance(thing, Mapping):
        return {key: _finite(inner) for key, inner in thing.items()}
    if isinstance(thing, list):
        return [_finite(inner) for inner in thing]
    if isinstance(thing, float) and not -float("inf") < thing < float("inf"):
        return None
    return thing
