"""Alternatives in sentences: what little more money would buy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.measures import MADE_IN, MOVED, SUPPLIERS, WORST_SHORTAGE, MeasureKey
from optimizer.contract.data import Data
from optimizer.contract.study import Figure
from optimizer.studies.alternatives.near_best import Ended
from optimizer.studies.alternatives.plans import Choice, Traced

NOT_LOOKED_FOR = "Not looked for: it was stopped before."
_NOT_SHORTER = (
    "Only plans count that are short of no more than the best plan, but for the one with the least "
    "shortage."
)
_WITHIN, _NO_SHORTER = "within the ceiling", " that is short of no more"
_WHY = {
    Ended.PROVEN: "",
    Ended.TIME: " in the time",
    Ended.STOPPED: " before it was stopped",
    Ended.TOO_SMALL: ", as the steps of the search became too small",
}
_MILLION = 1e6
_TINY = 1e-9
_SAME_SHARE = 1e-6


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: how much dearer (as a share, and in money), and less from which countries."""

    data: Data
    within: float
    room: float
    countries: tuple[str, ...]

    def money(self, amount: float) -> str:
        """An amount in the base currency."""
        currency = self.data.settings.currency
        if abs(amount) >= _MILLION:
            return f"{amount / _MILLION:,.2f} m {currency}"
        small = abs(amount) < 100 and amount != round(amount)
        return f"{amount:,.2f} {currency}" if small else f"{amount:,.0f} {currency}"

    @property
    def weight_unit(self) -> str:
        """The unit of weights: kg, or that of quantities where every unit weighs 1."""
        weighed = any(item.weight != 1 for item in self.data.items)
        return "kg" if weighed else self.data.settings.unit

    def country(self, code: str) -> str:
        """The name of a country."""
        names = {one.country: one.name for one in self.data.countries}
        return names.get(code) or code


def over(traced: Traced, best: Traced) -> float | None:
    """How much dearer a plan is than the best, as a share of its cost; None of a cost of 0."""
    base = best.plan.facts.objective
    more = traced.plan.facts.objective - base
    if not base:
        return None if more else 0.0
    return more / abs(base)


def answer(asked: Asked, best: Traced, choices: Sequence[Choice]) -> str:
    """What the ceiling would buy, in one sentence."""
    better = [_instead(asked, one.measure, found, best) for one, found in _better(choices)]
    for_more = f"For at most {_percent(asked.within)} more ({asked.money(asked.room)})"
    if asked.room <= _TINY:
        for_more = "At the same cost"
    if better:
        return f"{for_more}, {_joined(better, 'or')} would do."
    looked = [one for one in choices if one.found is not None]
    if not looked:
        return "It was stopped before anything but the best plan was looked for."
    less = [_less(asked, one.measure) for one in looked if one.found]
    proven = all(one.found[0].proven for one in looked if one.found)
    nothing = f"no plan{_NO_SHORTER} has" if proven else "no plan was found that has"
    return f"{for_more}, {nothing} {_joined(less, 'or')} than the best plan."


def sentences(asked: Asked, best: Traced, choices: Sequence[Choice]) -> tuple[str, ...]:
    """What each alternative costs, and of what the best plan has least already."""
    cost, bound = best.plan.facts.objective, best.plan.facts.bound
    said = [f"The best plan costs {asked.money(cost)}; none costs less than {asked.money(bound)}."]
    for one, found in _better(choices):
        instead = _instead(asked, one.measure, found, best)
        more = found.plan.facts.objective - best.plan.facts.objective
        paid = f"for {asked.money(more)} more" if more > 0 else "at no more cost"
        share = over(found, best)
        if more > 0 and share is not None:
            paid += f" ({_percent(share)})"
        like = f" Its awards are those of the plan {one.like!r}." if one.like else ""
        said.append(f"{_upper(one.name)}: {instead}, {paid}.{like}")
    already = [
        _less(asked, one.measure)
        for one in choices
        if one.found and one.found[0].same and one.found[0].proven
    ]
    if already and _better(choices):
        said.append(
            f"No plan {_WITHIN}{_NO_SHORTER} has {_joined(already, 'or')} than the best plan."
        )
    if any(one.found and one.measure[0] != WORST_SHORTAGE for one in choices):
        said.append(_NOT_SHORTER)
    said += _moves(asked, best)
    return tuple(said)


def attention(asked: Asked, best: Traced, choices: Sequence[Choice]) -> tuple[str, ...]:
    """What was not proven, or not looked for."""
    return tuple(_unproven(asked, best, choices))


def figures(asked: Asked, best: Traced, choices: Sequence[Choice]) -> tuple[Figure, ...]:
    """The best cost, and the least of each measure beside what the best plan has."""
    found = [
        Figure(
            "Best plan",
            best.plan.facts.objective,
            "spend",
            f"others up to {asked.money(asked.room)} more",
        )
    ]
    for one in choices:
        if one.found is not None:
            found.append(_figure(asked, one, best))
    return tuple(found[:6])


def note(one: Choice, best: Traced) -> str:
    """What is worth saying of an alternative in its row."""
    assert one.found is not None
    nearby, traced = one.found
    if nearby.same:
        if nearby.proven:
            return f"The best plan has that already; no plan {_that_counts(one)} does better."
        return f"Nothing better than the best plan was found; not proven{_WHY[nearby.ended]}."
    said = []
    if one.measure[0] == MADE_IN:
        country = one.measure[1]
        share, before = traced.share.get(country, 0.0), best.share.get(country, 0.0)
        said.append(f"{_percent(share)} from {country} instead of {_percent(before)}.")
    if one.like:
        said.append(f"The same awards as {one.like!r}.")
    if not nearby.proven:
        said.append(f"Not proven{_WHY[nearby.ended]}: there may be better ones.")
    return " ".join(said)


