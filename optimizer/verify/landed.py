"""Landed unit cost, built up from the quote, and arrival."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.supply import Lane, Offer
from optimizer.verify.clock import Clock
from optimizer.verify.sources import Sources
from optimizer.verify.world import World


@dataclass(frozen=True, slots=True)
class BuildUp:
    """Of one unit, in base currency."""

    factor: float
    price_add: float
    price_base: float
    freight: float
    duty: float

    @property
    def landed(self) -> float:
        """Price, freight and duty."""
        return self.price_base + self.freight + self.duty


@dataclass(frozen=True, slots=True)
class Landing:
    """Computes landed costs and arrivals."""

    sources: Sources
    clock: Clock
    duty_on_freight: bool

    def at_list(self, offer: Offer, lane: Lane, period: int) -> BuildUp:
        """At list price x rate x calendar factor, without what outcomes do."""
        return self._build(offer, lane, self.sources.price_factor(offer, period), 0.0)

    def of(self, offer: Offer, lane: Lane, period: int, world: World) -> BuildUp:
        """Of an order of that period in that outcome."""
        factor = self.sources.price_factor(offer, period) * world.price_factor(offer, period)
        return self._build(offer, lane, factor, world.price_add(offer, period))

    def arrival(self, offer: Offer, lane: Lane, period: int, world: World) -> int | None:
        """Period of arrival; None: after the horizon."""
        days = offer.lead_days + lane.transit_days + world.delay_days(offer, period)
        arrives = self.clock.arrival(period, days)
        return arrives if self.clock.inside(arrives) else None

    def on_price(self, offer: Offer, lane: Lane) -> float:
        """What one unit of price costs with the duty on it."""
        return 1.0 if offer.price_includes == "freight_and_duty" else 1.0 + lane.duty_rate

    def _build(self, offer: Offer, lane: Lane, factor: float, price_add: float) -> BuildUp:
        price = self.sources.list_price(offer) * factor + price_add
        freight = lane.freight if offer.price_includes == "nothing" else 0.0
        dutiable = price + freight if self.duty_on_freight else price
        duty = 0.0 if offer.price_includes == "freight_and_duty" else lane.duty_rate * dutiable
        return BuildUp(factor, price_add, price, freight, duty)


def landing_of(data: Data, sources: Sources, clock: Clock) -> Landing:
    """From the input rows."""
    return Landing(sources, clock, data.settings.duty_on == "price_and_freight")
