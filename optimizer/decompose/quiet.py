"""Without the lines that mpi-sppy prints as it is loaded and as it goes."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """While inside, what Python prints to standard output goes nowhere."""
    with contextlib.redirect_stdout(io.StringIO()):
        yield
