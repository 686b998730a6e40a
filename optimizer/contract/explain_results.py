"""The result tables of `explain`: prices of rules, offers and projects; conflicts and their cells.

Prices are intervals: what was found, and the least and the most that it can be by what both solves
have proven.
"""

from __future__ import annotations

from optimizer.contract.fields import Row, number, table, text, when, yes_no

ANY = -float("inf")


@table("Rule costs", "What each rule costs: the plan without it, beside the plan with it.")
class RuleCost(Row):
    """One active rule.  cost = cost of the plan with it - cost of the plan without it."""

    rule: str = text("Rule.", key=True, required=True)
    sentence: str = text("The rule in words.", required=True)
    cost: float | None = number(
        "What the rule costs, as found.", unit="currency", low=ANY, default=None
    )
    least: float | None = number("It costs at least this.", unit="currency", default=None)
    most: float | None = number("It costs at most this.", unit="currency", default=None)
    share_of_cost: float | None = number(
        "Of the cost of the plan.", unit="share", low=ANY, default=None
    )
    binding: bool = yes_no("Whether the plan stands at its limit.", default=False)
    shortage_without: float | None = number(
        "Expected shortage without the rule.", unit="unit", default=None
    )
    status: str = text("How far the plan without it is proven.", required=True)
    note: str = text("What is worth saying.", default="")


