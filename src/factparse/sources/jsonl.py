"""JSON Lines: one record a line, its text under a key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

import msgspec

from factparse.errors import SourceError
from factparse.sources.decode import decode, encoding_of, without_surrogates
from factparse.sources.record import Options, Outcome, Record

SUFFIXES: tuple[str, ...] = (".jsonl", ".ndjson")


def records(stream: IO[bytes], name: str, options: Options) -> Iterator[Outcome]:
    """Yield a record for each line; a line that is no JSON, or lacks the text, gives an error that names it.

    Blank lines are passed over. ``number`` counts all lines from 0, so that it does not change when one is mended.
    """
    position = 0
    for number, line in enumerate(_lines(stream)):
        position += len(line)
        if line.strip():
            yield _record(line, name, number, position, options)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines; a file in UTF-16 or UTF-32, whose bytes cannot be cut at newline bytes, is read as a whole."""
    first = stream.readline()
    if encoding_of(first)[0] == "utf-8":
        yield first
        yield from stream
    else:
        text, _ = decode(first + stream.read())
        yield from text.encode("utf-8", "replace").splitlines(keepends=True)


def _record(line: bytes, name: str, number: int, position: int, options: Options) -> Outcome:
    source, diagnostics = decode(line)

    def broken(code: str, message: str) -> SourceError:
        return SourceError(code, message, source=name, line=number + 1)

    try:
        value = _loads(source)
    except (ValueError, RecursionError) as error:
        return broken("bad-json", f"the line is not JSON: {error}")
    if not isinstance(value, dict):
        return broken("bad-record", f"the line holds no JSON object but {_kind(value)}")
    if options.text_key not in value:
        keys = ", ".join(sorted(value)[:8]) or "none"
        return broken("missing-key", f"the record has no key {options.text_key!r} (its keys: {keys}); see --text-key")
    text = value[options.text_key]
    if not isinstance(text, str):
        return broken("bad-record", f"the key {options.text_key!r} holds no text but {_kind(text)}")
    text, lone = without_surrogates(text)
    url = value.get(options.url_key)
    return Record(
        text,
        name,
        number=number,
        line=number + 1,
        position=position,
        url=without_surrogates(url)[0] if isinstance(url, str) else None,
        diagnostics=diagnostics + lone,
    )


def _loads(line: str) -> object:
    """Read one JSON value; the slower reader is asked second, for it takes what the faster one refuses (half pairs)."""
    try:
        return msgspec.json.decode(line)
    except msgspec.DecodeError:
        return json.loads(line)


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
