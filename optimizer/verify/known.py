"""What is known when: which outcomes nobody can tell apart yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.verify.clock import Clock
from optimizer.verify.effects import Effects
from optimizer.verify.world import World


@dataclass(frozen=True, slots=True)
class Group:
    """Outcomes of which the same is known, and what that is."""

    outcomes: tuple[str, ...]
    known: Effects


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The groups of outcomes in each period of the horizon."""

    groups: Mapping[int, tuple[Group, ...]]

    def may_differ(self, period: int) -> bool:
        """Whether the orders of two outcomes may differ."""
        return len(self.groups[period]) > 1 if period in self.groups else False


def knowledge_of(data: Data, worlds: Mapping[str, World], clock: Clock) -> Knowledge:
    """An effect is known, with its end, from ``reveal_days`` after its beginning."""
    groups = {}
    for period in clock.periods:
        names: defaultdict[Effects, list[str]] = defaultdict(list)
        for name, world in worlds.items():
            known = tuple(
                effect
                for effect in world.effects
                if clock.arrival(effect.first, data.settings.reveal_days) <= period
            )
            names[known].append(name)
        groups[period] = tuple(Group(tuple(found), known) for known, found in names.items())
    return Knowledge(groups)
