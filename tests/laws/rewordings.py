"""Changes of Risks that say the same, or nothing, in other rows."""

from __future__ import annotations

import dataclasses

from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect
from tests.laws.names import ALL

NOTHING_CHANGES = (
    RiskEffect(risk="calm", result="neutral", probability=0.5, scope="all"),
    RiskEffect(risk="calm", result="never", probability=0.0, scope="all", deliverable=0.0),
    RiskEffect(risk="calm", result="after", probability=0.2, scope="all", from_period=99,
               deliverable=0.0),
    RiskEffect(risk="calm", result="before", probability=0.1, scope="all", from_period=-9,
               to_period=-1, demand_factor=2.0),
)  # fmt: skip
"""A risk of which nothing comes, however it goes."""


def with_neutral_risk(data: Data) -> Data:
    """The data with a risk that changes nothing."""
    return dataclasses.replace(data, risks=(*data.risks, *NOTHING_CHANGES))


def with_results_halved(data: Data) -> Data:
    """Every result split into two of the same effects and half the chance."""
    halves = tuple(
        dataclasses.replace(
            row,
            result=f"{row.result}{half}",
            probability=None if row.probability is None else row.probability / 2,
        )
        for row in data.risks
        for half in (" again", "")
    )
    return dataclasses.replace(data, risks=halves)


def with_results_told_twice(data: Data) -> Data:
    """Every result split, and told in other rows in one half: whole scopes as all suppliers."""
    rows: list[RiskEffect] = []
    for row in data.risks:
        chance = None if row.probability is None else row.probability / 2
        rows.append(dataclasses.replace(row, probability=chance))
        again = dataclasses.replace(row, probability=chance, result=f"{row.result} again")
        if row.target == ALL and row.scope in ("all", "item", "country"):
            rows.append(dataclasses.replace(again, scope="supplier", demand_factor=1.0))
            again = RiskEffect(
                risk=row.risk,
                result=again.result,
                scope="all",
                from_period=row.from_period,
                to_period=row.to_period,
                demand_factor=row.demand_factor,
            )
        rows.append(again)
    return dataclasses.replace(data, risks=tuple(rows))
