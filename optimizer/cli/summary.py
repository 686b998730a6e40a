"""The short table of a solve: what a manager asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from optimizer.cli.screen import printable, show_table
from optimizer.contract.findings import Finding
from optimizer.contract.plan import Size

if TYPE_CHECKING:
    from optimizer.api import SolvedPlan, StudyResult

_STATUS = {
    "optimal": "optimal within the gap",
    "time_limit": "the best plan when the time was up",
    "interrupted": "the best plan when it was stopped",
    "stopped": "the best plan when the solver gave up",
}
_TOP = 3
_SHOWN_WARNINGS = 5
_SMALL = 100


def show_warnings(findings: Sequence[Finding]) -> None:
    """The first few warnings of an input that is solved all the same."""
    for finding in findings[:_SHOWN_WARNINGS]:
        text = f"{finding.severity.value}: {finding.place}: {finding.message}"
        click.echo(printable(text), err=True)
    if len(findings) > _SHOWN_WARNINGS:
        more = len(findings) - _SHOWN_WARNINGS
        click.echo(f"and {more} more; `diversify check` lists all of them", err=True)


def show_plan(plan: SolvedPlan) -> None:
    """Costs, gap, who supplies, what is short and which rules are broken."""
    show_table(("plan", ""), list(_rows(plan)))
    for note in plan.facts.notes:
        click.echo(f"Note: {note}")


def show_study(study: StudyResult) -> None:
    """The answer, what else is worth a line, and what needs action."""
    told = study.contract
    for line in (told.answer, *told.sentences, *(f"Note: {one}" for one in told.attention)):
        click.echo(printable(line))


def _rows(plan: SolvedPlan) -> Iterator[tuple[str, str]]:
    facts, tables, settings = plan.facts, plan.contract.tables, plan.data.settings
    yield "status", _STATUS.get(facts.status, facts.status)
    yield "cost", f"{_figure(facts.objective)} {settings.currency}"
    if facts.penalty_cost:
        yield "of it paid", f"{_figure(facts.cash_cost)} {settings.currency}"
        yield "of it penalties", f"{_figure(facts.penalty_cost)} {settings.currency}"
    yield "gap", f"{100 * facts.gap:.2f} %"
    if facts.unavoidable_shortage:
        yield (
            "gap without unavoidable shortage",
            (f"{100 * facts.gap_without_unavoidable_shortage:.2f} %"),
        )
    suppliers = {row.supplier for row in tables.awards}
    bought = sum(row.award for row in tables.awards)
    count = f"{len(suppliers)} supplier{'' if len(suppliers) == 1 else 's'}"
    yield "bought", f"{_figure(bought)} {settings.unit} from {count}"
    for dimension in dict.fromkeys(row.dimension for row in tables.mix):
        if dimension == "country" or dimension in _stages(plan):
            yield dimension, _top(plan, dimension) or "-"
    several = " on average" if len(tables.outcomes) > 1 else ""
    yield "short", f"{_figure(facts.shortage)} {settings.unit}{several}"
    yield from _risk(plan)
    broken = dict.fromkeys(row.rule for row in tables.rule_check if row.relaxed)
    if broken:
        yield "soft rules broken", ", ".join(broken)
    binding = dict.fromkeys(row.rule for row in tables.rule_check if row.binding)
    if binding:
        yield "rules at their limit", ", ".join(binding)
    yield "model", _model(facts.size)


def _risk(plan: SolvedPlan) -> Iterator[tuple[str, str]]:
    """What the outcomes come to, where there is more than one."""
    facts, currency = plan.facts, plan.data.settings.currency
    outcomes = plan.contract.tables.outcomes
    if len(outcomes) < 2:
        return
    spread = facts.spread
    if plan.data.settings.risk_measure != "expected":
        yield "expected cost", f"{_figure(spread.expected)} {currency}"
    tail = 100 * (1.0 - plan.data.settings.cvar_level)
    if tail > 0:
        yield f"worst {tail:.3g} % of cases", f"{_figure(spread.cvar)} {currency} on average"
    dearest = max(outcomes, key=lambda row: row.cost)
    yield "worst outcome", f"{_figure(spread.worst_case)} {currency} ({dearest.outcome})"
    yield "probability of any shortage", f"{100 * spread.shortage_chance:.3g} %"
    other = facts.without_risk
    if other is not None:
        yield "plan made without risk", f"{_figure(other.promised)} {currency} promised"
        said = "cannot be carried out"
        if other.spread is not None:
            average, worst = _figure(other.spread.expected), _figure(other.spread.worst_case)
            said = f"{average} {currency} on average, {worst} at worst"
        yield "in these outcomes", said


def _model(size: Size) -> str:
    """``24 outcomes, 65,000 variables (1,200 whole numbers), 41,000 constraints``"""
    outcomes = f"{size.outcomes:,} outcome{'' if size.outcomes == 1 else 's'}"
    return (
        f"{outcomes}, {size.variables:,} variables ({size.binaries:,} whole numbers), "
        f"{size.constraints:,} constraints"
    )


def _figure(number: float) -> str:
    """A number without decimals, unless it is small and not whole: ``43,051,200``, ``0.6012``."""
    small = abs(number) < _SMALL and number != round(number)
    return f"{number:,.4g}" if small else f"{number:,.0f}"


def _stages(plan: SolvedPlan) -> set[str]:
    return {row.stage for row in plan.data.upstream}


def _top(plan: SolvedPlan, dimension: str) -> str:
    """The largest members of a dimension: ``CN 60 %, JP 20 %, VN 11 %``."""
    rows = [row for row in plan.contract.tables.mix if row.dimension == dimension and row.share]
    rows.sort(key=lambda row: (-row.share, row.member))
    return ", ".join(f"{row.member} {100 * row.share:.0f} %" for row in rows[:_TOP])
