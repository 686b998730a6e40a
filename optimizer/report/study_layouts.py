"""How the tables of a study are laid out: their order, what is added, marked and turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from optimizer.contract.study import Study
from optimizer.report import study_orders as orders
from optimizer.report.layouts import (
    COUNTRY_NAME,
    ITEM_NAME,
    MEMBER_NAME,
    SUPPLIER_NAME,
    TINY,
    Added,
    Layout,
)

NO_PLAN = ("infeasible", "limit", "input", "failed", "none")
"""Statuses of what has no plan."""

LARGEST_NAME = Added(
    "Country name", "largest_country", lambda row, names: names.country(row.largest_country)
)
SITE_NAME = Added("Site name", "site", lambda row, names: names.site(row.site))


def _marks(*columns: str) -> Callable[[Any], Sequence[str]]:
    """The cells of these columns that say that something is broken: no plan, a shortage."""
    return lambda row: [name for name in columns if _is_broken(name, getattr(row, name))]


def _is_broken(column: str, found: Any) -> bool:
    if column == "status":
        return found in NO_PLAN
    return bool(found) if isinstance(found, str) else found is not None and found > TINY


STUDY_LAYOUTS: tuple[Layout[Study], ...] = (
    Layout(
        "scenarios_compared",
        added=(LARGEST_NAME,),
        notes=("Blank: there is no plan, and the note says why.",),
        broken=_marks("status", "shortage", "today_shortage"),
        pictures=("costs", "shortages"),
        optional=("today_cost", "saving_on_today", "today_shortage", "note"),
    ),
    Layout("inputs_that_differ", formats={"factor": "0.00##"}, optional=("factor",)),
    Layout(
        "regret_by_plan",
        notes=("The plan with the least largest regret stands first.",),
        broken=_marks("largest_shortage", "worlds_with_broken_rules"),
        pictures=("regret",),
    ),
    Layout(
        "regret",
        notes=(
            "The first stage of each plan is kept; everything later is planned anew, rules off.",
        ),
        broken=_marks("shortage", "broken"),
        optional=("broken", "note"),
    ),
    Layout(
        "awards_by_scenario",
        notes=("One scenario after the other; Awards side by side adds each of them up.",),
        order=orders.awards("awards_by_scenario", "scenario", "over_base"),
        added=(SUPPLIER_NAME, COUNTRY_NAME, ITEM_NAME),
    ),
    Layout(
        "shares_by_scenario",
        order=orders.shares("shares_by_scenario", "scenario", "dimension"),
        added=(MEMBER_NAME,),
        notes=(
            "Each dimension adds up to 100 %, but for licences, of which goods may need several.",
            "A stage shows where that step was done, by mass of the materials concerned.",
        ),
        pictures=("shares", "stage"),
    ),
    Layout(
        "side_by_side",
        notes=("Difference: the given split less the best plan.",),
        pictures=("costs", "shares", "quantities"),
    ),
    Layout(
        "split_rules",
        order=orders.broken_rule_first,
        broken=lambda row: ("given",) if row.broken else (),
        optional=("item", "member"),
        pictures=("rules",),
    ),
    Layout(
        "split",
        totals=("asked", "award", "short_of_asked", "best", "difference"),
        order=orders.largest_difference_first,
        added=(SUPPLIER_NAME, COUNTRY_NAME, ITEM_NAME),
        broken=_marks("short_of_asked"),
        optional=("note",),
    ),
    Layout(
        "split_outcomes",
        totals=("cost", "best_cost", "shortage", "best_shortage"),
        order=orders.dearest_outcome_first,
        broken=_marks("shortage", "best_shortage"),
        pictures=("outcomes",),
    ),
    Layout(
        "split_stress",
        order=orders.soonest_first,
        notes=("Time to survive is counted from the start; blank: to the end of the horizon.",),
        formats={"survives": "0.00", "best_survives": "0.00"},
        pictures=("stress",),
    ),
    Layout(
        "alternatives",
        added=(COUNTRY_NAME,),
        mixed=("reached", "at_best"),
        notes=("The best plan stands first; no other costs more than what was allowed.",),
        broken=_marks("status", "shortage"),
        optional=("country", "country_share", "moved", "worst_shortage", "note"),
        pictures=("over", "suppliers", "country", "moved", "worst"),
    ),
    Layout(
        "alternative_awards",
        notes=("One plan after the other; Awards side by side adds each of them up.",),
        order=orders.awards("alternative_awards", "plan", "over_best"),
        added=(SUPPLIER_NAME, COUNTRY_NAME, ITEM_NAME),
    ),
    Layout(
        "alternative_shares",
        order=orders.country_shares,
        added=(COUNTRY_NAME,),
        notes=("The shares of a plan add up to 100 %.",),
    ),
    Layout(
        "frontier",
        notes=(
            "Cost of a point: what each percentage point (or unit) costs since the step before.",
        ),
        broken=_marks("shortage"),
        optional=("curve", "limit", "note"),
        pictures=("frontier", "points", "shortage"),
    ),
    Layout(
        "frontier_shares",
        order=orders.shares("frontier_shares", "curve", "step"),
        added=(MEMBER_NAME,),
        optional=("curve", "limit"),
        notes=("Each dimension adds up to 100 %, but for licences.",),
        pictures=("origins", "stage"),
    ),
    Layout("reasons", notes=("What is said here needs no solve: it can be checked by hand.",)),
    Layout(
        "conflicts",
        mixed=("change",),
        notes=(
            "Any one change of a conflict makes that conflict go away.",
            "One change from each conflict, together, make the workbook feasible.",
        ),
        optional=("note",),
    ),
    Layout(
        "shortage_reasons",
        totals=("shortage", "unavoidable", "by_rules", "by_choice"),
        order=orders.most_short_first,
        broken=_marks("shortage"),
        pictures=("reasons",),
        pictures_printed=True,
    ),
    Layout(
        "rule_costs",
        order=orders.dearest_rule_first,
        notes=(
            "Each rule left out by itself, everything planned anew. Costs of rules do not add up.",
            "Least and most: what both solves have proven.",
        ),
        broken=_marks("shortage_without"),
        optional=("note",),
        pictures=("rules",),
    ),
    Layout(
        "prices_to_win",
        order=orders.nearest_offer_first,
        added=(SUPPLIER_NAME, ITEM_NAME),
        notes=(
            "Nearest first. Below the least price an award of that size wins, above the most not.",
            "Prices are in the currency of the offer, the same for every unit of the award.",
        ),
        optional=("note",),
        pictures=("offers",),
    ),
    Layout(
        "suppliers_to_win",
        order=orders.nearest_supplier_first,
        added=(COUNTRY_NAME,),
        notes=("Nearest first. One factor on all prices of the supplier.",),
        optional=("note",),
        pictures=("makers",),
    ),
    Layout("projects_to_pay", added=(SUPPLIER_NAME,), optional=("note",)),
    Layout(
        "next_unit",
        added=(ITEM_NAME, SITE_NAME),
        notes=(
            "From the linear program that is left when every yes or no stays as planned.",
            "It holds for small amounts only.",
        ),
        pictures=("next",),
    ),
    Layout(
        "assumptions",
        notes=("What a blank cell was taken to mean is as much an assumption as a setting.",),
        optional=("money",),
    ),
)
