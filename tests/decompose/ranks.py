"""Started by mpiexec: plans for random workbooks, one line of JSON for each from the first process.

python -m tests.decompose.ranks SEED:MEASURE ...
"""

from __future__ import annotations

import json
import sys

from mpi4py import MPI

from optimizer.decompose.run import decompose
from tests.crosscheck.cases import workbook

GAP = 0.005


def main(asked: list[str]) -> None:
    for one in asked:
        seed, measure = one.split(":")
        data = workbook(int(seed), with_rules=True, measure=measure)
        plan = decompose(data, gap=GAP, threads=1, iterations=1)
        if plan is None:
            continue
        facts = plan.facts
        said = {
            "case": one,
            "objective": facts.objective,
            "bound": facts.bound,
            "gap": facts.gap,
            "status": facts.status,
            "awards": plan.awards.to_csv(),
        }
        sys.stderr.write(json.dumps(said) + "\n")
    MPI.COMM_WORLD.Barrier()


if __name__ == "__main__":
    main(sys.argv[1:])
