"""Numbers as people say them: ``43.0 m USD``, ``544 t``, ``33 %``."""

from __future__ import annotations

MILLION, BILLION = 1e6, 1e9
TONNE = 1000.0
SPOKEN_IN_TONNES = 1_000.0
NAME_LETTERS = 32
"""Of a name in a chart or a label; longer ones are cut."""

COMPONENTS: dict[str, str] = {
    "landed": "Goods, freight and duty",
    "goods": "Goods",
    "freight": "Freight",
    "duty": "Duty",
    "order_cost": "Order costs",
    "holding": "Stock holding",
    "late": "Late deliveries",
    "shortage": "Shortage",
    "overflow": "Storage overflow",
    "cover": "Stock cover missed",
    "onboarding": "Onboarding",
    "fixed": "Supplier fixed costs",
    "qualification": "Qualification",
    "switching": "Switching",
    "lane": "Lane approval",
    "project": "Projects",
    "substitution": "Substitution",
    "price_breaks": "Price breaks",
    "incentives": "Incentives",
    "relaxation": "Broken soft rules",
}
"""Cost components of the plan, as the Summary calls them."""

PENALTIES = ("late", "shortage", "cover", "relaxation")
"""Components that nobody pays in cash."""


def money(amount: float, currency: str) -> str:
    """An amount of money to three or four figures."""
    size = abs(amount)
    if size >= BILLION:
        return f"{amount / BILLION:,.2f} bn {currency}"
    if size >= MILLION:
        return f"{amount / MILLION:,.1f} m {currency}"
    digits = 0 if size >= 100 or amount == round(amount) else 2 if size >= 1 else 4
    return f"{amount:,.{digits}f} {currency}"


def quantity(amount: float, unit: str) -> str:
    """A quantity; kilograms become tonnes where there are many."""
    if unit == "kg" and abs(amount) >= SPOKEN_IN_TONNES:
        amount, unit = amount / TONNE, "t"
    size = abs(amount)
    digits = 0 if size >= 100 or amount == round(amount) else 1 if size >= 1 else 3
    return f"{amount:,.{digits}f} {unit}"


def periods(amount: float, period: str) -> str:
    """A time in periods: ``2.25 months``, ``1 month``."""
    number = f"{amount:.2f}".rstrip("0").rstrip(".")
    return f"{number} {period if number == '1' else period + 's'}"


def percent(share: float) -> str:
    """A share as a whole percentage; small ones keep a digit."""
    points = 100 * share
    if 0 < points < 0.05:
        return "under 0.1 %"
    digits = 0 if abs(points) >= 9.95 or abs(points - round(points)) < 0.05 else 1
    return f"{points:.{digits}f} %"


def measured(value: float, metric: str, unit: str, currency: str) -> str:
    """A value of a rule's metric, with its unit."""
    if metric in ("share", "spend_share"):
        return percent(value)
    if metric == "spend":
        return money(value, currency)
    if metric == "quantity":
        return quantity(value, unit)
    if metric == "hhi":
        return f"{value:,.0f} points"
    if metric == "count":
        return f"{value:,.4g}"
    return f"{value:,.2f}"


def component(name: str) -> str:
    """The name of a cost component as the Summary shows it."""
    return COMPONENTS.get(name, name.replace("_", " ").capitalize())


def stage_step(stage: str) -> str:
    """What is done at a stage: ``refining``, or ``the stage metal``."""
    return stage if stage.endswith("ing") else f"the stage {stage}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 supplier``, ``11 suppliers``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def upper_first(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def shortened(text: str, letters: int) -> str:
    """The text, cut with an ellipsis where it is longer than so many letters."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
