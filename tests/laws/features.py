"""What makes a case more than prices and demand: one function for each feature."""

from __future__ import annotations

import math
from collections.abc import Callable

from hypothesis import strategies as st

from optimizer.contract.goods import OpenOrder, StockRow, StockTarget, Substitution
from optimizer.contract.supply import CalendarRow, Lane, PriceBreak, Project
from tests.laws.case import Case, Feature
from tests.laws.names import ALL, MODES, amount, one_of, share, some_of, sometimes
from tests.laws.origins import licences, upstream
from tests.laws.risks import risks, sample


def capacity(case: Case) -> None:
    """Suppliers and offers that cannot make everything."""
    draw = case.draw
    for number, _ in enumerate(case.suppliers):
        if sometimes(draw):
            case.change("suppliers", number, capacity=amount(draw, 0, 150, 10))
    for number, _ in enumerate(case.offers):
        if sometimes(draw):
            case.change("offers", number, capacity=amount(draw, 0, 100, 10))


def awards(case: Case) -> None:
    """Minimum and maximum awards, onboarding, qualification and switching costs."""
    draw = case.draw
    for number, _ in enumerate(case.suppliers):
        case.change(
            "suppliers",
            number,
            onboarding_cost=amount(draw, 0, 500, 100),
            fixed_cost=case.yearly(amount(draw, 0, 200, 100)),
        )
    for number, _ in enumerate(case.offers):
        least = amount(draw, 0, 120, 20)
        case.change(
            "offers",
            number,
            min_award=case.yearly(least),
            max_award=case.yearly(least + amount(draw, 0, 150, 50)) if sometimes(draw)
            else math.inf,
            switching_cost=amount(draw, 0, 200, 100),
            baseline=case.yearly(one_of(draw, (0.0, 50.0))),
        )  # fmt: skip


def orders(case: Case) -> None:
    """Minimum orders and order costs."""
    for number, _ in enumerate(case.offers):
        case.change(
            "offers",
            number,
            min_order=amount(case.draw, 0, 80, 20),
            order_cost=amount(case.draw, 0, 200, 100),
        )


def breaks(case: Case) -> None:
    """Prices that fall with the quantity, of both kinds."""
    draw, rows = case.draw, []
    for offer in case.offers:
        if not sometimes(draw):
            continue
        kind = one_of(draw, ("all_units", "incremental"))
        starts = sorted({amount(draw, 20, 200, 20) for _ in range(draw(st.integers(1, 2)))})
        for start, left in zip(starts, (0.9, 0.8), strict=False):
            rows.append(
                PriceBreak(
                    supplier=offer.supplier,
                    item=offer.item,
                    from_quantity=case.yearly(start),
                    price=offer.price * left,
                    type=kind,
                )
            )
    case.tables["price_breaks"] = rows


def lanes(case: Case) -> None:
    """Ways of different freight, duty, time and capacity; the general one is always there."""
    draw = case.draw
    keys = {(ALL, ALL, ALL, ALL, MODES[0])}
    for _ in range(draw(st.integers(0, 4))):
        who = one_of(draw, ("all", "country", "supplier"))
        keys.add((
            one_of(draw, case.suppliers) if who == "supplier" else ALL,
            one_of(draw, case.countries) if who == "country" else ALL,
            one_of(draw, (ALL, *case.sites)),
            one_of(draw, (ALL, *case.items)),
            one_of(draw, MODES),
        ))  # fmt: skip
    case.tables["lanes"] = [
        Lane(
            supplier=supplier,
            country=country,
            site=site,
            item=item,
            mode=mode,
            freight=amount(draw, 0, 10),
            duty_rate=share(draw, 0, 3),
            transit_days=case.days(),
            capacity=amount(draw, 0, 200, 20) if sometimes(draw) else math.inf,
            fixed_cost=amount(draw, 0, 200, 50),
        )
        for supplier, country, site, item, mode in sorted(keys)
    ]
    case.settings["duty_on"] = one_of(draw, ("price_and_freight", "price"))
    for number, _ in enumerate(case.offers):
        included = one_of(draw, ("nothing", "freight", "freight_and_duty"))
        case.change("offers", number, price_includes=included)


def time(case: Case) -> None:
    """Lead times, qualification, later starts, discounting, prices and capacities over time."""
    draw = case.draw
    case.settings["discount_rate"] = share(draw, 0, 5)
    for number, _ in enumerate(case.suppliers):
        case.change("suppliers", number, available_from=one_of(draw, (1, 1, 2)))
    for number, _ in enumerate(case.offers):
        case.change(
            "offers",
            number,
            lead_days=case.days(),
            qualified=one_of(draw, (True, False)),
            qualification_days=case.days(),
            qualification_cost=amount(draw, 0, 200, 100),
        )
    keys = {
        (one_of(draw, (ALL, *case.suppliers)), one_of(draw, (ALL, *case.items)), case.when())
        for _ in range(draw(st.integers(0, 3)))
    }
    case.tables["calendar"] = [_calendar(case, *key) for key in sorted(keys)]


