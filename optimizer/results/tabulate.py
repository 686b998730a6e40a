"""From a solution to a plan: every result table, and the facts."""

from __future__ import annotations

from models.problem import Problem
from models.solution import Solution
from optimizer.assemble.knowledge import knowledge_of
from optimizer.assemble.outcomes import outcomes_of
from optimizer.collector import collector_paused
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan, Tables
from optimizer.results.assumptions import assumption_rows
from optimizer.results.awards import award_rows, move_rows
from optimizer.results.basis import basis
from optimizer.results.charges import Flows, charge_rows
from optimizer.results.costs import build_up_rows
from optimizer.results.facts import Solved, Unavoidable, facts_of, outcome_rows
from optimizer.results.first_stage import incentive_rows, project_rows
from optimizer.results.licences import exposure_rows, use_rows
from optimizer.results.mix import mix_rows
from optimizer.results.notes import with_notes
from optimizer.results.rules import rule_rows
from optimizer.results.service import issue_rows, service_rows
from optimizer.results.stock import cover_rows, stock_rows
from optimizer.results.tree import tree_rows


@collector_paused()
def tabulate(
    data: Data, problem: Problem, solution: Solution, solved: Solved, unavoidable: Unavoidable
) -> Plan:
    """The plan that a solution stands for: quantities in the workbook's unit, money in its base
    currency, and no row that is only noise of the solver.

    Orders and tiers come from the solution; everything else is added up from them, so that the
    written numbers agree with each other.
    """
    found = basis(data, problem, solution)
    issues = issue_rows(found)
    service = service_rows(found, issues)
    stock_plan = stock_rows(found, issues)
    cover = cover_rows(found, stock_plan)
    incentives = incentive_rows(found)
    charges = charge_rows(found, Flows(stock_plan, service, cover, incentives))
    futures = outcomes_of(data)
    outcomes = outcome_rows(found, futures, charges, service, solved.comparison)
    mix = mix_rows(found)
    facts = facts_of(
        found, with_notes(found, solved, futures), unavoidable, outcomes, charges, mix, stock_plan
    )
    tables = Tables(
        awards=award_rows(found),
        moves=move_rows(found),
        mix=mix,
        rule_check=rule_rows(found),
        outcomes=outcomes,
        tree=tree_rows(futures.all, knowledge_of(data)),
        licence_exposure=exposure_rows(found),
        licence_use=use_rows(problem, issues, service),
        orders=found.orders,
        issues=issues,
        service=service,
        stock_plan=stock_plan,
        cover=cover,
        costs=build_up_rows(found),
        charges=charges,
        tiers=found.tiers,
        projects_built=project_rows(found),
        incentives=incentives,
        assumptions=assumption_rows(found, facts),
    )
    return Plan(data, facts, tables)
