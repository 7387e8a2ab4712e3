"""Reads one cell into facts: its parts one by one, then the dates that hold for several of them.

How a part is read is its *shape*: that of its sub-label if the table ``shapes.tsv`` gives it one, else that of the
field.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from factparse.core.facts import AnyFact, Quantity, Share, TextValue
from factparse.extract.context import Context
from factparse.extract.figures.cables import telecom
from factparse.extract.figures.clauses import comparison, service, strengths
from factparse.extract.figures.days import days, fiscal
from factparse.extract.figures.drafts import Draft, make, settle
from factparse.extract.figures.elections import elections
from factparse.extract.figures.items import Reader
from factparse.extract.figures.lists import items
from factparse.extract.figures.places import hours, places, rates
from factparse.extract.figures.rankings import apart, rankings
from factparse.extract.figures.texts import Read, text_value
from factparse.extract.figures.told import events, told
from factparse.extract.figures.tree import cell_nodes
from factparse.language import read_figure
from factparse.language.parts import Part, split
from factparse.language.plans import CELL, terminal
from factparse.language.tree import Value

_SHAPES: Final = Path(__file__).with_name("shapes.tsv")

Shape = tuple[str, str | None]
_TEXT: Final[Shape] = ("text", None)


@cache
def table() -> tuple[dict[str, Shape], dict[str, Shape]]:
    """Return the shapes of ``shapes.tsv``, by canonical field name and by sub-label.

    A shape is a key of :data:`READERS`, and the unit of figures that print none (``None`` if there is none to give).
    """
    of_fields: dict[str, Shape] = {}
    of_labels: dict[str, Shape] = {}
    for line in _SHAPES.read_text(encoding="utf-8").splitlines()[1:]:
        kind, name, shape, unit = [*line.split("\t"), ""][:4]
        (of_fields if kind == "field" else of_labels)[name] = (shape, unit or None)
    return of_fields, of_labels


FIELDS: Final = tuple(table()[0])


def facts(context: Context) -> tuple[AnyFact, ...]:
    """Return the facts of a cell of figures, lists or labelled text, in reading order; none if it is blank."""
    shape, unit = table()[0].get(context.field, _TEXT)
    return make(context, read_cell(shape, context.text).drafts, unit)


def tree(field: str, text: str) -> Value:
    """Return the lossless tree of a cell of ``field``: its parts, and in each what was read of it."""
    reader = read_cell(table()[0].get(field, _TEXT)[0], text)
    return cell_nodes(text, reader.parts, reader.regions)


def read_cell(shape: str, text: str) -> Reader:
    """Read a cell of a field of that ``shape``; the reader returned holds its drafts, with their dates, and its parts.

    A cell of which nothing was read is one text, so that no cell is without an answer.
    """
    of_labels = table()[1]
    reader = Reader(text)
    read = READERS[shape]
    reader.parts = split(text)
    lists = rankings(text)
    for part in apart(reader, reader.parts, lists) if lists else reader.parts:
        if part.kind == "rank":
            _rank(reader, part)
        elif part.kind == "note":
            _note(reader, part, read)
        # In prose a word before a colon may look like such a sub-label, but what follows is still prose.
        elif part.path and part.path[-1] in of_labels and shape != "prose":
            _labelled(reader, part, *of_labels[part.path[-1]])
        else:
            read(reader, part)
    if not reader.drafts and text.strip():
        reader.drafts.append(Draft(TextValue, (), 0, len(text)))
    settle(reader.drafts)
    return reader


def _labelled(reader: Reader, part: Part, shape: str, unit: str | None) -> None:
    """Read a part by the shape of its sub-label, and give that shape's unit to figures that print none."""
    first = len(reader.drafts)
    READERS[shape](reader, part)
    for draft in reader.drafts[first:] if unit else ():
        draft.unit = draft.unit or unit


