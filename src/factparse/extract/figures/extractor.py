"""Reads one cell into facts: its parts one by one, then the dates that hold for several of them.

How a part is read is its *shape*: that of its sub-label if the table ``shapes.tsv`` gives it one, else that of the
field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from factparse.core.facts import AnyFact, Quantity, Share, TextValue
from factparse.extract.context import Context
from factparse.extract.figures.cables import telecom
from factparse.extract.figures.clauses import comparison, service, strengths
from factparse.extract.figures.days import days, fiscal
from factparse.extract.figures.drafts import NO_DATE, Draft, make, settle, settle_defined
from factparse.extract.figures.elections import elections
from factparse.extract.figures.items import Reader
from factparse.extract.figures.lists import add_item, entries, item, unstarred
from factparse.extract.figures.places import hours, places, rates
from factparse.extract.figures.rankings import apart, rankings
from factparse.extract.figures.ranks import give_ranks, take_bare_rank
from factparse.extract.figures.texts import Read, text_value
from factparse.extract.figures.told import events, told
from factparse.extract.figures.tree import cell_nodes
from factparse.language import read_figure
from factparse.language.brackets import half_brackets
from factparse.language.figures import positive
from factparse.language.parts import Part, split
from factparse.language.plans import CELL, terminal
from factparse.language.tree import Value
from factparse.vocabulary import labels

_WHOLE: Final = 100  # percent
_SHAPES: Final = Path(__file__).with_name("shapes.tsv")

FieldShape = tuple[str, str | None]
# In prose two dashes set off a remark, and behind those of elections results stand, with marks of their own.
_WITH_DASHES: Final = frozenset({"prose", "told", "telecom", "elections", "suffrage"})
_TEXT: Final[FieldShape] = ("text", None)
_NEAR: Final = 400  # characters before a note in which its bracket may open
_MAY_END_RANK: Final = frozenset("0123456789 \n\t\r")
# In lists and series words that no table knows may be a sub-label, wherever they stand.
_FREE: Final = frozenset(
    {"figures", "suffrage", "shares", "list", "clauses", "divisions", "places", "rates", "service"}
)
_NAMES: Final = frozenset({"shares", "list", "clauses", "divisions"})
# Where names before two dashes are sub-labels: Sabah--Muslim 38%.
_DASHED_NAMES: Final = frozenset({"figures", "shares", "list", "divisions"})


@cache
def table() -> tuple[dict[str, FieldShape], dict[str, FieldShape]]:
    """Return the shapes of ``shapes.tsv``, by canonical field name and by sub-label in small letters.

    A shape is a key of :data:`READERS`, and the unit of figures that print none (``None`` if there is none to give).
    """
    of_fields: dict[str, FieldShape] = {}
    of_labels: dict[str, FieldShape] = {}
    for line in _SHAPES.read_text(encoding="utf-8").splitlines()[1:]:
        kind, name, shape, unit = [*line.split("\t"), ""][:4]
        if kind == "field":
            of_fields[name] = shape, unit or None
        else:
            of_labels[name.lower()] = shape, unit or None
    return of_fields, of_labels


FIELDS: Final = tuple(table()[0])


@cache
def _parts_named() -> dict[str, tuple[str, ...]]:
    """The parts that the label of a field names, by field: ``Freshwater withdrawal (domestic/industrial/...)``."""
    found = ((label.field, terminal(CELL, "PARTS_NAMED").search(label.text)) for label in labels())
    return {field: tuple(named["parts"].split("/")) for field, named in found if named}


def facts(context: Context) -> tuple[AnyFact, ...]:
    """Return the facts of a cell of figures, lists or labelled text, in reading order; none if it is blank."""
    shape, unit = table()[0].get(context.field, _TEXT)
    return make(context, read_cell(shape, context.text, context.field).drafts, unit)


def tree(field: str, text: str) -> Value:
    """Return the lossless tree of a cell of ``field``: its parts, and in each what was read of it."""
    reader = read_cell(table()[0].get(field, _TEXT)[0], text, field)
    return cell_nodes(text, reader.parts, reader.regions)


def cell_parts(shape: str, text: str) -> list[Part]:
    """Return the parts of a cell of a field of that ``shape``, as its sub-labels divide it.

    >>> [part.path for part in cell_parts("figures", "paved: 3 runways over 900 m: 2")]
    [('paved',), ('runways over 900 m',)]
    """
    return split(
        text,
        free=shape in _FREE,
        names=shape in _NAMES,
        dashed=shape not in _WITH_DASHES,
        dashed_names=shape in _DASHED_NAMES,
    )


def read_cell(shape: str, text: str, field: str = "") -> Reader:
    """Read a cell of a ``field`` of that ``shape``; the reader returned holds its drafts and its parts.

    A cell of which nothing was read is one text, so that no cell is without an answer.
    """
    of_labels = table()[1]
    reader = Reader(text, _parts_named().get(field, ()))
    read = READERS[shape]
    reader.parts = cell_parts(shape, text)
    lists = rankings(text)
    ranks: list[tuple[int, Part]] = []
    for part in apart(reader, reader.parts, lists) if lists else reader.parts:
        if part.kind == "rank":
            ranks.append((len(reader.drafts), part))
        elif part.kind == "note":
            _note(reader, part, read)
        # In prose a word before a colon may look like such a sub-label, but what follows is still prose.
        elif part.path and shape != "prose" and (labelled := of_labels.get(part.path[-1].lower())):
            _labelled(reader, part, *labelled)
        else:
            read(reader, part)
    if read is _figures and text[-1:] in _MAY_END_RANK and (bare := take_bare_rank(reader)):
        ranks.append((len(reader.drafts), bare))
    if not reader.drafts and text.strip():
        reader.drafts.append(Draft(TextValue, (), 0, len(text)))
    settle(reader.drafts)
    settle_defined(text, reader.drafts)
    if ranks:
        give_ranks(reader, ranks)
    return reader


def _labelled(reader: Reader, part: Part, shape: str, unit: str | None) -> None:
    """Read a part by the shape of its sub-label, and give that shape's unit to figures that print none."""
    first = len(reader.drafts)
    READERS[shape](reader, part)
    for draft in reader.drafts[first:] if unit else ():
        draft.unit = draft.unit or unit


