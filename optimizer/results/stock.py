"""Stock at every site, period by period, against its targets and the room there is.

Closing stock is added up again from what comes and goes, so that the written numbers balance;
the values of the stock variables are not used.
"""

from __future__ import annotations

import math

from models.problem import FREE
from optimizer.contract.results import CoverRow, Issue, StockPlanRow
from optimizer.results.amounts import NOISE, summed, written
from optimizer.results.basis import Basis
from optimizer.results.orders import outcome_places
from optimizer.results.service import licence_text


def stock_rows(basis: Basis, issues: tuple[Issue, ...]) -> tuple[StockPlanRow, ...]:
    """Opening, arrivals, use and closing of every shelf: an item at a site in one licence class.

    Periods in which a shelf is empty and nothing moves are left out.
    """
    problem = basis.problem
    holdings = problem.holdings
    text = {goods: licence_text(licences) for goods, licences in problem.classes.items()}
    opening = {(i, s, text[g]): quantity for (i, s, g), quantity in holdings.opening.items()}
    coming = {
        (w, i, s, text[g], t): quantity
        for (i, s, g, t, w), quantity in holdings.open_orders.items()
    }
    delivered = summed(
        (
            (r.outcome, r.item, r.site, text[_goods(basis, r.supplier, r.item)], r.arrival),
            r.delivered,
        )
        for r in basis.orders
        if r.arrival is not None
    )
    used = summed(
        ((r.outcome, r.used_item, r.site, r.licences, r.period), r.quantity) for r in issues
    )
    shelves = {key[1:4] for key in (*coming, *delivered, *used)} | set(opening)
    rows = []
    for outcome in problem.outcomes:
        for shelf in sorted(shelves):
            stock = written(opening.get(shelf, 0.0))
            for period in problem.horizon.numbers:
                key = (outcome, *shelf, period)
                flows = coming.get(key, 0.0), delivered.get(key, 0.0), used.get(key, 0.0)
                closing = written(stock + flows[0] + flows[1] - flows[2])
                if stock or closing or any(flows):
                    rows.append(
                        StockPlanRow(
                            outcome=outcome,
                            item=shelf[0],
                            site=shelf[1],
                            licences=shelf[2],
                            period=period,
                            opening=stock,
                            open_orders=flows[0],
                            deliveries=flows[1],
                            used=flows[2],
                            closing=closing,
                        )
                    )
                stock = closing
    return tuple(rows)


def cover_rows(basis: Basis, stock_plan: tuple[StockPlanRow, ...]) -> tuple[CoverRow, ...]:
    """Stock against its targets, by outcome, period, item and site; ``most`` may be infinite."""
    holdings = basis.problem.holdings
    stock = summed(((r.item, r.site, r.period, r.outcome), r.closing) for r in stock_plan)
    place = outcome_places(basis.problem)
    rows = []
    for key in sorted(
        {*holdings.min_cover, *holdings.max_cover}, key=lambda k: (place[k[3]], k[2], k[0], k[1])
    ):
        least = holdings.min_cover.get(key, 0.0)
        most = holdings.max_cover.get(key, math.inf)
        there = stock.get(key, 0.0)
        rows.append(
            CoverRow(
                outcome=key[3],
                item=key[0],
                site=key[1],
                period=key[2],
                stock=there,
                least=least,
                most=most,
                under=written(max(0.0, least - there)),
                over=written(max(0.0, there - most)),
            )
        )
    return tuple(rows)


def overflows(
    basis: Basis, stock_plan: tuple[StockPlanRow, ...]
) -> dict[tuple[str, str, int], float]:
    """(outcome, site, period) -> stock above the capacity of a site that allows it at a cost."""
    holdings = basis.problem.holdings
    stock = summed(((r.outcome, r.site, r.period), r.closing) for r in stock_plan)
    above = {
        key: there - holdings.storage[key[1]]
        for key, there in stock.items()
        if key[1] in holdings.overflow_cost and key[1] in holdings.storage
    }
    return {key: quantity for key, quantity in above.items() if quantity > NOISE}


def _goods(basis: Basis, supplier: str, item: str) -> str:
    return basis.problem.supply.stock_class.get((supplier, item), FREE)