def _rank(reader: Reader, part: Part) -> None:
    """Give a world rank to the last figure before it that has none: ``14.8% country comparison to the world: 77``."""
    digits = reader.text[part.start : part.end].rpartition(":")[2].strip()
    for draft in reversed(reader.drafts[-8:]):  # a few only, so that time stays linear in the cell
        if draft.counts and digits.isdecimal() and draft.rank is None:
            draft.rank, draft.tail = int(digits), (*draft.tail, part.start, part.end)
            return


def _note(reader: Reader, part: Part, read: Read) -> None:
    """Keep a note as a text; behind the date that closes it a series of figures may go on."""
    if read in _READ_IN_NOTES:
        _READ_IN_NOTES[read](reader, part)
        return
    series = terminal(CELL, "SERIES")
    more = series.search(reader.text, part.start, part.end) if read is _figures else None
    first = len(reader.drafts)
    text_value(reader, part._replace(kind="value", end=more.start() if more else part.end))
    told = "dollars" in reader.text  # which is much cheaper to ask than the pattern
    prices = terminal(CELL, "PRICES").search(reader.text, part.start, part.end) if told else None
    for draft in reader.drafts[first:]:
        draft.date = draft.date or (prices.span("year") if prices else None)
    if more is not None:
        reader.figures(part.path[:-1], more.end(), part.end)


def _figures(reader: Reader, part: Part) -> None:
    reader.figures(part.path, part.start, part.end)


def _shares(reader: Reader, part: Part) -> None:
    first = len(reader.drafts)
    reader.figures(part.path, part.start, part.end, Share)
    for draft in reader.drafts[first:]:
        if draft.kind is not Share or draft.figure is None:
            continue
        # A share names what it is of: where no word before the figure does, its sub-label is the name.
        if not draft.name and draft.path:
            draft.path, draft.name = draft.path[:-1], draft.path[-1]
        # A share of nothing named, or a bare count among shares, is a plain quantity.
        if not draft.name or (draft.figure.unit != "%" and draft.figure.value is not None):
            draft.kind = Quantity


def _items(reader: Reader, part: Part) -> None:
    _entries(reader, part, part.start)


def _clauses(reader: Reader, part: Part) -> None:
    text = reader.text
    # Semicolons, or leaders in brackets, part the entries; then a comma is inside one. Without them commas part.
    clauses = text.find(";", part.start, part.end) >= 0 or text.find("[", part.start, part.end) >= 0
    _entries(reader, part, part.start, "clauses" if clauses else "names")


def _divisions(reader: Reader, part: Part) -> None:
    """Read a count of what is listed, if one is printed, and then the list: ``3 islands; Anjouan, Moheli``."""
    counted = terminal(CELL, "COUNTED").match(reader.text, part.start, part.end)
    if counted is not None:
        reader.figures(part.path, part.start, counted.end())
    _entries(reader, part, counted.end() if counted else part.start)


def _entries(reader: Reader, part: Part, start: int, rule: str = "names") -> None:
    if terminal(CELL, "NOTHING").fullmatch(reader.text, start, part.end):
        text_value(reader, part)
        return
    listed = items(reader.text, part.path, start, part.end, clauses=rule == "clauses")
    for draft in listed:
        share = terminal(CELL, "LISTED_SHARE").fullmatch(draft.name) if draft.name.endswith("%") else None
        if share is not None:  # fuels 12%
            draft.kind, draft.name, draft.figure = Share, share["name"], read_figure(share["share"])
    reader.drafts += listed
    reader.regions.append((rule, start, part.end))


# How notes are read where figures stand in them as well: "note - total Parliament percentage women 10.8%".
_READ_IN_NOTES: Final = {
    elections: elections,
    told: told,
    events: events,
    telecom: telecom,
    days: days,
    service: told,
    strengths: told,
}

READERS: Final[dict[str, Read]] = {
    "figures": _figures,
    "shares": _shares,
    "list": _items,
    "clauses": _clauses,
    "divisions": _divisions,
    "text": text_value,
    "prose": text_value,
    "dated": days,
    "places": places,
    "offset": hours,
    "rates": rates,
    "elections": elections,
    "service": service,
    "comparative": comparison,
    "strengths": strengths,
    "told": told,
    "events": events,
    "fiscal": fiscal,
    "telecom": telecom,
}
