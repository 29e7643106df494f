"""Which predictor it is: a digest of the rules with a person's own words, or of a model's files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..document.errors import BadConfig, BadModel
from ..document.files import read_bytes


def predictor_identity(by: str, rules: str | Path | None = None) -> dict[str, Any]:
    """Return the name and a digest; raises ``BadModel`` where there is neither folder nor package.

    Own words for a model raise ``BadConfig``.
    """
    if by == "rules":
        own = read_bytes(rules) if rules else b""
        here = Path(__file__).parents[1] / "rules"
        files = [path for path in here.rglob("*") if path.suffix != ".pyc" and path.is_file()]
        return {"with": by, "sha256": _digest(here, files, own)}
    if rules is not None:
        raise BadConfig(path=rules, why="own words are for the rules", hint="leave out --with")
    folder = Path(by) if Path(by).exists() else _package(by)
    if not any(folder.rglob("config.cfg")):
        raise BadModel(model=by, why="the folder holds no config.cfg")
    files = [path for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    return {"with": by, "sha256": _digest(folder, files)}


def _package(name: str) -> Path:
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise BadModel(model=name, why="there is no such folder or package")
    return Path(spec.origin).parent


def _digest(root: Path, files: Iterable[Path], more: bytes = b"") -> str:
    sha = hashlib.sha256(more)
    for path in sorted(files):
        content = path.read_bytes()
        sha.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return sha.hexdigest()
