"""The key figures of the Summary, each with its limit beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from optimizer.contract.plan import Plan
from optimizer.report import words
from optimizer.report.answer import cost_line
from optimizer.report.columns import digits, money_digits
from optimizer.report.figures import (
    MODERATE,
    Concentration,
    Share,
    concentration,
    deepest_stage,
    expected_cost,
    largest,
    level,
    made_in,
    main_country,
    needed,
    shares,
)
from optimizer.report.front import Tile
from optimizer.report.names import names_of
from optimizer.report.page import Formula
from optimizer.report.places import Place
from optimizer.report.risk import NOTICEABLE
from optimizer.report.styles import decimals
from optimizer.report.sums import expected_column, hhi, share


def tiles(plan: Plan, places: Mapping[str, Place]) -> tuple[Tile, ...]:
    """Four to six key figures."""
    return (
        _cost(plan, places),
        _shortage(plan, places),
        *_shares(plan, places),
        *_hhi(plan, places),
    )


def _cost(plan: Plan, places: Mapping[str, Place]) -> Tile:
    settings = plan.data.settings
    cost = expected_cost(plan)
    measure = {"cvar": "CVaR", "worst_case": "worst case"}.get(settings.risk_measure)
    goal = ""
    if measure:
        goal = f"{measure} objective {words.money(plan.facts.objective, settings.currency)}"
    return Tile(
        f"Expected cost, {settings.currency}",
        Formula(expected_column(places, "cost"), cost),
        '#,##0.0,, "m"' if abs(cost) >= words.MILLION else decimals(money_digits([cost])),
        cost_line(plan),
        goal or _gap(plan),
        broken=plan.facts.gap > settings.gap + 1e-9,
    )


def _gap(plan: Plan) -> str:
    return f"gap {100 * plan.facts.gap:.2g} %, {100 * plan.data.settings.gap:.2g} % asked for"


def _shortage(plan: Plan, places: Mapping[str, Place]) -> Tile:
    settings, need = plan.data.settings, needed(plan)
    short = plan.facts.shortage
    tonnes = settings.unit == "kg" and short >= 10 * words.TONNE
    worst = max((row.shortage for row in plan.tables.outcomes), default=0.0)
    share_of_need = f"{words.percent(short / need)} of the need" if need else "nothing is needed"
    several = len(plan.tables.outcomes) > 1
    limit = f"worst outcome {words.quantity(worst, settings.unit)}" if several else "none wanted"
    if settings.unmet_demand == "forbid":
        limit = "limit 0"
    return Tile(
        f"Expected shortage, {'t' if tonnes else settings.unit}",
        Formula(expected_column(places, "shortage"), short),
        "#,##0.0," if tonnes else decimals(digits([short])),
        share_of_need,
        limit,
        broken=short > NOTICEABLE * need,
    )


def _shares(plan: Plan, places: Mapping[str, Place]) -> Iterator[Tile]:
    names = names_of(plan.data)
    top = largest(shares(plan), "supplier")
    if top is not None:
        who = words.shortened(names.supplier(top.member), words.NAME_LETTERS)
        yield _share(places, "Largest supplier", who, top)
    country = main_country(plan)
    if country:
        name = names.country(country)
        yield _share(places, f"Made in {name}", "of all goods, by weight", made_in(plan, country))
        deepest = deepest_stage(plan, country)
        if deepest is not None:
            stage = words.upper_first(deepest.dimension)
            yield _share(places, f"{stage} in {name}", "of the materials, by mass", deepest)


def _share(places: Mapping[str, Place], label: str, who: str, found: Share) -> Tile:
    limit = "no limit is set"
    if found.limit is not None:
        limit = f"limit {words.percent(found.limit)}"
    if found.scope and who.startswith("of "):
        who = f"of {found.scope}"
    elif found.scope:
        limit += f" of {found.scope}"
    return Tile(label, Formula(share(places, found), found.value), "0.0%", who, limit, found.broken)


def _hhi(plan: Plan, places: Mapping[str, Place]) -> Iterator[Tile]:
    for found in concentration(plan):
        if found.dimension == "supplier":
            yield Tile(
                "HHI of suppliers, points",
                Formula(hhi(places, "supplier"), found.hhi),
                "#,##0",
                f"{level(found.hhi)} concentration",
                _hhi_limit(found),
                broken=_over(found),
            )


def _hhi_limit(found: Concentration) -> str:
    if found.hhi_limit is not None:
        return f"limit {found.hhi_limit:,.0f}"
    return f"moderate from {MODERATE:,.0f}, high above 1,800"


def _over(found: Concentration) -> bool:
    return found.hhi_limit is not None and found.hhi > found.hhi_limit + 0.5
