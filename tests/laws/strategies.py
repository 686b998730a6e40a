"""Random small workbooks that always have a plan."""

from __future__ import annotations

from hypothesis import strategies as st

from optimizer.contract.data import Data
from tests.laws.case import Case, Feature, frame
from tests.laws.features import FEATURES
from tests.laws.names import Draw
from tests.laws.rules import rules

EVERYTHING = frozenset(Feature)


@st.composite
def workbooks(
    draw: Draw,
    allowed: frozenset[Feature] = EVERYTHING,
    always: frozenset[Feature] = frozenset(),
) -> Data:
    """Data with some of the allowed features and all of those that are always wanted."""
    return filled(draw, allowed, always).data()


def filled(draw: Draw, allowed: frozenset[Feature], always: frozenset[Feature]) -> Case:
    """A case with its features; rules come last, because they are about everything else."""
    case = frame(draw, allowed)
    wanted = case.features | always
    for feature, fill in FEATURES.items():
        if feature in wanted:
            fill(case)
    if Feature.RULES in wanted:
        rules(case)
    return case
