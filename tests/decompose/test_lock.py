"""The extra [decompose] is locked as everything else is, on top of [crosscheck]."""

from __future__ import annotations

from tests.locks import check_declared


def test_the_three_locks_satisfy_the_extra() -> None:
    check_declared("decompose", "crosscheck")
