"""The Settings sheet as typed settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from optimizer.contract.data import DefaultUsed
from optimizer.contract.fields import Column, Kind
from optimizer.contract.inputs import input_table
from optimizer.contract.settings import SETTINGS, Settings
from optimizer.tables.cells import converter, shown
from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed, period_converter, typed_table
from optimizer.tables.grid import Grid, Raw, is_blank
from optimizer.tables.nearest import did_you_mean, fold
from optimizer.tables.periods import Calendar

_BY_NAME = {column.name: column for column in SETTINGS}
_DECLARED = input_table("Settings")
# A setting without a value has its default.
_TABLE = replace(
    _DECLARED,
    columns=(_DECLARED.column("setting"), replace(_DECLARED.column("value"), required=False)),
)


@dataclass(slots=True)
class SettingsRead:
    """The settings as read.  ``start``: absolute number of the first period, None if blank.

    ``bad``: settings whose cell could not be read; a default stands in for them.
    """

    typed: Typed
    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    defaults: list[DefaultUsed] = field(default_factory=list)
    calendar: Calendar = field(default_factory=lambda: Calendar("month"))
    start: int | None = None

    def cell(self, setting: str) -> str:
        """Address of the value of a setting, or "" if the sheet does not have it."""
        row = self.rows.get(setting)
        return self.typed.cell(row, "value") if row else ""

    def finished(self, name: str, start: int | None) -> Settings:
        """The settings, named, with the start of the horizon as text."""
        values = {key: value for key, value in self.values.items() if key not in self.bad}
        values["name"] = values.get("name") or name
        values["start"] = None if start is None else self.calendar.label(start)
        return Settings(**values)


def read_settings(grid: Grid | None, findings: Findings) -> SettingsRead:
    """Read the sheet Settings; what it does not say has its default."""
    # The length of a period is not known yet, and Settings has no column of periods.
    read = SettingsRead(typed_table(grid, _TABLE, Calendar("month"), findings))
    raws = _raw_by_name(read, findings)
    comma, text = (grid.decimal_comma, grid.all_text) if grid else (False, False)
    # Other settings are read with the length of a period, so it comes first.
    for column in sorted(SETTINGS, key=lambda one: one.name != "period"):
        raw = raws.get(column.name, "")
        if column.kind is Kind.PERIOD:
            reader = period_converter(column, read.calendar)
        else:
            reader = converter(column, comma, text)
        value = reader[raw]
        _say(read, column, reader.flaws.get(raw), reader.remarks.get(raw), raw, findings)
        if column.name == "period":
            read.calendar = Calendar(value)
        if column.name == "start":
            read.start = value
        else:
            read.values[column.name] = value
        if is_blank(raw):
            row = read.rows.get(column.name)
            read.defaults.append(
                DefaultUsed("Settings", column.name, column.says, (row,) if row else ())
            )
    return read


def _raw_by_name(read: SettingsRead, findings: Findings) -> dict[str, Raw]:
    typed = read.typed
    raws: dict[str, Raw] = {}
    known = {fold(column.name): column.name for column in SETTINGS}
    for row, text, raw in zip(typed.rows, typed.values["setting"], typed.values["value"],
                              strict=True):  # fmt: skip
        if (row, "setting") in typed.bad:
            continue
        cell = typed.cell(row, "setting")
        name = known.get(fold(text), known.get(fold(text).replace(" ", "_")))
        if name is None:
            findings.error(
                "unknown-setting", typed.sheet, cell, f"there is no setting {text!r}",
                f"{did_you_mean(text, _BY_NAME)}Correct or remove the row.", text,
            )  # fmt: skip
        elif name in read.rows:
            findings.error(
                "duplicate-key", typed.sheet, cell,
                f"{name} is set here and in {typed.cell(read.rows[name], 'setting')}",
                "Remove one of the two rows.", text,
            )  # fmt: skip
        else:
            read.rows[name] = row
            if (row, "value") in typed.bad:
                read.bad.add(name)
            elif raw is not None:
                raws[name] = raw
    return raws


def _say(
    read: SettingsRead, column: Column, flaw: Any, remark: Any, raw: Raw, findings: Findings
) -> None:
    cell = read.cell(column.name)
    if flaw is not None:
        read.bad.add(column.name)
        findings.error(flaw.code, read.typed.sheet, cell, flaw.message, flaw.remedy, shown(raw))
    elif remark is not None:
        findings.warning(remark.code, read.typed.sheet, cell, remark.message, remark.remedy,
                         shown(raw))  # fmt: skip
