"""Places in a source text.

A :class:`Span` is one or more half-open ranges of character offsets. Most have one. Several are needed where a scraper
printed two cells side by side, so that the lines of one cell alternate with those of the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple


class Span(tuple[int, ...]):
    """Half-open ranges ``(start, end, start, end, ...)`` of a source text, in reading order, without overlaps.

    The numbers are offsets in characters, not bytes. JSON has the same flat list, which is almost always two numbers.

    >>> Span((3, 7)).cut("The Gambia")
    ' Gam'
    >>> Span((0, 2, 6, 8)).cut("ab    cd")
    'abcd'
    >>> Span((10, 20)).part(2, 5)
    (12, 15)
    >>> Span((10, 12, 20, 23)).part(1, 4)
    (11, 12, 20, 22)
    """

    __slots__ = ()

    @property
    def start(self) -> int:
        """The offset of the first character."""
        return self[0]

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self[-1]

    @property
    def size(self) -> int:
        """The number of characters in all ranges, without the gaps between them.

        >>> Span((0, 2, 6, 8)).size
        4
        """
        return sum(self[1::2]) - sum(self[::2])

    def within(self, place: int) -> int:
        """How many characters of ``cut(text)`` stand before ``place``, an offset into ``text``.

        >>> Span((3, 7)).within(5), Span((0, 2, 6, 8)).within(7)
        (2, 3)
        """
        return sum(min(max(place - self[at], 0), self[at + 1] - self[at]) for at in range(0, len(self), 2))

    def cut(self, text: str) -> str:
        """The characters of ``text`` that the span covers. Several ranges are joined without anything between."""
        if len(self) == 2:
            return text[self[0] : self[1]]
        return "".join(text[self[i] : self[i + 1]] for i in range(0, len(self), 2))

    def part(self, start: int, end: int) -> Span:
        """The span of ``cut(text)[start:end]``: it takes offsets within the cut, and gives places in the source.

        An empty part (``start == end``) is an empty span at that place.
        """
        if len(self) == 2:
            return Span((self[0] + start, self[0] + end))
        ends = _ends_of(self)
        # An empty part may touch two ranges. It goes into the first of them only.
        first = bisect_left(ends, start) if start == end else bisect_right(ends, start)
        pieces: list[int] = []
        for i in range(first, len(ends)):
            shift = self[2 * i + 1] - ends[i]  # from offsets within the cut to places
            low, high = max(start + shift, self[2 * i]), min(end, ends[i]) + shift
            if low < high or start == end:
                pieces += (low, high)
            if ends[i] >= end:
                break
        return Span(pieces) if pieces else Span((self[-1], self[-1]))


_latest: tuple[Span, list[int]] = (Span(), [])


def _ends_of(span: Span) -> list[int]:
    """The end of each range of ``span``, counted within its cut.

    It is asked for each fact of a cell, one cell after the other. So the latest answer is kept: as one object, for
    threads may put theirs in its place at any time.
    """
    global _latest
    known, ends = _latest
    if known is not span:
        ends = list(accumulate(span[i + 1] - span[i] for i in range(0, len(span), 2)))
        _latest = (span, ends)
    return ends


def join(spans: Iterable[Span]) -> Span:
    """One span of all ``spans``, which must come in reading order. Ranges that touch become one.

    >>> join([Span((0, 2)), Span((2, 5)), Span((8, 9))])
    (0, 5, 8, 9)
    """
    pieces: list[int] = []
    for span in spans:
        for i in range(0, len(span), 2):
            if pieces and pieces[-1] == span[i]:
                pieces[-1] = span[i + 1]
            else:
                pieces += (span[i], span[i + 1])
    return Span(pieces)


class Run(NamedTuple):
    """Characters of a text made from another one: where they start, where they were read, how many, and of how many.

    ``width`` is ``size`` if they were copied. Otherwise they stand as a whole for what was read, as ``&`` stands for
    ``&amp;``.
    """

    made: int
    read: int
    size: int
    width: int


class OffsetMap:
    """Maps offsets in a text that was made from another text (such as rendered HTML) back to that text.

    It has the ``runs`` of characters that were read there. Characters outside of all runs, such as a tab in place of a
    tag, map to the end of the run before them.

    >>> offsets = OffsetMap([Run(0, 10, 3, 3), Run(4, 20, 1, 5)])   # 3 characters from 10, then one that stands for 5
    >>> offsets.to_source(Span((1, 4))), offsets.to_source(Span((4, 5)))
    ((11, 13), (20, 25))
    """

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = sorted(runs)
        self._starts = [run.made for run in self._runs]

    def through(self, other: OffsetMap) -> OffsetMap:
        """Both maps as one. ``other`` leads on from the text that this map leads to."""
        places = ((run, other.to_source(Span((run.read, run.read + run.width)))) for run in self._runs)
        return OffsetMap(Run(run.made, span.start, run.size, span.end - span.start) for run, span in places)

    def _offset(self, at: int, *, closing: bool) -> int:
        # The end of a span belongs to its last character. Between two runs, it must not move on to the second.
        index = bisect_right(self._starts, at - 1 if closing and at > 0 else at) - 1
        if index < 0:
            return self._runs[0].read if self._runs else 0
        made, read, size, width = self._runs[index]
        within = at - made
        return read + (within if size == width and within < size else width if within >= size or closing else 0)

    def to_source(self, span: Span) -> Span:
        """The place where the characters of ``span`` were read, as one range. Tags between them are part of it."""
        start = self._offset(span.start, closing=False)
        return Span((start, max(start, self._offset(span.end, closing=True))))
