"""Checks of who can deliver where, and how soon."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.data import Data
from optimizer.contract.findings import Finding
from optimizer.contract.goods import Demand
from optimizer.contract.supply import Lane, Offer, Supplier
from optimizer.tables.checks.context import Checked
from optimizer.tables.checks.supply import days_of_period
from optimizer.tables.nearest import listed

Place = tuple[str, str]  # item, site


class Routes:
    """Which lane rows an offer can take to a site: for each mode the most specific row."""

    def __init__(self, data: Data) -> None:
        """Index the lanes; without any, every offer reaches every site at once."""
        self._free = not data.lanes
        self._homes = {one.supplier: one.country for one in data.suppliers}
        self._rows: dict[tuple[str, str, str, str], list[Lane]] = defaultdict(list)
        for lane in data.lanes:
            country = lane.country if lane.supplier == "*" else "*"
            self._rows[lane.supplier, country, lane.item, lane.site].append(lane)

    def transit_days(self, offer: Offer, site: str) -> float:
        """Days by the quickest mode; infinite if there is no lane."""
        if self._free:
            return 0.0
        chosen: dict[str, float] = {}
        home = self._homes.get(offer.supplier, "")
        for supplier, country in ((offer.supplier, "*"), ("*", home), ("*", "*")):
            for item in (offer.item, "*"):
                for to in (site, "*"):
                    for lane in self._rows.get((supplier, country, item, to), ()):
                        chosen.setdefault(lane.mode, lane.transit_days)
        return min(chosen.values(), default=math.inf)


def offer_without_lane(checked: Checked) -> Iterator[Finding]:
    """An offer that cannot reach a site where its item is needed."""
    if not (checked.data.lanes and _sound(checked)):
        return
    routes, wanted = Routes(checked.data), _wanted(checked.data)
    sites: dict[str, list[str]] = defaultdict(list)
    for item, site in wanted:
        sites[item].append(site)
    for offer in checked.data.offers:
        missing = [site for site in sites[offer.item]
                   if offer.active and math.isinf(routes.transit_days(offer, site))]  # fmt: skip
        if missing:
            yield checked.warning(
                "no-lane", ("Offers", offer.row, "supplier"),
                f"no lane takes {offer.item} from {offer.supplier} to {listed(missing)}",
                "Add a row to Lanes, if it can go there.", offer.supplier,
            )  # fmt: skip


def demand_out_of_reach(checked: Checked) -> Iterator[Finding]:
    """Demand that no offer can serve; demand before anything can arrive."""
    if not _sound(checked):
        return
    data, routes = checked.data, Routes(checked.data)
    first = _first_arrivals(checked, routes)
    wanted, supplied = _wanted(data), _supplied(data)
    replaced = _substituted(data)
    patient = {item.item for item in data.items if item.backlog_cost is not None}
    for place, rows in wanted.items():
        item, site = place
        reachable = any(one in first for one in (place, *replaced[place]))
        covered = any(one in supplied for one in (place, *replaced[place]))
        if not reachable and not covered:
            yield _unreachable(checked, rows[0], item, site)
            continue
        arrival = first.get(place, math.inf)
        if replaced[place] or (item in patient and arrival <= data.horizon):
            continue  # something else may stand in, or it may come late
        short, row = _short(rows, supplied.get(place, {}), arrival)
        if short > 0 and short > 1e-6 * max(1.0, sum(one.quantity for one in rows)):
            yield _too_late(checked, row, short, arrival)


def _sound(checked: Checked) -> bool:
    return (
        checked.whole("Sites", "site")
        and checked.whole("Demand", "item", "site", "period", "quantity")
        and checked.whole("Offers", "supplier", "item", "active", "lead_days", "qualified",
                          "qualification_days")
        and checked.whole("Suppliers", "supplier", "country", "available_from")
        and checked.whole("Lanes", "supplier", "country", "site", "item", "mode", "transit_days")
        and checked.whole("Substitutions", "item", "substitute", "site")
        and checked.whole("Stock", "item", "site", "quantity")
        and checked.whole("OpenOrders", "item", "site", "period", "quantity")
        and not {"period", "start", "periods"} & checked.settings.bad
    )  # fmt: skip


def _wanted(data: Data) -> dict[Place, list[Demand]]:
    """The demand rows with a quantity, by item and site."""
    found: dict[Place, list[Demand]] = defaultdict(list)
    for row in data.demand:
        if row.quantity > 0:
            found[row.item, row.site].append(row)
    return found


def _supplied(data: Data) -> dict[Place, dict[int, float]]:
    """What comes without the plan, by item and site, then by period."""
    found: dict[Place, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for stock in data.stock:
        if stock.quantity > 0:
            found[stock.item, stock.site][1] += stock.quantity
    for order in data.open_orders:
        if order.quantity > 0:
            found[order.item, order.site][order.period] += order.quantity
    return found


def _substituted(data: Data) -> dict[Place, list[Place]]:
    """Item and site -> what may stand in for it there."""
    found: dict[Place, list[Place]] = defaultdict(list)
    for row in data.substitutions:
        for site in data.sites:
            if row.site in ("*", site.site) and row.from_period <= data.horizon:
                found[row.item, site.site].append((row.substitute, site.site))
    return found


def _first_arrivals(checked: Checked, routes: Routes) -> dict[Place, float]:
    """First period in which a newly ordered item can be at a site."""
    data, days = checked.data, days_of_period(checked)
    makers = {one.supplier: one for one in data.suppliers}
    found: dict[Place, float] = {}
    for offer in data.offers:
        maker = makers.get(offer.supplier)
        if not offer.active or maker is None:
            continue
        order = _first_order(offer, maker, days)
        for site in data.sites:
            transit = routes.transit_days(offer, site.site)
            if math.isinf(transit):
                continue
            place = (offer.item, site.site)
            # Half a period counts as one, as it does in the plan.
            arrival = order + math.floor((offer.lead_days + transit) / days + 0.5)
            found[place] = min(found.get(place, math.inf), arrival)
    return found


def _first_order(offer: Offer, maker: Supplier, days: float) -> int:
    qualified = 1 if offer.qualified else 1 + math.ceil(offer.qualification_days / days - 1e-9)
    return max(1, maker.available_from, qualified)


def _short(rows: list[Demand], supplied: dict[int, float], arrival: float) -> tuple[float, Demand]:
    """How much is short before the first arrival, and the first row that is."""
    stock, short, where, now = 0.0, 0.0, rows[0], 0
    early = (row for row in rows if row.period < arrival)
    for row in sorted(early, key=lambda one: one.period):
        stock += sum(supplied.get(period, 0.0) for period in range(now + 1, row.period + 1))
        now = row.period
        missing = max(0.0, row.quantity - stock)
        stock = max(0.0, stock - row.quantity)
        if missing > 0 and short == 0:
            where = row
        short += missing
    return short, where


def _unreachable(checked: Checked, row: Demand, item: str, site: str) -> Finding:
    offered = any(one.active and one.item == item for one in checked.data.offers)
    why = f"no lane takes an offer of it to {site}" if offered else "there is no active offer of it"
    return checked.error(
        "demand-out-of-reach", ("Demand", row.row, "site" if offered else "item"),
        f"{item} is needed at {site}, but {why}",
        "Add a row to Lanes." if offered else "Add an offer, or remove the demand.",
        site if offered else item,
    )  # fmt: skip


def _too_late(checked: Checked, row: Demand, short: float, arrival: float) -> Finding:
    labels = checked.data.period_labels
    when = f"before {labels[int(arrival) - 1]}" if arrival <= len(labels) else "within the horizon"
    forbidden = checked.data.settings.unmet_demand == "forbid"
    say = checked.error if forbidden else checked.warning
    column = "quantity"
    if "quantity" not in checked.tables["Demand"].letters:
        column = labels[row.period - 1]
    return say(
        "demand-before-arrival", ("Demand", row.row, column),
        f"{short:,.10g} of {row.item} at {row.site} are needed {when}, when nothing ordered now "
        "can be there; stock and open orders do not cover them"
        + ("" if forbidden else ", so they are short whatever is decided"),
        "Check lead_days and transit_days, stock and open orders."
        + (" Demand must be met (setting unmet_demand)." if forbidden else ""), f"{short:.10g}",
    )  # fmt: skip
