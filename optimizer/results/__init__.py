"""From a solution to result tables and facts."""

from optimizer.results.facts import Solved, Unavoidable
from optimizer.results.tabulate import tabulate

__all__ = ["Solved", "Unavoidable", "tabulate"]
