"""What is known when: outcomes that nothing known yet tells apart share their orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimizer.assemble.outcomes import Outcome, outcomes_of
from optimizer.assemble.risks import key_of
from optimizer.assemble.time import Clock, clock_of
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect


@dataclass(frozen=True, slots=True)
class Group:
    """Outcomes that no one can tell apart, and the effects of which it is known that they are.

    ``outcomes``: in their order.  ``known``: the rows of Risks of the first of them; empty: it is
    known of no effect that it is, though it may be known of others that they are not.
    """

    outcomes: tuple[str, ...]
    known: tuple[RiskEffect, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The groups from one period on, until the period of the next."""

    period: int
    groups: tuple[Group, ...]


def knowledge_of(data: Data) -> tuple[Knowledge, ...]:
    """What is known from period 1 on, and from each later period in which more becomes known.

    Only periods 1..T.  Every outcome is in one group of each period; later groups are parts of
    earlier ones.
    """
    return known_over_time(outcomes_of(data).all, clock_of(data), data.settings.reveal_days)


def known_over_time(
    outcomes: Sequence[Outcome], clock: Clock, reveal_days: float
) -> tuple[Knowledge, ...]:
    """The same, from what is already prepared."""
    wait = clock.transit(reveal_days)
    dates = {effect.from_period + wait for outcome in outcomes for effect in outcome.effects}
    periods = sorted({1} | {date for date in dates if clock.holds(date)})
    return tuple(Knowledge(t, _groups(outcomes, t - wait, clock.last)) for t in periods)


def shared_orders(known: Sequence[Knowledge], periods: range) -> Mapping[tuple[int, str], str]:
    """(period, outcome) -> the first outcome of its group, where that is another one."""
    shared = {}
    for place, knowledge in enumerate(known):
        end = known[place + 1].period if place + 1 < len(known) else periods.stop
        for group in knowledge.groups:
            first, *others = group.outcomes
            for outcome in others:
                for period in range(knowledge.period, end):
                    shared[period, outcome] = first
    return dict(sorted(shared.items(), key=lambda pair: pair[0][0]))


def _groups(outcomes: Sequence[Outcome], begun: int, last: int) -> tuple[Group, ...]:
    """The outcomes that are the same in all effects that have begun by a period."""
    found: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in outcomes:
        known = sorted(key_of(e, last) for e in outcome.effects if e.from_period <= begun)
        found.setdefault(tuple(known), []).append(outcome)
    return tuple(
        Group(
            tuple(outcome.name for outcome in same),
            tuple(effect for effect in same[0].effects if effect.from_period <= begun),
        )
        for same in found.values()
    )
