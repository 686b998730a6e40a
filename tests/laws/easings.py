"""Changes of a workbook that leave every plan possible that was possible, at no higher cost."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

from optimizer.contract.data import Data

Easing = Callable[[Data], Data]


def every_row(table: str, **changes: Callable[[Any], Any]) -> Easing:
    """The data with these columns of a table made anew from their rows."""

    def eased(data: Data) -> Data:
        rows = tuple(
            dataclasses.replace(row, **{name: make(row) for name, make in changes.items()})
            for row in data.rows(table)
        )
        made: dict[str, Any] = {table: rows}
        return dataclasses.replace(data, **made)

    return eased


EASINGS: dict[str, Easing] = {
    "more capacity of suppliers": every_row("suppliers", capacity=lambda row: row.capacity + 20),
    "more capacity of offers": every_row("offers", capacity=lambda row: row.capacity + 20),
    "more capacity of lanes": every_row("lanes", capacity=lambda row: row.capacity + 20),
    "larger quotas": every_row("licences", quota=lambda row: row.quota * 1.5 + 10),
    "no minimum awards": every_row("offers", min_award=lambda row: 0.0),
    "no maximum awards": every_row("offers", max_award=lambda row: math.inf),
    "no minimum orders": every_row("offers", min_order=lambda row: 0.0),
    "no order costs": every_row("offers", order_cost=lambda row: 0.0),
    "no onboarding costs": every_row("suppliers", onboarding_cost=lambda row: 0.0),
    "no fixed costs of lanes": every_row("lanes", fixed_cost=lambda row: 0.0),
    "no bans": every_row("licences", banned_end_uses=lambda row: ()),
    "more storage": every_row("sites", storage_capacity=lambda row: row.storage_capacity + 20),
    "late deliveries": every_row(
        "items", backlog_cost=lambda row: 1.0 if row.backlog_cost is None else row.backlog_cost
    ),
    "substitutes for all of a demand": every_row("substitutions", max_share=lambda row: 1.0),
    "larger projects": every_row("projects", capacity=lambda row: row.capacity + 20),
    "no rules": every_row("rules", active=lambda row: False),
    "softer rules": every_row(
        "rules", penalty=lambda row: 10.0 if row.penalty is None else row.penalty / 2
    ),
}


def loosened(rule: Any) -> float:
    """A limit that allows more."""
    match rule.metric, rule.sense:
        case (("share" | "spend_share"), "max"):
            return min(1.0, rule.limit + 0.15)
        case (("share" | "spend_share"), _):
            return max(0.0, rule.limit - 0.15)
        case "hhi", _:
            return min(10_000.0, rule.limit + 700)
        case "count", "min":
            return max(0.0, rule.limit - 1)
        case (("count" | "risk"), _):
            return rule.limit + 1
        case _, "max":
            return rule.limit * 1.2 + 5
        case _:
            return rule.limit * 0.8


EASINGS["looser rules"] = every_row("rules", limit=loosened)


WRITTEN_OUT = every_row(
    "items",
    shortage_cost=lambda row: 90.0 if row.shortage_cost is None else row.shortage_cost,
    unit_value=lambda row: 15.0 if row.unit_value is None else row.unit_value,
)
"""Defaults look at all offers, so that another offer or capacity would change them."""


def no_minimum_for_each(data: Data) -> Data:
    """Whoever can newly deliver would come under a minimum that holds for each member."""
    rules = tuple(rule for rule in data.rules if rule.sense == "max" or rule.member)
    return dataclasses.replace(data, rules=rules)


def with_last_offer(data: Data, *, active: bool) -> Data:
    """The data with its last offer made, or not."""
    last = dataclasses.replace(data.offers[-1], active=active)
    return dataclasses.replace(data, offers=(*data.offers[:-1], last))
