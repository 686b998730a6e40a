"""Plans that cost little more than the best, each with the least of something people care about.

What is bought elsewhere than today is counted against today's split: the shares of an item's
baseline, scaled to what the best plan buys of it.  So it is no move to buy more because more is
needed, and of an item that nobody has today nothing is moved.

No alternative is short of more than the best plan, expected or in the worst outcome, but the one
that is best at that: with less in the worst outcome, more can be expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from models.measures import MADE_IN, MOVED, SUPPLIERS, WORST_SHORTAGE, MeasureKey, Traits
from models.problem import OfferKey
from optimizer.contract.choice_results import AlternativeAward, AlternativeRow, AlternativeShare
from optimizer.contract.data import Data
from optimizer.contract.plan import Plan
from optimizer.contract.study import Study, StudyTables
from optimizer.results.amounts import summed
from optimizer.studies.alternatives import words
from optimizer.studies.alternatives.near_best import Nearby, ceiling_of, least
from optimizer.studies.alternatives.near_model import NearModel
from optimizer.studies.alternatives.plans import Choice, Traced, awards_of, same_awards, trace
from optimizer.studies.evaluate.today import shares_today
from optimizer.studies.optimum import Optimum

BEST = "best plan"


def traits_of(data: Data) -> Traits:
    """What the measures look at, of every country with a supplier."""
    return Traits(
        weight={item.item: item.weight for item in data.items},
        country={one.supplier: one.country for one in data.suppliers},
        countries=tuple(sorted({one.country for one in data.suppliers})),
        moving=frozenset(item for _, item in shares_today(data)),
    )


def alternatives(
    model: NearModel,
    data: Data,
    best: Optimum,
    within: float,
    countries: Sequence[str],
    table: Callable[[Optimum], Plan],
    seconds: Callable[[], float],
) -> Study:
    """The best plan and the others within a ceiling, side by side.

    within: by what share of its cost a plan may be dearer than the best plan; countries: of which
    as little as possible is to be bought, that with the largest share in the best plan where none
    is named; table: from what was found to a plan that was checked; seconds: since the call.
    """
    best_plan = table(best)
    today = _today(data, best_plan)
    assert best.answer.result.values is not None
    model.compare_with(best.answer.result.values, today)
    first = trace(best_plan, today)
    named = tuple(dict.fromkeys(countries)) or _largest(first)
    ceiling = ceiling_of(best, within)
    choices: list[Choice] = []
    for measure in _asked(named, moving=bool(shares_today(data))):
        name = _name(measure, len(best_plan.tables.outcomes))
        found = None
        if not model.stop.is_set():
            nearby = least(model, measure, best, ceiling)
            traced = first if nearby.same else trace(table(nearby.plan), today)
            found = nearby, traced
        choices.append(Choice(name, measure, found, _like(found, first, choices)))
    asked = words.Asked(data, within, ceiling - best.objective, named)
    return Study(
        question="alternatives",
        data=data,
        answer=words.answer(asked, first, choices),
        sentences=words.sentences(asked, first, choices),
        attention=words.attention(asked, first, choices),
        figures=words.figures(asked, first, choices),
        seconds=seconds(),
        tables=StudyTables(
            alternatives=_rows(asked, first, choices),
            alternative_shares=_share_rows(first, choices),
            alternative_awards=_award_rows(first, choices),
        ),
    )


def _asked(countries: Iterable[str], moving: bool) -> list[MeasureKey]:
    from_countries = [(MADE_IN, country) for country in countries]
    moved = [(MOVED, "")] if moving else []
    return [(SUPPLIERS, ""), *from_countries, *moved, (WORST_SHORTAGE, "")]


def _name(measure: MeasureKey, outcomes: int) -> str:
    worst = "least shortage in the worst outcome" if outcomes > 1 else "least shortage"
    return {
        SUPPLIERS: "fewest suppliers",
        MADE_IN: f"least from {measure[1]}",
        MOVED: "fewest moves from today",
        WORST_SHORTAGE: worst,
    }[measure[0]]


def _today(data: Data, best: Plan) -> Mapping[OfferKey, float]:
    bought = summed((row.item, row.award) for row in best.tables.awards)
    shares = shares_today(data)
    return {offer: share * bought.get(offer[1], 0.0) for offer, share in shares.items()}


def _largest(best: Traced) -> tuple[str, ...]:
    """The country with the largest share; none where nothing is bought."""
    ranked = sorted(best.made.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(country for country, weight in ranked[:1] if weight > 0)


def _like(found: tuple[Nearby, Traced] | None, best: Traced, before: Sequence[Choice]) -> str:
    """The first plan before this one with the same awards; "" if there is none."""
    if found is None or found[0].same:
        return ""
    earlier = [(BEST, best)]
    earlier += [(one.name, one.found[1]) for one in before if one.found and not one.found[0].same]
    for name, other in earlier:
        if same_awards(other.plan, found[1].plan):
            return name
    return ""


def _rows(
    asked: words.Asked, best: Traced, choices: Sequence[Choice]
) -> tuple[AlternativeRow, ...]:
    rows = [_row(asked, BEST, best.plan.facts.status, best, best)]
    for one in choices:
        if one.found is None:
            rows.append(AlternativeRow(plan=one.name, status="none", note=words.NOT_LOOKED_FOR))
            continue
        nearby, traced = one.found
        rows.append(
            _row(
                asked,
                one.name,
                nearby.ended.value,
                traced,
                best,
                reached=traced.of(one.measure),
                at_best=min(nearby.bound, traced.of(one.measure)),
                note=words.note(one, best),
            )
        )
    return tuple(rows)


def _row(
    asked: words.Asked,
    name: str,
    status: str,
    traced: Traced,
    best: Traced,
    *,
    reached: float | None = None,
    at_best: float | None = None,
    note: str = "",
) -> AlternativeRow:
    facts = traced.plan.facts
    country = asked.countries[0] if asked.countries else ""
    return AlternativeRow(
        plan=name,
        status=status,
        cost=facts.objective,
        bound=facts.bound,
        over_best=words.over(traced, best),
        suppliers=float(traced.suppliers),
        country=country,
        country_share=traced.share.get(country, 0.0) if country else None,
        moved=traced.moved,
        worst_shortage=traced.worst_shortage,
        shortage=facts.shortage,
        cash_cost=facts.cash_cost,
        penalty_cost=facts.penalty_cost,
        reached=reached,
        at_best=at_best,
        note=note,
    )


def _plans(best: Traced, choices: Sequence[Choice]) -> list[tuple[str, Traced]]:
    return [(BEST, best), *((one.name, one.found[1]) for one in choices if one.found)]


def _share_rows(best: Traced, choices: Sequence[Choice]) -> tuple[AlternativeShare, ...]:
    plans = _plans(best, choices)
    total = summed(pair for _, traced in plans for pair in traced.made.items())
    countries = sorted((c for c in total if total[c] > 0), key=lambda c: (-total[c], c))
    return tuple(
        AlternativeShare(
            plan=name,
            country=country,
            weight=traced.made.get(country, 0.0),
            share=traced.share.get(country, 0.0),
            over_best=traced.share.get(country, 0.0) - best.share.get(country, 0.0),
        )
        for name, traced in plans
        for country in countries
    )


def _award_rows(best: Traced, choices: Sequence[Choice]) -> tuple[AlternativeAward, ...]:
    of_best = awards_of(best.plan)
    country = {one.supplier: one.country for one in best.plan.data.suppliers}
    rows = []
    for name, traced in _plans(best, choices):
        awards = awards_of(traced.plan)
        for offer in (*awards, *(o for o in of_best if o not in awards)):
            rows.append(
                AlternativeAward(
                    plan=name,
                    supplier=offer[0],
                    country=country[offer[0]],
                    item=offer[1],
                    award=awards.get(offer, 0.0),
                    over_best=awards.get(offer, 0.0) - of_best.get(offer, 0.0),
                )
            )
    return tuple(rows)
