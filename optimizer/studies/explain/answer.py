"""What the prices of a plan come to in a few sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimizer.contract.data import Data
from optimizer.contract.explain_results import OfferPrice, ProjectPrice, RuleCost
from optimizer.contract.plan import Plan
from optimizer.contract.study import Figure, Study, StudyTables
from optimizer.solve.outcome import Status
from optimizer.studies.conflict.study import Infeasibility
from optimizer.studies.explain.reference import NOT_REACHED
from optimizer.studies.explain.study import Explained

_SHOWN = 3
_MILLION, _THOUSAND = 1e6, 1e4
_SMALL = 100.0
_PROVEN = (Status.OPTIMAL.value, Status.INFEASIBLE.value)


def told(data: Data, plan: Plan, found: Explained, seconds: float) -> Study:
    """The study: what costs most, who is closest to an award, what nearly pays."""
    said = [*_rules(data, found), *_offers(data, found), *_suppliers(found)]
    said += [*_projects(data, found), *_next(data, found), *found.shortfall.sentences]
    answer, *sentences = said or ["Nothing was asked of which there is anything to say."]
    return Study(
        question="explain",
        data=data,
        answer=answer,
        seconds=seconds,
        sentences=tuple(sentences),
        attention=tuple(_attention(data, plan, found)),
        figures=tuple(_figures(plan, found)),
        tables=StudyTables(
            conflicts=found.shortfall.conflicts,
            shortage_reasons=found.shortfall.reasons,
            rule_costs=found.rules,
            prices_to_win=found.offers,
            suppliers_to_win=found.suppliers,
            projects_to_pay=found.projects,
            next_unit=found.next,
        ),
    )


_UNTIL = "There is no plan until one cell of each conflict is changed."
_UNSHOWN = "No solve has shown that some of the changes do it."


def told_why_not(data: Data, found: Infeasibility, seconds: float) -> Study:
    """The study of an input without a plan: its conflicts, each with its smallest changes."""
    first, *further = found.sentences or tuple(row.reason for row in found.reasons)
    conflicts = {row.conflict for row in found.conflicts}
    unproven = [row for row in found.conflicts if not row.verified]
    return Study(
        question="explain",
        data=data,
        answer=f"No plan keeps everything that must be kept. {first}",
        seconds=seconds,
        sentences=tuple(further),
        attention=(_UNTIL, _UNSHOWN) if unproven else (_UNTIL,),
        figures=(
            Figure("Conflicts", len(conflicts), "count"),
            Figure("Cells in them", len({row.cell for row in found.conflicts}), "count"),
            Figure("Seen without a solve", len(found.reasons), "count"),
        ),
        tables=StudyTables(reasons=found.reasons, conflicts=found.conflicts),
    )


def _rules(data: Data, found: Explained) -> Iterator[str]:
    costing = [row for row in found.rules if row.cost]
    if costing:
        yield f"{'; '.join(_rule(row, data) for row in costing[:_SHOWN])}."
    elif found.rules:
        most = max((row.most or 0.0 for row in found.rules if row.cost is not None), default=0.0)
        yield f"No rule was found to cost anything; none costs more than {_money(most, data)}."


def _rule(row: RuleCost, data: Data) -> str:
    assert row.cost is not None
    between = f"{_amount(row.least or 0.0)} to {_amount(row.most or 0.0)}"
    return f"{row.rule} costs {_money(row.cost, data)} ({between})"


def _offers(data: Data, found: Explained) -> Iterator[str]:
    near = [row for row in found.offers if row.wins_at is not None and row.wins_at > 0]
    for row in near[:1]:
        yield f"Closest to an award: {_offer(row, data)}."
    if found.offers and not near:
        yield "No offer without an award was found to win one at a price above 0."
    never = [row for row in found.offers if row.status == Status.INFEASIBLE.value]
    if never:
        yield f"{_count(len(never), 'offer')} cannot win an award of that size at any price."


def _offer(row: OfferPrice, data: Data) -> str:
    assert row.wins_at is not None
    size = f"{row.size:,.6g} {data.settings.unit}"
    prices = f"{_price(row.wins_at)} {row.currency} instead of {_price(row.price)}"
    known = [f"at least {_price(row.least)}"] if row.least is not None and row.least > 0 else []
    known += [f"at most {_price(row.most)}"] if row.most is not None else []
    proven = f" (proven: {', '.join(known)})" if known else ""
    return f"{row.supplier} wins {size} of {row.item} at {prices}{proven}"


def _suppliers(found: Explained) -> Iterator[str]:
    near = [row for row in found.suppliers if row.wins_at is not None and row.wins_at > 0]
    for row in near[:1]:
        assert row.wins_at is not None
        yield (
            f"Of suppliers without any award {row.name} is closest: with all its prices at "
            f"{100 * row.wins_at:.1f} % of those now."
        )


def _projects(data: Data, found: Explained) -> Iterator[str]:
    for row in found.projects[:_SHOWN]:
        if row.worth is not None:
            yield _project(row, data)


def _project(row: ProjectPrice, data: Data) -> str:
    assert row.worth is not None
    cost = f"{_money(row.worth, data)} against a cost of {_money(row.cost, data)}"
    said = f"{row.project} {'is built and ' if row.built else 'is not built: it '}is worth {cost}"
    if row.incentive_at is not None and not row.built:
        unit = f"{data.settings.currency} per {data.settings.unit}"
        said += f"; it would pay from an incentive of {_price(row.incentive_at)} {unit} on"
    return f"{said}."


def _next(data: Data, found: Explained) -> Iterator[str]:
    priced = [(row.cost, row) for row in found.next if row.cost is not None]
    if priced:
        cost, row = max(priced, key=lambda pair: pair[0])
        period = data.period_labels[row.period - 1]
        yield (
            f"The dearest next unit is {row.item} at {row.site} in {period}: "
            f"{_price(cost)} {data.settings.currency} for one {data.settings.unit} more, with "
            "every yes or no as planned."
        )


def _attention(data: Data, plan: Plan, found: Explained) -> Iterator[str]:
    facts = plan.facts
    if facts.objective > facts.bound:
        open_ = f"{100 * facts.gap:.2g} % ({_money(facts.objective - facts.bound, data)})"
        yield (
            f"The plan is proven to {open_}, and no price can be known better than that. A "
            "smaller gap and more time narrow it."
        )
    unsure = sum(not row.more and row.cost is not None for row in found.next)
    if unsure:
        yield (
            f"Of {unsure:,} next units there was no time to ask for more: what they are said to "
            "cost may be what one less saves."
        )
    counts = Counter(
        [
            *(row.status for row in found.rules),
            *(row.status for row in found.offers),
            *(row.status for row in found.suppliers),
            *(row.status for row in found.projects),
        ]
    )
    if counts[NOT_REACHED]:
        yield f"{_count(counts[NOT_REACHED], 'row')} not reached within the time for all of them."
    limited = sum(n for status, n in counts.items() if status not in (*_PROVEN, NOT_REACHED))
    if limited:
        yield f"{_count(limited, 'row')} proven less far than the gap asks, for want of time."


def _figures(plan: Plan, found: Explained) -> Iterator[Figure]:
    yield Figure("Cost of the plan", plan.facts.objective, "spend")
    costing = [row for row in found.rules if row.cost]
    for row in costing[:2]:
        assert row.cost is not None
        yield Figure(f"Cost of {row.rule}", row.cost, "spend", row.sentence)
    for offer in found.offers[:1]:
        if offer.change is not None:
            yield Figure(
                "Nearest offer has to cut",
                -offer.change,
                "share",
                f"{offer.item}, {offer.supplier}",
            )
    for project in found.projects[:1]:
        if project.worth is not None:
            yield Figure(f"Worth of {project.project}", project.worth, "spend")


def _count(number: int, noun: str) -> str:
    verb = {"row": "was" if number == 1 else "were"}.get(noun, "")
    return f"{number:,} {noun}{'' if number == 1 else 's'}{' ' if verb else ''}{verb}"


def _money(number: float, data: Data) -> str:
    return f"{_amount(number)} {data.settings.currency}"


def _amount(number: float) -> str:
    """``1.24 m``, ``52.1 k``, ``830``"""
    for unit, name in ((_MILLION, " m"), (_THOUSAND, " k")):
        if abs(number) >= unit:
            return f"{number / (unit if name == ' m' else 1e3):.3g}{name}"
    return f"{number:,.0f}" if abs(number) >= _SMALL else f"{number:.3g}"


def _price(number: float) -> str:
    return f"{number:,.2f}"
