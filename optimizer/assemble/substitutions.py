"""Substitutions: which item may stand in for another, and at which sites."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from models.problem import SubstitutionOption
from optimizer.assemble.ground import ALL, Ground
from optimizer.contract.goods import Substitution


def substitution_options(
    ground: Ground, periods: Mapping[tuple[str, str], Collection[int]]
) -> tuple[SubstitutionOption, ...]:
    """The rows that some demand can use.

    ``periods``: (item, site) -> periods with demand.  A row with a site replaces the * row there.
    """
    rows = {(row.item, row.substitute, row.site): row for row in ground.data.substitutions}
    options = []
    for (item, substitute, site), row in sorted(rows.items()):
        if row.max_share <= 0:
            continue
        if site == ALL:
            allowed = [s for i, s in periods if i == item and (item, substitute, s) not in rows]
        else:
            allowed = [site]
        sites = tuple(
            s
            for s in sorted(allowed)
            if any(period >= row.from_period for period in periods.get((item, s), ()))
        )
        if sites:
            options.append(_option(row, sites))
    return tuple(options)


def _option(row: Substitution, sites: tuple[str, ...]) -> SubstitutionOption:
    where = "all sites" if row.site == ALL else row.site
    return SubstitutionOption(
        name=f"{row.substitute} for {row.item} at {where}",
        item=row.item,
        substitute=row.substitute,
        sites=sites,
        ratio=row.ratio,
        max_share=row.max_share,
        from_period=max(1, row.from_period),
        fixed_cost=row.fixed_cost,
        unit_cost=row.unit_cost,
    )
