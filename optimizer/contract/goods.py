"""What is bought, where it is needed and what is in stock."""

from __future__ import annotations

import math

from optimizer.contract.fields import Row, names, number, table, text, when, yes_no


@table("Items", "What is bought.", needed=True)
class Item(Row):
    """What is bought."""

    item: str = text("Code of the item, used by every other table.", key=True, required=True)
    description: str | None = text("What people call it; shown in results.")
    family: str | None = text("Group of items that a rule can name, e.g. rare-earth magnets.")
    weight: float = number(
        "Weight of one unit. Rules add up unlike items as quantity x weight.",
        unit="kg per unit",
        above=True,
        default=1.0,
    )
    shortage_cost: float | None = number(
        "Cost of one unit of demand that is never met.",
        unit="currency per unit",
        says="Settings.shortage_cost",
    )
    backlog_cost: float | None = number(
        "Cost of meeting one unit of demand one period late; blank: demand that is not "
        "met in its period is lost.",
        unit="currency per unit and period",
        says="not allowed",
    )
    holding_rate: float | None = number(
        "Yearly cost of holding stock, as a share of its value.",
        unit="share per year",
        high=5,
        says="Settings.holding_rate",
    )
    unit_value: float | None = number(
        "Value of one unit in stock, for the cost of holding it.",
        unit="currency per unit",
        says="lowest list price",
    )


@table(
    "Composition",
    "What the items are made of, by mass.",
    add_when="licences or rules look at the materials inside items",
)
class Content(Row):
    """What the items are made of, by mass."""

    item: str = text("Which item.", key=True, required=True, refers_to="Items.item")
    element: str = text("Material inside the item, e.g. Dy, Tb, NdPr, Sm.", key=True, required=True)
    mass_share: float = number(
        "Mass of the element in one kg of the item.", required=True, unit="kg per kg", high=1
    )


@table("Sites", "Where goods are received and used.", needed=True)
class Site(Row):
    """Where goods are received and used."""

    site: str = text("Code of the receiving plant or warehouse.", key=True, required=True)
    description: str | None = text("What people call it; shown in results.")
    country: str | None = text("In which country it lies.", refers_to="Countries.country")
    storage_capacity: float = number(
        "Most stock, of all items together, at the end of a period.", unit="unit", default=math.inf
    )
    overflow_cost: float | None = number(
        "Stock above the storage capacity is kept elsewhere at this cost; blank: there "
        "can be none.",
        unit="currency per unit and period",
        says="not allowed",
    )


@table("Demand", "What is needed, where, when and for which end use.", needed=True)
class Demand(Row):
    """What is needed, where, when and for which end use."""

    item: str = text("Which item is needed.", key=True, required=True, refers_to="Items.item")
    site: str = text("Where it is needed.", key=True, required=True, refers_to="Sites.site")
    end_use: str = text(
        "What it is needed for, e.g. civil, us_export, defence. A licence may ban end uses.",
        key=True,
        default="general",
    )
    period: int = when(
        "When it is needed: 2025-10, or any date inside the period. Instead of the "
        "columns period and quantity the sheet may have one column per period, named "
        "after it.",
        key=True,
        required=True,
    )
    quantity: float = number("How much is needed in the period.", required=True, unit="unit")


@table("Stock", "What is on hand at the start.", add_when="there is stock at the start")
class StockRow(Row):
    """What is on hand at the start."""

    item: str = text("Which item.", key=True, required=True, refers_to="Items.item")
    site: str = text("At which site.", key=True, required=True, refers_to="Sites.site")
    licences: tuple[str, ...] = names(
        "Export licences under which it came; blank: none, it is free for every end use.",
        key=True,
        says="free",
        refers_to="Licences.licence",
    )
    quantity: float = number(
        "How much is on hand when the horizon starts.", required=True, unit="unit"
    )


@table(
    "OpenOrders", "What is already ordered and paid for.", add_when="orders are already under way"
)
class OpenOrder(Row):
    """What is already ordered and paid for."""

    supplier: str = text(
        "Who makes and exports it.", key=True, required=True, refers_to="Suppliers.supplier"
    )
    item: str = text("Which item.", key=True, required=True, refers_to="Items.item")
    site: str = text("To which site it goes.", key=True, required=True, refers_to="Sites.site")
    period: int = when("When it arrives.", key=True, required=True)
    quantity: float = number(
        "How much is on order and paid for; it comes in addition to the plan.",
        required=True,
        unit="unit",
    )
    secured: bool = yes_no("No: it still needs its licence, so risks reach it.", default=True)


@table("StockPolicy", "How much stock is wanted.", add_when="stock should cover so many days")
class StockTarget(Row):
    """How much stock is wanted."""

    item: str = text("Which item; * = every item.", key=True, default="*", refers_to="Items.item")
    site: str = text(
        "At which site; * = every site.", key=True, default="*", refers_to="Sites.site"
    )
    min_cover_days: float = number(
        "Target: the stock at the end of a period covers at least this much of the coming demand.",
        unit="days of demand",
        default=0.0,
    )
    max_cover_days: float = number(
        "Target: the stock at the end of a period covers at most this much of the coming demand.",
        unit="days of demand",
        default=math.inf,
    )
    penalty: float | None = number(
        "Cost of missing the target by one unit for one period.",
        unit="currency per unit and period",
        says="3 x holding_rate / periods a year x unit_value",
    )


@table(
    "Substitutions", "Which item may stand in for another.", add_when="one item can replace another"
)
class Substitution(Row):
    """Which item may stand in for another."""

    item: str = text("The item that is asked for.", key=True, required=True, refers_to="Items.item")
    substitute: str = text(
        "The item that may stand in for it.", key=True, required=True, refers_to="Items.item"
    )
    site: str = text(
        "At which site; * = every site. A row for a site replaces the row for *.",
        key=True,
        default="*",
        refers_to="Sites.site",
    )
    ratio: float = number(
        "How much of the substitute replaces one unit of the item.",
        unit="units of substitute per unit",
        above=True,
        default=1.0,
    )
    max_share: float = number(
        "At most this share of each demand is replaced.",
        unit="share of demand",
        high=1,
        default=1.0,
    )
    from_period: int = when(
        "First period in which the substitute may be used.", default=1, says="start"
    )
    fixed_cost: float = number(
        "Paid once if the substitute is used at all.", unit="currency", default=0.0
    )
    unit_cost: float = number(
        "Extra cost of using it, for each unit of the item that is replaced.",
        unit="currency per unit replaced",
        default=0.0,
    )
