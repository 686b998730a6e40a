"""One edit of a plan, and the violations that it must give."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from optimizer.contract.fields import Row
from optimizer.contract.plan import Plan
from optimizer.contract.risk_results import OutcomeResult
from optimizer.verify import Check

Change = Callable[[Plan], Plan]
Found = tuple[Check, str]
"""A check and a fragment of the place that its violation names."""


@dataclass(frozen=True)
class Edit:
    """What is done to a clean plan, and exactly what the checker must say."""

    name: str
    plan: Callable[[], Plan]
    change: Change
    found: tuple[Found, ...]


SPREAD_CHANGES: tuple[Found, ...] = (
    (Check.SPREAD, "expected"),
    (Check.SPREAD, "cvar"),
    (Check.SPREAD, "worst case"),
)
CASH_CHANGES: tuple[Found, ...] = (
    (Check.OUTCOME_COST, "outcome certain"),
    (Check.OUTCOME_CASH, "outcome certain"),
    (Check.OBJECTIVE, "the plan"),
    (Check.CASH_COST, "the plan"),
    *SPREAD_CHANGES,
)
PENALTY_CHANGES: tuple[Found, ...] = (
    (Check.OUTCOME_COST, "outcome certain"),
    (Check.OUTCOME_PENALTY, "outcome certain"),
    (Check.OBJECTIVE, "the plan"),
    (Check.PENALTY_COST, "the plan"),
    *SPREAD_CHANGES,
)


def both(*changes: Change) -> Change:
    """Edits that make sense only together."""

    def change(plan: Plan) -> Plan:
        for one in changes:
            plan = one(plan)
        return plan

    return change


def table(name: str, index: int, **values: Any) -> Change:
    """Another value in one row of a result table."""

    def change(plan: Plan) -> Plan:
        rows = _replaced(getattr(plan.tables, name), index, values)
        return dataclasses.replace(plan, tables=dataclasses.replace(plan.tables, **{name: rows}))

    return change


def copied(name: str, index: int, **values: Any) -> Change:
    """One more row in a result table: a copy of another, with other values."""

    def change(plan: Plan) -> Plan:
        rows = getattr(plan.tables, name)
        more = (*rows, dataclasses.replace(rows[index], **values))
        return dataclasses.replace(plan, tables=dataclasses.replace(plan.tables, **{name: more}))

    return change


def dropped(name: str, index: int) -> Change:
    """One row less in a result table."""

    def change(plan: Plan) -> Plan:
        rows = getattr(plan.tables, name)
        left = rows[:index] + rows[index + 1 :]
        return dataclasses.replace(plan, tables=dataclasses.replace(plan.tables, **{name: left}))

    return change


def edited_outcomes(*rows: tuple[str, str, float]) -> Change:
    """Other outcomes: name, what happens, probability; their costs are left open."""
    outcomes = tuple(
        OutcomeResult(outcome=name, happens=happens, probability=probability, cost=0.0,
                      cash_cost=0.0, penalty_cost=0.0, shortage=0.0)
        for name, happens, probability in rows
    )  # fmt: skip
    return lambda plan: dataclasses.replace(
        plan, tables=dataclasses.replace(plan.tables, outcomes=outcomes)
    )


def facts(**values: Any) -> Change:
    """Another value in the facts."""
    return lambda plan: dataclasses.replace(plan, facts=dataclasses.replace(plan.facts, **values))


def settings(**values: Any) -> Change:
    """Another setting."""

    def change(plan: Plan) -> Plan:
        new = dataclasses.replace(plan.data.settings, **values)
        return dataclasses.replace(plan, data=dataclasses.replace(plan.data, settings=new))

    return change


def given(name: str, index: int, **values: Any) -> Change:
    """Another value in one row of an input table."""

    def change(plan: Plan) -> Plan:
        rows = _replaced(getattr(plan.data, name), index, values)
        return dataclasses.replace(plan, data=dataclasses.replace(plan.data, **{name: rows}))

    return change


def added(name: str, *rows: Row) -> Change:
    """More rows in an input table."""

    def change(plan: Plan) -> Plan:
        more = (*getattr(plan.data, name), *rows)
        return dataclasses.replace(plan, data=dataclasses.replace(plan.data, **{name: more}))

    return change


def _replaced(rows: tuple[Row, ...], index: int, values: dict[str, Any]) -> tuple[Row, ...]:
    row = dataclasses.replace(rows[index], **values)
    return (*rows[:index], row, *rows[index + 1 :])
