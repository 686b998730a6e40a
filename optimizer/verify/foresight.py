"""Nobody acts on what is not known yet; the table Tree says what is known when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.risk_results import TreeRow
from optimizer.verify.case import Case
from optimizer.verify.flows import LaneKey
from optimizer.verify.known import Group
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, same, words

Together = frozenset[frozenset[str]]


def check_foresight(case: Case) -> Iterator[Violation]:
    """Orders are equal, lane by lane, in outcomes that nothing known by then tells apart."""
    ordered: defaultdict[tuple[int, LaneKey], dict[str, float]] = defaultdict(dict)
    for order in case.flows.orders:
        of_lane = ordered[order.row.period, order.lane_key]
        outcome = order.row.outcome
        of_lane[outcome] = of_lane.get(outcome, 0.0) + order.row.quantity
    for (period, lane), quantities in ordered.items():
        for group in case.knowledge.groups.get(period, ()):
            yield from _alike(case, period, lane, group, quantities)


def check_tree(case: Case) -> Iterator[Violation]:
    """In every period, the outcomes that Tree shows together are those nobody can tell apart.

    A plan with one outcome needs no tree.
    """
    rows = {id(row): _members(case, row.outcomes) for row in case.tables.tree}
    for row in case.tables.tree:
        yield from _row(case, row, rows[id(row)])
    if len(case.worlds) == 1 and not rows:
        return
    before: tuple[Together, Together] | None = None
    for period in case.clock.periods:
        due = frozenset(frozenset(g.outcomes) for g in case.knowledge.groups[period])
        latest: dict[str, TreeRow] = {}
        for row in sorted(case.tables.tree, key=lambda row: row.period):
            if row.period <= period:
                latest.update(dict.fromkeys(rows[id(row)], row))
        shown: defaultdict[int, set[str]] = defaultdict(set)
        for outcome, row in latest.items():
            shown[id(row)].add(outcome)
        stands = frozenset(frozenset(names) for names in shown.values())
        if due != stands and (due, stands) != before:  # said once, not for every period after it
            place = f"from {case.clock.name(period)}"
            yield words(Check.TREE, place, _text(due), _text(stands))
        before = (due, stands)


def _alike(
    case: Case, period: int, lane: LaneKey, group: Group, quantities: dict[str, float]
) -> Iterator[Violation]:
    amounts = [(quantities.get(outcome, 0.0), outcome) for outcome in group.outcomes]
    least, most = min(amounts), max(amounts)
    supplier, item, site, mode = lane
    place = (
        f"{item} of {supplier} to {site} by {mode} in {case.clock.name(period)}, "
        f"outcomes {least[1]} and {most[1]}"
    )
    yield from same(Check.FORESIGHT, place, least[0], most[0], case.tolerance.quantity)


def _row(case: Case, row: TreeRow, members: tuple[str, ...]) -> Iterator[Violation]:
    place = f"group {row.group} from {case.clock.name(row.period)}"
    if "; ".join(members) != row.outcomes:
        yield words(Check.TREE, f"{place}: outcomes", "outcomes of the plan", row.outcomes)
    probability = sum(case.worlds[name].probability for name in members)
    where = f"{place}: probability"
    yield from same(Check.TREE, where, probability, row.probability, unit(1.0))
    groups = case.knowledge.groups.get(row.period, ())
    known = [e for g in groups if set(g.outcomes) & set(members) for e in g.known]
    if known and not row.known:
        yield words(Check.TREE, f"{place}: known", "what is known", "nothing")


def _members(case: Case, text: str) -> tuple[str, ...]:
    """The outcomes of a row, as far as their names can be read; the longest name first."""
    names = sorted(case.worlds, key=len, reverse=True)
    found = []
    while text:
        name = next((n for n in names if text == n or text.startswith(f"{n}; ")), None)
        if name is None:
            break
        found.append(name)
        text = text[len(name) + 2 :]
    return tuple(found)


def _text(groups: Together) -> str:
    return " | ".join(sorted("; ".join(sorted(group)) for group in groups)) or "nothing"
