"""Random risks: every scope, several results, and what plans may do about them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from optimizer.contract.policy import RiskEffect
from tests.laws.case import Case
from tests.laws.names import ALL, DAYS, LICENCES, STAGES, amount, one_of, share, sometimes

RESULTS = ("slow", "refused", "freeze")


def risks(case: Case) -> None:
    """Risks, contracts that leave room for them, and open orders that they reach."""
    draw = case.draw
    case.settings.update(
        reveal_days=float(one_of(draw, (0.0, 0.5, 1.0, 2.0, 9.0))) * DAYS[case.period],
        call_off_min=one_of(draw, (0.5, 0.0, 1.0)),
        call_off_max=one_of(draw, (1.5, 1.0, 4.0)),
        overbooking=one_of(draw, (1.2, 1.0, 3.0)),
        risk_measure=one_of(draw, ("expected", "cvar", "worst_case")),
        cvar_level=one_of(draw, (0.9, 0.5, 0.0, 1.0)),
        risk_weight=share(draw),
        late_orders=one_of(draw, ("exact", "pro_rata")),
        unknown_origin=one_of(draw, ("worst", "ignore")),
    )
    for number, _ in enumerate(case.offers):
        if sometimes(draw):
            case.change(
                "offers",
                number,
                call_off_min=one_of(draw, (None, 0.0, 0.8)),
                call_off_max=one_of(draw, (None, 1.0, 2.0)),
            )
    for number, _ in enumerate(case.tables.get("open_orders", ())):
        case.change("open_orders", number, secured=sometimes(draw))
    case.tables["risks"] = [
        row for number in range(draw(st.integers(1, 3))) for row in _risk(case, f"W{number}")
    ]


def sample(case: Case) -> None:
    """Fewer outcomes than there are combinations of results."""
    case.settings["max_outcomes"] = case.draw(st.integers(1, 4))
    case.settings["seed"] = case.draw(st.integers(0, 3))


def _risk(case: Case, risk: str) -> Iterator[RiskEffect]:
    """The results of a risk, at most certain together; each says its chance on its first row."""
    draw, left = case.draw, 10
    for result in RESULTS[: draw(st.integers(1, 2))]:
        chance = draw(st.integers(0, left))
        left -= chance
        keys: set[tuple[object, ...]] = set()
        for _ in range(draw(st.integers(1, 2))):
            row = effect(case, risk=risk, result=result)
            key = (row.scope, row.target, row.from_period, row.to_period)
            if key not in keys:
                yield row if keys else dataclasses.replace(row, probability=chance / 10)
                keys.add(key)


def effect(case: Case, **named: Any) -> RiskEffect:
    """One effect.  Prices stay above zero whatever comes together, discounts taken off."""
    draw = case.draw
    scope, target = one_of(draw, _reached(case)), ALL
    if scope != "all" and not sometimes(draw):
        target = one_of(draw, _targets(case, scope))
    begins = draw(st.integers(-1, case.horizon))
    numbers: dict[str, Any] = {"price_add": one_of(draw, (0.0, 5.0, -0.05))}
    if scope != "element":
        numbers |= {
            "deliverable": one_of(draw, (1.0, 0.0, 0.5, 0.1)),
            "delay_days": case.days(),
            "price_factor": one_of(draw, (1.0, 0.95, 1.5)),
        }
    if scope in ("item", "all"):
        numbers["demand_factor"] = one_of(draw, (1.0, 0.0, 0.5, 1.5))
    return RiskEffect(
        scope=scope,
        target=target,
        from_period=begins,
        to_period=begins + int(amount(draw, 0, 2)) if sometimes(draw) else None,
        **numbers,
        **named,
    )


def _reached(case: Case) -> list[str]:
    """The scopes that mean something in the case."""
    there = {"licence": "licences", "stage": "upstream", "element": "composition"}
    scopes = [scope for scope, table in there.items() if case.tables.get(table)]
    return ["supplier", "country", "item", "all", *scopes]


def _targets(case: Case, scope: str) -> list[str]:
    match scope:
        case "supplier":
            return list(case.suppliers)
        case "country":
            return list(case.countries)
        case "item":
            return list(case.items)
        case "licence":
            return list(LICENCES)
        case "element":
            return sorted({row.element for row in case.tables["composition"]})
        case _:
            known = {row.stage for row in case.tables["upstream"]}
            stages = [stage for stage in STAGES if stage in known]
            return [f"{stage}:{country}" for stage in stages for country in (*case.countries, ALL)]
