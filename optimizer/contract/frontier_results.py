"""The result tables of `frontier`: what each step of a rule costs."""

from __future__ import annotations

from optimizer.contract.fields import Row, number, table, text

ANY = -float("inf")
KNEE = "knee"
"""How the note of the step at the knee begins."""


@table("Frontier", "What each limit of a rule costs, from the loosest to the tightest.")
class FrontierRow(Row):
    """One step.  ``curve`` names the limits of the other rules that are swept, blank if none.

    ``limit`` is blank where the rule is left out.
    """

    curve: str = text("The limits of the other swept rules.", key=True, required=True)
    step: float = number("Number of the step, 1 is the loosest.", key=True, required=True)
    rule: str = text("The rule that is swept.", required=True)
    metric: str = text("What it measures.", required=True)
    limit: float | None = number("Its limit.", unit="of its metric")
    status: str = text("Whether there is a plan.", required=True,
                       allowed=("optimal", "time_limit", "interrupted", "infeasible", "limit",
                                "stopped"))  # fmt: skip
    cost: float | None = number("Cost of the plan.", unit="currency", low=ANY)
    bound: float | None = number("No plan costs less.", unit="currency", low=ANY)
    cash_cost: float | None = number("What is paid.", unit="currency", low=ANY)
    penalty_cost: float | None = number("Shortage, lateness, cover, broken rules.",
                                        unit="currency")  # fmt: skip
    shortage: float | None = number("Expected demand that is not met.", unit="unit")
    reached: float | None = number("What the plan reaches: the largest of a maximum, the least of "
                                   "a minimum.", unit="of its metric")  # fmt: skip
    over_loosest: float | None = number("Cost over the loosest step of the curve.",
                                        unit="currency", low=ANY)  # fmt: skip
    least_over_loosest: float | None = number("It is at least this, by the bounds.",
                                              unit="currency")  # fmt: skip
    most_over_loosest: float | None = number("It is at most this, by the bounds.",
                                             unit="currency")  # fmt: skip
    per_point: float | None = number("Cost of one percentage point (of one unit, where the rule "
                                     "has no share) since the step before.", unit="currency",
                                     low=ANY)  # fmt: skip
    note: str = text("The knee, or why there is no plan.", default="")


@table("Frontier shares", "Who gets which share at each step.")
class FrontierShare(Row):
    """One member of one dimension at one step."""

    curve: str = text("The limits of the other swept rules.", key=True, required=True)
    step: float = number("Number of the step.", key=True, required=True)
    limit: float | None = number("Limit of the swept rule.", unit="of its metric")
    metric: str = text("What the rule measures.", required=True)
    dimension: str = text("What is grouped by.", key=True, required=True)
    member: str = text("Member.", key=True, required=True)
    share: float = number("Of the dimension's total.", required=True, unit="share")
