"""Expected errors as messages and exit status; never as a stack trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

INPUT_ERRORS = 1
USAGE = 2
INFEASIBLE = 3
LIMIT = 4
SOME_FAILED = 5
FAULT = 70
INTERRUPTED = 130


@contextmanager
def explained() -> Iterator[None]:
    """Turn the errors that the work inside may end with into a message and an exit status."""
    from optimizer import api
    from optimizer.cli.findings import show_findings

    try:
        yield
    except api.InputErrors as error:
        show_findings(error.findings, err=True)
        click.echo("Nothing was solved and nothing was written.", err=True)
        raise click.exceptions.Exit(INPUT_ERRORS) from error
    except api.OutputError as error:
        raise _ended(str(error), USAGE) from error
    except api.QuestionError as error:
        raise _ended(str(error), USAGE) from error
    except api.InfeasibleError as error:
        raise _ended(f"{error}\nNothing was written.", INFEASIBLE) from error
    except api.LimitError as error:
        raise _ended(f"{error}\nNothing was written.", LIMIT) from error
    except (api.SolverError, api.VerificationError) as error:
        raise _ended(f"{error}\nNothing was written.", FAULT) from error


class Interruptible(click.Group):
    """A group whose commands end with a status of their own when they are stopped by Ctrl-C."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise _ended("Stopped.", INTERRUPTED) from error


def _ended(message: str, status: int) -> click.exceptions.Exit:
    click.echo(f"Error: {message}", err=True)
    return click.exceptions.Exit(status)
