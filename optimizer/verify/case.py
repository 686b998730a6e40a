"""One plan as the checks see it: the input worked out, and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.contract.plan import Facts, Plan, Tables
from optimizer.contract.supply import Lane, Offer
from optimizer.verify.clock import Clock, clock_of
from optimizer.verify.flows import Flows, flows_of
from optimizer.verify.futures import Futures, futures_of
from optimizer.verify.known import Knowledge, knowledge_of
from optimizer.verify.ladder import Ladder, ladders_of
from optimizer.verify.landed import Landing, landing_of
from optimizer.verify.lanes import Lanes, lanes_of
from optimizer.verify.licensing import Licensing, licensing_of
from optimizer.verify.needs import Needs, needs_of
from optimizer.verify.origins import Origins, origins_of
from optimizer.verify.reached import Reached, reached_of
from optimizer.verify.sources import OfferKey, Sources, sources_of
from optimizer.verify.tolerance import Tolerance, tolerance_of
from optimizer.verify.values import Values, values_of
from optimizer.verify.world import World, worlds_of


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a check may look at; each part knows one subject."""

    data: Data
    tables: Tables
    facts: Facts
    tolerance: Tolerance
    clock: Clock
    futures: Futures
    reached: Reached
    worlds: Mapping[str, World]
    knowledge: Knowledge
    sources: Sources
    lanes: Lanes
    needs: Needs
    origins: Origins
    licensing: Licensing
    landing: Landing
    values: Values
    ladders: Mapping[OfferKey, Ladder]
    flows: Flows

    def offer(self, supplier: str, item: str) -> Offer | None:
        """The active offer, if there is one."""
        offer = self.sources.offers.get((supplier, item))
        return offer if offer is not None and offer.active else None

    def lane(self, supplier: str, item: str, site: str, mode: str) -> Lane | None:
        """The row by which an active offer reaches a site, if there is one."""
        if self.offer(supplier, item) is None:
            return None
        return self.lanes.modes(supplier, item, site).get(mode)

    def awarded(self, offer: Offer) -> bool:
        """Whether the plan orders anything of the offer."""
        return self.flows.award.get((offer.supplier, offer.item), 0.0) > 0

    def weight(self, item: str) -> float:
        """Weight of one unit in rules."""
        return self.values.items[item].weight


def case_of(plan: Plan) -> Case:
    """Works out the input of a plan."""
    data, tables = plan.data, plan.tables
    clock = clock_of(data)
    sources = sources_of(data)
    lanes = lanes_of(data, sources)
    needs = needs_of(data, clock)
    origins = origins_of(data)
    licensing = licensing_of(data, sources, origins)
    futures = futures_of(data)
    reached = reached_of(data, sources, origins, licensing)
    worlds = worlds_of(tables, futures, reached)
    landing = landing_of(data, sources, clock)
    ladders = ladders_of(data, sources, clock)
    return Case(
        data=data,
        tables=tables,
        facts=plan.facts,
        tolerance=tolerance_of(data, tables),
        clock=clock,
        futures=futures,
        reached=reached,
        worlds=worlds,
        knowledge=knowledge_of(data, worlds, clock),
        sources=sources,
        lanes=lanes,
        needs=needs,
        origins=origins,
        licensing=licensing,
        landing=landing,
        values=values_of(data, sources, lanes, needs, landing, clock),
        ladders=ladders,
        flows=flows_of(tables, worlds, sources, lanes, landing, ladders),
    )
