"""Who may know what when, as the tree of nodes that mpi-sppy asks for.

A stage is a stretch of periods within which nothing becomes known; the first node is before all of
them.  Outcomes in one node share the orders of its periods.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.order_index import OrderIndex, grouped

ROOT = "ROOT"


@dataclass(frozen=True, slots=True)
class Node:
    """``leader``: the outcome under whose name a model keeps the orders of these ``periods``."""

    name: str
    leader: str
    outcomes: tuple[str, ...]
    periods: tuple[int, ...]
    below: tuple[Node, ...] = ()


def tree(ix: OrderIndex) -> Node:
    """The nodes at which outcomes share something, down to the last stage at which any do."""
    everybody = tuple(ix.outcomes)
    stages: list[tuple[dict[str, list[str]], list[int]]] = [({everybody[0]: list(everybody)}, [])]
    for t in ix.problem.horizon.numbers:
        sharing = grouped((ix.decided_in(t, w), w) for w in everybody)
        if len(sharing) == len(everybody):
            break
        if sharing != stages[-1][0]:
            stages.append((sharing, []))
        stages[-1][1].append(t)
    return _node(ROOT, everybody[0], stages)


def _node(name: str, leader: str, stages: list[tuple[dict[str, list[str]], list[int]]]) -> Node:
    sharing, periods = stages[0]
    inside = sharing[leader]
    later = [] if len(stages) == 1 else [one for one in stages[1][0] if one in inside]
    below = (_node(f"{name}_{n}", one, stages[1:]) for n, one in enumerate(later))
    return Node(name, leader, tuple(inside), tuple(periods), tuple(below))


def path(node: Node, w: str) -> tuple[Node, ...]:
    """The nodes that outcome w passes, the first of all first."""
    below = (path(child, w) for child in node.below if w in child.outcomes)
    return (node, *next(below, ()))


def last(node: Node) -> tuple[str, ...]:
    """The outcomes, those of a node side by side."""
    if not node.below:
        return node.outcomes
    return tuple(w for child in node.below for w in last(child))


def node_names(node: Node) -> list[str] | None:
    """Names of nodes and leaves; None where there is one node, as mpi-sppy wants it."""
    return list(_names(node)) if node.below else None


def _names(node: Node) -> Iterator[str]:
    yield node.name
    for child in node.below:
        yield from _names(child)
    if not node.below:
        yield from (f"{node.name}_{n}" for n in range(len(node.outcomes)))
