"""Writes the workbook of a study and reads it back."""

from __future__ import annotations

from pathlib import Path

from optimizer.contract.study import Study
from optimizer.report.places import FIRST_ROW, HEADER_ROW
from optimizer.report.study_book import write_study_book
from tests.report.reading import Book, opened


def written(study: Study, folder: Path, name: str = "study.xlsx") -> Book:
    path = folder / name
    write_study_book(study, path)
    return opened(path)


def formats(book: Book, sheet: str, line: int = FIRST_ROW) -> dict[str, str]:
    """Heading -> number format in one row, counted from 0."""
    at = book.values[sheet]
    return {cell.value: at.cell(line + 1, cell.column).number_format for cell in at[HEADER_ROW + 1]}
