"""The live formulas of the Summary: each adds up or looks up what stands on another sheet."""

from __future__ import annotations

from collections.abc import Mapping

from optimizer.contract.plan import Plan
from optimizer.report.figures import Share, probabilities
from optimizer.report.page import Formula
from optimizer.report.places import Place, can_be_matched, literal
from optimizer.report.tabled import Tabled


def expected_column(places: Mapping[str, Place], column: str, attribute: str = "outcomes") -> str:
    """A column of Outcomes, or of another table with probabilities, weighted with them."""
    futures = places[attribute]
    if futures.empty:
        return "0"
    (part,) = futures.parts
    return f"SUMPRODUCT({futures.area(part, 'probability')},{futures.area(part, column)})"


def expected_sum(
    places: Mapping[str, Place], attribute: str, column: str, plan: Tabled, **criteria: str
) -> str:
    """The expected sum of a column; "" if the names of the outcomes cannot be matched."""
    futures = places["outcomes"]
    if futures.empty or not can_be_matched(tuple(probabilities(plan))):
        return ""
    (part,) = futures.parts
    sums = places[attribute].sum_if(column, outcome=futures.area(part, "outcome"), **criteria)
    return f"SUMPRODUCT({futures.area(part, 'probability')},{sums})"


def component_sum(
    places: Mapping[str, Place], plan: Plan, component: str, stored: float
) -> Formula | float:
    """The expected amount of a cost component, from Orders or Charges."""
    if component == "landed":
        formula = expected_sum(places, "orders", "cost", plan)
    else:
        formula = expected_sum(places, "charges", "amount", plan, component=literal(component))
    return Formula(formula, stored) if formula else stored


def hhi(places: Mapping[str, Place], dimension: str) -> str:
    """The HHI of a dimension, in points, from the shares of Mix."""
    (part,) = places["mix"].parts
    inside = f"({places['mix'].area(part, 'dimension')}={literal(dimension)})"
    return f"10000*SUMPRODUCT({inside}*{places['mix'].area(part, 'share')}^2)"


def share(places: Mapping[str, Place], measured: Share) -> str:
    """A share: what its rule measures, or where there is no rule its row of Mix."""
    if measured.rule:
        return places["rule_check"].look_up(
            "actual", rule=measured.rule, member=measured.member, item=""
        )
    return places["mix"].look_up("share", dimension=measured.dimension, member=measured.member)
