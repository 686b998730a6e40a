"""Names: matched after trimming and case-folding, spelled as in the table that declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.contract.fields import Column, Kind
from optimizer.contract.inputs import INPUTS
from optimizer.tables.collect import Findings
from optimizer.tables.columns import Typed
from optimizer.tables.nearest import did_you_mean, fold, nearest

# Words that people share between tables without declaring them; the first spelling counts.
SHARED: Mapping[str, tuple[str, ...]] = {
    "Items.family": ("Rules.family",),
    "Composition.element": ("Upstream.element", "Rules.element"),
    "Countries.region": (),
    "Suppliers.group": (),
    "Lanes.mode": (),
    "Upstream.stage": ("Rules.dimension",),
    "Demand.end_use": (),
    "Risks.risk": (),
    "Risks.result": (),
    "Rules.rule": (),
    "Scenarios.scenario": (),
}
# References to what other tables merely mention: unlike any known name, they are clear as they are.
MENTIONED = frozenset(("Composition.element", "Demand.end_use"))
RESERVED = frozenset(("*", "none", "each", "unknown"))


@dataclass(frozen=True, slots=True)
class Names:
    """The declared names: ``Items.item`` -> folded name -> name as declared.

    ``partly``: columns of which some or all cells could not be read.  What refers to such a column
    is not blamed: the mistake is where the name should have been declared, and is said there.
    """

    known: Mapping[str, Mapping[str, str]]
    partly: frozenset[str] = frozenset()

    def of(self, place: str) -> Mapping[str, str]:
        """The names that a column declares."""
        return self.known.get(place, {})

    def match(self, place: str, text: str) -> str:
        """A name spelled as declared, or "" if it is not known."""
        return self.of(place).get(fold(text), "")


def declared(tables: Mapping[str, Typed], base_currency: str, findings: Findings) -> Names:
    """Collect the names that columns declare, and spell each column by its first spelling."""
    known: dict[str, dict[str, str]] = {}
    for place in dict.fromkeys((*_declaring(), *SHARED)):
        table, _, column = place.partition(".")
        typed = tables[table]
        values = typed.values[column]
        spelled: dict[str, str] = {}
        spelling = {
            value: spelled.setdefault(fold(value), value) if value else value
            for value in dict.fromkeys(values)
        }
        typed.values[column] = [spelling[value] for value in values]
        spelled.pop("*", None)
        known[place] = spelled
        if place in _declaring() and place not in MENTIONED:
            _refuse_reserved(typed, column, findings)
    known["Currencies.currency"].setdefault(fold(base_currency), base_currency)
    partly = {
        f"{typed.table.name}.{column}"
        for typed in tables.values()
        for column in (*typed.unread, *(column for _, column in typed.bad))
    }
    return Names(known, frozenset(partly))


def _declaring() -> list[str]:
    return sorted(
        {
            column.refers_to
            for table in INPUTS
            for column in table.columns
            if "." in column.refers_to
        }
    )


def _refuse_reserved(typed: Typed, column: str, findings: Findings) -> None:
    for row, value in zip(typed.rows, typed.values[column], strict=True):
        if value.casefold() in RESERVED or ";" in value:
            typed.bad.add((row, column))
            findings.error(
                "reserved-name", typed.sheet, typed.cell(row, column),
                f"{value!r} has a meaning of its own and cannot be a name"
                if ";" not in value
                else f"{value!r} holds a semicolon, which parts names",
                "Choose another name.", value,
            )  # fmt: skip


def resolve(tables: Mapping[str, Typed], names: Names, findings: Findings) -> None:
    """Spell every reference as declared; what names nothing is an error at its cell."""
    shared = {user: place for place, users in SHARED.items() for user in users}
    for typed in tables.values():
        for column in typed.table.columns:
            user = f"{typed.table.name}.{column.name}"
            if "." in column.refers_to:
                _resolve_column(typed, column, column.refers_to, names, findings)
            elif user in shared:
                _respell(typed, column, names.of(shared[user]))


def _respell(typed: Typed, column: Column, known: Mapping[str, str]) -> None:
    values = typed.values[column.name]
    typed.values[column.name] = [
        known.get(fold(value), value) if value else value for value in values
    ]


def _resolve_column(
    typed: Typed, column: Column, place: str, names: Names, findings: Findings
) -> None:
    known = names.of(place)
    star = column.default == "*"
    flaws: set[object] = set()

    def one(text: str) -> str:
        if not text or (star and text == "*"):
            return text
        found = known.get(fold(text))
        if found is None:
            flaws.add(text)
            return text
        return found

    def several(texts: tuple[str, ...]) -> tuple[str, ...]:
        if column.name == "licences" and [fold(text) for text in texts] == ["none"]:
            return ()
        return tuple(dict.fromkeys(map(one, texts)))

    read: Callable[[Any], object] = several if column.kind is Kind.NAMES else one
    values = typed.values[column.name]
    cache = {value: read(value) if value else value for value in set(values)}
    typed.values[column.name] = [cache[value] for value in values]
    if flaws and place not in names.partly:
        _say_unknown(typed, column, place, values, flaws, known, findings)


def _say_unknown(
    typed: Typed,
    column: Column,
    place: str,
    values: list[object],
    flaws: set[object],
    known: Mapping[str, str],
    findings: Findings,
) -> None:
    table, _, where = place.partition(".")
    likeness = 0.75 if place in MENTIONED else 0.6
    for row, value in zip(typed.rows, values, strict=True):
        texts: Iterable[object] = value if isinstance(value, tuple) else (value,)
        unknown = [str(text) for text in texts if text in flaws]
        if not unknown or (row, column.name) in typed.bad:
            continue
        cell = typed.cell(row, column.name)
        mild = [text for text in unknown if place in MENTIONED
                and "," not in text and not nearest(text, known.values(), likeness)]  # fmt: skip
        if len(mild) == len(unknown):
            findings.warning(
                "unused-name", typed.sheet, cell,
                f"no row of {table} has the {where} {', '.join(mild)}",
                f"Remove it, or add it to {table}, if it is a mistake.", unknown[0],
            )  # fmt: skip
            continue
        name = next(text for text in unknown if text not in mild)
        typed.bad.add((row, column.name))
        findings.error(
            "unknown-name", typed.sheet, cell,
            f"{name!r} is not on the sheet {table}, column {where}",
            f"{did_you_mean(name, known.values(), likeness)}Correct it, or add a row to {table}."
            + _why(name, known.values()), name,
        )  # fmt: skip


def _why(name: str, known: Iterable[str]) -> str:
    """What may have happened to a name, where it can be told."""
    if "," in name:
        return " Several names are parted by semicolons."
    if name.isdigit() and any(one.isdigit() and one.lstrip("0") == name for one in known):
        return " Leading zeros were lost: format the column as text and type the name again."
    return ""
