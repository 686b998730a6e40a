"""Capacity of suppliers, offers and lanes; licence quotas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.supply import Lane
from optimizer.verify.case import Case
from optimizer.verify.sources import scaled
from optimizer.verify.violation import Check, Violation, at_most


def check_supplier_capacity(case: Case) -> Iterator[Violation]:
    """Orders of a period over all items: (capacity + modules built) x calendar factor."""
    ordered: defaultdict[tuple[str, str, int], float] = defaultdict(float)
    for (outcome, supplier, _, period), quantity in case.flows.placed.items():
        ordered[outcome, supplier, period] += quantity
    for (outcome, supplier, period), quantity in ordered.items():
        row = case.sources.suppliers.get(supplier)
        if row is None:
            continue
        factor = case.sources.supplier_factor(supplier, period)
        limit = scaled(row.capacity + _built(case, supplier, period), factor)
        place = f"{supplier} in {case.clock.name(period)}, outcome {outcome}"
        yield from at_most(Check.SUPPLIER_CAPACITY, place, limit, quantity, case.tolerance.quantity)


def check_offer_capacity(case: Case) -> Iterator[Violation]:
    """Orders of a period from one offer: capacity x calendar factor."""
    for (outcome, supplier, item, period), quantity in case.flows.placed.items():
        offer = case.offer(supplier, item)
        if offer is None:
            continue
        limit = case.sources.offer_capacity(offer, period)
        place = f"{item} of {supplier} in {case.clock.name(period)}, outcome {outcome}"
        yield from at_most(Check.OFFER_CAPACITY, place, limit, quantity, case.tolerance.quantity)


def check_lane_capacity(case: Case) -> Iterator[Violation]:
    """Orders of a period that use the same row of Lanes."""
    rows: dict[int, Lane] = {}
    ordered: defaultdict[tuple[str, int, int], float] = defaultdict(float)
    for order in case.flows.orders:
        if order.taken is not None:
            lane = order.taken.lane
            rows[id(lane)] = lane
            ordered[order.row.outcome, id(lane), order.row.period] += order.row.quantity
    for (outcome, key, period), quantity in ordered.items():
        lane = rows[key]
        place = f"{lane_name(lane)} in {case.clock.name(period)}, outcome {outcome}"
        tolerance = case.tolerance.quantity
        yield from at_most(Check.LANE_CAPACITY, place, lane.capacity, quantity, tolerance)


def check_quota(case: Case) -> Iterator[Violation]:
    """What the plan's orders deliver under a licence in an outcome."""
    delivered: defaultdict[tuple[str, str], float] = defaultdict(float)
    for order in case.flows.orders:
        if order.taken is not None:
            for licence in case.licensing.of(*order.offer_key):
                delivered[order.row.outcome, licence] += order.delivered
    for (outcome, name), quantity in delivered.items():
        row = case.licensing.licences.get(name)
        if row is None:
            continue
        limit = case.clock.pro_rata(row.quota)
        place = f"licence {name}, outcome {outcome}"
        yield from at_most(Check.QUOTA, place, limit, quantity, case.tolerance.quantity)


def lane_name(lane: Lane) -> str:
    """The row of Lanes in words."""
    origin = lane.supplier if lane.supplier != "*" else lane.country
    return f"lane from {origin} to {lane.site} for {lane.item} by {lane.mode}"


def _built(case: Case, supplier: str, period: int) -> float:
    built = {row.project: row.modules for row in case.tables.projects_built}
    return sum(
        project.capacity * built.get(project.project, 0.0)
        for project in case.data.projects
        if project.supplier == supplier and period >= case.clock.after(project.build_days)
    )
