"""Reads WARC and WET, the archives of crawls: a record for every page fetched, or for every text made of one.

They are not read by a package. The existing packages lose the records after one with a wrong ``Content-Length``, and
they do not report a file that ends early.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import IO

import attrs

from factparse.core.errors import Diagnostic, SourceError
from factparse.sources.compression import BROKEN, pieces
from factparse.sources.decode import decode_detected
from factparse.sources.html import decode_page
from factparse.sources.record import WHOLE, Extent, Options, Outcome, Record, too_large

SUFFIXES: tuple[str, ...] = (".warc", ".wet")

# All of these are in bytes.
_USUAL, _MAX_HEADERS = 1 << 12, 1 << 20  # most headers end within the first number; the search ends at the second
_BLOCK = 1 << 16
_AHEAD = 1 << 18  # read at a time; not small, because the rest of the last block is copied before it
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_BEGIN = re.compile(rb"WARC/\d")
_CUT = re.compile(rb"\nW(?:A(?:R(?:C/?)?)?)?\Z")  # that, at the end of a file that breaks off
_OTHER = re.compile(rb"\nWARC/\d++\.\d++[ \t]*+\r?+\n")
_NEXT = re.compile(rb"\r?\n\r?\nWARC/\d")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the responses and resources that hold HTML or text, and the texts of conversions.

    ``number`` counts all records of the archive, also those that are skipped. A record whose ``Content-Length`` is
    wrong ends where the next one starts, and has the diagnostic ``wrong-length``. One that is too large, or whose
    headers have no end, is a :class:`~factparse.SourceError`. If the file breaks off, what was read is given first, and
    then the error is raised.
    """
    source = _Window(pieces(stream))
    number = -1
    while True:
        headers = _headers(source)
        if headers is None:
            break
        number += 1
        if not headers:
            message = "its headers have no blank line after them, so nothing shows where they end"
            yield _numbered(SourceError("bad-record", message, source=name), number)
            continue
        body, remarks, whole = _body(source, headers, options.max_record_bytes)
        if not whole:
            yield _numbered(too_large(name, options.max_record_bytes), number)
            continue
        found = _record(headers, body, name, number, options, remarks)
        if found is not None:
            yield found
    if source.broken is not None:
        raise source.broken


def _numbered(error: SourceError, number: int) -> SourceError:
    """The ``error`` with the number of its record put before its message."""
    return SourceError(error.code, f"record {number}: {error.message}", source=error.source)


@attrs.define
class _Window:
    """A stream in which bytes can be looked at before they are taken.

    The bytes from ``at`` on in ``held`` are still to come. Taking some only moves ``at``; the rest is not copied until
    more is needed. ``following`` gives the next bytes of the stream. ``broken`` is the error of the stream.
    """

    following: Callable[[], bytes]
    held: bytes = b""
    at: int = 0
    ended: bool = False
    broken: Exception | None = None

    def have(self, count: int) -> int:
        """Hold the next ``count`` bytes, or all there are. Return how many are held, which may be more."""
        there = len(self.held) - self.at
        if there >= count or self.ended:
            return there
        parts = [self.held[self.at :]]
        while there < count + _AHEAD and not self.ended:
            part = self._more()
            self.ended = not part
            parts.append(part)
            there += len(part)
        self.held, self.at = b"".join(parts), 0
        return there

    def _more(self) -> bytes:
        """The bytes that are available at once. None at the end, or where the file is broken.

        The error is kept for later, so that the records before it are read first.
        """
        try:
            return self.following()
        except BROKEN as error:
            self.broken = error
            return b""

    def find(self, what: bytes, within: int) -> int:
        """The distance to the next ``what``, or -1 if it is not in the next ``within`` bytes."""
        self.have(within)
        found = self.held.find(what, self.at, self.at + within)
        return found - self.at if found >= 0 else -1

    def search(self, pattern: re.Pattern[bytes], within: int) -> tuple[int, int] | None:
        """The distances to the begin and end of the next match of ``pattern``. ``None`` if the bytes have no match."""
        self.have(within)
        found = pattern.search(self.held, self.at, self.at + within)
        return (found.start() - self.at, found.end() - self.at) if found else None

    def behind(self, start: int, count: int) -> bytes:
        """The ``count`` bytes that stand ``start`` bytes further on (fewer at the end). They are not taken."""
        self.have(start + count)
        return self.held[self.at + start : self.at + start + count]

    def take(self, count: int) -> bytes:
        """Take the next ``count`` bytes, or all there are."""
        self.have(count)
        taken = self.held[self.at : self.at + count]
        self.at += len(taken)
        return taken

    def pass_over(self, count: int) -> None:
        """Go on by ``count`` bytes without holding more than a block of them."""
        while count > 0 and (there := self.have(1)):
            step = min(count, there)
            self.at += step
            count -= step


