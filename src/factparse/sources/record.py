"""Records, which sources give, and failures in place of records that cannot be read."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import IO, NamedTuple, Protocol

import attrs

from factparse.core.errors import Diagnostic, SourceError
from factparse.core.spans import OffsetMap, Run

MAX_RECORD_BYTES = 64 * 1024 * 1024
_FIRST = 1 << 16  # bytes asked for first


class GivenCell(NamedTuple):
    """A cell that a source gives as a cell: its label, its text, and what else the source says about it.

    ``country`` is a name as printed, ``code`` a GEC code, ``topic`` the heading above, ``edition`` the year or name.
    ``runs`` tell where characters of the text were read in the source, if that is known.
    """

    label: str
    text: str
    country: str | None = None
    code: str | None = None
    topic: str | None = None
    edition: str | None = None
    runs: tuple[Run, ...] = ()


@attrs.frozen
class Record:
    """One text of a source, and its place there.

    ``name`` is the source as the user gave it, and ``number`` the number of the record in it, counted from 0. ``line``
    is its line, counted from 1, in formats with a record on each line. ``html`` says that ``text`` is a page of HTML.
    ``url`` and ``date`` are where and when it was fetched, as the source has them. A record that holds the ``cells`` of
    one country has no text. ``offsets`` lead back into the text as it came, if ``text`` was mended.
    """

    text: str = attrs.field(repr=False)
    name: str
    number: int = 0
    line: int | None = None
    html: bool = False
    url: str | None = None
    date: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    cells: tuple[GivenCell, ...] = ()
    offsets: OffsetMap | None = None


@attrs.frozen
class Options:
    """How to read sources.

    ``text_key`` and ``url_key`` name the keys (or columns) of text and address, ``country_key``, ``field_key`` and
    ``edition_key`` those of a table of cells; ``table`` names the table of a database. Without them, the names that
    common corpora use are tried. A record of more than ``max_record_bytes`` is not held in memory; it is a failure.
    """

    text_key: str | None = None
    url_key: str | None = None
    max_record_bytes: int = MAX_RECORD_BYTES
    country_key: str | None = None
    field_key: str | None = None
    edition_key: str | None = None
    table: str | None = None


@attrs.frozen
class Extent:
    """A part of a source from ``start`` to ``end``, in the unit of its format: bytes, or row groups.

    If ``end`` is ``None``, it goes on to the end of the source. ``first`` is the number of the first record in it.
    """

    start: int = 0
    end: int | None = None
    first: int = 0


WHOLE = Extent()

Outcome = Record | SourceError


class Format(Protocol):
    """A module that reads one format. It is found by having ``SUFFIXES``, none of which names a compression.

    It may also have ``split(path, size, options) -> list[Extent]``, which divides an uncompressed file into parts of
    about ``size`` bytes. Its ``records`` must then be able to read any of them.
    """

    SUFFIXES: tuple[str, ...]

    def records(self, stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
        """Yield every record of ``stream``, and a :class:`~factparse.SourceError` in place of a broken one."""
        ...


def first_of(names: tuple[str, ...], chosen: str | None, there: Container[str]) -> str | None:
    """The key to read: the ``chosen`` one, or the first of ``names`` that exists. ``None`` if none does."""
    candidates = (chosen,) if chosen is not None else names
    return next((name for name in candidates if name in there), None)


# The names of text, address and date in common corpora, in the order in which they are tried.
TEXT_KEYS = ("text", "content", "raw_content", "page_content", "document", "markdown")
URL_KEYS = ("url", "uri", "source_url", "warc_target_uri", "WARC-Target-URI")
DATE_KEYS = ("date_download", "warc_date", "fetch_time", "timestamp", "date")


def whole(stream: IO[bytes], limit: int) -> bytes | None:
    """All bytes of ``stream``, or ``None`` if there are more than ``limit``.

    A stream reserves memory for the bytes that it is asked for. So it is asked for little at first, and then for twice
    as much each time.
    """
    parts: list[bytes] = []
    left, size = limit + 1, _FIRST
    while left and (part := stream.read(min(size, left))):
        parts.append(part)
        left -= len(part)
        size *= 2
    return (parts[0] if len(parts) == 1 else b"".join(parts)) if left else None


def too_large(name: str, limit: int, *, line: int | None = None) -> SourceError:
    """The failure (``record-too-large``) of a record that has more bytes than may be held in memory."""
    message = f"the record has more than {limit:,} bytes; see --max-record-bytes"
    return SourceError("record-too-large", message, source=name, line=line)
