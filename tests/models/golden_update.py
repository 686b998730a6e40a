"""Write the golden rows anew: python -m tests.models.golden_update, then read the difference."""

from __future__ import annotations

from tests.models.case import GOLDEN, golden_path, rows_of
from tests.models.cases import CASES


def update() -> None:
    """Write the file of every case and drop files that no case has."""
    GOLDEN.mkdir(exist_ok=True)
    kept = set()
    for case in CASES:
        path = golden_path(case)
        path.write_text(rows_of(case), encoding="utf-8")
        kept.add(path)
    for path in set(GOLDEN.glob("*.lp")) - kept:
        path.unlink()


if __name__ == "__main__":
    update()
