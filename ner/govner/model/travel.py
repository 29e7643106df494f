"""The code that a packaged model carries with it: the modules its components reach."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, distribution, packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
OWN = ROOT.name


@dataclass(frozen=True)
class Luggage:
    """What travels: files below the package's root, and the distributions they import."""

    files: tuple[Path, ...]
    imports: frozenset[str]


def entry_points() -> list[EntryPoint]:
    """Return what this distribution registers with spaCy."""
    points = distribution(OWN).entry_points
    return sorted((p for p in points if p.group.startswith("spacy_")), key=lambda p: p.name)


def pack_luggage(modules: Iterable[str]) -> Luggage:
    """Follow the imports of some of our modules, named with dots, and take all they reach.

    Data files travel with each room that is reached.
    """
    waiting = [_file(module.split(".")[1:]) for module in modules]
    files: set[Path] = set()
    foreign: set[str] = set()
    while waiting:
        file = waiting.pop()
        if file is None or file in files:
            continue
        files.add(file)
        waiting += [ROOT.joinpath(*parts, "__init__.py") for parts in _parents(file)]
        for parts, level in _imports(file):
            if level:
                waiting.append(_file(parts))
            else:
                foreign.add(parts[0])
    rooms = {file.relative_to(ROOT).parts[0] for file in files if file.parent != ROOT}
    data = {path for room in rooms for path in (ROOT / room).rglob("*") if _is_data(path)}
    outside = foreign - set(sys.stdlib_module_names)
    return Luggage(tuple(sorted(files | data)), frozenset(outside))


def requirements(imports: Iterable[str], *, extras: Iterable[str] = ()) -> list[str]:
    """Return the version ranges that this distribution declares for what is imported.

    Those of an extra are taken where the extra is named.
    """
    owners = packages_distributions()
    wanted = {_plain(name) for module in imports for name in owners.get(module, [module])}
    chosen = []
    for line in requires(OWN) or ():
        requirement = Requirement(line)
        marker = requirement.marker
        requirement.marker = None
        optional = marker is not None and "extra" in str(marker)
        named = any(marker is not None and marker.evaluate({"extra": e}) for e in extras)
        if named or (not optional and _plain(requirement.name) in wanted):
            chosen.append(str(requirement))
    return sorted(chosen)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _is_data(path: Path) -> bool:
    return path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != "py.typed"


def _parents(file: Path) -> Iterator[tuple[str, ...]]:
    parts = file.relative_to(ROOT).parts[:-1]
    for depth in range(len(parts) + 1):
        yield parts[:depth]


def _file(parts: Iterable[str]) -> Path | None:
    path = ROOT.joinpath(*parts)
    if path.with_suffix(".py").is_file():
        return path.with_suffix(".py")
    return path / "__init__.py" if (path / "__init__.py").is_file() else None


def _imports(file: Path) -> Iterator[tuple[tuple[str, ...], int]]:
    here = file.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (((alias.name.split(".")[0],), 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield ((node.module or "").split(".")[0],), 0
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] + tuple((node.module or "").split("."))
            base = tuple(part for part in base if part)
            yield base, 1
            yield from (((*base, alias.name), 1) for alias in node.names)
