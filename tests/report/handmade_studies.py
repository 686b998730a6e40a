"""Answers to the five questions made by hand, about the input of the plan made by hand.

The numbers agree with each other where a sheet adds them up; there are scenarios without a plan,
names in other scripts and texts that begin like a formula.
"""

from __future__ import annotations

from optimizer.contract.choice_results import (
    AlternativeAward,
    AlternativeRow,
    AlternativeShare,
    Measured,
    SplitOutcome,
    SplitRow,
    SplitRule,
    SplitStop,
)
from optimizer.contract.scenario_results import (
    InputChange,
    RegretPlan,
    RegretRow,
    ScenarioAward,
    ScenarioRow,
    ScenarioShare,
)
from optimizer.contract.study import Figure, Study, StudyTables
from tests.report.handmade_data import MADE_IN, made_data
from tests.report.handmade_explained import explained, infeasible
from tests.report.handmade_frontier import frontier, two_rules

FORMULA = "=1+1"
"""A scenario that is called like a formula."""
SCENARIOS = ("base", "关税战 tariff war", FORMULA)
TODAY = {("CN01", "M"): 240_000.0}
AWARDS = {
    "base": {("CN01", "M"): 130_000.0, ("VN01", "M"): 80_000.0, ("JP01", "M"): 30_000.0,
             ("CN01", "F"): 16_000.0},
    "关税战 tariff war": {("VN01", "M"): 170_000.0, ("JP01", "M"): 70_000.0,
                       ("CN01", "F"): 16_000.0},
    FORMULA: {("CN01", "M"): 120_000.0, ("VN01", "M"): 120_000.0, ("CN01", "F"): 14_500.5},
}  # fmt: skip
REFINED = {"base": 0.72, "关税战 tariff war": 0.81, FORMULA: 0.9}
COST = {"base": 14_200_000.0, "关税战 tariff war": 16_950_000.0, FORMULA: 14_100_000.0}
TODAY_COST = {"base": 15_000_000.0, "关税战 tariff war": 22_400_000.0, FORMULA: None}


def compared() -> Study:
    """Three scenarios with a plan, one without."""
    rows = [_scenario(name) for name in SCENARIOS]
    rows.append(ScenarioRow(
        scenario="no_licence", status="infeasible",
        note="No plan keeps made_in_china: exports from China stop (see `diversify explain`)",
    ))  # fmt: skip
    return Study(
        "compare", made_data(),
        "The plan for base is the one to choose: it costs at most 1.2 m USD more than the best "
        "plan in any of 3 scenarios; a tariff war costs 2.8 m USD more than base.",
        12.5,
        sentences=("In a tariff war nothing is bought from China but ferrite.",
                   "Today's split would cost 5.5 m USD more than the best plan in a tariff war."),
        attention=("no_licence has no plan.",),
        figures=(
            Figure("Base", COST["base"], "spend", "gap 0.4 %"),
            Figure("Dearest scenario", COST[SCENARIOS[1]], "spend", SCENARIOS[1]),
            Figure("Least largest regret", 1_200_000.0, "spend", "the plan for base"),
            Figure("Made in China", 0.57, "share", "of all goods, in base"),
            Figure("Largest shortage", 3_300.0, "quantity", FORMULA),
        ),
        tables=StudyTables(
            scenarios_compared=tuple(rows),
            inputs_that_differ=_inputs(),
            awards_by_scenario=tuple(_awards()),
            shares_by_scenario=tuple(_shares()),
            regret_by_plan=_regret_by_plan(),
            regret=_regret(),
        ),
    )  # fmt: skip


def _scenario(name: str) -> ScenarioRow:
    short = 3_300.0 if name == FORMULA else 0.0
    penalty = 900.0 * short
    today = TODAY_COST[name]
    return ScenarioRow(
        scenario=name, status="optimal", cost=COST[name], bound=0.996 * COST[name], gap=0.004,
        cost_over_base=COST[name] - COST["base"], cash_cost=COST[name] - penalty,
        penalty_cost=penalty, shortage=short, shortage_over_base=short,
        suppliers=float(len({supplier for supplier, _ in AWARDS[name]})),
        largest_country="VN" if name == SCENARIOS[1] else "CN", largest_share=0.57, moved=0.0
        if name == "base" else 90_000.0, today_cost=today,
        saving_on_today=None if today is None else today - COST[name],
        today_shortage=None if today is None else 0.0,
        note="Duties of 60 % on goods made in China" if name == SCENARIOS[1] else "",
    )  # fmt: skip


def _inputs() -> tuple[InputChange, ...]:
    return (
        InputChange(scenario=SCENARIOS[1], table="Offers", subject="CN01, M", column="price",
                    cell="Offers!C2", base="58", changed="92.8", factor=1.6, by="Scenarios!A2"),
        InputChange(scenario=FORMULA, table="Rules", subject="made_in_china", column="active",
                    cell="Rules!H3", base="yes", changed="no", by="Scenarios!A3"),
        InputChange(scenario="no_licence", table="Suppliers", subject="CN01", column="name",
                    cell="Suppliers!B2", base="Gannan Magnetics", changed="=HYPERLINK(\"x\")",
                    by="Scenarios!A4"),
    )  # fmt: skip


