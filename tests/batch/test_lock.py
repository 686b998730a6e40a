"""The extra [cluster] is locked as everything else is."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tests.locks import check_complete, check_declared


def test_the_lock_satisfies_the_extra_and_names_no_place() -> None:
    check_declared("cluster")


@pytest.mark.skipif(find_spec("distributed") is None, reason="make cluster installs distributed")
def test_the_two_locks_together_have_all_that_it_needs() -> None:
    check_complete("cluster")
