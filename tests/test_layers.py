"""Imports point down: the arrows between the rooms, and where spaCy may be known."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ner" / "govner"

BELOW = {
    "document": set(),
    "ingest": {"document"},
    "rules": {"document"},
    "formats": {"document"},
    "review": {"document"},
    "roster": {"document", "rules"},
    "page": {"document"},
    "dataset": {"document", "page"},
    "evaluation": {"document", "page"},
    "doccano": {"document", "formats"},
    "model": {"document", "dataset", "rules"},
    "apply": {"document", "rules", "model"},
    "cli": {
        "document", "ingest", "rules", "formats", "review", "roster", "dataset",
        "evaluation", "doccano", "model", "apply", "page",
    },
}  # fmt: skip
SPACY_ROOMS = {"model", "evaluation", "apply"}
SPACY_ADAPTERS = {"rules/component.py", "formats/spacy.py"}
MODULES = sorted(p.relative_to(PACKAGE).as_posix() for p in PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> list[str]:
    """Absolute names of all that a module imports, relative imports resolved."""
    parts = ["govner", *path.relative_to(PACKAGE).with_suffix("").parts]
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = parts[: len(parts) - node.level] if node.level else []
            module = [node.module] if node.module else []
            names += [".".join([*base, *module, alias.name]) for alias in node.names]
    return names


def room(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "govner" and len(parts) > 1 and parts[1] in BELOW else None


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module):
    here = module.split("/")[0]
    if here not in BELOW:
        return
    reached = {room(name) for name in imports_of(PACKAGE / module)} - {None, here}
    assert reached <= BELOW[here], f"{module} reaches up or sideways: {reached - BELOW[here]}"


@pytest.mark.parametrize("module", MODULES)
def test_spacy_is_known_only_where_it_belongs(module):
    uses = any(name.split(".")[0] in {"spacy", "thinc"} for name in imports_of(PACKAGE / module))
    if uses:
        assert module.split("/")[0] in SPACY_ROOMS or module in SPACY_ADAPTERS


@pytest.mark.parametrize("module", MODULES)
def test_the_package_names_itself_relatively(module):
    """Packaged models carry parts of the package under another name; only relative imports hold."""
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            assert (node.module or "").split(".")[0] != "govner"
        if isinstance(node, ast.Import):
            assert all(alias.name.split(".")[0] != "govner" for alias in node.names)


def test_every_room_stands_in_the_table():
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert folders == set(BELOW)
