"""The result tables of `evaluate` and `alternatives`: other plans beside the best one."""

from __future__ import annotations

from optimizer.contract.fields import Row, number, table, text, yes_no

ANY = -float("inf")


@table("Side by side", "The given split beside the best plan.")
class Measured(Row):
    """One measure of both.  ``metric`` says how the numbers read."""

    measure: str = text("What is measured.", key=True, required=True)
    metric: str = text(
        "Kind of number.",
        required=True,
        allowed=("spend", "quantity", "share", "count", "hhi", "periods"),
    )
    given: float | None = number("Of the given split.", unit="of its metric", low=ANY)
    best: float | None = number("Of the best plan.", unit="of its metric", low=ANY)
    difference: float | None = number("The given split less the best plan.", unit="of its metric",
                                      low=ANY)  # fmt: skip


@table("Split", "The given split, what can be kept of it, and the best plan.")
class SplitRow(Row):
    """One offer that has an award in one of them."""

    supplier: str = text("Supplier.", key=True, required=True)
    country: str = text("Where it makes the goods.", required=True)
    item: str = text("Item.", key=True, required=True)
    asked: float = number("As given.", required=True, unit="unit")
    award: float = number("What can be contracted of it.", required=True, unit="unit")
    short_of_asked: float = number("What cannot.", required=True, unit="unit", low=ANY)
    best: float = number("Award of the best plan.", required=True, unit="unit")
    difference: float = number("Contracted less best.", required=True, unit="unit", low=ANY)
    note: str = text("Why it cannot be contracted in full.", default="")


@table("Split rules", "Every active rule, and what both plans make of it.")
class SplitRule(Row):
    """One limit of one rule."""

    rule: str = text("Rule.", key=True, required=True)
    sentence: str = text("The rule in words.", required=True)
    item: str = text("Item, where the rule holds per item.", key=True, required=True)
    member: str = text("Whom it limits.", key=True, required=True)
    metric: str = text("What is measured.", required=True)
    limit: float = number("The limit.", required=True, unit="of its metric")
    given: float = number("What the given split reaches.", required=True, unit="of its metric")
    broken: bool = yes_no("Whether that breaks the rule.", default=False)
    best: float | None = number("What the best plan reaches.", unit="of its metric")


@table("Split outcomes", "Both plans in every joint future.")
class SplitOutcome(Row):
    """One outcome."""

    outcome: str = text("Outcome.", key=True, required=True)
    probability: float = number("Probability.", required=True, unit="share", high=1)
    cost: float = number("Of the given split.", required=True, unit="currency", low=ANY)
    best_cost: float | None = number("Of the best plan.", unit="currency", low=ANY)
    shortage: float = number("Of the given split.", required=True, unit="unit")
    best_shortage: float | None = number("Of the best plan.", unit="unit")


@table("Split stress", "Both plans if a source stops tomorrow and orders are made anew.")
class SplitStop(Row):
    """One source that stops."""

    kind: str = text("Country, supplier, licence or stage.", key=True, required=True)
    target: str = text("What stops.", key=True, required=True)
    name: str = text("Its name.", required=True)
    survives: float | None = number("Periods until the given split runs short; blank: never.",
                                    unit="periods")  # fmt: skip
    best_survives: float | None = number("Until the best plan does.", unit="periods")
    loss: float = number("Shortage cost of the given split.", required=True, unit="currency")
    best_loss: float | None = number("Of the best plan.", unit="currency")


@table("Alternatives", "Plans that cost little more than the best, and differ from it.")
class AlternativeRow(Row):
    """One plan.  The best stands first; each other is best at one thing within the same ceiling.

    ``moved``: what offers have above their part of today's split of the item, scaled to what the
    best plan buys of it; of items that nobody has today, nothing.
    """

    plan: str = text("What it is best at.", key=True, required=True)
    status: str = text(
        "Whether it is proven that none is better at it; unproven: what is left to prove is less "
        "than a step worth a solve; none: not looked for.",
        required=True,
        allowed=("optimal", "time_limit", "interrupted", "stopped", "unproven", "none"),
    )
    cost: float | None = number("What it costs.", unit="currency", low=ANY, default=None)
    bound: float | None = number(
        "No plan that is as good at it costs less.", unit="currency", low=ANY, default=None
    )
    over_best: float | None = number(
        "More than the best plan, as a share of its cost.", unit="share", low=ANY, default=None
    )
    suppliers: float | None = number("How many suppliers have an award.", default=None)
    country: str = text("The named country.", default="")
    country_share: float | None = number("What it makes of all weight.", unit="share", default=None)
    moved: float | None = number(
        "Weight that is bought elsewhere than today.", unit="weight", default=None
    )
    worst_shortage: float | None = number(
        "Shortage in the worst outcome.", unit="unit", default=None
    )
    shortage: float | None = number("Expected shortage.", unit="unit", default=None)
    cash_cost: float | None = number("What is paid.", unit="currency", low=ANY, default=None)
    penalty_cost: float | None = number(
        "Shortage, lateness, cover, broken rules.", unit="currency", default=None
    )
    reached: float | None = number(
        "What it is best at: suppliers, weight or quantity.", default=None
    )
    at_best: float | None = number(
        "No plan within the ceiling has less of that; but for the least shortage, of plans that "
        "are short of no more than the best plan.",
        default=None,
    )
    note: str = text("What is worth saying.", default="")


@table("Alternative shares", "What each alternative has made where.")
class AlternativeShare(Row):
    """One country in one plan."""

    plan: str = text("Plan.", key=True, required=True)
    country: str = text("Where the goods are made.", key=True, required=True)
    weight: float = number("Expected volume x weight.", required=True, unit="weight")
    share: float = number("Of all weight.", required=True, unit="share")
    over_best: float = number(
        "Less its share in the best plan.", required=True, unit="share", low=ANY
    )


@table("Alternative awards", "What each alternative contracts with whom.")
class AlternativeAward(Row):
    """One offer in one plan, also where only the best plan has it."""

    plan: str = text("Plan.", key=True, required=True)
    supplier: str = text("Supplier.", key=True, required=True)
    country: str = text("Where it makes the goods.", required=True)
    item: str = text("Item.", key=True, required=True)
    award: float = number("What is contracted.", required=True, unit="unit")
    over_best: float = number(
        "Less the award of the best plan.", required=True, unit="unit", low=ANY
    )
