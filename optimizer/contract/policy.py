"""Licences, risks, rules and scenarios."""

from __future__ import annotations

import math

from optimizer.contract.fields import (
    Row,
    anything,
    integer,
    names,
    number,
    table,
    text,
    when,
    yes_no,
)


@table("Licences", "Export-licence regimes.", add_when="exports need a licence")
class Licence(Row):
    """Export-licence regimes."""

    licence: str = text("An export-licence regime.", key=True, required=True)
    country: str = text("The country that grants it.", required=True, refers_to="Countries.country")
    elements: tuple[str, ...] = names(
        "An item needs the licence if it holds more than threshold of any of these elements; blank: no item does, only offers that name it.",
        says="none",
        refers_to="Composition.element",
    )
    threshold: float = number("", unit="kg per kg", high=1, default=0.0)
    reach: str = text(
        "Direct: exports from that country; content: also goods made elsewhere whose Upstream holds content_share or more of a listed element from that country.",
        default="direct",
        allowed=("direct", "content"),
    )
    content_share: float = number("", high=1, default=0.001)
    banned_end_uses: tuple[str, ...] = names(
        "Goods under this licence may never serve these (end-use declaration).",
        says="none",
        refers_to="Demand.end_use",
    )
    order_cost: float = number(
        "Paperwork for every order that needs the licence.", unit="currency per order", default=0.0
    )
    quota: float = number(
        "What can be delivered under the licence in all (pro rata for the horizon).",
        unit="unit per year",
        default=math.inf,
    )


@table(
    "Risks",
    "What may happen, how likely it is and what it does.",
    add_when="something may go wrong",
)
class RiskEffect(Row):
    """What may happen, how likely it is and what it does."""

    risk: str = text(
        "One uncertain cause, independent of the other risks: a licence decision, a fire, a strike; a single risk whose results are whole futures is a hand-written list of outcomes.",
        key=True,
        required=True,
    )
    result: str = text(
        "One way it can go, e.g. granted, slow, refused; several rows with the same result are its several effects.",
        key=True,
        required=True,
    )
    probability: float | None = number(
        "Of the result, on one of its rows; what is missing to 1 over a risk is 'nothing happens'.",
        high=1,
    )
    scope: str = text(
        "Stage: all offers in proportion to what their Upstream draws from target, written refining:CN; element: price_add only.",
        key=True,
        required=True,
        allowed=("licence", "supplier", "country", "stage", "item", "element", "all"),
    )
    target: str = text("Name inside the scope; * = all of it.", key=True, default="*")
    from_period: int = when("", key=True, default=1, says="start")
    to_period: int | None = when("", key=True, says="end")
    deliverable: float = number("", unit="share of order", high=1, default=1.0)
    delay_days: float = number("Added to the lead time.", unit="days", default=0.0)
    price_factor: float = number("", default=1.0)
    price_add: float = number(
        "Scope element: per kg of the element in the item.",
        unit="currency per unit",
        low=-math.inf,
        default=0.0,
    )
    demand_factor: float = number("Scope item or all.", default=1.0)


@table("Rules", "Limits that the plan must, or should, keep.")
class Rule(Row):
    """Limits that the plan must, or should, keep."""

    rule: str = text("", key=True, required=True)
    active: bool = yes_no("", default=True)
    dimension: str = text(
        "What volume is grouped by; a stage name (refining) groups by where that stage was done.",
        required=True,
        allowed=("supplier", "group", "country", "region", "licence", "stage name"),
    )
    member: tuple[str, ...] = names(
        "Each: every member has the limit by itself; a list: the total of its members.", says="each"
    )
    metric: str = text(
        "Hhi in points 0..10000; count = number of members; risk = volume-weighted mean of the countries' risk_score.",
        required=True,
        allowed=("share", "quantity", "spend_share", "spend", "count", "hhi", "risk"),
    )
    sense: str = text("Hhi and risk only max.", required=True, allowed=("max", "min"))
    limit: float = number(
        "Shares are 0..1 (60 % as a percentage cell is 0.6; a bare 60 is an error: did you mean 60 %?); quantity and spend are for the horizon.",
        required=True,
        unit="of its metric",
    )
    item: str | None = text("Only this item; blank = all items together.", refers_to="Items.item")
    family: str | None = text("Only this family.")
    element: str | None = text("Measure the mass of this element instead of the goods.")
    site: str | None = text("", refers_to="Sites.site")
    licensed: bool | None = yes_no("Only goods that need (or do not need) a licence.", default=None)
    per_item: bool = yes_no("Yes: the rule holds for each item by itself.", default=False)
    counts_from: float = number(
        "For a minimum count: a member counts from this share of the scope's volume on.",
        unit="share of the scope",
        high=1,
        default=0.05,
    )
    penalty: float | None = number(
        "Blank = the rule must hold; hhi always must.",
        unit="currency per whole unit of the metric (per 1.0 of a share, per 1 supplier)",
        says="hard",
    )
    note: str | None = text("")


@table(
    "Scenarios",
    "What-ifs: changes of cells in any other table.",
    add_when="several futures or policies are to be compared",
)
class Change(Row):
    """What-ifs: changes of cells in any other table."""

    scenario: str = text(
        "A what-if on the whole workbook; 'base' always exists; several rows make one scenario.",
        key=True,
        required=True,
    )
    order: int | None = integer("", key=True, says="row order")
    active: bool = yes_no("", default=True)
    table: str = text("", required=True, refers_to="Tables")
    where: str | None = text(
        "Which rows: column=value;column=value (blank = all); country=CN also reaches Offers, PriceBreaks, Upstream through the supplier."
    )
    column: str = text("", required=True)
    operation: str = text("", required=True, allowed=("set", "multiply", "add"))
    value: object = anything("", required=True)
    note: str | None = text("")
