"""What can be blamed where there is no plan: cells that say what must hold, and nothing else.

A member is one such cell, or the demand of an item at a site for an end use, which is a cell for
each period.  Definitions and balances are no members: nobody can change them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from optimizer.contract.data import Data
from optimizer.contract.inputs import input_table
from optimizer.contract.sentences import rule_sentence
from optimizer.contract.settings import SETTINGS
from optimizer.studies.conflict.cells import SETTINGS as SETTINGS_SHEET
from optimizer.studies.conflict.cells import Cell

FORBID, PENALISE = "forbid", "penalise"
NEED_NOT = "need not be met"
"""In place of a quantity of demand.  It is not 0: where nothing is wanted nothing is sent either,
and what is sent beyond need may be what keeps a rule on shares."""


class Kind(Enum):
    """What a member limits."""

    SUPPLIER_CAPACITY = "supplier capacity"
    AVAILABLE_FROM = "available from"
    OFFER_CAPACITY = "offer capacity"
    MIN_AWARD = "minimum award"
    MAX_AWARD = "maximum award"
    MIN_ORDER = "minimum order"
    QUALIFICATION = "qualification"
    CALENDAR = "calendar"
    LANE_CAPACITY = "lane capacity"
    QUOTA = "quota"
    BAN = "ban"
    STORAGE = "storage"
    RULE = "rule"
    DEMAND = "demand"
    # not in the elastic model: they move when goods arrive, or multiply what is decided
    LEAD = "lead time"
    TRANSIT = "transit time"
    SUBSTITUTE_SHARE = "substitute share"
    SUBSTITUTE_FROM = "substitute from"
    MODULES = "modules"
    BUILD = "build time"
    CALL_OFF = "call-off"
    OVERBOOKING = "overbooking"
    UNMET = "unmet demand"


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that must hold.  ``without``: what its cells say where it need not.

    ``subject``: in words; ``about``: item, site and end use of a demand, else names.
    """

    kind: Kind
    cells: tuple[Cell, ...]
    without: tuple[tuple[Cell, Any], ...]
    subject: str
    about: tuple[str, ...] = ()

    @property
    def cell(self) -> Cell:
        """Its cell, the first of several."""
        return self.cells[0]

    def unit(self, data: Data) -> str:
        """The unit of its cells, in the words of the workbook."""
        settings = data.settings
        if self.cell.table == SETTINGS_SHEET:
            (column,) = (one for one in SETTINGS if one.name == self.cell.column)
        else:
            column = input_table(self.cell.table).column(self.cell.column)
        if self.kind is Kind.BAN:
            return "end uses"
        if self.kind is Kind.UNMET:
            return "setting"
        unit = column.unit.replace("unit", settings.unit).replace("period", settings.period)
        return unit or str(column.kind.value)


def blamed(data: Data) -> tuple[Member, ...]:
    """Every member that an elastic model can ease, those last that one would change last."""
    return (
        *_rules(data),
        *_suppliers(data),
        *_offers(data),
        *_calendar(data),
        *_lanes(data),
        *_licences(data),
        *_sites(data),
        *_demand(data),
    )


def facts(data: Data) -> tuple[Member, ...]:
    """Members that no elastic model can ease: times on the way, and what multiplies decisions."""
    return (*_times(data), *_substitutes(data), *_projects(data), *_contracts(data))


def unmet(data: Data) -> Member:
    """The setting that demand must be met; what it asks for stands in the demand members."""
    cell = Cell("Settings", 0, "unmet_demand")
    return Member(Kind.UNMET, (cell,), ((cell, PENALISE),), "all demand must be met")


def _one(kind: Kind, table: str, place: int, column: str, without: Any, subject: str,
         *about: str) -> Member:  # fmt: skip
    cell = Cell(table, place, column)
    return Member(kind, (cell,), ((cell, without),), subject, about)


def _rules(data: Data) -> Iterator[Member]:
    for place, rule in enumerate(data.rules):
        if rule.active and (rule.penalty is None or rule.metric == "hhi"):
            without = ((Cell("Rules", place, "active"), False),)
            said = f"rule {rule.rule}: {rule_sentence(rule, data)}"
            yield Member(Kind.RULE, (Cell("Rules", place, "limit"),), without, said, (rule.rule,))


def _suppliers(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.suppliers):
        if math.isfinite(row.capacity):
            yield _one(Kind.SUPPLIER_CAPACITY, "Suppliers", place, "capacity", math.inf,
                       f"capacity of {row.supplier}", row.supplier)  # fmt: skip
        if row.available_from > 1:
            yield _one(Kind.AVAILABLE_FROM, "Suppliers", place, "available_from", 1,
                       f"{row.supplier} takes orders from", row.supplier)  # fmt: skip


def _offers(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.offers):
        if not row.active:
            continue
        of = f"of {row.supplier} for {row.item}"
        for kind, column, without in (
            (Kind.OFFER_CAPACITY, "capacity", math.inf),
            (Kind.MAX_AWARD, "max_award", math.inf),
            (Kind.MIN_AWARD, "min_award", 0.0),
            (Kind.MIN_ORDER, "min_order", 0.0),
        ):
            if getattr(row, column) != without:
                words = kind.value if kind is not Kind.OFFER_CAPACITY else "capacity"
                yield _one(kind, "Offers", place, column, without, f"{words} {of}",
                           row.supplier, row.item)  # fmt: skip
        if not row.qualified and row.qualification_days > 0:
            yield _one(Kind.QUALIFICATION, "Offers", place, "qualification_days", 0.0,
                       f"qualification {of} takes", row.supplier, row.item)  # fmt: skip


