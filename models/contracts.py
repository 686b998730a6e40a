"""Contracts: what an award lets an outcome call off, and how far beyond need may be contracted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyomo.environ import quicksum

from models.index import Index


def least_call_off_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(offer, outcome) of what is owed: with risk, where the offer delivers in full."""
    call_off = ix.problem.supply.call_off
    if len(ix.outcomes) > 1:
        for o in ix.lanes_of_offer:
            if o in call_off and call_off[o].least > 0:
                yield from ((*o, w) for w in ix.outcomes if (o, w) not in ix.excused)


def least_call_off(m: Any, k: str, i: str, w: str) -> Any:
    r"""Whatever happens, at least a share of the award is ordered; force majeure excuses.

    .. math:: called\_off_{o,w} \ge call\_off\_min_o\, award_o

    Unit: quantity over the horizon.  Not in outcomes in which the offer cannot deliver in full.
    """
    course = m.ix.decided_in(m.ix.problem.horizon.periods, w)
    return m.called_off[k, i, course] >= m.ix.problem.supply.call_off[k, i].least * m.award[k, i]


def most_call_off_index(ix: Index) -> Iterator[tuple[str, str, str]]:
    """(offer, outcome): with risk, once for every course that orders can take."""
    call_off = ix.problem.supply.call_off
    if len(ix.outcomes) > 1:
        for o in ix.lanes_of_offer:
            if o in call_off:
                yield from ((*o, w) for w in ix.courses)


def most_call_off(m: Any, k: str, i: str, w: str) -> Any:
    r"""Whatever happens, at most a share of the award is ordered.

    .. math:: called\_off_{o,w} \le call\_off\_max_o\, award_o

    Unit: quantity over the horizon.
    """
    return m.called_off[k, i, w] <= m.ix.problem.supply.call_off[k, i].most * m.award[k, i]


def overbooking_index(ix: Index) -> Iterator[str]:
    """Items with an offer that some outcome does not deliver in full."""
    if ix.problem.supply.overbooking < float("inf"):
        yield from sorted({item for _, item in ix.uncertain if item in ix.bounds.most_needed})


def overbooking(m: Any, i: str) -> Any:
    r"""Where deliveries are uncertain, no more is contracted than a little above the need.

    .. math:: \sum_{o: i(o)=i,\ \min_{t,w} \phi_{o,t,w} < 1} award_o
              \le overbooking \cdot \Big( \sum_{s,e,t} E[demand_{i,s,e,t}]
              + \sum_{n: j(n)=i} ratio_n\, max\_share_n\, E[demand_{i(n)}]
              + \sum_s \max_{t,w} cover_{i,s,t,w} \Big)

    Unit: quantity over the horizon.  What is refused is not paid for: without this a plan could
    contract many times its need and live on the part that comes.
    """
    ix = m.ix
    contracted = quicksum(m.award[o] for o in sorted(ix.uncertain) if o[1] == i)
    return contracted <= ix.problem.supply.overbooking * ix.bounds.most_needed[i]
