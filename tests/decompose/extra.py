"""The extra: tests that need it are left out without it, but not where it is required."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def need_extra() -> None:
    if os.environ.get("DECOMPOSE") != "required":
        pytest.importorskip("mpisppy")
        pytest.importorskip("mpi4py")
        if mpiexec() is None:
            pytest.skip("make decompose installs mpiexec")


def mpiexec() -> str | None:
    return shutil.which("mpiexec", path=str(Path(sys.executable).parent)) or shutil.which("mpiexec")


def on_two(*arguments: str | Path, count: int = 2) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments on MPI processes that share the work."""
    command = [mpiexec() or "mpiexec", "-n", str(count), sys.executable, *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