def _calendar(case: Case, supplier: str, item: str, period: int) -> CalendarRow:
    """A factor other than 0 or 1 has no meaning for what is unlimited."""
    limited = all(
        row.capacity < math.inf for row in [*case.tables["suppliers"], *case.tables["offers"]]
    )
    return CalendarRow(
        supplier=supplier,
        item=item,
        period=period,
        price_factor=one_of(case.draw, (1.0, 0.9, 1.5)),
        capacity_factor=one_of(case.draw, (1.0, 0.0, 0.5) if limited else (1.0, 0.0)),
    )


def stock(case: Case) -> None:
    """Goods on hand and under way."""
    draw = case.draw
    licences = tuple(row.licence for row in case.tables.get("licences", ()))
    case.tables["stock"] = [
        StockRow(item=item, site=site, licences=held, quantity=amount(draw, 10, 100, 10))
        for item in case.items
        for site in case.sites
        for held in ((), licences)[: 2 if licences else 1]
        if sometimes(draw)
    ]
    keys = {
        (one_of(draw, case.suppliers), one_of(draw, case.items), one_of(draw, case.sites),
         case.when())
        for _ in range(draw(st.integers(0, 2)))
    }  # fmt: skip
    case.tables["open_orders"] = [
        OpenOrder(supplier=k, item=i, site=s, period=t, quantity=amount(draw, 10, 60, 10))
        for k, i, s, t in sorted(keys)
    ]


def cover(case: Case) -> None:
    """Cover targets, and storage that what is there already fits into."""
    draw = case.draw
    keys = {(one_of(draw, (ALL, *case.items)), one_of(draw, (ALL, *case.sites)))
            for _ in range(draw(st.integers(0, 2)))}  # fmt: skip
    policies = []
    for item, site in sorted(keys):
        least = case.days()
        policies.append(
            StockTarget(
                item=item,
                site=site,
                min_cover_days=least,
                max_cover_days=least + case.days() if sometimes(draw) else math.inf,
                penalty=one_of(draw, (None, 2.0, 50.0)),
            )
        )
    case.tables["stock_policy"] = policies
    there = [*case.tables.get("stock", ()), *case.tables.get("open_orders", ())]
    for number, site in enumerate(case.sites):
        if sometimes(draw):
            kept = sum(row.quantity for row in there if row.site == site)
            overflow = one_of(draw, (None, 1.0, 5.0))
            room = amount(draw, 0, 60, 20) + (kept if overflow is None else 0.0)
            case.change("sites", number, storage_capacity=room, overflow_cost=overflow)


def backlog(case: Case) -> None:
    """Items that may be delivered late."""
    for number, _ in enumerate(case.items):
        case.change("items", number, backlog_cost=one_of(case.draw, (None, 1.0, 8.0)))


def substitutes(case: Case) -> None:
    """Items that may stand in for others."""
    draw = case.draw
    pairs = [(i, j) for i in case.items for j in case.items if i != j]
    keys = {(*pair, one_of(draw, (ALL, *case.sites))) for pair in some_of(draw, pairs)}
    case.tables["substitutions"] = [
        Substitution(
            item=item,
            substitute=substitute,
            site=site,
            ratio=one_of(draw, (1.0, 0.5, 2.0)),
            max_share=share(draw, 0, 10),
            from_period=case.when(),
            fixed_cost=amount(draw, 0, 200, 100),
            unit_cost=amount(draw, 0, 5),
        )
        for item, substitute, site in sorted(keys)
    ]


def projects(case: Case) -> None:
    """Capacity that can be built, with incentives; only where capacity is limited."""
    draw = case.draw
    limited = [row.supplier for row in case.tables["suppliers"] if row.capacity < math.inf]
    case.tables["projects"] = [
        Project(
            project=f"plant {number} at {supplier}",
            supplier=supplier,
            capacity=amount(draw, 20, 60, 20),
            capex=amount(draw, 0, 2000, 500),
            life_years=one_of(draw, (10.0, 1.0)),
            max_modules=draw(st.integers(1, 2)),
            build_days=case.days(),
            capital_subsidy=share(draw, 0, 5),
            incentive=one_of(draw, (0.0, 3.0, 60.0)),
            incentive_cap=one_of(draw, (math.inf, 200.0)),
        )
        for supplier in limited
        for number in range(draw(st.integers(0, 2)))
    ]


FEATURES: dict[Feature, Callable[[Case], None]] = {
    Feature.CAPACITY: capacity,
    Feature.AWARDS: awards,
    Feature.ORDERS: orders,
    Feature.BREAKS: breaks,
    Feature.LANES: lanes,
    Feature.TIME: time,
    Feature.UPSTREAM: upstream,
    Feature.LICENCES: licences,
    Feature.STOCK: stock,
    Feature.COVER: cover,
    Feature.BACKLOG: backlog,
    Feature.SUBSTITUTES: substitutes,
    Feature.PROJECTS: projects,
    Feature.RISKS: risks,
    Feature.SAMPLE: sample,
}
"""In the order in which they are drawn: a later one may look at what an earlier one did."""