def _headers(source: _Window) -> dict[str, str] | None:
    """Take the headers of the next record, by their names in small letters; ``None`` at the end of the file.

    They are empty if they have no end: if the next record, or too much else, comes before a blank line.
    What stands before them and is no record is passed over.
    """
    while (begin := source.search(_BEGIN, _BLOCK)) is None:
        if (left := source.have(_BLOCK)) < _BLOCK:
            if _CUT.search(source.take(left)) and source.broken is None:
                source.broken = EOFError("the file is cut off where a record begins")
            return None
        source.pass_over(_BLOCK - 5)  # not all of it, because the end of the block may cut the pattern in two
    source.pass_over(begin[0])
    end = source.find(b"\r\n\r\n", _USUAL)  # many times as fast as the pattern
    size = end + 4
    if end < 0 or source.find(b"\n\n", end) >= 0:  # long headers, or other line ends
        ends = source.search(_BLANK_LINE, _BLOCK) or source.search(_BLANK_LINE, _MAX_HEADERS)
        size = ends[1] if ends else 0
    if size and not source.search(_OTHER, size):
        return _fields(source.take(size))
    _pass_over_headers(source, size or _MAX_HEADERS)
    return {}


def _pass_over_headers(source: _Window, within: int) -> None:
    """Go on to the last record that begins in the next ``within`` bytes, after the first. If none does, skip them.

    That is the last and not the next because no other has a blank line there: each would be sought one anew.
    """
    held = source.behind(0, within)
    last = max((found.start() + 1 for found in _OTHER.finditer(held)), default=len(held))
    source.pass_over(last)


def _fields(head: bytes) -> dict[str, str]:
    """The header lines of ``head`` by their names in small letters, without its first line."""
    pairs = [line.partition(":") for line in head.decode("utf-8", "replace").split("\n")[1:]]
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _body(source: _Window, headers: dict[str, str], limit: int) -> tuple[bytes, tuple[Diagnostic, ...], bool]:
    """Take the body of a record: its bytes, remarks, and whether it was held at all (no larger than ``limit``)."""
    stated = headers.get("content-length", "")
    length = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else 0
    # The stated length is right if the end of a record follows it. The record may hold others, so it is asked first.
    there = length <= limit and source.have(length + 8) >= length
    if there and _stands_at_end(source.behind(length, 8), source.ended):
        return source.take(length), (), True
    # It is wrong: the record ends where the next begins. The search goes twice as far each time, up to the limit.
    within = min(_AHEAD, limit + 8)
    while (found := source.search(_NEXT, within)) is None and within < limit + 8 and source.have(within) >= within:
        within = min(2 * within, limit + 8)
    seen = source.have(within)
    if found is None and length > limit and seen > limit:  # not wrong, but too large
        source.pass_over(length)
        return b"", (), False
    if found is None and seen > limit:
        _pass_over_to_next(source)
        return b"", (), False
    body = source.take(found[0] if found else seen)
    if found is None and length > len(body) and source.ended and source.broken is None:
        source.broken = EOFError(f"the file is cut off: its last record says {length} bytes and has {len(body)}")
    remark = Diagnostic("wrong-length", f"the record says {stated or 'no'} bytes and has {len(body)}")
    return body, (remark,), True