def _that_counts(one: Choice) -> str:
    """Among which plans nobody has less."""
    return _WITHIN if one.measure[0] == WORST_SHORTAGE else f"{_WITHIN}{_NO_SHORTER}"


def _better(choices: Sequence[Choice]) -> list[tuple[Choice, Traced]]:
    return [(one, one.found[1]) for one in choices if one.found and not one.found[0].same]


def _instead(asked: Asked, measure: MeasureKey, found: Traced, best: Traced) -> str:
    """``7 suppliers instead of 11``"""
    kind, country = measure
    if kind == SUPPLIERS:
        noun = "supplier" if found.suppliers == 1 else "suppliers"
        return f"{found.suppliers} {noun} instead of {best.suppliers}"
    if kind == MADE_IN:
        now, before = found.share.get(country, 0.0), best.share.get(country, 0.0)
        return f"{_percent(now)} from {asked.country(country)} instead of {_percent(before)}"
    if kind == MOVED:
        now, before = _moved_share(found), _moved_share(best)
        return f"{_percent(now)} bought elsewhere than today instead of {_percent(before)}"
    unit = asked.data.settings.unit
    worst = " in the worst outcome" if len(best.plan.tables.outcomes) > 1 else ""
    short, before = found.worst_shortage, best.worst_shortage
    return f"{_number(short)} {unit} short{worst} instead of {_number(before)}"


def _less(asked: Asked, measure: MeasureKey) -> str:
    kind, country = measure
    return {
        SUPPLIERS: "fewer suppliers",
        MADE_IN: f"less from {asked.country(country)}",
        MOVED: "less bought elsewhere than today",
        WORST_SHORTAGE: "less shortage",
    }[kind]


def _moves(asked: Asked, best: Traced) -> Iterator[str]:
    if best.moved is None:
        yield "Nothing is bought today (Offers.baseline), so no moves from today are counted."
        return
    today = {offer.item for offer in asked.data.offers if offer.baseline}
    new = sorted({row.item for row in best.plan.tables.awards} - today)
    if new:
        shown = ", ".join(new[:3]) + (f" and {len(new) - 3} more" if len(new) > 3 else "")
        yield f"Not bought today, so that buying it anywhere is no move: {shown}."


def _unproven(asked: Asked, best: Traced, choices: Sequence[Choice]) -> Iterator[str]:
    facts = best.plan.facts
    if facts.status != "optimal":
        yield (
            "The best plan is not proven to be the cheapest within the gap: "
            f"it may be {_percent(facts.gap)} too dear, and the ceiling with it."
        )
    elif facts.gap > asked.within + _SAME_SHARE:
        yield (
            f"The best plan is proven to {_percent(facts.gap)}, and others may cost "
            f"{_percent(asked.within)} more: what they cost over the best is known no better than "
            "that. A smaller gap (Settings gap, or --gap) tells more."
        )
    for one in choices:
        if one.found is None:
            yield f"{_upper(one.name)}: {NOT_LOOKED_FOR[:1].lower()}{NOT_LOOKED_FOR[1:]}"
            continue
        nearby, traced = one.found
        if nearby.proven:
            continue
        reached = traced.of(one.measure)
        what = _in_unit(asked, one, reached)
        found = f"nothing below the {what} of the best plan" if nearby.same else what
        least = _in_unit(asked, one, min(nearby.bound, reached))
        yield (
            f"{_upper(one.name)} is not proven{_WHY[nearby.ended]}: {found} was found, and no plan "
            f"{_that_counts(one)} has less than {least}."
        )


def _in_unit(asked: Asked, one: Choice, value: float) -> str:
    kind = one.measure[0]
    if kind == SUPPLIERS:
        return f"{value:.0f} suppliers"
    if kind == WORST_SHORTAGE:
        return f"{_number(value)} {asked.data.settings.unit}"
    return f"{_number(value)} {asked.weight_unit}"


def _figure(asked: Asked, one: Choice, best: Traced) -> Figure:
    assert one.found is not None
    nearby, traced = one.found
    kind, country = one.measure
    more = traced.plan.facts.objective - best.plan.facts.objective
    cost = f", {asked.money(more)} more" if more > 0 else ""
    value: float
    if kind == SUPPLIERS:
        label, value, metric, before = "Suppliers", traced.suppliers, "count", f"{best.suppliers}"
    elif kind == MADE_IN:
        label, metric = f"From {asked.country(country)}", "share"
        value, before = traced.share.get(country, 0.0), _percent(best.share.get(country, 0.0))
    elif kind == MOVED:
        label, metric = "Bought elsewhere than today", "share"
        value, before = _moved_share(traced), _percent(_moved_share(best))
    else:
        label = "Short at worst" if len(best.plan.tables.outcomes) > 1 else "Short"
        metric, value, before = "quantity", traced.worst_shortage, _number(best.worst_shortage)
    beside = "as in the best plan" if nearby.same else f"instead of {before}{cost}"
    return Figure(label, float(value), metric, beside)


def _moved_share(traced: Traced) -> float:
    return (traced.moved or 0.0) / traced.weight if traced.weight else 0.0


def _percent(share: float) -> str:
    return f"{100 * share:.2g} %" if abs(share) < 0.1 else f"{100 * share:.0f} %"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"


def _joined(parts: Sequence[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
