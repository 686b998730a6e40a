"""The variables of the model as a contents page: where each exists and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pyomo.environ as pyo

from models import aim, counts, pricing, projects, rules, service, sourcing, stock
from models.index import Index, Label

IndexSet = Callable[[Index], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A variable of the model: its name, where it exists, what it says and what values it takes.

    ``over``: the letters of its index, for readers; ``unit``: blank for a yes or no.
    """

    name: str
    index: IndexSet
    over: str
    says: str
    unit: str = ""
    domain: Any = field(default_factory=lambda: pyo.NonNegativeReals)
    upper: Callable[[Index, Any], float] | None = None


def _modules(ix: Index, name: str) -> float:
    return float(ix.project_of[name].max_modules)


VARIABLES: tuple[Unknown, ...] = (
    # first stage: what is decided before anything is known
    Unknown(
        "award",
        sourcing.award_definition_index,
        "o",
        "what is contracted with an offer: its orders, expected over outcomes",
        "quantity over the horizon",
    ),
    Unknown(
        "use",
        lambda ix: ix.used_suppliers,
        "k",
        "the supplier is used, where that costs something",
        domain=pyo.Binary,
    ),
    Unknown(
        "awarded",
        lambda ix: ix.awarded_offers,
        "o",
        "the offer is awarded, where that costs something or has a minimum",
        domain=pyo.Binary,
    ),
    Unknown(
        "lane_used",
        lambda ix: sorted(set(ix.link_of_lane.values())),
        "r, k, s",
        "the fixed cost of a lane row is paid for a supplier and a site",
        domain=pyo.Binary,
    ),
    Unknown(
        "tier_reached",
        pricing.tier_reached_index,
        "o, n",
        "the price tier is reached",
        domain=pyo.Binary,
    ),
    Unknown(
        "modules",
        lambda ix: [p.name for p in projects.open_projects(ix)],
        "p",
        "what is built of a project",
        "modules",
        domain=pyo.NonNegativeIntegers,
        upper=_modules,
    ),
    Unknown(
        "substitution_used",
        lambda ix: sorted({r[0] for r in ix.replacements if ix.option_of[r[0]].fixed_cost > 0}),
        "n",
        "the substitution is prepared, where that costs something",
        domain=pyo.Binary,
    ),
    # per outcome: what is ordered, kept and used
    Unknown(
        "placed",
        lambda ix: [(*o, t, w) for o, t, w in ix.placed_orders],
        "o, t, w",
        "an order is placed, where that costs something or has a minimum",
        domain=pyo.Binary,
    ),
    Unknown(
        "order",
        lambda ix: ix.orders,
        "l, t, w",
        "what is ordered on a lane in a period",
        "quantity per period",
    ),
    Unknown(
        "tier_volume",
        pricing.tier_volume_index,
        "l, n, w",
        "what is delivered on a lane at a price tier",
        "quantity over the horizon",
    ),
    Unknown(
        "stock",
        stock.stock_index,
        "i, s, g, t, w",
        "what is on the shelf",
        "quantity at the end of the period",
    ),
    Unknown(
        "issue",
        service.issue_index,
        "i, s, g, e, t, w",
        "what is used of a class for an end use",
        "quantity per period",
    ),
    Unknown(
        "replace",
        lambda ix: ix.replacements,
        "n, s, g, e, t, w",
        "what is used of a substitute",
        "units of the substitute per period",
    ),
    Unknown(
        "late",
        service.late_index,
        "i, s, e, t, w",
        "demand that is still owed",
        "quantity at the end of the period",
    ),
    Unknown(
        "shortage",
        service.shortage_index,
        "i, s, e, t, w",
        "demand that is lost",
        "quantity per period",
    ),
    Unknown(
        "overflow",
        stock.overflow_index,
        "s, t, w",
        "stock that the site's storage does not hold",
        "quantity at the end of the period",
    ),
    Unknown(
        "cover_under",
        stock.minimum_cover_index,
        "i, s, t, w",
        "what stock is below its least target",
        "quantity at the end of the period",
    ),
    Unknown(
        "cover_over",
        stock.maximum_cover_index,
        "i, s, t, w",
        "what stock is above its largest target",
        "quantity at the end of the period",
    ),
    Unknown(
        "incentivised",
        projects.incentivised_index,
        "p, i, w",
        "deliveries for which a project earns its incentive",
        "quantity over the horizon",
    ),
    Unknown(
        "called_off",
        sourcing.called_off_index,
        "o, w",
        "all orders of an offer",
        "quantity over the horizon",
    ),
    # expected over outcomes: what rules look at
    Unknown(
        "lane_volume",
        sourcing.lane_volume_definition_index,
        "l",
        "what a lane is expected to deliver by the end of the horizon",
        "quantity over the horizon",
    ),
    Unknown(
        "volume",
        sourcing.volume_definition_index,
        "o",
        "what an offer is expected to deliver by the end of the horizon",
        "quantity over the horizon",
    ),
    Unknown(
        "scope_total",
        rules.scope_total_index,
        "r",
        "what a rule measures, of everything in its scope",
        "weight, mass of elements, or money over the horizon",
    ),
    Unknown(
        "member_volume",
        rules.member_volume_index,
        "r, m",
        "what a rule measures, of one member",
        "weight, mass of elements, or money over the horizon",
    ),
    Unknown(
        "unsourced",
        counts.unsourced_index,
        "r",
        "demand of a minimum count's items that is lost or met by another item, expected",
        "weight over the horizon",
    ),
    Unknown(
        "member_used", counts.member_used_index, "r, m", "the member counts", domain=pyo.Binary
    ),
    Unknown(
        "relaxed",
        rules.relaxed_index,
        "r, G",
        "by how much a soft rule is broken",
        "units of the rule's metric",
    ),
    # more than the expected cost
    Unknown(
        "outcome_cost",
        aim.outcome_cost_index,
        "w",
        "what the plan costs in an outcome",
        "money, discounted",
        domain=pyo.Reals,
    ),
    Unknown(
        "threshold",
        aim.threshold_index,
        "measure",
        "the value at risk, or the cost of the worst outcome",
        "money, discounted",
        domain=pyo.Reals,
    ),
    Unknown(
        "tail_excess",
        aim.tail_excess_index,
        "w",
        "by how much an outcome costs more than the value at risk",
        "money, discounted",
    ),
)

_ITEM_AT = {"i": 0, "o": 1, "l": 1}
_PLACE = {
    unknown.name: _ITEM_AT[unknown.over[0]] for unknown in VARIABLES if unknown.over[0] in _ITEM_AT
}
"""Where the item stands in the index of a variable that is about one."""


def item_of(label: Label) -> str | None:
    """The item that a variable is about; None where it is about several."""
    name, index = label
    place = _PLACE.get(name)
    if place is None:
        return None
    return str(index[place])
