"""A wheel of a trained model that spaCy alone can load: the component's code travels inside."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..document.errors import BadConfig, BadModel
from ..document.files import output_path
from .names import FACTORY, NAMESPACE
from .travel import OWN, ROOT, entry_points, pack_luggage, requirements

_INIT = '''"""{description}"""

from pathlib import Path

from spacy.util import load_model_from_init_py

__version__ = "{version}"


def load(**overrides):
    """Load the pipeline; takes what spacy.load takes."""
    return load_model_from_init_py(Path(__file__), **overrides)
'''

_NAMES = '''"""The names under which spaCy finds what this package registers."""

NAMESPACE = "{package}"
FACTORY = "{package}"


def registered(name: str) -> str:
    """Return the full registered name: owner, name and version."""
    return f"{{NAMESPACE}}.{{name}}"
'''

# What a config names that needs an extra.
_EXTRAS = {
    "jieba": 'segmenter = "jieba"',
    "pkuseg": 'segmenter = "pkuseg"',
    "transformer": '"govner.Transformer.v1"',
}

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc|\.post|\.dev)\d+)?")


def package_model(
    model: str | Path,
    output: str | Path,
    *,
    name: str = "govnews_ner",
    version: str = "0.1.0",
    card: str = "",
    beside: Mapping[str, bytes] | None = None,
) -> Path:
    """Write the wheel of a trained model into a folder and return its path.

    ``card`` becomes the package's description, ``beside`` holds further files for its folder, by
    name. The same model gives the same bytes. Raises ``BadModel`` for a folder that holds no
    pipeline and ``BadConfig`` for a name or version that no package can have.
    """
    source = Path(model)
    meta = _read_meta(source)
    _check(name, version)
    package = f"{meta['lang']}_{name}"
    meta |= {"name": name, "version": version}
    files = _collect(source, meta, package)
    files |= {f"{package}/{file}": data for file, data in (beside or {}).items()}
    if card:
        info = f"{package}-{version}.dist-info"
        files[f"{package}/MODEL_CARD.md"] = card.encode()
        files[f"{info}/METADATA"] += f"Description-Content-Type: text/markdown\n\n{card}".encode()
    target = Path(output) / f"{package}-{version}-py3-none-any.whl"
    write_wheel(target, files, f"{package}-{version}.dist-info")
    return target


def _read_meta(model: Path) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = json.loads((model / "meta.json").read_text("utf-8"))
        (model / "config.cfg").read_text("utf-8")
    except (OSError, ValueError) as error:
        raise BadModel(model=str(model), why="it holds no meta.json and config.cfg") from error
    return meta


def _check(name: str, version: str) -> None:
    if not _NAME.fullmatch(name):
        hint = "use small letters, digits and _"
        raise BadConfig(path=name, why="this is no name for a package", hint=hint)
    if not _VERSION.fullmatch(version):
        raise BadConfig(path=version, why="this is no version", hint="write one like 0.1.0")


def _collect(source: Path, meta: Mapping[str, Any], package: str) -> dict[str, bytes]:
    """Return the wheel's files by path, but for its RECORD."""
    config = (source / "config.cfg").read_text("utf-8")
    points = [point for point in entry_points() if f'"{point.name}"' in config]
    luggage = pack_luggage(point.value.split(":")[0] for point in points)
    needs = requirements(luggage.imports, extras=_extras(config))
    needs = [n for n in needs if not n.startswith("spacy<") and not n.startswith("spacy>")]
    needs = sorted([f"spacy{meta['spacy_version']}", *needs, *_components(config)])
    description = f"{meta.get('description') or 'PERSON, TITLE and ORG in Chinese government news'}"
    told = {"description": description, "license": meta.get("license") or "MIT"}
    meta = {**meta, **told, "requirements": needs}
    data = f"{package}/{package}-{meta['version']}"
    meta_json = (json.dumps(meta, ensure_ascii=False, indent=2) + "\n").encode()
    init = _INIT.format(description=description, version=meta["version"])
    files = {f"{package}/__init__.py": init.encode(), f"{package}/meta.json": meta_json}
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        files[f"{data}/{path.relative_to(source).as_posix()}"] = path.read_bytes()
    files[f"{data}/meta.json"] = meta_json
    files[f"{data}/config.cfg"] = _rename(config, package).encode()
    for path in luggage.files:
        files[f"{package}/{OWN}/{path.relative_to(ROOT).as_posix()}"] = path.read_bytes()
    files[f"{package}/{OWN}/model/names.py"] = _NAMES.format(package=package).encode()
    info = f"{package}-{meta['version']}.dist-info"
    files[f"{info}/METADATA"] = _metadata(package, meta, description, needs).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: govner\nRoot-Is-Purelib: true\n" + (
        b"Tag: py3-none-any\n"
    )
    files[f"{info}/entry_points.txt"] = _entry_points(points, package).encode()
    return files


def _rename(text: str, package: str) -> str:
    text = re.sub(rf'"{NAMESPACE}\.(\w+\.v\d+)"', rf'"{package}.\1"', text)
    return text.replace(f'"{FACTORY}"', f'"{package}"')


def _extras(config: str) -> list[str]:
    return [extra for extra, named in _EXTRAS.items() if named in config]


def _components(config: str) -> list[str]:
    """Return the distributions of components in the pipeline that are neither spaCy's nor ours."""
    from spacy.cli.package import get_third_party_dependencies
    from thinc.api import Config

    from . import component  # noqa: F401 - spaCy looks only among the factories it has seen

    return [
        line
        for line in get_third_party_dependencies(Config().from_str(config))
        if not line.startswith((OWN, "spacy>", "spacy<"))
    ]


def _entry_points(points: Any, package: str) -> str:
    groups: dict[str, list[str]] = {"spacy_models": [f"{package} = {package}"]}
    for point in points:
        name = package if point.name == FACTORY else point.name.replace(NAMESPACE, package, 1)
        groups.setdefault(point.group, []).append(f"{name} = {package}.{point.value}")
    return "\n".join(
        f"[{group}]\n" + "\n".join(sorted(lines)) + "\n" for group, lines in sorted(groups.items())
    )


def _metadata(package: str, meta: Mapping[str, Any], summary: str, needs: list[str]) -> str:
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {package}",
        f"Version: {meta['version']}",
        f"Summary: {summary}",
        f"License: {meta['license']}",
        "Requires-Python: >=3.10",
        *(f"Requires-Dist: {need}" for need in needs),
    ]
    return "\n".join(lines) + "\n"


def write_wheel(target: Path, files: Mapping[str, bytes], info: str) -> None:
    """Write files and their RECORD as a wheel, which appears only when it is whole."""
    record = f"{info}/RECORD"
    lines = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in files.items()]
    everything = {**files, record: "\n".join([*lines, f"{record},,", ""]).encode()}
    with output_path(target) as written, zipfile.ZipFile(written, "w") as wheel:
        for path, data in everything.items():
            # A fixed time, so that the same model gives the same bytes.
            entry = zipfile.ZipInfo(path, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, data)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
