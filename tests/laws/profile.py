"""How many random cases a law is tried on.

The default run is quick and always the same.  With LAWS=thorough in the environment every law is
tried on many more cases, and on other ones each time, and a counterexample is made small, which
takes minutes.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

THOROUGH = os.environ.get("LAWS") == "thorough"
TIMES = 25


def examples(quick: int) -> settings:
    """Settings for a law that is tried on so many cases in the default run."""
    return settings(
        max_examples=quick * TIMES if THOROUGH else quick,
        derandomize=not THOROUGH,
        deadline=None,
        database=None,
        phases=tuple(Phase) if THOROUGH else (Phase.explicit, Phase.generate),
        print_blob=THOROUGH,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
