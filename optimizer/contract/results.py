"""The result tables, declared like the input tables.

``outcome`` is the name of the joint future a row belongs to.  Quantities are in the workbook's
unit, money in its base currency.  Periods are numbers here and months (weeks, ...) on the sheet.
``Orders.cost`` + ``Charges.amount`` of one outcome add up to the cost of that outcome; weighted
with the probabilities of ``Outcomes`` they add up to the expected cost.
"""

from __future__ import annotations

from optimizer.contract.fields import Row, Table, number, table, table_of, text, when, yes_no
from optimizer.contract.risk_results import (
    DistributionRow,
    ExposureRow,
    LicenceUse,
    OutcomeResult,
    StressRow,
    SweepRow,
    TreeRow,
)

ANY = -float("inf")


@table("Awards", "What to contract with whom, in all periods together.")
class Award(Row):
    """One offer with an award."""

    supplier: str = text("Supplier.", key=True, required=True)
    supplier_name: str = text("Its name.", required=True)
    country: str = text("Where it makes the goods.", required=True)
    item: str = text("Item.", key=True, required=True)
    description: str = text("What people call the item.", required=True)
    licences: str = text("Export licences that its goods need.", required=True)
    award: float = number("What is contracted.", required=True, unit="unit")
    volume: float = number("What is expected to be delivered.", required=True, unit="unit")
    share_of_item: float = number("Of the item's expected volume.", required=True, unit="share")
    share_of_weight: float = number("Of all weight.", required=True, unit="share")
    today: float = number("Today's award over the horizon.", required=True, unit="unit")
    spend: float = number("List and tier prices, without freight and duty.",
                          required=True, unit="currency")  # fmt: skip
    landed_cost: float = number("With freight and duty, less price breaks.", required=True,
                                unit="currency")  # fmt: skip
    landed_unit_cost: float = number("Landed cost of one unit.", required=True,
                                     unit="currency per unit")  # fmt: skip
    orders: float = number("How many orders (periods with an order).", required=True)
    first_period: int = when("Period of the first order.", required=True)


@table("Moves", "How the plan differs from today's awards.")
class Move(Row):
    """One offer whose quantity changes."""

    supplier: str = text("Supplier.", key=True, required=True)
    supplier_name: str = text("Its name.", required=True)
    country: str = text("Where it makes the goods.", required=True)
    item: str = text("Item.", key=True, required=True)
    today: float = number("Today's award over the horizon.", required=True, unit="unit")
    plan: float = number("Award of the plan.", required=True, unit="unit")
    change: float = number("Plan less today.", required=True, unit="unit", low=ANY)
    move: str = text("What happens.", required=True,
                     allowed=("new", "more", "same", "less", "stopped"))  # fmt: skip


@table("Mix", "Who gets which share, by every dimension.")
class MixRow(Row):
    """One member of one dimension (supplier, group, country, region, licence or a stage).

    Weights are of all goods that count on the dimension; on a stage, the mass of its elements.
    """

    dimension: str = text("What is grouped by.", key=True, required=True)
    member: str = text("Member.", key=True, required=True)
    weight: float = number("Expected volume x weight.", required=True, unit="weight")
    share: float = number("Of the dimension's total.", required=True, unit="share")
    weight_with_open: float = number("With open orders and opening stock.", required=True,
                                     unit="weight")  # fmt: skip
    share_with_open: float = number("Of that total.", required=True, unit="share")
    spend: float = number("At list and tier prices.", required=True, unit="currency")
    spend_share: float = number("Of the spend on the dimension.", required=True, unit="share")


@table("Rule check", "Every active rule, its limit and what the plan makes of it.")
class RuleResult(Row):
    """One limit of one rule: a member (or list), of one item where the rule holds per item."""

    rule: str = text("Rule.", key=True, required=True)
    sentence: str = text("The rule in words.", required=True)
    item: str = text("Item, where the rule holds per item.", key=True, required=True)
    member: str = text("Whom it limits.", key=True, required=True)
    metric: str = text("What is measured.", required=True)
    sense: str = text("max or min.", required=True)
    limit: float = number("The limit.", required=True, unit="of its metric")
    actual: float = number("What the plan reaches.", required=True, unit="of its metric")
    slack: float = number("How far from the limit; below 0: broken.", required=True, low=ANY,
                          unit="of its metric")  # fmt: skip
    binding: bool = yes_no("Whether the plan stands at the limit.", default=False)
    relaxed: float = number("By how much a soft rule is broken, in units of its slack.",
                            default=0.0, unit="of its metric")  # fmt: skip
    penalty_cost: float = number("What that costs.", default=0.0, unit="currency")


