"""Archives of pages: zip and WARC. Their members are read like files, within bounds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace

from ..document.errors import BadInput, GovnerError, MissingExtra
from .source import LARGEST, Source

DEEPEST = 2  # archives inside archives
MOST_MEMBERS = 1_000_000
MOST_BYTES = 20_000_000_000  # of all members of one archive, unpacked
STEEPEST = 300  # bytes unpacked for one packed; text packs to a tenth, a bomb to a thousandth
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})


def knows_zip(source: Source, head: bytes) -> bool:
    """Whether bytes are a zip archive (a DOCX is one too, and is asked first)."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_zip(source: Source) -> Iterator[Source | GovnerError]:
    """Give the members of a zip archive that may be pages, or why one cannot be read.

    Raises ``BadInput`` for an archive that is broken, nested too deep, or too large unpacked.
    """
    if source.depth >= DEEPEST:
        raise BadInput(path=source.path, why="archives stand in archives", hint="unpack it")
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if _may_be_page(member)]
            if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_BYTES:
                why = f"it unpacks to {len(members):,} files and more bytes than are read"
                raise BadInput(path=source.path, why=why, hint="split it")
            for member in sorted(members, key=lambda member: member.filename):
                yield _member(archive, member, source)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        why = f"the archive is broken ({error})"
        raise BadInput(path=source.path, why=why, hint="pack it again") from error


def _may_be_page(member: zipfile.ZipInfo) -> bool:
    name = member.filename.rsplit("/", 1)[-1]
    junk = name.startswith(".") or "__MACOSX/" in member.filename
    return not (member.is_dir() or junk or name.upper().startswith("README"))


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source
) -> Source | GovnerError:
    path = f"{source.path}/{member.filename}"
    if member.flag_bits & 1:
        return BadInput(path=path, why="it is encrypted", hint="unpack it with its password")
    packed = max(member.compress_size, 1)
    if member.file_size > LARGEST or member.file_size > STEEPEST * packed + 1_000_000:
        why = f"{packed:,} bytes unpack to {member.file_size:,}"
        return BadInput(path=path, why=why, hint="leave it out; it looks like a bomb")
    try:
        with archive.open(member) as stream:  # the sizes above are only what the archive says
            data = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        return BadInput(path=path, why=f"it cannot be unpacked ({error})", hint="pack it again")
    data = data[: member.file_size]
    return Source(path, data, depth=source.depth + 1, columns=source.columns)


def knows_warc(source: Source, head: bytes) -> bool:
    """Whether bytes are a WARC file, packed with gzip or not."""
    return head.startswith(b"WARC/") or (
        head.startswith(b"\x1f\x8b") and source.path.lower().endswith((".warc.gz", ".warc"))
    )


def read_warc(source: Source) -> Iterator[Source | GovnerError]:
    """Give the pages that a crawler kept, each under its address; raises ``BadInput``."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtra(what="warcio", extra="pages") from error
    with source.open() as stream:
        try:
            for record in ArchiveIterator(stream):
                if record.rec_type in {"response", "resource"}:
                    yield from _record(record, source)
        except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
            why = f"the WARC file is broken ({' '.join(str(error).split())[:80]})"
            raise BadInput(path=source.path, why=why, hint="crawl again") from error


def _record(record: object, source: Source) -> Iterator[Source | GovnerError]:
    headers = getattr(record, "http_headers", None)
    rec_headers = record.rec_headers  # type: ignore[attr-defined]
    said = (headers or rec_headers).get_header("Content-Type") or ""
    kind, _, parameters = said.partition(";")
    if kind.strip().lower() not in _PAGES or (headers and headers.get_statuscode() != "200"):
        return
    url = rec_headers.get_header("WARC-Target-URI") or "?"
    data = record.content_stream().read(LARGEST + 1)  # type: ignore[attr-defined]
    if len(data) > LARGEST:
        why = f"it is larger than {LARGEST:,} bytes"
        yield BadInput(path=url, why=why, hint="leave it out")
        return
    charset = parameters.rpartition("charset=")[2].strip("\"' ") if "charset=" in said else ""
    found = Source(f"{source.path}#{url}", data, charset, source.depth + 1)
    yield replace(found, meta={"url": url})
