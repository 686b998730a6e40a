"""Numbers as the sentences of a study say them: ``43.0 m USD``, ``544 t``."""

from __future__ import annotations

_MILLION = 1e6
_TONNE = 1000.0
_SMALL = 100.0


def money(amount: float, currency: str) -> str:
    """An amount of money to three figures or so."""
    if abs(amount) >= _MILLION:
        return f"{amount / _MILLION:,.{1 if abs(amount) >= 10 * _MILLION else 2}f} m {currency}"
    digits = 2 if abs(amount) < _SMALL and amount != round(amount) else 0
    return f"{amount:,.{digits}f} {currency}"


def quantity(amount: float, unit: str) -> str:
    """A quantity; kilograms become tonnes where there are many."""
    if unit == "kg" and abs(amount) >= _TONNE:
        amount, unit = amount / _TONNE, "t"
    size = abs(amount)
    digits = 0 if size >= _SMALL or amount == round(amount) else 1 if size >= 1 else 3
    return f"{amount:,.{digits}f} {unit}"
