"""Awards and Moves: what to contract, and how it differs from today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.contract.results import Award, Move
from optimizer.contract.supply import Offer
from optimizer.verify.case import Case
from optimizer.verify.flows import of_offer
from optimizer.verify.licensing import class_name, class_of
from optimizer.verify.scope import spend_by_offer
from optimizer.verify.sources import OfferKey
from optimizer.verify.tolerance import unit
from optimizer.verify.violation import Check, Violation, same, words


def check_awards_table(case: Case) -> Iterator[Violation]:
    """Every award is the sum of its orders; volume, spend, cost and shares follow."""
    rows = {(row.supplier, row.item): row for row in case.tables.awards}
    figures = _Figures(case)
    for key, award in case.flows.award.items():
        row = rows.pop(key, None)
        place = f"{key[1]} of {key[0]}"
        if row is None:
            if award > case.tolerance.quantity:
                yield words(Check.AWARD_ROW, place, "a row in Awards", "no row")
            continue
        offer = case.offer(*key)
        if offer is not None:
            yield from _award(case, figures, offer, row, place)
    for key, row in rows.items():
        place = f"{key[1]} of {key[0]}"
        yield from same(Check.AWARD, place, 0.0, row.award, case.tolerance.quantity)


def check_moves(case: Case) -> Iterator[Violation]:
    """Every offer whose quantity changes stands in Moves, with the right word."""
    rows = {(row.supplier, row.item): row for row in case.tables.moves}
    for key, offer in case.sources.offers.items():
        today = case.clock.pro_rata(offer.baseline)
        plan = case.flows.award.get(key, 0.0)
        row = rows.pop(key, None)
        place = f"{offer.item} of {offer.supplier}"
        if row is not None:
            yield from _move(case, row, today, plan, place)
        elif offer.active and abs(plan - today) > case.tolerance.quantity:
            yield words(Check.MOVE_ROW, place, "a row in Moves", "no row")
    for supplier, item in rows:
        yield words(Check.MOVE_ROW, f"{item} of {supplier}", "an offer", "none")


class _Figures:
    """Sums over the plan that rows of Awards refer to."""

    def __init__(self, case: Case) -> None:
        self.spend = spend_by_offer(case, None)
        saved = of_offer(case.flows.saved_duty.items(), None)
        self.landed: defaultdict[OfferKey, float] = defaultdict(float)
        self.of_item: defaultdict[str, float] = defaultdict(float)
        self.orders: defaultdict[OfferKey, float] = defaultdict(float)
        self.first: dict[OfferKey, int] = {}
        for order in case.flows.orders:
            if order.taken is not None:
                cost = order.delivered * order.taken.build_up.landed
                self.landed[order.offer_key] += order.world.probability * cost
        for key, amount in saved.items():
            self.landed[key] -= amount
        for (_, item), volume in case.flows.volume.items():
            self.of_item[item] += volume
        self.weight = sum(v * case.weight(i) for i, v in self.of_item.items())
        for (outcome, *offer, period), quantity in _placed(case):
            if quantity > 0:
                key = (offer[0], offer[1])
                self.orders[key] += case.worlds[outcome].probability
                self.first[key] = min(period, self.first.get(key, period))


def _placed(case: Case) -> Iterator[tuple[tuple[str, str, str, int], float]]:
    yield from case.flows.placed.items()


def _award(
    case: Case, figures: _Figures, offer: Offer, row: Award, place: str
) -> Iterator[Violation]:
    key = (offer.supplier, offer.item)
    volume = case.flows.volume[key]
    landed = figures.landed[key]
    quantity, money = case.tolerance.quantity, case.tolerance.money
    of_item, weight = figures.of_item[offer.item], figures.weight
    share = volume / of_item if of_item > quantity else row.share_of_item
    of_weight = (
        volume * case.weight(offer.item) / weight if weight > quantity else row.share_of_weight
    )
    unit_cost = landed / volume if volume > quantity else row.landed_unit_cost
    today = case.clock.pro_rata(offer.baseline)
    spend = figures.spend.get(key, 0.0)
    for name, expected, actual, tolerance in (
        ("award", case.flows.award[key], row.award, quantity),
        ("volume", volume, row.volume, quantity),
        ("share of item", share, row.share_of_item, unit(1.0)),
        ("share of weight", of_weight, row.share_of_weight, unit(1.0)),
        ("today", today, row.today, quantity),
        ("spend", spend, row.spend, money(spend, row.spend)),
        ("landed cost", landed, row.landed_cost, money(landed, row.landed_cost)),
        ("landed unit cost", unit_cost, row.landed_unit_cost, unit(unit_cost)),
        ("orders", figures.orders[key], row.orders, unit(1.0)),
        ("first period", figures.first.get(key, row.first_period), row.first_period, 0.0),
    ):
        yield from same(Check.AWARD, f"{place}: {name}", expected, actual, tolerance)
    country = case.sources.country(offer.supplier)
    goods = case.licensing.of(*key)
    if row.country != country:
        yield words(Check.AWARD, f"{place}: country", country, row.country)
    if class_of(row.licences) != goods:
        yield words(Check.AWARD, f"{place}: licences", class_name(goods), row.licences)


def _move(case: Case, row: Move, today: float, plan: float, place: str) -> Iterator[Violation]:
    quantity = case.tolerance.quantity
    for name, expected, actual in (
        ("today", today, row.today),
        ("plan", plan, row.plan),
        ("change", plan - today, row.change),
    ):
        yield from same(Check.MOVE, f"{place}: {name}", expected, actual, quantity)
    word = _word(today, plan, quantity)
    # A quantity too small to tell from nothing is a move all the same, where it is written.
    if row.move not in (word, _word(today, plan, 0.0)):
        yield words(Check.MOVE, f"{place}: move", word, row.move)


def _word(today: float, plan: float, tolerance: float) -> str:
    if abs(plan - today) <= tolerance:
        return "same"
    if plan > today:
        return "new" if today <= tolerance else "more"
    return "stopped" if plan <= tolerance else "less"