@table("Prices to win", "The price at which each offer without an award would win one.")
class OfferPrice(Row):
    """One offer without an award.

    At a price below ``least`` an award of exactly that size, or none, is won; above ``most`` it is
    not.  Prices are in the offer's own currency, flat, without price breaks.
    """

    supplier: str = text("Supplier.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    size: float = number("The award that is asked for.", required=True, unit="unit")
    currency: str = text("Currency of the offer.", required=True)
    price: float = number("Its price now.", required=True, unit="offer currency per unit")
    wins_at: float | None = number(
        "The price at which it would win, as found; below 0: not even for nothing.",
        unit="offer currency per unit",
        low=ANY,
        default=None,
    )
    least: float | None = number(
        "It wins at any price below.", unit="offer currency per unit", low=ANY, default=None
    )
    most: float | None = number(
        "It does not win at any price above, where rules on spend look at its price as it is now.",
        unit="offer currency per unit",
        low=ANY,
        default=None,
    )
    change: float | None = number(
        "From its price to the price at which it wins.", unit="share", low=ANY, default=None
    )
    status: str = text("Whether it is proven.", required=True)
    note: str = text("What stands in the way.", default="")


@table("Suppliers to win", "By how much each supplier without an award would have to cut prices.")
class SupplierPrice(Row):
    """One supplier without an award: one factor on all its prices at which it would win."""

    supplier: str = text("Supplier.", key=True, required=True)
    name: str = text("Its name.", required=True)
    country: str = text("Where it makes the goods.", required=True)
    size: float = number("The awards that are asked for, all items together.", required=True,
                         unit="weight")  # fmt: skip
    wins_at: float | None = number(
        "Its prices, as a share of those now, at which it would win.",
        unit="share",
        low=ANY,
        default=None,
    )
    least: float | None = number("It wins at any share below.", unit="share", low=ANY, default=None)
    most: float | None = number(
        "It does not win at any share above, where rules on spend look at prices as they are now.",
        unit="share",
        low=ANY,
        default=None,
    )
    status: str = text("Whether it is proven.", required=True)
    note: str = text("What stands in the way.", default="")


@table("Projects to pay", "The incentive, and the capital cost, at which each project breaks even.")
class ProjectPrice(Row):
    """One project: built with so many modules, or not at all, everything else decided anew."""

    project: str = text("Project.", key=True, required=True)
    supplier: str = text("Where it is built.", required=True)
    modules: float = number("Modules that are built.", required=True)
    built: bool = yes_no("Whether the plan builds it.", default=False)
    worth: float | None = number(
        "What the plan costs less with it, before its own cost.",
        unit="currency",
        low=ANY,
        default=None,
    )
    cost: float = number("What it costs over the horizon, net of subsidy.", required=True,
                         unit="currency")  # fmt: skip
    capex: float = number("Its capital cost for one module now.", required=True, unit="currency")
    capex_at: float | None = number(
        "The capital cost at which it breaks even, as found.",
        unit="currency",
        low=ANY,
        default=None,
    )
    capex_least: float | None = number(
        "It pays at any below.", unit="currency", low=ANY, default=None
    )
    capex_most: float | None = number(
        "It does not pay at any above.", unit="currency", low=ANY, default=None
    )
    incentive: float = number("Its incentive now.", required=True, unit="currency per unit")
    incentive_at: float | None = number(
        "The incentive at which it breaks even, as found.",
        unit="currency per unit",
        low=ANY,
        default=None,
    )
    incentive_least: float | None = number(
        "It does not pay at any below.", unit="currency per unit", low=ANY, default=None
    )
    incentive_most: float | None = number(
        "It pays at any above.", unit="currency per unit", low=ANY, default=None
    )
    status: str = text("Whether it is proven.", required=True)
    note: str = text("What is worth saying.", default="")


@table("Next unit", "What one more unit of demand would cost, with every yes or no as planned.")
class NextUnit(Row):
    """One item at one site in one period: the dual of its demand in the linear program that is
    left when all whole numbers stay as they are.  In every outcome one more; discounted.  Blank:
    one more cannot be met.
    """

    item: str = text("Item.", key=True, required=True)
    site: str = text("Site.", key=True, required=True)
    end_use: str = text("End use.", key=True, required=True)
    period: int = when("Period.", key=True, required=True)
    demand: float = number("Expected demand.", required=True, unit="unit")
    cost: float | None = number("Of one more unit.", unit="currency per unit", low=ANY)
    short: bool = yes_no("Whether demand is lost there in some outcome.", default=False)
    more: bool = yes_no(
        "Whether it was solved again with more demand; if not, one less may save as much.",
        default=False,
    )


@table("Conflicts", "Cells that cannot all hold, and the smallest change of each that mends it.")
class ConflictRow(Row):
    """One cell of one conflict.  Any one of the changes of a conflict makes it go away; one from
    each conflict, together, make the workbook feasible.
    """

    question: str = text("no plan: why there is none; shortage: why something is short.", key=True,
                         required=True, allowed=("no plan", "shortage"))  # fmt: skip
    conflict: float = number("Number of the conflict.", key=True, required=True)
    cell: str = text("Sheet and cell.", key=True, required=True)
    subject: str = text("What it says.", key=True, required=True)
    value: str = text("As it is.", required=True)
    change_to: str = text("The smallest change that mends this conflict.", required=True)
    change: float | None = number("The difference, in the unit of the cell.", low=ANY)
    unit: str = text("That unit.", required=True)
    suggested: bool = yes_no("Whether this change, with those suggested for the other conflicts, "
                             "gives a plan.", default=False)  # fmt: skip
    verified: bool = yes_no("Whether a solve with the change has shown it.", default=False)
    note: str = text("What is worth saying.", default="")


@table("Reasons", "What can be seen without a solve: why there is no plan, or why it is short.")
class Reason(Row):
    """One sentence and the cells that it rests on."""

    number: float = number("Number.", key=True, required=True)
    reason: str = text("Why.", required=True)
    cells: str = text("Cells that it rests on.", required=True)


@table("Shortage reasons", "Why what is short is short.")
class ShortageReason(Row):
    """One item: expected shortage, and how much of it has which reason."""

    item: str = text("Item.", key=True, required=True)
    description: str = text("What people call the item.", required=True)
    shortage: float = number("Expected.", required=True, unit="unit")
    unavoidable: float = number("No plan avoids it, even without rules and minimums.",
                                required=True, unit="unit")  # fmt: skip
    by_rules: float = number("Rules and minimums force it.", required=True, unit="unit", low=ANY)
    by_choice: float = number("To avoid it would cost more than the shortage.", required=True,
                              unit="unit", low=ANY)  # fmt: skip
