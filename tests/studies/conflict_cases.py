"""A good case, and edits of single cells that leave it without a plan.

Each month 60 of P are needed at A and 20 at B for defence, 40 of Q at A, 4 of S and 10 of R at B,
in the last month 16.
K in X may not serve defence with P.  What there is is enough, with little to spare: of P, L and M
can make 50 a month, so K has to deliver 50 of the 200 that have to be bought; of R, M makes 8 and
L 6; of S, M makes 3, and R may stand in for half of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import optimizer
from optimizer.contract.data import Data
from tests.cli.workbooks import folder

_MONTHS = ("2025-01", "2025-02", "2025-03")
_NEEDS = (("P", "A", "civil", (60, 60, 60)), ("P", "B", "defence", (20, 20, 20)),
          ("Q", "A", "civil", (40, 40, 40)), ("R", "B", "civil", (10, 10, 16)),
          ("S", "B", "civil", (4, 4, 4)))  # fmt: skip

GOOD = {
    "Settings": (
        "setting,value\nstart,2025-01\nunmet_demand,forbid\nholding_rate,0\nthreads,1\n"
        "gap,0\ntime_limit,20\nunit,t"
    ),
    "Items": "item\nP\nQ\nR\nS",
    "Sites": "site,storage_capacity\nA,80\nB,50",
    "Demand": "item,site,end_use,period,quantity\n"
    + "\n".join(
        f"{i},{s},{e},{t},{q}" for i, s, e, of in _NEEDS for t, q in zip(_MONTHS, of, strict=True)
    ),
    "Countries": "country,risk_score\nX,6\nY,2\nZ,1",
    "Suppliers": (
        "supplier,country,capacity,available_from\nK,X,80,2025-01\nL,Y,60,2025-01\nM,Z,30,2025-01"
    ),
    "Offers": (
        "supplier,item,price,capacity,min_award,max_award,min_order,lead_days,qualified,"
        "qualification_days,licences\n"
        "K,P,10,,,,,,,,EXP\n"
        "L,P,12,40,,,,,,,none\n"
        "M,P,14,10,,,,,,,none\n"
        "K,Q,20,20,,,,,,,none\n"
        "L,Q,22,20,,,,,,,none\n"
        "M,R,30,8,0,1000,0,0,,,none\n"
        "L,R,31,6,,,,0,no,0,none\n"
        "M,S,40,3,,,,,,,none"
    ),
    "Calendar": "supplier,item,period,capacity_factor\n*,*,2025-01,1\nL,R,2025-02,1",
    "Lanes": "supplier,site,capacity,transit_days\n*,A,70,0\n*,B,60,0\nL,B,50,0",
    "Licences": "licence,country,banned_end_uses,quota\nEXP,X,defence,2000",
    "Stock": "item,site,quantity\nP,A,40",
    "OpenOrders": "supplier,item,site,period,quantity\nL,Q,A,2025-01,90",
    "Substitutions": "item,substitute,max_share,from_period\nS,R,0.5,2025-01",
    "Rules": (
        "rule,dimension,member,metric,sense,limit,item\n"
        "cap X,country,X,share,max,0.6,\n"
        "some M,supplier,M,share,min,0.1,\n"
        "few,supplier,,count,max,3,\n"
        "spread,supplier,,hhi,max,6000,\n"
        "safe,country,,risk,max,5,\n"
        "most K,supplier,K,quantity,max,79,\n"
        "least M,supplier,M,quantity,min,20,\n"
        "cap Z,country,Z,share,max,0.5,\n"
        "spend on L,supplier,L,spend,max,100000,\n"
        "two of R,supplier,,count,min,2,R"
    ),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell of the good case, and what it says instead."""

    cell: str
    to: str


@dataclass(frozen=True, slots=True)
class Case:
    """Edits that each leave the good case without a plan."""

    name: str
    edits: tuple[Edit, ...]


def _case(name: str, *edits: tuple[str, str]) -> Case:
    return Case(name, tuple(Edit(cell, to) for cell, to in edits))


CASES = (
    _case("capacity of a supplier", ("Suppliers!C2", "10")),
    _case("capacity of an offer", ("Offers!D7", "3")),
    _case("no capacity of an offer", ("Offers!D8", "0")),
    _case("a supplier that comes late", ("Suppliers!D3", "2025-03")),
    _case("a supplier that comes later", ("Suppliers!D4", "2025-02")),
    _case("late qualification", ("Offers!J8", "50")),
    _case("lead time", ("Offers!H8", "60")),
    _case("transit time", ("Lanes!D4", "45")),
    _case("a lane", ("Lanes!C4", "5")),
    _case("a calendar of all", ("Calendar!D2", "0.1")),
    _case("quota", ("Licences!D2", "40")),
    _case("a ban", ("Licences!C2", "defence;civil")),
    _case("storage", ("Sites!B3", "1")),
    _case("largest award", ("Offers!F7", "40")),
    _case("least award", ("Offers!E2", "940")),
    _case("least order", ("Offers!G2", "80")),
    _case("demand", ("Demand!E12", "30")),
    _case("a share", ("Rules!F2", "0.1")),
    _case("a least share", ("Rules!F3", "0.5")),
    _case("a least share above a largest", ("Rules!F9", "0.05")),
    _case("a largest number", ("Rules!F4", "2")),
    _case("concentration", ("Rules!F5", "3400")),
    _case("risk", ("Rules!F6", "2")),
    _case("a largest quantity", ("Rules!F7", "20")),
    _case("a least quantity", ("Rules!F8", "95")),
    _case("a largest spend", ("Rules!F10", "300")),
    _case("substitutes", ("Substitutions!C2", "0.1")),
    _case("substitutes that come late", ("Substitutions!D2", "2025-02")),
    _case("storage and a share", ("Sites!B3", "1"), ("Rules!F2", "0.1")),
    _case("quota and substitutes", ("Licences!D2", "40"), ("Substitutions!C2", "0.1")),
    _case("a ban and a late offer", ("Licences!C2", "defence;civil"), ("Offers!H8", "60")),
    _case("storage and quota", ("Sites!B3", "1"), ("Licences!D2", "40")),
    _case("two capacities of one supplier", ("Offers!D7", "3"), ("Offers!D9", "1")),
)


def read(path: Path, case: Case) -> Data:
    """The good case with the edits, written to a folder and read."""
    tables = dict(GOOD)
    for edit in case.edits:
        sheet, _, cell = edit.cell.partition("!")
        lines = [line.split(",") for line in tables[sheet].split("\n")]
        lines[int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = edit.to
        tables[sheet] = "\n".join(",".join(line) for line in lines)
    return optimizer.read(folder(path, tables))
