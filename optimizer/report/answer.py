"""The plan in words: one sentence that states the answer, and what needs action."""

from __future__ import annotations

import math
from collections.abc import Iterator

from optimizer.contract.findings import Severity
from optimizer.contract.plan import Plan
from optimizer.contract.results import RuleResult
from optimizer.contract.risk_results import OutcomeResult
from optimizer.report import words
from optimizer.report.figures import (
    bought,
    broken_rules,
    deepest_stage,
    expected_cost,
    made_in,
    main_country,
    needed,
    suppliers_used,
    unknown_origin,
)
from optimizer.report.front import Action
from optimizer.report.layouts import TINY
from optimizer.report.names import names_of
from optimizer.report.risk import NOTICEABLE

EVERYBODY = "all"
"""The member of a rule that limits no one by name."""
HIDDEN = 0.1
"""A stage is that much more concentrated than the making of the goods: worth a word."""
UNCLEAR = 0.05
"""Unknown origin above this share is worth a word."""


def answer(plan: Plan) -> str:
    """What to buy, for how much, from how many, how dependent that is, and what may run short."""
    settings = plan.data.settings
    cost = words.money(plan.facts.cash_cost, settings.currency)
    amount = words.quantity(bought(plan), settings.unit)
    makers = words.counted(suppliers_used(plan), "supplier")
    first = f"Buy {amount} for {cost} from {makers}"
    if not plan.tables.awards:
        first = "Buy nothing"
    return "; ".join(part for part in (first, _dependence(plan), _service(plan)) if part) + "."


def actions(plan: Plan) -> tuple[Action, ...]:
    """What the reader should act on, gravest first; empty if nothing."""
    return (
        *_unfinished(plan),
        *(Action(_broken_rule(row, plan), broken=True) for row in broken_rules(plan)),
        *_shortage(plan),
        *_hidden_concentration(plan),
        *_unknown(plan),
        *_warnings(plan),
        *(Action(note) for note in plan.facts.notes),
    )


def _dependence(plan: Plan) -> str:
    country = main_country(plan)
    if not country:
        return ""
    name = names_of(plan.data).country(country)
    made = f"{words.percent(made_in(plan, country).value)} made in {name}"
    deepest = deepest_stage(plan, country)
    if deepest is None:
        return made
    return f"{made}, {words.percent(deepest.value)} of {_stage(deepest.dimension)} done there"


def _service(plan: Plan) -> str:
    unit = plan.data.settings.unit
    threshold = NOTICEABLE * needed(plan)
    short = plan.facts.shortage
    worst = worst_outcome(plan)
    said = "no shortage expected"
    if short > threshold:
        said = f"{words.quantity(short, unit)} short"
        if len(plan.tables.outcomes) > 1:
            said += " on average"
    if worst is None or worst.shortage <= max(threshold, 1.001 * short):
        return said
    return f"{said}, {words.quantity(worst.shortage, unit)} in the worst case ({worst.outcome})"


def worst_outcome(plan: Plan) -> OutcomeResult | None:
    """The outcome with the largest shortage; None without outcomes."""
    return max(plan.tables.outcomes, key=lambda row: row.shortage, default=None)


def _unfinished(plan: Plan) -> Iterator[Action]:
    facts, settings = plan.facts, plan.data.settings
    distance = words.money(facts.objective - facts.bound, settings.currency)
    if facts.status == "interrupted":
        yield Action(
            f"The search was interrupted: a plan up to {distance} cheaper may exist "
            f"({_fine(facts.gap)}; {_fine(settings.gap)} was asked for)."
        )
    elif facts.status != "optimal" or facts.gap > settings.gap + 1e-9:
        yield Action(
            f"The search stopped at its time limit: a plan up to {distance} cheaper may exist "
            f"({_fine(facts.gap)}; {_fine(settings.gap)} was asked for). Allow it more time."
        )


