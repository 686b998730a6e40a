"""Checks of suppliers, offers, prices, capacities, lanes and origins."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.findings import Finding
from optimizer.tables.checks.context import Checked
from optimizer.tables.nearest import fold
from optimizer.tables.references import DIMENSIONS

_NOISE = 1e-9
_PERIODS_A_YEAR = {"month": 12, "week": 52, "quarter": 4, "year": 1}
_DAYS = {"month": 30.4375, "week": 7.0, "quarter": 91.3125, "year": 365.25}


def days_of_period(checked: Checked) -> float:
    """Days of one period."""
    return _DAYS[checked.data.settings.period]


def base_currency_rate(checked: Checked) -> Iterator[Finding]:
    """A rate of the base currency other than 1."""
    base = checked.data.settings.currency
    for row in checked.sound("Currencies", checked.data.currencies, "currency", "rate"):
        if fold(row.currency) == fold(base) and row.rate != 1:
            yield checked.error(
                "base-currency-rate", ("Currencies", row.row, "rate"),
                f"{base} is the base currency (setting currency), so its rate is 1",
                "Write 1, remove the row, or correct the setting currency.", row.rate,
            )  # fmt: skip


def award_bounds(checked: Checked) -> Iterator[Finding]:
    """A least award or order that the capacity, or the most, does not allow."""
    a_year = _PERIODS_A_YEAR[checked.data.settings.period]
    makers = {one.supplier: one for one in checked.data.suppliers}
    grows = {one.supplier for one in checked.data.projects}
    stretch = max([1.0, *(row.capacity_factor for row in checked.data.calendar)])
    rows = checked.sound("Offers", checked.data.offers, "supplier", "item", "capacity",
                         "min_award", "max_award", "min_order", "active")  # fmt: skip
    for row in rows:
        maker = makers.get(row.supplier)
        known = maker is not None and (maker.row, "capacity") not in checked.tables["Suppliers"].bad
        theirs = maker.capacity if maker and known and row.supplier not in grows else math.inf
        capacity = min(row.capacity, theirs) * stretch
        for column, least, most, what in (
            ("min_award", row.min_award, row.max_award, "max_award"),
            ("min_award", row.min_award, capacity * a_year, "a year's capacity"),
            ("min_order", row.min_order, capacity, "the capacity of a period"),
        ):
            if row.active and least > most * (1 + _NOISE):
                yield checked.error(
                    "bounds-crossed", ("Offers", row.row, column),
                    f"{column} {least:,.10g} is more than {what}, {most:,.10g}, so nothing can be "
                    "bought", "Correct one of the two, or set active to no.", least,
                )  # fmt: skip
                break


def qualified_too_late(checked: Checked) -> Iterator[Finding]:
    """An offer whose qualification takes longer than the horizon."""
    days = days_of_period(checked) * checked.data.horizon
    rows = checked.sound("Offers", checked.data.offers, "qualified", "qualification_days", "active")
    for row in rows:
        if row.active and not row.qualified and row.qualification_days > days:
            yield checked.warning(
                "after-horizon", ("Offers", row.row, "qualification_days"),
                f"qualification takes {row.qualification_days:g} days, longer than the horizon, "
                "so the offer plays no part", "Correct it, or leave the offer out.",
                row.qualification_days,
            )  # fmt: skip


def calendar_without_capacity(checked: Checked) -> Iterator[Finding]:
    """A capacity factor that scales an unlimited capacity."""
    if not (checked.whole("Offers", "supplier", "item", "capacity")
            and checked.whole("Suppliers", "supplier", "capacity")):  # fmt: skip
        return
    for row in checked.sound("Calendar", checked.data.calendar, "supplier", "item",
                             "capacity_factor"):  # fmt: skip
        if row.capacity_factor in (0.0, 1.0):
            continue
        limits = [
            offer.capacity
            for offer in checked.data.offers
            if row.supplier in ("*", offer.supplier) and row.item in ("*", offer.item)
        ]
        if row.item == "*":
            limits += [one.capacity for one in checked.data.suppliers
                       if row.supplier in ("*", one.supplier)]  # fmt: skip
        if all(math.isinf(limit) for limit in limits):
            yield checked.warning(
                "factor-on-unlimited", ("Calendar", row.row, "capacity_factor"),
                f"the factor {row.capacity_factor:g} scales an unlimited capacity, so it changes "
                "nothing", "Set the capacity in Offers or Suppliers, or remove the factor.",
                row.capacity_factor,
            )  # fmt: skip


def project_without_capacity(checked: Checked) -> Iterator[Finding]:
    """A project that adds to an unlimited capacity."""
    known = checked.sound("Suppliers", checked.data.suppliers, "supplier", "capacity")
    makers = {one.supplier: one for one in known}
    for row in checked.sound("Projects", checked.data.projects, "supplier"):
        maker = makers.get(row.supplier)
        if maker is not None and math.isinf(maker.capacity):
            yield checked.warning(
                "project-on-unlimited", ("Projects", row.row, "supplier"),
                f"the capacity of {row.supplier} is unlimited, so the project adds nothing",
                "Set the capacity that it has without the project in Suppliers (0: none yet).",
                row.supplier,
            )  # fmt: skip


def lane_of_another_country(checked: Checked) -> Iterator[Finding]:
    """A lane with a supplier and a country that is not the supplier's."""
    home = {one.supplier: one.country for one in
            checked.sound("Suppliers", checked.data.suppliers, "supplier", "country")}  # fmt: skip
    for row in checked.sound("Lanes", checked.data.lanes, "supplier", "country"):
        if "*" in (row.supplier, row.country) or row.supplier not in home:
            continue
        if row.country != home[row.supplier]:
            yield checked.error(
                "lane-country", ("Lanes", row.row, "country"),
                f"{row.supplier} exports from {home[row.supplier]}, not from {row.country}",
                "Clear the country, or correct the supplier.", row.country,
            )  # fmt: skip


def origin_above_one(checked: Checked) -> Iterator[Finding]:
    """More than all of a material comes from somewhere."""
    total: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in checked.sound("Upstream", checked.data.upstream, "supplier", "stage", "element",
                             "share"):  # fmt: skip
        key = (row.supplier, row.stage, row.element)
        before = total[key]
        total[key] += row.share
        if before <= 1 + _NOISE < total[key]:
            yield checked.error(
                "shares-above-one", ("Upstream", row.row, "share"),
                f"with this row the shares of {' / '.join(key)} add up to {total[key]:.4g}, "
                "more than 1", "Correct the shares; 60 % is 0.6.", row.share,
            )  # fmt: skip


def stage_names(checked: Checked) -> Iterator[Finding]:
    """A stage whose name means something else in Rules or Risks."""
    for row in checked.sound("Upstream", checked.data.upstream, "stage"):
        if fold(row.stage) in DIMENSIONS or ":" in row.stage:
            yield checked.error(
                "reserved-name", ("Upstream", row.row, "stage"),
                f"a stage cannot be called {row.stage!r}: Rules and Risks read that differently",
                "Choose another name.", row.stage,
            )  # fmt: skip


def element_in_no_item(checked: Checked) -> Iterator[Finding]:
    """Origins of a material that no item holds."""
    known = {row.element for row in checked.data.composition}
    said: set[str] = set()
    for row in checked.sound("Upstream", checked.data.upstream, "element"):
        if row.element == "*" or row.element in known | said:
            continue
        said.add(row.element)
        yield checked.warning(
            "unused-name", ("Upstream", row.row, "element"),
            f"no item holds {row.element} (Composition), so its origins play no part",
            "Correct the element, or add it to Composition.", row.element,
        )  # fmt: skip