def _note(reader: Reader, part: Part, read: Read) -> None:
    """Read a note; one that stands in a bracket ends with that, and what comes behind is the value's again."""
    text = reader.text
    close = next((half for half in half_brackets(text, part.start, part.end) if text[half] == ")"), -1)
    opened = half_brackets(text, max(0, part.head - _NEAR), part.head) if close >= 0 else ()
    if not any(text[half] == "(" for half in opened):
        _read_note(reader, part, read)
        return
    first = len(reader.drafts)
    _read_note(reader, part._replace(end=close), read)
    for draft in reader.drafts[first:]:
        draft.date = None if draft.date is NO_DATE else draft.date  # the next date is that of what it remarks on
    dated = terminal(CELL, "AS_OF").match(text, close + 1 + (text[close + 1 : close + 2] == " "), part.end)
    start = dated.end() if dated else close + 1
    if dated is not None and len(reader.drafts) > first:
        reader.drafts[-1].date = reader.drafts[-1].date or dated.span()
        reader.drafts[-1].tail = dated.span()
    if any(map(str.isalnum, text[start : part.end])):
        read(reader, part._replace(kind="value", path=part.path[:-1], start=start))


def _read_note(reader: Reader, part: Part, read: Read) -> None:
    """Keep a note as a text; behind the date that closes it a series of figures may go on."""
    if read in _READ_IN_NOTES:
        _READ_IN_NOTES[read](reader, part)
        return
    series = terminal(CELL, "SERIES")
    more = series.search(reader.text, part.start, part.end) if read is _figures else None
    first = len(reader.drafts)
    text_value(reader, part._replace(kind="value", end=more.start() if more else part.end))
    told = reader.text.find("dollars", part.start, part.end) >= 0  # which is much cheaper to ask than the pattern
    prices = terminal(CELL, "PRICES").search(reader.text, part.start, part.end) if told else None
    for draft in reader.drafts[first:]:
        draft.date = draft.date or (prices.span("year") if prices else None)
    if more is not None:
        reader.figures(part.path[:-1], more.end(), part.end)


