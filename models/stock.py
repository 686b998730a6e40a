"""Stock: what comes in and goes out of every shelf, where it fits and how much is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.index import Index, entry
from models.sums import total, weighted


def stock_index(ix: Index) -> Iterator[tuple[str, str, str, int, str]]:
    """(item, site, class, period, outcome) of every shelf."""
    for shelf in ix.shelves:
        for t in ix.problem.horizon.numbers:
            for w in ix.outcomes:
                yield *shelf, t, w


def stock_balance(m: Any, i: str, s: str, g: str, t: int, w: str) -> Any:
    r"""What was there, plus what arrives, less what is used, is there at the end of the period.

    .. math:: stock_{t-1} + open_t + \sum_{(l,t'): a(l,t',w) = t} \phi_{o(l),t',w}\, order_{l,t',w}
              = \sum_e issue_{e,t} + \sum_{n,e} replace_{n,e,t} + stock_t

    Unit: quantity, for each item, site, pool of licence classes (g) and outcome.
    """
    ix = m.ix
    shelf = (i, s, g)
    here = (shelf, t, w)
    there = ix.open_orders.get((*shelf, t, w), 0.0)
    coming = [(one.share, m.order[one.order]) for one in ix.arrivals.get(here, ())]
    if t > 1:
        coming.append((1.0, m.stock[i, s, g, t - 1, w]))
    else:
        there += ix.opening.get(shelf, 0.0)
    used = [m.issue[i, s, g, e, t, w] for e in ix.issues_from.get(here, ())]
    used += [m.replace[n, s, g, e, t, w] for n, e in ix.replacements_from.get(here, ())]
    return there + weighted(coming) == total([*used, m.stock[i, s, g, t, w]])


def storage_index(ix: Index) -> Iterator[tuple[str, int, str]]:
    """Sites with a limited storage that stock can reach."""
    stocked = {s for _, s, _ in ix.shelves}
    for s in sorted(ix.problem.holdings.storage):
        if s in stocked:
            for t in ix.problem.horizon.numbers:
                for w in ix.outcomes:
                    yield s, t, w


def storage(m: Any, s: str, t: int, w: str) -> Any:
    r"""All stock of a site fits into its storage; what does not is kept elsewhere, at a cost.

    .. math:: \sum_{i,g} stock_{i,s,g,t,w} \le S_s + overflow_{s,t,w}

    Unit: quantity at the end of the period.  No overflow where it has no cost.
    """
    kept = total(m.stock[(*shelf, t, w)] for shelf in m.ix.shelves if shelf[1] == s)
    beyond = entry(m.overflow, (s, t, w), 0.0)
    return kept <= m.ix.problem.holdings.storage[s] + beyond


def overflow_index(ix: Index) -> Iterator[tuple[str, int, str]]:
    """Sites where stock beyond the storage is allowed."""
    for s, t, w in storage_index(ix):
        if s in ix.problem.holdings.overflow_cost:
            yield s, t, w


def minimum_cover_index(ix: Index) -> Iterator[tuple[str, str, int, str]]:
    """Items and sites with a target of least stock."""
    yield from sorted(key for key, want in ix.problem.holdings.min_cover.items() if want > 0)


def on_shelf(m: Any, i: str, s: str, t: int, w: str) -> Any:
    """Stock of an item at a site, all classes together."""
    return total(m.stock[i, s, g, t, w] for g in m.ix.classes_at.get((i, s), ()))


def minimum_cover(m: Any, i: str, s: str, t: int, w: str) -> Any:
    r"""Stock covers the coming demand for so many days; what is missing is paid for.

    .. math:: \sum_g stock_{i,s,g,t,w} + cover\_under_{i,s,t,w} \ge L_{i,s,t,w}

    Unit: quantity at the end of the period.
    """
    want = m.ix.problem.holdings.min_cover[i, s, t, w]
    return on_shelf(m, i, s, t, w) + m.cover_under[i, s, t, w] >= want


def maximum_cover_index(ix: Index) -> Iterator[tuple[str, str, int, str]]:
    """Items and sites with a target of most stock."""
    yield from sorted(
        key for key in ix.problem.holdings.max_cover if (key[0], key[1]) in ix.classes_at
    )


def maximum_cover(m: Any, i: str, s: str, t: int, w: str) -> Any:
    r"""Stock covers the coming demand for no more than so many days; what is above is paid for.

    .. math:: \sum_g stock_{i,s,g,t,w} - cover\_over_{i,s,t,w} \le U_{i,s,t,w}

    Unit: quantity at the end of the period.
    """
    want = m.ix.problem.holdings.max_cover[i, s, t, w]
    return on_shelf(m, i, s, t, w) - m.cover_over[i, s, t, w] <= want
