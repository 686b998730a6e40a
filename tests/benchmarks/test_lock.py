"""The extra [bench] is locked as everything else is."""

from __future__ import annotations

import pytest

from tests.locks import check_complete, check_declared, locked


def test_the_lock_satisfies_the_extra_and_names_no_place() -> None:
    check_declared("bench")


def test_what_two_extras_need_is_locked_alike() -> None:
    ours, theirs = locked("bench"), locked("cluster")
    both = ours.keys() & theirs.keys()
    assert both
    assert {name: ours[name] for name in both} == {name: theirs[name] for name in both}


def test_the_two_locks_together_have_all_that_it_needs() -> None:
    pytest.importorskip("linopy", reason="make bench installs linopy")
    check_complete("bench")
