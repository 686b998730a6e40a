"""What was taken for granted: settings, defaults, warnings, versions and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from optimizer.contract.data import BASE, Data
from optimizer.contract.fields import table_of
from optimizer.contract.plan import Facts
from optimizer.contract.results import Assumption
from optimizer.contract.settings import SETTINGS, SettingRow
from optimizer.results.basis import Basis
from optimizer.results.touched import Touched

PACKAGES = (
    "supplier-diversification-optimizer",
    "highspy",
    "pyomo",
    "numpy",
    "pandas",
    "python-calamine",
    "XlsxWriter",
)
_SETTINGS = table_of(SettingRow).name
_MOST_ROWS = 12


def assumption_rows(basis: Basis, facts: Facts) -> tuple[Assumption, ...]:
    """Notes and warnings first, then settings, defaults by the money they touch, the model."""
    return (
        *(_assumption("note", f"note {n}", note) for n, note in enumerate(facts.notes, start=1)),
        *_warnings(basis.data),
        *_settings(basis.data),
        *_defaults(basis.data, Touched(basis)),
        *_input(basis.data),
        *_model(facts),
        *_versions(),
    )


def assumptions_of(data: Data) -> tuple[Assumption, ...]:
    """What stands behind an answer that is no single plan: as above, without money and model."""
    return (
        *_warnings(data),
        *_settings(data),
        *_defaults(data, None),
        *_input(data),
        *_versions(),
    )


def _versions() -> Iterator[Assumption]:
    yield from (_assumption("version", name, _version(name)) for name in PACKAGES)


def _version(package: str) -> str:
    """Of an installed package; a checkout of this one can be run without installing it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _assumption(
    kind: str, subject: str, value: str, where: str = "", money: float | None = None
) -> Assumption:
    return Assumption(kind=kind, subject=subject, value=value, where=where, money=money)


def _warnings(data: Data) -> Iterator[Assumption]:
    for number, finding in enumerate(data.findings, start=1):
        text = f"{finding.message.rstrip('.')}. {finding.remedy}".strip()
        yield _assumption("warning", f"{number} {finding.code}", text, finding.place)


def _settings(data: Data) -> Iterator[Assumption]:
    assumed = {used.column for used in data.defaults if used.table == _SETTINGS}
    changed = {one.column for one in data.changes if one.table == _SETTINGS}
    for column in SETTINGS:
        value = getattr(data.settings, column.name)
        text = column.says if value is None else _plain(value)
        whence = "default" if column.name in assumed else "given"
        if column.name in changed:
            whence = f"scenario {data.scenario}"
        yield _assumption("setting", column.name, text, whence)


def _defaults(data: Data, touched: Touched | None) -> Iterator[Assumption]:
    rows = []
    for used in data.defaults:
        if used.table == _SETTINGS:
            continue
        subject = f"{used.table}.{used.column}"
        money = None if touched is None else touched.money(used)
        rows.append(_assumption("default", subject, used.says, _row_list(used.rows), money))
    return iter(sorted(rows, key=lambda row: (-(row.money or 0.0), row.subject)))


def _input(data: Data) -> Iterator[Assumption]:
    source = data.source
    if source.sha256:
        yield _assumption("input", source.name or "input", f"SHA-256 {source.sha256}")
    if data.scenario != BASE:
        rows = tuple(dict.fromkeys(change.by for change in data.changes if change.by))
        where = f"{source.sheet('Scenarios')}, {_row_list(rows)}" if rows else ""
        yield _assumption("input", "scenario", data.scenario, where)


def _model(facts: Facts) -> Iterator[Assumption]:
    """How large the model was, and how far the plan may be from the best one."""
    size = facts.size
    for subject, number in (
        ("outcomes", size.outcomes),
        ("variables", size.variables),
        ("whole numbers", size.binaries),
        ("constraints", size.constraints),
    ):
        yield _assumption("model", subject, f"{number:,}")
    yield _assumption("model", "gap reached", f"{100 * facts.gap:.4g} %")
    above = 100 * facts.gap_without_unavoidable_shortage
    yield _assumption("model", "gap without unavoidable shortage", f"{above:.4g} %")


def _row_list(rows: tuple[int, ...]) -> str:
    """``rows 2-5, 9``: neighbours together, and no more than a cell can show."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    more = f" and {len(texts) - _MOST_ROWS} more" if len(texts) > _MOST_ROWS else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {', '.join(texts[:_MOST_ROWS])}{more}"


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
