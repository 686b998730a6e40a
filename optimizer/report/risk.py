"""The plan under risk in sentences: what may happen, what planning for it costs and saves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimizer.contract.plan import Plan, Spread
from optimizer.contract.risk_results import StressRow, SweepRow
from optimizer.report import words
from optimizer.report.figures import deepest_stage, largest, main_country, needed, shares
from optimizer.report.names import names_of

NOTICEABLE = 1e-4
"""A shortage below this share of the need is rounding."""
_EVEN = 1e-6
"""Amounts that differ by less than this share are the same."""
_TERMS = {
    "call_off_min": "the least call-off",
    "call_off_max": "the largest call-off",
    "overbooking": "overbooking",
}


@dataclass(frozen=True, slots=True)
class ResultSeen:
    """One result of a risk, and what the plan comes to where it happens, on average."""

    risk: str
    result: str
    probability: float
    cost: float
    shortage: float


def risk_lines(plan: Plan) -> tuple[str, ...]:
    """What a reader of the Summary has to know about risk; empty for a plan without any."""
    return (
        *_hardest_licence(plan),
        *_spread(plan),
        *_price_and_worth(plan),
        *_stops(plan),
        *_terms(plan),
        *_guesses(plan),
    )


def results_seen(plan: Plan, scope: str = "") -> tuple[ResultSeen, ...]:
    """The results of Risks that happen in some outcome; with ``scope``: that act on such a thing.

    An outcome that stands for several combinations counts for the results that it names.
    """
    acting = {
        (row.risk, row.result): None for row in plan.data.risks if not scope or row.scope == scope
    }
    happening = [(row, set(row.happens.split("; "))) for row in plan.tables.outcomes]
    seen = []
    for risk, result in acting:
        rows = [row for row, happens in happening if f"{risk}: {result}" in happens]
        chance = math.fsum(row.probability for row in rows)
        if chance > 0:
            cost = math.fsum(row.probability * row.cost for row in rows) / chance
            short = math.fsum(row.probability * row.shortage for row in rows) / chance
            seen.append(ResultSeen(risk, result, chance, cost, short))
    return tuple(seen)


def _hardest_licence(plan: Plan) -> Iterator[str]:
    seen = results_seen(plan, "licence")
    if not seen or len(plan.tables.outcomes) < 2:
        return
    settings = plan.data.settings
    worst = max(seen, key=lambda one: one.cost)
    above = worst.cost - plan.facts.spread.expected
    short = "nothing short"
    if worst.shortage > NOTICEABLE * needed(plan):
        short = f"{words.quantity(worst.shortage, settings.unit)} short"
    yield (
        f"Of what may happen to licences, {worst.result} ({worst.risk}, "
        f"{words.percent(worst.probability)}) hurts most: {short} on average, and "
        f"{words.money(above, settings.currency)} above the expected cost."
    )


def _spread(plan: Plan) -> Iterator[str]:
    rows = plan.tables.outcomes
    if len(rows) < 2:
        return
    settings, spread = plan.data.settings, plan.facts.spread
    chance = "No outcome leaves demand unmet"
    if spread.shortage_chance > 0:
        chance = f"With a probability of {words.percent(spread.shortage_chance)} some demand "
        chance += "stays unmet"
    expected = words.money(spread.expected, settings.currency)
    dearest = max(rows, key=lambda row: row.cost)
    if dearest.cost - spread.expected <= _EVEN * abs(spread.expected):
        yield f"{chance}; every outcome costs the same, {expected}."
        return
    tail = 1.0 - settings.cvar_level
    bad = ""
    if tail > 0:
        bad = (
            f"the worst {words.percent(tail)} of cases cost "
            f"{words.money(spread.cvar, settings.currency)} on average, "
        )
    yield (
        f"{chance}; the expected cost is {expected}, {bad}the dearest outcome "
        f"{words.money(spread.worst_case, settings.currency)} ({dearest.outcome})."
    )


def _price_and_worth(plan: Plan) -> Iterator[str]:
    """What the plan costs more than one made without risk promises, and what it saves."""
    other, spread = plan.facts.without_risk, plan.facts.spread
    if other is None:
        return
    currency = plan.data.settings.currency
    above = spread.expected - other.promised
    said = (
        f"Price and worth of planning for risk: a plan made as if nothing happens promises "
        f"{words.money(other.promised, currency)}, {_than(above, currency)} than this one expects"
    )
    if other.spread is None:
        yield f"{said}, but cannot be carried out in these outcomes."
        return
    said += (
        f"; in these outcomes it costs {words.money(other.spread.expected, currency)} on average, "
        f"so that this plan {_saves(other.spread, spread, currency)}."
    )
    if other.broken:
        count = words.counted(len(other.broken), "rule or minimum", "rules and minimums")
        said += f" The plan made without risk breaks {count} there."
    yield said


def _stops(plan: Plan) -> Iterator[str]:
    """How long building goes on if the country on which most depends stops tomorrow."""
    rows = {(row.kind, row.target): row for row in plan.tables.stress}
    found = largest(shares(plan), "country")
    if found is not None and ("country", found.member) in rows:
        name = names_of(plan.data).country(found.member)
        yield _stop(plan, rows["country", found.member], f"what {name} makes")
    deepest = deepest_stage(plan, main_country(plan))
    if deepest is None:
        return
    row = rows.get(("stage", f"{deepest.dimension}:{deepest.member}"))
    if row is not None:
        name = names_of(plan.data).country(deepest.member)
        yield _stop(plan, row, f"{words.stage_step(deepest.dimension)} in {name}")


def _stop(plan: Plan, row: StressRow, what: str) -> str:
    names, settings = names_of(plan.data), plan.data.settings
    first = ""
    item, site = row.item_today or row.item, row.site_today or row.site
    if item:
        first = f"; {names.item(item)} in {names.site(site)} stops first"
    lost = ""
    if row.loss > 0:
        lost = f", at a loss of {words.money(row.loss, settings.currency)}"
    today = _lasts(row.survives_today, plan)
    return (
        f"If {what} stops tomorrow, building goes on for {today} with stock and what is under "
        f"way{first}. With the rest planned anew it goes on for {_lasts(row.survives, plan)}{lost}."
    )


def _lasts(periods: float | None, plan: Plan) -> str:
    period = plan.data.settings.period
    if periods is None:
        return f"the whole horizon ({words.periods(plan.data.horizon, period)})"
    return words.periods(periods, period)


def _terms(plan: Plan) -> Iterator[str]:
    """What the terms of the contracts cost: the call-off band and overbooking."""
    parts = []
    for kind, what in _TERMS.items():
        rows = [row for row in plan.tables.sensitivity if row.kind == kind]
        given = next((row for row in rows if row.given), None)
        best = min(rows, key=lambda row: row.difference, default=None)
        if given is None or best is None:
            continue
        if best.difference >= -_EVEN * abs(given.cost):
            parts.append(f"{what} costs nothing at {given.value:g}")
            continue
        saved = words.money(-best.difference, plan.data.settings.currency)
        parts.append(f"{what} at {best.value:g} instead of {given.value:g} saves {saved}")
    if parts:
        yield f"Terms of the contracts: {', '.join(parts)}."


def _guesses(plan: Plan) -> Iterator[str]:
    """How far the probabilities, which are guesses, can be off."""
    swept = [row for row in plan.tables.sensitivity if row.kind == "probability"]
    given = {row.subject: row.value for row in swept if row.given}
    parts = []
    if swept:
        nearest = _nearest_change(swept, given)
        parts.append("no probability that was tried changes suppliers or awards")
        if nearest is not None:
            parts[0] = (
                f"suppliers or awards change once {nearest.subject} has a probability of "
                f"{words.percent(nearest.value)} instead of "
                f"{words.percent(given[nearest.subject])}"
            )
    off = max(plan.tables.worst_probabilities, key=lambda row: row.distance, default=None)
    if off is not None:
        parts.append(
            f"if every probability may be {100 * off.distance:g} points off, this plan costs up to "
            f"{words.money(off.increase, plan.data.settings.currency)} more"
        )
    if parts:
        yield f"Probabilities are guesses: {'; '.join(parts)}."


def _nearest_change(swept: list[SweepRow], given: Mapping[str, float]) -> SweepRow | None:
    changed = [row for row in swept if row.changed and row.subject in given]
    return min(changed, key=lambda row: abs(row.value - given[row.subject]), default=None)


def _than(amount: float, currency: str) -> str:
    return f"{words.money(abs(amount), currency)} {'less' if amount >= 0 else 'more'}"


def _saves(other: Spread, own: Spread, currency: str) -> str:
    """``saves 4 m USD on average and 9 m USD in the worst outcome``; or costs more."""
    average, worst = other.expected - own.expected, other.worst_case - own.worst_case
    last = _saved(worst, currency)
    if (average >= 0) == (worst >= 0):
        last = last.partition(" ")[2]
    return f"{_saved(average, currency)} on average and {last} at worst"


def _saved(amount: float, currency: str) -> str:
    said = words.money(abs(amount), currency)
    return f"saves {said}" if amount >= 0 else f"costs {said} more"
