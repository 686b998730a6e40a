"""Rules and risks read back in words, so that people see what they have written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from optimizer.contract.data import Data
from optimizer.contract.policy import RiskEffect, Rule

_MADE = {"supplier", "group", "country", "region", "licence"}


def rule_sentence(rule: Rule, data: Data) -> str:
    """A rule as one sentence, e.g. "At most 60 % of all magnets, by weight, may be made in China".

    A metric, sense or dimension that is none of the contract's is repeated as it is written.
    """
    core = _METRICS.get(rule.metric, _other)(rule, data)
    each_item = ", for each item by itself" if rule.per_item else ""
    return f"{core}{each_item}{_softness(rule, data)}."


def risk_sentence(effects: Sequence[RiskEffect], data: Data) -> str:
    """One result of one risk, given all its rows, as one sentence; "" without rows."""
    if not effects:
        return ""
    chance = next((one.probability for one in effects if one.probability is not None), 0.0)
    parts = [part for one in effects if (part := _effect(one, data))]
    does = "; ".join(parts) if parts else "nothing changes"
    return f"{effects[0].risk}, {effects[0].result} ({_percent(chance)}): {does}."


# ---------------------------------------------------------------- rules


def _share(rule: Rule, data: Data) -> str:
    measure = "by spend" if rule.metric == "spend_share" else _by_weight(rule)
    return (
        f"{_most(rule)} {_percent(rule.limit)} of {_scope(rule, data)}, {measure}, "
        f"{_verb(rule)} {_place(rule, data)}"
    )


def _amount(rule: Rule, data: Data) -> str:
    if rule.metric == "spend":
        amount = f"{rule.limit:,.15g} {data.settings.currency} of {_scope(rule, data)}"
        measure = "at list and tier prices"
    else:
        unit = f"kg of {rule.element}" if rule.element else "weight units"
        amount = f"{rule.limit:,.15g} {unit} of {_scope(rule, data)}"
        measure = "over the horizon"
    return f"{_most(rule)} {amount}, {measure}, {_verb(rule)} {_place(rule, data)}"


def _count(rule: Rule, data: Data) -> str:
    among = f" of {_listed(rule.member, rule, data, 'or')}" if rule.member else ""
    noun = _noun(rule.dimension, plural=rule.limit != 1)
    verb = "may" if rule.sense == "max" else "must"
    how = "supply" if rule.dimension in _MADE else "be the origin of"
    counted = (
        f", each with at least {_percent(rule.counts_from)} of it" if rule.sense == "min" else ""
    )
    return f"{_most(rule)} {rule.limit:g} {noun}{among} {verb} {how} {_scope(rule, data)}{counted}"


def _hhi(rule: Rule, data: Data) -> str:
    return (
        f"The concentration (HHI) of {_scope(rule, data)}, {_by_weight(rule)}, over "
        f"{_noun(rule.dimension, plural=True)} {_bounds(rule)} {rule.limit:,.15g} points"
    )


def _risk(rule: Rule, data: Data) -> str:
    where = (
        "of the countries that make them"
        if rule.dimension in _MADE
        else f"of the countries of their {rule.dimension}"
    )
    return (
        f"The mean risk score {where}, over {_scope(rule, data)}, {_by_weight(rule)}, "
        f"{_bounds(rule)} {rule.limit:g} of 10"
    )


def _other(rule: Rule, data: Data) -> str:
    return (
        f"{rule.sense} {rule.limit:g} in {rule.metric} by {rule.dimension} of {_scope(rule, data)}"
    )


_METRICS = {
    "share": _share,
    "spend_share": _share,
    "quantity": _amount,
    "spend": _amount,
    "count": _count,
    "hhi": _hhi,
    "risk": _risk,
}


def _most(rule: Rule) -> str:
    return {"max": "At most", "min": "At least"}.get(rule.sense, rule.sense)


def _bounds(rule: Rule) -> str:
    return "must not exceed" if rule.sense == "max" else "must be at least"


def _by_weight(rule: Rule) -> str:
    if rule.element:
        return f"by the mass of their {rule.element}"
    return "by weight" if rule.dimension in _MADE else "by the mass of their elements"


def _verb(rule: Rule) -> str:
    return "may" if rule.sense == "max" else "must"


def _scope(rule: Rule, data: Data) -> str:
    """What the rule is about: all goods, less what its filters leave out."""
    if rule.item:
        what = _item(rule.item, data)
        family = f" (family {rule.family})" if rule.family else ""
        what += family
    elif rule.family:
        what = f"all {rule.family}"
    else:
        what = "all goods"
    if rule.licensed is not None:
        what += " that need a licence" if rule.licensed else " that need no licence"
    if rule.site:
        what += f" for {_site(rule.site, data)}"
    return what


def _place(rule: Rule, data: Data) -> str:
    """Where or by whom: the members of the rule's dimension."""
    if rule.member:
        who = _listed(rule.member, rule, data, "and")
        together = " together" if len(rule.member) > 1 else ""
    else:
        who, together = f"any one {_noun(rule.dimension)}", ""
        if rule.sense == "min":
            who = f"every {_noun(rule.dimension)}"
    match rule.dimension:
        case "supplier" | "group":
            return f"come from {who}{together}"
        case "country" | "region":
            return f"be made in {who}{together}"
        case "licence":
            return f"need the licence {who}{together}" if rule.member else f"need {who}"
        case stage:
            return f"go through {stage} in {who}{together}"


