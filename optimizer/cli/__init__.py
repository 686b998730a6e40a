"""The command line: one file per command."""

from optimizer.cli.main import main

__all__ = ["main"]
