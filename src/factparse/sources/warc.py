"""WARC and WET, the archives of crawls: a record for every page fetched, and for every text made of one.

Read here and not by a package: where a record's ``Content-Length`` is wrong, those lose the records behind it, and of
a file that breaks off they do not tell.
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

_USUAL, _MAX_HEADERS = 1 << 12, 1 << 20
_BLOCK = 1 << 16
_AHEAD = 1 << 18  # read at a time: what is left of the last is copied in front of it
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_NEXT = re.compile(rb"\r?\n\r?\nWARC/\d")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the responses that hold HTML or text, and the texts of conversions; ``number`` counts all WARC records.

    A record whose ``Content-Length`` is wrong ends where the next one starts, and says so in a diagnostic.
    """
    source = _Window(pieces(stream))
    number = -1
    while True:
        headers = _headers(source)
        if headers is None:
            break
        number += 1
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
    """Say which record of the file ``error`` speaks of."""
    return SourceError(error.code, f"record {number}: {error.message}", source=error.source)


@attrs.define
class _Window:
    """A stream of which any number of bytes can be looked at before they are taken.

    Those behind ``at`` are ``held``; what is taken is cut out, and what is left not copied until more is needed.
    """

    following: Callable[[], bytes]
    held: bytes = b""
    at: int = 0
    ended: bool = False
    broken: Exception | None = None

    def have(self, count: int) -> int:
        """Hold ``count`` of the next bytes, or all there are; return how many are held."""
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
        """The bytes that can be had at once; what is wrong with the file is told when all before it has been read."""
        try:
            return self.following()
        except BROKEN as error:
            self.broken = error
            return b""

    def find(self, what: bytes, within: int) -> int:
        """Find where the next ``what`` begins, counted from here; -1 if it is not ``within`` so many bytes."""
        self.have(within)
        found = self.held.find(what, self.at, self.at + within)
        return found - self.at if found >= 0 else -1

    def search(self, pattern: re.Pattern[bytes], within: int) -> tuple[int, int] | None:
        """Find where the next match of ``pattern`` begins and ends, counted from here."""
        self.have(within)
        found = pattern.search(self.held, self.at, self.at + within)
        return (found.start() - self.at, found.end() - self.at) if found else None

    def behind(self, start: int, count: int) -> bytes:
        """Return ``count`` bytes that stand ``start`` bytes further on, without taking them."""
        self.have(start + count)
        return self.held[self.at + start : self.at + start + count]

    def take(self, count: int) -> bytes:
        """Take the next ``count`` bytes and go behind them."""
        self.have(count)
        taken = self.held[self.at : self.at + count]
        self.at += len(taken)
        return taken

    def pass_over(self, count: int) -> None:
        """Go on by ``count`` bytes without holding them."""
        while count > 0 and (there := self.have(1)):
            step = min(count, there)
            self.at += step
            count -= step


def _headers(source: _Window) -> dict[str, str] | None:
    """Take the headers of the next record, which are looked for where they should not be, too; ``None`` at the end."""
    while (start := source.find(b"WARC/", _BLOCK)) < 0:
        if source.have(_BLOCK) < _BLOCK:
            return None
        source.pass_over(_BLOCK - 5)
    source.pass_over(start)
    end = source.find(b"\r\n\r\n", _USUAL)  # many times as fast as the pattern
    if end < 0 or source.find(b"\n\n", end) >= 0:
        ends = source.search(_BLANK_LINE, _BLOCK) or source.search(_BLANK_LINE, _MAX_HEADERS)
        return _fields(source.take(ends[1] if ends else 5))
    return _fields(source.take(end + 4))


def _fields(head: bytes) -> dict[str, str]:
    pairs = [line.partition(":") for line in head.decode("utf-8", "replace").split("\n")[1:]]
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _body(source: _Window, headers: dict[str, str], limit: int) -> tuple[bytes, tuple[Diagnostic, ...], bool]:
    """Take the body of a record: its bytes, what was remarked, and whether it is whole (no larger than ``limit``)."""
    stated = headers.get("content-length", "")
    length = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else 0
    there = length <= limit and source.have(length + 8) >= length
    if there and _stands_at_end(source.behind(length, 8), source.ended):
        return source.take(length), (), True
    within = min(_AHEAD, limit + 8)
    while (found := source.search(_NEXT, within)) is None and within < limit + 8 and source.have(within) >= within:
        within = min(2 * within, limit + 8)
    seen = source.have(within)
    if found is None and length > limit and seen > limit:
        source.pass_over(length)
        return b"", (), False
    if found is None and seen > limit:
        _pass_over_to_next(source)
        return b"", (), False
    body = source.take(found[0] if found else seen)
    remark = Diagnostic("wrong-length", f"the record says {stated or 'no'} bytes and has {len(body)}")
    return body, (remark,), True


def _pass_over_to_next(source: _Window) -> None:
    while source.have(_BLOCK) >= _BLOCK:
        found = source.search(_NEXT, _BLOCK)
        source.pass_over(found[0] if found else _BLOCK - 16)
        if found:
            return
    source.pass_over(_BLOCK)


def _stands_at_end(behind: bytes, ended: bool) -> bool:
    if behind.startswith(b"\r\n\r\n"):
        return True
    rest = behind.lstrip(b"\r\n")
    return rest.startswith(b"WARC/"[: len(rest)]) if rest else ended


def _record(
    headers: dict[str, str], body: bytes, name: str, number: int, options: Options, remarks: tuple[Diagnostic, ...]
) -> Outcome | None:
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
    plain = _unpacked(payload, inner, options.max_record_bytes)
    if plain is None:
        return _numbered(too_large(name, options.max_record_bytes), number)
    found = _CHARSET.search(content)
    declared = found[1] if found else None
    text, more = decode_page(plain, declared) if html else decode_detected(plain, declared)
    return Record(text, name, number, html=html, url=url, date=date, diagnostics=remarks + more)


def _unpacked(payload: bytes, headers: dict[str, str], limit: int) -> bytes | None:
    """Undo chunks and compression, as far as they go; ``None`` if more than ``limit`` bytes come out."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        payload = _joined(payload)
    if headers.get("content-encoding", "").lower() not in ("gzip", "x-gzip", "deflate"):
        return payload
    opened = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = opened.decompress(payload, limit + 1)
    except zlib.error:
        return payload  # archives often hold it unpacked already
    return plain if len(plain) <= limit else None


def _joined(payload: bytes) -> bytes:
    """Join the chunks of HTTP; a payload that is none is as it was: archives often hold it joined already."""
    parts, at = [], 0
    while found := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n").match(payload, at):
        size = int(found[1], 16)
        parts.append(payload[found.end() : found.end() + size])
        at = found.end() + size + 2
        if not size:
            return b"".join(parts)
    return b"".join(parts) or payload
