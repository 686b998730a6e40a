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

    licence: str = text("Name of an export-licence regime.", key=True, required=True)
    country: str = text("The country that grants it.", required=True, refers_to="Countries.country")
    elements: tuple[str, ...] = names(
        "An item needs the licence if it holds more than threshold of any of these "
        "elements; blank: no item does, only offers that name the licence.",
        says="none",
        refers_to="Composition.element",
    )
    threshold: float = number(
        "Mass of a listed element in one kg of the item that needs no licence yet.",
        unit="kg per kg",
        high=1,
        default=0.0,
    )
    reach: str = text(
        "direct: exports from that country; content: also goods made elsewhere whose "
        "Upstream draws content_share or more of a listed element from that country.",
        default="direct",
        allowed=("direct", "content"),
    )
    content_share: float = number(
        "For reach content: share of a listed element from that country from which the "
        "licence is needed.",
        high=1,
        default=0.001,
    )
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
        "One uncertain cause, independent of the other risks: a licence decision, a fire, "
        "a strike. A single risk whose results are whole futures is a hand-written list "
        "of outcomes.",
        key=True,
        required=True,
    )
    result: str = text(
        "One way it can go, e.g. granted, slow, refused; several rows with the same "
        "result are its several effects.",
        key=True,
        required=True,
    )
    probability: float | None = number(
        "Of the result, on one of its rows. What is missing to 1 over a risk is 'nothing happens'.",
        high=1,
    )
    scope: str = text(
        "What the effect reaches. stage: all offers in proportion to what their Upstream "
        "draws from the target; element: price_add only.",
        key=True,
        required=True,
        allowed=("licence", "supplier", "country", "stage", "item", "element", "all"),
    )
    target: str = text(
        "Name inside the scope, for a stage written refining:CN; * = all of it.",
        key=True,
        default="*",
    )
    from_period: int = when("First period of the effect.", key=True, default=1, says="start")
    to_period: int | None = when("Last period of the effect.", key=True, says="end")
    deliverable: float = number(
        "Share of each order that is delivered; 0 = nothing.",
        unit="share of order",
        high=1,
        default=1.0,
    )
    delay_days: float = number("Added to the time that an order takes.", unit="days", default=0.0)
    price_factor: float = number("Multiplies the price of what is ordered.", default=1.0)
    price_add: float = number(
        "Added to the price, in the base currency. For the scope element: per kg of the "
        "element in the item.",
        unit="currency per unit",
        low=-math.inf,
        default=0.0,
    )
    demand_factor: float = number(
        "Multiplies the demand; only for the scopes item and all.", default=1.0
    )


@table("Rules", "Limits that the plan must, or should, keep.")
class Rule(Row):
    """Limits that the plan must, or should, keep."""

    rule: str = text("Name of the rule.", key=True, required=True)
    active: bool = yes_no("No: the rule is left out.", default=True)
    dimension: str = text(
        "What volume is grouped by; a stage of Upstream (refining) groups by where that "
        "stage was done.",
        required=True,
        allowed=("supplier", "group", "country", "region", "licence", "stage name"),
    )
    member: tuple[str, ...] = names(
        "Whom it limits. each or blank: every member has the limit by itself; a list: the "
        "total of its members.",
        says="each",
    )
    metric: str = text(
        "What is measured: share and quantity by weight, spend at list prices, count = "
        "number of members, hhi = concentration in points 0..10000, risk = volume-"
        "weighted mean of the countries' risk_score.",
        required=True,
        allowed=("share", "quantity", "spend_share", "spend", "count", "hhi", "risk"),
    )
    sense: str = text(
        "max = at most, min = at least; hhi and risk only max.",
        required=True,
        allowed=("max", "min"),
    )
    limit: float = number(
        "Shares are 0..1 (60 % as a percentage cell is 0.6; a bare 60 is an error); "
        "quantity and spend are for the horizon.",
        required=True,
        unit="of its metric",
    )
    item: str | None = text("Only this item; blank: all items together.", refers_to="Items.item")
    family: str | None = text("Only this family of items.")
    element: str | None = text("Measure the mass of this element instead of the goods.")
    site: str | None = text("Only what is delivered to this site.", refers_to="Sites.site")
    licensed: bool | None = yes_no(
        "yes: only goods that need a licence; no: only goods that need none.", default=None
    )
    per_item: bool = yes_no("Yes: the rule holds for each item by itself.", default=False)
    counts_from: float = number(
        "For a minimum count: a member counts from this share of the scope's volume on.",
        unit="share of the scope",
        high=1,
        above=True,
        default=0.05,
    )
    penalty: float | None = number(
        "Blank: the rule must hold. A number makes it a goal that may be missed at this "
        "cost; hhi always must hold.",
        unit="currency per whole unit of the metric (per 1.0 of a share, per 1 supplier)",
        says="hard",
    )
    note: str | None = text("For your own notes.")


@table(
    "Scenarios",
    "What-ifs: changes of cells in any other table.",
    add_when="several futures or policies are to be compared",
)
class Change(Row):
    """What-ifs: changes of cells in any other table."""

    scenario: str = text(
        "Name of a what-if on the whole workbook. 'base' always exists; several rows make "
        "one scenario.",
        key=True,
        required=True,
    )
    order: int | None = integer("In which order its rows are applied.", key=True, says="row order")
    active: bool = yes_no("No: the row is left out.", default=True)
    table: str = text("Which sheet it changes.", required=True, refers_to="Tables")
    where: str | None = text(
        "Which rows: column=value;column=value; blank: all. country=CN also reaches "
        "Offers, PriceBreaks and Upstream through the supplier."
    )
    column: str = text("Which column it changes.", required=True)
    operation: str = text(
        "What is done to the cells.", required=True, allowed=("set", "multiply", "add")
    )
    value: object = anything("Set to this, multiplied by this, or this added.", required=True)
    note: str | None = text("For your own notes.")
