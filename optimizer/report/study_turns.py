"""Which tables of a study are read side by side, and how they are turned for that."""

from __future__ import annotations

from typing import Any

from optimizer.report.layouts import (
    COUNTRY_NAME,
    ITEM_NAME,
    MEMBER_NAME,
    SUPPLIER_NAME,
)
from optimizer.report.turned import Measures, Pivot, Turned, WideRow
from optimizer.report.words import percent

ASKED = ("country", "", "supplier", "region", "group", "licence")
"""The empty place is that of the stages."""


def largest_first(row: WideRow) -> Any:
    """The order of rows by their largest number."""
    return (-row.largest, row.words)


def asked(dimension: str) -> int:
    """In which order a manager asks about shares: countries, stages, and then the others."""
    return ASKED.index(dimension) if dimension in ASKED else 1


def limit_said(row: Any) -> str:
    """What stands above the column of a step."""
    if row.limit is None:
        return "no limit"
    if row.metric in ("share", "spend_share"):
        return f"limit {percent(row.limit)}"
    return f"limit {row.limit:,.6g}"


TURNED: tuple[Turned, ...] = (
    Measures(
        "Scenarios side by side",
        "scenarios_compared",
        "scenario",
        "Blank: there is no plan, or no such number.",
    ),
    Pivot(
        "Regret side by side", "regret", ("plan",), "world", "regret",
        "Each row is a plan, each column the world that comes true. "
        "Blank: the plan cannot be carried out there.",
    ),
    Pivot(
        "Awards side by side",
        "awards_by_scenario", ("supplier", "country", "item"), "scenario", "award",
        "Largest first. Blank: no award.",
        added=(SUPPLIER_NAME, COUNTRY_NAME, ITEM_NAME),
        before=(("today", lambda row: row.award - row.over_today),),
        order=largest_first,
        totals=True,
    ),
    Pivot(
        "Shares side by side", "shares_by_scenario", ("dimension", "member"), "scenario", "share",
        "A stage shows where that step was done, by mass of the materials concerned.",
        added=(MEMBER_NAME,),
        order=lambda row: (asked(row.words[0]), row.words[0], -row.largest, row.words),
    ),
    Measures(
        "Alternatives side by side",
        "alternatives",
        "plan",
        "Blank: there is no such plan, or no such number.",
        left_out=("reached", "at_best"),
    ),
    Pivot(
        "Awards side by side",
        "alternative_awards", ("supplier", "country", "item"), "plan", "award",
        "Largest first. Blank: no award.",
        added=(SUPPLIER_NAME, COUNTRY_NAME, ITEM_NAME),
        order=largest_first,
        totals=True,
    ),
    Pivot(
        "Shares side by side",
        "alternative_shares", ("country",), "plan", "share",
        "Where the goods are made. Blank: nothing is.",
        added=(COUNTRY_NAME,),
        order=largest_first,
    ),
    Pivot(
        "Shares side by side",
        "frontier_shares", ("curve", "dimension", "member"), "limit", "share",
        "From the loosest limit to the tightest. Blank: there is no plan.",
        added=(MEMBER_NAME,),
        head=limit_said,
        order=lambda row: (
            row.words[0], asked(row.words[1]), row.words[1], -row.largest, row.words,
        ),
    ),
)  # fmt: skip
"""Tables that are read side by side as well; each stands before the long table it is made from."""
