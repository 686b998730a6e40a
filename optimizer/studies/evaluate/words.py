"""What comes of a given split, in words and figures."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.contract.choice_results import SplitRow
from optimizer.contract.plan import Plan
from optimizer.contract.study import Figure, StudyTables
from optimizer.solve.outcome import relative_gap
from optimizer.studies.evaluate.given import Evaluated
from optimizer.studies.stress.main_stops import main_country
from optimizer.studies.words import money, quantity

_SMALL = 1e-6
_SHOWN = 6
_DIGITS = 6


class Told:
    """A given split, the best plan (None: there is none, for the reason given) and their tables."""

    def __init__(
        self, given: Evaluated, best: Plan | None, no_best: str, tables: StudyTables
    ) -> None:
        self._given, self._best, self._no_best = given, best, no_best
        self._plan = given.carried.plan
        self._tables = tables
        self._data = self._plan.data
        self._settings = self._data.settings
        self._broken = tuple(row for row in tables.split_rules if row.broken)

    def answer(self) -> str:
        """Cost against the best plan, and how many limits are broken."""
        parts = [f"{self._given.name} {self._verb()} {self._money(self._plan.facts.objective)}"]
        if self._best is not None:
            parts[0] += self._against(self._best)
        if self._broken:
            limits = "1 limit" if len(self._broken) == 1 else f"{len(self._broken)} limits"
            parts.append(f"breaks {limits}")
        else:
            parts.append("keeps every rule")
        if self._short():
            parts.append(f"leaves {self._quantity(self._plan.facts.shortage)} short")
        return f"{', '.join(parts[:-1])} and {parts[-1]}."

    def sentences(self) -> Iterator[str]:
        """The gap of the difference, what is broken, moved and risked."""
        if self._best is not None:
            yield self._interval(self._best)
            yield from self._where(self._best)
        yield from self._spread()
        yield from self._survival()
        if self._given.free:
            items = _listed(sorted(self._given.free))
            yield f"No split is given for {items}; that is decided like the rest of the plan."

    def attention(self) -> Iterator[str]:
        """What is broken, short of what was asked, or not proven."""
        if self._broken:
            yield f"Broken: {_listed(list(self._given.carried.broken), '; ')}."
        missing = [row for row in self._tables.split if row.short_of_asked > 0]
        if missing:
            yield self._missing(missing)
        if self._no_best:
            yield f"There is no best plan to compare with: {self._no_best}"
        if self._plan.tables.awards and not self._tables.split_stress:
            yield "The stops were not looked at: there was no time left for them."
        if not self._given.proven:
            yield (
                "The time was too short to prove that no more of what was asked can be contracted."
            )
        for name, plan in ((self._given.name, self._plan), ("The best plan", self._best)):
            if plan is not None and plan.facts.gap > self._settings.gap + _SMALL:
                yield (
                    f"{name} is not proven to the gap that Settings ask for: it could cost up to "
                    f"{100 * plan.facts.gap:.2g} % less."
                )

    def figures(self) -> Iterator[Figure]:
        """What a manager looks at first."""
        facts, best = self._plan.facts, self._best
        yield Figure(
            self._given.name,
            facts.objective,
            "spend",
            "" if best is None else f"best plan {self._money(best.facts.objective)}",
        )
        if best is not None:
            more = facts.objective - best.facts.objective
            share = abs(more) / abs(best.facts.objective) if best.facts.objective else 0.0
            label = f"{'More' if more >= 0 else 'Less'} than the best plan"
            yield Figure(label, abs(more), "spend", f"{100 * share:.1f} %")
        yield Figure(
            "Short",
            facts.shortage,
            "quantity",
            "" if best is None else f"best plan {self._quantity(best.facts.shortage)}",
        )
        some = dict.fromkeys(row.rule for row in self._broken)
        yield Figure("Limits broken", float(len(self._broken)), "count", _listed(list(some)))
        largest = [r for r in self._tables.side_by_side if r.measure.startswith("Largest country")]
        for row in largest:
            if row.given is not None:
                beside = "" if row.best is None else f"best plan {100 * row.best:.0f} %"
                yield Figure(row.measure, row.given, "share", beside)

    def _verb(self) -> str:
        measure = self._settings.risk_measure
        if len(self._plan.tables.outcomes) == 1:
            return "costs"
        return "costs on average" if measure == "expected" else f"comes to (by {measure})"

    def _against(self, best: Plan) -> str:
        more = self._plan.facts.objective - best.facts.objective
        if abs(more) <= _SMALL * max(1.0, abs(best.facts.objective)):
            return ", as much as the best plan"
        share = abs(more) / abs(best.facts.objective) if best.facts.objective else 0.0
        word = "more" if more > 0 else "less"
        return f", {self._money(abs(more))} ({100 * share:.1f} %) {word} than the best plan"

    def _interval(self, best: Plan) -> str:
        """The difference as far as it is proven: each cost lies between its bound and itself."""
        low = self._plan.facts.bound - best.facts.objective
        high = self._plan.facts.objective - best.facts.bound
        gaps = [relative_gap(p.facts.objective, p.facts.bound) for p in (self._plan, best)]
        if max(gaps) <= _SMALL:
            return "Both are proven: nothing that was decided around them could be cheaper."
        if low >= 0:
            proven = f"between {self._money(low)} and {self._money(high)} more"
        elif high <= 0:
            proven = f"between {self._money(-high)} and {self._money(-low)} less"
        else:
            proven = f"anything from {self._money(-low)} less to {self._money(high)} more"
        return (
            f"Proven is that it costs {proven} than the best plan could: the costs found have "
            f"gaps of {100 * gaps[0]:.2g} % and {100 * gaps[1]:.2g} %."
        )

    def _where(self, best: Plan) -> Iterator[str]:
        paid = self._plan.facts.cash_cost - best.facts.cash_cost
        wrong = self._plan.facts.penalty_cost - best.facts.penalty_cost
        if max(abs(paid), abs(wrong)) <= _SMALL * max(1.0, abs(best.facts.objective)):
            return
        yield (
            f"It pays {self._money(abs(paid))} {'more' if paid >= 0 else 'less'} than the best "
            f"plan for goods, freight, duty and stock, and has {self._money(abs(wrong))} "
            f"{'more' if wrong >= 0 else 'less'} in penalties (shortage, lateness, cover)."
        )

    def _spread(self) -> Iterator[str]:
        spread, best = self._plan.facts.spread, self._best
        if len(self._plan.tables.outcomes) == 1:
            return
        worst = max(self._plan.tables.outcomes, key=lambda row: row.cost)
        said = (
            f"At worst ({worst.outcome}) it costs {self._money(spread.worst_case)}; something is "
            f"short with a probability of {100 * spread.shortage_chance:.3g} %"
        )
        if best is not None:
            said += (
                f". Of the best plan that is {self._money(best.facts.spread.worst_case)} and "
                f"{100 * best.facts.spread.shortage_chance:.3g} %"
            )
        yield f"{said}."

    def _survival(self) -> Iterator[str]:
        main = main_country(self._plan)
        period = self._settings.period
        for row in self._tables.split_stress:
            if (row.kind, row.target) != ("country", main):
                continue
            said = (
                f"If {row.name} stops tomorrow, demand is met in full {_time(row.survives, period)}"
            )
            if row.loss:
                said += f", and what is short after that costs {self._money(row.loss)}"
            if row.best_loss is not None:
                said += f". With the best plan it is met {_time(row.best_survives, period)}"
                if row.best_loss or row.loss:
                    said += f", and the loss is {self._money(row.best_loss)}"
            yield f"{said}."

    def _missing(self, rows: list[SplitRow]) -> str:
        rows = sorted(rows, key=lambda row: -row.short_of_asked)
        said = [
            f"{row.item} from {row.supplier}: {self._quantity(row.award)} of "
            f"{self._quantity(row.asked)} ({row.note})"
            for row in rows
        ]
        return f"Not everything can be contracted as asked: {_listed(said, '; ')}."

    def _short(self) -> bool:
        return self._plan.facts.shortage > _SMALL

    def _money(self, amount: float) -> str:
        return money(amount, self._settings.currency)

    def _quantity(self, amount: float) -> str:
        return quantity(round(amount, _DIGITS), self._settings.unit)


def _time(periods: float | None, period: str) -> str:
    return "to the end of the horizon" if periods is None else f"for {periods:.1f} {period}s"


def _listed(parts: list[str], separator: str = ", ") -> str:
    more = f" and {len(parts) - _SHOWN} more" if len(parts) > _SHOWN else ""
    return f"{separator.join(parts[:_SHOWN])}{more}"
