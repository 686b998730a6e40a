"""The charts of the workbook as plain data: what they show, and the finding in their title."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from optimizer.contract.plan import Plan
from optimizer.report import words
from optimizer.report.figures import (
    Share,
    deepest_stage,
    expected_cost,
    largest,
    made_in,
    main_country,
    shares,
    stages,
    suppliers_used,
)
from optimizer.report.layouts import TINY
from optimizer.report.names import Names, names_of
from optimizer.report.picture import Measure, Picture, Role, Series, Shape
from optimizer.report.risk_pictures import risk_pictures
from optimizer.report.series import arrivals, cost_parts, cover

MOST_BARS = 9
MOST_COUNTRIES = 3
SMALLEST = 0.03
"""Countries below this share at every stage are left out of the chart."""


def pictures(plan: Plan) -> dict[str, Picture]:
    """Every picture that the plan has numbers for, by key."""
    made = (
        _origins(plan),
        _costs(plan),
        _cover(plan),
        _arrivals(plan),
        _suppliers(plan),
        *risk_pictures(plan),
    )
    return {one.key: one for one in made if one is not None}


def _origins(plan: Plan) -> Picture | None:
    """Made in and refined in, side by side for the countries on which most depends."""
    found = shares(plan)
    names = names_of(plan.data)
    dimensions = ("country", *stages(plan))
    reach: dict[str, float] = {}
    for (dimension, member), share in found.items():
        if dimension in dimensions and share.value > TINY:
            reach[member] = max(reach.get(member, 0.0), share.value)
    if not reach:
        return None
    ranked = [
        member
        for member in sorted(reach, key=lambda member: -reach[member])
        if reach[member] >= SMALLEST or member == main_country(plan)
    ]
    bars: list[tuple[Share, int]] = []
    for country in ranked[: max(2, MOST_BARS // len(dimensions))]:
        bars += [
            (found.get((name, country), Share(name, country, 0.0)), tint)
            for tint, name in enumerate(dimensions)
        ]
    return _limited_bars("origins", _origins_title(plan, names), bars, lambda s: _origin(s, names))


def _origins_title(plan: Plan, names: Names) -> str:
    country = main_country(plan)
    made, deepest = made_in(plan, country), deepest_stage(plan, country)
    name = words.shortened(names.country(country), words.NAME_LETTERS)
    first = f"{words.percent(made.value)} is made in {name}"
    if deepest is None:
        return first
    link = "but" if deepest.value > made.value + 0.05 else "and"
    return f"{first}, {link} {words.percent(deepest.value)} of {_step(deepest)} is done there"


def _suppliers(plan: Plan) -> Picture | None:
    found = shares(plan)
    names = names_of(plan.data)
    top = largest(found, "supplier")
    if top is None:
        return None
    rows = [share for (name, _), share in found.items() if name == "supplier"]
    ranked = sorted(rows, key=lambda share: -share.value)[:MOST_BARS]
    count = words.counted(suppliers_used(plan), "supplier")
    name = words.shortened(names.supplier(top.member), words.NAME_LETTERS)
    title = f"{count}; {name} delivers {words.percent(top.value)}"
    return _limited_bars(
        "suppliers",
        title,
        [(share, 0) for share in ranked if share.value > TINY],
        lambda share: words.shortened(names.supplier(share.member), words.NAME_LETTERS),
    )


def _limited_bars(
    key: str, title: str, bars: Sequence[tuple[Share, int]], label: Callable[[Share], str]
) -> Picture:
    limits = tuple(share.limit for share, _ in bars)
    series = [Series("share", tuple(share.value for share, _ in bars))]
    if any(limit is not None for limit in limits):
        series.insert(0, Series("limit", limits, Role.LIMIT))
    return Picture(
        key,
        title,
        Shape.BARS,
        Measure.SHARE,
        tuple(f"{label(share)} {_with_limit(share)}" for share, _ in bars),
        tuple(series),
        tuple(tint for _, tint in bars),
        frozenset(number for number, (share, _) in enumerate(bars) if share.broken),
    )


def _with_limit(share: Share) -> str:
    said = words.percent(share.value)
    if share.limit is None:
        return said
    return f"{said} (limit {words.percent(share.limit)})"


def _origin(share: Share, names: Names) -> str:
    what = "made" if share.dimension == "country" else share.dimension
    return f"{words.shortened(names.country(share.member), words.NAME_LETTERS)}, {what}"


def _step(share: Share) -> str:
    return words.stage_step(share.dimension)


def _costs(plan: Plan) -> Picture | None:
    parts = cost_parts(plan)
    total = expected_cost(plan)
    if not parts or total <= 0:
        return None
    currency = plan.data.settings.currency
    first, amount = next(iter(parts.items()))
    penalty = math.fsum(parts.get(name, 0.0) for name in words.PENALTIES)
    title = f"{words.component(first)}: {words.percent(amount / total)} of the cost"
    if penalty / total >= 0.005:
        title += f"; penalties: {words.percent(penalty / total)}"
    weightiest = sorted(parts, key=lambda name: -abs(parts[name]))[:MOST_BARS]
    shown = {name: amount for name, amount in parts.items() if name in weightiest}
    return Picture(
        "costs",
        title,
        Shape.BARS,
        Measure.MONEY,
        tuple(f"{words.component(n)} {words.money(v, currency)}" for n, v in shown.items()),
        (Series("cost", tuple(shown.values())),),
        tuple(1 if name in words.PENALTIES else 0 for name in shown),
    )


def _cover(plan: Plan) -> Picture | None:
    found = cover(plan)
    if found is None or plan.data.horizon == 1:
        return None
    labels, unit = plan.data.period_labels, plan.data.settings.unit
    missed = [number for number, amount in enumerate(found.missing) if amount > TINY]
    title = "Stock at the end of each period"
    if found.least is not None and not missed:
        title = "Stock keeps its targets in every period"
    elif missed:
        worst = max(missed, key=lambda number: found.missing[number])
        title = (
            f"Stock misses targets in {len(missed)} of {len(labels)} periods, most in "
            f"{labels[worst]} ({words.quantity(found.missing[worst], unit)})"
        )
    series = [Series("expected stock", found.stock)]
    if len(plan.tables.outcomes) > 1:
        series.append(Series("lowest of the outcomes", found.lowest, Role.WORST))
    if found.least is not None:
        series.append(Series("least wanted", found.least, Role.LIMIT))
    if missed:
        series.append(Series("missing at single items", found.missing, Role.MISSING))
    return Picture("cover", title, Shape.LINES, Measure.QUANTITY, labels, tuple(series))


def _arrivals(plan: Plan) -> Picture | None:
    found = arrivals(plan)
    if found is None or plan.data.horizon == 1:
        return None
    names = names_of(plan.data)
    main = list(found.by_country.items())[:MOST_COUNTRIES]
    series = [Series(names.country(code), amounts) for code, amounts in main]
    others = [found.by_country[code] for code in list(found.by_country)[MOST_COUNTRIES:]]
    if others:
        summed = tuple(math.fsum(amounts) for amounts in zip(*others, strict=True))
        series.append(Series("other countries", summed))
    if any(found.open_orders):
        series.append(Series("open orders", found.open_orders))
    title = "What arrives"
    if main:
        code, amounts = main[0]
        share = words.percent(math.fsum(amounts) / found.total)
        title = f"{names.country(code)} makes {share} of what arrives"
    if any(found.open_orders):
        share = words.percent(math.fsum(found.open_orders) / found.total)
        title += f"; {share} is ordered already"
    if any(found.demand):
        series.append(Series("need", found.demand, Role.LIMIT))
    return Picture(
        "arrivals", title, Shape.STACK, Measure.QUANTITY, plan.data.period_labels, tuple(series)
    )
