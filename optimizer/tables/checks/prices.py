"""Checks of price breaks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.findings import Finding
from optimizer.contract.policy import RiskEffect
from optimizer.contract.supply import Offer, PriceBreak
from optimizer.tables.checks.context import Checked
from optimizer.tables.checks.lowest import LowestPrices

_NOISE = 1e-9
_OF_EFFECT = ("risk", "result", "scope", "target", "from_period", "to_period", "price_factor",
              "price_add")  # fmt: skip
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
    if not (checked.data.calendar or checked.data.risks):
        return
    prices = _lowest(checked)
    for row, offer in _with_offer(checked):
        listed, lowest = offer.price * prices.rate(offer), prices.of(offer)
        discount = (offer.price - row.price) * prices.rate(offer)
        # A price that is below zero before any discount is the mistake of another cell.
        if 0 <= lowest < listed and lowest - discount < -_NOISE * max(1.0, listed):
            yield checked.error(
                "price-below-zero", ("PriceBreaks", row.row, "price"),
                f"the discount of {discount:g} is more than the price at its lowest, {lowest:g}",
                "Correct the price, or the price factors in Calendar and Risks.", row.price,
            )  # fmt: skip


def addition_below_zero(checked: Checked) -> Iterator[Finding]:
    """A negative price_add that takes more off a price than there is."""
    falling = [row for row in _effects(checked) if row.price_add < 0]
    if not falling:
        return
    prices = _lowest(checked)
    below = [
        offer
        for offer in checked.sound("Offers", checked.data.offers, "supplier", "item", "price")
        if offer.active and prices.of(offer) < -_NOISE * max(1.0, offer.price * prices.rate(offer))
    ]
    for row in falling:
        offer = next((one for one in below if prices.meets(row, one)), None)
        if offer is not None:
            yield checked.error(
                "price-below-zero", ("Risks", row.row, "price_add"),
                f"the price of {offer.item} of {offer.supplier} falls to {prices.of(offer):g} at "
                "its lowest", "Correct price_add, or the price factors in Calendar and Risks.",
                row.price_add,
            )  # fmt: skip


def _lowest(checked: Checked) -> LowestPrices:
    data = checked.data
    return LowestPrices(
        data,
        checked.sound("Calendar", data.calendar, "supplier", "item", "period", "price_factor"),
        _effects(checked),
    )


def _effects(checked: Checked) -> list[RiskEffect]:
    """The rows of Risks that could be read; none if a whole column could not."""
    if checked.tables["Risks"].unread & set(_OF_EFFECT):
        return []
    return checked.sound("Risks", checked.data.risks, *_OF_EFFECT)


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