def _calendar(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.calendar):
        if row.capacity_factor < 1 and 1 <= row.period <= data.horizon:
            who = "every supplier" if row.supplier == "*" else row.supplier
            what = "" if row.item == "*" else f" for {row.item}"
            label = data.period_labels[row.period - 1]
            yield _one(Kind.CALENDAR, "Calendar", place, "capacity_factor", 1.0,
                       f"capacity factor of {who}{what} in {label}",
                       row.supplier, row.item)  # fmt: skip


def _lanes(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.lanes):
        if math.isfinite(row.capacity):
            yield _one(Kind.LANE_CAPACITY, "Lanes", place, "capacity", math.inf,
                       f"capacity of the lane {lane_words(row)}")  # fmt: skip


def _licences(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.licences):
        if math.isfinite(row.quota):
            yield _one(Kind.QUOTA, "Licences", place, "quota", math.inf,
                       f"quota of {row.licence}", row.licence)  # fmt: skip
        if row.banned_end_uses:
            yield _one(Kind.BAN, "Licences", place, "banned_end_uses", (),
                       f"what comes under {row.licence} may not serve", row.licence)  # fmt: skip


def _sites(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.sites):
        if math.isfinite(row.storage_capacity) and row.overflow_cost is None:
            yield _one(Kind.STORAGE, "Sites", place, "storage_capacity", math.inf,
                       f"storage at {row.site}", row.site)  # fmt: skip


def _demand(data: Data) -> Iterator[Member]:
    if data.settings.unmet_demand != FORBID:
        return
    series: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for place, row in enumerate(data.demand):
        if row.quantity > 0 and 1 <= row.period <= data.horizon:
            series[row.item, row.site, row.end_use].append(Cell("Demand", place, "quantity"))
    for need, cells in series.items():
        cells.sort(key=lambda cell: data.demand[cell.place].period)
        yield _demand_member(data, need, cells)


def _demand_member(data: Data, need: tuple[str, str, str], cells: Iterable[Cell]) -> Member:
    """The demand of one need in some of its periods."""
    kept = tuple(cells)
    item, site, end_use = need
    periods = [data.demand[cell.place].period for cell in kept]
    first, last = (data.period_labels[t - 1] for t in (min(periods), max(periods)))
    when = f"in {first}" if first == last else f"from {first} to {last}"
    use = "" if end_use == "general" else f" ({end_use})"
    return Member(Kind.DEMAND, kept, tuple((cell, NEED_NOT) for cell in kept),
                  f"demand for {item} at {site}{use} {when}", need)  # fmt: skip


def _times(data: Data) -> Iterator[Member]:
    for place, offer in enumerate(data.offers):
        if offer.active and offer.lead_days > 0:
            yield _one(Kind.LEAD, "Offers", place, "lead_days", 0.0,
                       f"lead time of {offer.supplier} for {offer.item}",
                       offer.supplier, offer.item)  # fmt: skip
    for place, lane in enumerate(data.lanes):
        if lane.transit_days > 0:
            yield _one(Kind.TRANSIT, "Lanes", place, "transit_days", 0.0,
                       f"transit time of the lane {lane_words(lane)}")  # fmt: skip


def _substitutes(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.substitutions):
        pair = f"{row.substitute} in place of {row.item}"
        if row.max_share < 1:
            yield _one(Kind.SUBSTITUTE_SHARE, "Substitutions", place, "max_share", 1.0,
                       f"largest share of {pair}")  # fmt: skip
        if row.from_period > 1:
            yield _one(Kind.SUBSTITUTE_FROM, "Substitutions", place, "from_period", 1,
                       f"{pair} from")  # fmt: skip


def _projects(data: Data) -> Iterator[Member]:
    for place, row in enumerate(data.projects):
        yield _one(Kind.MODULES, "Projects", place, "max_modules", MOST_MODULES,
                   f"modules of {row.project}")  # fmt: skip
        if row.build_days > 0:
            yield _one(Kind.BUILD, "Projects", place, "build_days", 0.0,
                       f"time to build {row.project}")  # fmt: skip


MOST_MODULES = 100
"""More modules than that are no answer."""
MOST_TIMES = 1000.0
"""Neither is an outcome that orders more than so many times its award."""


def _contracts(data: Data) -> Iterator[Member]:
    """What an award owes and allows; without risk it says nothing."""
    if not data.risks:
        return
    for column, without, words in (
        ("call_off_min", 0.0, "least share of an award that is ordered"),
        ("call_off_max", MOST_TIMES, "most of an award that is ordered"),
    ):
        yield _one(Kind.CALL_OFF, "Settings", 0, column, without, words)
        for place, offer in enumerate(data.offers):
            if offer.active and getattr(offer, column) is not None:
                yield _one(Kind.CALL_OFF, "Offers", place, column, without,
                           f"{words}, of {offer.supplier} for {offer.item}")  # fmt: skip
    yield _one(Kind.OVERBOOKING, "Settings", 0, "overbooking", math.inf,
               "most that is awarded of an item, as a multiple of its need")  # fmt: skip


def lane_words(row: Any) -> str:
    """A row of Lanes in words."""
    source = row.supplier if row.supplier != "*" else row.country
    parts = (f"from {source}" if source != "*" else "", f"to {row.site}" if row.site != "*" else "",
             f"for {row.item}" if row.item != "*" else "",
             f"by {row.mode}" if row.mode != "standard" else "")  # fmt: skip
    return " ".join(part for part in parts if part) or "for everything"


def demand_of(data: Data, member: Member, cells: Iterable[Cell]) -> Member:
    """A demand in some of its periods."""
    item, site, end_use = member.about
    return _demand_member(data, (item, site, end_use), cells)