def _pass_over_to_next(source: _Window) -> None:
    """Go on to where the next record begins, or to the end of the file, and hold a block at most."""
    while source.have(_BLOCK) >= _BLOCK:
        found = source.search(_NEXT, _BLOCK)
        source.pass_over(found[0] if found else _BLOCK - 16)
        if found:
            return
    source.pass_over(_BLOCK)


def _stands_at_end(behind: bytes, ended: bool) -> bool:
    """Whether a record can end where these bytes follow: a blank line, the next record, or the end of the file."""
    if behind.startswith(b"\r\n\r\n"):
        return True
    rest = behind.lstrip(b"\r\n")
    return rest.startswith(b"WARC/"[: len(rest)]) if rest else ended


def _record(
    headers: dict[str, str], body: bytes, name: str, number: int, options: Options, remarks: tuple[Diagnostic, ...]
) -> Outcome | None:
    """The text of a record of an archive, or a failure. ``None`` if it holds neither HTML nor text."""
    kind = headers.get("warc-type", "")
    url, date = headers.get("warc-target-uri", "").strip("<>") or None, headers.get("warc-date")
    if kind == "conversion":
        text, more = decode_detected(body)
        return Record(text, name, number, url=url, date=date, diagnostics=remarks + more)
    if kind == "response" and "application/http" in headers.get("content-type", ""):
        head, _, payload = body.partition(b"\r\n\r\n")
        inner = _fields(head)
    elif kind == "resource":
        inner, payload = headers, body
    else:
        return None
    content = inner.get("content-type", "").lower()
    html = any(word in content for word in _HTML)
    if not html and not content.startswith("text/plain"):
        return None
    # Unpacked content may be far larger than the record, so it is checked against the limit again.
    plain, whole = _unpacked(payload, inner, options.max_record_bytes)
    if plain is None:
        return _numbered(too_large(name, options.max_record_bytes), number)
    if not whole:
        remarks += (Diagnostic("cut-off-body", "what the server sent breaks off: the end of the page may be lost"),)
    found = _CHARSET.search(content)
    declared = found[1] if found else None
    text, more = decode_page(plain, declared) if html else decode_detected(plain, declared)
    return Record(text, name, number, html=html, url=url, date=date, diagnostics=remarks + more)


def _unpacked(payload: bytes, headers: dict[str, str], limit: int) -> tuple[bytes | None, bool]:
    """The ``payload`` without HTTP's chunks and compression, or the part that can be unpacked, and whether that is all.

    ``None`` if it has more than ``limit`` bytes unpacked.
    """
    whole = True
    if headers.get("transfer-encoding", "").lower() == "chunked":
        payload, whole = _joined(payload)
    if headers.get("content-encoding", "").lower() not in ("gzip", "x-gzip", "deflate"):
        return payload, whole
    opened = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: the header tells whether it is gzip or zlib
    try:
        plain = opened.decompress(payload, limit + 1)
    except zlib.error:
        return payload, whole  # archives often hold it unpacked already, with unchanged headers
    return (plain, whole and opened.eof) if len(plain) <= limit else (None, whole)


def _joined(payload: bytes) -> tuple[bytes, bool]:
    """The chunks of an HTTP payload joined, and whether the last is there; a payload that has none stays as it is.

    Archives often hold joined chunks, although the header says that the payload is chunked.
    """
    parts, at = [], 0
    while found := _CHUNK.match(payload, at):
        size = int(found[1], 16)
        parts.append(payload[found.end() : found.end() + size])
        at = found.end() + size + 2
        if not size:
            return b"".join(parts), True
    return b"".join(parts) or payload, not parts
