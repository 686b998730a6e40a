"""Landed unit cost: the one place where price, freight and duty become one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from models.problem import LaneKey, OfferKey
from optimizer.assemble.effects import Effects, effects_from_rows
from optimizer.assemble.ground import Ground, ground_of
from optimizer.assemble.lanes import Route
from optimizer.assemble.network import Network, network_of
from optimizer.assemble.quotes import Quote, quotes_of
from optimizer.collector import collector_paused
from optimizer.contract.data import Data


@dataclass(frozen=True, slots=True)
class BuildUp:
    """How the cost of one delivered unit is built up; base currency except ``price``.

    ``factor``: of Calendar and outcome together.  price_base = price x rate x factor + price_add;
    duty = duty_rate x dutiable; landed = price_base + freight + duty.  What the price includes is
    0 here.
    """

    price: float
    currency: str
    rate: float
    factor: float
    price_add: float
    price_base: float
    freight: float
    dutiable: float
    duty_rate: float
    duty: float
    landed: float


def build_up(
    quote: Quote, route: Route, duty_on: str, factor: float, price_add: float = 0.0
) -> BuildUp:
    """The landed cost of one unit by a lane at a price factor.

    A price that includes freight is itself the customs value, whatever ``duty_on`` says.
    """
    price_base = quote.price * quote.rate * factor + price_add
    freight = route.row.freight if route.row and quote.includes == "nothing" else 0.0
    dutiable = price_base + freight if duty_on == "price_and_freight" else price_base
    duty_rate = duty_rate_of(quote, route)
    duty = duty_rate * dutiable
    return BuildUp(
        price=quote.price,
        currency=quote.currency,
        rate=quote.rate,
        factor=factor,
        price_add=price_add,
        price_base=price_base,
        freight=freight,
        dutiable=dutiable,
        duty_rate=duty_rate,
        duty=duty,
        landed=price_base + freight + duty,
    )


def duty_rate_of(quote: Quote, route: Route) -> float:
    """Duty that comes on top of the price, as a share of the customs value."""
    if route.row is None or quote.includes == "freight_and_duty":
        return 0.0
    return route.row.duty_rate


@collector_paused()
def build_ups(data: Data) -> Mapping[tuple[LaneKey, int, str], BuildUp]:
    """The landed cost of every lane, period of order and outcome in which it arrives by T."""
    ground = ground_of(data)
    effects = effects_from_rows(ground)
    return landed_costs(ground, network_of(ground, effects), quotes_of(ground), effects)


def landed_costs(
    ground: Ground, network: Network, quotes: Mapping[OfferKey, Quote], effects: Effects
) -> Mapping[tuple[LaneKey, int, str], BuildUp]:
    """The same, from what is already prepared; what costs the same shares one build-up."""
    duty_on = ground.settings.duty_on
    factors = {key: network.factors.price(key) for key in quotes}
    routes = {route.key: route for route in network.routes}
    costs: dict[tuple[LaneKey, int, str], BuildUp] = {}
    for lane, keys in groupby(network.arrival, key=itemgetter(0)):
        route = routes[lane]
        offer = route.offer
        quote, by_period = quotes[offer], factors[offer]
        impacts = {outcome: effects.on_goods(offer, outcome) for outcome in effects.names}
        made: dict[tuple[float, float], BuildUp] = {}
        for key in keys:
            _, period, outcome = key
            impact = impacts[outcome]
            factor = by_period[period - 1] * impact.price_factor[period - 1]
            price = (factor, impact.price_add[period - 1])
            if price not in made:
                made[price] = build_up(quote, route, duty_on, *price)
            costs[key] = made[price]
    return costs


def dearest(
    ground: Ground, network: Network, quotes: Mapping[OfferKey, Quote]
) -> Mapping[str, float]:
    """Item -> the dearest landed unit cost of its offers, over all lanes and periods.

    Without outcomes: list price x rate x calendar factor.  It does not matter whether an order
    would arrive in time.
    """
    highest = {key: max(network.factors.price(key)) for key in quotes}
    found: dict[str, float] = {}
    for route in network.routes:
        _, item = route.offer
        cost = build_up(
            quotes[route.offer], route, ground.settings.duty_on, highest[route.offer]
        ).landed
        found[item] = max(cost, found.get(item, cost))
    return found
