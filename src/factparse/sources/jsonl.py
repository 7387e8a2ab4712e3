"""Reads JSON Lines: each line is a record, with its text under a key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from factparse.core.errors import Diagnostic, SourceError
from factparse.core.plain import one_line
from factparse.sources.cells import keys_of, record_of_cell
from factparse.sources.decode import decode, encoding_of, without_surrogates
from factparse.sources.record import (
    DATE_KEYS,
    TEXT_KEYS,
    URL_KEYS,
    WHOLE,
    Extent,
    Options,
    Outcome,
    Record,
    first_of,
    too_large,
)

SUFFIXES: tuple[str, ...] = (".jsonl", ".ndjson")

_BLOCK = 1 << 20


class Line(NamedTuple):
    """A line's JSON object, its number (from 0), remarks on it, and whether its texts are sure to be writable."""

    number: int
    value: dict[str, object]
    diagnostics: tuple[Diagnostic, ...]
    clean: bool


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield a record for each line, or an error that names the line if it is not JSON, lacks the text or is too long.

    :func:`objects` says which lines there are.
    """
    for line in objects(stream, name, options, extent):
        yield line if isinstance(line, SourceError) else record_of(line, name, options)


def objects(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Line | SourceError]:
    """Yield the object of each line. A line without an object gives an error that names the line.

    Blank lines are skipped. ``number`` counts all lines from 0, so that it stays the same when somebody mends a broken
    line. Only the lines of ``extent`` are read. It counts bytes, and starts and ends where lines do.
    """
    if extent.start:
        stream.seek(extent.start)
    position, number = extent.start, extent.first
    for line in _lines(stream, options.max_record_bytes):
        position += len(line)
        if len(line) > options.max_record_bytes:
            position += _pass_over_line(stream, line)
            yield too_large(name, options.max_record_bytes, line=number + 1)
        elif line.strip():
            yield _object(line, name, number)
        number += 1
        if extent.end is not None and position >= extent.end:
            return


def split(path: Path, size: int, options: Options) -> list[Extent]:
    """The parts of the file ``path``, each of whole lines and about ``size`` bytes. A file not in UTF-8 is one part.

    The file is read once for this, because a part must know the number of its first line.
    """
    extents: list[Extent] = []
    start = first = position = lines = 0
    with path.open("rb") as file:
        if encoding_of(file.read(4))[0] != "utf-8":
            return [WHOLE]
        file.seek(0)
        while block := file.read(_BLOCK):
            # A part ends with the line that brings it to ``size`` bytes.
            at = block.find(b"\n", max(start + size - position - 1, 0)) if position + len(block) >= start + size else -1
            if at >= 0:
                end = position + at + 1
                extents.append(Extent(start, end, first))
                start, first = end, lines + block.count(b"\n", 0, at + 1)
            lines += block.count(b"\n")
            position += len(block)
    return [*extents, Extent(start, position, first)] if start < position else extents or [WHOLE]


def _lines(stream: IO[bytes], limit: int) -> Iterator[bytes]:
    """Yield the lines as bytes. A line longer than ``limit`` comes in pieces of ``limit + 1`` bytes.

    A file in UTF-16 or UTF-32 is read as a whole, because a newline byte in it may be part of a character. Its lines
    come in UTF-8.
    """
    line = stream.readline(limit + 1)
    if encoding_of(line)[0] == "utf-8":
        while line:
            yield line
            line = stream.readline(limit + 1)
    else:
        text, _ = decode(line + stream.read(limit))
        yield from text.encode("utf-8", "replace").splitlines(keepends=True)


def _pass_over_line(stream: IO[bytes], line: bytes) -> int:
    """Skip the line that begins with ``line``. Return its number of bytes, without holding them."""
    passed = 0
    while line and not line.endswith(b"\n"):
        line = stream.readline(_BLOCK)
        passed += len(line)
    return passed


def _object(line: bytes, name: str, number: int) -> Line | SourceError:
    """The object in a line, or an error that says what is wrong."""
    try:
        value, diagnostics, clean = _loads(line)
    except (ValueError, RecursionError) as error:
        return SourceError("bad-json", f"the line is not JSON: {error}", source=name, line=number + 1)
    if not isinstance(value, dict):
        message = f"the line must be a JSON object, and is {_kind(value)}"
        return SourceError("bad-record", message, source=name, line=number + 1)
    return Line(number, value, diagnostics, clean)


def record_of(line: Line, name: str, options: Options) -> Outcome:
    """The record of a line's object, or an error that says why it is no record."""
    number, value, diagnostics, clean = line

    def broken(code: str, message: str) -> SourceError:
        return SourceError(code, message, source=name, line=number + 1)

    columns = keys_of(value, options)
    if columns is not None and (cell := record_of_cell(value, columns, name, number, diagnostics)) is not None:
        return cell
    key = first_of(TEXT_KEYS, options.text_key, value)
    if key is None:
        keys = one_line(", ".join(sorted(value)[:8])) or "none"
        wanted = options.text_key or TEXT_KEYS[0]
        return broken("missing-key", f"the record has no key {wanted!r} (its keys: {keys}); see --text-key")
    text = value[key]
    if not isinstance(text, str):
        return broken("bad-record", f"the key {key!r} holds no text but {_kind(text)}")
    text, lone = (text, ()) if clean else without_surrogates(text)
    return Record(
        text,
        name,
        number=number,
        line=number + 1,
        url=_text(value, first_of(URL_KEYS, options.url_key, value)),
        date=_text(value, first_of(DATE_KEYS, None, value)),
        diagnostics=diagnostics + lone,
    )


def _text(value: dict[str, object], key: str | None) -> str | None:
    found = value.get(key) if key is not None else None
    return without_surrogates(found)[0] if isinstance(found, str) else None


def _loads(line: bytes) -> tuple[object, tuple[Diagnostic, ...], bool]:
    """The JSON value of ``line``, remarks on it, and whether its texts are sure to have no lone surrogate.

    The fast reader comes first. The slow reader takes what the fast one refuses: lone surrogates, and bytes that are
    not UTF-8. Raises ``ValueError`` if it is no JSON at all, or ``RecursionError`` if it is nested too deep.
    """
    try:
        return msgspec.json.decode(line), (), True
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        text, remarks = decode(line)
        return json.loads(text), remarks, False


def _kind(value: object) -> str:
    """A JSON value in words, for a message."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
