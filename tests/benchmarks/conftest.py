"""Collects the figures of a run of the benchmarks and prints them as one table at its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.benchmarks.scoreboard import Score, table

_SCORES = pytest.StashKey[list[Score]]()


@pytest.fixture
def score(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Callable[[Score], None]:
    """Put a figure on the table, and say it at once: a run that is ended early has said it too."""
    scores = request.config.stash.setdefault(_SCORES, [])

    def put(one: Score) -> None:
        scores.append(one)
        with capsys.disabled():
            print(f"\n{one.line}", flush=True)

    return put


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    scores = config.stash.get(_SCORES, [])
    if scores:
        terminalreporter.section("benchmarks")
        terminalreporter.write_line(table(scores))
