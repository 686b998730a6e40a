"""How much memory a process has, and how much there is.

The scheduler looks at what a process really has and ends it above its limit.  A limit that the
system itself holds (RLIMIT_AS) counts addresses instead, of which threads and libraries reserve
many that they never touch; and a solver to which memory is refused ends without an answer and does
not say that memory was the reason.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_STATM = "/proc/{}/statm"
_MEMINFO = Path("/proc/meminfo")
_GROUP = Path("/sys/fs/cgroup")


def can_be_watched() -> bool:
    """Whether this system tells how much memory a process has."""
    return resident(os.getpid()) is not None


def resident(process: int) -> int | None:
    """Bytes of memory that a process has; None where it has ended or the system does not say."""
    if sys.platform == "win32":
        return None
    try:
        with open(_STATM.format(process), "rb") as file:  # noqa: PTH123  # read often
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return None if sys.platform == "linux" else _asked(process)


def available() -> int | None:
    """Bytes that new processes can have, also by the limit of a container; None: unknown."""
    try:
        text = _MEMINFO.read_text(encoding="ascii")
    except OSError:
        return None
    (line,) = (line for line in text.splitlines() if line.startswith("MemAvailable:"))
    free = int(line.split()[1]) * 1024
    try:
        most = (_GROUP / "memory.max").read_text(encoding="ascii").strip()
        used = int((_GROUP / "memory.current").read_text(encoding="ascii"))
    except OSError:
        return free
    return free if most == "max" else min(free, max(0, int(most) - used))


def _asked(process: int) -> int | None:
    """By the system's own command, where there is no /proc."""
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return int(told) * 1024 if told.isdigit() else None
