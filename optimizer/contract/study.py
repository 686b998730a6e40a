"""The answer to a question that takes many solves: what it comes to in words, and its tables."""

from __future__ import annotations

from dataclasses import dataclass, field

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
from optimizer.contract.data import Data
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
from optimizer.contract.fields import Row, Table, table_of
from optimizer.contract.frontier_results import FrontierRow, FrontierShare
from optimizer.contract.results import Assumption
from optimizer.contract.scenario_results import (
    InputChange,
    RegretPlan,
    RegretRow,
    ScenarioAward,
    ScenarioRow,
    ScenarioShare,
)

STUDY_RESULTS: tuple[Table, ...] = tuple(
    table_of(row_class)
    for row_class in (
        ScenarioRow,
        InputChange,
        ScenarioAward,
        ScenarioShare,
        RegretPlan,
        RegretRow,
        Measured,
        SplitRow,
        SplitRule,
        SplitOutcome,
        SplitStop,
        AlternativeRow,
        AlternativeShare,
        AlternativeAward,
        FrontierRow,
        FrontierShare,
        Reason,
        ConflictRow,
        RuleCost,
        OfferPrice,
        SupplierPrice,
        ProjectPrice,
        ShortageReason,
        NextUnit,
    )
)


STUDY_TABLES: tuple[Table, ...] = (*STUDY_RESULTS, table_of(Assumption))
"""Everything that the answer to a question may hold."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure.  ``metric``: spend, quantity, share, count or price; ``beside``: one line."""

    label: str
    value: float
    metric: str
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyTables:
    """Every result table of a study; the field names are the tables' ``attribute``."""

    scenarios_compared: tuple[ScenarioRow, ...] = ()
    inputs_that_differ: tuple[InputChange, ...] = ()
    awards_by_scenario: tuple[ScenarioAward, ...] = ()
    shares_by_scenario: tuple[ScenarioShare, ...] = ()
    regret_by_plan: tuple[RegretPlan, ...] = ()
    regret: tuple[RegretRow, ...] = ()
    side_by_side: tuple[Measured, ...] = ()
    split: tuple[SplitRow, ...] = ()
    split_rules: tuple[SplitRule, ...] = ()
    split_outcomes: tuple[SplitOutcome, ...] = ()
    split_stress: tuple[SplitStop, ...] = ()
    alternatives: tuple[AlternativeRow, ...] = ()
    alternative_shares: tuple[AlternativeShare, ...] = ()
    alternative_awards: tuple[AlternativeAward, ...] = ()
    frontier: tuple[FrontierRow, ...] = ()
    frontier_shares: tuple[FrontierShare, ...] = ()
    reasons: tuple[Reason, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    rule_costs: tuple[RuleCost, ...] = ()
    prices_to_win: tuple[OfferPrice, ...] = ()
    suppliers_to_win: tuple[SupplierPrice, ...] = ()
    projects_to_pay: tuple[ProjectPrice, ...] = ()
    shortage_reasons: tuple[ShortageReason, ...] = ()
    next_unit: tuple[NextUnit, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def rows(self, attribute: str) -> tuple[Row, ...]:
        """The rows of the table with that attribute name (``Table.attribute``)."""
        rows: tuple[Row, ...] = getattr(self, attribute)
        return rows


@dataclass(frozen=True, slots=True)
class Study:
    """What a question gives.

    ``question``: the command.  ``answer``: the sentence that states the result; ``sentences``:
    what else is worth a line; ``attention``: what needs action, or was not proven.
    """

    question: str
    data: Data
    answer: str
    seconds: float
    sentences: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: StudyTables = field(default_factory=StudyTables)
