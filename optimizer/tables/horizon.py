"""The horizon: where it starts, how long it is, and which rows lie outside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.fields import Kind
from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed
from optimizer.tables.nearest import listed
from optimizer.tables.settings import SettingsRead

# Rows that are about one period only; outside the horizon they say nothing about the plan.
_LEFT_OUT = ("Demand", "Calendar", "OpenOrders")
_LONGEST = 1200  # periods; more is a mistyped year, not a plan


@dataclass(frozen=True, slots=True)
class Horizon:
    """``start``: absolute number of the first period; ``periods``: how many there are."""

    start: int | None
    periods: int
    labels: tuple[str, ...]


def set_horizon(settings: SettingsRead, tables: Mapping[str, Typed], findings: Findings) -> Horizon:
    """Find the horizon; number all periods from its start; leave out what lies outside."""
    demand = tables["Demand"]
    wanted = {period for period in demand.values["period"] if period is not None}
    start = _start(settings, wanted, demand, findings)
    periods = _periods(settings, wanted, start, findings)
    base = 0 if start is None else start
    for typed in tables.values():
        for column in typed.table.columns:
            if column.kind is Kind.PERIOD:
                blank = 1 if column.required else column.default
                typed.values[column.name] = [
                    blank if period is None else period - base + 1
                    for period in typed.values[column.name]
                ]
    if "start" not in settings.bad and start is not None:
        if wanted and not any(start <= period < start + periods for period in wanted):
            findings.error(
                "no-demand", settings.typed.sheet, settings.cell("start"),
                f"no row of Demand lies in the horizon {settings.calendar.label(start)} to "
                f"{settings.calendar.label(start + periods - 1)}",
                "Correct start and periods, or the periods of Demand.",
            )  # fmt: skip
            settings.bad.add("start")
        for name in _LEFT_OUT:
            _leave_out(tables[name], periods, settings, base, findings)
    labels = tuple(settings.calendar.label(base + t) for t in range(periods)) if start else ()
    return Horizon(start, periods, labels)


def _start(
    settings: SettingsRead, wanted: set[int], demand: Typed, findings: Findings
) -> int | None:
    if settings.start is not None:
        return settings.start
    if len(wanted) > 1 and "start" not in settings.bad:
        first = settings.calendar.label(min(wanted))
        findings.error(
            "missing-setting", settings.typed.sheet, settings.cell("start"),
            "start is not set, and Demand has more than one period",
            f"Set start to the first period of the horizon, e.g. {first}.",
        )  # fmt: skip
    return min(wanted, default=None)


def _periods(
    settings: SettingsRead, wanted: set[int], start: int | None, findings: Findings
) -> int:
    given = settings.values.get("periods")
    periods = given or (max(wanted) - start + 1 if wanted and start is not None else 1)
    if 1 <= periods <= _LONGEST:
        return periods
    cell = settings.cell("periods" if given else "start")
    if periods < 1:
        return 1  # the horizon starts after the last period of Demand, which is said elsewhere
    findings.error(
        "horizon-too-long", settings.typed.sheet, cell,
        f"the horizon would have {periods} periods; {_LONGEST} are the most",
        "Correct start, periods or the last period of Demand.",
    )  # fmt: skip
    return _LONGEST


def _leave_out(
    typed: Typed, periods: int, settings: SettingsRead, base: int, findings: Findings
) -> None:
    numbers = typed.values["period"]
    if not numbers or (min(numbers) >= 1 and max(numbers) <= periods):
        return
    outside = [place for place, number in enumerate(numbers) if not 1 <= number <= periods]
    label = settings.calendar.label
    by_period: dict[int, list[int]] = {}
    for place in outside:
        by_period.setdefault(numbers[place], []).append(typed.rows[place])
    for number, rows in by_period.items():
        name = label(base + number - 1)
        column = "period" if "period" in typed.letters else name
        cell = typed.cell(rows[0], column)
        findings.warning(
            "outside-horizon", typed.sheet, cell,
            f"{name} lies outside the horizon {label(base)} to {label(base + periods - 1)}; "
            f"{'row' if len(rows) == 1 else 'rows'} {listed(map(str, rows))} left out",
            "Correct the period, or the settings start and periods.", name,
        )  # fmt: skip
    drop = set(outside)
    keep = [place for place in range(len(numbers)) if place not in drop]
    typed.rows = [typed.rows[place] for place in keep]
    for name, values in typed.values.items():
        typed.values[name] = [values[place] for place in keep]
