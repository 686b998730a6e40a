"""Who sells it, at what price, and how it travels."""

from __future__ import annotations

import math

from optimizer.contract.fields import Row, integer, names, number, table, text, when, yes_no


@table("Countries", "The countries that other tables name.", needed=True)
class Country(Row):
    """The countries that other tables name."""

    country: str = text(
        "Code or name; a country named elsewhere and missing here is an error with the nearest name.",
        key=True,
        required=True,
    )
    name: str | None = text("")
    region: str | None = text("Group of countries that a rule can name, e.g. ASEAN.")
    risk_score: float | None = number(
        "Reported and usable by rules (metric risk); blank is unknown and scores 10 there.",
        high=10,
        says="none",
    )


@table(
    "Currencies",
    "What one unit of a foreign currency is worth.",
    add_when="quotes are in several currencies",
)
class Currency(Row):
    """What one unit of a foreign currency is worth."""

    currency: str = text("", key=True, required=True)
    rate: float = number("", required=True, unit="base currency per 1", above=True)


@table("Suppliers", "Who makes and exports the goods.", needed=True)
class Supplier(Row):
    """Who makes and exports the goods."""

    supplier: str = text("", key=True, required=True)
    name: str | None = text("")
    country: str = text(
        "Where the goods are made and exported from.", required=True, refers_to="Countries.country"
    )
    group: str | None = text("Owner or corporate group that a rule can name.")
    available_from: int = when(
        "First period in which an order can be placed.", default=1, says="start"
    )
    onboarding_cost: float = number(
        "Paid once if the supplier gets any award.", unit="currency", default=0.0
    )
    fixed_cost: float = number(
        "Paid for the horizon (pro rata) if the supplier gets any award.",
        unit="currency per year",
        default=0.0,
    )
    capacity: float = number("Over all its items.", unit="unit per period", default=math.inf)


@table("Offers", "The quotes: a supplier, an item, a price and its conditions.", needed=True)
class Offer(Row):
    """The quotes: a supplier, an item, a price and its conditions."""

    supplier: str = text("", key=True, required=True, refers_to="Suppliers.supplier")
    item: str = text("", key=True, required=True, refers_to="Items.item")
    price: float = number("List price.", required=True, unit="offer currency per unit")
    currency: str | None = text("", says="Settings.currency", refers_to="Currencies.currency")
    price_includes: str = text(
        "What the quoted price already covers (Incoterm).",
        default="nothing",
        allowed=("nothing", "freight", "freight_and_duty"),
    )
    capacity: float = number("", unit="unit per period", default=math.inf)
    min_award: float = number(
        "Expected deliveries are nothing, or at least this (pro rata for the horizon).",
        unit="unit per year",
        default=0.0,
    )
    max_award: float = number("", unit="unit per year", default=math.inf)
    call_off_min: float | None = number(
        "Orders of any outcome are at least this share of the award.",
        unit="share of award",
        high=1,
        says="Settings.call_off_min",
    )
    call_off_max: float | None = number(
        "And at most this.", unit="share of award", low=1, says="Settings.call_off_max"
    )
    min_order: float = number(
        "An order (this offer in one period, all sites and modes together) is nothing, or at least this.",
        unit="unit",
        default=0.0,
    )
    order_cost: float = number(
        "Paid for every order: paperwork, inspection.", unit="currency per order", default=0.0
    )
    lead_days: float = number("From order to export.", unit="days", default=0.0)
    qualified: bool = yes_no("No: can be ordered only after qualification.", default=True)
    qualification_cost: float = number(
        "Paid once if an unqualified offer gets an award.", unit="currency", default=0.0
    )
    qualification_days: float = number("", unit="days", default=0.0)
    licences: tuple[str, ...] | None = names(
        "The licences this offer needs, where the buyer knows, or none; blank: derived from Composition and Upstream.",
        default=None,
        says="derived",
        refers_to="Licences.licence",
    )
    baseline: float = number(
        "Today's award (for moves, evaluate and switching).", unit="unit per year", default=0.0
    )
    switching_cost: float = number(
        "Paid once if an offer with a zero baseline gets an award.", unit="currency", default=0.0
    )
    active: bool = yes_no("", default=True)


