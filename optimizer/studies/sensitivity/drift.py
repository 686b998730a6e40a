"""What the awards of a plan come to under other probabilities, if it orders as before."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from models.problem import OfferKey
from optimizer.assemble.outcomes import Outcome, outcomes_of
from optimizer.assemble.risks import NOTHING, Cause, EffectKey, causes_of
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.studies.sensitivity.change import Decision

Does = tuple[EffectKey, ...]


class Drift:
    """A plan's orders in each outcome, and its decision.

    An award is what is expected to be ordered, so that it moves with the probabilities even if
    everybody orders exactly as before.  That is no change of the plan.
    """

    def __init__(self, plan: Plan) -> None:
        data = plan.data
        self.decision = Decision({(r.supplier, r.item): r.award for r in plan.tables.awards})
        self._risks = data.risks
        self._outcomes = outcomes_of(data).all
        self._causes = causes_of(data.risks, data.horizon)
        self._ordered: dict[str, dict[OfferKey, float]] = {o.name: {} for o in self._outcomes}
        for row in plan.tables.orders:
            found = self._ordered[row.outcome]
            offer = (row.supplier, row.item)
            found[offer] = found.get(offer, 0.0) + row.quantity

    def at(self, data: Data) -> Decision:
        """The awards with the probabilities of these data, each outcome's orders as they are.

        ``data`` differ from those of the plan only in probabilities; of a future that the plan
        knows nothing of, its expectation over the others is taken.
        """
        if data.risks == self._risks:
            return self.decision
        chances = _chances(causes_of(data.risks, data.horizon))
        weights = [o.probability * self._ratio(o, chances) for o in self._outcomes]
        whole = math.fsum(weights)
        if whole <= 0:
            return self.decision
        award: dict[OfferKey, float] = defaultdict(float)
        for outcome, weight in zip(self._outcomes, weights, strict=True):
            for offer, quantity in self._ordered[outcome.name].items():
                award[offer] += weight / whole * quantity
        return Decision({offer: quantity for offer, quantity in award.items() if quantity > 0})

    def _ratio(self, outcome: Outcome, chances: Mapping[tuple[str, Does], float]) -> float:
        """How many times as likely an outcome becomes."""
        results = dict(outcome.results)
        ratio = 1.0
        for cause in self._causes:
            result = results.get(cause.risk, NOTHING)
            for way in cause.ways:
                if way.result == result:
                    ratio *= chances.get((cause.risk, way.keys), 0.0) / way.probability
        return ratio


def _chances(causes: Iterable[Cause]) -> Mapping[tuple[str, Does], float]:
    """By risk and what happens: names of results that do the same depend on which is likelier."""
    return {(cause.risk, way.keys): way.probability for cause in causes for way in cause.ways}
