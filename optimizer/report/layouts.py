"""How each result table is laid out as a sheet: its order, its totals, what is marked as broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from optimizer.contract.fields import Row, Table
from optimizer.contract.plan import Plan
from optimizer.report.columns import result_table
from optimizer.report.names import Names
from optimizer.report.tabled import P

TINY = 1e-9

DIMENSIONS = ("supplier", "group", "country", "region", "licence")
"""The dimensions of Mix that are not stages, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Added:
    """A column of names beside a column of codes; it stands right after that column."""

    heading: str
    after: str
    of: Callable[[Any, Names], str]


@dataclass(frozen=True, slots=True)
class Layout(Generic[P]):
    """The layout of one sheet of a plan or of a study.

    ``totals``: columns whose sum over the rows means something.  ``order`` gives the sort key of
    the sheet (None: as tabulated).  ``notes``: up to two lines that stand where totals would.
    ``formats``: number formats of columns that are read more finely than their unit says.
    ``mixed``: columns whose rows are in units of their own, each with the decimals it needs.
    ``broken``: the cells of a row shown in red.
    ``pictures``: the charts beside the table, which go to print where ``pictures_printed``.
    ``printed``: columns that go to print at least, so that the lines above are not cut off.
    ``optional``: columns that are hidden where no row has a value.
    ``always``: the sheet is there even without a row.
    """

    attribute: str
    totals: tuple[str, ...] = ()
    order: Callable[[P], Callable[[Any], Any]] | None = None
    added: tuple[Added, ...] = ()
    notes: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    mixed: tuple[str, ...] = ()
    broken: Callable[[Any], Sequence[str]] | None = None
    pictures: tuple[str, ...] = ()
    pictures_printed: bool = False
    printed: int = 0
    optional: tuple[str, ...] = ()
    always: bool = True

    @property
    def table(self) -> Table:
        """The declaration of the table."""
        return result_table(self.attribute)

    def rows(self, plan: P) -> Sequence[Row]:
        """The rows of the table in the order of the sheet."""
        rows = plan.tables.rows(self.attribute)
        return rows if self.order is None else sorted(rows, key=self.order(plan))


def likeliest_first(plan: Plan) -> dict[str, int]:
    """The position of each outcome: by probability, then as tabulated."""
    ranked = sorted(plan.tables.outcomes, key=lambda row: -row.probability)
    return {row.outcome: position for position, row in enumerate(ranked)}


def worst_first(_: Plan) -> Callable[[Any], Any]:
    """The dearest outcome first: people open the sheet to see what goes wrong."""
    return lambda row: (-row.cost, row.outcome)


def dimension_rank(dimension: str) -> int:
    """The position of a dimension of Mix; stages come last, in the order of their names."""
    return DIMENSIONS.index(dimension) if dimension in DIMENSIONS else len(DIMENSIONS)


def _by_landed_cost(_: Plan) -> Callable[[Any], Any]:
    return lambda row: (-row.landed_cost, row.supplier, row.item)


def _by_change(_: Plan) -> Callable[[Any], Any]:
    return lambda row: (-abs(row.change), row.supplier, row.item)


def _by_share(_: Plan) -> Callable[[Any], Any]:
    return lambda row: (dimension_rank(row.dimension), row.dimension, -row.share, row.member)


def _broken_first(_: Plan) -> Callable[[Any], Any]:
    return lambda row: (row.relaxed <= TINY and row.slack >= -TINY, not row.binding)


def _by_money(_: Plan) -> Callable[[Any], Any]:
    return lambda row: (-row.money, row.licence, row.item)


def _by_served(_: Plan) -> Callable[[Any], Any]:
    return lambda row: (-row.served, row.licence, row.item, row.end_use)


def _soonest_first(plan: Plan) -> Callable[[Any], Any]:
    end = float(plan.data.horizon)

    def key(row: Any) -> Any:
        today, later = (end if one is None else one for one in (row.survives_today, row.survives))
        return (today, later, -row.loss_today, row.kind, row.target)

    return key


def _by_outcome_and_period(plan: Plan) -> Callable[[Any], Any]:
    rank = likeliest_first(plan)
    return lambda row: (rank[row.outcome], row.period, -row.cost)


def _by_amount(plan: Plan) -> Callable[[Any], Any]:
    rank = likeliest_first(plan)
    return lambda row: (rank[row.outcome], -row.amount)


def _by_outcome(plan: Plan) -> Callable[[Any], Any]:
    rank = likeliest_first(plan)
    return lambda row: rank[row.outcome]


COUNTRY_NAME = Added("Country name", "country", lambda row, names: names.country(row.country))
SUPPLIER_NAME = Added("Supplier name", "supplier", lambda row, names: names.supplier(row.supplier))
MEMBER_NAME = Added("Name", "member", lambda row, names: names.member(row.dimension, row.member))
ITEM_NAME = Added("Description", "item", lambda row, names: names.item(row.item))
FIRST_ITEM_NAME = Added(
    "First item today", "item_today", lambda row, names: names.item(row.item_today)
)
FIRST_SITE_NAME = Added(
    "First site today", "site_today", lambda row, names: names.site(row.site_today)
)

