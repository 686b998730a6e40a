"""The result tables about risk: outcomes, what is known when, licences, stress."""

from __future__ import annotations

from optimizer.contract.fields import Row, integer, number, table, text, when, yes_no

ANY = -float("inf")


@table("Outcomes", "The joint futures, and what the plan costs in each.")
class OutcomeResult(Row):
    """One outcome.  cost = cash_cost + penalty_cost, discounted."""

    outcome: str = text("Outcome.", key=True, required=True)
    happens: str = text("The result of each risk, written risk: result; blank: nothing happens.",
                        required=True)  # fmt: skip
    stands_for: int = integer("How many combinations of results are the same to the plan.",
                              default=1)  # fmt: skip
    probability: float = number("Probability.", required=True, unit="share", high=1)
    cost: float = number("Cost as the plan counts it.", required=True, unit="currency", low=ANY)
    cash_cost: float = number("What is paid.", required=True, unit="currency", low=ANY)
    penalty_cost: float = number("Shortage, lateness, cover, broken rules.", required=True,
                                 unit="currency")  # fmt: skip
    shortage: float = number("Demand that is not met.", required=True, unit="unit")
    cost_without_risk: float | None = number("What the plan made without risk costs here.",
                                             unit="currency", low=ANY)  # fmt: skip
    shortage_without_risk: float | None = number("What that plan is short of here.",
                                                 unit="unit")  # fmt: skip


@table("Tree", "What is known when: outcomes that no one can tell apart share their orders.")
class TreeRow(Row):
    """One group of outcomes from one period on, in which something becomes known (or the first)."""

    period: int = when("From this period on.", key=True, required=True)
    group: int = integer("Number of the group.", key=True, required=True)
    outcomes: str = text("The outcomes that share their orders.", required=True)
    probability: float = number("Of the group.", required=True, unit="share", high=1)
    known: str = text("What is known of the risks by then; blank: nothing.", required=True)


@table("Licence exposure", "What comes under each licence, as expected and at worst.")
class ExposureRow(Row):
    """The orders of one item under one licence, over the horizon."""

    licence: str = text("Licence.", key=True, required=True)
    item: str = text("Item.", key=True, required=True)
    description: str = text("What people call the item.", required=True)
    ordered: float = number("Contracted: expected orders.", required=True, unit="unit")
    delivered: float = number("Expected to arrive by the end.", required=True, unit="unit")
    delivered_at_worst: float = number("In the outcome in which least arrives.", required=True,
                                       unit="unit")  # fmt: skip
    worst_outcome: str = text("That outcome.", required=True)
    money: float = number("Expected landed cost, less price breaks.", required=True,
                          unit="currency")  # fmt: skip
    money_at_worst: float = number("In the outcome in which least arrives.", required=True,
                                   unit="currency")  # fmt: skip


@table("Licence use", "Which end uses live on goods that came under a licence.")
class LicenceUse(Row):
    """Goods under one licence, from stock, open orders or the plan, used for one end use."""

    licence: str = text("Licence.", key=True, required=True)
    item: str = text("Item that was asked for.", key=True, required=True)
    end_use: str = text("End use.", key=True, required=True)
    demand: float = number("Expected demand.", required=True, unit="unit")
    served: float = number("Expected demand met with goods under the licence.", required=True,
                           unit="unit")  # fmt: skip
    share: float = number("Of the demand.", required=True, unit="share")
    served_at_worst: float = number("In the outcome with the least.", required=True, unit="unit")
    worst_outcome: str = text("That outcome.", required=True)


@table("Stress", "What happens if one of them stops tomorrow.")
class StressRow(Row):
    """One country, supplier, licence or country of a stage that delivers nothing.

    Time to survive is in periods from the start; blank: to the end of the horizon.  Losses are
    the shortage and lateness, at their costs, beyond those without the stop.
    """

    kind: str = text("What stops.", key=True, required=True,
                     allowed=("country", "supplier", "licence", "stage"))  # fmt: skip
    target: str = text("Its name.", key=True, required=True)
    name: str = text("What people call it.", required=True)
    survives_today: float | None = number("Time to survive with what is in stock and under way.",
                                          unit="periods")  # fmt: skip
    item_today: str = text("First item to stop; blank: none.", required=True)
    site_today: str = text("Where it stops first.", required=True)
    shortage_today: float = number("Missing in all.", required=True, unit="unit")
    loss_today: float = number("What that costs.", required=True, unit="currency")
    survives: float | None = number("Time to survive when the rest is planned anew.",
                                    unit="periods")  # fmt: skip
    item: str = text("First item to stop then; blank: none.", required=True)
    site: str = text("Where it stops first.", required=True)
    shortage: float = number("Missing in all.", required=True, unit="unit")
    loss: float = number("What that costs.", required=True, unit="currency")


@table("Sensitivity", "How far the plan depends on what can only be guessed.")
class SweepRow(Row):
    """The plan of the workbook with one number changed."""

    kind: str = text(
        "What is changed.",
        key=True,
        required=True,
        allowed=("probability", "call_off_min", "call_off_max", "overbooking"),
    )
    subject: str = text("For probability: risk: result; else blank.", key=True, required=True)
    value: float = number("Its value.", key=True, required=True)
    given: bool = yes_no("Whether that is the workbook's own value.", default=False)
    cost: float = number("What the plan minimises.", required=True, unit="currency", low=ANY)
    bound: float = number("No plan costs less.", required=True, unit="currency", low=ANY)
    difference: float = number("From the cost with the workbook's value.", required=True,
                               unit="currency", low=ANY)  # fmt: skip
    shortage: float = number("Expected.", required=True, unit="unit")
    changed: bool = yes_no("Whether suppliers or awards change.", default=False)
    change: str = text("What changes.", required=True)


@table("Worst probabilities", "What the plan costs if the probabilities are off.")
class DistributionRow(Row):
    """The worst distribution in which no probability is further off than the distance."""

    distance: float = number("Largest error of a probability.", key=True, required=True,
                             unit="share", high=1)  # fmt: skip
    cost: float = number("Expected cost of the plan then.", required=True, unit="currency",
                         low=ANY)  # fmt: skip
    increase: float = number("From the expected cost as given.", required=True, unit="currency")
    likelier: str = text("The outcomes that gain probability, and how much.", required=True)
