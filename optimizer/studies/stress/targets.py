"""What may stop: countries, suppliers, licences, and the countries in which a stage is done."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from optimizer.assemble.ground import Ground, ground_of
from optimizer.assemble.licensing import licences_of
from optimizer.assemble.origins import origins_of
from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect


class Kind(Enum):
    """What can stop; the values are the scopes of Risks."""

    COUNTRY = "country"
    SUPPLIER = "supplier"
    LICENCE = "licence"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that may stop.  ``target``: as in Risks, of a stage ``refining:CN``."""

    kind: Kind
    target: str
    name: str


def targets_of(data: Data) -> tuple[Target, ...]:
    """Everything that may stop: only what an active offer or an open order comes from.

    By kind, then by name; a stage counts with the countries that Upstream names for its suppliers.
    """
    ground = ground_of(data)
    licences = licences_of(ground, origins_of(ground))
    sources = {*ground.offers, *((row.supplier, row.item) for row in data.open_orders)}
    suppliers = sorted({supplier for supplier, _ in sources})
    stages = {
        (row.stage, row.country)
        for row in data.upstream
        if row.share > 0 and row.supplier in set(suppliers)
    }
    return (
        *_countries(ground, {ground.suppliers[supplier].country for supplier in suppliers}),
        *(Target(Kind.SUPPLIER, k, ground.suppliers[k].name or k) for k in suppliers),
        *(Target(Kind.LICENCE, x, x) for x in sorted({x for s in sources for x in licences[s]})),
        *(
            Target(Kind.STAGE, f"{stage}:{country}", f"{stage} in {_name(ground, country)}")
            for stage, country in sorted(stages)
        ),
    )


def without_risks(data: Data) -> Data:
    """The data of a world in which nothing happens."""
    return dataclasses.replace(data, risks=())


def stopped(data: Data, target: Target, duration: int | None) -> Data:
    """The data of the one world in which a target delivers nothing for so many periods, or ever.

    What is under way from it does not come either, whether it is secured against risks or not.
    """
    effect = RiskEffect(
        risk="stop",
        result="stop",
        probability=1.0,
        scope=target.kind.value,
        target=target.target,
        to_period=duration,
        deliverable=0.0,
    )
    return dataclasses.replace(
        data,
        risks=(effect,),
        open_orders=tuple(dataclasses.replace(row, secured=False) for row in data.open_orders),
    )


def _countries(ground: Ground, names: Iterable[str]) -> Iterable[Target]:
    return (Target(Kind.COUNTRY, name, _name(ground, name)) for name in sorted(names))


def _name(ground: Ground, country: str) -> str:
    row = ground.countries.get(country)
    return country if row is None or row.name is None else row.name
