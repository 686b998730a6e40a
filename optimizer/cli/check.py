"""``diversify check``"""

from __future__ import annotations

from pathlib import Path

import click

from optimizer.cli.errors import INPUT_ERRORS, explained
from optimizer.cli.screen import printable


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--annotate",
    "target",
    metavar="OUT.xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a copy that marks the cells and lists the findings.",
)
@click.pass_context
def check(context: click.Context, source: Path, target: Path | None) -> None:
    """Say everything that is wrong or doubtful in IN, and read its rules back in words."""
    from optimizer import api
    from optimizer.cli.findings import show_findings

    with explained():
        if target is not None:
            api.annotate(source, target)
        found = api.check(source)
        show_findings(found.findings)
        _sentences("Rules:", found.rules)
        _sentences("Risks:", found.risks)
        if target is not None:
            click.echo(f"Annotated copy: {target}")
    if found.has_errors:
        context.exit(INPUT_ERRORS)


def _sentences(title: str, sentences: tuple[str, ...]) -> None:
    if sentences:
        click.echo(f"\n{title}")
    for sentence in sentences:
        click.echo(f"  {printable(sentence)}")
