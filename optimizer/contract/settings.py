"""The settings of a plan: the sheet Settings, one row each."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from optimizer.contract.fields import Column, Row, anything, integer, number, table, text, when


@table("Settings", "When the plan starts, and how it is made; all but start has a default.")
class SettingRow(Row):
    """One setting as it stands on the sheet."""

    setting: str = text("Name of the setting.", key=True, required=True)
    value: object = anything("Its value; blank: the default.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, typed.  What is ``None`` is worked out from the other tables."""

    name: str | None = text("Title of the plan.", says="the workbook's file name")
    currency: str = text(
        "Base currency: of every cost without a currency of its own, and of all results.",
        default="USD",
    )
    unit: str = text("The one unit of every quantity; prices are per this unit.", default="kg")
    start: str | None = when(
        "First period of the horizon; needed where Demand has more than one period.",
        says="the only period of Demand",
    )
    periods: int | None = integer("Number of periods.", low=1, says="to the last period of Demand")
    period: str = text(
        "Length of a period.", default="month", allowed=("month", "week", "quarter", "year")
    )
    unmet_demand: str = text(
        "penalise: demand may stay unmet at its shortage cost; forbid: all demand must be met.",
        default="penalise",
        allowed=("penalise", "forbid"),
    )
    shortage_cost: float | None = number(
        "Cost of one unit of demand that is never met, where Items says nothing.",
        unit="currency per unit",
        says="10 x the dearest landed cost of the item's own offers",
    )
    duty_on: str = text(
        "Customs value: the price (FOB), or price and freight (CIF).",
        default="price_and_freight",
        allowed=("price", "price_and_freight"),
    )
    holding_rate: float = number(
        "Yearly cost of holding stock, as a share of its value, where Items says nothing.",
        unit="share per year",
        high=5,
        default=0.12,
    )
    discount_rate: float = number(
        "Later costs count less, by this rate.", unit="share per year", high=1, default=0.0
    )
    reveal_days: float = number(
        "An effect of a risk is known, and can be reacted to, this long after it begins.",
        unit="days",
        default=90.0,
    )
    call_off_min: float = number(
        "Whatever happens, at least this share of an award is ordered, where Offers says nothing.",
        unit="share of award",
        high=1,
        default=0.5,
    )
    call_off_max: float = number(
        "Whatever happens, at most this share of an award is ordered, where Offers says nothing.",
        unit="share of award",
        low=1,
        default=1.5,
    )
    overbooking: float = number(
        "Awards of an item in all are at most this x what is needed, where deliveries are "
        "uncertain.",
        low=1,
        default=1.2,
    )
    risk_measure: str = text(
        "What the plan minimises over outcomes: the expected cost, the expected cost and "
        "that of the worst cases, or the worst case.",
        default="expected",
        allowed=("expected", "cvar", "worst_case"),
    )
    cvar_level: float = number(
        "For cvar: the worst cases are those beyond this share of the probability.",
        high=1,
        default=0.9,
    )
    risk_weight: float = number(
        "For cvar: weight of the worst cases beside the expected cost.", high=1, default=0.5
    )
    unknown_origin: str = text(
        "worst: unknown origin is taken to be drawn from the target of a content licence "
        "or a stage effect; ignore: it is left out.",
        default="worst",
        allowed=("worst", "ignore"),
    )
    late_orders: str = text(
        "exact, or pro_rata: in periods in which the orders of two outcomes may differ, "
        "minimum orders and order costs are spread over the quantity (quicker).",
        default="exact",
        allowed=("exact", "pro_rata"),
    )
    max_outcomes: int = integer(
        "Above this number the combinations of risks are sampled.", low=1, default=64
    )
    seed: int = integer("Seed of that sample.", low=0, default=0)
    gap: float = number(
        "How far the plan may be from the best possible, as a share of its cost.",
        high=1,
        default=0.005,
    )
    time_limit: float = number(
        "Longest time for one solve.", unit="seconds", above=True, default=120.0
    )
    threads: int = integer(
        "Threads of the solver; 0: as many as the machine has.", low=0, default=0
    )


SETTINGS: tuple[Column, ...] = tuple(
    dataclasses.replace(f.metadata["column"], name=f.name) for f in dataclasses.fields(Settings)
)
