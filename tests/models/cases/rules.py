"""Rules: K (country X) sells at 10, L (country Y) at 20, and 100 are wanted."""

from __future__ import annotations

from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.goods import Site
from optimizer.contract.policy import Rule
from optimizer.contract.supply import Country, Origin, Supplier
from tests.models.case import YEAR, Case, Of
from tests.small import offer, small

K, L = offer("K", price=10), offer("L", price=20)
COUNTRIES = [Country(country="X", risk_score=8), Country(country="Y", risk_score=2)]
SUPPLIERS = [Supplier(supplier="K", country="X"), Supplier(supplier="L", country="Y")]


def rule(metric: str, sense: str, limit: float, **rest: Any) -> Rule:
    rest.setdefault("dimension", "supplier")
    return Rule(rule="R", metric=metric, sense=sense, limit=limit, **rest)


def with_rule(metric: str, sense: str, limit: float, **rest: Any) -> Data:
    """K and L under one rule."""
    return under(rule(metric, sense, limit, **rest))


def under(limit: Rule, **tables: Any) -> Data:
    tables.setdefault("offers", [K, L])
    return small(settings=YEAR, countries=COUNTRIES, suppliers=SUPPLIERS, rules=[limit], **tables)


SOFT_COUNT = under(
    rule("count", "min", 2, counts_from=0.1, penalty=60),
    offers=[K, L],
    sites=[Site(site="A", storage_capacity=100)],
)

