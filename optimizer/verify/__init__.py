"""The independent checker: a plan evaluated again from the input rows and the result tables alone.

Everything is recomputed here from the words of the formulation; nothing is shared with the code
that makes plans, so that a mistake must be made twice to go unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.collector import collector_paused
from optimizer.contract.plan import Plan
from optimizer.verify.awards import check_awards_table, check_moves
from optimizer.verify.capacity import (
    check_lane_capacity,
    check_offer_capacity,
    check_quota,
    check_supplier_capacity,
)
from optimizer.verify.case import Case, case_of
from optimizer.verify.charges import check_charges
from optimizer.verify.contracts import check_band, check_overbooking
from optimizer.verify.cover import check_cover
from optimizer.verify.exposure import check_exposure, check_licence_use
from optimizer.verify.foresight import check_foresight, check_tree
from optimizer.verify.issues import check_issues, check_substitution_shares
from optimizer.verify.limits import check_awards
from optimizer.verify.lines import lines
from optimizer.verify.mix import check_hhi, check_mix
from optimizer.verify.orders import check_build_ups, check_orders
from optimizer.verify.outcomes import check_happens, check_outcomes
from optimizer.verify.placing import check_minimum_orders, check_order_shares
from optimizer.verify.projects import check_incentives, check_modules
from optimizer.verify.rule_check import check_rules
from optimizer.verify.rules import limits
from optimizer.verify.sanity import check_names, check_rows
from optimizer.verify.service import check_service
from optimizer.verify.stock import check_stock, check_storage
from optimizer.verify.tiers import check_tiers, check_tiers_reached
from optimizer.verify.totals import check_totals
from optimizer.verify.violation import Check, Violation

__all__ = ["Check", "Violation", "verify"]

CHECKS: tuple[Callable[[Case], Iterator[Violation]], ...] = (
    check_outcomes,
    check_rows,
    check_orders,
    check_build_ups,
    check_stock,
    check_storage,
    check_service,
    check_issues,
    check_substitution_shares,
    check_supplier_capacity,
    check_offer_capacity,
    check_lane_capacity,
    check_quota,
    check_awards,
    check_minimum_orders,
    check_order_shares,
    check_band,
    check_overbooking,
    check_foresight,
    check_tree,
    check_tiers,
    check_tiers_reached,
    check_cover,
    check_modules,
    check_incentives,
    check_awards_table,
    check_moves,
    check_mix,
    check_hhi,
    check_exposure,
    check_licence_use,
)


@collector_paused()
def verify(plan: Plan) -> tuple[Violation, ...]:
    """Everything that does not hold in a plan; empty: the plan is right.

    Where the tables name what the input does not have, that is all that is said.
    """
    unknown = (*check_names(plan), *check_happens(plan))
    if unknown:
        return unknown
    case = case_of(plan)
    of_rules = tuple(limits(case))
    of_money = tuple(lines(case, of_rules))
    return (
        *(violation for check in CHECKS for violation in check(case)),
        *check_rules(case, of_rules),
        *check_charges(case, of_money),
        *check_totals(case, of_money),
    )
