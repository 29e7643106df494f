"""Bytes to text: UTF-8, GB18030 (for all that calls itself gb2312 or GBK), UTF-16, the doubtful."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ..document.errors import BadInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|%PDF-|PK\x03\x04|\x1f\x8b|\x7fELF|\xd0\xcf\x11\xe0"
)
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What Chinese pages are made of: ASCII, general and CJK punctuation, hanzi, full-width forms.
_USUAL = re.compile(
    "[\t\n\r\x20-\x7e\xa0\xb7\u2010-\u203b\u2150-\u26ff\u3000-\u3020\u4e00-\u9fa5\uff01-\uffe5"
    "\U0001f300-\U0003ffff]"
)
_SAMPLE = 20_000  # characters; enough to tell, and a page of any size stays cheap


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in."""

    text: str
    encoding: str


def decode(
    data: bytes, *, path: str = "the page", declared: str = "", damaged: bool = False
) -> Decoded:
    """Decode a page; line ends stay as they are, a byte order mark goes.

    ``declared`` is what the page or its server says; it is believed where the bytes agree.
    ``damaged`` takes a page that is text but for a few bytes, which become U+FFFD. Raises
    ``BadInput`` for no bytes, a binary file, and bytes that are text in no encoding.
    """
    if not data:
        raise BadInput(path=path, why="it holds zero bytes", hint="give a page with text")
    if _BINARY.match(data):
        raise _binary(path)
    found = _by_mark(data, path) or _strict(data, "utf-8") or _declared(data, declared)
    found = found or _chinese(data) or (_damaged(data, declared) if damaged else None)
    found = found or _guessed(data)
    if found is None:
        if _CONTROL_BYTES.search(data):
            raise _binary(path)
        why = "its bytes are text in no encoding that is known here"
        raise BadInput(path=path, why=why, hint="save it as UTF-8")
    if _CONTROL.search(found.text):
        raise _binary(path)
    return found


def _binary(path: str) -> BadInput:
    return BadInput(path=path, why="it is a binary file, not text", hint="give a text file")


def _by_mark(data: bytes, path: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if found := _strict(data[len(mark) :], encoding):
                return found
            why = f"it begins as {encoding.upper()} and is broken further on"
            raise BadInput(path=path, why=why, hint="save it as UTF-8")
    return None


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(data: bytes, declared: str) -> Decoded | None:
    name = declared.strip().lower().replace("_", "-")
    if name in {"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb-2312"}:
        name = "gb18030"
    return _strict(data, name) if name else None


def _damaged(data: bytes, declared: str) -> Decoded | None:
    """Read a page in which at most one character in a hundred is broken."""
    for encoding in ("utf-8", "gb18030", declared):
        try:
            text = data.decode(encoding, "replace")
        except LookupError:
            continue
        sample = text[:_SAMPLE]
        if text.count("\ufffd") * 100 <= len(text) and _reads_well(sample.replace("\ufffd", "")):
            return Decoded(text, encoding)
    return None


def _chinese(data: bytes) -> Decoded | None:
    """Try what Chinese text files are in, and believe it only where it reads like Chinese."""
    for encoding in ("gb18030", "utf-16-le", "utf-16-be", "big5hkscs"):
        found = _strict(data, encoding)
        if found and _reads_well(found.text[:_SAMPLE]):
            return found
    return None


def _reads_well(text: str) -> bool:
    """Whether a text is made of what Chinese pages are; a wrong reading has many rare hanzi."""
    hanzi = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    common = sum(map(_is_common, hanzi))
    return len(_USUAL.findall(text)) > 0.95 * len(text) and common >= 0.8 * len(hanzi)


def _is_common(hanzi: str) -> bool:
    """Whether a character stands in the first level of GB 2312 or of Big5."""
    simplified = hanzi.encode("gb18030")
    traditional = hanzi.encode("big5", "ignore")
    level_one = len(simplified) == 2 and b"\xb0\xa1" <= simplified <= b"\xd7\xfe"
    return (level_one and simplified[1] >= 0xA1) or b"\xa4\x40" <= traditional <= b"\xc6\x7e"


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = None if b"\0" in data else from_bytes(data).best()
    found = _strict(data, best.encoding) if best else None
    return found if found and _reads_well(found.text[:_SAMPLE]) else None
