"""Results as Python users see them: frozen, with their tables as DataFrames."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import pandas as pd

from optimizer.contract.data import Data
from optimizer.contract.plan import Facts, Plan
from optimizer.contract.results import RESULTS
from optimizer.contract.study import STUDY_TABLES, Study
from optimizer.report.frames import frame
from optimizer.results.assumptions import assumptions_of

_TABLES = frozenset(table.attribute for table in RESULTS)
_STUDY_TABLES = tuple(table.attribute for table in STUDY_TABLES)


@dataclass(frozen=True, slots=True)
class SolvedPlan:
    """A plan; every result table is an attribute: ``plan.awards``, ``plan.rule_check``, ...

    ``contract`` holds the same as typed rows; the frames are made from it at each access, so that
    what is done to one changes nothing else.
    """

    contract: Plan

    @property
    def data(self) -> Data:
        """What the plan was made for."""
        return self.contract.data

    @property
    def facts(self) -> Facts:
        """Status, objective, bound, gap, costs and what else is one number."""
        return self.contract.facts

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in _TABLES:
            raise AttributeError(f"a plan has no table {name!r}; it has {', '.join(self.tables)}")
        return frame(self.contract, name)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *_TABLES})

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the result tables, in the order of the sheets."""
        return tuple(table.attribute for table in RESULTS)


def answered(study: Study) -> StudyResult:
    """A study with what it takes for granted beside it."""
    tables = dataclasses.replace(study.tables, assumptions=assumptions_of(study.data))
    return StudyResult(dataclasses.replace(study, tables=tables))


@dataclass(frozen=True, slots=True)
class StudyResult:
    """The answer to a question with many solves; its result tables are attributes.

    ``tables`` names those that have rows: which they are depends on the question.
    """

    contract: Study

    @property
    def data(self) -> Data:
        """What the question was asked of."""
        return self.contract.data

    @property
    def answer(self) -> str:
        """The sentence that states the result."""
        return self.contract.answer

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in _STUDY_TABLES:
            raise AttributeError(f"a study has no table {name!r}; this one has {self.tables}")
        return frame(self.contract, name)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *self.tables})

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that have rows, in the order of the sheets."""
        return tuple(name for name in _STUDY_TABLES if self.contract.tables.rows(name))
