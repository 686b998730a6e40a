"""What to look at when there is no plan: what the input says must hold."""

from __future__ import annotations

import math
from collections.abc import Iterator

from models.build import ImpossibleError
from optimizer.contract.data import Data
from optimizer.contract.sentences import rule_sentence

_SHOWN = 12
ASK = (
    "`diversify explain` names the cells of the input that cannot all hold, and the smallest "
    "change of each that mends it."
)
"""Where more can be asked; the last of ``hints``."""


def hints(data: Data) -> tuple[str, ...]:
    """Everything that has to hold whatever it costs, and who says what of it cannot."""
    return (*_rules(data), *_minimums(data), *_demand(data), *_storage(data), ASK)


def unavoidable_hints(data: Data) -> tuple[str, ...]:
    """The same without rules and minimums, which are not to blame."""
    return (*_demand(data), *_storage(data))


def impossible(error: ImpossibleError, data: Data) -> str:
    """What it is that cannot be, in the words of the input."""
    if error.constraint == "demand_balance":
        item, site, end_use, period, _ = error.index
        return (
            f"The demand for {item} at {site} ({end_use}) in {data.period_labels[period - 1]} "
            "cannot be met: nothing that may serve it can be there by then."
        )
    what = error.constraint.replace("_", " ")
    names = ", ".join(str(part) for part in error.index if part != "")
    return f"The {what} of {names} cannot hold, whatever is bought."


def _rules(data: Data) -> Iterator[str]:
    hard = [rule for rule in data.rules if rule.active and rule.penalty is None]
    for rule in hard[:_SHOWN]:
        yield f"Rule {rule.rule} must hold (it has no penalty): {rule_sentence(rule, data)}"
    if len(hard) > _SHOWN:
        yield f"{len(hard) - _SHOWN} further rules without a penalty must hold."


def _minimums(data: Data) -> Iterator[str]:
    offers = [offer for offer in data.offers if offer.active]
    orders = sum(offer.min_order > 0 for offer in offers)
    awards = sum(offer.min_award > 0 for offer in offers)
    if orders or awards:
        yield (
            f"{orders} offers have a minimum order and {awards} a minimum award; what is bought "
            "must be at least that."
        )


def _demand(data: Data) -> Iterator[str]:
    if data.settings.unmet_demand == "forbid":
        yield (
            "Settings.unmet_demand is forbid: all demand must be met, in the first periods from "
            "stock and open orders alone. With penalise the plan shows what is short, and where."
        )


def _storage(data: Data) -> Iterator[str]:
    hard = [
        site.site
        for site in data.sites
        if math.isfinite(site.storage_capacity) and site.overflow_cost is None
    ]
    if hard:
        yield (
            f"Stock at {', '.join(hard[:_SHOWN])} may never exceed the storage capacity; with an "
            "overflow_cost it may, at that cost."
        )
