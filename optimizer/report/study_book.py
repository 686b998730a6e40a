"""The workbook of a study: a Summary, and one sheet for each table that has rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from optimizer.contract.study import STUDY_RESULTS, Study
from optimizer.report.atomic import replacing
from optimizer.report.columns import heading, value


def write_study_book(study: Study, path: Path | str, *, inputs: Iterable[Path] = ()) -> None:
    """Write the workbook of a study; the same study gives the same bytes.

    ``inputs`` are files that must not be overwritten.

    Raises:
        OutputError: the workbook cannot be written there; nothing has changed then.
    """
    with replacing(Path(path), inputs) as part:
        book = xlsxwriter.Workbook(str(part))
        summary = book.add_worksheet("Summary")
        for line, text in enumerate((study.answer, *study.sentences, *study.attention)):
            summary.write_string(line, 0, text)
        for table in STUDY_RESULTS:
            rows = study.tables.rows(table.attribute)
            if not rows:
                continue
            sheet = book.add_worksheet(table.name)
            for column, declared in enumerate(table.columns):
                sheet.write_string(0, column, heading(declared, study.data))
                for line, row in enumerate(rows, start=1):
                    cell = value(declared, getattr(row, declared.name), study.data)
                    if cell is not None:
                        sheet.write(line, column, cell)
        book.close()
