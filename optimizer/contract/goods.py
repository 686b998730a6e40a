"""What is bought, where it is needed and what is in stock."""

from __future__ import annotations

import math

from optimizer.contract.fields import Row, names, number, table, text, when, yes_no


@table("Items", "What is bought.", needed=True)
class Item(Row):
    """What is bought."""

    item: str = text("Identifier used by every other table.", key=True, required=True)
    description: str | None = text("What people call it.")
    family: str | None = text("Group of items that a rule or a report can name.")
    weight: float = number(
        "So that rules may add up unlike items: every volume in a rule is quantity x weight.",
        unit="kg per unit",
        above=True,
        default=1.0,
    )
    shortage_cost: float | None = number(
        "Cost of one unit of demand left unmet.",
        unit="currency per unit",
        says="Settings.shortage_cost",
    )
    backlog_cost: float | None = number(
        "Demand may be met late at this cost; blank: what is not met in its period is lost.",
        unit="currency per unit and period",
        says="not allowed",
    )
    holding_rate: float | None = number(
        "Yearly cost of stock as a share of its value.",
        unit="share per year",
        high=5,
        says="Settings.holding_rate",
    )
    unit_value: float | None = number(
        "Value of one unit in stock (for holding cost).",
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

    site: str = text("Receiving plant or warehouse.", key=True, required=True)
    description: str | None = text("What people call it.")
    country: str | None = text("In which country.", refers_to="Countries.country")
    storage_capacity: float = number(
        "Stock of all items together at the end of a period.", unit="unit", default=math.inf
    )
    overflow_cost: float | None = number(
        "Stock above the storage capacity is kept elsewhere at this cost; blank: not allowed.",
        unit="currency per unit and period",
        says="not allowed",
    )


@table("Demand", "What is needed, where, when and for which end use.", needed=True)
class Demand(Row):
    """What is needed, where, when and for which end use."""

    item: str = text("Which item.", key=True, required=True, refers_to="Items.item")
    site: str = text("Which site; * = all.", key=True, required=True, refers_to="Sites.site")
    end_use: str = text("For example civil, us_export, defence.", key=True, default="general")
    period: int = when(
        "2025-10 or a date inside the period; a sheet with one column per period instead of period and quantity is read as well.",
        key=True,
        required=True,
    )
    quantity: float = number("What is needed in the period.", required=True, unit="unit")


@table("Stock", "What is on hand at the start.", add_when="there is stock at the start")
class StockRow(Row):
    """What is on hand at the start."""

    item: str = text("Which item.", key=True, required=True, refers_to="Items.item")
    site: str = text("Which site; * = all.", key=True, required=True, refers_to="Sites.site")
    licences: tuple[str, ...] = names(
        "Under which it came; blank = free for every end use.",
        key=True,
        says="free",
        refers_to="Licences.licence",
    )
    quantity: float = number("On hand at the start.", required=True, unit="unit")


@table(
    "OpenOrders", "What is already ordered and paid for.", add_when="orders are already under way"
)
class OpenOrder(Row):
    """What is already ordered and paid for."""

    supplier: str = text(
        "Who makes and exports it.", key=True, required=True, refers_to="Suppliers.supplier"
    )
    item: str = text("Which item.", key=True, required=True, refers_to="Items.item")
    site: str = text("Which site; * = all.", key=True, required=True, refers_to="Sites.site")
    period: int = when("Arrival.", key=True, required=True)
    quantity: float = number(
        "Already ordered and paid for; comes in addition to the plan.", required=True, unit="unit"
    )
    secured: bool = yes_no("No: still needs its licence, so outcomes reach it.", default=True)


@table("StockPolicy", "How much stock is wanted.", add_when="stock should cover so many days")
class StockTarget(Row):
    """How much stock is wanted."""

    item: str = text("Which item.", key=True, default="*", refers_to="Items.item")
    site: str = text("Which site; * = all.", key=True, default="*", refers_to="Sites.site")
    min_cover_days: float = number(
        "Target: stock at the end of a period covers at least this much of the coming demand.",
        unit="days of demand",
        default=0.0,
    )
    max_cover_days: float = number(
        "Target: at most this much.", unit="days of demand", default=math.inf
    )
    penalty: float | None = number(
        "Of missing the target.",
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
    site: str = text("Which site; * = all.", key=True, default="*", refers_to="Sites.site")
    ratio: float = number(
        "How much of the substitute replaces one unit.",
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
    from_period: int = when("First period in which it holds.", default=1, says="start")
    fixed_cost: float = number("Paid once if used.", unit="currency", default=0.0)
    unit_cost: float = number(
        "Extra cost of using it.", unit="currency per unit replaced", default=0.0
    )
