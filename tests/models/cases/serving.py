"""Stock and service: what is there is used, kept where it fits, or owed."""

from __future__ import annotations

from optimizer.contract.goods import Item, Site, StockRow, StockTarget, Substitution
from optimizer.contract.policy import Licence
from optimizer.contract.supply import CalendarRow
from tests.models.case import YEAR, Case
from tests.small import need, offer, small

# From year 2 on K is twice as dear, so that everything is bought in year 1.
DEARER = [CalendarRow(supplier="K", period=2, price_factor=2.0)]
QUARTER = 365.25 / 4

CASES = (
    Case(
        "stock_balance",
        small(settings=YEAR, stock=[StockRow(item="P", site="A", quantity=30)]),
        optimum=700,  # (100 - 30) x 10
        without=0,  # goods come from nowhere
        because="only what is in stock or arrives can be used",
    ),
    Case(
        "demand_balance",
        small(settings=YEAR),
        optimum=1000,  # 100 x 10
        without=0,  # nobody asks for anything
        because="demand is met or pays its shortage cost",
    ),
    Case(
        "demand_balance",
        small(
            settings=YEAR,
            demand=need(100, 0, end_use="us_export"),
            items=[Item(item="P", backlog_cost=3)],
            stock=[StockRow(item="P", site="A", licences=("permit",), quantity=100)],
            licences=[Licence(licence="permit", country="X", banned_end_uses=("us_export",))],
            offers=[offer("K", price=10, lead_days=365.25, licences=())],
        ),
        # the stock may not be used; an order takes a year, so all is a year late: 100 x (10 + 3)
        optimum=1300,
        without=0,
        because="late demand is owed from year to year, and banned goods do not meet it",
        variant="late",
    ),
    Case(
        "substitution_share",
        small(
            settings=YEAR,
            offers=[offer("K", "P", price=10), offer("K", "Q", price=4)],
            substitutions=[Substitution(item="P", substitute="Q", ratio=2.0, max_share=0.3)],
        ),
        optimum=940,  # 70 x 10 + 30 x (2 x 4)
        without=800,  # 100 x (2 x 4)
        because="2 Q stand in for 1 P, for at most 30 % of the demand",
    ),
    Case(
        "substitution_share",
        small(
            settings=YEAR,
            offers=[offer("K", "P", price=10), offer("K", "Q", price=4)],
            substitutions=[Substitution(item="P", substitute="Q", fixed_cost=700)],
        ),
        optimum=1000,  # 100 x 10; prepared: 100 x 4 + 700 = 1100
        without=400,  # 100 x 4
        because="a substitute has to be prepared first",
        variant="prepared",
    ),
    Case(
        "storage",
        small(
            settings=YEAR,
            demand=need(50, 50),
            sites=[Site(site="A", storage_capacity=30)],
            calendar=DEARER,
        ),
        optimum=1200,  # (50 + 30) x 10 + 20 x 20
        without=1000,  # 100 x 10, of which 50 are kept
        because="30 fit into the store",
    ),
    Case(
        "storage",
        small(
            settings=YEAR,
            demand=need(50, 50),
            sites=[Site(site="A", storage_capacity=30, overflow_cost=4)],
            calendar=DEARER,
        ),
        optimum=1080,  # 100 x 10 + (50 - 30) x 4
        without=1000,  # 100 x 10
        because="what does not fit is kept elsewhere for 4",
        variant="overflow",
    ),
    Case(
        "minimum_cover",
        small(
            settings=YEAR,
            stock_policy=[StockTarget(min_cover_days=QUARTER, penalty=30)],
        ),
        optimum=1250,  # (100 + 25) x 10; going without: 100 x 10 + 25 x 30 = 1750
        without=1000,  # 100 x 10
        because="a quarter of a year's demand of 100 is wanted in stock at the end",
    ),
    Case(
        "minimum_cover",
        small(
            settings=YEAR,
            stock_policy=[StockTarget(min_cover_days=QUARTER, penalty=3)],
        ),
        optimum=1075,  # 100 x 10 + 25 x 3; keeping it: 125 x 10 = 1250
        without=1000,  # 100 x 10
        because="a target may be missed where that is cheaper",
        variant="missed",
    ),
    Case(
        "maximum_cover",
        small(
            settings=YEAR,
            demand=need(100, 100),
            stock_policy=[StockTarget(max_cover_days=QUARTER, penalty=30)],
            calendar=DEARER,
        ),
        # 25 are kept for year 2: (100 + 25) x 10 + 75 x 20; each further one saves 10, costs 30
        optimum=2750,
        without=2000,  # 200 x 10
        because="no more than a quarter of a year's demand is wanted in stock",
    ),
)
