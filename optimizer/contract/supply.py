"""Who sells it, at what price, and how it travels."""

from __future__ import annotations

import math

from optimizer.contract.fields import Row, integer, names, number, table, text, when, yes_no


@table("Countries", "The countries that other tables name.", needed=True)
class Country(Row):
    """The countries that other tables name."""

    country: str = text(
        "Code or name; other tables name the country by it.",
        key=True,
        required=True,
    )
    name: str | None = text("What people call it; shown in results.")
    region: str | None = text(
        "Group of countries that a rule can name, e.g. ASEAN; blank: the country is its own region."
    )
    risk_score: float | None = number(
        "How risky it is to buy there, 0 safe to 10, for rules with the metric risk; "
        "blank is unknown and scores 10 there.",
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

    currency: str = text("Code of a currency that offers are quoted in.", key=True, required=True)
    rate: float = number(
        "What one unit of it is worth.", required=True, unit="base currency per 1", above=True
    )


@table("Suppliers", "Who makes and exports the goods.", needed=True)
class Supplier(Row):
    """Who makes and exports the goods."""

    supplier: str = text(
        "Code of the supplier, used by every other table.", key=True, required=True
    )
    name: str | None = text("What people call it; shown in results.")
    country: str = text(
        "Where it makes the goods and exports them from.",
        required=True,
        refers_to="Countries.country",
    )
    group: str | None = text("Owner that a rule can name; blank: the supplier is its own group.")
    available_from: int = when("First period in which it takes orders.", default=1, says="start")
    onboarding_cost: float = number(
        "Paid once if the supplier gets any award.", unit="currency", default=0.0
    )
    fixed_cost: float = number(
        "Paid for the horizon, pro rata, if the supplier gets any award.",
        unit="currency per year",
        default=0.0,
    )
    capacity: float = number(
        "Most that can be ordered from it in a period, all items together.",
        unit="unit per period",
        default=math.inf,
    )


@table("Offers", "The quotes: a supplier, an item, a price and its conditions.", needed=True)
class Offer(Row):
    """The quotes: a supplier, an item, a price and its conditions."""

    supplier: str = text("Who offers it.", key=True, required=True, refers_to="Suppliers.supplier")
    item: str = text("Which item is offered.", key=True, required=True, refers_to="Items.item")
    price: float = number("List price.", required=True, unit="offer currency per unit")
    currency: str | None = text(
        "Currency of the price and of its price breaks.",
        says="Settings.currency",
        refers_to="Currencies.currency",
    )
    price_includes: str = text(
        "What the price already covers (Incoterm): nothing, freight, or freight and duty.",
        default="nothing",
        allowed=("nothing", "freight", "freight_and_duty"),
    )
    capacity: float = number(
        "Most that can be ordered of this offer in a period.",
        unit="unit per period",
        default=math.inf,
    )
    min_award: float = number(
        "Expected deliveries are nothing, or at least this (pro rata for the horizon).",
        unit="unit per year",
        default=0.0,
    )
    max_award: float = number(
        "Most that can be awarded (pro rata for the horizon).",
        unit="unit per year",
        default=math.inf,
    )
    call_off_min: float | None = number(
        "Whatever happens, at least this share of the award is ordered.",
        unit="share of award",
        high=1,
        says="Settings.call_off_min",
    )
    call_off_max: float | None = number(
        "Whatever happens, at most this share of the award is ordered.",
        unit="share of award",
        low=1,
        says="Settings.call_off_max",
    )
    min_order: float = number(
        "An order (this offer in one period, all sites and modes together) is nothing, or "
        "at least this.",
        unit="unit",
        default=0.0,
    )
    order_cost: float = number(
        "Paid for every order: paperwork, inspection.", unit="currency per order", default=0.0
    )
    lead_days: float = number("From the order to the export.", unit="days", default=0.0)
    qualified: bool = yes_no("No: it can be ordered only after qualification.", default=True)
    qualification_cost: float = number(
        "Paid once if an offer that is not qualified gets an award.", unit="currency", default=0.0
    )
    qualification_days: float = number(
        "How long qualification takes, from the start of the horizon.", unit="days", default=0.0
    )
    licences: tuple[str, ...] | None = names(
        "Export licences that this offer needs, where the buyer knows, or none; blank: "
        "derived from Composition and Upstream.",
        default=None,
        says="derived",
        refers_to="Licences.licence",
    )
    baseline: float = number(
        "What is bought of it today (for moves, evaluate and switching).",
        unit="unit per year",
        default=0.0,
    )
    switching_cost: float = number(
        "Paid once if an offer with a zero baseline gets an award.", unit="currency", default=0.0
    )
    active: bool = yes_no("No: the offer is left out.", default=True)


@table(
    "PriceBreaks",
    "Prices that depend on how much is bought.",
    add_when="prices fall with the quantity",
)
class PriceBreak(Row):
    """Prices that depend on how much is bought."""

    supplier: str = text("Whose offer.", key=True, required=True, refers_to="Suppliers.supplier")
    item: str = text("Of which item.", key=True, required=True, refers_to="Items.item")
    from_quantity: float = number(
        "Expected deliveries (pro rata for the horizon) from which this price holds.",
        key=True,
        required=True,
        unit="unit per year",
    )
    price: float = number(
        "The price from that quantity on.", required=True, unit="offer currency per unit"
    )
    type: str = text(
        "all_units: the price holds for the whole quantity; incremental: only for what is "
        "above from_quantity. One type per offer.",
        default="all_units",
        allowed=("all_units", "incremental"),
    )


@table(
    "Calendar",
    "Prices and capacities that change over time.",
    add_when="a price or a capacity changes during the horizon",
)
class CalendarRow(Row):
    """Prices and capacities that change over time."""

    supplier: str = text(
        "Whose prices or capacities change; * = every supplier.",
        key=True,
        default="*",
        refers_to="Suppliers.supplier",
    )
    item: str = text(
        "Of which item; * = every item.", key=True, default="*", refers_to="Items.item"
    )
    period: int = when("In which period.", key=True, required=True)
    price_factor: float = number(
        "Multiplies the price of what is ordered in this period.", default=1.0
    )
    capacity_factor: float = number(
        "Multiplies the capacity of this period (ramp-up, shutdown): of the supplier and "
        "all its offers where item is *, else of the offer.",
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
        "From which supplier; * = every supplier of the country.",
        key=True,
        default="*",
        refers_to="Suppliers.supplier",
    )
    country: str = text(
        "Exporting country; not needed where supplier is given.",
        key=True,
        default="*",
        refers_to="Countries.country",
    )
    site: str = text(
        "To which site; * = every site.", key=True, default="*", refers_to="Sites.site"
    )
    item: str = text(
        "Only this item (duty by tariff heading); * = every item.",
        key=True,
        default="*",
        refers_to="Items.item",
    )
    mode: str = text(
        "How it travels, e.g. sea, air: the plan chooses.", key=True, default="standard"
    )
    freight: float = number(
        "Freight, insurance and handling.", unit="currency per unit", default=0.0
    )
    duty_rate: float = number(
        "Customs duty on the price, or on price and freight (setting duty_on).",
        unit="share",
        high=2,
        default=0.0,
    )
    transit_days: float = number("From the export to the arrival.", unit="days", default=0.0)
    capacity: float = number(
        "Most that can go by this row in a period, everything together.",
        unit="unit per period",
        default=math.inf,
    )
    fixed_cost: float = number(
        "Paid once for a supplier and site if the lane is used: approval of this source "
        "at this site.",
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
        "Whose goods.",
        key=True,
        required=True,
        refers_to="Suppliers.supplier",
    )
    stage: str = text(
        "Which step before the seller, e.g. mining, refining, metal.", key=True, required=True
    )
    element: str = text("Of which material; * = every material.", key=True, default="*")
    country: str = text(
        "Where the step is done.", key=True, required=True, refers_to="Countries.country"
    )
    share: float = number(
        "How much of it is done there. What is missing to 1 is unknown, and counts "
        "against every maximum rule on that stage.",
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
        "Name of capacity that can be built, e.g. a domestic plant under an incentive scheme.",
        key=True,
        required=True,
    )
    supplier: str = text(
        "The supplier whose capacity it adds to.", required=True, refers_to="Suppliers.supplier"
    )
    capacity: float = number(
        "What one module adds.", required=True, unit="unit per period and module", above=True
    )
    capex: float = number(
        "Cost of one module, charged to the horizon as capex x horizon / life.",
        required=True,
        unit="currency per module",
    )
    life_years: float = number(
        "Years over which the cost is spread.", unit="years", above=True, default=10.0
    )
    max_modules: int = integer("Most modules that can be built.", low=1, default=1)
    build_days: float = number(
        "From the start of the horizon to the first output.", unit="days", default=0.0
    )
    capital_subsidy: float = number(
        "Share of the capex that the scheme pays.", unit="share of capex", high=1, default=0.0
    )
    incentive: float = number(
        "What of the scheme's payment for each unit sold reaches the buyer.",
        unit="currency per unit sold",
        default=0.0,
    )
    incentive_cap: float = number(
        "Most that the incentive pays over the horizon.", unit="currency", default=math.inf
    )
