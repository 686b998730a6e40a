"""What a plan can be best at besides its cost: who supplies, from where, how much moves, what is
short.

A model that is to be asked about these is extended by one variable for each, at no cost: a plan
costs what it did.  All of them only fall if something that nobody needs is not bought, so that the
bounds of the model (models.bounds) hold for the best of them as well.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo
from pyomo.environ import quicksum

from models.costs import in_outcome
from models.problem import Problem
from models.start import TRACE

SUPPLIERS, MADE_IN, MOVED = "suppliers", "made_in", "moved"
WORST_SHORTAGE, SHORTAGE = "worst_shortage", "shortage"

MeasureKey = tuple[str, str]
"""which of the five, and the country for MADE_IN ("" for the others)"""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the measures look at that a problem does not say.

    ``weight``: of one unit of an item.  ``country``: where a supplier makes its goods.
    ``countries``: those whose weight is measured.  ``moving``: items that are bought today.
    """

    weight: Mapping[str, float]
    country: Mapping[str, str]
    countries: tuple[str, ...] = ()
    moving: frozenset[str] = frozenset()


def with_every_use(problem: Problem) -> Problem:
    """The problem with a yes or no for the use of every supplier, also where it costs nothing."""
    suppliers = {offer[0] for offer in problem.supply.offers}
    cost = {**dict.fromkeys(sorted(suppliers), 0.0), **problem.supply.supplier_cost}
    return dataclasses.replace(
        problem, supply=dataclasses.replace(problem.supply, supplier_cost=cost)
    )


def measured_index(traits: Traits) -> list[MeasureKey]:
    """Every measure that can be asked for; moves only where something is bought today."""
    moved = [(MOVED, "")] if traits.moving else []
    countries = [(MADE_IN, country) for country in traits.countries]
    return [(SUPPLIERS, ""), *countries, *moved, (WORST_SHORTAGE, ""), (SHORTAGE, "")]


def add_measures(m: Any, traits: Traits) -> None:
    """Add the measures to the model of a problem `with_every_use`.

    ``measured`` is at least what a plan comes to, and that where it is minimised.  What an offer
    would have by today's split is 0 here: it is the right-hand side of ``beyond_today``.
    """
    m.traits = traits
    moving = [offer for offer in m.award if offer[1] in traits.moving]
    m.measured = pyo.Var(measured_index(traits), domain=pyo.NonNegativeReals)
    m.beyond = pyo.Var(moving, domain=pyo.NonNegativeReals)
    _add(m, supplier_count, [(SUPPLIERS, "")])
    _add(m, weight_made_in, [(MADE_IN, country) for country in traits.countries])
    _add(m, beyond_today, moving)
    _add(m, weight_moved, [(MOVED, "")] if traits.moving else [])
    _add(m, worst_shortage, list(m.ix.outcomes))
    _add(m, expected_shortage, [(SHORTAGE, "")])


def _add(m: Any, rule: Any, index: Iterable[Any]) -> None:
    m.add_component(rule.__name__, pyo.Constraint(list(index), rule=rule, doc=rule.__doc__))


def supplier_count(m: Any, *measure: str) -> Any:
    r"""How many suppliers are used.

    .. math:: measured \ge \sum_k use_k

    Unit: suppliers.
    """
    return m.measured[measure] >= quicksum(m.use.values())


def weight_made_in(m: Any, *measure: str) -> Any:
    r"""What a country is expected to deliver.

    .. math:: measured_c \ge \sum_{o: c(o)=c} weight_{i(o)}\, volume_o

    Unit: weight over the horizon.  Weight and not a share: of a share there would be less, too, if
    more than anybody needs were bought elsewhere.
    """
    traits = m.traits
    made = quicksum(
        traits.weight[offer[1]] * m.volume[offer]
        for offer in m.volume
        if traits.country[offer[0]] == measure[1]
    )
    return m.measured[measure] >= made


def beyond_today(m: Any, *o: str) -> Any:
    r"""What is contracted with an offer above what it would have by today's split of its item.

    .. math:: beyond_o \ge award_o - today_o

    Unit: quantity over the horizon.
    """
    return m.beyond[o] - m.award[o] >= 0.0


def weight_moved(m: Any, *measure: str) -> Any:
    r"""What is bought elsewhere than today.

    .. math:: measured \ge \sum_o weight_{i(o)}\, beyond_o

    Unit: weight over the horizon.  Where as much is bought as today's split is scaled to, that is
    half the sum of all differences: what one offer has more, another has less.
    """
    weight = m.traits.weight
    return m.measured[measure] >= quicksum(weight[o[1]] * m.beyond[o] for o in m.beyond)


def worst_shortage(m: Any, w: str) -> Any:
    r"""What is lost in the outcome in which that is most; what is late after T is lost too.

    .. math:: measured \ge \sum_{i,s,e,t} shortage_{i,s,e,t,w} + \sum_{i,s,e} late_{i,s,e,T,w}

    Unit: quantity over the horizon.
    """
    return m.measured[WORST_SHORTAGE, ""] >= _lost(m, w)


def expected_shortage(m: Any, *measure: str) -> Any:
    r"""What is lost, expected over outcomes; what is late after T is lost too.

    .. math:: measured \ge \sum_w p_w \Big( \sum_{i,s,e,t} shortage_{i,s,e,t,w}
              + \sum_{i,s,e} late_{i,s,e,T,w} \Big)

    Unit: quantity over the horizon.
    """
    chance = m.ix.problem.outcomes
    return m.measured[measure] >= quicksum(p * _lost(m, w) for w, p in chance.items())


def _lost(m: Any, w: str) -> Any:
    last = m.ix.problem.horizon.periods
    lost = quicksum(m.shortage[key] for key in in_outcome(m, "shortage", w))
    never = quicksum(m.late[key] for key in in_outcome(m, "late", w) if key[-2] == last)
    return lost + never


def without_idle(
    problem: Problem, values: Mapping[tuple[str, Any], float]
) -> dict[tuple[str, Any], float]:
    """A plan whose suppliers and offers have no yes unless something is ordered from them.

    ``values``: (variable, index) -> value of every variable.  A supplier at whom something is
    built keeps its yes.
    """
    bought = {i for (name, i), value in values.items() if name == "award" and value > TRACE}
    suppliers = {offer[0] for offer in bought}
    suppliers.update(p.supplier for p in problem.projects if values.get(("modules", p.name)))
    plan = dict(values)
    for name, index in values:
        idle = (
            (name == "use" and index not in suppliers)
            or (name == "awarded" and index not in bought)
            or (name == "placed" and index[:2] not in bought)
        )
        if idle:
            plan[name, index] = 0.0
    return plan
