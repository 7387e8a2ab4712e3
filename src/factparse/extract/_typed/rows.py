"""What is read of a cell before it is settled: dates that come later and ranks are added, then facts are made."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from factparse.extract._typed.figures import Figure
from factparse.extract.context import Context
from factparse.facts import AnyFact, Coordinates, Item, Quantity, Share, TextValue
from factparse.span import Span, join
from factparse.values import AsOf

QUANTITY, SHARE, ITEM, TEXT, PLACE = range(5)
_SIBLINGS = frozenset({"male", "female", "urban", "rural"})
_NO_DATE = AsOf("", None)


class Row:
    """A fact to be: its class (``kind``), where it stands in the cell, and its own fields as far as they are known."""

    __slots__ = (
        "date",
        "end",
        "figure",
        "kind",
        "name",
        "note",
        "of",
        "path",
        "qualifier",
        "rank",
        "start",
        "tail",
        "unit",
    )

    def __init__(self, kind: int, path: tuple[str, ...], start: int, end: int, name: str = "") -> None:
        self.kind = kind
        self.path = path
        self.start = start
        self.end = end
        self.name = name
        self.figure: Figure | None = None
        self.unit: str | None = None
        self.of: str | None = None
        self.qualifier: str | None = None
        self.note: str | None = None
        self.date: AsOf | None = None
        self.rank: int | None = None
        self.tail: tuple[int, int] | None = None  # where its rank stands


def settle(rows: Sequence[Row]) -> None:
    """Give undated rows the date that follows: the Factbook prints one date behind the parts it holds for.

    What comes behind the last date has none, but for the sexes and the like, of whose total the date is printed.
    """
    date: AsOf | None = None
    for row in reversed(rows):
        if row.date is not None:
            date = row.date
        elif row.kind <= ITEM:
            row.date = date
    for before, row in pairwise(rows):
        if row.date is None and before.date is not None and row.path and row.path[-1] in _SIBLINGS:
            row.date = before.date


def make(context: Context, rows: Sequence[Row], unit: str | None = None) -> tuple[AnyFact, ...]:
    """Return the facts of settled rows; ``unit`` is what figures without a unit of their own count."""
    text, span = context.text, context.span
    base = span.start if len(span) == 2 else -1
    common: dict[str, Any] = {
        "subject": context.subject,
        "subject_code": context.subject_code,
        "topic": context.topic,
        "field": context.field,
        "confidence": context.confidence,
    }
    found: list[AnyFact] = []
    for row in rows:
        start, end = row.start, row.end
        if text[start].isspace() or text[end - 1].isspace():
            piece = text[start:end]
            start += len(piece) - len(piece.lstrip())
            end -= len(piece) - len(piece.rstrip())
        where = Span((base + start, base + end)) if base >= 0 else span.part(start, end)
        printed = text[start:end]
        if row.tail is not None:
            tail = Span((base + row.tail[0], base + row.tail[1])) if base >= 0 else span.part(*row.tail)
            where = join([where, tail])
            printed += text[row.tail[0] : row.tail[1]]
        date = row.date or _NO_DATE
        found.append(
            _MAKERS[row.kind](
                row,
                unit,
                {**common, "text": printed, "span": where, "path": row.path}
                | {"date": date.date or None, "year": date.year, "estimated": date.estimated},
            )
        )
    return tuple(found)


def _quantity(row: Row, unit: str | None, common: dict[str, Any]) -> Quantity:
    value, low, high, printed, sign = row.figure or Figure(None, None, None, None, None)
    if printed and row.unit:
        printed = f"{printed}/{row.unit}" if row.unit[0] != "/" else printed + row.unit
    return Quantity(
        value=value,
        low=low,
        high=high,
        unit=printed or row.unit or unit,
        of=row.of or row.name or None,
        qualifier=row.qualifier or sign,
        rank=row.rank,
        note=row.note,
        **common,
    )


def _share(row: Row, unit: str | None, common: dict[str, Any]) -> Share:
    value, low, high, _, sign = row.figure or Figure(None, None, None, None, None)
    qualifier = row.qualifier or sign
    return Share(name=row.name, percent=value, low=low, high=high, qualifier=qualifier, note=row.note, **common)


def _item(row: Row, unit: str | None, common: dict[str, Any]) -> Item:
    return Item(name=row.name, note=row.note, **common)


def _text(row: Row, unit: str | None, common: dict[str, Any]) -> TextValue:
    return TextValue(value=common["text"], **common)


def _place(row: Row, unit: str | None, common: dict[str, Any]) -> Coordinates:
    figure = row.figure or Figure(0, 0, 0, None, None)
    return Coordinates(latitude=figure.low or 0.0, longitude=figure.high or 0.0, **common)


_MAKERS = (_quantity, _share, _item, _text, _place)
