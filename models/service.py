"""Service: how every demand is met, with which goods, late or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.index import Index, entry
from models.problem import SubstitutionOption
from models.sums import total, weighted


def need_index(ix: Index) -> Iterator[tuple[str, str, str, int, str]]:
    """(item, site, end use, period, outcome) of every demand that is balanced."""
    for need, t, w in ix.needs:
        yield *need, t, w


def issue_index(ix: Index) -> Iterator[tuple[str, str, str, str, int, str]]:
    """(item, site, class, end use, period, outcome): only classes that the end use allows."""
    for (i, s, e), g, t, w in ix.issues:
        yield i, s, g, e, t, w


def shortage_index(ix: Index) -> Iterator[tuple[str, str, str, int, str]]:
    """Demand that may stay unmet: none where shortage is forbidden."""
    if not ix.problem.needs.forbid_shortage:
        yield from need_index(ix)


def late_index(ix: Index) -> Iterator[tuple[str, str, str, int, str]]:
    """Demand of items that may be met late; not after T where shortage is forbidden."""
    needs, last = ix.problem.needs, ix.problem.horizon.periods
    for i, s, e, t, w in need_index(ix):
        if i in needs.backlog_cost and not (needs.forbid_shortage and t == last):
            yield i, s, e, t, w


def demand_balance(m: Any, i: str, s: str, e: str, t: int, w: str) -> Any:
    r"""Every demand is met, met by a substitute, owed, or lost.

    .. math:: \sum_g issue_{g,t} + \sum_{n,g} replace_{n,g,t} / ratio_n + shortage_t + late_t
              = demand_t + late_{t-1}

    Unit: quantity, for each item, site, end use and outcome.
    """
    ix, need = m.ix, (i, s, e)
    ratio = ix.ratio_of
    met = [m.issue[i, s, g, e, t, w] for g in ix.classes_for[need]]
    replaced = weighted(
        (1 / ratio[n], m.replace[n, s, g, e, t, w])
        for n, g in ix.replacements_for.get((need, t, w), ())
    )
    key, before = (i, s, e, t, w), (i, s, e, t - 1, w)
    met += [unmet[key] for unmet in (m.shortage, m.late) if key in unmet]
    owed_before = entry(m.late, before, 0.0)
    wanted = ix.problem.needs.demand.get((need, t, w), 0.0)
    return total(met) + replaced == wanted + owed_before


def substitution_share_index(ix: Index) -> Iterator[tuple[str, str, str, int, str]]:
    """(substitution, site, end use, period, outcome) of every demand that may be substituted."""
    seen = {(n, s, e, t, w): None for n, s, _, e, t, w in ix.replacements}
    yield from seen


def substitution_share(m: Any, n: str, s: str, e: str, t: int, w: str) -> Any:
    r"""At most a share of each demand is met by a substitute, and nothing unless it was prepared.

    .. math:: \sum_g replace_{n,s,g,e,t,w} / ratio_n
              \le max\_share_n\, demand_{i(n),s,e,t,w}\, substitution\_used_n

    Unit: quantity of the item that is asked for, per period.
    """
    ix = m.ix
    option: SubstitutionOption = ix.option_of[n]
    replaced = weighted(
        (1 / option.ratio, m.replace[n, s, g, e, t, w])
        for g in ix.classes_at[option.substitute, s]
        if ix.may_serve(g, e)
    )
    demand = ix.problem.needs.demand[(option.item, s, e), t, w]
    yes = entry(m.substitution_used, n, 1.0)
    return replaced <= option.max_share * demand * yes
