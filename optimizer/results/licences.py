"""What comes under each licence, and who lives on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from models.problem import Problem
from optimizer.contract.results import Issue, ServiceRow
from optimizer.contract.risk_results import ExposureRow, LicenceUse
from optimizer.results.amounts import NOISE, share, summed
from optimizer.results.basis import Basis
from optimizer.results.service import licence_text

Goods: TypeAlias = tuple[str, str]
"""licence, item"""
Use: TypeAlias = tuple[str, str, str]
"""licence, item, end use"""


def exposure_rows(basis: Basis) -> tuple[ExposureRow, ...]:
    """The orders of each item under each licence, most money first.

    What needs several licences stands under each of them.  Money is not discounted.
    """
    chance = basis.problem.outcomes
    orders = [
        ((licence, row.item), row)
        for row in basis.orders
        for licence in basis.licences((row.supplier, row.item))
    ]
    tiers = [
        ((licence, row.item), row)
        for row in basis.tiers
        for licence in basis.licences((row.supplier, row.item))
    ]
    ordered = summed((key, chance[row.outcome] * row.quantity) for key, row in orders)
    arrived = summed(((key, row.outcome), row.delivered) for key, row in orders)
    paid = summed(
        [((key, row.outcome), row.delivered * row.landed_unit_cost) for key, row in orders]
        + [((key, row.outcome), -row.quantity * row.discount) for key, row in tiers]
    )
    rows = []
    for key in ordered:
        licence, item = key
        delivered = {outcome: arrived.get((key, outcome), 0.0) for outcome in chance}
        money = {outcome: paid.get((key, outcome), 0.0) for outcome in chance}
        worst = _least(delivered, chance)
        rows.append(
            ExposureRow(
                licence=licence,
                item=item,
                description=basis.items[item].description or item,
                ordered=ordered[key],
                delivered=_expected(delivered, chance),
                delivered_at_worst=delivered[worst],
                worst_outcome=worst,
                money=_expected(money, chance),
                money_at_worst=money[worst],
            )
        )
    return tuple(sorted(rows, key=lambda r: (-r.money, r.licence, r.item)))


def use_rows(
    problem: Problem, issues: Iterable[Issue], service: Iterable[ServiceRow]
) -> tuple[LicenceUse, ...]:
    """The demand of each end use that is met with goods under each licence, largest first."""
    chance = problem.outcomes
    licences = {licence_text(names): names for names in problem.classes.values()}
    served = summed(
        (((licence, row.item, row.end_use), row.outcome), row.serves)
        for row in issues
        for licence in licences[row.licences]
    )
    wanted = summed(((row.item, row.end_use), chance[row.outcome] * row.demand) for row in service)
    rows = []
    for use in dict.fromkeys(use for use, _ in served):
        met = {outcome: served.get((use, outcome), 0.0) for outcome in chance}
        licence, item, end_use = use
        demand, expected = wanted.get((item, end_use), 0.0), _expected(met, chance)
        worst = _least(met, chance)
        if expected <= NOISE:
            continue
        rows.append(
            LicenceUse(
                licence=licence,
                item=item,
                end_use=end_use,
                demand=demand,
                served=expected,
                share=share(expected, demand),
                served_at_worst=met[worst],
                worst_outcome=worst,
            )
        )
    return tuple(sorted(rows, key=lambda r: (-r.served, r.licence, r.item, r.end_use)))


def _expected(amounts: Mapping[str, float], chance: Mapping[str, float]) -> float:
    return sum(chance[outcome] * amount for outcome, amount in amounts.items())


def _least(amounts: Mapping[str, float], chance: Mapping[str, float]) -> str:
    """The outcome with the least; of equal ones the likeliest."""
    return min(amounts, key=lambda outcome: (amounts[outcome], -chance[outcome]))
