"""What it costs to buy from somebody at all, and how much may or must be bought."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from models.problem import Band, OfferKey
from optimizer.assemble.ground import Ground


def supplier_costs(ground: Ground, suppliers: Iterable[str]) -> Mapping[str, float]:
    """Onboarding and fixed cost of using a supplier over the horizon, where not 0."""
    costs = {}
    for name in suppliers:
        row = ground.suppliers[name]
        costs[name] = row.onboarding_cost + ground.clock.pro_rata(row.fixed_cost)
    return {name: cost for name, cost in costs.items() if cost}


def offer_costs(ground: Ground, offers: Iterable[OfferKey]) -> Mapping[OfferKey, float]:
    """Qualification and switching cost of awarding an offer, where not 0."""
    costs = {}
    for key in offers:
        offer = ground.offers[key]
        qualification = 0.0 if offer.qualified else offer.qualification_cost
        switching = offer.switching_cost if offer.baseline == 0 else 0.0
        costs[key] = qualification + switching
    return {key: cost for key, cost in costs.items() if cost}


def min_awards(ground: Ground, offers: Iterable[OfferKey]) -> Mapping[OfferKey, float]:
    """Least award over the horizon, where there is one."""
    found = {key: ground.clock.pro_rata(ground.offers[key].min_award) for key in offers}
    return {key: least for key, least in found.items() if least > 0}


def max_awards(ground: Ground, offers: Iterable[OfferKey]) -> Mapping[OfferKey, float]:
    """Largest award over the horizon, where there is one."""
    found = {key: ground.clock.pro_rata(ground.offers[key].max_award) for key in offers}
    return {key: most for key, most in found.items() if math.isfinite(most)}


def min_orders(ground: Ground, offers: Iterable[OfferKey]) -> Mapping[OfferKey, float]:
    """Least quantity of one order, where there is one."""
    return {key: ground.offers[key].min_order for key in offers if ground.offers[key].min_order > 0}


def order_costs(
    ground: Ground, offers: Iterable[OfferKey], licences: Mapping[OfferKey, tuple[str, ...]]
) -> Mapping[OfferKey, float]:
    """Cost of one order, with the paperwork of every licence it needs, where not 0."""
    paperwork = {row.licence: row.order_cost for row in ground.data.licences}
    costs = {
        key: ground.offers[key].order_cost + sum(paperwork[name] for name in licences[key])
        for key in offers
    }
    return {key: cost for key, cost in costs.items() if cost}


def call_offs(ground: Ground, offers: Iterable[OfferKey]) -> Mapping[OfferKey, Band]:
    """Which part of its award every offer is owed, and may be asked for, in any outcome."""
    settings = ground.settings
    bands = {}
    for key in offers:
        least, most = ground.offers[key].call_off_min, ground.offers[key].call_off_max
        bands[key] = Band(
            settings.call_off_min if least is None else least,
            settings.call_off_max if most is None else most,
        )
    return bands


def quotas(ground: Ground, licences: Iterable[str]) -> Mapping[str, float]:
    """What may be delivered under a licence over the horizon, where that is limited."""
    rows = {row.licence: row for row in ground.data.licences}
    found = {name: ground.clock.pro_rata(rows[name].quota) for name in licences}
    return {name: most for name, most in found.items() if math.isfinite(most)}
