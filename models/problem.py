"""The frozen input of the formulation: sparse sets and numbers in mathematical form.

Quantities are in the workbook's unit, money in its base currency, time in periods 1..T.  An index
exists only where the data makes it possible: a missing key means "cannot be", "none" or
"unlimited", as each field says.  Amounts per year are already pro rata for the horizon.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

OfferKey: TypeAlias = tuple[str, str]
"""supplier, item"""
LaneKey: TypeAlias = tuple[str, str, str, str]
"""supplier, item, site, mode"""
LinkKey: TypeAlias = tuple[str, str, str]
"""lane row, supplier, site: what a lane's fixed cost is paid for"""
NeedKey: TypeAlias = tuple[str, str, str]
"""item, site, end use"""

FREE = "free"
"""The stock class of goods that came under no licence."""


def offer_of(lane: LaneKey) -> OfferKey:
    """The offer that a lane carries."""
    return lane[0], lane[1]


@dataclass(frozen=True, slots=True)
class Horizon:
    """Periods 1..T, how many make a year, and the discount factor of each."""

    periods: int
    per_year: float
    discount: tuple[float, ...]

    @property
    def numbers(self) -> range:
        """1..T"""
        return range(1, self.periods + 1)

    @property
    def years(self) -> float:
        """Length of the horizon in years."""
        return self.periods / self.per_year

    def factor(self, period: int) -> float:
        """Discount factor of a period, 1..T."""
        return self.discount[period - 1]

    @property
    def final(self) -> float:
        """Discount factor of the last period."""
        return self.discount[-1]


@dataclass(frozen=True, slots=True)
class Band:
    """The least and the most of an award that is ordered in any outcome, as shares of it."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Supply:
    """Who can deliver what by which lane, when, and at what cost.

    ``arrival`` has a key (lane, order period, outcome) only where the order arrives by T; a lane
    period exists in ``order_periods`` if it arrives by T in at least one outcome.  ``deliverable``
    has a key (offer, period of the horizon, outcome) only where the share is not 1.  ``landed`` is
    the cost of one unit delivered.  Capacities, quotas and awards without a key are unlimited (or
    zero for minimums).  ``order_cost`` includes the licences' paperwork.
    """

    offers: tuple[OfferKey, ...]
    lanes: tuple[LaneKey, ...]
    order_periods: tuple[tuple[LaneKey, int], ...]
    arrival: Mapping[tuple[LaneKey, int, str], int]
    landed: Mapping[tuple[LaneKey, int, str], float]
    deliverable: Mapping[tuple[OfferKey, int, str], float] = field(default_factory=dict)
    stock_class: Mapping[OfferKey, str] = field(default_factory=dict)
    supplier_capacity: Mapping[tuple[str, int], float] = field(default_factory=dict)
    offer_capacity: Mapping[tuple[OfferKey, int], float] = field(default_factory=dict)
    calendar_factor: Mapping[tuple[str, int], float] = field(default_factory=dict)
    """(supplier, period) where not 1; ``supplier_capacity`` already contains it."""
    lane_row: Mapping[LaneKey, str] = field(default_factory=dict)
    row_capacity: Mapping[str, float] = field(default_factory=dict)
    lane_fixed_cost: Mapping[LinkKey, float] = field(default_factory=dict)
    supplier_cost: Mapping[str, float] = field(default_factory=dict)
    """onboarding and fixed cost of using a supplier over the horizon, where not 0"""
    offer_cost: Mapping[OfferKey, float] = field(default_factory=dict)
    """qualification and switching cost of awarding an offer, where not 0"""
    min_award: Mapping[OfferKey, float] = field(default_factory=dict)
    max_award: Mapping[OfferKey, float] = field(default_factory=dict)
    min_order: Mapping[OfferKey, float] = field(default_factory=dict)
    order_cost: Mapping[OfferKey, float] = field(default_factory=dict)
    quota: Mapping[str, float] = field(default_factory=dict)
    call_off: Mapping[OfferKey, Band] = field(default_factory=dict)
    """absent: nothing is owed and nothing too much"""
    overbooking: float = math.inf
    """awards of offers that may not deliver in full are at most this x what their item needs"""


class BreakType(Enum):
    """How a price break counts."""

    ALL_UNITS = "all_units"
    INCREMENTAL = "incremental"


@dataclass(frozen=True, slots=True)
class Tier:
    """One price tier: from which expected volume on, and its discount per unit (base currency)."""

    start: float
    discount: float


@dataclass(frozen=True, slots=True)
class PriceTiers:
    """The tiers of one offer, ascending; the first starts at 0 with discount 0."""

    type: BreakType
    tiers: tuple[Tier, ...]

    @property
    def incremental(self) -> bool:
        """Whether each tier's price holds for what is bought within it only."""
        return self.type is BreakType.INCREMENTAL


