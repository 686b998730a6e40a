"""Checks of licences, risks and scenarios."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.data import BASE
from optimizer.contract.fields import Table
from optimizer.contract.findings import Finding
from optimizer.contract.inputs import input_table
from optimizer.contract.policy import Change, RiskEffect
from optimizer.contract.settings import SETTINGS
from optimizer.contract.where import columns_for, conditions, selected
from optimizer.tables.checks.context import Checked
from optimizer.tables.nearest import did_you_mean, fold

_NOISE = 1e-9


def probabilities(checked: Checked) -> Iterator[Finding]:
    """Each result has its probability on one row, and those of a risk are at most 1 in sum."""
    given: dict[tuple[str, str], RiskEffect] = {}
    rows = checked.data.risks
    unknown = {(row.risk, row.result) for row in rows
               if (row.row, "probability") in checked.tables["Risks"].bad}  # fmt: skip
    total: dict[str, float] = defaultdict(float)
    for row in checked.sound("Risks", rows, "risk", "result", "probability"):
        if row.probability is None:
            continue
        first = given.setdefault((row.risk, row.result), row)
        if first is not row:
            yield checked.error(
                "two-probabilities", ("Risks", row.row, "probability"),
                f"{row.risk} / {row.result} has a probability here and in "
                f"{checked.where('Risks', first.row, 'probability')}",
                "Keep it on one row of the result and clear the others.", row.probability,
            )  # fmt: skip
            continue
        before = total[row.risk]
        total[row.risk] += row.probability
        if before <= 1 + _NOISE < total[row.risk]:
            yield checked.error(
                "probabilities-above-one", ("Risks", row.row, "probability"),
                f"with this row the probabilities of {row.risk} add up to {total[row.risk]:.4g}, "
                "more than 1", "Correct them; 25 % is 0.25.", row.probability,
            )  # fmt: skip
    said: set[tuple[str, str]] = set()
    for row in checked.sound("Risks", rows, "risk", "result"):
        key = (row.risk, row.result)
        if key not in given and key not in unknown | said:
            said.add(key)
            yield checked.error(
                "missing-value", ("Risks", row.row, "probability"),
                f"{row.risk} / {row.result} has no probability on any of its rows",
                "Fill it in on one row of the result.",
            )  # fmt: skip


def effect_periods(checked: Checked) -> Iterator[Finding]:
    """Effects that end before they begin, or before the horizon."""
    for row in checked.sound("Risks", checked.data.risks, "from_period", "to_period"):
        if row.to_period is None:
            continue
        place = ("Risks", row.row, "to_period")
        if row.to_period < row.from_period and row.from_period != 1:
            yield checked.error(
                "bounds-crossed", place, "to_period lies before from_period",
                "Correct one of the two.",
            )  # fmt: skip
        elif row.to_period < 1:
            yield checked.warning(
                "outside-horizon", place, f"this effect of {row.risk} ends before the horizon, "
                "so it changes nothing", "Correct the period, or the setting start.",
            )  # fmt: skip


def effects_of_scope(checked: Checked) -> Iterator[Finding]:
    """Effects that their scope cannot have."""
    for row in checked.sound("Risks", checked.data.risks, "scope"):
        effects = {"deliverable": row.deliverable != 1, "delay_days": row.delay_days != 0,
                   "price_factor": row.price_factor != 1,
                   "demand_factor": row.demand_factor != 1}  # fmt: skip
        for column, given in effects.items():
            wrong = row.scope == "element" or (
                column == "demand_factor" and row.scope not in ("item", "all")
            )
            if given and wrong and (row.row, column) not in checked.tables["Risks"].bad:
                allowed = "price_add" if row.scope == "element" else "no demand_factor"
                yield checked.error(
                    "effect-of-scope", ("Risks", row.row, column),
                    f"an effect on the scope {row.scope} can have {allowed}"
                    f"{' only' if row.scope == 'element' else ''}",
                    "Clear this cell, or choose another scope.", getattr(row, column),
                )  # fmt: skip


def risk_that_reaches_nothing(checked: Checked) -> Iterator[Finding]:
    """An effect on a supplier, country or item without an offer."""
    if not (checked.whole("Offers", "supplier", "item", "active")
            and checked.whole("Suppliers", "supplier", "country")):  # fmt: skip
        return
    homes = {one.supplier: one.country for one in checked.data.suppliers}
    offers = [one for one in checked.data.offers if one.active]
    reached = {
        "supplier": {one.supplier for one in offers},
        "country": {homes.get(one.supplier, "") for one in offers},
        "item": {one.item for one in offers},
    }
    for row in checked.sound("Risks", checked.data.risks, "scope", "target"):
        names = reached.get(row.scope)
        if names is not None and row.target != "*" and row.target not in names:
            yield checked.warning(
                "reaches-nothing", ("Risks", row.row, "target"),
                f"no active offer belongs to the {row.scope} {row.target}, so this effect changes "
                "nothing", "Correct the target, or add the offer.", row.target,
            )  # fmt: skip


def licence_that_reaches_nothing(checked: Checked) -> Iterator[Finding]:
    """A licence without elements that no offer names."""
    named = {name for offer in checked.data.offers for name in offer.licences or ()}
    for row in checked.sound("Licences", checked.data.licences, "licence", "elements"):
        if not row.elements and row.licence not in named:
            yield checked.warning(
                "reaches-nothing", ("Licences", row.row, "elements"),
                f"{row.licence} lists no element and no offer names it, so nothing needs it",
                "List its elements, or name it in Offers.licences.",
            )  # fmt: skip


def scenario_called_base(checked: Checked) -> Iterator[Finding]:
    """A scenario that takes the name of the workbook itself."""
    for row in checked.sound("Scenarios", checked.data.scenarios, "scenario", "active"):
        if row.active and fold(row.scenario) == BASE:
            yield checked.error(
                "reserved-name", ("Scenarios", row.row, "scenario"),
                f"{BASE} is the workbook itself, in which no scenario changes anything",
                "Choose another name.", row.scenario,
            )  # fmt: skip


def scenario_rows(checked: Checked) -> Iterator[Finding]:
    """Scenarios whose ``where`` cannot be read, or selects no row."""
    for row in checked.sound("Scenarios", checked.data.scenarios, "table", "where"):
        place = ("Scenarios", row.row, "where")
        table = input_table(row.table)
        try:
            parts = conditions(row.where)
        except ValueError as part:
            yield checked.error(
                "where-unclear", place, f"{str(part)!r} is not written column=value",
                "Write it like country=CN;item=A1; blank means all rows.", row.where or "",
            )  # fmt: skip
            continue
        known = columns_for(table)
        strange = [one.column for one in parts if one.column not in known]
        if strange:
            yield checked.error(
                "unknown-name", place, f"{table.name} has no column {strange[0]!r}",
                f"{did_you_mean(strange[0], known)}Use a column of {table.name}.", row.where or "",
            )  # fmt: skip
        elif table.name == "Settings":
            yield from _setting_rows(checked, row)
        elif _readable(checked, table) and not selected(row.where, table, checked.data):
            yield checked.error(
                "names-nobody", place,
                f"no row of {table.name} fits {row.where!r}" if row.where
                else f"{table.name} has no rows to change",
                "Correct the names in where.", row.where or "",
            )  # fmt: skip


def _readable(checked: Checked, table: Table) -> bool:
    """Whether it is known which rows the table, and the suppliers that it names, have."""
    if checked.settings.bad & {"start", "periods", "period"}:
        return False  # rows may lie outside the horizon only by that mistake
    return all(
        checked.whole(name, *checked.tables[name].values) for name in (table.name, "Suppliers")
    )


def _setting_rows(checked: Checked, row: Change) -> Iterator[Finding]:
    names = {column.name for column in SETTINGS}
    wanted = [one.value for one in conditions(row.where) if one.column == "setting"]
    if len(wanted) != 1 or wanted[0] not in names:
        hint = did_you_mean(wanted[0], names) if wanted else ""
        yield checked.error(
            "names-nobody", ("Scenarios", row.row, "where"),
            f"{row.where or 'a blank where'!r} names no setting",
            f"{hint}Write it like setting=holding_rate.", row.where or "",
        )  # fmt: skip
