"""The structure of a field's cells: which sub-labels and years they print, in which order.

A cell is a string of *marks*: text before its first sub-label, the steps from year to year in that text, and the
sub-labels. How likely a string is tells where one cell ends and the next begins: ``total, land, water, total`` is
hardly one cell. The strings of all editions are counted (:mod:`factparse.columns.editions`); those of editions near
the page's own count for more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, NamedTuple

__all__ = ["LABELS", "Marks", "Shape", "cell_marks", "marks_of", "numbered", "shape_of", "steps"]

TEXT, YEAR, SAME, BEFORE, EARLIER, LATER, LABELS = range(7)
"""The marks: text in front, its first year, the same year again, the year before, an earlier one, a later one.

From ``LABELS`` on, each sub-label of the field has a mark of its own.
"""

NOTE: Final = "note"
MOST: Final = 48  # sub-labels of a run that are looked at: no cell of the editions has as many
_NO_NOTE: Final = -1
_YEAR: Final = "0000"
_SERIES: Final = 6  # years of a series that are looked at
_REACH: Final = 60  # characters of a sub-label
_NUMBERED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE: Final = r"(?:FY ?)?((?:19|20)\d\d)|FY ?(\d\d)"  # a whole year first: FY2012 is not FY20 with more behind it
# The usual brackets, with no figure before the year, are read at once. What was passed over is never given back, since
# neither a date nor the closing bracket can begin in it.
_BRACKETED = re.compile(rf"\((?:[^()\n\dF]{{0,40}}+(?:{_DATE})[^()\n]{{0,24}}+\)|[^()\n]{{4,68}}+\))")
_DATED = re.compile(_DATE)
_BEFORE_YEAR, _BEHIND_YEAR = 40, 24  # characters of a bracket

Marks = tuple[int, ...]
Years = Sequence[tuple[int, int]]
"""Years in brackets: where each bracket ends, and the year."""


class Shape(NamedTuple):
    """What a run holds: where its sub-labels begin, their marks, its years, and the mark of the field's notes."""

    starts: tuple[int, ...]
    marks: Marks
    years: Years
    note: int

    @property
    def plain(self) -> bool:
        """Whether marks alone tell the cells of a border in front of a sub-label: years do not count.

        The run begins with a sub-label, and no year may stand behind a note.
        """
        starts, marks, years, note = self
        return len(starts) > 1 and starts[0] <= 1 and not (years and note in marks)


def numbered(text: str) -> str:
    """``text`` with each year as ``0000``, of the same length: ``consumption 2019`` is one sub-label in all years."""
    return _NUMBERED.sub(_YEAR, text)


def shape_of(text: str, labels: tuple[str, ...]) -> Shape | None:
    """The sub-labels and years of ``text``; ``None`` if it has none, or too many. ``labels`` are longest first.

    A sub-label is found from its colon backwards, even where it is glued to what stands before it.

    >>> shape_of("total: 5 (2010)land: 3", ("total", "land"))
    Shape(starts=(0, 15), marks=(6, 7), years=[(15, 2010)], note=-1)
    """
    found = list(islice(_labels(text, labels), MOST + 1)) if labels and ":" in text else []
    years = _years(text) if "(" in text else []
    if not (found or years) or len(found) > MOST:
        return None
    note = LABELS + labels.index(NOTE) if NOTE in labels else _NO_NOTE
    starts, marks = zip(*found, strict=True) if found else ((), ())
    return Shape(starts, marks, years, note)


def _labels(text: str, labels: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    dated, endings = _endings(labels)
    folded = numbered(text) if dated else text
    at, last = text.find(":"), 0
    while at >= 0:
        end = at - (text[at - 1 : at] == " ")
        for label, mark in endings.get(folded[max(0, end - 2) : end], ()):
            if folded.endswith(label, max(last, end - _REACH), end):
                yield end - len(label), mark
                last = at + 1
                break
        at = text.find(":", at + 1)


@lru_cache(maxsize=1024)
def _endings(labels: tuple[str, ...]) -> tuple[bool, Mapping[str, Sequence[tuple[str, int]]]]:
    """Whether some label has a year, and the labels with their marks by their last two letters, the longest first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for mark, label in enumerate(labels, LABELS):
        found.setdefault(label[-2:], []).append((label, mark))
    return any(_YEAR in label for label in labels), found


def _years(text: str) -> Years:
    return [
        (match.end(), year)
        for match in _BRACKETED.finditer(text)
        if (year := _year(*match.groups()) if match.lastindex else _year_in(text, *match.span()))
    ]


def _year_in(text: str, start: int, end: int) -> int | None:
    """The year that a bracket tells, ``None`` if it tells none."""
    for match in _DATED.finditer(text, start + 1, end - 1):
        if match.start() - start - 1 > _BEFORE_YEAR:
            break
        if end - 1 - match.end() <= _BEHIND_YEAR:
            return _year(*match.groups())
    return None


def _year(full: str | None, short: str | None) -> int:
    """The year of ``2012`` or, if it is a fiscal one, of ``12``."""
    return int(full) if full else 1900 + int(short or 0) + 100 * ((short or "") < "70")


def steps(years: Iterable[int]) -> list[int]:
    """The marks of a series of years.

    >>> steps([2012, 2011, 2011, 2014, 2010]) == [YEAR, BEFORE, SAME, LATER, EARLIER]
    True
    """
    series = list(islice(years, _SERIES))
    return [YEAR, *(_step(two - one) for one, two in pairwise(series))] if series else []


def _step(years: int) -> int:
    """The mark of a year that is so many years later than the one before it."""
    if years >= 0:
        return LATER if years else SAME
    return BEFORE if years == -1 else EARLIER


def marks_of(text: str, labels: tuple[str, ...]) -> Marks | None:
    """The marks of a whole cell; ``None`` if it has too many sub-labels.

    >>> marks_of("5 km (2010)", ()), marks_of("total: 5 km", ("total",))
    ((0, 1), (6,))
    """
    if text.count(":") > MOST:
        return None
    shape = shape_of(text, labels)
    return cell_marks(shape, 0, len(text)) if shape is not None else (TEXT,)


def cell_marks(shape: Shape, start: int, end: int) -> Marks:
    """The marks of the cell that ``start`` and ``end`` cut out of a run.

    Years count in the text in front and behind a note; the year behind a sub-label goes with it.
    """
    starts, every, years, note = shape
    first = bisect_left(starts, start) if start else 0
    marks = every[first : bisect_left(starts, end, first)]
    if not marks:
        return (TEXT, *steps([year for at, year in years if start < at <= end])) if years else (TEXT,)
    lead = starts[first]
    # A single character is the quote that opens the cell.
    if lead > start + 1:
        passed = steps([year for at, year in years if start < at <= lead]) if years else ()
        marks = (TEXT, *passed, *marks)
    if years and marks[-1] == note:
        # What stands behind a note is no series of its own in the same cell.
        last = starts[bisect_left(starts, end, first) - 1]
        marks = (*marks, *steps([year for at, year in years if last < at <= end]))
    return marks
