"""What to contract with whom, and how that differs from today."""

from __future__ import annotations

from models.problem import OfferKey
from optimizer.contract.results import Award, Move
from optimizer.results.amounts import share, summed
from optimizer.results.basis import Basis
from optimizer.results.service import licence_text

_SAME = 1e-6
"""A change below this share of the larger quantity is no move."""


def award_rows(basis: Basis) -> tuple[Award, ...]:
    """Every offer that the plan orders from, dearest first.

    Money here is what suppliers, forwarders and customs are paid, not discounted to today.
    """
    chance = basis.problem.outcomes
    volume = summed(((s, i), quantity) for (s, i, _, _), quantity in basis.volume.items())
    spend = summed(((lane[0], lane[1]), basis.spend(lane)) for lane in basis.volume)
    of_item = summed((offer[1], quantity) for offer, quantity in volume.items())
    weight = sum(quantity * basis.weight(offer[1]) for offer, quantity in volume.items())
    placed = {(r.outcome, r.supplier, r.item, r.period) for r in basis.orders}
    orders = summed(((s, i), chance[w]) for w, s, i, _ in sorted(placed))
    first: dict[OfferKey, int] = {}
    for _, supplier, item, period in placed:
        key = supplier, item
        first[key] = min(period, first.get(key, period))
    rows = [
        Award(
            supplier=supplier,
            supplier_name=_name(basis, supplier),
            country=basis.suppliers[supplier].country,
            item=item,
            description=basis.items[item].description or item,
            licences=licence_text(basis.licences(offer)),
            award=award,
            volume=volume[offer],
            share_of_item=share(volume[offer], of_item[item]),
            share_of_weight=share(volume[offer] * basis.weight(item), weight),
            today=_today(basis, offer),
            spend=spend[offer],
            landed_cost=basis.landed[offer],
            landed_unit_cost=share(basis.landed[offer], volume[offer]),
            orders=orders[offer],
            first_period=first[offer],
        )
        for offer, award in basis.award.items()
        for supplier, item in (offer,)
    ]
    return tuple(sorted(rows, key=lambda r: (-r.landed_cost, r.supplier, r.item)))


def move_rows(basis: Basis) -> tuple[Move, ...]:
    """Every offer that has an award today or in the plan, largest change first."""
    offers = sorted({*basis.award, *(key for key, row in basis.offers.items() if row.baseline)})
    rows = []
    for offer in offers:
        supplier, item = offer
        today, plan = _today(basis, offer), basis.award.get(offer, 0.0)
        rows.append(
            Move(
                supplier=supplier,
                supplier_name=_name(basis, supplier),
                country=basis.suppliers[supplier].country,
                item=item,
                today=today,
                plan=plan,
                change=plan - today,
                move=_move(today, plan),
            )
        )
    return tuple(sorted(rows, key=lambda r: (-abs(r.change), r.supplier, r.item)))


def _move(today: float, plan: float) -> str:
    if not today:
        return "new"
    if not plan:
        return "stopped"
    if abs(plan - today) <= _SAME * max(plan, today):
        return "same"
    return "more" if plan > today else "less"


def _today(basis: Basis, offer: OfferKey) -> float:
    return basis.offers[offer].baseline * basis.problem.horizon.years


def _name(basis: Basis, supplier: str) -> str:
    return basis.suppliers[supplier].name or supplier
