"""The workbook of a study: a Summary, and the sheets of each table that has rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from optimizer.contract.study import Study
from optimizer.report.atomic import OutputError, replacing
from optimizer.report.beside import place_of, put_beside
from optimizer.report.charts import Charts
from optimizer.report.columns import units_line
from optimizer.report.front import SHEET as SUMMARY
from optimizer.report.layouts import Layout
from optimizer.report.sheets import write_sheet
from optimizer.report.shown import columns_for, shown_columns
from optimizer.report.study_layouts import STUDY_LAYOUTS
from optimizer.report.study_pictures import study_pictures
from optimizer.report.study_summary import write_study_summary
from optimizer.report.study_turns import TURNED
from optimizer.report.styles import Styles
from optimizer.report.wide_sheets import write_wide
from optimizer.report.workbook import CREATED, options


def write_study_book(study: Study, path: Path | str, *, inputs: Iterable[Path] = ()) -> None:
    """Write the workbook of a study; the same study gives the same bytes.

    ``inputs`` are files that must not be overwritten.

    Raises:
        OutputError: the workbook cannot be written there; nothing has changed then.
    """
    target = Path(path)
    with replacing(target, inputs) as part:
        try:
            _write(study, part)
        except XlsxWriterException as error:
            raise OutputError(f"{target} cannot be written: {error}") from error


def _write(study: Study, part: Path) -> None:
    book = xlsxwriter.Workbook(str(part), options())
    styles = Styles(book)
    book.set_properties({"title": study.data.settings.name or "", "created": CREATED})
    layouts = [_fitted(one, study) for one in STUDY_LAYOUTS if study.tables.rows(one.attribute)]
    places = {one.attribute: place_of(one, study) for one in layouts}
    pictures = study_pictures(study)
    charts = Charts(book, pictures, study.data.settings)
    summary = book.add_worksheet(SUMMARY)
    for layout in layouts:
        for turned in TURNED:
            if turned.attribute == layout.attribute and (wide := turned.wide(study)):
                write_wide(book, styles, wide)
        sheets = write_sheet(book, styles, study, layout, places)
        put_beside(sheets[0], layout, charts, places[layout.attribute])
    if pictures:
        charts.write_data(styles)
    write_study_summary(summary, styles, study, charts)
    book.close()


def _fitted(layout: Layout[Study], study: Study) -> Layout[Study]:
    """The layout with as many columns in print as its lines need."""
    lines = (units_line(layout.table, study.data), *layout.notes)
    columns = shown_columns(layout, layout.rows(study), study)
    return dataclasses.replace(layout, printed=columns_for(lines, columns))
