"""Checks of what is bought, needed and in stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.data import Data
from optimizer.contract.findings import Finding
from optimizer.tables.checks.context import Checked

_NOISE = 1e-9


def composition_above_one(checked: Checked) -> Iterator[Finding]:
    """The elements of an item weigh more than the item."""
    total: dict[str, float] = defaultdict(float)
    for row in checked.sound("Composition", checked.data.composition, "item", "mass_share"):
        before = total[row.item]
        total[row.item] += row.mass_share
        if before <= 1 + _NOISE < total[row.item]:
            yield checked.error(
                "shares-above-one", ("Composition", row.row, "mass_share"),
                f"with this row the elements of {row.item} make up {total[row.item]:.4g} of it, "
                "more than the whole", "Correct the mass shares; 1.2 % is 0.012.", row.mass_share,
            )  # fmt: skip


def substitute_for_itself(checked: Checked) -> Iterator[Finding]:
    """An item that stands in for itself."""
    for row in checked.sound("Substitutions", checked.data.substitutions, "item", "substitute"):
        if row.item == row.substitute:
            yield checked.error(
                "substitutes-itself", ("Substitutions", row.row, "substitute"),
                f"{row.item} cannot stand in for itself", "Name another item.", row.substitute,
            )  # fmt: skip


def cover_targets_crossed(checked: Checked) -> Iterator[Finding]:
    """A least cover above the most."""
    rows = checked.sound("StockPolicy", checked.data.stock_policy, "min_cover_days",
                         "max_cover_days")  # fmt: skip
    for row in rows:
        if row.min_cover_days > row.max_cover_days:
            yield checked.error(
                "bounds-crossed", ("StockPolicy", row.row, "max_cover_days"),
                f"max_cover_days {row.max_cover_days:g} is less than min_cover_days "
                f"{row.min_cover_days:g}", "Correct one of the two.", row.max_cover_days,
            )  # fmt: skip


def starts_after_the_end(checked: Checked) -> Iterator[Finding]:
    """Suppliers, substitutions and risks whose first period lies behind the horizon."""
    horizon = checked.data.horizon
    starts = (
        ("Suppliers", "available_from",
         [(one.row, one.available_from, one.supplier) for one in checked.data.suppliers]),
        ("Substitutions", "from_period",
         [(one.row, one.from_period, one.substitute) for one in checked.data.substitutions]),
        ("Risks", "from_period",
         [(one.row, one.from_period, one.risk) for one in checked.data.risks]),
    )  # fmt: skip
    for table, column, rows in starts:
        bad = checked.tables[table].bad
        for row, first, name in rows:
            if first > horizon and (row, column) not in bad:
                yield checked.warning(
                    "after-horizon", (table, row, column),
                    f"{name} begins after the horizon, so it plays no part",
                    "Correct the period, or the settings start and periods.",
                )  # fmt: skip


def nothing_wanted(checked: Checked) -> Iterator[Finding]:
    """Demand without any quantity."""
    rows = checked.data.demand
    if not rows or not checked.whole("Demand", "quantity"):
        return
    if all(row.quantity == 0 for row in rows):
        yield checked.error(
            "nothing-wanted", ("Demand", rows[0].row, "quantity"),
            "every quantity is 0, so there is nothing to plan", "Fill in what is needed.",
        )  # fmt: skip


def shortage_for_nothing(checked: Checked) -> Iterator[Finding]:
    """Leaving an item short costs nothing, so that the cheapest plan is not to buy it."""
    data = checked.data
    if not (checked.whole("Demand", "item", "quantity") and checked.whole("Offers", "item", "price")
            and checked.whole("Items", "item", "shortage_cost")):  # fmt: skip
        return
    general = data.settings.shortage_cost
    if data.settings.unmet_demand == "forbid" or "shortage_cost" in checked.settings.bad:
        return
    wanted = {row.item for row in data.demand if row.quantity > 0}
    # Lanes may add freight to a price of nothing, and then a shortage has its price too.
    offers = [offer for offer in data.offers if offer.active and not data.lanes]
    free = {one.item for one in offers} - {one.item for one in offers if one.price > 0}
    for item in data.items:
        given = general if item.shortage_cost is None else item.shortage_cost
        if item.item in wanted and (given == 0 or (given is None and item.item in free)):
            why = "" if given == 0 else " (blank: ten times its dearest landed cost, which is 0)"
            yield checked.warning(
                "shortage-for-nothing", ("Items", item.row, "shortage_cost"),
                f"leaving {item.item} short costs nothing{why}, so the plan may simply not buy it",
                "Give it a shortage_cost, or set unmet_demand to forbid.",
            )  # fmt: skip


def storage_too_small(checked: Checked) -> Iterator[Finding]:
    """More stock than fits, before or after what is needed has been used."""
    if not (checked.whole("Stock", "item", "site", "quantity") and checked.whole(
        "OpenOrders", "item", "site", "period", "quantity") and checked.whole(
        "Demand", "item", "site", "period", "quantity") and checked.whole(
        "Sites", "site", "storage_capacity", "overflow_cost")):  # fmt: skip
        return
    opening: dict[str, float] = defaultdict(float)
    for row in checked.data.stock:
        opening[row.site] += row.quantity
    for site in checked.data.sites:
        if site.overflow_cost is not None or site.storage_capacity == float("inf"):
            continue
        period, least = _least_stock(checked.data, site.site)
        place = ("Sites", site.row, "storage_capacity")
        room = f"the storage capacity of {site.site} is {site.storage_capacity:,.10g}"
        remedy = "Raise it, set an overflow_cost, or correct Stock or OpenOrders."
        if least > site.storage_capacity * (1 + _NOISE):
            yield checked.error(
                "storage-too-small", place,
                f"{room}, but stock and open orders leave at least {least:,.10g} there at the "
                f"end of {checked.data.period_labels[period - 1]}, whatever is decided", remedy,
                site.storage_capacity,
            )  # fmt: skip
        elif opening[site.site] > site.storage_capacity * (1 + _NOISE):
            yield checked.warning(
                "stock-above-storage", place,
                f"{room}, less than the {opening[site.site]:,.10g} in stock at the start", remedy,
                site.storage_capacity,
            )  # fmt: skip


def _least_stock(data: Data, site: str) -> tuple[int, float]:
    """Period and amount of the largest stock that remains even if nothing is bought.

    What may stand in for another item may be used for that one too, so it is left out.
    """
    substitutes = {row.substitute for row in data.substitutions}
    items: dict[str, list[float]] = defaultdict(lambda: [0.0] * data.horizon)
    for stock in data.stock:
        if stock.site == site and stock.item not in substitutes:
            items[stock.item][0] += stock.quantity
    for order in data.open_orders:
        if order.site == site and order.secured and order.item not in substitutes:
            items[order.item][order.period - 1] += order.quantity
    for demand in data.demand:
        if demand.site == site and demand.item in items:
            items[demand.item][demand.period - 1] -= demand.quantity
    totals = [0.0] * data.horizon
    for changes in items.values():
        stock_now = 0.0
        for place, change in enumerate(changes):
            stock_now = max(0.0, stock_now + change)
            totals[place] += stock_now
    most = max(totals)
    return totals.index(most) + 1, most
