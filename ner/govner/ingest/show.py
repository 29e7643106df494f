"""A page as HTML: its article, what was removed in grey, and the spans in colour."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..document import Document
from ..document.errors import BadInput
from .page import Page
from .radicals import plain

_STYLE = """
body { font: 16px/1.9 serif; max-width: 46em; margin: 2em auto; white-space: pre-wrap }
header { font: 13px/1.6 sans-serif; border-bottom: 1px solid #ccc; margin-bottom: 1em }
.removed { color: #999; background: #f4f4f4 }
.removed::after { content: " " attr(data-why); font-size: 10px; vertical-align: super }
mark { padding: 0 1px; border-radius: 3px }
mark.PERSON { background: #cfe3fb } mark.TITLE { background: #dff0c0 }
mark.ORG { background: #fbd9c9 }
"""


def show(document: Document, page: Page) -> str:
    """Draw the raw page of a document as one HTML page.

    Removed parts are grey and say what they are; spans have the colour of their label and name
    label and source when pointed at. Raises ``BadInput`` where the page is not the one that the
    document was read from.
    """
    parts = "".join(_parts(document, page))
    rows = {"page": page.path, **{k: document.meta.get(k) for k in ("title", "date", "source")}}
    head = "\n".join(f"{name}: {escape(str(value))}" for name, value in rows.items() if value)
    return (
        f'<!doctype html>\n<html lang="zh"><meta charset="utf-8"><title>{escape(document.id)}'
        f"</title><style>{_STYLE}</style>\n<header>{head}</header>\n{parts}\n</html>\n"
    )


def _parts(document: Document, page: Page) -> Iterator[str]:
    """Give body and removed parts in the order of the page, what lies between as white space."""
    position = 0
    for start, end, piece in sorted(_stretches(document, page)):
        between = page.raw[position:start]
        if position:
            yield between if not between.strip() else "\n"
        yield piece
        position = max(position, end)


def _stretches(document: Document, page: Page) -> Iterator[tuple[int, int, str]]:
    for part in document.meta.get("removed", []):
        start, end, why = part["start"], part["end"], escape(part["why"], quote=True)
        yield start, end, f'<span class="removed" data-why="{why}">{escape(part["text"])}</span>'
    if document.map is None:
        yield 0, len(page.raw), _marked(document, 0, len(document.text))
        return
    for start, length, raw, raw_length in document.map.pieces:
        on_page, text = page.raw[raw : raw + raw_length], document.text[start : start + length]
        if length == raw_length and plain(on_page).split() != text.split():
            why = f"it is not the page of document {document.id}"
            raise BadInput(path=page.path, why=why, hint="give the page as it was ingested")
        yield raw, raw + raw_length, _marked(document, start, start + length)


def _marked(document: Document, start: int, end: int) -> str:
    """Return a stretch of the text with the spans in it; one may come from an earlier stretch."""
    parts = []
    position = start
    for span in document.spans:
        low, high = max(span.start, start), min(span.end, end)
        if low >= high:
            continue
        parts.append(escape(document.text[position:low]))
        note = escape(f"{span.label} {span.source}".strip(), quote=True)
        parts.append(
            f'<mark class="{span.label}" title="{note}">{escape(document.text[low:high])}</mark>'
        )
        position = high
    parts.append(escape(document.text[position:end]))
    return "".join(parts)
