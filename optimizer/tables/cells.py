"""Raw cells to typed values, one converter per column.

A converter is a dictionary from raw value to typed value, filled when a value is first met: cells
repeat themselves, so a long column costs one look-up per cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from optimizer.contract.fields import LARGEST_NUMBER, Column, Kind
from optimizer.tables.grid import ErrorCell, Hollow, Raw, Truth, is_blank, tidy
from optimizer.tables.nearest import did_you_mean

ERROR_VALUES = frozenset(
    ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!",
     "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!")
)  # fmt: skip


class UnreadableError(Exception):
    """A raw value that cannot be read as its column wants it.  A silent one is said elsewhere."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """What is wrong, and what to do."""
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


SILENT = UnreadableError("", "", "")


@dataclass(frozen=True, slots=True)
class Remark:
    """A raw value that was read in the one way it can be, but is worth a word."""

    code: str
    message: str
    remedy: str


class Converter(dict[Raw, Any]):
    """Typed values of a column by raw value; ``flaws`` and ``remarks`` by raw value too."""

    def __init__(self, read: Callable[[Raw], Any], placeholder: Any) -> None:
        """``placeholder`` stands for what cannot be read."""
        super().__init__()
        self._read = read
        self._placeholder = placeholder
        self.flaws: dict[Raw, UnreadableError] = {}
        self.remarks: dict[Raw, Remark] = {}
        self.blanks: set[Raw] = set()

    def __missing__(self, raw: Raw) -> Any:
        value = self._placeholder
        try:
            refuse_hollow(raw)
            if is_blank(raw):
                self.blanks.add(raw)
            value = self._read(raw)
            if isinstance(value, Remarked):
                self.remarks[raw] = value.remark
                value = value.value
        except UnreadableError as flaw:
            self.flaws[raw] = flaw
        self[raw] = value
        return value


@dataclass(frozen=True, slots=True)
class Remarked:
    """A value with a remark about how it was read."""

    value: Any
    remark: Remark


def refuse_hollow(raw: Raw) -> None:
    """Raise UnreadableError for error values, formulas without value and merged cells."""
    if isinstance(raw, str) and raw[:1] == "#" and raw.strip().upper() in ERROR_VALUES:
        raw = ErrorCell(raw.strip())
    if isinstance(raw, ErrorCell):
        raise UnreadableError(
            "error-value", f"the cell shows {raw.text}", "Correct the formula, or type the value."
        )
    if raw is Hollow.UNSTORED:
        raise UnreadableError(
            "formula-without-value",
            "the formula has no stored value, so nobody but Excel knows its result",
            "Open the workbook in Excel or LibreOffice, let it calculate, and save it.",
        )
    if raw is Hollow.MERGED:
        raise SILENT


def converter(column: Column, decimal_comma: bool, all_text: bool) -> Converter:
    """The converter of a column whose type does not depend on anything else."""
    numbers = NumberReader(column, decimal_comma, all_text)
    readers: dict[Kind, Callable[[Raw], Any]] = {
        Kind.TEXT: word_reader(column) if column.allowed and not open_list(column) else read_text,
        Kind.NAMES: read_names,
        Kind.NUMBER: numbers.read,
        Kind.INTEGER: numbers.read_whole,
        Kind.YES_NO: read_yes_no,
        Kind.ANY: read_any,
    }
    return Converter(with_blank(column, readers[column.kind]), placeholder(column))


def open_list(column: Column) -> bool:
    """Whether the allowed words are only some of what may stand there (``stage name``)."""
    return any(" " in word for word in column.allowed)


def placeholder(column: Column) -> Any:
    """What stands in for an unreadable cell, so that other cells can still be checked."""
    if column.default is not None or not column.required:
        return column.default
    blanks: dict[Kind, Any] = {Kind.NUMBER: 0.0, Kind.INTEGER: 0, Kind.YES_NO: True,
                               Kind.PERIOD: 1, Kind.NAMES: ()}  # fmt: skip
    return blanks.get(column.kind, "")


def with_blank(column: Column, read: Callable[[Raw], Any]) -> Callable[[Raw], Any]:
    """A reader that gives blank cells (or the default in words) their default, if they may be."""
    words = column.says.casefold()
    in_words = bool(words) and column.kind not in (Kind.TEXT, Kind.ANY)

    def reader(raw: Raw) -> Any:
        if is_blank(raw):
            if column.required:
                raise UnreadableError(
                    "missing-value",
                    f"{column.name} is blank",
                    f"Fill in {column.name}{_hint(column)}, or clear the whole row.",
                )
            return column.default
        if in_words and isinstance(raw, str) and tidy(raw).casefold() == words:
            return column.default
        return read(raw)

    return reader


def _hint(column: Column) -> str:
    if column.allowed:
        return f" ({', '.join(column.allowed)})"
    return f" ({column.unit})" if column.unit else ""


def shown(raw: Raw) -> str:
    """A raw value as a person saw it."""
    if isinstance(raw, Truth):
        return raw.name
    if isinstance(raw, ErrorCell):
        return raw.text
    if isinstance(raw, Hollow):
        return ""
    if isinstance(raw, float):
        return f"{raw:.15g}"
    if isinstance(raw, datetime):
        return raw.isoformat(sep=" ")
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def read_text(raw: Raw) -> str:
    """A name or words.  Numbers become the digits a person sees; dates are refused."""
    if isinstance(raw, str):
        return tidy(raw)
    if isinstance(raw, float | int | Truth):
        return shown(raw)
    raise UnreadableError(
        "date-in-text",
        f"the cell holds the date or time {shown(raw)} where a name is expected",
        "Type the name again in a cell formatted as text.",
    )


def read_names(raw: Raw) -> tuple[str, ...]:
    """Names separated by semicolons, each once."""
    parts = (tidy(part) for part in read_text(raw).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def word_reader(column: Column) -> Callable[[Raw], str]:
    """A reader of one of a few words."""
    words = {word.casefold(): word for word in column.allowed}

    def read(raw: Raw) -> str:
        text = read_text(raw)
        word = words.get(text.casefold())
        if word is None:
            raise UnreadableError(
                "unknown-word",
                f"{text!r} is not a value of {column.name}",
                f"{did_you_mean(text, column.allowed)}Use one of: {', '.join(column.allowed)}.",
            )
        return word

    return read


_YES = frozenset(("yes", "y", "true", "1"))
_NO = frozenset(("no", "n", "false", "0"))


def read_yes_no(raw: Raw) -> bool:
    """Yes or no, also as TRUE/FALSE or 1/0."""
    text = shown(raw) if isinstance(raw, float | int | Truth) else read_text(raw)
    text = text.casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise UnreadableError("not-yes-or-no", f"{text!r} is neither yes nor no", "Write yes or no.")


def read_any(raw: Raw) -> object:
    """A value whose type another cell decides: kept raw."""
    return tidy(raw) if isinstance(raw, str) else raw


_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?", re.ASCII)
_GROUPS = re.compile(r"[+-]?\d{1,3}([,' .]\d{3})+([.,]\d+)?")
_SHARES = ("share", "of its metric", "kg per kg")


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the numbers of one column."""

    column: Column
    decimal_comma: bool
    all_text: bool

    def read(self, raw: Raw) -> float | Remarked:
        """A number within the bounds of the column."""
        if isinstance(raw, float | int):
            return self._within(float(raw))
        if not isinstance(raw, str):
            kind = "yes or no" if isinstance(raw, Truth) else f"the date or time {shown(raw)}"
            raise UnreadableError(
                "not-a-number",
                f"the cell holds {kind} where a number is expected",
                "Format the cell as a number and type it again.",
            )
        value = self._within(self._from_text(tidy(raw)))
        if self.all_text:
            return value
        return Remarked(
            value,
            Remark("number-as-text", f"a number is stored as text ({raw!r}); read as {value:g}",
                   "Convert the cell to a number."),
        )  # fmt: skip

    def read_whole(self, raw: Raw) -> int | Remarked:
        """A whole number."""
        value = self.read(raw)
        number = value.value if isinstance(value, Remarked) else value
        if number != int(number):
            raise UnreadableError("not-whole", f"{number:g} is not a whole number", "Round it.")
        whole = int(number)
        return Remarked(whole, value.remark) if isinstance(value, Remarked) else whole

    def _from_text(self, text: str) -> float:
        percent = text.endswith("%")
        digits = text[:-1].rstrip() if percent else text
        if self.decimal_comma and _COMMA.fullmatch(digits):
            digits = digits.replace(",", ".")
        if not _PLAIN.fullmatch(digits):
            raise self._no_number(text, digits)
        value = float(digits)
        if not percent:
            return value
        unit = self.column.unit
        if unit and not unit.startswith(_SHARES):
            raise UnreadableError(
                "percent-not-a-share",
                f"{text!r} is a percentage, and {self.column.name} is in {unit}",
                f"Write the number in {unit}.",
            )
        return value / 100

    def _no_number(self, text: str, digits: str) -> UnreadableError:
        if _COMMA.fullmatch(digits) and not _GROUPS.fullmatch(digits):
            point = digits.replace(",", ".")
            return UnreadableError(
                "decimal-comma",
                f"{text!r} is text with a decimal comma, not a number",
                f"Write {point}, or let Excel store it as a number.",
            )
        if _GROUPS.fullmatch(digits):
            return UnreadableError(
                "ambiguous-number",
                f"{text!r} is text; its comma, point or space may part thousands or decimals",
                "Type the number without thousands separators.",
            )
        return UnreadableError(
            "not-a-number",
            f"{text!r} is text where a number is expected",
            f"Write a number{_hint(self.column)}; leave the cell blank if there is none."
            if not self.column.required
            else f"Write a number{_hint(self.column)}.",
        )

    def _within(self, value: float) -> float:
        column = self.column
        if not abs(value) <= LARGEST_NUMBER:
            raise UnreadableError(
                "out-of-range",
                f"{column.name} is {value:g}, and no number may be beyond {LARGEST_NUMBER:g}",
                "Leave the cell blank if there is no limit."
                if column.says == "unlimited"
                else "Write a smaller number, or take a larger unit.",
            )
        if value < column.low or (column.above and value == column.low) or value > column.high:
            raise UnreadableError(
                "out-of-range",
                f"{column.name} is {value:g}, and must be a {kind_in_words(column)}",
                self._meant(value),
            )
        return value

    def _meant(self, value: float) -> str:
        column = self.column
        if column.high <= 5 and 1 < value <= 100:
            return f"Did you mean {value:g} %? Write {value / 100:g}, or {value:g}% in the cell."
        return f"Write a {kind_in_words(column)}."


def kind_in_words(column: Column) -> str:
    """A number or whole number with its bounds, e.g. ``whole number >= 1``."""
    words = column.type_text.replace("integer", "whole number").replace("..", " to ")
    return words.replace(" 0 to", " above 0, up to") if column.above else words


def all_within(column: Column, values: list[float]) -> bool:
    """Whether every number of a list lies within the bounds of the column."""
    least, most = min(values), max(values)
    return (
        least >= max(column.low, -LARGEST_NUMBER)
        and most <= min(column.high, LARGEST_NUMBER)
        and not (column.above and least == column.low)
    )