def _awards() -> list[ScenarioAward]:
    offers = dict.fromkeys(offer for plan in AWARDS.values() for offer in plan)
    return [
        ScenarioAward(
            scenario=name, supplier=supplier, country=MADE_IN[supplier], item=item,
            award=plan.get((supplier, item), 0.0),
            over_base=plan.get((supplier, item), 0.0) - AWARDS["base"].get((supplier, item), 0.0),
            over_today=plan.get((supplier, item), 0.0) - TODAY.get((supplier, item), 0.0),
        )
        for name, plan in AWARDS.items()
        for supplier, item in offers
    ]  # fmt: skip


def _shares() -> list[ScenarioShare]:
    rows = []
    base: dict[tuple[str, str], float] = {}
    for name, plan in AWARDS.items():
        whole = sum(plan.values())
        found: dict[tuple[str, str], float] = {}
        for (supplier, _), award in plan.items():
            for key in (("supplier", supplier), ("country", MADE_IN[supplier])):
                found[key] = found.get(key, 0.0) + award / whole
        found["refining", "CN"] = REFINED[name]
        found["refining", "MY"] = 1 - REFINED[name]
        base = base or found
        rows += [
            ScenarioShare(scenario=name, dimension=dimension, member=member, share=share,
                          over_base=share - base.get((dimension, member), 0.0))
            for (dimension, member), share in found.items()
        ]  # fmt: skip
    return rows


def _regret() -> tuple[RegretRow, ...]:
    over = {
        ("base", SCENARIOS[1]): 1_200_000.0, ("base", FORMULA): 350_000.0,
        (SCENARIOS[1], "base"): 1_900_000.0, (SCENARIOS[1], FORMULA): 2_100_000.0,
        (FORMULA, "base"): 240_000.0, (FORMULA, SCENARIOS[1]): None,
    }  # fmt: skip
    return tuple(
        RegretRow(
            plan=plan, world=world, best=COST[world], regret=regret,
            cost=None if regret is None else COST[world] + regret,
            shortage=None if regret is None else (750.0 if regret > 2_000_000 else 0.0),
            broken="made_in_china" if (plan, world) == (FORMULA, "base") else "",
            note="It cannot be carried out: VN01 has no capacity" if regret is None else "",
        )
        for plan in SCENARIOS
        for world in SCENARIOS
        for regret in [over.get((plan, world), 0.0)]
    )  # fmt: skip


def _regret_by_plan() -> tuple[RegretPlan, ...]:
    return (
        RegretPlan(plan="base", largest_regret=1_200_000.0, world=SCENARIOS[1],
                   mean_regret=516_666.67, largest_shortage=0.0, worlds_with_broken_rules=0.0),
        RegretPlan(plan=SCENARIOS[1], largest_regret=2_100_000.0, world=FORMULA,
                   mean_regret=1_333_333.33, largest_shortage=750.0, worlds_with_broken_rules=0.0),
        RegretPlan(plan=FORMULA, world=SCENARIOS[1], largest_shortage=0.0,
                   worlds_with_broken_rules=1.0),
    )  # fmt: skip


