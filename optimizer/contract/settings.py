"""The settings of a plan: the sheet Settings, one row each."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from optimizer.contract.fields import Column, Row, anything, integer, number, table, text, when


@table("Settings", "How the plan is made.")
class SettingRow(Row):
    """One setting as it stands on the sheet."""

    setting: str = text("Name of a setting.", key=True, required=True)
    value: object = anything("Its value.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, typed.  What is ``None`` is worked out from the other tables."""

    name: str | None = text("Title of the plan.", says="the workbook's file name")
    currency: str = text(
        "Base currency of every cost without a currency of its own.", default="USD"
    )
    unit: str = text("The one unit of every quantity; prices are per this unit.", default="kg")
    start: str | None = when(
        "First period of the horizon (required when Demand has more than one period; "
        "else that period).",
        says="the only period of Demand",
    )
    periods: int | None = integer("Number of periods.", low=1, says="to the last period of Demand")
    period: str = text(
        "Length of a period.", default="month", allowed=("month", "week", "quarter", "year")
    )
    unmet_demand: str = text(
        "forbid: all demand must be met.", default="penalise", allowed=("penalise", "forbid")
    )
    shortage_cost: float | None = number(
        "Cost of one unit short.",
        unit="currency per unit",
        says="10 x the dearest landed cost of the item's own offers",
    )
    duty_on: str = text(
        "Customs value (FOB or CIF).",
        default="price_and_freight",
        allowed=("price", "price_and_freight"),
    )
    holding_rate: float = number("Share of value per year.", unit="share per year",
                                 high=5, default=0.12)  # fmt: skip
    discount_rate: float = number("Per year.", unit="share per year", high=1, default=0.0)
    reveal_days: float = number(
        "An effect is known and can be reacted to this long after it begins.",
        unit="days",
        default=90.0,
    )
    call_off_min: float = number(
        "Orders of any outcome are at least this share of the award.",
        unit="share of award",
        high=1,
        default=0.5,
    )
    call_off_max: float = number(
        "And at most this share.", unit="share of award", low=1, default=1.5
    )
    overbooking: float = number(
        "Awards of an item in all are at most this x what is needed "
        "where deliveries are uncertain.",
        low=1,
        default=1.2,
    )
    risk_measure: str = text(
        "What the plan minimises over outcomes.",
        default="expected",
        allowed=("expected", "cvar", "worst_case"),
    )
    cvar_level: float = number("Tail that CVaR averages.", high=1, default=0.9)
    risk_weight: float = number("Weight of CVaR beside the expected cost.", high=1, default=0.5)
    unknown_origin: str = text(
        "Whether unknown origin is taken to be drawn from the target of a content licence "
        "or stage effect (worst), or left out (ignore).",
        default="worst",
        allowed=("worst", "ignore"),
    )
    late_orders: str = text(
        "pro_rata: in periods in which the orders of two outcomes may differ, minimum orders and "
        "order costs are spread over the quantity.",
        default="exact",
        allowed=("exact", "pro_rata"),
    )
    max_outcomes: int = integer("Above this the combinations are sampled.", low=1, default=64)
    seed: int = integer("Seed of that sample.", low=0, default=0)
    gap: float = number("Relative MIP gap.", high=1, default=0.005)
    time_limit: float = number("For one solve.", unit="seconds", above=True, default=120.0)
    threads: int = integer("Threads of the solver; 0 = the machine's.", low=0, default=0)


SETTINGS: tuple[Column, ...] = tuple(
    dataclasses.replace(f.metadata["column"], name=f.name) for f in dataclasses.fields(Settings)
)
