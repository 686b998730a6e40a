"""A study for machines: one JSON object."""

from __future__ import annotations

import dataclasses

from optimizer.contract.study import STUDY_TABLES, Study
from optimizer.report.to_json import records, text_of


def study_json(study: Study) -> str:
    """The question, its scenario, its answer in words and every table with rows, as JSON text.

    Units as in the tables; what is unlimited or unknown is ``null``.  Ends with a line feed.
    """
    tables = [table.attribute for table in STUDY_TABLES if study.tables.rows(table.attribute)]
    return text_of(
        {
            "question": study.question,
            "scenario": study.data.scenario,
            "answer": study.answer,
            "sentences": list(study.sentences),
            "attention": list(study.attention),
            "figures": [dataclasses.asdict(figure) for figure in study.figures],
            "seconds": study.seconds,
            "tables": {name: records(study, name) for name in tables},
        }
    )
