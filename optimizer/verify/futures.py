"""Which combinations of results there are, and which of them are the same to the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.contract.data import Data
from optimizer.verify.effects import Effect, Effects, Result, Risk, risks_of, together

NOTHING = "nothing happens"
CERTAIN = "certain"


@dataclass(frozen=True, slots=True)
class Weight:
    """Combinations with the same effects: their probability, number, and the likeliest one's."""

    probability: float
    combinations: int
    likeliest: float

    def __add__(self, other: Weight) -> Weight:
        return Weight(
            self.probability + other.probability,
            self.combinations + other.combinations,
            max(self.likeliest, other.likeliest),
        )

    def of(self, result: Result) -> Weight:
        """If that result of one more risk comes on top."""
        chance = result.probability
        return Weight(self.probability * chance, self.combinations, self.likeliest * chance)


IMPOSSIBLE = Weight(0.0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Combination:
    """A result of each risk that does something; of the other risks, none that does."""

    results: tuple[Result | None, ...]

    @property
    def effects(self) -> Effects:
        """Of all its results."""
        return together(*(result.effects for result in self.results if result is not None))


@dataclass(frozen=True, slots=True)
class Futures:
    """The joint futures of a workbook.  ``shared``: names that results of two risks have."""

    risks: tuple[Risk, ...]
    shared: frozenset[str]

    def read(self, happens: str) -> Combination | None:
        """The combination that is written ``risk: result; risk: result``; None: there is none."""
        found = self._read(happens, 0) if happens else {}
        if found is None:
            return None
        return Combination(tuple(found.get(place) for place in range(len(self.risks))))

    def name(self, combination: Combination) -> str:
        """What the outcome of a combination is called."""
        if not any(result.effects for risk in self.risks for result in risk.results):
            return CERTAIN
        names = []
        for risk, result in zip(self.risks, combination.results, strict=True):
            if result is not None:
                shared = result.name in self.shared
                names.append(f"{risk.name}: {result.name}" if shared else result.name)
        return " + ".join(names) or NOTHING

    def chance(self, combination: Combination) -> float:
        """Of this combination alone; where a risk does nothing, in its likeliest way to do so."""
        total = 1.0
        for risk, result in zip(self.risks, combination.results, strict=True):
            idle = [r.probability for r in risk.results if not r.effects]
            total *= max(idle, default=0.0) if result is None else result.probability
        return total

    def weigh(self, effects: Effects) -> Weight:
        """All combinations that have exactly these effects."""
        wanted = Counter(effects)
        states: dict[Effects, Weight] = {(): Weight(1.0, 1, 1.0)}
        for place, risk in enumerate(self.risks):
            to_come = self._at_most(place + 1)
            states = {
                known: weight
                for known, weight in _with(states, risk).items()
                if (found := Counter(known)) <= wanted <= found + to_come
            }
        return states.get(effects, IMPOSSIBLE)

    def more_than(self, most: int) -> bool:
        """Whether more than so many futures differ in their effects.

        Merged risk by risk: another risk never makes them fewer, so it stops at the first too many.
        """
        states: dict[Effects, Weight] = {(): Weight(1.0, 1, 1.0)}
        for risk in self.risks:
            states = _with(states, risk)
            if len(states) > most:
                return True
        return False

    def _at_most(self, start: int) -> Counter[Effect]:
        """How often each effect can come from the risks from there on."""
        total: Counter[Effect] = Counter()
        for risk in self.risks[start:]:
            of_risk: Counter[Effect] = Counter()
            for result in risk.results:
                of_risk |= Counter(result.effects)
            total += of_risk
        return total

    def _read(self, text: str, start: int) -> dict[int, Result] | None:
        """Place of the risk -> result, for the risks from there on."""
        for place in range(start, len(self.risks)):
            risk = self.risks[place]
            for result in risk.results:
                written = f"{risk.name}: {result.name}"
                if not result.effects or not text.startswith(written):
                    continue
                rest = text[len(written) :]
                if not rest:
                    return {place: result}
                later = self._read(rest[2:], place + 1) if rest.startswith("; ") else None
                if later is not None:
                    return {place: result, **later}
        return None


def futures_of(data: Data) -> Futures:
    """From the rows of Risks."""
    risks_by_result = Counter(result for _, result in {(r.risk, r.result) for r in data.risks})
    shared = frozenset(name for name, risks in risks_by_result.items() if risks > 1)
    return Futures(risks_of(data), shared)


def _with(states: Mapping[Effects, Weight], risk: Risk) -> dict[Effects, Weight]:
    merged: dict[Effects, Weight] = {}
    for known, weight in states.items():
        for result in risk.results:
            effects = together(known, result.effects)
            merged[effects] = merged.get(effects, IMPOSSIBLE) + weight.of(result)
    return merged
