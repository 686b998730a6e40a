"""Two explanations made by hand: of a plan that is short of something, and of no plan at all."""

from __future__ import annotations

from optimizer.contract.explain_results import (
    ConflictRow,
    NextUnit,
    OfferPrice,
    ProjectPrice,
    Reason,
    RuleCost,
    ShortageReason,
    SupplierPrice,
)
from optimizer.contract.study import Figure, Study, StudyTables
from tests.report.handmade_data import made_data


def explained() -> Study:
    """Prices of rules, offers, suppliers and a project, and why 3.9 t are short."""
    return Study(
        "explain", made_data(),
        "made_in_china costs 410,000 USD (3 % of the plan), more than all other rules; of those "
        "who lose, Takefu is nearest: it wins 30 t of M at 6 % less.",
        31.0,
        sentences=("3.9 t are short: 2.9 t no plan avoids, 1 t costs more than its shortage.",),
        attention=("refined_in_china costs between 0 and 90,000 USD: a smaller gap says more.",),
        figures=(
            Figure("Dearest rule", 410_000.0, "spend", "made_in_china"),
            Figure("Nearest loser", 74.6, "price", "now 79.50"),
            Figure("Shortage", 3_875.0, "quantity", "2.9 t unavoidable"),
        ),
        tables=StudyTables(
            rule_costs=(
                RuleCost(rule="refined_in_china", sentence="At most 85 % may be refined in China",
                         cost=40_000.0, least=0.0, most=90_000.0, share_of_cost=0.0028,
                         status="time_limit", shortage_without=0.0),
                RuleCost(rule="made_in_china", sentence="At most 60 % of all goods, by weight, "
                         "may be made in China", cost=410_000.0, least=380_000.0, most=425_000.0,
                         share_of_cost=0.029, binding=True, status="optimal",
                         shortage_without=0.0),
                RuleCost(rule="spread", sentence="The HHI of suppliers may be at most 5,000",
                         cost=0.0, least=0.0, most=15_000.0, share_of_cost=0.0,
                         status="optimal", shortage_without=0.0),
                RuleCost(rule="=two_sources_F", sentence="At least 2 suppliers must deliver F",
                         status="limit", note="No plan without it before the time was up"),
            ),
            prices_to_win=(
                OfferPrice(supplier="VN01", item="F", size=4_000.0, currency="USD", price=6.0,
                           wins_at=None, status="infeasible",
                           note="No plan awards it as much: it is qualified too late"),
                OfferPrice(supplier="VN01", item="M", size=12_000.0, currency="VND",
                           price=1_600_000.0, wins_at=1_280_000.5, least=1_270_000.0,
                           most=1_290_000.0, change=-0.2, status="optimal"),
                OfferPrice(supplier="JP01", item="M", size=30_000.0, currency="USD", price=79.5,
                           wins_at=74.62, least=74.5, most=74.7, change=-0.0614,
                           status="optimal"),
            ),
            suppliers_to_win=(
                SupplierPrice(supplier="JP01", name="Takefu Rare Earth Magnet", country="JP",
                              size=30_000.0, wins_at=0.9386, least=0.937, most=0.94,
                              status="optimal"),
                SupplierPrice(supplier="VN02", name="-2 Trading", country="VN", size=1_000.0,
                              status="infeasible", note="It is not qualified"),
            ),
            projects_to_pay=(
                ProjectPrice(project="Pune sintering", supplier="IN01", modules=1.0,
                             worth=2_900_000.0, cost=4_100_000.0, capex=6_000_000.0,
                             capex_at=4_250_000.0, capex_least=4_200_000.0,
                             capex_most=4_300_000.0, incentive=0.0, incentive_at=12.345,
                             incentive_least=12.1, incentive_most=12.6, status="optimal"),
            ),
            shortage_reasons=(
                ShortageReason(item="F", description="Ferrite ring", shortage=275.0,
                               unavoidable=275.0, by_rules=0.0, by_choice=0.0),
                ShortageReason(item="M", description="Sintered magnet N42SH", shortage=3_600.0,
                               unavoidable=2_600.0, by_rules=400.0, by_choice=600.0),
            ),
            next_unit=tuple(
                NextUnit(item=item, site="PUN", end_use="civil", period=period, demand=20_000.0,
                         cost=cost + period, short=short)
                for item, cost, short in (("M", 64.5, False), ("F", 899.0, True))
                for period in (1, 2, 3, 4)
            ),
        ),
    )  # fmt: skip


def infeasible() -> Study:
    """Two conflicts, and what can be seen without a solve."""
    return Study(
        "explain", made_data(),
        "There is no plan: 2 conflicts. Raise made_in_china from 30 % to 41.5 %, and start "
        "VN01 in 2025-12 instead of 2026-02.",
        6.0,
        attention=("There is no plan.",),
        tables=StudyTables(
            reasons=(
                Reason(number=1.0, reason="Three suppliers at most 30 % each make 90 %: 10 % of "
                       "what is bought can come from nobody.", cells="Rules!G2; Suppliers!A2:A4"),
            ),
            conflicts=(
                _cell(1, "Rules!G3", "made_in_china", "30 %", "41.5 %", 11.5, "points"),
                _cell(1, "Offers!F3", "VN01, M: capacity", "8,000", "12,345.6", 4_345.6, "kg"),
                _cell(2, "Supplier items!D4", "VN01, M: ready", "2026-02", "2025-12", -2.0,
                      "months"),
                _cell(2, "Demand!C2", "M at PUN from the first month", "=20000", "12000",
                      -8_000.0, "kg"),
            ),
        ),
    )  # fmt: skip


def _cell(
    conflict: int, cell: str, subject: str, value: str, to: str, change: float, unit: str
) -> ConflictRow:
    return ConflictRow(
        question="no plan", conflict=float(conflict), cell=cell, subject=subject, value=value,
        change_to=to, change=change, unit=unit, verified=True, suggested=cell == "Rules!G3",
    )  # fmt: skip
