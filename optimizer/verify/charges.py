"""The table Charges against the recomputed lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from optimizer.contract.results import Charge
from optimizer.verify.case import Case
from optimizer.verify.lines import Line
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, same, words

TELLS_APART: Mapping[str, tuple[str, ...]] = {
    "order_cost": ("subject", "item", "period"),
    "holding": ("item", "site", "period"),
    "late": ("item", "site", "period"),
    "shortage": ("item", "site", "period"),
    "overflow": ("site", "period"),
    "cover": ("item", "site", "period"),
    "onboarding": ("subject",),
    "fixed": ("subject",),
    "qualification": ("subject", "item"),
    "switching": ("subject", "item"),
    "lane": ("site",),
    "project": ("subject",),
    "substitution": (),
    "price_breaks": ("subject", "item"),
    "incentives": ("subject", "item"),
    "relaxation": ("subject",),
}
"""Component -> the columns by which its amounts are compared; others are free for people."""

OF_THE_PERIOD = ("order_cost", "holding", "late", "shortage", "overflow", "cover")
AT_THE_END = ("price_breaks", "incentives")

Key = tuple[str, str, tuple[object, ...]]


def check_charges(case: Case, lines: Iterable[Line]) -> Iterator[Violation]:
    """Each amount is quantity x rate x discount factor, and what the input makes it."""
    actual: defaultdict[Key, float] = defaultdict(float)
    for row in case.tables.charges:
        place = _row_place(case, row)
        if row.component not in TELLS_APART:
            yield words(Check.CHARGE_COMPONENT, place, "a known component", row.component)
            continue
        product = row.quantity * row.rate * row.discount_factor
        tolerance = case.tolerance.money(product, row.amount)
        yield from same(Check.CHARGE_AMOUNT, place, product, row.amount, tolerance)
        yield from _discount(case, row, place)
        actual[_key(row)] += row.amount
    expected: defaultdict[Key, float] = defaultdict(float)
    for line in lines:
        expected[_key(line)] += line.amount
    for key in dict.fromkeys((*expected, *actual)):
        due, stands = expected.get(key, 0.0), actual.get(key, 0.0)
        if due != stands:  # thousands are exactly the same: their place is not needed
            tolerance = case.tolerance.money(due, stands)
            yield from same(Check.CHARGE, _key_place(case, key), due, stands, tolerance)


def _key(row: Charge | Line) -> Key:
    columns = TELLS_APART[row.component]
    return (row.outcome, row.component, tuple(getattr(row, name) for name in columns))


def _discount(case: Case, row: Charge, place: str) -> Iterator[Violation]:
    if row.component in OF_THE_PERIOD or (row.component == "substitution" and row.period):
        factor = case.clock.discount(row.period or 1)
    elif row.component in AT_THE_END:
        factor = case.clock.discount(case.clock.horizon)
    else:
        factor = 1.0
    yield from same(Check.CHARGE_DISCOUNT, place, factor, row.discount_factor, unit(factor))


def _row_place(case: Case, row: Charge) -> str:
    parts = [row.component, row.subject, row.item, row.site, case.clock.name(row.period)]
    return ", ".join(part for part in parts if part) + f", outcome {row.outcome}"


def _key_place(case: Case, key: Key) -> str:
    outcome, component, values = key
    parts = [component]
    for column, value in zip(TELLS_APART[component], values, strict=True):
        if column == "period" and isinstance(value, int):
            parts.append(case.clock.name(value))
        else:
            parts.append(str(value))
    return ", ".join(parts) + f", outcome {outcome}"
