"""Checks of price breaks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.data import Data
from optimizer.contract.findings import Finding
from optimizer.contract.policy import RiskEffect
from optimizer.contract.supply import Offer, PriceBreak
from optimizer.tables.checks.context import Checked

_NOISE = 1e-9
OfferKey = tuple[str, str]


def breaks_without_offer(checked: Checked) -> Iterator[Finding]:
    """Price breaks of an item that the supplier does not offer."""
    if not checked.whole("Offers", "supplier", "item"):
        return
    offers = {(row.supplier, row.item) for row in checked.data.offers}
    for row in checked.sound("PriceBreaks", checked.data.price_breaks, "supplier", "item"):
        if (row.supplier, row.item) not in offers:
            yield checked.error(
                "no-offer", ("PriceBreaks", row.row, "item"),
                f"{row.supplier} has no offer of {row.item} in Offers",
                "Add the offer, or correct the supplier or the item.", row.item,
            )  # fmt: skip


def mixed_types(checked: Checked) -> Iterator[Finding]:
    """All-units and incremental breaks on one offer."""
    first: dict[OfferKey, PriceBreak] = {}
    for row in checked.sound("PriceBreaks", checked.data.price_breaks, "supplier", "item", "type"):
        other = first.setdefault((row.supplier, row.item), row)
        if other.type != row.type:
            yield checked.error(
                "mixed-types", ("PriceBreaks", row.row, "type"),
                f"the breaks of {row.supplier} for {row.item} are {row.type} here and "
                f"{other.type} in {checked.where('PriceBreaks', other.row, 'type')}",
                "Use one type for all breaks of an offer.", row.type,
            )  # fmt: skip


def first_price_differs(checked: Checked) -> Iterator[Finding]:
    """A break from 0 whose price is not that of the offer."""
    for row, offer in _with_offer(checked):
        if row.from_quantity == 0 and not math.isclose(row.price, offer.price, rel_tol=1e-9):
            yield checked.error(
                "first-price-differs", ("PriceBreaks", row.row, "price"),
                f"the price from 0 on is {row.price:g} here and {offer.price:g} in "
                f"{checked.where('Offers', offer.row, 'price')}",
                "Use one price in both places, or remove this row.", row.price,
            )  # fmt: skip


def prices_that_rise(checked: Checked) -> Iterator[Finding]:
    """A break with a higher price than the one before."""
    by_offer: dict[OfferKey, list[PriceBreak]] = defaultdict(list)
    start: dict[OfferKey, Offer] = {}
    for row, offer in _with_offer(checked):
        by_offer[row.supplier, row.item].append(row)
        start[row.supplier, row.item] = offer
    for key, rows in by_offer.items():
        before = start[key].price
        for row in sorted(rows, key=lambda one: one.from_quantity):
            if row.price > before * (1 + _NOISE) and row.from_quantity > 0:
                yield checked.warning(
                    "price-rises", ("PriceBreaks", row.row, "price"),
                    f"the price rises from {before:g} to {row.price:g} at "
                    f"{row.from_quantity:,.10g}", "Check the prices of this offer.", row.price,
                )  # fmt: skip
            before = row.price


def price_below_zero(checked: Checked) -> Iterator[Finding]:
    """A discount that is more than what is paid when prices are at their lowest.

    Discounts are amounts per unit that do not fall when prices do.
    """
    for row, offer in _with_offer(checked):
        lowest = _lowest_factor(checked.data, offer)
        discount = offer.price - row.price
        if lowest < 1 and offer.price * lowest - discount < -_NOISE * max(1.0, offer.price):
            yield checked.error(
                "price-below-zero", ("PriceBreaks", row.row, "price"),
                f"the discount of {discount:g} is more than the price where factors are lowest, "
                f"{offer.price:g} x {lowest:g}",
                "Correct the price, or the price factors in Calendar and Risks.", row.price,
            )  # fmt: skip


def _with_offer(checked: Checked) -> Iterator[tuple[PriceBreak, Offer]]:
    offers = {
        (offer.supplier, offer.item): offer
        for offer in checked.sound("Offers", checked.data.offers, "supplier", "item", "price")
    }
    rows = checked.sound("PriceBreaks", checked.data.price_breaks, "supplier", "item",
                         "from_quantity", "price")  # fmt: skip
    for row in rows:
        offer = offers.get((row.supplier, row.item))
        if offer is not None:
            yield row, offer


def _lowest_factor(data: Data, offer: Offer) -> float:
    """The lowest product of price factors that an order of the offer can meet."""
    by_period: dict[int, float] = defaultdict(lambda: 1.0)
    for row in data.calendar:
        if row.supplier in ("*", offer.supplier) and row.item in ("*", offer.item):
            by_period[row.period] *= row.price_factor
    homes = {one.supplier: one.country for one in data.suppliers}
    by_risk: dict[str, float] = defaultdict(lambda: 1.0)
    for effect in data.risks:
        if _may_reach(effect, offer, homes.get(offer.supplier, "")):
            by_risk[effect.risk] = min(by_risk[effect.risk], effect.price_factor)
    return min([1.0, *by_period.values()]) * math.prod(by_risk.values())


def _may_reach(effect: RiskEffect, offer: Offer, country: str) -> bool:
    names = {"supplier": offer.supplier, "item": offer.item, "country": country}
    if effect.target == "*" or effect.scope not in names:
        return True
    return effect.target == names[effect.scope]
