"""What the README and the walk tell people to type does what they say."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from optimizer.cli import main

ROOT = Path(__file__).parents[2]
Columns = Mapping[str, Mapping[str, Sequence[str | float]]]
"""sheet -> column -> cells"""

PAGES = ("README.md", "docs/walk.md", "docs/batch.md")
LEAST: Columns = {
    "Items": {"item": ["magnet"]},
    "Sites": {"site": ["Pune"]},
    "Countries": {"country": ["CN", "VN"]},
    "Suppliers": {"supplier": ["Alpha", "Beta"], "country": ["CN", "VN"]},
    "Offers": {"supplier": ["Alpha", "Beta"], "item": ["magnet"] * 2, "price": [50, 60]},
    "Demand": {"item": ["magnet"], "site": ["Pune"], "period": ["2026-04"], "quantity": [1000]},
}
RULE: dict[str, str | float] = {
    "rule": "china", "active": "yes", "dimension": "country", "member": "CN",
    "metric": "share", "sense": "max", "limit": 0.6,
}  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def fill(path: Path, rows: Columns) -> None:
    """Write columns below the headers of a workbook's sheets, in the first empty row."""
    book = openpyxl.load_workbook(path)
    for sheet_name, columns in rows.items():
        sheet = book[sheet_name]
        heads = {cell.value: cell.column for cell in sheet[1]}
        first = next(r for r in range(2, sheet.max_row + 2) if sheet.cell(r, 1).value is None)
        for name, values in columns.items():
            for offset, value in enumerate(values):
                sheet.cell(first + offset, heads[name], value)
    book.save(path)


def objective(source: Path, folder: Path) -> float:
    facts = folder / "facts.json"
    result = run("solve", source, "-o", folder / "plan.xlsx", "--json", facts)
    assert result.exit_code == 0, result.output
    return float(json.loads(facts.read_text(encoding="utf-8"))["objective"])


def test_the_walk_comes_to_its_numbers(tmp_path: Path) -> None:
    source = tmp_path / "quotes.xlsx"
    assert run("template", source).exit_code == 0
    fill(source, LEAST)
    assert run("check", source).exit_code == 0
    assert objective(source, tmp_path) == pytest.approx(50_000)
    fill(source, {"Rules": {name: [value] for name, value in RULE.items()}})
    read_back = " ".join(run("check", source).output.split())
    assert "At most 60 % of all goods, by weight, may be made in CN." in read_back
    assert objective(source, tmp_path) == pytest.approx(54_000)


def answer(question: str, source: Path, folder: Path, *options: object) -> str:
    """What a command says, on one line."""
    result = run(question, source, "-o", folder / "answer.xlsx", *options)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.fixture
def capped(tmp_path: Path) -> Path:
    """The workbook of the walk with its rule."""
    source = tmp_path / "quotes.xlsx"
    assert run("template", source).exit_code == 0
    fill(source, LEAST)
    fill(source, {"Rules": {name: [value] for name, value in RULE.items()}})
    return source


def test_the_questions_of_the_walk_come_to_their_numbers(tmp_path: Path, capped: Path) -> None:
    assert run("solve", capped, "-o", tmp_path / "plan.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    sheet = book["Awards"]
    heads = {str(cell.value).split(" (")[0]: cell.column for row in sheet for cell in row[:8]}
    for row in range(1, sheet.max_row + 1):
        mine = {"Alpha": 900, "Beta": 100}.get(str(sheet.cell(row, heads["Supplier"]).value))
        if mine is not None:
            sheet.cell(row, heads["Award"]).value = mine
    book.save(tmp_path / "mine.xlsx")
    said = answer("evaluate", capped, tmp_path, "--awards", tmp_path / "mine.xlsx")
    assert "51,000 USD, 3,000 USD (5.6 %) less than the best plan and breaks 1 limit" in said
    assert "90.0% against 60.0%" in said
    locked = run("solve", capped, "--lock", tmp_path / "mine.xlsx", "-o", tmp_path / "l.xlsx")
    assert locked.exit_code == 3

    said = answer("frontier", capped, tmp_path, "--rule", "china", "--limits", "100%:0%:20%")
    assert "Each point of china below 100 % costs 100 USD down to 0 %." in said
    said = answer("alternatives", capped, tmp_path, "--within", "10%")
    assert "(5,400 USD), 6 % from CN instead of 60 % would do" in said
    said = answer("explain", capped, tmp_path)
    assert "china costs 4,000 USD" in said
    assert "54.00 USD for one kg more" in said


def test_the_conflict_of_the_walk_is_explained(tmp_path: Path, capped: Path) -> None:
    book = openpyxl.load_workbook(capped)
    offers, settings = book["Offers"], book["Settings"]
    heads = {cell.value: cell.column for cell in offers[1]}
    offers.cell(3, heads["capacity"], 300)
    (row,) = (row for row in settings.iter_rows() if row[0].value == "unmet_demand")
    row[1].value = "forbid"
    book.save(capped)
    failed = run("solve", capped, "-o", tmp_path / "plan.xlsx")
    assert failed.exit_code == 3
    assert "diversify explain" in failed.output
    said = answer("explain", capped, tmp_path, "--json", tmp_path / "why.json")
    assert "cannot all hold" in said
    facts = json.loads((tmp_path / "why.json").read_text(encoding="utf-8"))
    cells = {row["cell"]: row["change_to"] for row in facts["tables"]["conflicts"]}
    page = (ROOT / "docs/walk.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| (\w+!\w+) \| [^|]+ \| ([^|]+) \|$", page, flags=re.MULTILINE)
    assert cells == dict(shown)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_exists_with_its_options(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    typed = re.findall(r"^(?:.*[\\/])?diversify (.+)$", text, flags=re.MULTILINE)
    assert typed
    for line in typed:
        words = shlex.split(line, posix=True, comments=True)
        command = main.commands.get(words[0])
        assert command is not None, line
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= options, line


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_sheets_that_the_walk_asks_for_can_be_asked_for(tmp_path: Path) -> None:
    text = (ROOT / "docs/walk.md").read_text(encoding="utf-8")
    asked = re.search(r"--with ([\w,]+)", text)
    assert asked
    assert run("template", tmp_path / "t.xlsx", "--with", asked[1]).exit_code == 0
