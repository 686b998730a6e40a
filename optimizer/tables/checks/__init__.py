"""Checks of what the cells say together.  ``CHECKS`` is the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.contract.findings import Finding
from optimizer.tables.checks import goods, limits, policy, prices, reach, rules, supply
from optimizer.tables.checks.context import Checked
from optimizer.tables.collect import Findings

Check = Callable[[Checked], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    goods.composition_above_one,
    goods.substitute_for_itself,
    goods.cover_targets_crossed,
    goods.starts_after_the_end,
    goods.nothing_wanted,
    goods.shortage_for_nothing,
    goods.storage_too_small,
    supply.base_currency_rate,
    supply.award_bounds,
    supply.qualified_too_late,
    supply.calendar_without_capacity,
    supply.project_without_capacity,
    supply.lane_of_another_country,
    supply.origin_above_one,
    supply.stage_names,
    supply.element_in_no_item,
    prices.breaks_without_offer,
    prices.mixed_types,
    prices.first_price_differs,
    prices.prices_that_rise,
    prices.price_below_zero,
    prices.addition_below_zero,
    policy.probabilities,
    policy.effect_periods,
    policy.effects_of_scope,
    policy.risk_that_reaches_nothing,
    policy.licence_that_reaches_nothing,
    policy.scenario_called_base,
    policy.scenario_rows,
    rules.limit_of_metric,
    rules.parts_of_metric,
    rules.scope_names_nobody,
    rules.element_outside_stage,
    limits.limits_that_nobody_meets,
    reach.offer_without_lane,
    reach.demand_out_of_reach,
)


def run_checks(checked: Checked, findings: Findings) -> None:
    """Run every check; a cell that is already an error is not reported again."""
    known = findings.error_cells
    for check in CHECKS:
        for finding in check(checked):
            if (finding.sheet, finding.cell) not in known:
                findings.add(finding)
