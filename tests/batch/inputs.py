"""Small inputs for batches: a plan, no plan, errors, and files that are no workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from optimizer.contract.batch_results import ManifestRow
from tests.benchmarks.instances import instance
from tests.benchmarks.written import as_workbook
from tests.cli.workbooks import GOOD, Tables, folder, workbook

SCENARIOS = (
    "scenario,order,table,where,column,operation,value\n"
    "dear,1,Offers,supplier=K,price,add,1\n"
    "never,1,Settings,setting=unmet_demand,value,set,forbid\n"
    "never,2,Offers,,capacity,set,1"
)


def priced(price: float) -> Tables:
    """The good input with another price of K."""
    return GOOD | {"Offers": GOOD["Offers"].replace("K,P,10", f"K,P,{price:g}")}


def long_job(path: Path) -> Path:
    """A workbook whose plan is not proven to be the best (a gap of 0) for minutes."""
    return as_workbook(instance("medium-milp"), path)


def large(path: Path) -> Path:
    """A workbook whose model takes several times the memory of one of a few rows."""
    return as_workbook(instance("large-lp"), path)


def mixed(path: Path) -> Path:
    """A folder of inputs, of which two have a plan: a workbook and a folder below it."""
    path.mkdir()
    workbook(path / "good.xlsx")
    (path / "below").mkdir()
    folder(path / "below" / "csv", priced(11))
    never = f"{GOOD['Settings']}\nunmet_demand,forbid"
    less = GOOD["Offers"].replace("L,P,15,", "L,P,15,1")
    workbook(path / "infeasible.xlsx", GOOD | {"Settings": never, "Offers": less})
    workbook(path / "wrong.xlsx", priced(-10))
    (path / "broken.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    (path / "notes.txt").write_text("not an input", encoding="utf-8")
    (path / "~$good.xlsx").write_bytes(b"left by a spreadsheet program")
    return path


def timeless(rows: Iterable[ManifestRow]) -> list[tuple[object, ...]]:
    """The rows without what is a time."""
    names = [column for column in ManifestRow.__slots__ if column != "seconds"]
    return [tuple(getattr(row, name) for name in names) for row in rows]