def evaluated() -> Study:
    """Today's split, which breaks two rules and cannot be contracted in full."""
    return Study(
        "evaluate", made_data(),
        "Today's split costs 15.2 m USD, 1.0 m USD (7 %) more than the best plan, breaks 2 rules "
        "and runs short by 18 t if exports from China stop.",
        3.25,
        sentences=("VN01 takes less than it has today: its capacity is 20 t a month.",),
        attention=("supplier_share is broken: CN01 delivers 94 %, 55 % are allowed.",),
        figures=(
            Figure("Today's split", 15_200_000.0, "spend", "5 % penalties"),
            Figure("More than the best plan", 1_000_000.0, "spend", "between 0.9 m and 1.1 m"),
            Figure("Rules broken", 2.0, "count", "of 5"),
            Figure("Shortage", 4_500.0, "quantity", "worst outcome 18 t"),
        ),
        tables=StudyTables(
            side_by_side=(
                Measured(measure="Cost", metric="spend", given=15_200_000.0, best=14_200_000.0,
                         difference=1_000_000.0),
                Measured(measure="Cash cost", metric="spend", given=14_440_000.0,
                         best=14_200_000.0, difference=240_000.0),
                Measured(measure="Penalty cost", metric="spend", given=760_000.0, best=0.0,
                         difference=760_000.0),
                Measured(measure="Shortage", metric="quantity", given=4_500.0, best=0.0,
                         difference=4_500.0),
                Measured(measure="Suppliers", metric="count", given=1.0, best=3.0,
                         difference=-2.0),
                Measured(measure="Largest supplier", metric="share", given=0.94, best=0.55,
                         difference=0.39),
                Measured(measure="Made in China", metric="share", given=0.94, best=0.57,
                         difference=0.37),
                Measured(measure="HHI of suppliers", metric="hhi", given=8_900.0, best=4_100.0,
                         difference=4_800.0),
                Measured(measure="Survives if China stops", metric="periods", given=1.25,
                         best=None),
            ),
            split_rules=(
                SplitRule(rule="made_in_china", sentence="At most 60 % may be made in China",
                          item="", member="CN", metric="share", limit=0.6, given=0.94,
                          broken=True, best=0.57),
                SplitRule(rule="spread", sentence="The HHI of suppliers may be at most 5,000",
                          item="", member="", metric="hhi", limit=5_000.0, given=8_900.0,
                          broken=True, best=4_100.0),
                SplitRule(rule="two_sources_F", sentence="At least 2 suppliers must deliver F",
                          item="F", member="", metric="count", limit=2.0, given=2.0, best=None),
            ),
            split=(
                SplitRow(supplier="CN01", country="CN", item="M", asked=240_000.0,
                         award=225_000.0, short_of_asked=15_000.0, best=130_000.0,
                         difference=95_000.0, note="Its capacity is 56,250 kg a month"),
                SplitRow(supplier="VN01", country="VN", item="M", asked=0.0, award=0.0,
                         short_of_asked=0.0, best=80_000.0, difference=-80_000.0),
                SplitRow(supplier="CN01", country="CN", item="F", asked=16_000.0, award=16_000.0,
                         short_of_asked=0.0, best=16_000.0, difference=0.0),
            ),
            split_outcomes=(
                SplitOutcome(outcome="granted", probability=0.75, cost=13_000_000.0,
                             best_cost=13_900_000.0, shortage=0.0, best_shortage=0.0),
                SplitOutcome(outcome="freeze", probability=0.25, cost=21_800_000.0,
                             best_cost=15_100_000.0, shortage=18_000.0, best_shortage=0.0),
            ),
            split_stress=(
                SplitStop(kind="supplier", target="VN01", name="Hai Phong Magnetic Materials",
                          survives=None, best_survives=2.5, loss=0.0, best_loss=250_000.0),
                SplitStop(kind="country", target="CN", name="China", survives=1.25,
                          best_survives=None, loss=16_200_000.0, best_loss=0.0),
            ),
        ),
    )  # fmt: skip


PLANS = ("best", "fewest suppliers", "least from CN", "fewest moves", "least worst shortage")


def alternatives() -> Study:
    """The best plan and four that cost at most 1 % more, one of which was not found."""
    cost = 14_200_000.0

    def row(plan: str, over: float, suppliers: float, china: float, moved: float,
            reached: float | None, at_best: float | None, status: str = "optimal",
            ) -> AlternativeRow:  # fmt: skip
        return AlternativeRow(
            plan=plan, status=status, cost=cost * (1 + over), over_best=over, suppliers=suppliers,
            country="CN", country_share=china, moved=moved, worst_shortage=3_000.0 * suppliers / 4,
            shortage=0.0, cash_cost=cost * (1 + over), penalty_cost=0.0, reached=reached,
            at_best=at_best,
        )  # fmt: skip

    return Study(
        "alternatives", made_data(),
        "Within 1 % of the least cost 2 suppliers are enough, 21 % need be made in China, and "
        "75 t less move from today's suppliers.",
        8.0,
        attention=("least worst shortage: no plan was found before the time was up.",),
        figures=(
            Figure("Best plan", cost, "spend", "gap 0.3 %"),
            Figure("Fewest suppliers", 2.0, "count", "3 in the best plan"),
            Figure("Least from China", 0.21, "share", "57 % in the best plan"),
        ),
        tables=StudyTables(
            alternatives=(
                row("best", 0.0, 3.0, 0.57, 126_000.0, None, None),
                row("fewest suppliers", 0.0091, 2.0, 0.55, 120_000.0, 2.0, 2.0),
                row("least from CN", 0.0099, 3.0, 0.21, 190_000.0, 0.2134, 0.2029, "time_limit"),
                row("fewest moves", 0.0048, 3.0, 0.6, 51_000.0, 51_000.0, 50_100.0),
                AlternativeRow(plan="least worst shortage", status="none", country="CN",
                               note="No plan was found before the time was up"),
            ),
            alternative_awards=tuple(
                AlternativeAward(plan=plan, supplier=supplier, country=MADE_IN[supplier],
                                 item=item, award=award + 10_000.0 * number,
                                 over_best=10_000.0 * number)
                for number, plan in enumerate(PLANS[:4])
                for (supplier, item), award in AWARDS["base"].items()
            ),
            alternative_shares=tuple(
                AlternativeShare(plan=plan, country=country, weight=256_000.0 * share,
                                 share=share, over_best=share - best)
                for plan, china in zip(PLANS, (0.57, 0.55, 0.21, 0.6), strict=False)
                for country, share, best in (("CN", china, 0.57), ("VN", 1 - china, 0.43))
            ),
        ),
    )  # fmt: skip


def studies() -> dict[str, Study]:
    """Every study made by hand."""
    return {
        "compare": compared(),
        "evaluate": evaluated(),
        "alternatives": alternatives(),
        "frontier": frontier(),
        "frontier of two rules": two_rules(),
        "explain": explained(),
        "explain, infeasible": infeasible(),
    }
