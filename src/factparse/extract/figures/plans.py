"""Plans of cells: two cells that differ in their figures alone are read alike, so the second is not read again.

A cell is reduced to its *shape*: all digits become zeros, and a number that may be longer in one cell than in another
becomes one mark. What was read of a cell is kept under its shape with every place counted from the
nearest such figure, and laid over the next cell of that shape, if

- the digits that stand in no figure, date or rank (of sub-labels, units, notes) are the same in both, and
- a number of four digits is a year in both: nothing else in the grammar looks at which digits a figure has.

A plan is made when a shape is met for the second time. The tests compare both ways of reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from factparse.core.facts import AnyFact
from factparse.core.spans import Span, join
from factparse.extract.context import Context
from factparse.extract.figures.figures import read_date, read_figure
from factparse.extract.figures.parts import numbered_labels
from factparse.extract.figures.rows import MAKERS, NO_DATE, Date, Range, Row, rank_at, trimmed
from factparse.language import AsOf

LONGEST = 300  # characters of a cell that has a plan: longer ones hardly come in the same shape again
_KEPT = 8192  # shapes kept
_ENOUGH = 1  # times that a shape was met before a plan of it is made, which takes as long as to read it
_TRIES = 4  # times that it was met before there is no hope of one
_ZEROS = bytes.maketrans(b"123456789", b"000000000")
# A number behind a month belongs to a date, or might.
_NO_MONTH = rb"(?<!(?:ary|rch|ril|May|une|uly|ust|ber|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|ept|Oct|Nov|Dec) 0)"
# What may be longer in one cell than in another. A whole number could also be part of a label, an age or a date, and
# four digits before a point a year.
_LONG = re.compile(
    rb"(0(?<![\w,./(]0)(?<!over 0)" + _NO_MONTH + rb"(?:(?:0{0,2}(?:,000){1,5}(?:\.0{1,6})?|(?!000\.)0{0,8}\.0{1,6})"
    rb"|(?<!-0)(?<!per 0)(?<!age 0)(?<!ges 0)(?<!age \(0)0{0,2}(?! ?:| years| and (?:over|above)))"
    rb"(?: (?:thousand|million|billion|trillion)(?![a-z]))?+"
    rb"(?!\w|[,.]0|-\w| m:| to | est| [A-Z]| ?(?:thousand|[mbt]r?illion|bn|mn)))"
)
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CENTURIES = ("19", "20")
_FREE_DIGITS = re.compile(rb"[0-9]+")
_BLANK = ord(" ")
_LABELLED = re.compile(r"%?\s*:")  # behind other figures that could be a sub-label: highest 10%:
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


# Two places, each so many characters behind the end of a figure of any length: of which one, how many, and again.
# These are plain tuples, which Python takes apart three times as fast as named ones.
_Places = tuple[int, int, int, int]
_Ends = tuple[int, ...]  # where the figures of any length end, a first one at 0
_Planned = tuple[Row, _Places, _Places | None, _Places | None, _Places | None]  # where it is, its figure, date and rank


class Plan(NamedTuple):
    """The rows of a shape, the digits that have to be the same, and where years have to be."""

    rows: list[_Planned]
    same: list[tuple[_Places, str]]
    years: list[_Places]


def shape(text: str) -> tuple[bytes, _Ends]:
    """Return the shape of a cell of ASCII characters, and where its figures of any length end.

    >>> shape("total: 1,200 km (2020 est.)")[0] == shape("total: 35.2 km (1998 est.)")[0]
    True
    """
    return _shape(text.encode().translate(_ZEROS))


@lru_cache(_KEPT)
def _shape(zeros: bytes) -> tuple[bytes, _Ends]:
    pieces = _LONG.split(zeros)
    literals = pieces[::2]
    ends = [0]
    at = 0
    for literal, figure in zip(literals, pieces[1::2], strict=False):
        at += len(literal) + len(figure)
        ends.append(at)
    return b"\0".join(literals), tuple(ends)


class Plans:
    """The plans of one way of reading; at most so many."""

    def __init__(self) -> None:
        self._plans: dict[bytes, Plan | int] = {}  # or how often the shape was met

    def clear(self) -> None:
        """Forget all plans."""
        self._plans.clear()

    def known(self, key: bytes) -> Plan | None:
        """Return the plan of a shape, if there is one."""
        plan = self._plans.get(key)
        return None if isinstance(plan, int) else plan

    def learn(self, key: bytes, ends: _Ends, text: str, rows: Sequence[Row]) -> None:
        """Keep what was read of ``text`` as a plan, if its shape was met often enough."""
        met = self._plans.get(key, 0)
        if not isinstance(met, int):
            return
        if len(self._plans) >= _KEPT:
            self._plans.clear()
        plan = _plan(rows, text, ends) if _ENOUGH <= met < _TRIES else None
        self._plans[key] = plan or met + 1


def laid(plan: Plan, context: Context, ends: _Ends, unit: str | None) -> tuple[AnyFact, ...] | None:
    """Return the facts of a cell by the plan of its shape, or ``None`` if the plan does not hold for it."""
    text, span = context.text, context.span
    for (first, start, last, end), digits in plan.same:
        if text[ends[first] + start : ends[last] + end] != digits:
            return None
    for first, start, _, _ in plan.years:
        if not text.startswith(_CENTURIES, ends[first] + start):
            return None
    base = span[0] if len(span) == 2 else -1
    found = []
    for row, (first, start, last, end), printed, date, tail in plan.rows:
        start, end = ends[first] + start, ends[last] + end
        words = text[start:end]
        where = Span((base + start, base + end)) if base >= 0 else span.part(start, end)
        figure, as_of, rank = row.figure, NO_DATE, None
        if printed is not None:
            first, start, last, end = printed
            figure = read_figure(text[ends[first] + start : ends[last] + end])
        if date is not None:
            first, start, last, end = date
            as_of = read_date(text[ends[first] + start : ends[last] + end])
        if tail is not None:
            first, start, last, end = tail
            start, end = ends[first] + start, ends[last] + end
            rank = rank_at(text, start, end)
            where = join([where, span.part(start, end)])
            words += text[start:end]
        found.append(MAKERS[row.kind](row, context, words, where, as_of, figure, rank, unit))
    return tuple(found)


def _plan(rows: Sequence[Row], text: str, ends: _Ends) -> Plan | None:
    """Return the plan of what was read of ``text``, or ``None`` if that depends on its figures."""
    free = [found for row in rows for found in (row.printed, row.date, row.tail) if found is not None]
    ranges = [found for found in free if not isinstance(found, AsOf)]
    if len(ranges) < len(free) or any(row.figure is not None and row.printed is None for row in rows):
        return None  # not as printed
    counted = _Counted(text, ends)
    years = counted.outside(match.span() for match in _FOUR.finditer(text))
    if not all(text.startswith(_CENTURIES, start) for start, _ in years):
        return None
    words = " ".join(word for row in rows for word in _words(row))
    left = {digits for start, end in ranges for digits in _NUMBER.findall(text, start, end)}
    if not left.isdisjoint(_NUMBER.findall(words)) or any(_LABELLED.match(text, end) for _, end in ranges):
        return None
    if any(text.startswith("per ", start - 4) for start, _ in ranges):
        return None
    for label in numbered_labels().finditer(text):  # with other figures it may be one
        if any(start < label.end() and label.start() < end for start, end in ranges):
            return None
    try:
        planned = [
            (
                row,
                counted.places(trimmed(text, row)),
                counted.some(row.printed),
                counted.some(row.date),
                counted.some(row.tail),
            )
            for row in rows
        ]
        same = [(counted.places(found), text[slice(*found)]) for found in counted.others(ranges)]
        return Plan(planned, same, [counted.places(year) for year in years])
    except ValueError:
        return None


def _words(row: Row) -> Iterable[str]:
    return filter(None, (*row.path, row.name, row.unit, row.of, row.qualifier, row.note))


class _Counted:
    """The places of a text, counted from its figures of any length."""

    def __init__(self, text: str, ends: _Ends) -> None:
        self.text = text
        self.ends = ends
        self.long = [match.span() for match in _LONG.finditer(text.encode().translate(_ZEROS))]
        self.starts = [*(start for start, _ in self.long), len(text)]

    def some(self, found: Date | None) -> _Places | None:
        """Return the same if there is any range."""
        return self.places(found) if isinstance(found, tuple) else None

    def places(self, found: Range) -> _Places:
        """Return where ``found`` is; raise ``ValueError`` if that is inside a figure."""
        start, end = found
        first, last = bisect_right(self.ends, start) - 1, bisect_right(self.ends, end) - 1
        if start > self.starts[first] or end > self.starts[last]:
            raise ValueError("inside a figure")
        return first, start - self.ends[first], last, end - self.ends[last]

    def others(self, ranges: list[Range]) -> list[Range]:
        """Return where digits are that stand in none of ``ranges``."""
        free = bytearray(self.text, "ascii")
        for start, end in ranges:
            free[start:end] = b" " * (end - start)
        long = [span for span in self.long if free[span[0]] != _BLANK]
        return long + self.outside(match.span() for match in _FREE_DIGITS.finditer(free))

    def outside(self, found: Iterable[Range]) -> list[Range]:
        """Return those of ``found`` that are in no figure of any length."""
        taken = bytearray(len(self.text))
        for start, end in self.long:
            taken[start:end] = b"\1" * (end - start)
        return [span for span in found if not taken[span[0]]]