@dataclass(frozen=True, slots=True)
class Pricing:
    """Price breaks.  ``discount_scale`` of a lane: 1 + duty rate, or 1 where duty is in the price.

    ``list_price`` is the first price of the offer, in base currency: what rules call spend, before
    tier discounts.
    """

    list_price: Mapping[OfferKey, float]
    tiers: Mapping[OfferKey, PriceTiers] = field(default_factory=dict)
    discount_scale: Mapping[LaneKey, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Needs:
    """Demand per (item, site, end use), period and outcome; only where above 0.

    ``backlog_cost``: per unit and period, only items that may be met late.  ``forbid_shortage``:
    all demand must be met, nothing may be late after T.  ``bans``: end uses that a stock class may
    never serve.
    """

    demand: Mapping[tuple[NeedKey, int, str], float]
    shortage_cost: Mapping[str, float]
    backlog_cost: Mapping[str, float] = field(default_factory=dict)
    forbid_shortage: bool = False
    bans: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holdings:
    """Stock: what there is, what comes, what it costs and what is wanted.

    ``opening``: (item, site, class).  ``open_orders``: (item, site, class), period, outcome.
    ``holding_cost``: per unit and period, by item.  ``min_cover``, ``max_cover``: target stock of
    all classes, (item, site), period, outcome; absent: no target.  ``overflow_cost``: per unit and
    period, only sites where stock above the capacity is allowed.
    """

    opening: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    open_orders: Mapping[tuple[str, str, str, int, str], float] = field(default_factory=dict)
    holding_cost: Mapping[str, float] = field(default_factory=dict)
    storage: Mapping[str, float] = field(default_factory=dict)
    overflow_cost: Mapping[str, float] = field(default_factory=dict)
    min_cover: Mapping[tuple[str, str, int, str], float] = field(default_factory=dict)
    max_cover: Mapping[tuple[str, str, int, str], float] = field(default_factory=dict)
    cover_penalty: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubstitutionOption:
    """A row of allowed substitution.  ``sites`` are those where it holds (already resolved)."""

    name: str
    item: str
    substitute: str
    sites: tuple[str, ...]
    ratio: float
    max_share: float
    from_period: int
    fixed_cost: float
    unit_cost: float


@dataclass(frozen=True, slots=True)
class ProjectOption:
    """Capacity that can be built.  ``module_cost``: charged to the horizon, net of subsidy.

    ``first_period``: the first in which orders can use it; above T: never.
    """

    name: str
    supplier: str
    capacity: float
    module_cost: float
    max_modules: int
    first_period: int
    incentive: float
    incentive_cap: float


class Metric(Enum):
    """What a rule limits."""

    SHARE = "share"
    QUANTITY = "quantity"
    SPEND_SHARE = "spend_share"
    SPEND = "spend"
    COUNT = "count"
    HHI = "hhi"
    RISK = "risk"

    @property
    def of_spend(self) -> bool:
        """Whether money, not weight, is added up."""
        return self in (Metric.SPEND, Metric.SPEND_SHARE)


class Sense(Enum):
    """Which side of the limit is allowed."""

    MAX = "max"
    MIN = "min"

    @property
    def is_max(self) -> bool:
        """Whether more than the limit is too much."""
        return self is Sense.MAX


UNKNOWN = "unknown"
"""The member that stands for a stage's unknown origin."""


@dataclass(frozen=True, slots=True)
class RuleScope:
    """One rule over one scope (all items, or one item of a rule that holds per item).

    ``total[lane]`` is what one unit expected on the lane adds to the scope's total: weight (or mass
    of the stage's elements) for volume metrics, 1 for spend metrics (then one unit's spend counts).
    ``members[m][lane]`` is the part of that which belongs to member m.  On a stage, the part of
    unknown origin is the member UNKNOWN.  ``groups``: the sets of members that share one limit
    (each by itself, or a list together), without UNKNOWN.  ``counted``: for count, hhi and risk the
    members that are counted.  ``score``: member -> risk score.  ``limit`` is in the metric's own
    unit (hhi: 0..1, not points).  ``reference`` makes a slack of a share or risk linear.
    """

    rule: str
    item: str
    metric: Metric
    sense: Sense
    limit: float
    total: Mapping[LaneKey, float]
    members: Mapping[str, Mapping[LaneKey, float]]
    groups: tuple[tuple[str, ...], ...] = ()
    counted: tuple[str, ...] = ()
    score: Mapping[str, float] = field(default_factory=dict)
    counts_from: float = 0.0
    penalty: float | None = None
    reference: float = 1.0

    @property
    def key(self) -> tuple[str, str]:
        """(rule, item); item is "" where the rule holds for all items together."""
        return self.rule, self.item


class Measure(Enum):
    """What is minimised over the costs of the outcomes."""

    EXPECTED = "expected"
    CVAR = "cvar"
    WORST_CASE = "worst_case"


@dataclass(frozen=True, slots=True)
class Aim:
    """What is minimised.  For CVaR: the worst cases are those beyond ``level`` of the probability,
    and they weigh ``weight`` beside the expected cost.  With a ``ceiling`` no outcome may cost more
    than that, and the expected cost is minimised: the second step of the worst case.
    """

    measure: Measure = Measure.EXPECTED
    level: float = 0.9
    weight: float = 0.5
    ceiling: float | None = None


@dataclass(frozen=True, slots=True)
class EditScope:
    """What a model is edited to after it is built, so that its bounds hold then as well.

    ``rules``: the rules as they will be, each time; ``awards``: the largest awards that will be
    asked for, whether anybody needs them or not; ``eased``: the problem with every limit on supply
    and every ban taken away that will be, None: none will.
    """

    rules: tuple[tuple[RuleScope, ...], ...] = ()
    awards: Mapping[OfferKey, float] = field(default_factory=dict)
    eased: Problem | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that one solve needs.  ``outcomes``: name -> probability, in sum 1.

    ``classes``: stock class -> the licences under which such goods came (FREE -> ()).
    ``shares_orders``: (period, outcome) -> the outcome whose orders of that period it shares,
    because by then nothing is known that tells the two apart (the first such outcome, in the order
    of ``outcomes``); absent: its own.  ``late_orders_pro_rata``: in periods in which the orders of
    two outcomes may differ, ``placed`` may be any share from 0 to 1.
    ``held``: awards that are given (quantity over the horizon); ``split``: shares that are given of
    the awards of an item.
    """

    name: str
    horizon: Horizon
    outcomes: Mapping[str, float]
    classes: Mapping[str, tuple[str, ...]]
    supply: Supply
    pricing: Pricing
    needs: Needs
    holdings: Holdings = field(default_factory=Holdings)
    substitutions: tuple[SubstitutionOption, ...] = ()
    projects: tuple[ProjectOption, ...] = ()
    rules: tuple[RuleScope, ...] = ()
    shares_orders: Mapping[tuple[int, str], str] = field(default_factory=dict)
    late_orders_pro_rata: bool = False
    aim: Aim = Aim()
    held: Mapping[OfferKey, float] = field(default_factory=dict)
    split: Mapping[OfferKey, float] = field(default_factory=dict)
    scope: EditScope = EditScope()
