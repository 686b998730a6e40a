"""What the checker finds, and how two numbers are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """Every check, by the name that a violation carries."""

    NAMES = "names"
    HAPPENS = "what happens"
    PROBABILITIES = "probabilities"
    PROBABILITY = "probability of outcome"
    OUTCOME_NAME = "name of outcome"
    SAME_OUTCOME = "outcome twice"
    STANDS_FOR = "stands for"
    LIKELIEST = "likeliest combination"
    SAMPLE = "sample of outcomes"
    NEGATIVE = "negative quantity"
    DUPLICATE = "duplicate row"
    HORIZON = "period outside the horizon"
    STOCK_OPENING = "stock opening"
    STOCK_OPEN_ORDERS = "stock open orders"
    STOCK_DELIVERIES = "stock deliveries"
    STOCK_USED = "stock used"
    STOCK_CLOSING = "stock closing"
    STORAGE = "storage"
    DEMAND = "demand"
    ISSUED = "issued"
    SUBSTITUTED = "substituted"
    DEMAND_BALANCE = "demand balance"
    LATE_ALLOWED = "late not allowed"
    UNMET_DEMAND = "unmet demand forbidden"
    SUPPLIER_CAPACITY = "supplier capacity"
    OFFER_CAPACITY = "offer capacity"
    LANE_CAPACITY = "lane capacity"
    QUOTA = "licence quota"
    MINIMUM_AWARD = "minimum award"
    MAXIMUM_AWARD = "maximum award"
    MINIMUM_ORDER = "minimum order"
    ORDER_SHARE = "share of an order"
    CALL_OFF_MIN = "call-off minimum"
    CALL_OFF_MAX = "call-off maximum"
    OVERBOOKING = "overbooking"
    FORESIGHT = "orders that know too early"
    TREE = "tree"
    OFFER = "no such offer"
    LANE = "no such lane"
    SITE = "site does not want the item"
    FIRST_PERIOD = "order before first period"
    NEVER_ARRIVES = "order that cannot arrive"
    ARRIVAL = "arrival"
    DELIVERED = "delivered"
    LANDED = "landed unit cost"
    ORDER_COST = "cost of an order"
    BUILD_UP = "landed cost build-up"
    TIER = "no such tier"
    TIER_QUANTITY = "tier quantities"
    TIER_REACHED = "tier reached"
    TIER_FILLING = "tier filling"
    TIER_DISCOUNT = "tier discount"
    COVER_ROW = "cover row"
    COVER_STOCK = "cover stock"
    COVER_TARGET = "cover target"
    COVER_GAP = "cover gap"
    RULE_ROW = "rule row"
    RULE_LIMIT = "rule limit"
    RULE_ACTUAL = "rule actual"
    RULE_SLACK = "rule slack"
    RULE_BINDING = "rule binding"
    RULE_BROKEN = "rule broken"
    RULE_RELAXED = "rule relaxed"
    RULE_PENALTY = "rule penalty"
    MODULES = "modules"
    PROJECT_ROW = "project row"
    INCENTIVE_DELIVERIES = "incentive above deliveries"
    INCENTIVE_DEMAND = "incentive above demand"
    INCENTIVE_CAPACITY = "incentive above capacity"
    INCENTIVE_CAP = "incentive above cap"
    SUBSTITUTION = "no such substitution"
    SUBSTITUTION_SHARE = "substitution share"
    SERVES = "serves"
    BANNED = "banned end use"
    CHARGE = "charge"
    CHARGE_AMOUNT = "charge amount"
    CHARGE_DISCOUNT = "charge discount factor"
    CHARGE_COMPONENT = "charge component"
    OUTCOME_COST = "cost of outcome"
    OUTCOME_CASH = "cash cost of outcome"
    OUTCOME_PENALTY = "penalty cost of outcome"
    OUTCOME_SHORTAGE = "shortage of outcome"
    OBJECTIVE = "objective"
    COSTS = "costs"
    CASH_COST = "cash cost"
    PENALTY_COST = "penalty cost"
    SHORTAGE = "shortage"
    BOUND = "bound"
    GAP = "gap"
    SPREAD = "spread"
    STOCK_AT_END = "stock at end"
    HHI = "hhi"
    AWARD_ROW = "award row"
    AWARD = "award"
    MOVE_ROW = "move row"
    MOVE = "move"
    MIX_ROW = "mix row"
    MIX = "mix"
    EXPOSURE_ROW = "licence exposure row"
    EXPOSURE = "licence exposure"
    LICENCE_USE_ROW = "licence use row"
    LICENCE_USE = "licence use"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that does not hold.

    ``place`` says in words what it is about; ``expected`` is the recomputed value or the limit,
    ``actual`` what the tables say, ``excess`` by how much they differ (1 for words and rows), in
    the unit of the value.
    """

    check: Check
    place: str
    expected: float | str
    actual: float | str
    excess: float


def same(
    check: Check, place: str, expected: float, actual: float, tolerance: float
) -> Iterator[Violation]:
    """A violation if the two differ by more than the tolerance, or one of them is no number."""
    if expected == actual:
        return
    excess = abs(actual - expected)
    if not excess <= tolerance:
        yield Violation(check, place, expected, actual, excess)


def at_most(
    check: Check, place: str, limit: float, actual: float, tolerance: float
) -> Iterator[Violation]:
    """A violation if actual is above the limit by more than the tolerance."""
    if not actual <= limit + tolerance:
        yield Violation(check, place, limit, actual, actual - limit)


def at_least(
    check: Check, place: str, limit: float, actual: float, tolerance: float
) -> Iterator[Violation]:
    """A violation if actual is below the limit by more than the tolerance."""
    if not actual >= limit - tolerance:
        yield Violation(check, place, limit, actual, limit - actual)


def words(check: Check, place: str, expected: str, actual: str) -> Violation:
    """A violation about words, or about a row that is missing or should not be there."""
    return Violation(check, place, expected, actual, 1.0)
