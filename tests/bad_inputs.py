"""Bad inputs, each the shipped example with one mistake, and the finding it must give.

Cells are written ``column@row``; row ``+1`` is the first free row, ``+2`` the next; row 1 is the
header.  ``write`` makes the input as a workbook or as a folder of CSV files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from optimizer.contract.fields import Kind
from optimizer.contract.inputs import INPUTS
from optimizer.example import example_folder

Sheets = dict[str, list[list[str]]]
FORMS = ("xlsx", "csv")
_NUMBERS = {
    table.name: {
        column.name
        for column in table.columns
        if column.kind in (Kind.NUMBER, Kind.INTEGER, Kind.ANY)
    }
    for table in INPUTS
}


@dataclass(frozen=True, slots=True)
class BadInput:
    """``edits``: cell -> what is written there; ``rename``: table -> its sheet ("" = removed)."""

    name: str
    table: str
    edits: Mapping[str, str]
    code: str
    cell: str
    more: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    keep_rows: bool = True


def _one(name: str, table: str, cell: str, value: str, code: str, at: str = "") -> BadInput:
    return BadInput(name, table, {cell: value}, code, at or cell)


BAD_INPUTS: tuple[BadInput, ...] = (
    # cells that cannot be read
    _one("text_for_a_price", "Offers", "price@2", "cheap", "not-a-number"),
    _one("dash_for_a_quantity", "Demand", "quantity@5", "-", "not-a-number"),
    _one("number_with_its_unit", "Offers", "lead_days@2", "40 days", "not-a-number"),
    _one("decimal_comma", "Offers", "price@2", "72,5", "decimal-comma"),
    _one("thousands_or_decimals", "Demand", "quantity@2", "4,433", "ambiguous-number"),
    _one("percent_of_money", "Offers", "price@2", "72%", "percent-not-a-share"),
    _one("error_value_in_a_number", "Offers", "price@3", "#N/A", "error-value"),
    _one("error_value_in_a_name", "Offers", "item@3", "#REF!", "error-value"),
    _one("error_value_in_a_setting", "Settings", "value@7", "#DIV/0!", "error-value"),
    _one("blank_price", "Offers", "price@2", "", "missing-value"),
    _one("blank_item", "Items", "item@3", "", "missing-value"),
    _one("negative_quantity", "Demand", "quantity@2", "-5", "out-of-range"),
    _one("price_without_end", "Offers", "price@2", "1e13", "out-of-range"),
    _one("share_above_one", "Composition", "mass_share@2", "1.2", "out-of-range"),
    _one("counts_from_nothing", "Rules", "counts_from@5", "0", "out-of-range"),
    _one("origin_in_percent", "Upstream", "share@2", "60", "out-of-range"),
    _one("duty_in_percent", "Lanes", "duty_rate@2", "8.25", "out-of-range"),
    _one("holding_rate_in_percent", "Settings", "value@7", "14", "out-of-range"),
    _one("project_without_output", "Projects", "capacity@2", "0", "out-of-range"),
    _one("half_a_module", "Projects", "max_modules@2", "1.5", "not-whole"),
    _one("neither_yes_nor_no", "Offers", "qualified@2", "maybe", "not-yes-or-no"),
    _one("incoterm_not_in_the_list", "Offers", "price_includes@2", "fob", "unknown-word"),
    _one("month_thirteen", "Demand", "period@2", "2025-13", "not-a-period"),
    _one("month_without_a_year", "Demand", "period@2", "October", "not-a-period"),
    _one("year_for_a_month", "Demand", "period@2", "2025", "not-a-period"),
    _one("october_or_january", "Demand", "period@2", "01/10/2025", "ambiguous-date"),
    # names
    _one("item_of_demand", "Demand", "item@2", "N45UX", "unknown-name"),
    _one("site_of_demand", "Demand", "site@2", "PUNE", "unknown-name"),
    _one("supplier_of_an_offer", "Offers", "supplier@2", "CN0I", "unknown-name"),
    _one("currency_of_an_offer", "Offers", "currency@2", "EUR", "unknown-name"),
    _one("country_of_a_supplier", "Suppliers", "country@2", "CM", "unknown-name"),
    _one("country_of_a_site", "Sites", "country@2", "INN", "unknown-name"),
    _one("site_of_a_lane", "Lanes", "site@2", "PUNN", "unknown-name"),
    _one("supplier_upstream", "Upstream", "supplier@2", "CN99", "unknown-name"),
    _one("licence_of_stock", "Stock", "licences@2", "cn_dual", "unknown-name"),
    _one("element_of_a_licence", "Licences", "elements@2", "Sm;Tb;Dyy", "unknown-name"),
    _one("banned_end_use", "Licences", "banned_end_uses@2", "us_exports;defence", "unknown-name"),
    _one("names_with_commas", "Licences", "elements@2", "NdPr,Dy", "unknown-name"),
    _one("dimension_of_a_rule", "Rules", "dimension@2", "contry", "unknown-name"),
    _one("member_of_a_rule", "Rules", "member@2", "CHN", "unknown-name"),
    _one("family_of_a_rule", "Rules", "family@2", "rare earth magnet", "unknown-name"),
    _one("target_of_a_risk", "Risks", "target@10", "VM", "unknown-name"),
    _one("table_of_a_scenario", "Scenarios", "table@2", "Rule", "unknown-name"),
    _one("column_of_a_scenario", "Scenarios", "column@2", "activ", "unknown-name"),
    _one("metric_of_a_rule", "Rules", "metric@2", "shares", "unknown-word"),
    _one("sense_of_a_rule", "Rules", "sense@2", "maximum", "unknown-word"),
    _one("scope_of_a_risk", "Risks", "scope@10", "countri", "unknown-word"),
    _one("star_as_a_name", "Items", "item@+1", "*", "reserved-name"),
    _one("semicolon_in_a_name", "Sites", "site@+1", "A;B", "reserved-name"),
    # keys, columns, sheets
    _one("item_twice", "Items", "item@+1", " n45uh ", "duplicate-key"),
    BadInput("offer_twice", "Offers",
             {"supplier@+1": "CN01", "item@+1": "N45UH", "price@+1": "70"},
             "duplicate-key", "supplier@+1"),
    BadInput("demand_twice", "Demand",
             {"item@+1": "N45UH", "site@+1": "PUN", "end_use@+1": "domestic_auto",
              "period@+1": "2025-10-15", "quantity@+1": "7"}, "duplicate-key", "item@+1"),
    BadInput("setting_twice", "Settings", {"setting@+1": "unit", "value@+1": "t"},
             "duplicate-key", "setting@+1"),
    BadInput("setting_misspelt", "Settings", {"setting@+1": "holdingrate", "value@+1": "0.1"},
             "unknown-setting", "setting@+1"),
    BadInput("length_of_a_period", "Settings", {"setting@+1": "period", "value@+1": "monthly"},
             "unknown-word", "value@+1"),
    _one("start_is_blank", "Settings", "value@5", "", "missing-setting"),
    _one("start_after_all_demand", "Settings", "value@5", "2035-01", "no-demand"),
    _one("column_misspelt", "Offers", "price@1", "prise", "unknown-column"),
    _one("column_of_ones_own", "Sites", "comment@1", "comment", "unknown-column"),
    _one("column_twice", "Offers", "capacity@1", "price", "duplicate-column"),
    _one("column_without_name", "Offers", "price@1", "", "missing-column", "supplier@1"),
    BadInput("sheet_misspelt", "Lane", {}, "unknown-sheet", "", rename={"Lanes": "Lane"}),
    BadInput("needed_sheet_misspelt", "Supplier", {}, "unknown-sheet", "",
             rename={"Suppliers": "Supplier"}),
    BadInput("sheet_missing", "Suppliers", {}, "missing-sheet", "", rename={"Suppliers": ""}),
    BadInput("sheet_without_rows", "Demand", {}, "empty-table", "", keep_rows=False),
    # what contradicts itself
    _one("limit_of_sixty", "Rules", "limit@2", "60", "limit-above-one"),
    _one("hhi_as_a_fraction", "Rules", "limit@12", "0.18", "limit-of-hhi"),
    _one("least_hhi", "Rules", "sense@12", "min", "rule-unclear"),
    _one("hhi_with_a_penalty", "Rules", "penalty@12", "1000", "rule-unclear"),
    _one("hhi_of_a_member", "Rules", "member@12", "CN", "rule-unclear"),
    _one("hhi_of_licences", "Rules", "dimension@12", "licence", "rule-unclear"),
    BadInput("element_of_spend", "Rules", {"metric@2": "spend_share", "element@2": "Dy"},
             "rule-unclear", "element@2"),
    BadInput("item_outside_its_family", "Rules", {"item@2": "FER12"}, "names-nobody", "family@2"),
    _one("suppliers_below_the_whole", "Rules", "limit@4", "0.01", "limit-cannot-hold"),
    BadInput("more_sources_than_there_are", "Rules", {"limit@5": "30", "penalty@5": ""},
             "limit-cannot-hold", "limit@5"),
    _one("probabilities_above_one", "Risks", "probability@2", "0.9", "probabilities-above-one",
         "probability@3"),
    _one("probability_in_percent", "Risks", "probability@2", "12.9", "out-of-range"),
    _one("result_without_probability", "Risks", "probability@9", "", "missing-value"),
    _one("result_with_two_probabilities", "Risks", "probability@6", "0.1", "two-probabilities"),
    BadInput("stage_without_country", "Risks", {"scope@10": "stage", "target@10": "refining"},
             "stage-target", "target@10"),
    _one("effect_ends_before_it_begins", "Risks", "to_period@10", "2026-01", "bounds-crossed"),
    _one("demand_of_a_country", "Risks", "demand_factor@10", "1.2", "effect-of-scope"),
    _one("elements_above_the_item", "Composition", "mass_share@2", "0.99", "shares-above-one",
         "mass_share@3"),
    BadInput("origins_above_the_whole", "Upstream",
             {"supplier@+1": "CN01", "stage@+1": "refining", "element@+1": "NdPr",
              "country@+1": "VN", "share@+1": "0.5"}, "shares-above-one", "share@+1"),
    _one("item_replaces_itself", "Substitutions", "substitute@2", "N42H", "substitutes-itself"),
    _one("cover_targets_crossed", "StockPolicy", "max_cover_days@2", "10", "bounds-crossed"),
    BadInput("first_break_differs", "PriceBreaks",
             {"supplier@+1": "CN01", "item@+1": "N45UH", "from_quantity@+1": "0",
              "price@+1": "70"}, "first-price-differs", "price@+1"),
    BadInput("break_without_offer", "PriceBreaks",
             {"supplier@+1": "CN01", "item@+1": "SMCO28", "from_quantity@+1": "10",
              "price@+1": "70"}, "no-offer", "item@+1"),
    BadInput("discount_above_a_price_at_risk", "PriceBreaks", {"price@3": "15"},
             "price-below-zero", "price@3",
             more={"Risks": {"price_factor@2": "0.5", "price_factor@9": "0.4"}}),
    BadInput("addition_above_the_price", "Risks", {"price_add@2": "-900"},
             "price-below-zero", "price_add@2"),
    _one("breaks_of_two_types", "PriceBreaks", "type@3", "incremental", "mixed-types"),
    BadInput("lane_of_another_country", "Lanes", {"supplier@2": "VN01"}, "lane-country",
             "country@2"),
    BadInput("rate_of_the_base_currency", "Currencies", {"currency@+1": "USD", "rate@+1": "1.1"},
             "base-currency-rate", "rate@+1"),
    _one("order_above_capacity", "Offers", "min_order@2", "99999", "bounds-crossed"),
    BadInput("award_bounds_crossed", "Offers", {"min_award@2": "500", "max_award@2": "400"},
             "bounds-crossed", "min_award@2"),
    BadInput("demand_nobody_offers", "Demand",
             {"item@+1": "NEW", "site@+1": "PUN", "period@+1": "2026-06", "quantity@+1": "5"},
             "demand-out-of-reach", "item@+1", more={"Items": {"item@+1": "NEW"}}),
    BadInput("demand_without_a_lane", "Demand",
             {"item@+1": "N45UH", "site@+1": "NAG", "period@+1": "2026-06", "quantity@+1": "5"},
             "demand-out-of-reach", "site@+1", more={"Sites": {"site@+1": "NAG"}}),
    _one("scenario_of_nobody", "Scenarios", "where@3", "rule=made_in_chile", "names-nobody"),
    _one("scenario_not_understood", "Scenarios", "where@3", "made_in_china", "where-unclear"),
    _one("scenario_limit_of_forty", "Scenarios", "value@8", "forty", "not-a-number"),
    _one("scenario_multiplies_a_word", "Scenarios", "operation@2", "multiply", "not-a-number"),
)  # fmt: skip


def example() -> Sheets:
    """The shipped example: table -> rows of texts, the header first."""
    sheets = {}
    for path in sorted(example_folder().glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            sheets[path.stem] = list(csv.reader(file))
    return sheets


def address(rows: list[list[str]], cell: str) -> tuple[int, int]:
    """Row and column, from 0, of ``column@row``; a column that is not there is added."""
    name, _, at = cell.partition("@")
    header = rows[0]
    if name not in header:
        header.append(name)
    row = len(rows) + int(at) - 1 if at.startswith("+") else int(at) - 1
    return row, header.index(name)


def apply(rows: list[list[str]], edits: Mapping[str, str]) -> dict[str, str]:
    """Edit rows in place; gives the address (``D12``) of each edited cell."""
    places = {cell: address(rows, cell) for cell in edits}
    for cell, (row, column) in places.items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = edits[cell]
    return {cell: f"{letters(column)}{row + 1}" for cell, (row, column) in places.items()}


def letters(column: int) -> str:
    """Letters of a column counted from 0."""
    return xlsxwriter.utility.xl_col_to_name(column)


def made(bad: BadInput) -> tuple[Sheets, str]:
    """The example with the mistake, and the address of the cell to be found."""
    sheets = example()
    for table, edits in bad.more.items():
        apply(sheets[table], edits)
    expected = ""
    if bad.edits:
        rows = sheets[bad.table]
        row, column = address(rows, bad.cell)
        expected = f"{letters(column)}{row + 1}"
        apply(rows, bad.edits)
    if not bad.keep_rows:
        del sheets[bad.table][1:]
    for table, name in bad.rename.items():
        rows = sheets.pop(table)
        if name:
            sheets[name] = rows
    return sheets, expected


def write(sheets: Sheets, folder: Path, form: str) -> Path:
    """Write sheets as ``input.xlsx`` or as CSV files into a folder; gives the input's path."""
    if form == "xlsx":
        return write_xlsx(sheets, folder / "input.xlsx")
    target = folder / "input"
    target.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return target


_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE]-?\d+)?")


def write_xlsx(sheets: Sheets, target: Path) -> Path:
    """A workbook of plain sheets: numbers as numbers in columns of numbers, the rest as text."""
    with xlsxwriter.Workbook(str(target)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, texts in enumerate(rows):
                for column, text in enumerate(texts):
                    header = rows[0][column] if column < len(rows[0]) else ""
                    is_number = header in _NUMBERS.get(name, ()) or name not in _NUMBERS
                    if text.startswith("#") and text.endswith(("!", "A")):
                        sheet.write_formula(row, column, "=NA()", None, text)
                    elif row and is_number and _NUMBER.fullmatch(text):
                        sheet.write_number(row, column, float(text))
                    elif text:
                        sheet.write_string(row, column, text)
    return target
