"""The charts of a given split beside the best plan, and of the plans near the best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from optimizer.contract.choice_results import AlternativeRow, Measured, SplitRule
from optimizer.contract.study import Study
from optimizer.report import words
from optimizer.report.layouts import TINY
from optimizer.report.names import names_of
from optimizer.report.picture import Measure, Picture, Role, Series, Shape
from optimizer.report.study_bars import MOST_BARS, gap_of, least_of, plain_bars

GIVEN, BEST = "given split", "best plan"


def split_pictures(study: Study) -> Iterator[Picture | None]:
    """The charts of a given split; None for each that there are no numbers for."""
    yield _beside(study, "costs", "spend", Measure.MONEY)
    yield _beside(study, "shares", "share", Measure.SHARE)
    yield _beside(study, "quantities", "quantity", Measure.QUANTITY)
    yield _rules(study)
    yield _outcomes(study)
    yield _stress(study)


def _beside(study: Study, key: str, metric: str, measure: Measure) -> Picture | None:
    """Every measure of one kind, the two plans beside each other."""
    found = [row for row in study.tables.side_by_side if row.metric == metric]
    rows = [row for row in found if max(abs(row.given or 0.0), abs(row.best or 0.0)) > TINY]
    if not rows:
        return None
    rows = rows[:MOST_BARS]
    return _pairs(
        key, _beside_title(study, rows, metric), measure, [_cut(row.measure) for row in rows],
        [row.given for row in rows], [row.best for row in rows],
    )  # fmt: skip


def _beside_title(study: Study, rows: Sequence[Measured], metric: str) -> str:
    """The first measure for money, else the one that differs most."""
    settings = study.data.settings
    told = [row for row in rows if row.given is not None and row.best is not None]
    if not told:
        return "There is no best plan to compare with"
    row = told[0]
    if metric != "spend":
        row = max(told, key=lambda one: abs((one.given or 0.0) - (one.best or 0.0)))
    given, best = (
        words.measured(number or 0.0, metric, settings.unit, settings.currency)
        for number in (row.given, row.best)
    )
    return f"{row.measure}: {given}, of the best plan {best}"


def _pairs(
    key: str, title: str, measure: Measure, labels: Sequence[str],
    given: Sequence[float | None], best: Sequence[float | None],
) -> Picture:  # fmt: skip
    series = [Series(GIVEN, tuple(given))]
    if any(number is not None for number in best):
        series.append(Series(BEST, tuple(best)))
    return Picture(
        key,
        title,
        Shape.PAIRS,
        measure,
        tuple(labels),
        tuple(series),
        gap=gap_of(len(labels)),
        least=least_of((*given, *best)),
    )


def _rules(study: Study) -> Picture | None:
    """Shares with their limits, the broken ones first and in red."""
    every = study.tables.split_rules
    rows = [row for row in every if row.metric in ("share", "spend_share")]
    if not rows:
        return None
    rows.sort(key=lambda row: (not row.broken, row.limit - row.given))
    shown = rows[:MOST_BARS]
    count = len({row.rule for row in every if row.broken})
    title = f"{words.counted(count, 'rule')} broken" if count else "Every rule is kept"
    return Picture(
        "rules", f"{title}; shares, with their limits dashed", Shape.BARS, Measure.SHARE,
        tuple(_rule_label(row) for row in shown),
        (
            Series("share", tuple(row.given for row in shown)),
            Series("limit", tuple(row.limit for row in shown), Role.LIMIT),
        ),
        broken=frozenset(number for number, row in enumerate(shown) if row.broken),
        gap=gap_of(len(shown)),
    )  # fmt: skip


def _rule_label(row: SplitRule) -> str:
    of = " ".join(part for part in (row.item, row.member) if part)
    name = words.shortened(f"{row.rule} {of}".strip(), words.NAME_LETTERS)
    return f"{name} {words.percent(row.given)} (limit {words.percent(row.limit)})"


def _outcomes(study: Study) -> Picture | None:
    rows = sorted(study.tables.split_outcomes, key=lambda row: -row.cost)
    if len(rows) < 2:
        return None
    currency = study.data.settings.currency
    dearest = rows[0]
    title = f"{words.money(dearest.cost, currency)} if {_cut(dearest.outcome)}"
    if dearest.best_cost is not None:
        title += f"; the best plan {words.money(dearest.best_cost, currency)}"
    shown = rows[:MOST_BARS]
    return _pairs(
        "outcomes", title, Measure.MONEY,
        [f"{_cut(row.outcome)} ({words.percent(row.probability)})" for row in shown],
        [row.cost for row in shown], [row.best_cost for row in shown],
    )  # fmt: skip


def _stress(study: Study) -> Picture | None:
    """Time to survive of what stops the given split soonest; never is the whole horizon."""
    end, period = float(study.data.horizon), study.data.settings.period
    rows = [row for row in study.tables.split_stress
            if row.survives is not None or row.best_survives is not None]  # fmt: skip
    if not rows:
        return None
    rows.sort(key=lambda row: (end if row.survives is None else row.survives, -row.loss))
    first = rows[0]
    title = "The given split survives whatever stops"
    if first.survives is not None:
        lasts = words.upper_first(words.periods(first.survives, period))
        title = f"{lasts} until the given split runs short if {_cut(first.name)} stops"
    shown = rows[:MOST_BARS]
    return _pairs(
        "stress", title, Measure.PERIODS, [f"{_cut(row.name)} ({row.kind})" for row in shown],
        [end if row.survives is None else row.survives for row in shown],
        [end if row.best_survives is None else row.best_survives for row in shown],
    )  # fmt: skip


def alternative_pictures(study: Study) -> Iterator[Picture | None]:
    """The charts of plans near the best; None for each that there are no numbers for."""
    settings = study.data.settings
    weight = "kg" if any(item.weight != 1.0 for item in study.data.items) else settings.unit
    countries = {row.country for row in study.tables.alternatives if row.country}
    where = names_of(study.data).country(min(countries)) if len(countries) == 1 else "the country"
    yield _least(study, "over", "More than the least cost", Measure.SHARE, words.percent,
                 lambda row: row.over_best)  # fmt: skip
    yield _least(study, "suppliers", "Suppliers", Measure.COUNT, lambda n: f"{n:.0f}",
                 lambda row: row.suppliers)  # fmt: skip
    yield _least(study, "country", f"Made in {where}", Measure.SHARE, words.percent,
                 lambda row: row.country_share)  # fmt: skip
    yield _least(study, "moved", "Bought elsewhere than today", Measure.QUANTITY,
                 lambda n: words.quantity(n, weight), lambda row: row.moved)  # fmt: skip
    yield _least(study, "worst", "Short in the worst outcome", Measure.QUANTITY,
                 lambda n: words.quantity(n, settings.unit),
                 lambda row: row.worst_shortage)  # fmt: skip


def _least(
    study: Study, key: str, what: str, measure: Measure, said: Callable[[float], str],
    of: Callable[[AlternativeRow], float | None],
) -> Picture | None:  # fmt: skip
    """One measure of every plan; the title says the best plan's and the least."""
    known = [(row, n) for row in study.tables.alternatives if (n := of(row)) is not None]
    numbers = [number for _, number in known]
    if len(known) < 2 or not any(number > TINY for number in numbers):
        return None
    best, least, most = numbers[0], min(numbers), max(numbers)
    title = f"{what}: {said(best)} in the best plan, down to {said(least)}"
    if key == "over":
        title = f"{what}: {said(most)} at most"
    elif least >= best:
        title = f"{what}: {said(best)} in the best plan, no less in the others"
    return plain_bars(
        key, title, measure, {f"{_cut(row.plan)}: {said(number)}": number for row, number in known}
    )


def _cut(name: str) -> str:
    return words.shortened(name, words.NAME_LETTERS)
