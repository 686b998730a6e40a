"""HiGHS alone on a saved matrix.

python -m tests.benchmarks.raw MATRIX.npz '{"option": value}'
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from optimizer.solve import engine
from optimizer.solve.arrays import Arrays


def main() -> None:
    """Load, run with the options, and print objective, gap and seconds of the run."""
    with np.load(sys.argv[1]) as saved:
        arrays = Arrays(**{name: saved[name] for name in Arrays.__slots__})
    highs = engine.load(arrays, relaxed=False)
    engine.set_options(highs, **json.loads(sys.argv[2]))
    began = time.monotonic()
    highs.run()
    seconds = time.monotonic() - began
    info = highs.getInfo()
    objective = info.objective_function_value
    mixed = bool(arrays.integer.any())
    gap = (objective - info.mip_dual_bound) / abs(objective) if mixed else 0.0
    print(json.dumps({"objective": objective, "gap": gap, "seconds": seconds}))


if __name__ == "__main__":
    main()
