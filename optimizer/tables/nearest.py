"""The nearest valid name to a name that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from optimizer.tables.grid import tidy


def fold(text: str) -> str:
    """What two spellings of one name have in common: spaces and case do not count."""
    return unicodedata.normalize("NFKC", tidy(text)).casefold()


def nearest(text: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known name that is most like a text, or "" if none is."""
    by_fold = {fold(name): name for name in known}
    found = get_close_matches(fold(text), by_fold, n=1, cutoff=likeness)
    return by_fold[found[0]] if found else ""


def did_you_mean(text: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """``Did you mean X? `` with a space after it, or nothing."""
    name = nearest(text, known, likeness)
    return f"Did you mean {name}? " if name else ""


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names as a list for a sentence, cut after a few."""
    every = list(names)
    text = ", ".join(every[:most])
    return f"{text} and {len(every) - most} more" if len(every) > most else text
