"""What is read of a cell before it is settled: dates that come later and ranks are added, then facts are made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from factparse.core.facts import AnyFact, Coordinates, Item, Quantity, Share, TextValue
from factparse.core.frozen import maker
from factparse.core.spans import Span, join
from factparse.extract.context import Context
from factparse.extract.figures.figures import Figure, read_date
from factparse.language import AsOf

QUANTITY, SHARE, ITEM, TEXT, PLACE = range(5)
_SIBLINGS = frozenset({"male", "female", "urban", "rural"})
_SPAN = re.compile(r"FY ?\d\d(?:\d\d)?(?:[-/]\d\d(?:\d\d)?)?|\d{4}-\d\d(?:\d\d)?(?!\d)")
NO_DATE = AsOf("", None)
_NOTHING = Figure(None, None, None, None, None)


Range = tuple[int, int]
Date = Range | AsOf  # where in the cell a date is printed; or what it says, where that is not as printed


class Row:
    """A fact to be: its class (``kind``), where it stands in the cell, and its own fields as far as they are known.

    ``printed`` is where its figure stands, ``tail`` where its rank does.
    """

    __slots__ = (
        "date",
        "end",
        "figure",
        "kind",
        "name",
        "note",
        "of",
        "path",
        "printed",
        "qualifier",
        "start",
        "tail",
        "unit",
    )

    def __init__(self, kind: int, path: tuple[str, ...], start: int, end: int) -> None:
        self.kind = kind
        self.path = path
        self.start = start
        self.end = end
        self.name: str = ""
        self.figure: Figure | None = None
        self.printed: Range | None = None
        self.unit: str | None = None
        self.of: str | None = None
        self.qualifier: str | None = None
        self.note: str | None = None
        self.date: Date | None = None
        self.tail: Range | None = None


def settle(rows: Sequence[Row]) -> None:
    """Give undated rows the date that follows: the Factbook prints one date behind the parts it holds for.

    What comes behind the last date has none, but for the sexes and the like, and the parts of a total, of which the
    date is printed once, with it.
    """
    if len(rows) == 1:
        return
    date: Date | None = None
    undated = False
    for row in reversed(rows):
        if row.date is not None:
            date = row.date
        elif row.kind <= ITEM:
            row.date = date
            undated = undated or date is None
    if not undated or date is None:
        return
    total: Date | None = None
    for before, row in pairwise(rows):
        if before.date is not None and before.path and before.path[-1].startswith("total"):
            total = before.date
        if row.date is None and row.path and row.kind <= SHARE:
            row.date = before.date if row.path[-1] in _SIBLINGS and before.date is not None else total


def trimmed(text: str, row: Row) -> Range:
    """Return where ``row`` stands, without white space at its ends."""
    start, end = row.start, row.end
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def make(context: Context, rows: Sequence[Row], unit: str | None = None) -> tuple[AnyFact, ...]:
    """Return the facts of settled rows; ``unit`` is what figures without a unit of their own count."""
    text, span = context.text, context.span
    base = span[0] if len(span) == 2 else -1
    found: list[AnyFact] = []
    for row in rows:
        start, end = row.start, row.end
        printed = text[start:end]
        bare = printed.strip()
        if bare is not printed:
            start, end = trimmed(text, row)
            printed = bare
        where = Span((base + start, base + end)) if base >= 0 else span.part(start, end)
        rank = None
        if row.tail is not None:
            where = join([where, span.part(*row.tail)])
            printed += text[slice(*row.tail)]
            rank = rank_at(text, *row.tail)
        date = row.date
        as_of = NO_DATE if date is None else date if isinstance(date, AsOf) else read_date(text[date[0] : date[1]])
        found.append(MAKERS[row.kind](row, context, printed, where, as_of, row.figure, rank, unit))
    return tuple(found)


def rank_at(text: str, start: int, end: int) -> int:
    """Return the world rank that stands in ``text[start:end]``, behind its label."""
    return int(text[start:end].rpartition(":")[2])


_new_quantity, _new_share, _new_item = maker(Quantity), maker(Share), maker(Item)
_new_text, _new_place = maker(TextValue), maker(Coordinates)

# One function a class, each with all arguments written out: a shared list of them would take as long as the rest.


def _quantity(
    row: Row,
    context: Context,
    text: str,
    span: Span,
    as_of: AsOf,
    figure: Figure | None,
    rank: int | None,
    implied: str | None,
) -> Quantity:
    value, low, high, unit, sign = figure or _NOTHING
    if unit and row.unit:
        unit = f"{unit}/{row.unit}" if row.unit[0] != "/" else unit + row.unit
    return _new_quantity(
        context.subject,
        context.subject_code,
        context.topic,
        context.field,
        text,
        span,
        context.confidence,
        as_of.date or None,
        as_of.year,
        as_of.estimated,
        row.path,
        value,
        low,
        high,
        unit or row.unit or implied,
        row.of or row.name or None,
        row.qualifier or sign,
        _period(as_of.date) if "-" in as_of.date or "FY" in as_of.date else None,
        rank,
        row.note,
    )


def _period(date: str) -> str | None:
    """Return the years or the fiscal year that a date spans, if it does: ``2010-15``, ``FY94/95``."""
    found = _SPAN.search(date)
    return found[0] if found else None


def _share(
    row: Row,
    context: Context,
    text: str,
    span: Span,
    as_of: AsOf,
    figure: Figure | None,
    rank: int | None,
    implied: str | None,
) -> Share:
    value, low, high, _, sign = figure or _NOTHING
    return _new_share(
        context.subject,
        context.subject_code,
        context.topic,
        context.field,
        text,
        span,
        context.confidence,
        as_of.date or None,
        as_of.year,
        as_of.estimated,
        row.path,
        row.name,
        value,
        low,
        high,
        row.qualifier or sign,
        row.note,
    )


def _item(
    row: Row,
    context: Context,
    text: str,
    span: Span,
    as_of: AsOf,
    figure: Figure | None,
    rank: int | None,
    implied: str | None,
) -> Item:
    return _new_item(
        context.subject,
        context.subject_code,
        context.topic,
        context.field,
        text,
        span,
        context.confidence,
        as_of.date or None,
        as_of.year,
        as_of.estimated,
        row.path,
        row.name,
        row.note,
    )


def _text(
    row: Row,
    context: Context,
    text: str,
    span: Span,
    as_of: AsOf,
    figure: Figure | None,
    rank: int | None,
    implied: str | None,
) -> TextValue:
    return _new_text(
        context.subject,
        context.subject_code,
        context.topic,
        context.field,
        text,
        span,
        context.confidence,
        as_of.date or None,
        as_of.year,
        as_of.estimated,
        row.path,
        text,
    )


def _place(
    row: Row,
    context: Context,
    text: str,
    span: Span,
    as_of: AsOf,
    figure: Figure | None,
    rank: int | None,
    implied: str | None,
) -> Coordinates:
    _, latitude, longitude, _, _ = figure or _NOTHING
    return _new_place(
        context.subject,
        context.subject_code,
        context.topic,
        context.field,
        text,
        span,
        context.confidence,
        None,
        None,
        False,
        row.path,
        latitude or 0.0,
        longitude or 0.0,
    )


MAKERS = (_quantity, _share, _item, _text, _place)
