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
    ProjectResult,
    RuleResult,
    ServiceRow,
    StockPlanRow,
    TierRow,
)
from optimizer.contract.risk_results import (
    DistributionRow,
    ExposureRow,
    LicenceUse,
    OutcomeResult,
    StressRow,
    SweepRow,
    TreeRow,
)


@dataclass(frozen=True, slots=True)
class Spread:
    """The cost and shortage of a plan over the outcomes.

    ``cvar``: mean cost of the worst outcomes, beyond Settings.cvar_level of the probability.
    ``shortage``: expected quantity; ``shortage_chance``: probability of any shortage.
    """

    expected: float
    cvar: float
    worst_case: float
    shortage: float
    shortage_chance: float


@dataclass(frozen=True, slots=True)
class WithoutRisk:
    """The plan that the same workbook would have had without its risks, and how it fares in them.

    Its use, awards, lanes, projects and the orders before anything is known are kept, everything
    else is planned anew, rules off.  ``promised``: what it expected to cost; ``spread``: what it
    costs in the outcomes, None where they do not let it be carried out; ``broken``: the rules and
    minimums that it breaks there, in words.
    """

    promised: float
    spread: Spread | None
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Size:
    """How large the model was."""

    outcomes: int
    variables: int
    binaries: int
    """whole numbers of any kind"""
    constraints: int


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
    spread: Spread
    size: Size
    without_risk: WithoutRisk | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Every result table; the field names are the tables' ``attribute``."""

    awards: tuple[Award, ...] = ()
    moves: tuple[Move, ...] = ()
    mix: tuple[MixRow, ...] = ()
    rule_check: tuple[RuleResult, ...] = ()
    outcomes: tuple[OutcomeResult, ...] = ()
    tree: tuple[TreeRow, ...] = ()
    licence_exposure: tuple[ExposureRow, ...] = ()
    licence_use: tuple[LicenceUse, ...] = ()
    stress: tuple[StressRow, ...] = ()
    sensitivity: tuple[SweepRow, ...] = ()
    worst_probabilities: tuple[DistributionRow, ...] = ()
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
