"""The assembly of a problem: one line for each of its parts."""

from __future__ import annotations

import math
from collections.abc import Mapping

from models.problem import Aim, Measure, Needs, OfferKey, Pricing, Problem, Supply
from optimizer.assemble import awards
from optimizer.assemble.demand import backlog_costs, by_site, in_outcomes, shortage_costs
from optimizer.assemble.effects import Effects, effects_of
from optimizer.assemble.ground import Ground, ground_of
from optimizer.assemble.knowledge import known_over_time, shared_orders
from optimizer.assemble.landed import dearest, landed_costs
from optimizer.assemble.lanes import row_name
from optimizer.assemble.licensing import bans, class_name, licences_of, stock_classes
from optimizer.assemble.network import Network, network_of
from optimizer.assemble.origins import origins_of
from optimizer.assemble.projects import project_options
from optimizer.assemble.quotes import Quote, quotes_of
from optimizer.assemble.rules import rule_scopes
from optimizer.assemble.stock import holdings_of, unit_values
from optimizer.assemble.tiers import discount_scales, tiers_of
from optimizer.collector import collector_paused
from optimizer.contract.data import Data

_Licences = Mapping[OfferKey, tuple[str, ...]]


@collector_paused()
def assemble(data: Data) -> Problem:
    """The problem of a workbook.

    Data is taken to be checked: names that no table declares raise KeyError.  With one outcome
    there is no call-off band (orders are the award), no late order and one aim, whatever the
    settings say; overbooking is limited only where some outcome does not deliver in full.
    """
    ground = ground_of(data)
    origins = origins_of(ground)
    licences = licences_of(ground, origins)
    effects = effects_of(ground, origins, licences)
    network = network_of(ground, effects)
    quotes = quotes_of(ground)
    values = unit_values(ground, quotes)
    supply = _supply(ground, network, quotes, licences, effects)
    known = known_over_time(effects.outcomes.all, ground.clock, ground.settings.reveal_days)
    several = len(effects.names) > 1
    classes = _classes(ground, supply, licences)
    return Problem(
        name=ground.settings.name or data.source.name,
        horizon=ground.clock.horizon,
        outcomes=effects.outcomes.probabilities,
        classes=classes,
        supply=supply,
        pricing=_pricing(ground, network, supply, quotes),
        needs=_needs(ground, network, quotes, classes, effects),
        holdings=holdings_of(ground, by_site(network.demand), licences, values, effects),
        substitutions=network.options,
        projects=project_options(ground),
        rules=rule_scopes(ground, origins, licences, supply.lanes, network.demand, values),
        shares_orders=shared_orders(known, ground.clock.horizon.numbers),
        late_orders_pro_rata=several and ground.settings.late_orders == "pro_rata",
        aim=_aim(ground) if several else Aim(),
    )


def _supply(
    ground: Ground,
    network: Network,
    quotes: Mapping[OfferKey, Quote],
    licences: _Licences,
    effects: Effects,
) -> Supply:
    routes = network.open_routes
    offers = tuple(dict.fromkeys(route.offer for route in routes))
    suppliers = tuple(dict.fromkeys(supplier for supplier, _ in offers))
    ordered = {((key[0], key[1]), t) for key, periods in network.periods.items() for t in periods}
    active = {(supplier, t) for (supplier, _), t in ordered}
    capacities = network.capacities
    rows = {row_name(route.row): route.row for route in routes if route.row is not None}
    landed = landed_costs(ground, network, quotes, effects)
    deliverable = effects.deliverable(offers)
    return Supply(
        offers=offers,
        lanes=tuple(route.key for route in routes),
        order_periods=tuple((key, t) for key, periods in network.periods.items() for t in periods),
        arrival=network.arrival,
        landed={key: built.landed for key, built in landed.items()},
        deliverable=deliverable,
        stock_class={key: class_name(licences[key]) for key in offers},
        supplier_capacity={k: c for k, c in capacities.supplier.items() if k in active},
        offer_capacity={k: c for k, c in capacities.offer.items() if k in ordered},
        calendar_factor={k: f for k, f in capacities.factor.items() if k in active},
        lane_row={route.key: row_name(route.row) for route in routes if route.row is not None},
        row_capacity={
            name: row.capacity for name, row in sorted(rows.items()) if math.isfinite(row.capacity)
        },
        lane_fixed_cost={
            (row_name(route.row), route.key[0], route.key[2]): route.row.fixed_cost
            for route in routes
            if route.row is not None and route.row.fixed_cost > 0
        },
        supplier_cost=awards.supplier_costs(ground, suppliers),
        offer_cost=awards.offer_costs(ground, offers),
        min_award=awards.min_awards(ground, offers),
        max_award=awards.max_awards(ground, offers),
        min_order=awards.min_orders(ground, offers),
        order_cost=awards.order_costs(ground, offers, licences),
        quota=awards.quotas(ground, sorted({n for key in offers for n in licences[key]})),
        call_off=awards.call_offs(ground, offers) if len(effects.names) > 1 else {},
        overbooking=ground.settings.overbooking if deliverable else math.inf,
    )


def _pricing(
    ground: Ground, network: Network, supply: Supply, quotes: Mapping[OfferKey, Quote]
) -> Pricing:
    tiers = tiers_of(ground, supply.offers, quotes)
    return Pricing(
        list_price={key: quotes[key].list_price for key in supply.offers},
        tiers=tiers,
        discount_scale=discount_scales(network.open_routes, tiers, quotes),
    )


def _needs(
    ground: Ground,
    network: Network,
    quotes: Mapping[OfferKey, Quote],
    classes: Mapping[str, tuple[str, ...]],
    effects: Effects,
) -> Needs:
    items = sorted({item for (item, _, _), _ in network.demand})
    return Needs(
        demand=in_outcomes(network.demand, effects),
        shortage_cost=shortage_costs(ground, items, dearest(ground, network, quotes)),
        backlog_cost=backlog_costs(ground, items),
        forbid_shortage=ground.settings.unmet_demand == "forbid",
        bans=bans(ground, classes),
    )


def _aim(ground: Ground) -> Aim:
    settings = ground.settings
    return Aim(Measure(settings.risk_measure), settings.cvar_level, settings.risk_weight)


def _classes(ground: Ground, supply: Supply, licences: _Licences) -> Mapping[str, tuple[str, ...]]:
    """Every class in which goods can be: of offers, of stock and of open orders."""
    sets = [licences[key] for key in supply.offers]
    sets += [row.licences for row in ground.data.stock]
    sets += [licences[row.supplier, row.item] for row in ground.data.open_orders]
    return stock_classes(sets)