LAYOUTS: tuple[Layout[Plan], ...] = (
    Layout(
        "awards",
        totals=("award", "volume", "share_of_weight", "today", "spend", "landed_cost", "orders"),
        order=_by_landed_cost,
        added=(COUNTRY_NAME,),
    ),
    Layout("moves", totals=("today", "plan", "change"), order=_by_change, added=(COUNTRY_NAME,)),
    Layout(
        "mix",
        order=_by_share,
        added=(MEMBER_NAME,),
        pictures=("origins", "suppliers"),
        pictures_printed=True,
        notes=(
            "Each dimension adds up to 100 %, but for licences, of which goods may need several.",
            "A stage shows where that step was done, by mass of the materials concerned.",
        ),
    ),
    Layout(
        "rule_check",
        totals=("penalty_cost",),
        order=_broken_first,
        broken=lambda row: (
            ("actual", "slack", "relaxed") if row.relaxed > TINY or row.slack < -TINY else ()
        ),
    ),
    Layout(
        "outcomes",
        totals=(
            "cost",
            "cash_cost",
            "penalty_cost",
            "shortage",
            "cost_without_risk",
            "shortage_without_risk",
        ),
        order=worst_first,
        pictures=("outcomes", "shortages"),
        pictures_printed=True,
        optional=("happens", "cost_without_risk", "shortage_without_risk"),
        broken=lambda row: ("shortage",) if row.shortage > TINY else (),
    ),
    Layout(
        "tree",
        notes=(
            "Outcomes of one group have the same orders: nobody can tell them apart yet.",
            "A group stands here from the period on in which it is told apart from others.",
        ),
        always=False,
    ),
    Layout(
        "licence_exposure",
        order=_by_money,
        notes=("What needs several licences stands under each of them. Money is not discounted.",),
        always=False,
    ),
    Layout(
        "licence_use",
        order=_by_served,
        added=(ITEM_NAME,),
        notes=("What came under several licences stands under each of them.",),
        always=False,
    ),
    Layout(
        "stress",
        order=_soonest_first,
        added=(FIRST_ITEM_NAME, FIRST_SITE_NAME),
        notes=(
            "Time to survive is counted from the start; blank: to the end of the horizon.",
            "Today: with stock and what is under way. Else: the rest is planned anew, rules off.",
        ),
        formats={"survives_today": "0.00", "survives": "0.00"},
        pictures=("stress",),
        pictures_printed=True,
        always=False,
    ),
    Layout(
        "sensitivity",
        notes=("Each row is a plan of its own, with one number of the workbook changed.",),
        formats={"value": "0.00##"},
        pictures=("sensitivity",),
        pictures_printed=True,
        always=False,
    ),
    Layout(
        "worst_probabilities",
        notes=("The plan stays as it is; only the probabilities are others.",),
        formats={"distance": "0.0%"},
        always=False,
    ),
    Layout(
        "orders",
        totals=("quantity", "delivered", "cost"),
        order=_by_outcome_and_period,
        pictures=("arrivals",),
        added=(SUPPLIER_NAME,),
    ),
    Layout("issues", totals=("quantity", "serves"), order=_by_outcome),
    Layout(
        "stock_plan",
        totals=("open_orders", "deliveries", "used"),
        order=_by_outcome,
        pictures=("cover",),
    ),
    Layout(
        "costs",
        totals=("quantity",),
        order=_by_outcome,
        added=(SUPPLIER_NAME,),
        formats={"rate": "0.000000", "factor": "0.0000", "duty_rate": "0.00%"},
        pictures=("costs",),
    ),
    Layout(
        "charges",
        totals=("amount",),
        order=_by_amount,
        formats={"quantity": "#,##0.00", "rate": "#,##0.00"},
        always=False,
    ),
    Layout(
        "service",
        totals=("demand", "issued", "substituted", "shortage"),
        order=_by_outcome,
        broken=lambda row: ("shortage",) if row.shortage > TINY else (),
        always=False,
    ),
    Layout("cover", order=_by_outcome, always=False),
    Layout("tiers", totals=("quantity",), order=_by_outcome, always=False),
    Layout("projects_built", totals=("modules", "capacity", "charged"), always=False),
    Layout("incentives", totals=("quantity",), order=_by_outcome, always=False),
    Layout(
        "assumptions",
        notes=(
            "What a blank cell was taken to mean is as much an assumption as a setting.",
            "Money: landed cost of the goods that rest on it; several lines may rest on the same.",
        ),
    ),
)


def layout_of(attribute: str) -> Layout[Plan]:
    """The layout of a table; KeyError if there is none."""
    for layout in LAYOUTS:
        if layout.attribute == attribute:
            return layout
    raise KeyError(attribute)