CASES = (
    Case(
        "scope_total_definition",
        with_rule("share", "max", 0.5, member=("K",)),
        optimum=1500,  # 50 x 10 + 50 x 20
        without=1000,  # 100 x 10, being half of a total of 200 on paper
        because="a share is of what is delivered",
    ),
    Case(
        "member_volume_definition",
        with_rule("quantity", "max", 60, member=("K",)),
        optimum=1400,  # 60 x 10 + 40 x 20
        without=1000,  # 100 x 10
        because="the rule counts what K delivers",
    ),
    Case(
        "member_volume_definition",
        with_rule("spend", "max", 300, member=("K",)),
        optimum=1700,  # 30 x 10 + 70 x 20
        without=1000,  # 100 x 10
        because="the rule counts what K is paid",
        variant="spend",
    ),
    Case(
        "limit_of_group",
        with_rule("share", "max", 0.6, dimension="country"),
        optimum=1400,  # 60 x 10 + 40 x 20
        without=1000,  # 100 x 10
        because="no country has more than 60 %",
    ),
    Case(
        "limit_of_group",
        with_rule("share", "min", 0.2, member=("L",)),
        optimum=1200,  # 80 x 10 + 20 x 20
        without=1000,  # 100 x 10
        because="L has at least 20 %",
        variant="min",
    ),
    Case(
        "limit_of_group",
        with_rule("spend_share", "max", 0.5, member=("K",)),
        # K: q x 10 is half of all spend if q x 10 = (100 - q) x 20, so q = 200 / 3
        optimum=4000 / 3,  # 200/3 x 10 + 100/3 x 20
        without=1000,  # 100 x 10
        because="K has at most half of the money",
        variant="spend",
    ),
    Case(
        "limit_of_group",
        with_rule("share", "max", 0.5, member=("K",), penalty=200),
        # keeping the rule costs 500 more; breaking it by 50 of 100 costs 0.5 x 200
        optimum=1100,
        without=1000,  # 100 x 10
        because="a soft rule is broken where that is cheaper",
        variant="soft",
    ),
    Case(
        "limit_of_group",
        under(
            rule("share", "max", 0.5, dimension="refining", member=("X",)),
            upstream=[
                Origin(supplier="K", stage="refining", country="X", share=0.6),
                Origin(supplier="L", stage="refining", country="Y", share=1.0),
            ],
        ),
        # all of K counts against X: 60 % known, 40 % of unknown origin
        optimum=1500,  # 50 x 10 + 50 x 20
        without=1000,  # 100 x 10
        because="unknown origin counts against every maximum",
        variant="unknown",
    ),
    Case(
        "risk_limit",
        with_rule("risk", "max", 5.0, dimension="country"),
        # q x 8 + (100 - q) x 2 = 5 x 100, so q = 50
        optimum=1500,  # 50 x 10 + 50 x 20
        without=1000,  # 100 x 10
        because="X scores 8, Y scores 2, and the mean may be 5",
    ),
    Case(
        "used_member",
        under(rule("count", "max", 1), offers=[offer("K", price=10, capacity=60), L]),
        optimum=2000,  # 100 x 20; K alone would leave 40 short: 60 x 10 + 40 x 100
        without=1400,  # 60 x 10 + 40 x 20
        because="there is one supplier at most",
    ),
    Case(
        "source_member",
        under(
            rule("count", "min", 2, counts_from=0.25),
            offers=[offer("K", price=10, min_award=200), L],
        ),
        optimum=2000 + 200 / 3 * 20,  # 200 x 10; x = 25 % of (200 + x), so x = 200 / 3, x 20
        without=2500,  # 200 x 10 + 25 x 20: 25 % of the 100 that are needed
        because="a second source counts from 25 % of what is bought on, and 200 are the least of K",
    ),
    Case(
        "source_of_need",
        SOFT_COUNT,
        optimum=1060,  # 100 x 10 + 60: half of L would be 5 x 10 more, and save 30
        without=1030,  # 100 x 10 + 0.5 x 60: with room for 200, L counts half for nothing
        because="a fraction of a second source delivers that fraction of its share",
        of=Of.RELAXATION,
    ),
    Case(
        "unsourced_definition",
        SOFT_COUNT,
        optimum=1060,  # as source_of_need: nothing is lost
        without=1030,  # 10 are called lost on paper
        because="what is not bought is lost or met by another item",
        of=Of.RELAXATION,
    ),
    Case(
        "nobody_used",
        under(rule("count", "min", 2, penalty=300), offers=[K]),
        optimum=1300,  # 100 x 10 + 1 x 300; buying nothing: 100 x 100
        without=1000,  # 100 x 10, with nobody used on paper
        because="only buying nothing satisfies a count without enough to choose from",
    ),
    Case(
        "count_limit",
        with_rule("count", "min", 2, counts_from=0.1),
        optimum=1100,  # 90 x 10 + 10 x 20
        without=1000,  # 100 x 10
        because="two suppliers are wanted",
    ),
    Case(
        "count_limit",
        under(rule("count", "max", 1), offers=[offer("K", price=10, capacity=70), L]),
        optimum=2000,  # 100 x 20; K alone would leave 30 short: 70 x 10 + 30 x 100
        without=1300,  # 70 x 10 + 30 x 20
        because="there is one supplier at most",
        variant="max",
    ),
    Case(
        "count_limit",
        under(rule("count", "min", 2), offers=[K]),
        optimum=10_000,  # 100 x 100 short: nobody may deliver where two should
        without=1000,  # 100 x 10
        because="a hard minimum that cannot be met allows no volume",
        variant="too_few",
    ),
    Case(
        "count_limit",
        under(rule("count", "min", 2, penalty=300), offers=[K]),
        optimum=1300,  # 100 x 10 + 1 x 300
        without=1000,  # 100 x 10
        because="a soft minimum costs 300 for each supplier that is missing",
        variant="soft",
    ),
    Case(
        # Without the tangents, which are rows made only when a plan needs them: see
        # test_concentration.py. (80 % and 20 % have an HHI of 6800.)
        "single_member",
        with_rule("hhi", "max", 6400),
        optimum=1200,  # 80 x 10 + 20 x 20: sqrt(0.64) = 0.8
        without=1000,  # 100 x 10
        because="a member alone has at most the root of the limit",
    ),
)
