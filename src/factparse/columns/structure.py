"""The structure of a field's cells: which sub-labels and years they print, in which order.

A cell is a string of *marks*: text before its first sub-label, the steps from year to year in that text, and the
sub-labels. How likely a string is tells where one cell ends and the next begins: ``total, land, water, total`` is
hardly one cell. The strings of all editions are counted (:mod:`factparse.columns.editions`); those of editions near
the page's own count for more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise
from math import exp, log
from typing import Final, NamedTuple

__all__ = ["LABELS", "Context", "Orders", "Shape", "marks_of", "orders_of", "shape_of"]

TEXT, YEAR, SAME, BEFORE, EARLIER, LATER, LABELS = range(7)
"""The marks: text in front, its first year, the same year again, the year before, an earlier one, a later one.

From ``LABELS`` on, each sub-label of the field has a mark of its own. An edge of the cell is ``EDGE``.
"""

EDGE: Final = -1
_KEPT: Final = 1024  # strings of a field that are remembered
MOST: Final = 48  # sub-labels of a run that are looked at: no cell of the editions has as many
_SERIES: Final = 6  # years of a series that are looked at
NOTE: Final = "note"
_REACH: Final = 60  # characters of a sub-label
_WHOLE: Final = 0.6  # how far the counts of whole strings are trusted, beside those of their pairs
_LEAST: Final = 0.002  # the chance of a mark that is new behind another
_PAIRS: Final = 0.5  # how many pairs a first guess is worth
_NUMBERED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED = re.compile(r"\([^()\n]{0,40}?(?:((?:19|20)\d\d)|FY(\d\d))[^()\n]{0,24}\)")

Marks = tuple[int, ...]


class Shape(NamedTuple):
    """What a run holds.

    ``labels`` are its sub-labels: where each begins, and its mark. ``years`` are those in brackets: where each ends,
    and the year. ``note`` is the mark of the field's notes.
    """

    labels: Sequence[tuple[int, int]]
    years: Sequence[tuple[int, int]]
    note: int


class Orders(NamedTuple):
    """How likely the strings of a field are.

    ``whole`` has the share of each string, ``pairs`` the logarithm of how often a mark follows another, ``new`` that of
    a mark that was never seen to follow it, ``again`` that of each sub-label coming twice.
    """

    labels: tuple[str, ...]
    whole: Mapping[Marks, float]
    pairs: Mapping[tuple[int, int], float]
    again: Sequence[float]
    new: Mapping[int, float]
    known: dict[Marks, float]

    def chance(self, marks: Marks) -> float:
        """The log-probability that a cell of the field is this string of marks; it is remembered, for strings recur."""
        found = self.known.get(marks)
        if found is None:
            if len(self.known) >= _KEPT:
                self.known.clear()
            found = self.known[marks] = self._chance(marks)
        return found

    def _chance(self, marks: Marks) -> float:
        get, said, last = self.pairs.get, 0.0, EDGE
        seen: set[int] = set()
        for mark in (*marks, EDGE):
            pair = get((last, mark))
            said += pair if pair is not None else self.new.get(last, log(_LEAST))
            if mark >= LABELS:
                if mark in seen:
                    said += self.again[mark - LABELS]
                seen.add(mark)
            last = mark
        return log(_WHOLE * self.whole.get(marks, 0.0) + (1.0 - _WHOLE) * exp(max(said, -300.0)))


def numbered(text: str) -> str:
    """``text`` with each year as ``0000``, of the same length: ``consumption 2019`` is one sub-label in all years."""
    return _NUMBERED.sub("0000", text)


def shape_of(text: str, labels: tuple[str, ...]) -> Shape | None:
    """The sub-labels and years of ``text``; ``None`` if it has too many. ``labels`` are the field's, longest first.

    A sub-label is found from its colon backwards, even where it is glued to what stands before it.

    >>> shape_of("total: 5 (2010)land: 3", ("total", "land"))
    Shape(labels=[(0, 6), (15, 7)], years=[(15, 2010)], note=-1)
    """
    found: list[tuple[int, int]] = []
    if labels and ":" in text:
        folded, at, last = numbered(text), text.find(":"), 0
        while at >= 0:
            end = at - (text[at - 1 : at] == " ")
            if folded.endswith(labels, max(last, end - _REACH), end):
                label = next(each for each in labels if folded.endswith(each, max(last, end - _REACH), end))
                if len(found) == MOST:
                    return None
                found.append((end - len(label), LABELS + labels.index(label)))
                last = at + 1
            at = text.find(":", at + 1)
    years = [
        (match.end(), int(match[1]) if match[1] else 1900 + int(match[2]) + 100 * (match[2] < "70"))
        for match in _DATED.finditer(text)
    ]
    return Shape(found, years, LABELS + labels.index(NOTE) if NOTE in labels else EDGE)


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
    """The marks of a whole cell; ``None`` if it has too many sub-labels."""
    shape = shape_of(text, labels)
    return cell_marks(shape, 0, len(text)) if shape is not None else None


def cell_marks(shape: Shape, start: int, end: int) -> Marks:
    """The marks of the cell that ``start`` and ``end`` cut out of a run."""
    labels = [(at, mark) for at, mark in shape.labels if start <= at < end]
    lead = labels[0][0] if labels else end
    years = [each for each in shape.years if start < each[0] <= end]
    # A single character is the quote that opens the cell.
    text = [TEXT, *steps([year for at, year in years if at <= lead])] if lead > start + 1 else []
    marks = [mark for _, mark in labels]
    if marks and marks[-1] == shape.note:
        # What stands behind a note is no series of its own in the same cell.
        marks += steps([year for at, year in years if at > labels[-1][0]])
    return (*text, *marks)


Context = tuple[float, Orders]
"""A way in which cells of a field may be printed, and how likely a page is of it."""


def said_of(contexts: Sequence[Context], first: Marks, second: Marks | None) -> float:
    """The log-probability of two cells, or of one if ``second`` is ``None``.

    Both cells of a page are printed in one way, so an unusual way that both share is as likely as one cell of it.
    """
    chances = [
        log(weight) + orders.chance(first) + (orders.chance(second) if second is not None else 0.0)
        for weight, orders in contexts
    ]
    top = max(chances)
    return top + log(sum([exp(each - top) for each in chances]))


def orders_of(labels: tuple[str, ...], counted: Iterable[tuple[Marks, float]]) -> Orders:
    """The orders of a field, of its strings with how often each was counted."""
    whole: dict[Marks, float] = {}
    pairs: dict[tuple[int, int], float] = {}
    firsts: dict[int, float] = {}
    seconds: dict[int, float] = {}
    uses, again = [1.0] * len(labels), [0.001] * len(labels)
    total = 1.0
    for marks, count in counted:
        total += count
        whole[marks] = whole.get(marks, 0.0) + count
        for one, two in zip((EDGE, *marks), (*marks, EDGE), strict=True):
            pairs[one, two] = pairs.get((one, two), 0.0) + count
            firsts[one] = firsts.get(one, 0.0) + count
            seconds[two] = seconds.get(two, 0.0) + count
        for mark in {*marks}:
            if mark >= LABELS:
                uses[mark - LABELS] += count
                again[mark - LABELS] += count * (marks.count(mark) > 1)
    many = sum(seconds.values()) + 1.0
    chances = {
        (one, two): log((count + _PAIRS * seconds[two] / many) / (firsts[one] + _PAIRS))
        for (one, two), count in pairs.items()
    }
    new = {one: log(_PAIRS * _LEAST * 10 / (count + _PAIRS)) for one, count in firsts.items()}
    return Orders(
        labels,
        {marks: count / total for marks, count in whole.items()},
        chances,
        [log(min(each / use, 1.0)) for each, use in zip(again, uses, strict=True)],
        new,
        {},
    )
