"""Corners of a need, and the face before a point that is no mixture of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.solve.arrays import Bools, Floats
from optimizer.solve.mixture import corners, face_before

THIRD = 1 / 3


def of(*sources: tuple[float, float], always: tuple[bool, ...] | None = None) -> Floats:
    """The corners of sources with these (least, most), as shares of the need."""
    least, most = np.array(sources).T
    sure = np.zeros(len(sources), dtype=np.bool_) if always is None else np.array(always)
    return corners(least, most, sure)


def listed(found: Floats) -> set[tuple[float, ...]]:
    rows = [tuple(float(x) for x in np.round(row, 9) + 0.0) for row in found]
    assert len(set(rows)) == len(rows)
    return set(rows)


def rounded(*rows: tuple[float, ...]) -> set[tuple[float, ...]]:
    return {tuple(round(x, 9) for x in row) for row in rows}


# --- corners ------------------------------------------------------------------------------------


def test_one_source_that_never_covers_the_need() -> None:
    # yes, brought, spare
    assert listed(of((0.2, 0.6))) == {(0, 0, 1), (1, 0.2, 0.8), (1, 0.6, 0.4)}


def test_one_source_that_covers_more_than_the_need() -> None:
    assert listed(of((0.2, 1.5))) == {(0, 0, 1), (1, 0.2, 0.8), (1, 1, 0), (1, 1.5, 0)}


def test_one_source_whose_least_is_more_than_the_need() -> None:
    assert listed(of((1.2, 1.5))) == {(0, 0, 1), (1, 1.2, 0), (1, 1.5, 0)}


def test_one_source_that_needs_no_yes() -> None:
    assert listed(of((0.0, 0.6), always=(True,))) == {(1, 0, 1), (1, 0.6, 0.4)}


def test_two_sources_of_two_thirds_each() -> None:
    # yes, yes, brought, brought, spare
    most = 2 * THIRD
    assert listed(of((0, most), (0, most))) == rounded(
        (0, 0, 0, 0, 1),
        (1, 0, 0, 0, 1),
        (0, 1, 0, 0, 1),
        (1, 1, 0, 0, 1),
        (1, 0, most, 0, THIRD),
        (1, 1, most, 0, THIRD),
        (0, 1, 0, most, THIRD),
        (1, 1, 0, most, THIRD),
        (1, 1, most, most, 0),
        (1, 1, most, THIRD, 0),
        (1, 1, THIRD, most, 0),
    )


# --- faces --------------------------------------------------------------------------------------


def test_half_a_yes_brings_no_whole_need() -> None:
    # The source could bring twice the need, so the relaxation is content with half a yes.  The
    # face is yes + spare >= 1: at the point 0.5, at the middle of the corners (0.75, 0.75, 0.5)
    # 1.25, so that a third of the way is left when it is reached.
    face = face_before(of((0, 2)), np.array([0.5, 1.0, 0.0]))
    assert face is not None
    assert face.depth == pytest.approx(2 * THIRD)
    assert face.coefficients / face.coefficients[0] == pytest.approx([1, 0, 1], abs=1e-9)
    assert face.least / face.coefficients[0] == pytest.approx(1, abs=1e-5)


def test_two_thirds_of_a_yes_bring_no_less_than_their_least() -> None:
    face = face_before(of((0.5, 0.8)), np.array([0.6, 0.2, 0.8]))
    assert face is not None
    assert face.coefficients @ np.array([0.6, 0.3, 0.7]) >= face.least  # half of 0.6: a mixture
    assert face.coefficients @ np.array([0.6, 0.2, 0.8]) < face.least


@pytest.mark.parametrize(
    "point",
    [(0.5, 0.5, 0.5), (0.5, 0.5, 0.9), (1.0, 2.0, 0.0), (0.0, 0.0, 1.0), (0.75, 0.75, 0.5)],
    ids=["half a yes", "and more spare", "a corner", "nothing", "the middle"],
)
def test_a_mixture_has_no_face(point: tuple[float, ...]) -> None:
    assert face_before(of((0, 2)), np.array(point)) is None


@st.composite
def polytopes(draw: st.DrawFn) -> tuple[Floats, Bools]:
    """Corners of one to four sources, and which of these need no yes."""
    share = st.sampled_from((0.0, 0.1, 0.3, 0.5, 0.7, 1.0, 1.4, 3.0))
    count = draw(st.integers(1, 4))
    ends = [sorted((draw(share), draw(share))) for _ in range(count)]
    always = np.array([draw(st.booleans()) for _ in range(count)])
    low, high = np.array(ends).T
    low = np.where(always, 0.0, low)
    return corners(low, high, always), always


QUICK = settings(max_examples=60, deadline=None, derandomize=True, database=None)
part = st.floats(0, 1)


@QUICK
@given(polytopes(), st.data())
def test_a_face_holds_at_all_corners_and_cuts_off_the_point(
    made: tuple[Floats, Bools], data: st.DataObject
) -> None:
    found, always = made
    yes = [1.0 if sure else data.draw(part) for sure in always]
    brought = [data.draw(st.floats(0, 2)) for _ in always]
    point = np.array([*yes, *brought, data.draw(part)])
    face = face_before(found, point)
    if face is None:
        # A mixture brings no more than is there, and enough.
        assert sum(brought) + point[-1] >= 1.0 - 1e-5
        return
    assert (found @ face.coefficients >= face.least).all()
    assert face.coefficients[-1] >= 0.0  # and at all points with more spare
    assert face.coefficients @ point < face.least
    assert 0.0 < face.depth <= 1.0 + 1e-9


@QUICK
@given(polytopes(), st.data())
def test_no_mixture_has_a_face(made: tuple[Floats, Bools], data: st.DataObject) -> None:
    found, _ = made
    picked = data.draw(st.lists(st.integers(0, len(found) - 1), min_size=1, max_size=5))
    weights = np.array([data.draw(st.floats(0.1, 1)) for _ in picked])
    point = weights @ found[picked] / weights.sum()
    point[-1] += data.draw(part)
    assert face_before(found, point) is None
