"""A plan: the facts of its solve and its result tables, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optimizer.contract.data import Data
from optimizer.contract.fields import Row
from optimizer.contract.results import (
    Assumption,
    Award,
    Charge,
    CostBuildUp,
    CoverRow,
    IncentiveRow,
    Issue,
    MixRow,
    Move,
    OrderRow,
    OutcomeResult,
    ProjectResult,
    RuleResult,
    ServiceRow,
    StockPlanRow,
    TierRow,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one solve came to.  Money in base currency, quantities in the workbook's unit.

    ``status``: ``optimal`` (within the gap), ``time_limit`` or ``interrupted`` (a plan, with its
    gap).  ``gap_without_unavoidable_shortage``: (objective - bound) / (objective - the shortage
    cost that no plan can avoid).  ``costs``: component -> expected discounted amount, in sum the
    expected cost.  ``hhi``: dimension -> points.  ``in_stock_at_end``: value of stock left at T.
    """

    status: str
    objective: float
    bound: float
    gap: float
    gap_without_unavoidable_shortage: float
    seconds: float
    costs: Mapping[str, float]
    cash_cost: float
    penalty_cost: float
    shortage: float
    unavoidable_shortage: float
    hhi: Mapping[str, float]
    in_stock_at_end: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Every result table; the field names are the tables' ``attribute``."""

    awards: tuple[Award, ...] = ()
    moves: tuple[Move, ...] = ()
    mix: tuple[MixRow, ...] = ()
    rule_check: tuple[RuleResult, ...] = ()
    outcomes: tuple[OutcomeResult, ...] = ()
    orders: tuple[OrderRow, ...] = ()
    issues: tuple[Issue, ...] = ()
    service: tuple[ServiceRow, ...] = ()
    stock_plan: tuple[StockPlanRow, ...] = ()
    cover: tuple[CoverRow, ...] = ()
    costs: tuple[CostBuildUp, ...] = ()
    charges: tuple[Charge, ...] = ()
    tiers: tuple[TierRow, ...] = ()
    projects_built: tuple[ProjectResult, ...] = ()
    incentives: tuple[IncentiveRow, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def rows(self, attribute: str) -> tuple[Row, ...]:
        """The rows of the table with that attribute name (``Table.attribute``)."""
        rows: tuple[Row, ...] = getattr(self, attribute)
        return rows


@dataclass(frozen=True, slots=True)
class Plan:
    """What a solve gives: the data it was made for, the facts and the tables."""

    data: Data
    facts: Facts
    tables: Tables = field(default_factory=Tables)
