"""The tree of what is known, in the words of mpi-sppy: nodes, stages, leaves.

A stage is a stretch of periods in which nothing new becomes known; ROOT is before all of them.
Only which outcomes share the orders of a period is taken from the problem.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from models.problem import Problem

ROOT = "ROOT"
Group = tuple[str, ...]


@dataclass(frozen=True)
class Node:
    """Outcomes that cannot be told apart, and the periods whose orders they therefore share."""

    name: str
    outcomes: Group
    periods: tuple[int, ...]
    children: list[Node] = field(default_factory=list)


def tree_of(problem: Problem) -> Node:
    """The nodes at which outcomes share something, down to the last that is shared."""
    stages: list[tuple[list[Group], list[int]]] = [([tuple(problem.outcomes)], [])]
    for t in problem.horizon.numbers:
        groups = _groups(problem, t)
        if len(groups) == len(problem.outcomes):
            break
        if groups != stages[-1][0]:
            stages.append((groups, []))
        stages[-1][1].append(t)
    return _node(ROOT, stages[0][0][0], stages)


def _groups(problem: Problem, t: int) -> list[Group]:
    found: dict[str, list[str]] = {}
    for w in problem.outcomes:
        found.setdefault(problem.shares_orders.get((t, w), w), []).append(w)
    return [tuple(group) for group in found.values()]


def _node(name: str, outcomes: Group, stages: list[tuple[list[Group], list[int]]]) -> Node:
    node = Node(name, outcomes, tuple(stages[0][1]))
    if len(stages) > 1:
        parts = [group for group in stages[1][0] if set(group) <= set(outcomes)]
        node.children.extend(_node(f"{name}_{n}", part, stages[1:]) for n, part in enumerate(parts))
    return node


def in_order(node: Node) -> list[str]:
    """The outcomes in the order of the tree, those of a node side by side."""
    if not node.children:
        return list(node.outcomes)
    return [w for child in node.children for w in in_order(child)]


def names(node: Node) -> list[str] | None:
    """The names of all nodes and leaves; None for two stages, as mpi-sppy wants it."""
    return list(_names(node)) if node.children else None


def _names(node: Node) -> Iterable[str]:
    yield node.name
    for child in node.children:
        yield from _names(child)
    if not node.children:
        yield from (f"{node.name}_{n}" for n, _ in enumerate(node.outcomes))


def path(node: Node, w: str) -> list[Node]:
    """The nodes that outcome w goes through, ROOT first."""
    below = [child for child in node.children if w in child.outcomes]
    return [node, *(path(below[0], w) if below else [])]
