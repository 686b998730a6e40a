"""Reads from the source, without running it, who imports whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DYNAMIC = {"import_module", "__import__"}


@dataclass(frozen=True)
class Import:
    """One import statement: where it stands and what it brings in, both as dotted names."""

    importer: str
    imported: str
    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.importer} imports {self.imported}"


def imports(root: Path, packages: tuple[str, ...]) -> Iterator[Import]:
    """All imports of the packages below `root`, inside functions and type checks as well."""
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            module = _module_name(path.relative_to(root))
            tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
            for node in ast.walk(tree):
                if isinstance(node, ast.Import | ast.ImportFrom | ast.Call):
                    for name in _imported(node, module, path, root):
                        yield Import(module, name, path.relative_to(root), node.lineno)


def _module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(node: ast.AST, module: str, path: Path, root: Path) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = node.module or ""
        if node.level:
            package = module.split(".")
            keep = len(package) - node.level + (path.name == "__init__.py")
            source = ".".join([*package[:keep], *([source] if source else [])])
        for alias in node.names:
            yield _member(source, alias.name, root)
    elif isinstance(node, ast.Call) and node.args:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else None
        called = node.func.id if isinstance(node.func, ast.Name) else called
        argument = node.args[0]
        if called in DYNAMIC and isinstance(argument, ast.Constant):
            yield str(argument.value)


def _member(source: str, name: str, root: Path) -> str:
    """What `from source import name` means: a module of the package, or something in `source`.

    A package may offer a function named like one of its modules (`optimizer.solve`); what the
    package itself binds comes first, as it does when Python runs the statement.
    """
    folder = root.joinpath(*source.split("."))
    is_module = (folder / f"{name}.py").exists() or (folder / name).is_dir()
    if is_module and name not in _bound(folder / "__init__.py"):
        return f"{source}.{name}"
    return source


def _bound(init: Path) -> set[str]:
    if not init.exists():
        return set()
    names: set[str] = set()
    for node in ast.parse(init.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            names.update(alias.asname or alias.name for alias in node.names)
    return names
