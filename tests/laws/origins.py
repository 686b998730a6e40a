"""Where goods come from and what that asks for: composition, stages upstream, licences."""

from __future__ import annotations

import math

from optimizer.contract.goods import Content
from optimizer.contract.policy import Licence
from optimizer.contract.supply import Origin
from tests.laws.case import Case
from tests.laws.names import (
    ALL,
    ELEMENTS,
    LICENCES,
    STAGES,
    amount,
    one_of,
    share,
    some_of,
    sometimes,
)


def licences(case: Case) -> None:
    """Licences with bans, paperwork and quotas; on what the items hold, or named by offers."""
    draw = case.draw
    _composition(case)
    case.settings["unknown_origin"] = one_of(draw, ("worst", "ignore"))
    case.tables["licences"] = [
        Licence(
            licence=name,
            country=one_of(draw, case.countries),
            elements=tuple(some_of(draw, _elements(case))),
            threshold=one_of(draw, (0.0, 0.1)),
            reach=name,
            content_share=one_of(draw, (0.001, 0.0, 0.5)),
            banned_end_uses=tuple(some_of(draw, _end_uses(case))),
            order_cost=amount(draw, 0, 100, 50),
            quota=case.yearly(amount(draw, 0, 200, 40)) if sometimes(draw) else math.inf,
        )
        for name in LICENCES
    ]
    for number, _ in enumerate(case.offers):
        named = one_of(draw, (None, (), LICENCES[:1], LICENCES))
        case.change("offers", number, licences=named)


def upstream(case: Case) -> None:
    """Where stages are done, in part unknown."""
    draw = case.draw
    _composition(case)
    rows: dict[tuple[str, str, str, str], Origin] = {}
    for supplier in case.suppliers:
        for stage in some_of(draw, STAGES):
            element = one_of(draw, (ALL, *_elements(case)))
            left = 1.0
            for country in some_of(draw, case.countries):
                part = round(min(left, share(draw, 1, 10)), 1)
                left = round(left - part, 1)
                if part > 0:
                    rows[supplier, stage, element, country] = Origin(
                        supplier=supplier,
                        stage=stage,
                        element=element,
                        country=country,
                        share=part,
                    )
    case.tables["upstream"] = list(rows.values())


def _composition(case: Case) -> None:
    if "composition" in case.tables:
        return
    rows = [
        Content(item=item, element=element, mass_share=share(case.draw, 1, 4))
        for item in case.items
        for element in some_of(case.draw, ELEMENTS)
    ]
    case.tables["composition"] = rows


def _elements(case: Case) -> list[str]:
    return sorted({row.element for row in case.tables.get("composition", ())})


def _end_uses(case: Case) -> list[str]:
    return sorted({row.end_use for row in case.tables["demand"]})
