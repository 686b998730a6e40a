"""The plan made without risk beside the plan: its facts, and what it costs by outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optimizer.contract.plan import WithoutRisk


@dataclass(frozen=True, slots=True)
class Comparison:
    """The plan without risk, carried into the outcomes.

    ``cost`` and ``shortage``: by outcome; empty where it cannot be carried out.
    """

    facts: WithoutRisk
    cost: Mapping[str, float] = field(default_factory=dict)
    shortage: Mapping[str, float] = field(default_factory=dict)