def _figures(reader: Reader, part: Part) -> None:
    reader.figures(part.path, part.start, part.end)


def _suffrage(reader: Reader, part: Part) -> None:
    """Read ages, and behind them the elections, where an edition lost the label between the two."""
    dashed = reader.text.find("--", part.start, part.end) >= 0
    lost = terminal(CELL, "ELECTIONS_OF").search(reader.text, part.start, part.end) if dashed else None
    first = len(reader.drafts)
    reader.figures(part.path, part.start, lost.start() if lost else part.end)
    for draft in reader.drafts[first:]:
        if draft.counts and not (draft.figure and draft.figure.unit):
            draft.unit = draft.unit or "years"
        # An age holds whenever elections are.
        draft.date = draft.date or (NO_DATE if lost else None)
    if lost is not None:
        elections(reader, part._replace(start=lost.start()))


def _shares(reader: Reader, part: Part) -> None:
    first = len(reader.drafts)
    reader.figures(part.path, part.start, part.end, Share)
    for draft in reader.drafts[first:]:
        if draft.kind is not Share or draft.figure is None:
            continue
        draft.figure = positive(draft.figure)
        # A share names what it is of: where no word before the figure does, its sub-label is the name.
        if not draft.name and draft.path:
            draft.path, draft.name = draft.path[:-1], draft.path[-1]
        # A share of nothing named, or a bare count among shares, is a plain quantity.
        if not draft.name or (draft.figure.unit != "%" and draft.figure.value is not None):
            draft.kind = Quantity
    _lost_percent(reader.drafts[first:])


def _lost_percent(drafts: list[Draft]) -> None:
    """Read a number among shares that lost its percent sign as a share: ``Nyanja 8.1``. No count has decimals."""
    if not any(draft.kind is Share and draft.figure is not None for draft in drafts):
        return
    for draft in drafts:
        bare = draft.kind is Quantity and draft.name and draft.unit is None
        figure = draft.figure if bare else None
        if figure and figure.unit is None and isinstance(figure.value, float) and 0 < figure.value < _WHOLE:
            draft.kind = Share


def _items(reader: Reader, part: Part) -> None:
    _entries(reader, part, part.start)


def _cities(reader: Reader, part: Part) -> None:
    """Read a list of cities, the last two of which ``and`` may join without a comma: ``Chicago and New York``."""
    first = len(reader.drafts)
    _items(reader, part)
    for at in range(len(reader.drafts) - 1, first - 1, -1):
        draft = reader.drafts[at]
        both = terminal(CELL, "TWO_CITIES").fullmatch(draft.name) if " and " in draft.name else None
        if both is None or not reader.text.startswith(draft.name, draft.start):
            continue
        start, end = draft.start, draft.start + both.end("first")
        draft.name, draft.start = both["last"], end + 1
        reader.drafts.insert(at, item(reader.text, part.path, start, end))


def _clauses(reader: Reader, part: Part) -> None:
    # Semicolons, or leaders in brackets, part the entries of a cell; then a comma is inside one. Else commas part them.
    if reader.clauses is None:
        listed = (reader.text[each.start : each.end] for each in reader.parts if each.kind == "value")
        reader.clauses = any(";" in words or "[" in words for words in listed)
    _entries(reader, part, part.start, "clauses" if reader.clauses else "names")


def _divisions(reader: Reader, part: Part) -> None:
    """Read a count of what is listed, if one is printed, and then the list: ``3 islands; Anjouan, Moheli``."""
    counted = terminal(CELL, "COUNTED").match(reader.text, part.start, part.end)
    if counted is not None:
        reader.figures(part.path, part.start, counted.end())
    _entries(reader, part, counted.end() if counted else part.start)
    if "*" in reader.text:
        unstarred(reader.text, reader.drafts)


