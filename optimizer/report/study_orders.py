"""In which order the rows of a study's tables stand on their sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from optimizer.contract.study import Study
from optimizer.report.layouts import dimension_rank

NEVER = float("inf")


def awards(attribute: str, key: str, over: str) -> Callable[[Study], Callable[[Any], Any]]:
    """By scenario or plan (``key``) as tabulated; in it the largest change (``over``) first."""

    def order(study: Study) -> Callable[[Any], Any]:
        rank = _as_tabulated(study, attribute, key)
        return lambda row: (
            rank[getattr(row, key)], -abs(getattr(row, over)), -row.award, row.supplier, row.item,
        )  # fmt: skip

    return order


def shares(attribute: str, key: str, step: str) -> Callable[[Study], Callable[[Any], Any]]:
    """By ``key`` as tabulated, then by ``step``; in it each dimension with its largest first."""

    def order(study: Study) -> Callable[[Any], Any]:
        rank = _as_tabulated(study, attribute, key)
        return lambda row: (
            rank[getattr(row, key)], getattr(row, step), dimension_rank(row.dimension),
            row.dimension, -row.share, row.member,
        )  # fmt: skip

    return order


def country_shares(study: Study) -> Callable[[Any], Any]:
    """By plan as tabulated; in it the largest share first."""
    rank = _as_tabulated(study, "alternative_shares", "plan")
    return lambda row: (rank[row.plan], -row.share, row.country)


def _as_tabulated(study: Study, attribute: str, key: str) -> dict[str, int]:
    """The position at which each value of a column first stands in a table."""
    found = dict.fromkeys(getattr(row, key) for row in study.tables.rows(attribute))
    return {name: number for number, name in enumerate(found)}


def nearest_offer_first(_: Study) -> Callable[[Any], Any]:
    """The smallest cut in price first; what no price wins last."""
    return lambda row: (
        NEVER if row.change is None else -row.change, row.supplier, row.item, row.size,
    )  # fmt: skip


def nearest_supplier_first(_: Study) -> Callable[[Any], Any]:
    """The smallest cut in prices first; who wins at no price last."""
    return lambda row: (NEVER if row.wins_at is None else -row.wins_at, row.supplier)


def dearest_rule_first(_: Study) -> Callable[[Any], Any]:
    """What has no cost because there is no plan without it stands last."""
    return lambda row: (NEVER if row.cost is None else -row.cost, row.rule)


def broken_rule_first(_: Study) -> Callable[[Any], Any]:
    """The others as tabulated."""
    return lambda row: not row.broken


def dearest_outcome_first(_: Study) -> Callable[[Any], Any]:
    """People open the sheet to see what goes wrong."""
    return lambda row: (-row.cost, row.outcome)


def soonest_first(_: Study) -> Callable[[Any], Any]:
    """What runs short soonest first."""
    return lambda row: (
        NEVER if row.survives is None else row.survives, -row.loss, row.kind, row.target,
    )  # fmt: skip


def most_short_first(_: Study) -> Callable[[Any], Any]:
    """The item with the largest shortage first."""
    return lambda row: (-row.shortage, row.item)


def largest_difference_first(_: Study) -> Callable[[Any], Any]:
    """The offer on which the split and the best plan differ most first."""
    return lambda row: (-abs(row.difference), -row.asked, row.supplier, row.item)
