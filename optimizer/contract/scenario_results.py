"""The result tables of `compare`: scenarios side by side, and each plan in the other worlds."""

from __future__ import annotations

from optimizer.contract.fields import Row, number, table, text

ANY = -float("inf")


@table("Scenarios compared", "Every scenario's own plan, beside base and beside today's split.")
class ScenarioRow(Row):
    """One scenario.  What has no plan has no numbers, and ``note`` says why."""

    scenario: str = text("Scenario.", key=True, required=True)
    status: str = text(
        "Whether there is a plan.",
        required=True,
        allowed=(
            "optimal",
            "time_limit",
            "interrupted",
            "stopped",
            "infeasible",
            "limit",
            "input",
            "failed",
        ),
    )
    cost: float | None = number(
        "Cost of its plan, as it is minimised.", unit="currency", low=ANY, default=None
    )
    bound: float | None = number("No plan costs less.", unit="currency", low=ANY, default=None)
    gap: float | None = number("From bound to cost.", unit="share", default=None)
    cost_over_base: float | None = number(
        "Less the cost of base.", unit="currency", low=ANY, default=None
    )
    cash_cost: float | None = number("What is paid.", unit="currency", low=ANY, default=None)
    penalty_cost: float | None = number(
        "Shortage, lateness, cover, broken rules.", unit="currency", default=None
    )
    shortage: float | None = number("Expected demand that is not met.", unit="unit", default=None)
    shortage_over_base: float | None = number(
        "Less the shortage of base.", unit="unit", low=ANY, default=None
    )
    suppliers: float | None = number("How many suppliers have an award.", default=None)
    largest_country: str = text("The country with the largest share of what is bought.", default="")
    largest_share: float | None = number("Its share.", unit="share", default=None)
    moved: float | None = number(
        "Weight that is bought elsewhere than in the plan of base.", unit="weight", default=None
    )
    today_cost: float | None = number(
        "Cost of today's split in this scenario.", unit="currency", low=ANY, default=None
    )
    saving_on_today: float | None = number(
        "Cost of today's split less that of the plan.", unit="currency", low=ANY, default=None
    )
    today_shortage: float | None = number(
        "What today's split is short of.", unit="unit", default=None
    )
    today_broken: float | None = number(
        "How many rules and minimums today's split breaks, each limit of a rule by itself.",
        default=None,
    )
    note: str = text("What the scenario is, or why there is no plan.", default="")


@table("Inputs that differ", "Every cell that a scenario changes, and to what.")
class InputChange(Row):
    """One cell of the input that a scenario reads differently."""

    scenario: str = text("Scenario.", key=True, required=True)
    table: str = text("Sheet.", key=True, required=True)
    subject: str = text("The row, by its keys.", key=True, required=True)
    column: str = text("Column.", key=True, required=True)
    cell: str = text("Where it stands.", required=True)
    base: str = text("In the workbook.", required=True)
    changed: str = text("In the scenario.", required=True)
    factor: float | None = number(
        "The one over the other, where both are numbers.", low=ANY, default=None
    )
    by: str = text("The row of Scenarios that changes it.", required=True)


@table("Awards by scenario", "What each scenario's plan contracts with whom.")
class ScenarioAward(Row):
    """One offer in one scenario, also where only base or today has it."""

    scenario: str = text("Scenario.", key=True, required=True)
    supplier: str = text("Supplier.", key=True, required=True)
    country: str = text("Where it makes the goods.", required=True)
    item: str = text("Item.", key=True, required=True)
    award: float = number("What is contracted.", required=True, unit="unit")
    over_base: float = number("Less the award of base.", required=True, unit="unit", low=ANY)
    over_today: float = number("Less today's award.", required=True, unit="unit", low=ANY)


@table("Shares by scenario", "Who gets which share in each scenario's plan.")
class ScenarioShare(Row):
    """One member of one dimension in one scenario."""

    scenario: str = text("Scenario.", key=True, required=True)
    dimension: str = text("What is grouped by.", key=True, required=True)
    member: str = text("Member.", key=True, required=True)
    share: float = number("Of the dimension's total.", required=True, unit="share")
    over_base: float = number("Less the share in base.", required=True, unit="share", low=ANY)


@table("Regret", "Each scenario's first stage, carried into every other scenario's world.")
class RegretRow(Row):
    """One plan in one world: its first stage kept, everything later planned anew, hard rules off.

    The first stage: use, awards within the band, projects, lanes, preparations, and the orders
    before the new world could be known.  Rules with a penalty cost it.  regret = cost - best.
    """

    plan: str = text("The scenario that the plan was made for.", key=True, required=True)
    world: str = text("The scenario that comes true.", key=True, required=True)
    cost: float | None = number(
        "What the plan costs there; blank: it cannot be carried out.",
        unit="currency",
        low=ANY,
        default=None,
    )
    best: float = number(
        "What that scenario's own plan costs.", required=True, unit="currency", low=ANY
    )
    regret: float | None = number("The one less the other.", unit="currency", low=ANY, default=None)
    least: float | None = number(
        "The regret is at least this, by what both solves have proven.",
        unit="currency",
        low=ANY,
        default=None,
    )
    most: float | None = number(
        "The regret is at most this.", unit="currency", low=ANY, default=None
    )
    shortage: float | None = number("What it is short of there.", unit="unit", default=None)
    broken: str = text("Rules without a penalty, and minimums, that it breaks there.", default="")
    note: str = text("Why it cannot be carried out, or what was not proven.", default="")


@table("Regret by plan", "Which plan has the least to be sorry for.")
class RegretPlan(Row):
    """One plan over all worlds.  The one with the least largest regret stands first."""

    plan: str = text("The scenario that the plan was made for.", key=True, required=True)
    largest_regret: float | None = number(
        "In the world where it costs most over the best; blank: "
        "it cannot be carried out somewhere.",
        unit="currency",
        low=ANY,
        default=None,
    )
    world: str = text("That world.", required=True)
    mean_regret: float | None = number(
        "Over all worlds alike.", unit="currency", low=ANY, default=None
    )
    least: float | None = number(
        "The largest regret is at least this.", unit="currency", low=ANY, default=None
    )
    most: float | None = number(
        "The largest regret is at most this.", unit="currency", low=ANY, default=None
    )
    largest_shortage: float | None = number("In any world.", unit="unit", default=None)
    worlds_with_broken_rules: float = number(
        "In how many worlds it breaks a rule without a penalty, or a minimum.", required=True
    )
