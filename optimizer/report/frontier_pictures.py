"""The charts of a frontier: cost, cost of a point, shares and shortage over the limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from optimizer.contract.frontier_results import KNEE, FrontierRow
from optimizer.contract.policy import Rule
from optimizer.contract.study import Study
from optimizer.report import words
from optimizer.report.layouts import DIMENSIONS, TINY
from optimizer.report.names import names_of
from optimizer.report.picture import Measure, Picture, Role, Series, Shape
from optimizer.report.study_bars import largest_members

MOST_CURVES = 5
SHARES = ("share", "spend_share")


def frontier_pictures(study: Study) -> Iterator[Picture | None]:
    """The charts of a frontier; None for each that there are no numbers for."""
    curves = _curves(study)
    if not curves:
        return
    first = next(iter(curves.values()))
    yield _costs(study, curves)
    yield _points(study, first)
    yield _shares(study, first, "origins", "country")
    rule = {one.rule: one for one in study.data.rules}.get(first[0].rule)
    stage = rule.dimension if rule and rule.dimension not in ("country", *DIMENSIONS) else ""
    yield _shares(study, first, "stage", stage)
    yield _shortage(study, curves)


def _curves(study: Study) -> dict[str, list[FrontierRow]]:
    """Curve -> its steps that have a limit; the step without one has no place on the axis."""
    curves: dict[str, list[FrontierRow]] = {}
    for row in study.tables.frontier:
        if row.limit is not None:
            curves.setdefault(row.curve, []).append(row)
    return dict(list(curves.items())[:MOST_CURVES])


def _limit(row: FrontierRow, limit: float, study: Study) -> str:
    settings = study.data.settings
    return words.measured(limit, row.metric, settings.unit, settings.currency)


def _axis(row: FrontierRow) -> tuple[str, str]:
    """Title and number format of the axis of limits."""
    if row.metric in SHARES:
        return f"limit of {row.rule}", "0%"
    return f"limit of {row.rule} ({row.metric})", "#,##0.##" if row.metric == "risk" else "#,##0"


def _over_limits(
    study: Study, key: str, title: str, measure: Measure, curves: Mapping[str, list[FrontierRow]],
    series: Sequence[Series], at: Sequence[float],
) -> Picture:  # fmt: skip
    row = next(iter(curves.values()))[0]
    across, number_format = _axis(row)
    return Picture(
        key, title, Shape.CURVES, measure, tuple(_limit(row, one, study) for one in at),
        tuple(series), at=tuple(at), across=across, across_format=number_format, least=0.0,
    )  # fmt: skip


def _costs(study: Study, curves: Mapping[str, list[FrontierRow]]) -> Picture | None:
    """Cost over the loosest step of all; the knee of the first curve, and crosses for no plan."""
    rows = [row for steps in curves.values() for row in steps]
    loosest = next((row.cost for row in study.tables.frontier if row.cost is not None), None)
    if loosest is None or not any(row.cost is not None for row in rows):
        return None
    at = sorted({row.limit for row in rows if row.limit is not None})
    start = loosest

    def over(row: FrontierRow) -> float | None:
        return None if row.cost is None else row.cost - start

    series = [
        Series(name or "cost over the loosest limit", _values(steps, at, over))
        for name, steps in curves.items()
    ]
    first = next(iter(curves.values()))
    knees = [row for row in first if row.note.startswith(KNEE)]
    if knees:
        series.append(Series("knee", _values(knees, at, over), Role.MARK))
    none = [row for row in rows if row.status == "infeasible"]
    if none:
        series.append(Series("no plan", _values(none, at, lambda _: 0.0), Role.MISSING))
    return _over_limits(
        study, "frontier", _costs_title(study, curves), Measure.MONEY, curves, series, at
    )


def _values(
    rows: Sequence[FrontierRow], at: Sequence[float], of: Callable[[FrontierRow], float | None]
) -> tuple[float | None, ...]:
    found = {row.limit: of(row) for row in rows}
    return tuple(found.get(limit) for limit in at)


def _costs_title(study: Study, curves: Mapping[str, list[FrontierRow]]) -> str:
    """The knee, what the tightest step costs, and where it becomes impossible."""
    steps = next(iter(curves.values()))
    planned = [row for row in steps if row.over_loosest is not None]
    currency = study.data.settings.currency
    said = []
    knee = next((row for row in steps if row.note.startswith(KNEE)), None)
    if knee is not None and knee.limit is not None:
        said.append(f"the knee is at {_limit(knee, knee.limit, study)}")
    if planned and planned[-1].limit is not None and planned[-1].over_loosest is not None:
        last, over = planned[-1], planned[-1].over_loosest
        cost = f"{words.money(over, currency)} more" if over > TINY else "nothing"
        said.append(f"{_limit(last, planned[-1].limit, study)} costs {cost}")
    impossible = next((row for row in steps if row.status == "infeasible"), None)
    if impossible is not None and impossible.limit is not None:
        said.append(f"no plan at {_limit(impossible, impossible.limit, study)}")
    of = f" ({steps[0].curve})" if steps[0].curve else ""
    return words.upper_first("; ".join(said)) + of


def _points(study: Study, steps: Sequence[FrontierRow]) -> Picture | None:
    """What each point costs, step by step."""
    rows = [row for row in steps if row.per_point is not None]
    if not any(abs(row.per_point or 0.0) > TINY for row in rows):
        return None
    currency = study.data.settings.currency
    dearest = max(rows, key=lambda row: row.per_point or 0.0)
    point = "A point" if dearest.metric in (*SHARES, "hhi", "risk") else "One more"
    most = words.money(dearest.per_point or 0.0, currency)
    return Picture(
        "points",
        f"{point} costs up to {most}, at {_limit(dearest, dearest.limit or 0.0, study)}",
        Shape.STACK, Measure.MONEY,
        tuple(_limit(row, row.limit or 0.0, study) for row in rows),
        (Series("cost of a point since the step before", tuple(row.per_point for row in rows)),),
    )  # fmt: skip


def _shares(study: Study, steps: Sequence[FrontierRow], key: str, dimension: str) -> Picture | None:
    """The largest members over the limit, with the limit itself where it is one of a share."""
    found: dict[float, dict[str, float]] = {}
    for row in study.tables.frontier_shares:
        if row.curve == steps[0].curve and row.dimension == dimension and row.limit is not None:
            found.setdefault(row.limit, {})[row.member] = row.share
    if len(found) < 2:
        return None
    at = sorted(found)
    names = names_of(study.data)
    members = largest_members(list(found.values()))
    series = [
        Series(names.member(dimension, member), tuple(found[one].get(member, 0.0) for one in at))
        for member in members
    ]
    rule = {one.rule: one for one in study.data.rules}.get(steps[0].rule)
    if rule and rule.dimension == dimension and _of_all_goods(rule):
        series.append(Series("limit", tuple(at), Role.LIMIT))
    loosest, tightest = (found[limit] for limit in _ends(study, steps, found))
    moved = max(members, key=lambda one: abs(tightest.get(one, 0.0) - loosest.get(one, 0.0)))
    what = "" if dimension == "country" else f" of {words.stage_step(dimension)}"
    title = (
        f"{names.member(dimension, moved)}: from {words.percent(loosest.get(moved, 0.0))} to "
        f"{words.percent(tightest.get(moved, 0.0))}{what} as the limit tightens"
    )
    return _over_limits(study, key, title, Measure.SHARE, {"": list(steps)}, series, at)


def _of_all_goods(rule: Rule) -> bool:
    """Whether a rule limits the shares that are drawn, and not those of some goods only."""
    some = rule.item or rule.family or rule.element or rule.site or rule.per_item
    return rule.metric == "share" and not some and rule.licensed is None


def _ends(
    study: Study, steps: Sequence[FrontierRow], found: Mapping[float, object]
) -> tuple[float, float]:
    """The loosest and the tightest limit that have shares; steps run from loose to tight."""
    limits = [row.limit for row in steps if row.limit is not None and row.limit in found]
    return limits[0], limits[-1]


def _shortage(study: Study, curves: Mapping[str, list[FrontierRow]]) -> Picture | None:
    rows = [row for steps in curves.values() for row in steps]
    if not any((row.shortage or 0.0) > TINY for row in rows):
        return None
    worst = max(rows, key=lambda row: row.shortage or 0.0)
    short = words.quantity(worst.shortage or 0.0, study.data.settings.unit)
    at = sorted({row.limit for row in rows if row.limit is not None})
    series = [
        Series(name or "shortage", _values(steps, at, lambda row: row.shortage))
        for name, steps in curves.items()
    ]
    title = f"Short of {short} at {_limit(worst, worst.limit or 0.0, study)}"
    return _over_limits(study, "shortage", title, Measure.QUANTITY, curves, series, at)
