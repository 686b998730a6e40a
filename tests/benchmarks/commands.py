"""Whole commands as processes: what they take from start to end, and how much memory at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.build import build
from optimizer.assemble import assemble
from optimizer.contract.data import Data
from optimizer.solve.arrays import Arrays
from optimizer.solve.compile import compile_model

# Linux counts in KiB, macOS in bytes.
_KIB = 1024 if sys.platform != "darwin" else 1


@dataclass(frozen=True)
class Ran:
    """A process that has ended well: seconds, peak memory in MB, and what it printed."""

    seconds: float
    peak: float
    printed: str


def run(*command: str | Path) -> Ran:
    """Run a command; AssertionError with its last words where it fails."""
    # A second pipe that nobody reads would fill, and the command would wait for ever.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        began = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=errors, text=True
        )
        assert process.stdout is not None
        with process.stdout as pipe:
            printed = pipe.read()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        assert process.returncode == 0, errors.read()[-2000:]
    return Ran(seconds, used.ru_maxrss * _KIB / 1e6, printed)


@dataclass(frozen=True)
class Planned:
    """What `diversify solve` came to."""

    ran: Ran
    objective: float
    gap: float


def solve(source: Path, folder: Path, **options: float) -> Planned:
    """`diversify solve` from the input to the workbook."""
    result, facts = folder / "out.xlsx", folder / "out.json"
    given = [part for name, value in options.items()
             for part in (f"--{name.replace('_', '-')}", f"{value:g}")]  # fmt: skip
    ran = run(sys.executable, "-m", "optimizer", "solve", source, "-o", result, "--json", facts,
              *given)  # fmt: skip
    found = json.loads(facts.read_text(encoding="utf-8"))
    return Planned(ran, found["objective"], found["gap"])


def save(data: Data, path: Path) -> Path:
    """The matrix of a workbook, for `raw`."""
    arrays = compile_model(build(assemble(data))).arrays
    np.savez(path, **{name: getattr(arrays, name) for name in Arrays.__slots__})
    return path


def raw(matrix: Path, **options: Any) -> tuple[Ran, dict[str, float]]:
    """HiGHS alone on a saved matrix, in a process of its own; what it came to, with its seconds."""
    ran = run(sys.executable, "-m", "tests.benchmarks.raw", matrix, json.dumps(options))
    return ran, json.loads(ran.printed.splitlines()[-1])
