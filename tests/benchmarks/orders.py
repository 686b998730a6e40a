"""A plan with an order for every demand: very many rows of a result, without a solve."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from models.problem import Problem
from models.solution import Solution
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.contract.goods import Demand
from optimizer.contract.plan import Plan, Size
from optimizer.contract.policy import Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Lane, Supplier
from optimizer.results import Solved, Unavoidable, tabulate
from tests.benchmarks.tables import Size as Rows
from tests.benchmarks.tables import quantity
from tests.small import offer, small

COUNTRIES = ("CN", "VN", "DE")
SUPPLIERS = 60


def ordered(size: Rows) -> Data:
    """A workbook whose every item has one offer, and a lane from every country to every site."""
    items = [f"I{n:03d}" for n in range(size.items)]
    sites = [f"P{n:02d}" for n in range(size.sites)]
    demand = [(item, site, t) for item in items for site in sites for t in range(size.months)]
    cap = Rule(rule="made_in_cn", dimension="country", member=("CN",), metric="share", sense="max",
               limit=0.9)  # fmt: skip
    return small(
        settings=Settings(start="2025-01", periods=size.months, discount_rate=0.1),
        countries=[Country(country=country) for country in COUNTRIES],
        suppliers=[
            Supplier(supplier=f"S{n:02d}", country=COUNTRIES[n % 3]) for n in range(SUPPLIERS)
        ],
        offers=[
            offer(f"S{n % SUPPLIERS:02d}", item, price=10 + n % 17, lead_days=0)
            for n, item in enumerate(items)
        ],
        lanes=[
            Lane(country=country, site=site, mode="sea", freight=1.5, duty_rate=0.05)
            for country in COUNTRIES
            for site in sites
        ],
        demand=[
            Demand(item=item, site=site, period=t + 1, quantity=quantity(n))
            for n, (item, site, t) in enumerate(demand)
        ],
        rules=[cap],
    )


def just_in_time(problem: Problem) -> Solution:
    """Every demand ordered from the one lane of its item and site, and used as it arrives."""
    lanes = {(item, site): (maker, mode) for maker, item, site, mode in problem.supply.lanes}
    order, issue = {}, {}
    for ((item, site, end_use), t, outcome), amount in problem.needs.demand.items():
        maker, mode = lanes[item, site]
        order[maker, item, site, mode, t, outcome] = amount
        issue[item, site, "free", end_use, t, outcome] = amount
    every: dict[str, Any] = {field.name: {} for field in fields(Solution)}
    return Solution(**{**every, "order": order, "issue": issue})


def plan_of(size: Rows) -> Plan:
    """The plan of such a workbook."""
    data = ordered(size)
    return tabulated(data, assemble(data))


def tabulated(data: Data, problem: Problem) -> Plan:
    """The plan as tables; its facts say what the orders cost, its bound is 0."""
    solved = Solved("interrupted", 0.0, 0.0, Size(1, 0, 0, 0))
    return tabulate(data, problem, just_in_time(problem), solved, Unavoidable(0.0, 0.0))