def _entries(reader: Reader, part: Part, start: int, rule: str = "names") -> None:
    """Read a list; an entry that counts others is a figure: ``14 counties (amter, singular - amt)``."""
    if terminal(CELL, "NOTHING").fullmatch(reader.text, start, part.end):
        text_value(reader, part)
        return
    text = reader.text
    clause = rule == "clauses"
    said = text[start : part.end]
    told = "singular" in said or "plural" in said or "there " in said
    listed: list[Draft] = []
    for first, last in entries(text, start, part.end, clauses=clause):
        counted = terminal(CELL, "TOLD_COUNT").match(text, first, last) if told else None
        if counted is not None:
            reader.regions.append((rule, start, first))
            reader.drafts += _read_entries(reader, listed, clause=clause)
            reader.figures(part.path, first, counted.end())
            listed, start = [], counted.end()
            first = last - len(text[start:last].lstrip(" :-"))
        add_item(listed, text, item(text, part.path, first, last))
    reader.drafts += _read_entries(reader, listed, clause=clause)
    reader.regions.append((rule, start, part.end))


def _read_entries(reader: Reader, listed: list[Draft], *, clause: bool) -> Iterator[Draft]:
    """Yield the drafts of list entries as what they are: items, shares that they print (``fuels 12%``), texts, figures.

    Of a ``clause`` that names a party and its leader the leader is the note, as where he stands in a bracket.
    """
    none = terminal(CELL, "NO_ENTRY").fullmatch
    for draft in listed:
        if none(draft.name):
            draft.kind = TextValue
        elif clause and (led := _led(draft)):
            said = filter(None, (led["short"], led["leader"], draft.note))
            draft.name, draft.note = led["party"].rstrip(), "; ".join(said)
        elif any(map(str.isdecimal, draft.name)):
            yield from _listed(reader, draft)
            continue
        yield draft


def _led(draft: Draft) -> re.Match[str] | None:
    """Return the party and the leader that the name of an entry is, or ``None``; a bracket may stand behind both."""
    led = terminal(CELL, "LED").fullmatch(draft.name) if draft.note is None else None
    return led or (terminal(CELL, "LED_SHORT").fullmatch(draft.name) if "), " in draft.name else None)


def _listed(reader: Reader, draft: Draft) -> list[Draft]:
    """Read an entry of a list whose name holds digits: one that tells its share, or a figure with its unit, is that."""
    share = terminal(CELL, "LISTED_SHARE").fullmatch(draft.name) if draft.name.endswith("%") else None
    if share is not None:  # fuels 12%
        draft.kind, draft.name, draft.figure = Share, share["name"], read_figure(share["share"])
    elif terminal(CELL, "LISTED_FIGURE").search(draft.name):
        mark = len(reader.regions)
        year = terminal(CELL, "YEAR_FIRST").match(reader.text, draft.start, draft.end)
        told = reader.apart(draft.path, year.end() if year else draft.start, draft.end)
        del reader.regions[mark:]  # the list's own tree shows the entry
        if told and all(each.figure is not None for each in told):
            told[0].start = draft.start
            for each in told:
                # It is a sentence, and dated only by itself.
                each.date = each.date or (year.span("year") if year else NO_DATE)
            return told
    return [draft]


# How notes are read where figures stand in them as well: "note - total Parliament percentage women 10.8%".
_READ_IN_NOTES: Final = {
    elections: elections,
    told: told,
    events: events,
    telecom: telecom,
    days: days,
    service: told,
    strengths: told,
    _suffrage: elections,  # of the old editions: the elections of the next chamber stand behind a note
}

READERS: Final[dict[str, Read]] = {
    "figures": _figures,
    "shares": _shares,
    "list": _items,
    "cities": _cities,
    "clauses": _clauses,
    "divisions": _divisions,
    "text": text_value,
    "prose": text_value,
    "dated": days,
    "places": places,
    "offset": hours,
    "rates": rates,
    "elections": elections,
    "suffrage": _suffrage,
    "service": service,
    "comparative": comparison,
    "strengths": strengths,
    "told": told,
    "events": events,
    "fiscal": fiscal,
    "telecom": telecom,
}
