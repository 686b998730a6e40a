"""Awards that are given: from a file or as they are, checked, held in a problem, and said."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path

from models.problem import OfferKey, Problem
from optimizer.api.errors import InfeasibleError, QuestionError
from optimizer.contract.data import Data
from optimizer.contract.given import GivenAwards
from optimizer.tables.awards_file import read_awards

Given = str | Path | Mapping[OfferKey, float]
"""A file with awards, or quantities over the horizon by (supplier, item)."""
_SHOWN = 8


def given_awards(given: Given, data: Data) -> GivenAwards:
    """The awards that a file or a mapping gives, all of them of active offers of the data.

    Raises:
        InputErrors: the file has errors.
        QuestionError: the mapping names no active offer, or an award is not a number >= 0.
    """
    if not isinstance(given, Mapping):
        return read_awards(given, data)
    active = {(offer.supplier, offer.item): offer.active for offer in data.offers}
    for key, award in given.items():
        who = f"the award of {_named(key)}"
        if key not in active:
            raise QuestionError(f"{who} is given, and the input has no such offer")
        if not math.isfinite(award) or award < 0:
            raise QuestionError(f"{who} must be a number >= 0, not {award:g}")
        if award > 0 and not active[key]:
            raise QuestionError(f"{who} is given, and that offer is not active")
    return GivenAwards(dict(given))


def locked(problem: Problem, given: GivenAwards, data: Data) -> Problem:
    """The problem with these awards held.

    Raises:
        InfeasibleError: nothing of an offer that is given an award can arrive within the horizon.
    """
    comes = {(lane[0], lane[1]) for lane, _ in problem.supply.order_periods}
    never = [key for key, award in given.awards.items() if award > 0 and key not in comes]
    if never:
        raise InfeasibleError(
            "The awards that are held cannot all be contracted.",
            tuple(
                f"The lock holds {given.awards[key]:,.10g} {data.settings.unit} of {_named(key)}, "
                "and nothing of that offer can arrive within the horizon: dates, lead time, or "
                "nobody wants the item."
                for key in never
            ),
        )
    held = {key: award for key, award in given.awards.items() if key in comes}
    return dataclasses.replace(problem, held=held)


def with_findings(data: Data, given: GivenAwards) -> Data:
    """The data with what is worth saying about the file as well."""
    return dataclasses.replace(data, findings=(*data.findings, *given.findings))


def lock_notes(problem: Problem, data: Data) -> tuple[str, ...]:
    """Which awards a plan was held to; nothing where there are none."""
    held = problem.held
    if not held:
        return ()
    unit = data.settings.unit
    some = [f"{_named(key)} at {award:,.10g}" for key, award in held.items() if award > 0]
    none = [_named(key) for key, award in held.items() if award == 0]
    parts = []
    if some:
        parts.append(f"{_count(len(some))} held, in {unit}: {_listed(some)}")
    if none:
        parts.append(f"{_count(len(none))} held at nothing: {_listed(none)}")
    return (f"Awards were locked, the rest was decided around them. {'; '.join(parts)}.",)


def lock_hints(problem: Problem) -> tuple[str, ...]:
    """What a lock may have to do with there being no plan."""
    held = problem.held
    if not held:
        return ()
    hint = (
        f"{_count(len(held))} held by the lock and must be contracted as given, within the rules, "
        "minimum awards, capacities and dates. Without the lock there may be a plan."
    )
    return (hint,)


def _count(number: int) -> str:
    return "1 award is" if number == 1 else f"{number} awards are"


def _named(key: OfferKey) -> str:
    return f"{key[1]} from {key[0]}"


def _listed(parts: list[str]) -> str:
    more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
    return f"{', '.join(parts[:_SHOWN])}{more}"
