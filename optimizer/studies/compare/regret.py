"""Regret: what each plan costs more in the world of another scenario than the plan made for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from models.problem import OfferKey
from optimizer.contract.scenario_results import RegretPlan, RegretRow
from optimizer.studies.compare.regret_world import Kept

_CENT = 1e-6
"""A regret below this share of the cost is none."""

_LISTED = 3

NOT_WORKED_OUT = "was not worked out"

Carried = Mapping[str, Mapping[str, Kept]]
"""World -> plan -> what came of it; on the diagonal the plan itself."""


def regret_rows(carried: Carried, unit: str) -> tuple[RegretRow, ...]:
    """Every plan in every world that has a plan of its own, plan by plan."""
    plans = list(carried)
    return tuple(
        _row(plan, world, carried[world].get(plan), carried[world][world], unit)
        for plan in plans
        for world in plans
    )


def plan_rows(rows: Sequence[RegretRow]) -> tuple[RegretPlan, ...]:
    """The largest regret of every plan, least first; last those that cannot be carried out.

    Of plans with the same largest regret the one that breaks rules in fewer worlds stands first.
    """
    found = [
        _plan(plan, [row for row in rows if row.plan == plan])
        for plan in dict.fromkeys(row.plan for row in rows)
    ]
    return tuple(
        sorted(
            found,
            key=lambda row: (
                math.inf if row.largest_regret is None else row.largest_regret,
                row.worlds_with_broken_rules,
            ),
        )
    )


def is_proven(rows: Sequence[RegretPlan]) -> bool:
    """Whether no other plan can have a smaller largest regret than the first, by the bounds."""
    first, *others = rows
    if first.most is None:
        return False
    limit = first.most
    return all(other.least is None or other.least >= limit - _CENT * abs(limit) for other in others)


def _row(plan: str, world: str, kept: Kept | None, own: Kept, unit: str) -> RegretRow:
    assert own.cost is not None
    if kept is None or kept.cost is None:
        note = NOT_WORKED_OUT if kept is None else kept.why_not
        return RegretRow(plan=plan, world=world, best=own.cost, note=note)
    if plan == world:
        return RegretRow(
            plan=plan, world=world, cost=own.cost, best=own.cost, regret=0.0, least=0.0, most=0.0,
            shortage=own.shortage,
        )  # fmt: skip
    regret = kept.cost - own.cost
    return RegretRow(
        plan=plan,
        world=world,
        cost=kept.cost,
        best=own.cost,
        regret=regret,
        least=kept.bound - own.cost,
        most=kept.cost - own.bound,
        shortage=kept.shortage,
        broken="; ".join(kept.broken),
        note="; ".join(_notes(kept, own, regret, unit)),
    )


def _notes(kept: Kept, own: Kept, regret: float, unit: str) -> Iterator[str]:
    assert own.cost is not None
    for says, quantities in (
        ("ordered, but cannot be filled there", kept.unfilled),
        ("owed to suppliers, but cannot be called off there", kept.uncalled),
    ):
        if quantities:
            yield f"{says}: {_listed(quantities, unit)}"
    if kept.gone:
        yield "not offered there: " + ", ".join(f"{item} of {k}" for k, item in kept.gone)
    if not kept.proven:
        yield "the best that can be made of it was not found within the time limit"
    if regret < -_CENT * abs(own.cost):
        if kept.broken:
            yield "cheaper than the plan made for that world, whose rules it does not keep"
        elif own.cost + regret >= own.bound:
            yield "cheaper than the plan made for that world, which is proven within its gap only"
        else:
            yield (
                "cheaper than the plan made for that world: what it has contracted leaves it more "
                "room than rules, overbooking and the band leave a plan made there"
            )


def _listed(quantities: Mapping[OfferKey, float], unit: str) -> str:
    largest = sorted(quantities.items(), key=lambda pair: -pair[1])
    said = [f"{q:,.0f} {unit} of {item} from {k}" for (k, item), q in largest[:_LISTED]]
    if len(largest) > _LISTED:
        rest = sum(q for _, q in largest[_LISTED:])
        said.append(f"and {rest:,.0f} {unit} of {len(largest) - _LISTED} more offers")
    return ", ".join(said)


def _plan(plan: str, rows: Sequence[RegretRow]) -> RegretPlan:
    broken = float(sum(bool(row.broken) for row in rows))
    impossible = [row for row in rows if row.regret is None]
    if impossible:
        return RegretPlan(plan=plan, world=impossible[0].world, worlds_with_broken_rules=broken)
    largest = max(rows, key=lambda row: row.regret or 0.0)
    return RegretPlan(
        plan=plan,
        largest_regret=largest.regret,
        world=largest.world,
        mean_regret=sum(row.regret or 0.0 for row in rows) / len(rows),
        least=max(row.least or 0.0 for row in rows),
        most=max(row.most or 0.0 for row in rows),
        largest_shortage=max(row.shortage or 0.0 for row in rows),
        worlds_with_broken_rules=broken,
    )
