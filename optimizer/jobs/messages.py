"""What a job's process sends: whole messages, each with its length in front.

A message that is cut short, because its process died, is no message.
"""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from typing import Any

_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Returned:
    """The function returned this."""

    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The function raised something: in a line, and with where it came from."""

    error: str
    trace: str


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception in its parts, for its own ``__init__`` may want something else than ``args``."""

    kind: type[Exception]
    arguments: tuple[Any, ...]
    state: dict[str, Any]

    @classmethod
    def of(cls, error: Exception) -> Raised:
        """The parts of an exception."""
        return cls(type(error), error.args, dict(vars(error)))

    def exception(self) -> Exception:
        """The exception again, without where it came from."""
        made: Exception = self.kind.__new__(self.kind, *self.arguments)
        made.args = self.arguments
        vars(made).update(self.state)
        return made


def pack(content: object) -> bytes:
    """A message that is known to be readable again; raises whatever speaks against it."""
    body = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    pickle.loads(body)
    return len(body).to_bytes(_LENGTH, "big") + body


def unpack(stream: bytes) -> list[Any]:
    """Every whole message of a stream."""
    found, place = [], 0
    while place + _LENGTH <= len(stream):
        begin = place + _LENGTH
        place = begin + int.from_bytes(stream[place:begin], "big")
        if place <= len(stream):
            found.append(pickle.loads(memoryview(stream)[begin:place]))
    return found


def read_one(descriptor: int) -> Any:
    """The next message, and not a byte more; EOFError if there is none."""
    length = int.from_bytes(_exactly(descriptor, _LENGTH), "big")
    return pickle.loads(_exactly(descriptor, length))


def _exactly(descriptor: int, length: int) -> bytes:
    parts, missing = [], length
    while missing:
        part = os.read(descriptor, min(missing, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
