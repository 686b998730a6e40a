"""Random small workbooks that always have a plan."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from optimizer.contract.data import Data
from tests.laws.case import Case, Feature, frame
from tests.laws.features import FEATURES
from tests.laws.names import Draw
from tests.laws.rules import rules

EVERYTHING = frozenset(Feature) - {Feature.SAMPLE}
CERTAIN = EVERYTHING - {Feature.RISKS}


@st.composite
def workbooks(
    draw: Draw,
    allowed: frozenset[Feature] = CERTAIN,
    always: frozenset[Feature] = frozenset(),
) -> Data:
    """Data with some of the allowed features and all of those that are always wanted."""
    return filled(draw, allowed, always).data()


def risky(
    without: frozenset[Feature] = frozenset(), always: frozenset[Feature] = frozenset()
) -> st.SearchStrategy[Data]:
    """Data with risks, and some of the other features."""
    return workbooks(EVERYTHING - without, always | {Feature.RISKS})


def filled(draw: Draw, allowed: frozenset[Feature], always: frozenset[Feature]) -> Case:
    """A case with its features; risks and rules come last: they are about everything else."""
    case = frame(draw, allowed)
    wanted = case.features | always
    for feature, fill in FEATURES.items():
        if feature in wanted:
            fill(case)
    if Feature.RULES in wanted:
        rules(case)
    return case


def with_settings(data: Data, **changes: Any) -> Data:
    """The data with other settings."""
    return dataclasses.replace(data, settings=dataclasses.replace(data.settings, **changes))