def _listed(members: Iterable[str], rule: Rule, data: Data, word: str) -> str:
    names = [_member(member, rule, data) for member in members]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def _member(member: str, rule: Rule, data: Data) -> str:
    match rule.dimension:
        case "supplier":
            return next((s.name or member for s in data.suppliers if s.supplier == member), member)
        case "group" | "region" | "licence":
            return member
        case _:
            return country_name(member, data)


def country_name(country: str, data: Data) -> str:
    """What people call a country: its name, or its code where it has none."""
    return next((one.name or country for one in data.countries if one.country == country), country)


_PLURALS = {"supplier": "suppliers", "group": "groups", "country": "countries",
            "region": "regions", "licence": "licences"}  # fmt: skip


def _noun(dimension: str, *, plural: bool = False) -> str:
    if dimension in _PLURALS:
        return _PLURALS[dimension] if plural else dimension
    return f"countries of {dimension}" if plural else "country"


def _softness(rule: Rule, data: Data) -> str:
    if rule.penalty is None:
        return ""
    if rule.metric in ("share", "spend_share"):
        amount, per = rule.penalty / 100, "percentage point"
    else:
        amount, per = rule.penalty, _UNITS.get(rule.metric) or _noun(rule.dimension)
    return f"; a goal: every {per} off it costs {amount:,.15g} {data.settings.currency}"


_UNITS = {"quantity": "weight unit", "spend": "unit of money", "risk": "point", "hhi": "point"}


# ---------------------------------------------------------------- risks


def _effect(one: RiskEffect, data: Data) -> str:
    does = [
        text
        for applies, text in (
            (one.deliverable < 1, _delivers(one)),
            (one.delay_days > 0, f"{one.delay_days:.4g} days later"),
            (one.price_factor != 1, f"at {_percent(one.price_factor)} of the price"),
            (one.price_add != 0, _adds(one, data)),
            (one.demand_factor != 1, f"with {_percent(one.demand_factor)} of the demand"),
        )
        if applies
    ]
    if not does:
        return ""
    return f"{_target(one, data)} {', '.join(does)}{_during(one, data)}"


def _delivers(one: RiskEffect) -> str:
    if one.deliverable == 0:
        return "delivers nothing"
    return f"delivers {_percent(one.deliverable)} of what is ordered"


def _adds(one: RiskEffect, data: Data) -> str:
    per = "kg of it" if one.scope == "element" else data.settings.unit
    more = "more" if one.price_add > 0 else "less"
    return f"costs {abs(one.price_add):,.15g} {data.settings.currency} {more} per {per}"


def _target(one: RiskEffect, data: Data) -> str:
    everything = one.target == "*"
    match one.scope:
        case "licence":
            return "what needs any licence" if everything else f"what needs {one.target}"
        case "supplier":
            return "every supplier" if everything else _supplier(one.target, data)
        case "country":
            made = "anywhere" if everything else f"in {country_name(one.target, data)}"
            return f"what is made {made}"
        case "stage":
            stage, _, country = one.target.partition(":")
            where = "" if country in ("", "*") else f" in {country_name(country, data)}"
            return "what draws on any stage" if everything else f"what draws on {stage}{where}"
        case "item":
            return "every item" if everything else _item(one.target, data)
        case "element":
            return "every element" if everything else one.target
        case _:
            return "everything"


def _during(one: RiskEffect, data: Data) -> str:
    first = _label(one.from_period, data) if one.from_period != 1 else ""
    last = _label(one.to_period, data) if one.to_period is not None else ""
    if first and last:
        return f" from {first} to {last}"
    if first:
        return f" from {first} on"
    return f" until {last}" if last else ""


def _label(period: int, data: Data) -> str:
    if 1 <= period <= len(data.period_labels):
        return data.period_labels[period - 1]
    return f"{1 - period} periods before the start" if period < 1 else "after the horizon"


# ---------------------------------------------------------------- words

_SHORT = 40  # letters; a longer description would drown the sentence


def _percent(share: float) -> str:
    return f"{share * 100:.6g} %"


def _item(item: str, data: Data) -> str:
    said = next((one.description for one in data.items if one.item == item), None)
    return f"{item} ({said})" if said and len(said) <= _SHORT else item


def _site(site: str, data: Data) -> str:
    said = next((one.description for one in data.sites if one.site == site), None)
    return f"{site} ({said})" if said else site


def _supplier(supplier: str, data: Data) -> str:
    return next((s.name or supplier for s in data.suppliers if s.supplier == supplier), supplier)
