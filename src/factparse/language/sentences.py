"""The sentence or clause around a place in a cell: what a person reads to see what a figure means."""

from __future__ import annotations

from factparse.language.parts import split
from factparse.language.plans import CELL, Range, terminal


def sentence_around(text: str, start: int, end: int) -> Range:
    """The range of the sentences that ``start`` to ``end`` of the cell ``text`` touch, with the sub-label before them.

    Semicolons end a sentence too, and so does a part of the cell.

    >>> cell = "refugees: 41 (Chad) (2020) IDPs: 7 (2019); some returned. Others did not."
    >>> cell[slice(*sentence_around(cell, 33, 34))]
    'IDPs: 7 (2019)'
    >>> cell[slice(*sentence_around(cell, 66, 69))]
    'Others did not.'
    """
    first, last = start, end
    for part in split(text):
        for sentence in terminal(CELL, "SENTENCE").finditer(text, part.start, part.end):
            low, high = sentence.span()
            if low < max(end, start + 1) and start < high:
                first = min(first, part.head if low == part.start else low)
                last = max(last, high)
    said = text[first:last]
    return first + len(said) - len(said.lstrip()), last - (len(said) - len(said.rstrip()))