def _broken_rule(row: RuleResult, plan: Plan) -> str:
    settings = plan.data.settings
    reached = words.measured(row.actual, row.metric, settings.unit, settings.currency)
    bound = words.measured(row.limit, row.metric, settings.unit, settings.currency)
    whom = "; ".join(part for part in (row.item, row.member) if part not in ("", EVERYBODY))
    at = f" ({whom})" if whom and whom not in row.sentence else ""
    cost = ""
    if row.penalty_cost > TINY:
        cost = f"; its penalty is {words.money(row.penalty_cost, settings.currency)}"
    rule = row.sentence.rstrip(".")
    return f"{row.rule} is not kept{at}: {rule}. Plan {reached}, limit {bound}{cost}."


def _shortage(plan: Plan) -> Iterator[Action]:
    unit = plan.data.settings.unit
    need = needed(plan)
    worst = worst_outcome(plan)
    if worst is None or worst.shortage <= NOTICEABLE * need:
        return
    items: dict[str, float] = {}
    first = plan.data.horizon
    for row in plan.tables.service:
        if row.outcome == worst.outcome and row.shortage > TINY:
            items[row.item] = items.get(row.item, 0.0) + row.shortage
            first = min(first, row.period)
    certain = len(plan.tables.outcomes) == 1
    said = f"{words.quantity(worst.shortage, unit)} short"
    if not certain:
        said += f" if {worst.outcome}"
    if items:
        most = max(items, key=lambda item: items[item])
        half = items[most] > 0.5 * math.fsum(items.values())
        what = f"most of it {most}" if half else words.counted(len(items), "item")
        said += f", {what}, from {plan.data.period_labels[first - 1]} on"
    if not certain:
        said += f"; on average {words.quantity(plan.facts.shortage, unit)}"
    said += f" ({words.percent(plan.facts.shortage / need)} of the need)" if need else ""
    unavoidable = plan.facts.unavoidable_shortage
    if unavoidable > NOTICEABLE * need:
        said += f", of which no plan can avoid {words.quantity(unavoidable, unit)}"
    if certain and worst.shortage > unavoidable + NOTICEABLE * need:
        said += (
            "; suppliers could deliver more: rules, minimums or costs keep the plan from buying it"
        )
    yield Action(f"{said}.", broken=True)


def _hidden_concentration(plan: Plan) -> Iterator[Action]:
    country = main_country(plan)
    deepest = deepest_stage(plan, country)
    made = made_in(plan, country)
    if deepest is None or deepest.value < made.value + HIDDEN:
        return
    name = names_of(plan.data).country(country)
    step = _stage(deepest.dimension)
    limit = (
        f"the limit of {words.percent(made.limit)} on goods made there does not reach it"
        if made.limit is not None and deepest.limit is None
        else "the countries of the sellers do not show it"
    )
    yield Action(
        f"Hidden dependence: {words.percent(made.value)} is made in {name}, but "
        f"{words.percent(deepest.value)} of {step} is done there; {limit}."
    )


def _unknown(plan: Plan) -> Iterator[Action]:
    for stage, share in unknown_origin(plan).items():
        if share >= UNCLEAR:
            yield Action(
                f"Where {words.percent(share)} of {_stage(stage)} is done is not known and counts "
                f"against every limit: ask the suppliers, and fill in Upstream."
            )


def _warnings(plan: Plan) -> Iterator[Action]:
    warnings = [one for one in plan.data.findings if one.severity is Severity.WARNING]
    if not warnings:
        return
    first = warnings[0]
    count = words.counted(len(warnings), "warning")
    more = "" if len(warnings) == 1 else " All of them stand on Assumptions."
    yield Action(f"{count} about the input: {first.place}: {first.message.rstrip('.')}.{more}")


def _stage(stage: str) -> str:
    return words.stage_step(stage)


def _fine(gap: float) -> str:
    return f"{100 * gap:.3g} %"


def cost_line(plan: Plan) -> str:
    """Cash and penalties of the expected cost, in words."""
    currency = plan.data.settings.currency
    cash = words.money(plan.facts.cash_cost, currency)
    penalties = expected_cost(plan) - plan.facts.cash_cost
    return f"cash {cash}, penalties {words.money(penalties, currency)}"
