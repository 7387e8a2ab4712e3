"""WARC and WET, the archives of crawls: a record for every page fetched, and for every text made of one.

Read here and not by a package: where a record's ``Content-Length`` is wrong, those lose the records behind it, and of
a file that breaks off they do not tell.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

import attrs

from factparse.errors import Diagnostic, SourceError
from factparse.sources.compression import BROKEN
from factparse.sources.decode import decode_detected
from factparse.sources.html import decode_page
from factparse.sources.record import WHOLE, Extent, Options, Outcome, Record, too_large

SUFFIXES: tuple[str, ...] = (".warc", ".wet")

_MAX_HEADERS = 1 << 20
_BLOCK = 1 << 16
_NEXT = re.compile(rb"\r?\n\r?\nWARC/\d")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML = ("text/html", "application/xhtml+xml")


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the responses that hold HTML or text, and the texts of conversions; ``number`` counts all WARC records.

    A record whose ``Content-Length`` is wrong ends where the next one starts, and says so in a diagnostic.
    """
    source = _Window(stream)
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
    """A stream of which any number of bytes can be looked at before they are taken."""

    stream: Any  # a buffered reader of any kind: all have read1
    held: bytes = b""
    ended: bool = False
    broken: Exception | None = None

    def look(self, count: int) -> bytes:
        """Return the next bytes, ``count`` of them if there are as many, without taking them."""
        parts, have = [self.held], len(self.held)
        while have < count and not self.ended:
            part = self._more(max(_BLOCK, count - have))
            self.ended = not part
            parts.append(part)
            have += len(part)
        self.held = b"".join(parts) if len(parts) > 1 else self.held
        return self.held[:count] if len(self.held) > count else self.held

    def _more(self, count: int) -> bytes:
        """Return what can be had at once; what is wrong with the file is told when all before it has been read."""
        try:
            return bytes(self.stream.read1(count))
        except BROKEN as error:
            self.broken = error
            return b""

    def take(self, count: int) -> bytes:
        """Return the next bytes and go behind them."""
        taken = self.look(count)
        self.held = self.held[len(taken) :]
        return taken

    def pass_over(self, count: int) -> None:
        """Go on by ``count`` bytes without holding them."""
        while count > 0 and (part := self.take(min(count, _BLOCK))):
            count -= len(part)


def _headers(source: _Window) -> dict[str, str] | None:
    """Take the headers of the next record, which are looked for where they should not be, too; ``None`` at the end."""
    while True:
        start = source.look(_BLOCK).find(b"WARC/")
        if start >= 0:
            source.take(start)
            break
        if len(source.look(_BLOCK)) < _BLOCK:
            return None
        source.take(_BLOCK - 5)
    head = source.look(_BLOCK)
    ends = re.search(rb"\r?\n\r?\n", head) or re.search(rb"\r?\n\r?\n", head := source.look(_MAX_HEADERS))
    size = ends.end() if ends else min(len(head), 5)
    return _fields(source.take(size))


def _fields(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").splitlines()[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _body(source: _Window, headers: dict[str, str], limit: int) -> tuple[bytes, tuple[Diagnostic, ...], bool]:
    """Take the body of a record: its bytes, what was remarked, and whether it is whole (no larger than ``limit``)."""
    stated = headers.get("content-length", "")
    length = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else 0
    if length <= limit:
        seen = source.look(length + 8)
        if len(seen) >= length and _stands_at_end(seen[length:], source.ended):
            return source.take(length), (), True
    seen = source.look(limit + 8)
    found = _NEXT.search(seen)
    if found is None and length > limit and len(seen) > limit:
        source.pass_over(length)
        return b"", (), False
    if found is None and len(seen) > limit:
        _pass_over_to_next(source)
        return b"", (), False
    body = source.take(found.start() if found else len(seen))
    remark = Diagnostic("wrong-length", f"the record says {stated or 'no'} bytes and has {len(body)}")
    return body, (remark,), True


def _pass_over_to_next(source: _Window) -> None:
    while len(seen := source.look(_BLOCK)) == _BLOCK:
        found = _NEXT.search(seen)
        source.take(found.start() if found else _BLOCK - 16)
        if found:
            return
    source.take(len(seen))


def _stands_at_end(behind: bytes, ended: bool) -> bool:
    rest = behind.lstrip(b"\r\n")
    return behind.startswith(b"\r\n\r\n") or (rest.startswith(b"WARC/"[: len(rest)]) if rest else ended)


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
