"""The charts of an explanation: what rules cost, what losers would have to cut, what is short."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.contract.explain_results import OfferPrice, SupplierPrice
from optimizer.contract.study import Study
from optimizer.report import words
from optimizer.report.layouts import TINY
from optimizer.report.names import Names, names_of
from optimizer.report.picture import Measure, Picture, Role, Series, Shape
from optimizer.report.study_bars import MOST_BARS, gap_of, least_of, plain_bars

LARGE_PRICE = 10_000.0
UNAVOIDABLE, FORCED = "unavoidable", "forced by rules and minimums"
CHOSEN = "cheaper than avoiding it"


def explain_pictures(study: Study) -> Iterator[Picture | None]:
    """The charts of an explanation; None for each that there are no numbers for."""
    yield _reasons(study)
    yield _rules(study)
    yield _offers(study)
    yield _makers(study)
    yield _next(study)


def _reasons(study: Study) -> Picture | None:
    """What is short, by reason."""
    rows = sorted(study.tables.shortage_reasons, key=lambda row: -row.shortage)[:MOST_BARS]
    if not rows:
        return None
    every = study.tables.shortage_reasons
    parts = {
        UNAVOIDABLE: sum(row.unavoidable for row in every),
        FORCED: sum(row.by_rules for row in every),
        CHOSEN: sum(row.by_choice for row in every),
    }
    main = max(parts, key=lambda name: parts[name])
    unit = study.data.settings.unit
    total = sum(row.shortage for row in every)
    title = f"{words.quantity(total, unit)} short; of {words.quantity(parts[main], unit)} {main}"
    return Picture(
        "reasons", title, Shape.BARS, Measure.QUANTITY,
        tuple(
            f"{_cut(row.description or row.item)} {words.quantity(row.shortage, unit)}"
            for row in rows
        ),
        (
            Series(UNAVOIDABLE, tuple(row.unavoidable for row in rows)),
            Series(FORCED, tuple(max(0.0, row.by_rules) for row in rows)),
            Series(CHOSEN, tuple(max(0.0, row.by_choice) for row in rows)),
        ),
    )  # fmt: skip


def _rules(study: Study) -> Picture | None:
    """What each rule costs, with the interval that is proven."""
    rows = [row for row in study.tables.rule_costs if row.cost is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: (-(row.cost or 0.0), row.rule))
    currency = study.data.settings.currency
    dearest = rows[0]
    title = "No rule costs anything"
    if (dearest.cost or 0.0) > TINY:
        title = f"{_cut(dearest.rule)} costs {words.money(dearest.cost or 0.0, currency)}"
    shown = rows[:MOST_BARS]
    if len(shown) < len(rows):
        title += f"; {len(shown)} of {len(rows)} rules shown"
    below = tuple(_apart(row.cost, row.least) for row in shown)
    above = tuple(_apart(row.most, row.cost) for row in shown)
    return Picture(
        "rules", title, Shape.BARS, Measure.MONEY,
        tuple(f"{_cut(row.rule)} {words.money(row.cost or 0.0, currency)}" for row in shown),
        (
            Series("cost", tuple(row.cost for row in shown)),
            Series("may be less by", below, Role.BELOW),
            Series("may be more by", above, Role.ABOVE),
        ),
        gap=gap_of(len(shown)),
        least=least_of(row.cost for row in shown),
    )  # fmt: skip


def _apart(high: float | None, low: float | None) -> float:
    """How far an end of an interval lies from what was found; 0 where there is none."""
    return 0.0 if high is None or low is None else max(0.0, high - low)


def _offers(study: Study) -> Picture | None:
    """The cut in price at which each losing offer would win, the nearest first."""
    rows = [row for row in study.tables.prices_to_win if row.change is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: (-(row.change or 0.0), row.supplier, row.item))
    names, first = names_of(study.data), rows[0]
    cut = -(first.change or 0.0)
    title = f"{_offer(first, names)} would win at {words.percent(max(0.0, cut))} less"
    return plain_bars(
        "offers", title, Measure.SHARE,
        {f"{_offer(row, names)}: {_price(row)}": -(row.change or 0.0) for row in rows[:MOST_BARS]},
    )  # fmt: skip


def _offer(row: OfferPrice, names: Names) -> str:
    return _cut(f"{names.supplier(row.supplier)}, {row.item}")


def _price(row: OfferPrice) -> str:
    """``79.50, wins at 74.62 USD``"""
    wins = row.wins_at or 0.0
    digits = 2 if row.price < LARGE_PRICE else 0
    return f"{row.price:,.{digits}f}, wins at {wins:,.{digits}f} {row.currency}"


def _makers(study: Study) -> Picture | None:
    """The cut on all its prices at which each supplier without an award would win."""
    rows = [row for row in study.tables.suppliers_to_win if row.wins_at is not None]
    if not rows:
        return None
    rows.sort(key=lambda row: (-(row.wins_at or 0.0), row.supplier))
    first = rows[0]
    title = f"{_cut(first.name)} would win with all prices {words.percent(_less(first))} lower"
    return plain_bars(
        "makers", title, Measure.SHARE,
        {f"{_cut(row.name)}: {words.percent(_less(row))}": _less(row) for row in rows[:MOST_BARS]},
    )  # fmt: skip


def _less(row: SupplierPrice) -> float:
    return max(0.0, 1.0 - (row.wins_at or 0.0))


def _next(study: Study) -> Picture | None:
    """What one more unit costs at most, item by item."""
    dearest: dict[str, float] = {}
    for row in study.tables.next_unit:
        if row.cost is None:
            continue
        dearest[row.item] = max(dearest.get(row.item, row.cost), row.cost)
    if not dearest:
        return None
    settings, names = study.data.settings, names_of(study.data)
    ranked = sorted(dearest, key=lambda item: (-dearest[item], item))
    each = f"{settings.currency} per {settings.unit}"
    title = f"One more {settings.unit} of {_cut(names.item(ranked[0]))} costs up to "
    return plain_bars(
        "next", f"{title}{dearest[ranked[0]]:,.2f} {settings.currency}", Measure.MONEY,
        {f"{_cut(names.item(item))}: {dearest[item]:,.2f} {each}": dearest[item]
         for item in ranked[:MOST_BARS]},
    )  # fmt: skip


def _cut(name: str) -> str:
    return words.shortened(name, words.NAME_LETTERS)
