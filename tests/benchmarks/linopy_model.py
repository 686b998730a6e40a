"""The large linear programs of the registry once more, in linopy: what a vectorising library takes.

One outcome and what `large-lp` has of the formulation: no yes or no, one stock class, one end use,
no cover, storage or substitutes.  Whether it is the same program is for the tests to say.
"""

from __future__ import annotations

from typing import Any

import linopy
import numpy as np
import pandas as pd

from tests.benchmarks.problem_tables import Tables


def linopy_model(tables: Tables) -> linopy.Model:
    """The rows, columns and costs of `models.build`, put together sparsely, all at once."""
    with linopy.options as options:
        options(semantics="v1")
        return _Written(tables).model


class _Written:
    """The program, block by block; every variable has one flat dimension."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.model = tables, linopy.Model(sparse=True)
        self.order = self.variable("order", "order", len(tables.orders))
        self.lane_volume = self.variable("lane_volume", "lane", len(tables.lanes))
        self.totals()
        self.flows()
        for name, orders in tables.capacities.items():
            self.capacity(name, orders)
        self.shares()

    def variable(self, name: str, dim: str, size: int) -> Any:
        coords = [pd.RangeIndex(size, name=dim)]
        return self.model.add_variables(lower=0, coords=coords, name=name)

    def totals(self) -> None:
        """Orders, awards and volumes of offers and lanes."""
        lanes, orders = self.tables.lanes, self.tables.orders
        many = int(lanes["offer"].max()) + 1
        called_off, award, volume = (
            self.variable(name, "offer", many) for name in ("called_off", "award", "volume")
        )
        rows = self.model.add_constraints
        rows(called_off - by(self.order, orders["offer"]) == 0, name="called_off")
        rows(award - called_off == 0, name="award")
        rows(self.lane_volume - by(self.order, orders["lane"]) == 0, name="lane_volume")
        rows(volume - by(self.lane_volume, lanes["offer"]) == 0, name="volume")

    def flows(self) -> None:
        """Stock and demand, and what everything costs."""
        places, orders = self.tables.places, self.tables.orders
        stock, issue, shortage = (
            self.variable(name, "place", len(places)) for name in ("stock", "issue", "shortage")
        )
        every = {"place": stock.indexes["place"]}
        first = places["t"] == 1
        there = stock.shift(place=1).where(~first.to_numpy()).fillna(0)
        came = by(self.order, orders["place"]).reindex(every).fillna(0)
        rows = self.model.add_constraints
        rows(there + came - issue - stock == -places["opening"].rename_axis("place"), name="stock")
        rows(issue + shortage == places["demand"].rename_axis("place"), name="demand")
        self.model.add_objective(
            (self.order * orders["cost"].to_numpy()).sum()
            + (stock * places["holding"].to_numpy()).sum()
            + (shortage * places["lost"].to_numpy()).sum()
        )

    def capacity(self, name: str, orders: pd.DataFrame) -> None:
        """What is ordered of those that can make so much in a period."""
        ordered = by(spread(self.order, orders["order"], "term"), orders["row"])
        most = orders.groupby("row")["capacity"].first()
        self.model.add_constraints(ordered <= most, name=name)

    def shares(self) -> None:
        """Rules: each group of members gets at most a share of the scope's total."""
        tables = self.tables
        total = self.variable("scope_total", "scope", len(tables.limits["scope"].unique()))
        volume = self.variable("member_volume", "member", len(tables.limits))
        rows = self.model.add_constraints
        rows(total - self.measured(tables.scopes, "scope") == 0, name="scope_total")
        rows(volume - self.measured(tables.members, "member") == 0, name="member_volume")
        whole = spread(total, tables.limits["scope"], "member") * tables.limits["limit"].to_numpy()
        rows(volume - whole <= 0, name="limit_of_group")

    def measured(self, terms: pd.DataFrame, dim: str) -> Any:
        """Weighted sums of lane volumes."""
        volumes = spread(self.lane_volume, terms["lane"], "term")
        return by(volumes * terms["weight"].to_numpy(), terms[dim])


def by(terms: Any, groups: pd.Series) -> Any:
    """The sum of terms by group."""
    (dim,) = terms.indexes
    return (1 * terms).groupby(groups.rename_axis(dim)).sum()


def spread(variable: Any, at: pd.Series, dim: str) -> Any:
    """The variable at these places, along a dimension of its own."""
    (own,) = variable.indexes
    chosen = variable.isel({own: np.asarray(at)}).rename({own: dim})
    return chosen.assign_coords({dim: pd.RangeIndex(len(at))})
