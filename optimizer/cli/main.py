"""The group of commands.

Only click and the data contract are loaded here; each command loads what it works with when it
runs, so that help and ``contract`` answer at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from optimizer.cli.alternatives import alternatives
from optimizer.cli.batch import batch
from optimizer.cli.check import check
from optimizer.cli.compare import compare
from optimizer.cli.contract import contract
from optimizer.cli.decompose import decompose
from optimizer.cli.errors import Interruptible
from optimizer.cli.evaluate import evaluate
from optimizer.cli.explain import explain
from optimizer.cli.frontier import frontier
from optimizer.cli.sensitivity import sensitivity
from optimizer.cli.solve import solve
from optimizer.cli.stress import stress
from optimizer.cli.template import template

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Interruptible, context_settings=CONTEXT)
@click.version_option(package_name="supplier-diversification-optimizer", prog_name="diversify")
def main() -> None:
    """From a workbook of quotes to a purchasing plan that does not hang on one source.

    IN is an .xlsx workbook or a folder with one TABLE.csv per table. `diversify template` writes
    a workbook to begin with.

    Exit status: 0 done; 1 the input has errors; 2 wrong usage, or an output that cannot be
    written; 3 no plan keeps every rule; 4 a limit was hit before any plan; 5 some jobs of a batch
    have no plan.
    """
    # A name that the encoding of a pipe or an old console lacks must not end a solve.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


for command in (
    template,
    check,
    solve,
    stress,
    sensitivity,
    compare,
    frontier,
    evaluate,
    explain,
    alternatives,
    decompose,
    batch,
    contract,
):
    main.add_command(command)
