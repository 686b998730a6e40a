"""What an item is needed for at most, and which offers may not deliver: grounds of overbooking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from models.problem import OfferKey, Problem, SubstitutionOption


def uncertain_offers(problem: Problem) -> set[OfferKey]:
    """Offers that some outcome does not deliver in full, in some period."""
    return {o for (o, _, _), share in problem.supply.deliverable.items() if share < 1}


def most_needed(problem: Problem) -> Mapping[str, float]:
    """Item -> expected demand, also of what it may replace, and its largest cover targets (unit).

    The cover of a site is the largest of its periods and outcomes.
    """
    need: dict[str, float] = defaultdict(float)
    stands_in: dict[tuple[str, str], list[SubstitutionOption]] = defaultdict(list)
    for option in problem.substitutions:
        for site in option.sites:
            stands_in[option.item, site].append(option)
    for ((item, site, _), t, w), quantity in problem.needs.demand.items():
        expected = problem.outcomes[w] * quantity
        need[item] += expected
        for option in stands_in.get((item, site), ()):
            if t >= option.from_period:
                need[option.substitute] += option.ratio * option.max_share * expected
    cover: dict[tuple[str, str], float] = defaultdict(float)
    for (item, site, _, _), target in problem.holdings.min_cover.items():
        cover[item, site] = max(cover[item, site], target)
    for (item, _), target in cover.items():
        need[item] += target
    return need
