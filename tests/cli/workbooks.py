"""Small inputs on disk, as a folder of CSVs or as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import xlsxwriter

Tables = Mapping[str, str]

# 30 P are needed in three months; K is cheap and can make 8 a month, L is dear.
GOOD: Tables = {
    "Settings": "setting,value\nstart,2025-01\nholding_rate,0\nthreads,1",
    "Items": "item,description\nP,magnet",
    "Sites": "site\nA",
    "Demand": "item,site,period,quantity\nP,A,2025-01,10\nP,A,2025-02,10\nP,A,2025-03,10",
    "Countries": "country,name\nX,Xland\nY,Yland",
    "Suppliers": "supplier,country\nK,X\nL,Y",
    "Offers": "supplier,item,price,capacity\nK,P,10,8\nL,P,15,",
    "Rules": (
        "rule,dimension,member,metric,sense,limit,penalty\n"
        "cap,country,X,share,max,0.75,\n"
        "goal,supplier,,count,min,3,1000"
    ),
}
OPTIMUM = 0.75 * 30 * 10 + 0.25 * 30 * 15 + 1000


def taken_for_granted(result: Path) -> dict[object, object]:
    """The sheet Assumptions: subject -> value; empty where there is no such sheet."""
    book = openpyxl.load_workbook(result, data_only=True)
    if "Assumptions" not in book.sheetnames:
        return {}
    rows = list(book["Assumptions"].iter_rows(values_only=True))
    (head,) = (row for row in rows if "Subject" in row)
    subject, value = head.index("Subject"), head.index("Value")
    return {row[subject]: row[value] for row in rows if row[subject] and row is not head}


def without_rules(tables: Tables) -> dict[str, str]:
    """The same without its rules."""
    return {name: text for name, text in tables.items() if name != "Rules"}


def folder(path: Path, tables: Tables = GOOD) -> Path:
    """Write one CSV for each table."""
    path.mkdir()
    for name, text in tables.items():
        (path / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return path


def workbook(path: Path, tables: Tables = GOOD) -> Path:
    """Write one sheet for each table; numbers as numbers."""
    with xlsxwriter.Workbook(path) as book:
        for name, text in tables.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(text.split("\n")):
                for column, cell in enumerate(line.split(",")):
                    if cell.replace(".", "", 1).isdigit():
                        sheet.write_number(row, column, float(cell))
                    elif cell:
                        sheet.write_string(row, column, cell)
    return path
