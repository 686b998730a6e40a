"""Capacity per period of suppliers and offers.  No key: unlimited."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.problem import OfferKey, ProjectOption
from optimizer.assemble.factors import Factors
from optimizer.assemble.ground import Ground


@dataclass(frozen=True, slots=True)
class Capacities:
    """Capacities with their Calendar factors, and those factors of suppliers where not 1.

    ``never``: suppliers and periods in which no module, built or not, delivers anything.
    """

    supplier: Mapping[tuple[str, int], float]
    offer: Mapping[tuple[OfferKey, int], float]
    factor: Mapping[tuple[str, int], float]
    never: frozenset[tuple[str, int]]


def capacities_of(
    ground: Ground, factors: Factors, projects: Iterable[ProjectOption]
) -> Capacities:
    """The capacities of all suppliers and active offers."""
    first_built: dict[str, int] = {}
    for project in projects:
        first = first_built.get(project.supplier, project.first_period)
        first_built[project.supplier] = min(first, project.first_period)
    supplier_capacity, supplier_factor, never = {}, {}, set()
    for name, supplier in ground.suppliers.items():
        built = first_built.get(name, ground.clock.last + 1)
        for period, factor in enumerate(factors.supplier_capacity(name), start=1):
            capacity = _scaled(supplier.capacity, factor)
            if math.isfinite(capacity):
                supplier_capacity[name, period] = capacity
            if factor != 1:
                supplier_factor[name, period] = factor
            if factor == 0 or (capacity == 0 and period < built):
                never.add((name, period))
    offer_capacity = {}
    for key, offer in ground.offers.items():
        for period, factor in enumerate(factors.offer_capacity(key), start=1):
            capacity = _scaled(offer.capacity, factor)
            if math.isfinite(capacity):
                offer_capacity[key, period] = capacity
    return Capacities(supplier_capacity, offer_capacity, supplier_factor, frozenset(never))


def _scaled(capacity: float, factor: float) -> float:
    """Nothing of something unlimited is nothing; any other part of it is unlimited."""
    return 0.0 if factor == 0 else capacity * factor
