"""The model as a contents page: its constraints, in the order a reader wants them.

The variables stand in models.variables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pyomo.environ as pyo
from pyomo.common.gc_manager import PauseGC

from models import (
    aim,
    concentration,
    contracts,
    costs,
    counts,
    held,
    links,
    pricing,
    projects,
    rules,
    service,
    sourcing,
    stock,
)
from models.index import Index
from models.problem import Aim, Problem
from models.variables import VARIABLES, IndexSet, Unknown


class ImpossibleError(ValueError):
    """A constraint that no plan can keep, because nothing in it can be decided."""

    def __init__(self, constraint: str, index: tuple[Any, ...]) -> None:
        super().__init__(f"{constraint}{list(index)} cannot hold whatever is decided")
        self.constraint = constraint
        self.index = index


@dataclass(frozen=True, slots=True)
class Law:
    """A constraint of the model: where it exists and what it says (name, docstring, formula)."""

    index: IndexSet
    rule: Callable[..., Any]

    @property
    def name(self) -> str:
        """The name of the constraint: that of its function."""
        return self.rule.__name__


CONSTRAINTS: tuple[Law, ...] = (
    # what is ordered, and what it comes to
    Law(sourcing.called_off_index, sourcing.called_off_definition),
    Law(sourcing.award_definition_index, sourcing.award_definition),
    Law(sourcing.lane_volume_definition_index, sourcing.lane_volume_definition),
    Law(sourcing.volume_definition_index, sourcing.volume_definition),
    # stock and demand
    Law(stock.stock_index, stock.stock_balance),
    Law(service.need_index, service.demand_balance),
    Law(service.substitution_share_index, service.substitution_share),
    # capacity and licences
    Law(sourcing.supplier_capacity_index, sourcing.supplier_capacity),
    Law(sourcing.offer_capacity_index, sourcing.offer_capacity),
    Law(sourcing.lane_capacity_index, sourcing.lane_capacity),
    Law(sourcing.licence_quota_index, sourcing.licence_quota),
    # minimums, maximums and what needs a yes
    Law(sourcing.minimum_award_index, sourcing.minimum_award),
    Law(sourcing.maximum_award_index, sourcing.maximum_award),
    Law(sourcing.minimum_order_index, sourcing.minimum_order),
    # awards that are given
    Law(held.held_award_index, held.held_award),
    Law(held.held_share_index, held.held_share),
    # what an award allows under risk
    Law(contracts.least_call_off_index, contracts.least_call_off),
    Law(contracts.most_call_off_index, contracts.most_call_off),
    Law(contracts.overbooking_index, contracts.overbooking),
    Law(links.order_needs_placing_index, links.order_needs_placing),
    Law(links.placing_needs_award_index, links.placing_needs_award),
    Law(links.lane_needs_award_index, links.lane_needs_award),
    Law(links.award_needs_supplier_index, links.award_needs_supplier),
    Law(links.lane_needs_approval_index, links.lane_needs_approval),
    # price breaks
    Law(pricing.tiers_carry_deliveries_index, pricing.tiers_carry_deliveries),
    Law(pricing.one_tier_index, pricing.one_tier),
    Law(pricing.tier_floor_index, pricing.tier_floor),
    Law(pricing.tier_reached_index, pricing.tier_ceiling),
    # cover and storage
    Law(stock.storage_index, stock.storage),
    Law(stock.minimum_cover_index, stock.minimum_cover),
    Law(stock.maximum_cover_index, stock.maximum_cover),
    # projects
    Law(projects.project_needs_supplier_index, projects.project_needs_supplier),
    Law(projects.incentive_deliveries_index, projects.incentive_deliveries),
    Law(projects.incentive_demand_index, projects.incentive_demand),
    Law(projects.incentive_capacity_index, projects.incentive_capacity),
    Law(projects.incentive_cap_index, projects.incentive_cap),
    # rules
    Law(rules.scope_total_index, rules.scope_total_definition),
    Law(rules.member_volume_index, rules.member_volume_definition),
    Law(rules.limit_of_group_index, rules.limit_of_group),
    Law(rules.risk_limit_index, rules.risk_limit),
    Law(counts.used_member_index, counts.used_member),
    Law(counts.source_member_index, counts.source_member),
    Law(counts.unsourced_index, counts.unsourced_definition),
    Law(counts.source_of_need_index, counts.source_of_need),
    Law(counts.nobody_used_index, counts.nobody_used),
    Law(counts.count_limit_index, counts.count_limit),
    Law(concentration.single_member_index, concentration.single_member),
    # more than the expected cost
    Law(aim.outcome_cost_index, aim.outcome_cost_definition),
    Law(aim.tail_excess_index, aim.tail_excess_definition),
    Law(aim.worst_outcome_index, aim.worst_outcome),
)


def build(problem: Problem, *, without: Collection[str] = ()) -> pyo.ConcreteModel:
    """The Pyomo model of a problem; ``without``: names of constraints to leave out.

    Raises ImpossibleError if a constraint without a single variable does not hold.
    """
    with PauseGC():  # millions of terms that all stay: looking for garbage doubles the time
        m, view = _declared(problem, without)
        m.cost = pyo.Objective(expr=aim.objective(view), sense=pyo.minimize)
    return m


def build_unavoidable(problem: Problem) -> pyo.ConcreteModel:
    """The linear model whose optimum is the shortage cost that no plan can avoid.

    No rules, no minimums, no given awards, no yes or no, no costs but those of shortage.
    """
    supply = replace(
        problem.supply,
        supplier_cost={},
        offer_cost={},
        min_award={},
        min_order={},
        order_cost={},
        lane_fixed_cost={},
        call_off={},
        overbooking=math.inf,
    )
    holdings = replace(problem.holdings, min_cover={}, max_cover={})
    eased = replace(
        problem,
        supply=supply,
        holdings=holdings,
        pricing=replace(problem.pricing, tiers={}),
        aim=Aim(),
        held={},
        split={},
        substitutions=tuple(replace(o, fixed_cost=0.0) for o in problem.substitutions),
        rules=(),
    )
    m, view = _declared(eased, ())
    m.modules.domain = pyo.NonNegativeReals
    short = sum(p * costs.shortage(view, w) for w, p in problem.outcomes.items())
    m.cost = pyo.Objective(expr=short, sense=pyo.minimize)
    return m


def _declared(problem: Problem, without: Collection[str]) -> tuple[Any, Any]:
    """The model without what it minimises, and as its constraints look at it."""
    m = pyo.ConcreteModel(problem.name)
    m.ix = ix = Index(problem)
    for unknown in VARIABLES:
        m.add_component(unknown.name, _variable(ix, unknown))
    view = _seen(m)
    impossible: list[ImpossibleError] = []
    for law in CONSTRAINTS:
        if law.name not in without:
            m.add_component(law.name, _constraint(view, law, impossible))
    if impossible:
        raise impossible[0]
    return m, view


def _set(index: Iterable[Any]) -> pyo.SetOf:
    """An index set as it stands: Pyomo's own `Set` would look at every part of every index.

    Whether something is in it takes long to say; a variable or constraint does not ask.
    """
    return pyo.SetOf(list(dict.fromkeys(index)))


def _variable(ix: Index, unknown: Unknown) -> pyo.Var:
    upper = unknown.upper
    if upper is None:
        return pyo.Var(_set(unknown.index(ix)), domain=unknown.domain)
    return pyo.Var(
        _set(unknown.index(ix)),
        domain=unknown.domain,
        bounds=lambda m, *key: (0, upper(ix, key[0] if len(key) == 1 else key)),
    )


def _seen(m: Any) -> Any:
    """A model as its constraints look at it: a plain dictionary for each variable, and the indices.

    Pyomo checks every index that it is asked for, which takes longer than finding the variable.
    """
    return SimpleNamespace(
        ix=m.ix, **{one.name: dict(m.component(one.name).items()) for one in VARIABLES}
    )


def _constraint(view: Any, law: Law, impossible: list[ImpossibleError]) -> pyo.Constraint:
    def rule(_: Any, *key: Any) -> Any:
        said = law.rule(view, *key)
        if not isinstance(said, bool):
            return said
        if not said:
            # Raised later: Pyomo would print what is raised here before it passes it on.
            impossible.append(ImpossibleError(law.name, key))
        return pyo.Constraint.Feasible

    return pyo.Constraint(_set(law.index(view.ix)), rule=rule, doc=law.rule.__doc__)