@table("Orders", "What to order when.")
class OrderRow(Row):
    """One order by one lane.  cost = delivered x landed_unit_cost x discount_factor."""

    outcome: str = text("Outcome.", key=True, required=True)
    supplier: str = text("Supplier.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    site: str = text("Receiving site.", key=True, required=True)
    mode: str = text("How it travels.", key=True, required=True)
    period: int = when("Order.", key=True, required=True)
    arrival: int | None = when("Arrival; blank: after the horizon.")
    quantity: float = number("Ordered.", required=True, unit="unit")
    delivered: float = number("What arrives by the end of the horizon.", required=True, unit="unit")
    landed_unit_cost: float = number("Price, freight and duty of one unit.", required=True,
                                     unit="currency per unit")  # fmt: skip
    discount_factor: float = number("Of the period of arrival.", required=True)
    cost: float = number("Landed cost, discounted.", required=True, unit="currency")


@table("Charges", "Every cost and saving of the plan that is not part of a landed cost.")
class Charge(Row):
    """One line: amount = quantity x rate x discount_factor (negative: a saving)."""

    outcome: str = text("Outcome.", key=True, required=True)
    component: str = text("Kind of cost.", key=True, required=True)
    subject: str = text("Supplier, rule, project or lane it is for.", key=True, required=True)
    item: str = text("Item, if any.", key=True, required=True)
    site: str = text("Site, if any.", key=True, required=True)
    period: int | None = when("Period, if any.", key=True)
    quantity: float = number("How much of it.", required=True)
    rate: float = number("Cost of one.", required=True, unit="currency", low=ANY)
    discount_factor: float = number("Of its period.", required=True)
    amount: float = number("quantity x rate x discount factor.", required=True,
                           unit="currency", low=ANY)  # fmt: skip


@table("Issues", "Which goods were used for which end use.")
class Issue(Row):
    """Goods of one licence class used for one demand.  serves = quantity / substitution ratio."""

    outcome: str = text("Outcome.", key=True, required=True)
    item: str = text("Item that was asked for.", key=True, required=True)
    site: str = text("Site.", key=True, required=True)
    end_use: str = text("End use.", key=True, required=True)
    period: int = when("Period.", key=True, required=True)
    used_item: str = text("Item that was used.", key=True, required=True)
    licences: str = text("Licences under which it came; free: none.", key=True, required=True)
    quantity: float = number("Of the item that was used.", required=True, unit="unit")
    serves: float = number("Demand that it meets.", required=True, unit="unit")


@table("Service", "How every demand is met.")
class ServiceRow(Row):
    """issued + substituted + shortage + late = demand + late of the period before."""

    outcome: str = text("Outcome.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    site: str = text("Site.", key=True, required=True)
    end_use: str = text("End use.", key=True, required=True)
    period: int = when("Period.", key=True, required=True)
    demand: float = number("What is needed.", required=True, unit="unit")
    issued: float = number("Met with the item itself.", required=True, unit="unit")
    substituted: float = number("Met with substitutes.", required=True, unit="unit")
    late: float = number("Still owed at the end of the period.", required=True, unit="unit")
    shortage: float = number("Lost.", required=True, unit="unit")


@table("Stock plan", "Stock at every site, period by period.")
class StockPlanRow(Row):
    """closing = opening + open_orders + deliveries - used."""

    outcome: str = text("Outcome.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    site: str = text("Site.", key=True, required=True)
    licences: str = text("Licences under which the goods came; free: none.", key=True,
                         required=True)  # fmt: skip
    period: int = when("Period.", key=True, required=True)
    opening: float = number("At the start of the period.", required=True, unit="unit")
    open_orders: float = number("Arriving from earlier orders.", required=True, unit="unit")
    deliveries: float = number("Arriving from the plan's orders.", required=True, unit="unit")
    used: float = number("Issued, also as a substitute.", required=True, unit="unit")
    closing: float = number("At the end of the period.", required=True, unit="unit")


@table("Cover", "Stock against its targets.")
class CoverRow(Row):
    """Stock of all classes at the end of a period, where a target holds."""

    outcome: str = text("Outcome.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    site: str = text("Site.", key=True, required=True)
    period: int = when("Period.", key=True, required=True)
    stock: float = number("At the end of the period.", required=True, unit="unit")
    least: float = number("Least wanted.", required=True, unit="unit")
    most: float = number("Most wanted.", required=True, unit="unit")
    under: float = number("Missing.", required=True, unit="unit")
    over: float = number("Too much.", required=True, unit="unit")


@table("Tiers", "Which price break is reached, and what it saves.")
class TierRow(Row):
    """Volume of one tier on one lane.  saving = quantity x discount (positive)."""

    outcome: str = text("Outcome.", key=True, required=True)
    supplier: str = text("Supplier.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    site: str = text("Site.", key=True, required=True)
    mode: str = text("Mode.", key=True, required=True)
    from_quantity: float = number("Where the tier begins, over the horizon.", key=True,
                                  required=True, unit="unit")  # fmt: skip
    quantity: float = number("Delivered at this tier.", required=True, unit="unit")
    discount: float = number("Off the first price of one unit, with the duty on it.",
                             required=True, unit="currency per unit", low=ANY)  # fmt: skip


@table("Projects built", "Capacity that the plan builds.")
class ProjectResult(Row):
    """One project with modules built."""

    project: str = text("Project.", key=True, required=True)
    supplier: str = text("Supplier whose capacity grows.", required=True)
    modules: float = number("Modules built.", required=True)
    capacity: float = number("Capacity added per period.", required=True, unit="unit")
    first_period: int | None = when("First period that can use it; blank: after the horizon.")
    charged: float = number("Capex charged to the horizon, net of subsidy.", required=True,
                            unit="currency")  # fmt: skip


@table("Incentives", "Deliveries that earn an incentive.")
class IncentiveRow(Row):
    """Quantity of one item that one project's incentive is paid for."""

    outcome: str = text("Outcome.", key=True, required=True)
    project: str = text("Project.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    quantity: float = number("Paid for.", required=True, unit="unit")


@table("Costs", "How the landed cost of each order is built up, per unit.")
class CostBuildUp(Row):
    """landed = price_base + freight + duty; price_base = price x rate x factor + price_add.

    duty = duty_rate x dutiable.  Freight and duty are 0 where the price includes them.
    """

    outcome: str = text("Outcome.", key=True, required=True)
    supplier: str = text("Supplier.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    site: str = text("Site.", key=True, required=True)
    mode: str = text("Mode.", key=True, required=True)
    period: int = when("Period of the order.", key=True, required=True)
    price: float = number("List price.", required=True, unit="offer currency per unit")
    currency: str = text("Of the price.", required=True)
    rate: float = number("Base currency per 1.", required=True)
    factor: float = number("Calendar and outcome price factors.", required=True)
    price_add: float = number("Added by outcomes.", required=True, unit="currency per unit",
                              low=ANY)  # fmt: skip
    price_base: float = number("In base currency.", required=True, unit="currency per unit")
    freight: float = number("Freight.", required=True, unit="currency per unit")
    dutiable: float = number("Customs value.", required=True, unit="currency per unit")
    duty_rate: float = number("Duty rate.", required=True, unit="share")
    duty: float = number("Duty.", required=True, unit="currency per unit")
    landed: float = number("Landed unit cost.", required=True, unit="currency per unit")
    quantity: float = number("Delivered.", required=True, unit="unit")


@table("Assumptions", "What was taken for granted: settings, defaults, warnings, versions.")
class Assumption(Row):
    """One assumption.  ``money`` is the landed cost of the plan that it touches."""

    kind: str = text(
        "Note, warning, setting, default, input, model or version.", key=True, required=True
    )
    subject: str = text("What it is about.", key=True, required=True)
    value: str = text("What was taken.", required=True)
    where: str = text("Cells or rows.", required=True)
    money: float | None = number("Landed cost of the plan that it touches.", unit="currency")


RESULTS: tuple[Table, ...] = tuple(
    table_of(row_class)
    for row_class in (
        Award,
        Move,
        MixRow,
        RuleResult,
        OutcomeResult,
        TreeRow,
        ExposureRow,
        LicenceUse,
        StressRow,
        SweepRow,
        DistributionRow,
        OrderRow,
        Issue,
        ServiceRow,
        StockPlanRow,
        CoverRow,
        CostBuildUp,
        Charge,
        TierRow,
        ProjectResult,
        IncentiveRow,
        Assumption,
    )
)
