"""The extra [crosscheck] is locked as everything else is."""

from __future__ import annotations

import pytest

from tests.locks import check_complete, check_declared


def test_the_lock_satisfies_the_extra_and_names_no_place() -> None:
    check_declared("crosscheck")


def test_the_two_locks_together_have_all_that_it_needs() -> None:
    pytest.importorskip("mpisppy", reason="make crosscheck installs mpi-sppy")
    check_complete("crosscheck")
