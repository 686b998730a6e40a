"""How one unit of an offer counts on a dimension: for whom, and how much is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.verify.case import Case

DIMENSIONS = ("supplier", "group", "country", "region", "licence")
"""Every other dimension is a stage of Upstream."""

UNKNOWN_SCORE = 10.0
"""Risk score of an unknown origin, and of a country without one."""


@dataclass(frozen=True, slots=True)
class Split:
    """What one unit adds: in all, to each member, to unknown, and risk score x amount.

    In weight, in mass of elements, or (spend) as shares of one.
    """

    whole: float
    members: Mapping[str, float]
    unknown: float
    scored: float


def split_of(
    case: Case, dimension: str, supplier: str, item: str, element: str | None, *, spend: bool
) -> Split | None:
    """How one unit counts; None: it does not (outside the stage, or nothing of the element)."""
    if dimension not in DIMENSIONS:
        return _stage(case, dimension, supplier, item, element, spend)
    whole = 1.0
    if not spend:
        whole = case.weight(item) * _element_mass(case, item, element)
    if whole == 0:
        return None
    members = dict.fromkeys(_members(case, dimension, supplier, item), whole)
    return Split(whole, members, 0.0, whole * score(case, case.sources.country(supplier)))


def score(case: Case, country: str) -> float:
    """Risk score of a country; blank is unknown."""
    row = case.sources.countries.get(country)
    if row is None or row.risk_score is None:
        return UNKNOWN_SCORE
    return row.risk_score


def item_whole(case: Case, dimension: str, item: str, element: str | None) -> float:
    """Weight of one unit on a dimension, whoever delivers it; 0: it does not count."""
    if dimension in DIMENSIONS:
        return case.weight(item) * _element_mass(case, item, element)
    return case.weight(item) * sum(_masses(case, dimension, item, element).values())


def _element_mass(case: Case, item: str, element: str | None) -> float:
    if element is None:
        return 1.0
    return case.origins.contents.get(item, {}).get(element, 0.0)


def _masses(case: Case, stage: str, item: str, element: str | None) -> Mapping[str, float]:
    masses = case.origins.masses(item, stage)
    if element is None:
        return masses
    return {element: masses[element]} if element in masses else {}


def _members(case: Case, dimension: str, supplier: str, item: str) -> list[str]:
    row = case.sources.suppliers[supplier]
    if dimension == "supplier":
        return [supplier]
    if dimension == "group":
        return [row.group or supplier]
    if dimension == "country":
        return [row.country]
    if dimension == "region":
        country = case.sources.countries.get(row.country)
        return [(country.region if country else None) or row.country]
    return sorted(case.licensing.of(supplier, item))


def _stage(
    case: Case, stage: str, supplier: str, item: str, element: str | None, spend: bool
) -> Split | None:
    masses = _masses(case, stage, item, element)
    total = sum(masses.values())
    if total == 0:
        return None
    whole = 1.0 if spend else case.weight(item) * total
    members: defaultdict[str, float] = defaultdict(float)
    unknown = 0.0
    for name, mass in masses.items():
        part = whole * mass / total
        for country, share in case.origins.shares(supplier, stage, name).items():
            if share > 0:
                members[country] += part * share
        unknown += part * case.origins.unknown(supplier, stage, name)
    scored = sum(score(case, c) * amount for c, amount in members.items())
    return Split(whole, members, unknown, scored + UNKNOWN_SCORE * unknown)
