"""One cell to facts: its parts, each read by the shape of its sub-label or else of its field, then dates and ranks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from factparse.core.facts import AnyFact
from factparse.extract._met import Met
from factparse.extract.context import Context
from factparse.extract.figures.figures import Figure, read_date
from factparse.extract.figures.lists import items
from factparse.extract.figures.parts import Part, split
from factparse.extract.figures.plans import LONGEST, Plans, laid
from factparse.extract.figures.plans import shape as shape_of
from factparse.extract.figures.reader import Reader
from factparse.extract.figures.rows import PLACE, QUANTITY, SHARE, TEXT, Row, make, settle
from factparse.extract.figures.sentences import between, comparative, elections, service, strengths, text_value
from factparse.language import number

_KEPT = 4096  # cells whose facts are kept
_SHAPES = Path(__file__).with_name("shapes.tsv")
_SERIES = re.compile(r"(?<=[\d.]\))\s*+(?=[-−]?[$€£]?\d)")
_DEGREES = r"(\d{1,3}(?:\.\d{1,6})?)[ °]++(?:(\d{1,2})[ '′]*+)?(?:\d{1,2}[\"″]\s?)?"
_PLACE = re.compile(rf"{_DEGREES}([NS]),?\s*+{_DEGREES}([EW])")
_OFFSET = re.compile(r"\s*+UTC\s?([-−+]?\s?\d{1,2}(?:\.\d+)?)(?![\d:])")
_SHIFT = re.compile(r"\s*+([-−+]?\s?\d{1,2}(?:\.\d+)?)\s?(h(?:ou)?rs?)\b")

Shape = tuple[str, str | None]
_TEXT: Shape = ("text", None)
Read = Callable[[Reader, Part], None]


@cache
def table() -> tuple[dict[str, Shape], dict[str, Shape]]:
    """Return the shape of each field that the table names, and of each sub-label that has one of its own.

    A shape is a key of :data:`READERS`, and the unit of what its figures count where they print none.
    """
    of_fields: dict[str, Shape] = {}
    of_labels: dict[str, Shape] = {}
    for line in _SHAPES.read_text(encoding="utf-8").splitlines()[1:]:
        kind, name, shape, unit = [*line.split("\t"), ""][:4]
        (of_fields if kind == "field" else of_labels)[name] = (shape, unit or None)
    return of_fields, of_labels


FIELDS = tuple(table()[0])


def facts(context: Context) -> tuple[AnyFact, ...]:
    """Return the facts of a cell by the shape of its field; of a cell of figures by its plan, where there is one."""
    text = context.text
    shape, unit = table()[0].get(context.field, _TEXT)
    if shape != "figures" or len(text) > LONGEST or "\0" in text or not text.isascii():
        return make(context, _rows(shape, text), unit)
    key, ends = shape_of(text)
    plan = _plans.known(key)
    found = laid(plan, context, ends, unit) if plan is not None else None
    if found is None:
        rows = _rows(shape, text)
        found = make(context, rows, unit)
        if plan is None:
            _plans.learn(key, ends, text, rows)
    return found


_met = Met()
_plans = Plans()


def forget_cells() -> None:
    """Empty what is remembered of cells that were met."""
    _met.clear()
    _plans.clear()


def _rows(shape: str, text: str) -> list[Row]:
    """Return what is read of a cell.

    It is kept from the second time on that its text is met: in a dump the same cells come again and again, and to keep
    what comes once would cost more than it saves.
    """
    return _kept_rows(shape, text) if _met.again(hash(text)) else _read(shape, text)


@lru_cache(_KEPT)
def _kept_rows(shape: str, text: str) -> list[Row]:
    return _read(shape, text)


def _read(shape: str, text: str) -> list[Row]:
    """Return what is read of a cell of a field of that shape, settled."""
    of_labels = table()[1]
    reader = Reader(text)
    read = READERS[shape]
    for part in split(text):
        if part.kind == "rank":
            _rank(reader, part)
        elif part.kind == "note":
            _note(reader, part, read)
        elif part.path and part.path[-1] in of_labels and shape != "prose":
            _labelled(reader, part, *of_labels[part.path[-1]])
        else:
            read(reader, part)
    if not reader.rows and text.strip():
        reader.rows.append(Row(TEXT, (), 0, len(text)))
    settle(reader.rows)
    return reader.rows


def _labelled(reader: Reader, part: Part, shape: str, unit: str | None) -> None:
    """Read a part whose sub-label has a shape of its own."""
    first = len(reader.rows)
    READERS[shape](reader, part)
    for row in reader.rows[first:] if unit else ():
        row.unit = row.unit or unit


def _rank(reader: Reader, part: Part) -> None:
    """A world rank belongs to the figure before it."""
    digits = reader.text[part.start : part.end].rpartition(":")[2].strip()
    for row in reversed(reader.rows[-8:]):
        if row.kind <= SHARE and digits.isdecimal() and row.tail is None:
            row.tail = (part.start, part.end)
            return


def _note(reader: Reader, part: Part, read: Read) -> None:
    """A note is a text of its own; behind the date that closes it a series may go on."""
    if read is elections:
        elections(reader, part)
        return
    end = part.end
    more = _SERIES.search(reader.text, part.start, end) if read is _figures else None
    if more is not None:
        end = more.start()
    text_value(reader, Part("value", part.path, part.start, end, part.head))
    if more is not None:
        _figures(reader, Part("value", part.path[:-1], more.end(), part.end, more.end()))


def _figures(reader: Reader, part: Part) -> None:
    reader.figures(part.path, part.start, part.end)


def _shares(reader: Reader, part: Part) -> None:
    first = len(reader.rows)
    reader.figures(part.path, part.start, part.end, SHARE)
    for row in reader.rows[first:]:
        if row.kind != SHARE or row.figure is None:
            continue
        if not row.name and row.path:
            row.path, row.name = row.path[:-1], row.path[-1]
        if not row.name or (row.figure.unit != "%" and row.figure.value is not None):
            row.kind = QUANTITY


def _items(reader: Reader, part: Part) -> None:
    reader.rows += items(reader.text, part.path, part.start, part.end)


def _clauses(reader: Reader, part: Part) -> None:
    text = reader.text
    clauses = text.find(";", part.start, part.end) >= 0 or text.find("[", part.start, part.end) >= 0
    reader.rows += items(text, part.path, part.start, part.end, clauses=clauses)


def _divisions(reader: Reader, part: Part) -> None:
    """A count of what is listed, then the list: ``3 islands; Anjouan, Moheli``."""
    counted = _COUNTED.match(reader.text, part.start, part.end)
    if counted is None:
        _items(reader, part)
        return
    reader.figures(part.path, part.start, counted.end())
    reader.rows += items(reader.text, part.path, counted.end(), part.end)


_COUNTED = re.compile(r"\s*+\d{1,3} [a-z][^;:\n]*+(?:[;:]|$)")


def _dated(reader: Reader, part: Part) -> None:
    """Dates in words, one a clause: of independence, of holidays."""
    first = len(reader.rows)
    text_value(reader, part)
    for row in reader.rows[first:]:
        found = _DATE.search(reader.text, row.start, row.end)
        if found is not None:
            row.date = read_date(found[0].replace("(", "").replace(")", ""))


_DATE = re.compile(
    r"\d{1,2} [A-Z][a-z]{2,8} \(?\d{4}\)?|\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{4}|(?<!\d)\d{4}(?!\d)"
)


def _places(reader: Reader, part: Part) -> None:
    """Coordinates; what stands before, between and behind them is text."""
    at = part.start
    for match in _PLACE.finditer(reader.text, part.start, part.end):
        north, minutes, pole, east, more, side = match.groups()
        latitude = round(float(north) + int(minutes or 0) / 60, 4) * (-1 if pole == "S" else 1)
        longitude = round(float(east) + int(more or 0) / 60, 4) * (-1 if side == "W" else 1)
        between(reader, part, at, match.start())
        row = Row(PLACE, part.path, *match.span())
        row.figure = Figure(None, latitude, longitude, None, None)
        reader.rows.append(row)
        at = match.end()
    between(reader, part, at, part.end)


def _offset(reader: Reader, part: Part) -> None:
    """``UTC-5 (same time as Washington, DC, during Standard Time)``: hours ahead of UTC; ``+1hr, begins in March``."""
    found = _OFFSET.match(reader.text, part.start, part.end)
    shift = _SHIFT.match(reader.text, part.start, part.end)
    ahead = found or shift
    if ahead is None:
        text_value(reader, part)
        return
    row = Row(QUANTITY, part.path, ahead.start(), part.end)
    row.figure = Figure(number("".join(ahead[1].split()).removeprefix("+")), None, None, None, None)
    row.unit, row.of = (shift[2], None) if shift else ("hours", "UTC")
    row.note = reader.text[ahead.end() : part.end].strip(" ,;") or None
    reader.rows.append(row)


_BEFORE_RATES = re.compile(r"(?:US\$1(?!\d)|[^\d\n])*+")


def _rates(reader: Reader, part: Part) -> None:
    """Exchange rates: a series whose unit stands before it (``Afghanis (AFA) per US dollar - 46 (2010)``)."""
    text = reader.text
    match = _BEFORE_RATES.match(text, part.start, part.end)
    words = match[0] if match else ""
    unit = words.strip(' -–—:"\n') or (part.label if "per " in part.label or "(" in part.label else None)
    first = len(reader.rows)
    if part.start + len(words) == part.end:
        text_value(reader, part)
        return
    reader.figures(part.path, part.start + len(words), part.end)
    if len(reader.rows) > first:
        reader.rows[first].start = part.start
    if unit is None and first and reader.rows[first - 1].kind in (QUANTITY, TEXT):
        before = reader.rows[first - 1]
        unit = before.unit or _currency(text[before.start : before.end])
    for row in reader.rows[first:]:
        if row.kind == QUANTITY and row.unit is None:
            row.unit = unit


def _currency(words: str) -> str | None:
    """Return the unit that a text before a series gives: ``Zambian kwacha (ZMK) per US dollar -``."""
    words = words.strip(' -–—:"')
    return words if " per " in words else None


READERS: dict[str, Read] = {
    "figures": _figures,
    "shares": _shares,
    "list": _items,
    "clauses": _clauses,
    "divisions": _divisions,
    "text": text_value,
    "prose": text_value,
    "dated": _dated,
    "places": _places,
    "offset": _offset,
    "rates": _rates,
    "elections": elections,
    "service": service,
    "comparative": comparative,
    "strengths": strengths,
}
