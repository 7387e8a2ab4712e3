"""Finds the noise of web pages at the end of rows: lines of it, and a phrase glued to the last cell of a section."""

from __future__ import annotations

import re
from itertools import pairwise

from factparse.layout.index import noise_phrases
from factparse.layout.marks import LABEL, NOISE, Mark

_LINE = re.compile(noise_phrases())
# Behind a space a phrase may be the cell's own words, if the space does not stand behind a bar.
# First of all it is asked what a phrase begins with: nearly nowhere anything else has to be tried.
_GLUED = re.compile(
    rf"(?=[\[({{<A-Z])(?:(?<=[\w.)\]%\"'|\t])|(?<=\| ))[\[({{<]*+(?=[A-Z]){noise_phrases('tail')}\s*+\Z"
)

_LONGEST = 300
"""How far from its end a cell is searched for a phrase."""


def with_noise(text: str, marks: list[Mark], end: int) -> list[Mark]:
    """Add marks of the noise between each row and what follows it; ``marks`` are those of a page that ends at ``end``.

    Only what reaches to the next mark is noise: a phrase with other text behind it may stand within a cell.
    """
    found: list[Mark] = []
    for mark, following in pairwise([*marks, Mark("", end, end, end)]):
        found.append(mark)
        if mark.kind == LABEL:
            stop = following.start
            starts = _lines(text, mark.end, stop) if text.find("\n", mark.end, stop - 1) >= 0 else []
            if following.kind != LABEL:
                starts += _glued(text, mark.end + 1, starts[-1] if starts else stop)
            if starts:
                found += [Mark(NOISE, at, at, to) for at, to in pairwise([*reversed(starts), stop])]
    return found


def _lines(text: str, start: int, end: int) -> list[int]:
    """Where lines of noise start, from the last one upwards; the first line is the label's own."""
    starts = []
    at = end
    for line in reversed(text[start:end].split("\n")[1:]):
        at -= len(line)
        if line and not line.isspace():
            if not _LINE.fullmatch(line):
                break
            starts.append(at)
        at -= 1
    return starts


def _glued(text: str, start: int, end: int) -> list[int]:
    found = _GLUED.search(text, max(start, end - _LONGEST), end)
    return [found.start()] if found else []
