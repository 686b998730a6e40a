"""What can be ordered: by which lane, in which period, arriving when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.problem import LaneKey, NeedKey, OfferKey, SubstitutionOption
from optimizer.assemble.capacity import Capacities, capacities_of
from optimizer.assemble.demand import by_site, demand_of, wanted_sites
from optimizer.assemble.effects import ByPeriod, Effects
from optimizer.assemble.factors import Factors, factors_of
from optimizer.assemble.ground import Ground
from optimizer.assemble.lanes import Route, routes_of
from optimizer.assemble.projects import project_options
from optimizer.assemble.substitutions import substitution_options


@dataclass(frozen=True, slots=True)
class Network:
    """Demand, and every way in which an offer can reach it.

    ``demand``: as on the sheet, without outcomes.  ``routes``: all lanes, also those on which
    nothing can arrive in time; ``periods``: the lanes and periods of order that arrive by T in at
    least one outcome; ``arrival``: when they do, of the outcomes in which they do.
    """

    demand: Mapping[tuple[NeedKey, int], float]
    options: tuple[SubstitutionOption, ...]
    factors: Factors
    capacities: Capacities
    routes: tuple[Route, ...]
    periods: Mapping[LaneKey, tuple[int, ...]]
    arrival: Mapping[tuple[LaneKey, int, str], int]

    @property
    def open_routes(self) -> tuple[Route, ...]:
        """The routes on which something can arrive in time."""
        return tuple(route for route in self.routes if route.key in self.periods)


def network_of(ground: Ground, effects: Effects) -> Network:
    """The network of a workbook."""
    demand = demand_of(ground)
    places = by_site(demand)
    options = substitution_options(ground, places)
    factors = factors_of(ground)
    capacities = capacities_of(ground, factors, project_options(ground))
    routes = routes_of(ground, wanted_sites(places, options))
    periods, arrival = _arrivals(ground, capacities, routes, effects)
    return Network(demand, options, factors, capacities, routes, periods, arrival)


def _arrivals(
    ground: Ground, capacities: Capacities, routes: tuple[Route, ...], effects: Effects
) -> tuple[dict[LaneKey, tuple[int, ...]], dict[tuple[LaneKey, int, str], int]]:
    clock, last = ground.clock, ground.clock.last
    known: dict[tuple[float, ByPeriod], list[int]] = {}
    open_periods = {key: _open_periods(ground, capacities, key) for key in ground.offers}
    periods: dict[LaneKey, tuple[int, ...]] = {}
    arrival: dict[tuple[LaneKey, int, str], int] = {}
    for route in routes:
        if route.row is not None and route.row.capacity == 0:
            continue
        key, offer = route.key, route.offer
        transit = route.row.transit_days if route.row is not None else 0.0
        days = ground.offers[offer].lead_days + transit
        comes = []
        for outcome in effects.names:
            delays = effects.on_goods(offer, outcome).delay_days
            if (days, delays) not in known:
                away = {delay: clock.transit(days + delay) for delay in set(delays)}
                known[days, delays] = [t + away[delay] for t, delay in enumerate(delays, start=1)]
            comes.append((outcome, known[days, delays]))
        in_time: list[int] = []
        for t in open_periods[offer]:
            for outcome, by_period in comes:
                if by_period[t - 1] <= last:
                    arrival[key, t, outcome] = by_period[t - 1]
                    if not in_time or in_time[-1] != t:
                        in_time.append(t)
        if in_time:
            periods[key] = tuple(in_time)
    return periods, arrival


def _open_periods(ground: Ground, capacities: Capacities, key: OfferKey) -> tuple[int, ...]:
    """The periods in which an offer can be ordered: available, qualified, with some capacity."""
    offer = ground.offers[key]
    if offer.max_award == 0:
        return ()
    first = max(1, ground.suppliers[offer.supplier].available_from)
    if not offer.qualified:
        first = max(first, 1 + ground.clock.wait(offer.qualification_days))
    return tuple(
        period
        for period in range(first, ground.clock.last + 1)
        if (offer.supplier, period) not in capacities.never
        and capacities.offer.get((key, period)) != 0
    )
