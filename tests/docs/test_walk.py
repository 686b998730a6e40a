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

PAGES = ("README.md", "docs/walk.md")
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
