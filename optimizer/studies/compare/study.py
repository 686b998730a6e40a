"""What comes of comparing scenarios, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from optimizer.contract.data import BASE, Data
from optimizer.contract.scenario_results import (
    InputChange,
    RegretPlan,
    RegretRow,
    ScenarioRow,
)
from optimizer.contract.study import Figure, Study, StudyTables
from optimizer.studies.compare.regret import NOT_WORKED_OUT, is_proven, plan_rows, regret_rows
from optimizer.studies.compare.regret_world import Kept
from optimizer.studies.compare.rows import Compared, award_rows, scenario_rows, share_rows
from optimizer.studies.words import money, quantity

_NO_PLAN = {
    "infeasible": "no plan keeps every rule and minimum",
    "limit": "no plan within the limits",
    "input": "the input has errors",
    "failed": "it failed",
}
_NO_SCENARIOS = "The workbook has no scenarios to compare base with"
_SMALL = 1e-6


def compared_study(
    data: Data,
    compared: Sequence[Compared],
    changes: Sequence[InputChange],
    carried: Mapping[str, Mapping[str, Kept]],
    notes: Sequence[str],
    seconds: float,
) -> Study:
    """The answer, where at least one scenario has a plan.

    carried: what plans came to in other worlds; empty: nobody asked.  notes: what else went wrong.
    """
    rows = scenario_rows(compared, data)
    worlds = {
        one.scenario: {**carried[one.scenario], one.scenario: _own(one)}
        for one in compared
        if one.scenario in carried
    }
    in_worlds = regret_rows(worlds, data.settings.unit)
    regrets = plan_rows(in_worlds) if in_worlds else ()
    told = _Told(data, rows, regrets, in_worlds)
    return Study(
        question="compare",
        data=data,
        answer=told.answer(),
        seconds=seconds,
        sentences=tuple(told.sentences()),
        attention=(*told.attention(), *notes),
        figures=tuple(told.figures()),
        tables=StudyTables(
            scenarios_compared=rows,
            inputs_that_differ=tuple(changes),
            awards_by_scenario=award_rows(compared),
            shares_by_scenario=share_rows(compared),
            regret_by_plan=regrets,
            regret=in_worlds,
        ),
    )


def _own(one: Compared) -> Kept:
    assert one.planned is not None
    facts = one.planned.facts
    return Kept(facts.objective, facts.bound, facts.shortage, one.status == "optimal")


class _Told:
    """The tables of a comparison, to be told in sentences."""

    def __init__(
        self,
        data: Data,
        rows: Sequence[ScenarioRow],
        regrets: Sequence[RegretPlan],
        in_worlds: Sequence[RegretRow],
    ) -> None:
        self._settings = data.settings
        self._has_scenarios = any(row.active for row in data.scenarios)
        weighed = any(item.weight != 1.0 for item in data.items)
        self._weight_unit = "kg" if weighed else data.settings.unit
        self._rows = rows
        self._planned = [row for row in rows if row.cost is not None]
        self._base = next((row for row in self._planned if row.scenario == BASE), None)
        self._regrets = regrets
        self._in_worlds = in_worlds

    def answer(self) -> str:
        """The sentence that states the result."""
        if not self._regrets or self._regrets[0].largest_regret is None:
            return self._range()
        first = self._regrets[0]
        said = (
            f"Of {len(self._planned)} scenarios with a plan, the plan for {first.plan} has the "
            f"least largest regret: {self._at_worst(first)}"
        )
        if first.worlds_with_broken_rules:
            said += f", breaking rules or minimums in {first.worlds_with_broken_rules:.0f} of them"
        other = self._beside(first)
        return f"{said}; {other}." if other else f"{said}."

    def sentences(self) -> Iterator[str]:
        """What else is worth a line."""
        if self._regrets and self._regrets[0].largest_regret is not None:
            yield self._range()
            yield from self._keeping_rules()
        today = [row for row in self._planned if row.today_cost is not None]
        if today:
            yield self._today(today)
        moved = max(self._planned, key=lambda row: row.moved or 0.0)
        if moved.moved:
            yield (
                f"Most changes hands in {moved.scenario}: "
                f"{quantity(moved.moved, self._weight_unit)} are bought elsewhere than in base."
            )
        short = max(self._planned, key=lambda row: row.shortage or 0.0)
        if (short.shortage or 0.0) > _SMALL:
            yield (
                f"The largest shortage of any plan is "
                f"{quantity(short.shortage or 0.0, self._settings.unit)}, in {short.scenario}."
            )

    def attention(self) -> Iterator[str]:
        """What has no plan, what is not proven, what cannot be carried out."""
        for row in self._rows:
            if row.cost is None:
                yield f"{row.scenario}: {_NO_PLAN[row.status]} ({_first_line(row.note)})"
            elif row.status != "optimal":
                yield f"{row.scenario}: the plan is proven only within {row.gap or 0.0:.1%}"
        for one in self._in_worlds:
            if one.cost is None and one.note != NOT_WORKED_OUT:
                yield f"The plan for {one.plan} has no cost if {one.world} comes true: {one.note}"
        if self._regrets and self._regrets[0].largest_regret is not None:
            rivals = [row for row in self._regrets if row.largest_regret is not None]
            if not is_proven(rivals):
                yield (
                    f"That the plan for {rivals[0].plan} has the least largest regret is what was "
                    "found, not proven: other plans are within the gaps of the solves."
                )

    def figures(self) -> Iterator[Figure]:
        """Three to six key figures."""
        if self._base is not None:
            yield Figure("Base", self._base.cost or 0.0, "spend", "cost of its plan")
        others = [row for row in self._planned if row is not self._base]
        if others:
            low, high = self._ends()
            yield Figure("Cheapest scenario", low.cost or 0.0, "spend", low.scenario)
            yield Figure("Dearest scenario", high.cost or 0.0, "spend", high.scenario)
        if self._regrets and self._regrets[0].largest_regret is not None:
            first = self._regrets[0]
            yield Figure("Least largest regret", first.largest_regret or 0.0, "spend",
                         f"plan for {first.plan}")  # fmt: skip
        if self._base is not None and self._base.saving_on_today is not None:
            yield Figure("Saving on today", self._base.saving_on_today, "spend", "in base")
        yield Figure("With a plan", float(len(self._planned)), "count",
                     f"of {len(self._rows)} scenarios")  # fmt: skip

    def _ends(self) -> tuple[ScenarioRow, ScenarioRow]:
        def cost(row: ScenarioRow) -> float:
            return row.cost or 0.0

        return min(self._planned, key=cost), max(self._planned, key=cost)

    def _range(self) -> str:
        """What the plans cost, from the cheapest to the dearest."""
        low, high = self._ends()
        if len(self._rows) == 1:
            beside = "Nothing but base was asked for" if self._has_scenarios else _NO_SCENARIOS
            return f"{beside}; its plan costs {self._money(low.cost)}."
        if len(self._planned) == 1:
            return (
                f"Of {len(self._rows)} scenarios only {low.scenario} has a plan; it costs "
                f"{self._money(low.cost)}."
            )
        if low is high:
            return f"The plan of every scenario costs {self._money(low.cost)}."
        said = (
            f"A plan costs from {self._money(low.cost)} ({low.scenario}) to "
            f"{self._money(high.cost)} ({high.scenario})"
        )
        if self._base is None or self._base in (low, high):
            return f"{said}."
        return f"{said}; {self._money(self._base.cost)} in base."

    def _at_worst(self, row: RegretPlan) -> str:
        if row.world == row.plan:
            return f"{self._money(0.0)}, whichever of them comes true"
        return f"{self._money(row.largest_regret)} (if {row.world} comes true)"

    def _beside(self, first: RegretPlan) -> str:
        """The plan for base beside the best one, or the second beside base."""
        others = [row for row in self._regrets if row is not first]
        row = next((row for row in others if row.plan == BASE), others[0] if others else None)
        if row is None:
            return ""
        if row.largest_regret is None:
            return f"the plan for {row.plan} cannot be carried out if {row.world} comes true"
        return f"the plan for {row.plan} has {self._at_worst(row)}"

    def _keeping_rules(self) -> Iterator[str]:
        """Who has the least regret among plans that break nothing, if the first breaks something.

        Carried plans are planned on without hard rules, so a plan may look good for breaking them.
        """
        first, worlds = self._regrets[0], len(self._planned)
        if not first.worlds_with_broken_rules:
            return
        yield (
            f"Planned on without rules, the plan for {first.plan} breaks rules or minimums in "
            f"{first.worlds_with_broken_rules:.0f} of {worlds} worlds."
        )
        keeping = [
            row for row in self._regrets
            if row.worlds_with_broken_rules < first.worlds_with_broken_rules
            and row.largest_regret is not None
        ]  # fmt: skip
        if keeping:
            fewest = min(row.worlds_with_broken_rules for row in keeping)
            best = next(row for row in keeping if row.worlds_with_broken_rules == fewest)
            yield (
                f"Of the plans that do so in the fewest worlds ({fewest:.0f}), that for "
                f"{best.plan} has the least largest regret: {self._at_worst(best)}."
            )

    def _today(self, rows: Sequence[ScenarioRow]) -> str:
        """What today's split costs beside the plan: in base, and where that is most."""
        worst = max(rows, key=lambda one: one.saving_on_today or 0.0)
        base = next((row for row in rows if row is self._base), worst)
        said = f"Today's split costs {self._beside_plan(base)} than the plan in {base.scenario}"
        if worst is not base:
            said += f", and {self._beside_plan(worst)} in {worst.scenario}"
        if base.today_broken:
            said += f"; in {base.scenario} it breaks {base.today_broken:.0f} limits"
        return f"{said}."

    def _beside_plan(self, row: ScenarioRow) -> str:
        saving = row.saving_on_today or 0.0
        return f"{self._money(abs(saving))} {'more' if saving >= 0 else 'less'}"

    def _money(self, amount: float | None) -> str:
        return money(amount or 0.0, self._settings.currency)


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].rstrip(".")
