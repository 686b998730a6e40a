"""One line of Charges."""

from __future__ import annotations

from optimizer.contract.results import Charge


def line(
    outcome: str,
    component: str,
    subject: str,
    quantity: float,
    rate: float,
    factor: float = 1.0,
    item: str = "",
    site: str = "",
    period: int | None = None,
) -> Charge:
    """A charge; its amount is quantity x rate x discount factor."""
    return Charge(
        outcome=outcome,
        component=component,
        subject=subject,
        item=item,
        site=site,
        period=period,
        quantity=quantity,
        rate=rate,
        discount_factor=factor,
        amount=quantity * rate * factor,
    )
