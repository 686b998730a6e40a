"""Random rules: every metric, dimension, member and filter, and always a plan that keeps them.

Buying nothing keeps every hard rule but a least quantity or spend, so those carry a penalty.
"""

from __future__ import annotations

from hypothesis import strategies as st

from optimizer.contract.policy import Rule
from tests.laws.case import Case
from tests.laws.names import STAGES, amount, one_of, share, some_of, sometimes

DIMENSIONS = ("supplier", "group", "country", "region", "licence")


def rules(case: Case, most: int = 3) -> None:
    """Some rules."""
    case.tables["rules"] = [
        rule(case, f"R{number}") for number in range(case.draw(st.integers(1, most)))
    ]


def rule(case: Case, name: str) -> Rule:
    """One rule."""
    draw = case.draw
    stages = [s for s in STAGES if any(row.stage == s for row in case.tables.get("upstream", ()))]
    licensed = bool(case.tables.get("licences"))
    dimensions = [d for d in DIMENSIONS if licensed or d != "licence"]
    dimension = one_of(draw, (*dimensions, *stages))
    metrics = ["share", "quantity", "spend_share", "spend", "count", "risk"]
    if dimension != "licence":
        metrics.append("hhi")
    metric = one_of(draw, metrics)
    sense = one_of(draw, ("max", "min")) if metric not in ("hhi", "risk") else "max"
    absolute = metric in ("quantity", "spend")
    members = _members(case, dimension) if metric not in ("hhi", "risk") else []
    soft = metric != "hhi" and (sometimes(draw) or (absolute and sense == "min"))
    elements = sorted({row.element for row in case.tables.get("composition", ())})
    weighed = metric not in ("spend", "spend_share")
    return Rule(
        rule=name,
        dimension=dimension,
        member=tuple(some_of(draw, members)),
        metric=metric,
        sense=sense,
        limit=_limit(case, metric),
        item=one_of(draw, (None, *case.items)),
        family=one_of(draw, (None, None, "magnets")),
        element=one_of(draw, (None, None, *elements)) if weighed else None,
        site=one_of(draw, (None, None, *case.sites)),
        licensed=one_of(draw, (None, None, True, False)) if licensed else None,
        per_item=sometimes(draw),
        counts_from=one_of(draw, (0.05, 0.3, 1.0)),
        penalty=one_of(draw, _penalties(metric)) if soft else None,
    )


def _limit(case: Case, metric: str) -> float:
    draw = case.draw
    match metric:
        case "share" | "spend_share":
            return share(draw)
        case "quantity":
            return amount(draw, 0, 400, 20)
        case "spend":
            return amount(draw, 0, 4000, 200)
        case "count":
            return amount(draw, 0, 4)
        case "hhi":
            return amount(draw, 2600, 10000, 200)
        case _:
            return amount(draw, 0, 10)


def _penalties(metric: str) -> tuple[float, ...]:
    """Per unit of the metric: at times worth paying, at times not."""
    if metric in ("quantity", "spend"):
        return (0.1, 2.0, 100.0)
    return (50.0, 1000.0, 100000.0)


def _members(case: Case, dimension: str) -> list[str]:
    match dimension:
        case "supplier":
            return list(case.suppliers)
        case "group":
            groups = {row.group or row.supplier for row in case.tables["suppliers"]}
            return sorted(groups)
        case "region":
            return sorted({row.region or row.country for row in case.tables["countries"]})
        case "licence":
            return [row.licence for row in case.tables["licences"]]
        case _:
            return list(case.countries)
