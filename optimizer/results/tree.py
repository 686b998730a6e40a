"""What is known when: the groups of outcomes that share their orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from optimizer.assemble.knowledge import Group, Knowledge
from optimizer.assemble.outcomes import NOTHING_HAPPENS, Outcome
from optimizer.contract.risk_results import TreeRow


def tree_rows(outcomes: Sequence[Outcome], knowledge: Iterable[Knowledge]) -> tuple[TreeRow, ...]:
    """Every group of outcomes from the period on in which it is first told apart from others.

    The likeliest groups of a period come first.  Without risk there is no row.
    """
    if len(outcomes) < 2:
        return ()
    chance = {outcome.name: outcome.probability for outcome in outcomes}
    rows: list[TreeRow] = []
    before: set[tuple[str, ...]] = set()
    for since in knowledge:
        groups = sorted(since.groups, key=lambda group: -_probability(group, chance))
        for group in groups:
            if group.outcomes in before:
                continue
            rows.append(
                TreeRow(
                    period=since.period,
                    group=len(rows) + 1,
                    outcomes="; ".join(group.outcomes),
                    probability=_probability(group, chance),
                    known=_known(group, outcomes),
                )
            )
        before = {group.outcomes for group in groups}
    return tuple(rows)


def _probability(group: Group, chance: Mapping[str, float]) -> float:
    return min(1.0, sum(chance[name] for name in group.outcomes))


def _known(group: Group, outcomes: Sequence[Outcome]) -> str:
    """What may still be of every risk of which something is known: ``licence: slow or freeze``.

    Something is known of a risk if an effect of it is there, or if not every result may still be.
    """
    inside = set(group.outcomes)
    happens = {outcome.name: dict(outcome.results) for outcome in outcomes}
    there = {effect.risk for effect in group.known}
    known = []
    for risk in dict.fromkeys(risk for results in happens.values() for risk in results):
        possible = {results.get(risk, NOTHING_HAPPENS) for results in happens.values()}
        left = dict.fromkeys(
            results.get(risk, NOTHING_HAPPENS)
            for name, results in happens.items()
            if name in inside
        )
        if risk in there or len(left) < len(possible):
            known.append(f"{risk}: {_either(list(left))}")
    return "; ".join(known)


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
