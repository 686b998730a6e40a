"""Periods: how people write them, and their numbers and names.

A period has an absolute number (``Calendar.ordinal``); the number that the rest of the program
uses counts from the start of the horizon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from optimizer.tables.grid import Raw, tidy


class UnclearError(ValueError):
    """A text that names no period; its text says why."""


class AmbiguousError(UnclearError):
    """A text that may name one period or another."""


class Grain(Enum):
    """How much time a text names."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time: its first day and how long it is."""

    day: date
    grain: Grain


@dataclass(frozen=True, slots=True)
class Calendar:
    """Counts periods of one length: month, week, quarter or year."""

    length: str

    def ordinal(self, moment: Moment) -> int:
        """The absolute number of the period; UnclearError if the moment is longer than a period."""
        day = moment.day
        if _DAYS[moment.grain.value] > _DAYS[self.length]:
            raise UnclearError(
                f"it names a {moment.grain.value}, and a period is a {self.length} (setting period)"
            )
        if self.length == "year":
            return day.year
        if self.length == "quarter":
            return day.year * 4 + (day.month - 1) // 3
        if self.length == "month":
            return day.year * 12 + day.month - 1
        return (day.toordinal() - 1) // 7

    def label(self, ordinal: int) -> str:
        """The name of a period: 2025-10, 2025-10-06 (Monday of a week), 2025-Q4 or 2025."""
        if self.length == "year":
            return f"{ordinal:04d}"
        if self.length == "quarter":
            return f"{ordinal // 4:04d}-Q{ordinal % 4 + 1}"
        if self.length == "month":
            return f"{ordinal // 12:04d}-{ordinal % 12 + 1:02d}"
        return date.fromordinal(ordinal * 7 + 1).isoformat()

    @property
    def example(self) -> int:
        """The absolute number of some period, to show how one is written."""
        return self.ordinal(Moment(date(2025, 10, 6), Grain.DAY))

    def read(self, raw: Raw) -> int:
        """The absolute number of the period that a cell names; UnclearError if it names none."""
        return self.ordinal(moment_of(raw))


# Only for comparing how long things are; a week that holds a day is clear, a month is not.
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december")  # fmt: skip
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2100-01-01 as Excel counts days
_YEARS = range(1990, 2101)

_YEAR = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_COMPACT = re.compile(r"(\d{4})M?(\d{2})", re.IGNORECASE)
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])", re.IGNORECASE)
_QUARTER_FIRST = re.compile(r"Q([1-4])[-/ ]?(\d{4})", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})[- ]?W(\d{1,2})", re.IGNORECASE)
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_NAMED = re.compile(r"([A-Za-z]+)\.?[-/ ,]*(\d{4}|\d{2})")
_DAY_NAMED = re.compile(r"(\d{1,2})[-/ .]+([A-Za-z]+)\.?[-/ ,]+(\d{4})")


def moment_of(raw: Raw) -> Moment:
    """The stretch of time that a cell names; UnclearError if it names none or more than one."""
    if isinstance(raw, datetime):
        return Moment(raw.date(), Grain.DAY)
    if isinstance(raw, date):
        return Moment(raw, Grain.DAY)
    if isinstance(raw, int | float):
        return _of_number(float(raw))
    if isinstance(raw, str):
        return _of_text(tidy(raw))
    raise UnclearError("it is no date")


def _of_number(value: float) -> Moment:
    if not abs(value) < 1e9:
        raise UnclearError("it is no date")
    whole = int(value)
    if whole == value and whole in _YEARS:
        return Moment(date(whole, 1, 1), Grain.YEAR)
    if whole == value and whole // 100 in _YEARS and 1 <= whole % 100 <= 12:
        return Moment(date(whole // 100, whole % 100, 1), Grain.MONTH)
    if whole in _SERIALS:
        return Moment(_EPOCH + timedelta(days=whole), Grain.DAY)
    raise UnclearError("the number is no year, no month such as 202510 and no date of Excel")


def _of_text(text: str) -> Moment:
    moment = _year_first(text) or _day_first(text) or _with_words(text)
    if moment is None:
        raise UnclearError("it is not written like a period")
    if moment.day.year not in _YEARS:
        raise UnclearError(f"the year {moment.day.year} lies outside {_YEARS[0]} to {_YEARS[-1]}")
    return moment


def _year_first(text: str) -> Moment | None:
    if _YEAR.fullmatch(text):
        return Moment(_day(int(text), 1, 1), Grain.YEAR)
    if found := _YEAR_MONTH.fullmatch(text) or _COMPACT.fullmatch(text):
        return Moment(_day(int(found[1]), int(found[2]), 1), Grain.MONTH)
    if found := _QUARTER.fullmatch(text):
        return Moment(_day(int(found[1]), int(found[2]) * 3 - 2, 1), Grain.QUARTER)
    if found := _WEEK.fullmatch(text):
        try:
            return Moment(date.fromisocalendar(int(found[1]), int(found[2]), 1), Grain.DAY)
        except ValueError:
            raise UnclearError(f"there is no week {found[2]} in {found[1]}") from None
    if found := _ISO_DAY.fullmatch(text):
        return Moment(_day(int(found[1]), int(found[2]), int(found[3])), Grain.DAY)
    return None


def _day_first(text: str) -> Moment | None:
    if found := _MONTH_YEAR.fullmatch(text):
        return Moment(_day(int(found[2]), int(found[1]), 1), Grain.MONTH)
    if found := _QUARTER_FIRST.fullmatch(text):
        return Moment(_day(int(found[2]), int(found[1]) * 3 - 2, 1), Grain.QUARTER)
    if found := _DAY.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        # Dots are only ever written day first; slashes and hyphens differ from country to country.
        if found[2] == "." or first > 12 or first == second:
            return Moment(_day(year, second, first), Grain.DAY)
        if second > 12:
            return Moment(_day(year, first, second), Grain.DAY)
        raise AmbiguousError(
            f"it may be {_day(year, second, first)} or {_day(year, first, second)}"
        )
    return None


def _with_words(text: str) -> Moment | None:
    if (found := _NAMED.fullmatch(text)) and (month := _month(found[1])):
        year = int(found[2])
        return Moment(_day(year + 2000 if year < 100 else year, month, 1), Grain.MONTH)
    if (found := _DAY_NAMED.fullmatch(text)) and (month := _month(found[2])):
        return Moment(_day(int(found[3]), month, int(found[1])), Grain.DAY)
    return None


def _month(word: str) -> int:
    word = word.casefold()
    for names in (_MONTHS, _FULL):
        if word in names:
            return names.index(word) + 1
    return 9 if word == "sept" else 0


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnclearError(f"there is no day {year:04d}-{month:02d}-{day:02d}") from None