@table(
    "PriceBreaks",
    "Prices that depend on how much is bought.",
    add_when="prices fall with the quantity",
)
class PriceBreak(Row):
    """Prices that depend on how much is bought."""

    supplier: str = text("", key=True, required=True, refers_to="Suppliers.supplier")
    item: str = text("", key=True, required=True, refers_to="Items.item")
    from_quantity: float = number(
        "Expected deliveries (pro rata for the horizon) from which this price holds.",
        key=True,
        required=True,
        unit="unit per year",
    )
    price: float = number("", required=True, unit="offer currency per unit")
    type: str = text(
        "One type per offer.", default="all_units", allowed=("all_units", "incremental")
    )


@table(
    "Calendar",
    "Prices and capacities that change over time.",
    add_when="a price or a capacity changes during the horizon",
)
class CalendarRow(Row):
    """Prices and capacities that change over time."""

    supplier: str = text(
        "What changes over time; * = all.", key=True, default="*", refers_to="Suppliers.supplier"
    )
    item: str = text("", key=True, default="*", refers_to="Items.item")
    period: int = when("", key=True, required=True)
    price_factor: float = number(
        "Multiplies the price of what is ordered in this period.", default=1.0
    )
    capacity_factor: float = number(
        "Multiplies the capacity of this period (ramp-up, shutdown): of the supplier and all its offers where item is *, else of the offer.",
        default=1.0,
    )


@table(
    "Lanes",
    "How goods travel, at what freight and duty, and how long it takes.",
    add_when="freight, duty, transit times or modes matter",
)
class Lane(Row):
    """How goods travel, at what freight and duty, and how long it takes."""

    supplier: str = text(
        "* = every supplier of the country.", key=True, default="*", refers_to="Suppliers.supplier"
    )
    country: str = text(
        "Exporting country; not needed where supplier is given.",
        key=True,
        default="*",
        refers_to="Countries.country",
    )
    site: str = text("", key=True, default="*", refers_to="Sites.site")
    item: str = text(
        "Only this item (duty by tariff heading).", key=True, default="*", refers_to="Items.item"
    )
    mode: str = text("E.g. sea, air: the plan chooses.", key=True, default="standard")
    freight: float = number("", unit="currency per unit", default=0.0)
    duty_rate: float = number(
        "On the price or on price and freight (Settings.duty_on).",
        unit="share",
        high=2,
        default=0.0,
    )
    transit_days: float = number("From export to arrival.", unit="days", default=0.0)
    capacity: float = number(
        "Of everything that goes by this row.", unit="unit per period", default=math.inf
    )
    fixed_cost: float = number(
        "Paid once if the lane is used: approval of this source at this site.",
        unit="currency",
        default=0.0,
    )


@table(
    "Upstream",
    "Where the steps before the seller are done.",
    add_when="it matters where the material was mined or refined",
)
class Origin(Row):
    """Where the steps before the seller are done."""

    supplier: str = text(
        "Where the steps before the seller are done.",
        key=True,
        required=True,
        refers_to="Suppliers.supplier",
    )
    stage: str = text("E.g. mining, refining, metal.", key=True, required=True)
    element: str = text("Which material; * = all.", key=True, default="*")
    country: str = text("", key=True, required=True, refers_to="Countries.country")
    share: float = number(
        "What is missing to 1 is 'unknown' and counts against every maximum rule on that stage.",
        required=True,
        high=1,
    )


@table(
    "Projects",
    "Capacity that can be built, with its incentives.",
    add_when="capacity could be built",
)
class Project(Row):
    """Capacity that can be built, with its incentives."""

    project: str = text(
        "Capacity that can be built, e.g. a domestic plant under an incentive scheme.",
        key=True,
        required=True,
    )
    supplier: str = text(
        "The supplier whose capacity it adds.", required=True, refers_to="Suppliers.supplier"
    )
    capacity: float = number("", required=True, unit="unit per period and module", above=True)
    capex: float = number(
        "Charged to the horizon as capex x horizon / life.",
        required=True,
        unit="currency per module",
    )
    life_years: float = number("", unit="years", above=True, default=10.0)
    max_modules: int = integer("", low=1, default=1)
    build_days: float = number("", unit="days", default=0.0)
    capital_subsidy: float = number("", unit="share of capex", high=1, default=0.0)
    incentive: float = number(
        "What of the scheme reaches the buyer.", unit="currency per unit sold", default=0.0
    )
    incentive_cap: float = number("", unit="currency", default=math.inf)
