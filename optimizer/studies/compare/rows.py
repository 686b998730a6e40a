"""What the scenarios of a comparison came to, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from optimizer.contract.data import BASE, Data
from optimizer.contract.plan import Facts
from optimizer.contract.results import MixRow, Move
from optimizer.contract.scenario_results import ScenarioAward, ScenarioRow, ScenarioShare
from optimizer.results.amounts import summed
from optimizer.studies.compare.promised import Promised

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan of one scenario, as far as it is compared.

    ``moves``: every offer with an award in the plan or today.  ``today_cost``, ``today_shortage``,
    ``today_broken`` (rules and minimums): of today's split in this scenario; None where there is
    none, or it cannot go on.
    """

    facts: Facts
    moves: tuple[Move, ...]
    mix: tuple[MixRow, ...]
    promised: Promised
    today_cost: float | None = None
    today_shortage: float | None = None
    today_broken: int | None = None
    today_note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One scenario: its plan, or why there is none.

    ``status``: as in the table; ``note``: what the scenario is, or why it has no plan.
    """

    scenario: str
    status: str
    note: str = ""
    planned: Planned | None = None


def scenario_rows(compared: Sequence[Compared], data: Data) -> tuple[ScenarioRow, ...]:
    """One row for each scenario, beside base and today's split."""
    base = base_of(compared)
    weight = {item.item: item.weight for item in data.items}
    return tuple(_scenario_row(one, base, weight) for one in compared)


def award_rows(compared: Sequence[Compared]) -> tuple[ScenarioAward, ...]:
    """Every offer with an award in a scenario, in base or today; the largest first."""
    base = base_of(compared)
    in_base = {(m.supplier, m.item): m for m in base.moves} if base else {}
    return tuple(row for one in compared for row in _award_rows(one, in_base))


def share_rows(compared: Sequence[Compared]) -> tuple[ScenarioShare, ...]:
    """Every share of a scenario's plan and of base, dimension by dimension."""
    base = base_of(compared)
    in_base = {(m.dimension, m.member): m.share for m in base.mix} if base else {}
    return tuple(row for one in compared for row in _share_rows(one, in_base))


def base_of(compared: Sequence[Compared]) -> Planned | None:
    """The plan of base."""
    return next((one.planned for one in compared if one.scenario == BASE), None)


def _scenario_row(one: Compared, base: Planned | None, weight: Mapping[str, float]) -> ScenarioRow:
    plan = one.planned
    if plan is None:
        return ScenarioRow(scenario=one.scenario, status=one.status, note=one.note)
    facts = plan.facts
    countries = [row for row in plan.mix if row.dimension == "country" and row.share > 0]
    largest = max(countries, key=lambda row: row.share, default=None)
    today = plan.today_cost
    return ScenarioRow(
        scenario=one.scenario,
        status=one.status,
        cost=facts.objective,
        bound=facts.bound,
        gap=facts.gap,
        cost_over_base=facts.objective - base.facts.objective if base else None,
        cash_cost=facts.cash_cost,
        penalty_cost=facts.penalty_cost,
        shortage=facts.shortage,
        shortage_over_base=facts.shortage - base.facts.shortage if base else None,
        suppliers=float(len({move.supplier for move in plan.moves if move.plan > 0})),
        largest_country=largest.member if largest else "",
        largest_share=largest.share if largest else None,
        moved=_moved(plan, base, weight) if base else None,
        today_cost=today,
        saving_on_today=None if today is None else today - facts.objective,
        today_shortage=plan.today_shortage,
        today_broken=None if plan.today_broken is None else float(plan.today_broken),
        note="; ".join(part for part in (one.note, plan.today_note) if part),
    )


def _moved(plan: Planned, base: Planned, weight: Mapping[str, float]) -> float:
    """The weight that other offers deliver than in base: of every item the lesser of what some
    gain and what others lose, so that buying more in all is no move.
    """
    change = summed(
        [((m.supplier, m.item), m.plan) for m in plan.moves]
        + [((m.supplier, m.item), -m.plan) for m in base.moves]
    )
    gained = summed((item, max(0.0, by)) for (_, item), by in change.items())
    lost = summed((item, max(0.0, -by)) for (_, item), by in change.items())
    return sum(weight[item] * min(gained[item], lost[item]) for item in gained)


def _award_rows(one: Compared, base: Mapping[tuple[str, str], Move]) -> Iterator[ScenarioAward]:
    if one.planned is None:
        return
    here = {(m.supplier, m.item): m for m in one.planned.moves}
    offers = sorted({*here, *base}, key=lambda o: (-_award(here, o), -_award(base, o), o))
    for offer in offers:
        award, before = _award(here, offer), _award(base, offer)
        move = here.get(offer) or base[offer]
        if award or before or move.today:
            yield ScenarioAward(
                scenario=one.scenario,
                supplier=move.supplier,
                country=move.country,
                item=move.item,
                award=award,
                over_base=award - before,
                over_today=award - move.today,
            )


def _award(moves: Mapping[tuple[str, str], Move], offer: tuple[str, str]) -> float:
    return moves[offer].plan if offer in moves else 0.0


def _share_rows(one: Compared, base: Mapping[tuple[str, str], float]) -> Iterator[ScenarioShare]:
    if one.planned is None:
        return
    here = {(m.dimension, m.member): m.share for m in one.planned.mix}
    dimensions = list(dict.fromkeys(dimension for dimension, _ in (*here, *base)))
    keys = sorted({*here, *base}, key=lambda k: (dimensions.index(k[0]), -here.get(k, 0.0), k[1]))
    for key in keys:
        share, before = here.get(key, 0.0), base.get(key, 0.0)
        if share > _SAME or before > _SAME:
            yield ScenarioShare(
                scenario=one.scenario,
                dimension=key[0],
                member=key[1],
                share=share,
                over_base=share - before,
            )
