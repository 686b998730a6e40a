"""From the typed tables to the mathematics: where the words of both meet."""

from optimizer.assemble.assembly import assemble

__all__ = ["assemble"]
