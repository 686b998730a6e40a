"""A rule's limit swept by hand: one curve with a knee and an end, and a family of two curves."""

from __future__ import annotations

from optimizer.contract.frontier_results import KNEE, FrontierRow, FrontierShare
from optimizer.contract.study import Figure, Study, StudyTables
from tests.report.handmade_data import made_data

LIMITS = (None, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
OVER = (0.0, 0.0, 12_000.0, 30_000.0, 55_000.0, 410_000.0, 1_350_000.0, None)
LOOSEST = 14_000_000.0


def _curve(name: str = "", dearer: float = 0.0) -> list[FrontierRow]:
    rows = []
    before = 0.0
    for step, (limit, over) in enumerate(zip(LIMITS, OVER, strict=True), start=1):
        if over is None:
            rows.append(FrontierRow(
                curve=name, step=float(step), rule="made_in_china", metric="share", limit=limit,
                status="infeasible", note="No plan: the others cannot deliver more than 62 %",
            ))  # fmt: skip
            continue
        cost = LOOSEST + dearer + over
        short = 900.0 if over > 1_000_000 else 0.0
        rows.append(FrontierRow(
            curve=name, step=float(step), rule="made_in_china", metric="share", limit=limit,
            status="optimal", cost=cost, bound=cost - 20_000.0, cash_cost=cost - 900 * short,
            penalty_cost=900 * short, shortage=short, reached=min(limit or 1.0, 0.94),
            over_loosest=over, least_over_loosest=max(0.0, over - 20_000.0),
            most_over_loosest=over + 20_000.0,
            per_point=None if limit in (None, 0.9) else (over - before) / 10,
            note=f"{KNEE}: from here on a point costs 14 times as much" if limit == 0.6 else "",
        ))  # fmt: skip
        before = over
    return rows


def _shares(rows: list[FrontierRow]) -> list[FrontierShare]:
    shares = []
    for row in rows:
        if row.reached is None:
            continue
        rest = 1.0 - row.reached
        parts = {("country", "CN"): row.reached, ("country", "VN"): 0.7 * rest,
                 ("country", "JP"): 0.3 * rest, ("refining", "CN"): 0.5 + row.reached / 2,
                 ("refining", "unknown"): 0.5 - row.reached / 2}  # fmt: skip
        shares += [
            FrontierShare(curve=row.curve, step=row.step, limit=row.limit, metric=row.metric,
                          dimension=dimension, member=member, share=share)
            for (dimension, member), share in parts.items()
        ]  # fmt: skip
    return shares


def _study(rows: list[FrontierRow]) -> Study:
    return Study(
        "frontier", made_data(),
        "Down to 60 % made in China each percentage point costs 2,500 USD at most; below that "
        "35,500 USD and more; below 40 % there is no plan.",
        20.0,
        sentences=("made_in_china stands at 60 % in the workbook: at the knee.",),
        figures=(
            Figure("At the knee", 55_000.0, "spend", "more than without the rule"),
            Figure("Knee", 0.6, "share", "made in China"),
            Figure("Impossible below", 0.4, "share", "made in China"),
        ),
        tables=StudyTables(frontier=tuple(rows), frontier_shares=tuple(_shares(rows))),
    )  # fmt: skip


def frontier() -> Study:
    """One rule."""
    return _study(_curve())


def two_rules() -> Study:
    """The same at two limits of another rule."""
    return _study([
        *_curve("refined_in_china: 85 %"),
        *_curve("refined_in_china: 70 %", dearer=800_000.0),
    ])  # fmt: skip
