"""From a template and values to one HTML file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..document import Document

HERE = Path(__file__).parent / "templates"


def render(template: str, *, folder: Path, **values: Any) -> str:
    """Fill a template of ``folder``, which may extend ``base.html`` and use its macros.

    Everything is escaped that is not marked safe; a name that the template does not get is an
    error.
    """
    environment = Environment(
        loader=FileSystemLoader([folder, HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=percent, count=count, data=data, marked=marked, languages=languages
    )
    return environment.get_template(template).render(**values)


def percent(share: float) -> str:
    """Write a share from 0 to 1 as a percentage with one digit and no sign."""
    return f"{100 * share:.1f}"


def count(number: int) -> str:
    """Write a count with separators."""
    return f"{number:,}"


def languages(section: str) -> tuple[str, str]:
    """Return the two languages of a section's name, ``T3 Body and post · 机构与职务分开``."""
    english, _, chinese = section.partition(" · ")
    return english, f"{english.split(' ')[0]} {chinese}" if chinese else english


def marked(document: Document) -> Markup:
    """Write a text with its spans underlined and shaded in the colours of their labels."""
    parts, position = [], 0
    for span in document.spans:
        parts.append(escape(document.text[position : span.start]))
        piece = Markup('<span class="s g-{0} p-{0}" title="{0}">{1}</span>')
        parts.append(piece.format(span.label, document.surface(span)))
        position = span.end
    return Markup("").join([*parts, escape(document.text[position:])])


def data(value: Any) -> Markup:
    """Write JSON that can stand inside a script element whatever the texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(safe)
