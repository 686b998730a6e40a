"""Functions that run in processes of their own, and what can go wrong in them."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path

from optimizer.contract.findings import Finding, InputErrors, Severity

FINDING = Finding("out-of-range", Severity.ERROR, "Offers", "C3", "too low", "Raise it.", "-1")


def double(number: float) -> float:
    print("this is not part of the result")
    return 2 * number


def process_id() -> int:
    return os.getpid()


def hang(told: Path) -> None:
    told.write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def obey(told: Path) -> str:
    try:
        hang(told)
    except KeyboardInterrupt:
        return "best so far"
    return "done"


def leave() -> None:
    os._exit(7)


def exit_politely() -> None:
    sys.exit(3)


def crash() -> None:
    ctypes.string_at(0)


def out_of_memory() -> None:
    raise MemoryError


def grow(told: Path) -> None:
    told.write_text(str(os.getpid()), encoding="utf-8")
    held = []
    while True:
        held.append(b"x" * 2**22)
        time.sleep(0.002)


def complain(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
    os._exit(1)


def wrong_input() -> None:
    raise InputErrors((FINDING,))


def impossible() -> None:
    from optimizer.api.errors import InfeasibleError  # slow to import, and only here

    raise InfeasibleError("No plan.", ("Raise a cap.",))


class UnsendableError(Exception):
    def __init__(self) -> None:
        super().__init__("has a lock")
        self.lock = open(os.devnull)  # noqa: SIM115, PTH123


def unsendable_error() -> None:
    raise UnsendableError


def unsendable_result() -> object:
    return lambda: 1


def large(length: int) -> bytes:
    return b"x" * length


def length_of(content: bytes) -> int:
    return len(content)
