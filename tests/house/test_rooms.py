"""Small rooms: no module that cannot be read in one sitting, no error that is swallowed whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("models", "optimizer", "tests", "docs")
LONGEST = 350
BLANKET = {"Exception", "BaseException"}


def modules(root: Path) -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.py"))]


def too_long(root: Path) -> list[str]:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(root)}
    return [
        f"{path.relative_to(root)} has {lines} lines; {LONGEST} are the most: cut it in two"
        for path, lines in lengths.items()
        if lines > LONGEST
    ]


def blanket_excepts(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}:{handler.lineno}: name the errors that are meant"
        for path in modules(root)
        for handler in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(handler, ast.ExceptHandler) and BLANKET & set(_caught(handler.type))
    ]


def _caught(kind: ast.expr | None) -> Iterator[str]:
    """The names in an except clause; a bare one catches BaseException."""
    if kind is None:
        yield "BaseException"
    elif isinstance(kind, ast.Tuple):
        for element in kind.elts:
            yield from _caught(element)
    elif isinstance(kind, ast.Attribute):
        yield kind.attr
    elif isinstance(kind, ast.Name):
        yield kind.id


def test_modules_are_short() -> None:
    assert len(modules(ROOT)) > 10, "the modules were not found"
    assert too_long(ROOT) == []


def test_no_blanket_except() -> None:
    assert blanket_excepts(ROOT) == []


def test_a_long_module_is_found(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/fits.py").write_text("x = 1\n" * LONGEST, encoding="utf-8")
    (tmp_path / "models/long.py").write_text("x = 1\n" * (LONGEST + 1), encoding="utf-8")
    (found,) = too_long(tmp_path)
    assert "long.py has 351 lines" in found


@pytest.mark.parametrize(
    "clause",
    ["except:", "except Exception:", "except (ValueError, BaseException) as error:",
     "except builtins.Exception:"],
)  # fmt: skip
def test_a_blanket_except_is_found(tmp_path: Path, clause: str) -> None:
    (tmp_path / "optimizer").mkdir()
    code = f"try:\n    f()\nexcept KeyError:\n    pass\n{clause}\n    pass\n"
    (tmp_path / "optimizer/broad.py").write_text(code, encoding="utf-8")
    (found,) = blanket_excepts(tmp_path)
    assert "broad.py:5" in found
