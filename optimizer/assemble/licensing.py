"""Which offers need which export licence, and what goods that came under it may not be used for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.problem import FREE, OfferKey
from optimizer.assemble.ground import Ground
from optimizer.assemble.origins import Origins
from optimizer.contract.policy import Licence

_ROUNDING = 1e-12
"""1 - (shares known) misses the unknown share by less than this."""


def class_name(licences: Iterable[str]) -> str:
    """The stock class of goods that came under these licences."""
    return "; ".join(sorted(set(licences))) or FREE


def stock_classes(sets: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Stock class -> its licences, for the sets of licences that occur."""
    named = {class_name(licences): tuple(sorted(set(licences))) for licences in sets}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def bans(ground: Ground, classes: Mapping[str, tuple[str, ...]]) -> Mapping[str, frozenset[str]]:
    """Stock class -> the end uses that one of its licences bans, where there are any."""
    banned = {row.licence: frozenset(row.banned_end_uses) for row in ground.data.licences}
    unions = {
        name: frozenset[str]().union(*(banned[licence] for licence in licences))
        for name, licences in classes.items()
    }
    return {name: uses for name, uses in unions.items() if uses}


def licences_of(ground: Ground, origins: Origins) -> Mapping[OfferKey, tuple[str, ...]]:
    """The licences of every source: of each row of Offers, active or not, and of open orders.

    Where Offers says which, those; else they are derived from Composition and Upstream.
    """
    given = {(row.supplier, row.item): row.licences for row in ground.data.offers}
    ordered = {(row.supplier, row.item) for row in ground.data.open_orders}
    controlled = _controlled(ground)
    reached: dict[tuple[str, str, str], bool] = {}
    sources = {}
    for source in sorted(given.keys() | ordered):
        named = given.get(source)
        if named is not None:
            sources[source] = tuple(sorted(set(named)))
            continue
        supplier, item = source
        needed = []
        for licence, elements in controlled.get(item, ()):
            for element in elements:
                key = (supplier, licence.licence, element)
                if key not in reached:
                    reached[key] = _reaches(ground, origins, licence, supplier, element)
            if any(reached[supplier, licence.licence, element] for element in elements):
                needed.append(licence.licence)
        sources[source] = tuple(sorted(needed))
    return sources


def _controlled(ground: Ground) -> dict[str, list[tuple[Licence, tuple[str, ...]]]]:
    """Item -> licences it is controlled under, each with the elements that it holds too much of."""
    found: dict[str, list[tuple[Licence, tuple[str, ...]]]] = {}
    for item, mass in ground.mass.items():
        for licence in ground.data.licences:
            over = tuple(e for e in licence.elements if mass.get(e, 0.0) > licence.threshold)
            if over:
                found.setdefault(item, []).append((licence, over))
    return found


def _reaches(
    ground: Ground, origins: Origins, licence: Licence, supplier: str, element: str
) -> bool:
    """Whether the licence reaches goods of the supplier that hold too much of the element."""
    if ground.suppliers[supplier].country == licence.country:
        return True
    if licence.reach != "content":
        return False
    worst = ground.settings.unknown_origin == "worst"
    for stage in origins.elements:
        drawn = origins.drawn(supplier, stage, element).get(licence.country, 0.0)
        if worst:
            drawn += origins.unknown(supplier, stage, element)
        if drawn > 0 and drawn >= licence.content_share - _ROUNDING:
            return True
    return False
