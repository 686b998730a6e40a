"""The command line: one file per command."""

import sys

try:
    from optimizer.cli.main import main
except KeyboardInterrupt:
    # Ctrl-C while Python still loads: what says so and knows the status is not there yet.
    sys.stderr.write("Error: Stopped.\n")
    raise SystemExit(130) from None

__all__ = ["main"]
