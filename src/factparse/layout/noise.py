"""Finds what is no cell at the end of rows: lines of noise, a phrase of it glued to the last cell, a label cut off."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from factparse.layout.index import LEADING, noise_line, noise_phrases
from factparse.layout.marks import LABEL, LINE, NOISE, Mark
from factparse.vocabulary import label_begun, label_named, topic_headings

_LONGEST = 300
"""How far from its end a cell is searched for a phrase."""


def begins_a_label(line: str) -> bool:
    """Whether a line, the last one of a text, is a label, or the beginning of one, of a heading or a source line.

    >>> begins_a_label("Infant mort"), begins_a_label("15.3 years"), begins_a_label("| Sour")
    (True, False, True)
    """
    begun = line.strip(LEADING + "\r\n")
    if not begun[:1].isupper():
        return False
    others = ("Source: CIA Factbook", *topic_headings())
    if label_begun(begun) or label_named(begun) is not None:
        return True
    return any(other.startswith(begun) and other != begun for other in others)


def without_cut_label(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks of a page at the end of ``text``, with a mark of noise for a label that is cut off there."""
    last = marks[-1]
    if last.kind != LABEL:
        return marks
    start = text.rstrip().rfind("\n") + 1
    if last.end <= start:
        return [*marks, Mark(NOISE, start, start, len(text))] if begins_a_label(text[start:]) else marks
    # A shorter label may be read in one that is cut off: Airports in "Airports - with pav".
    cut = last.start >= start and last.form != LINE and label_begun(text[last.at :].rstrip())
    return [*marks[:-1], Mark(NOISE, last.start, last.start, len(text))] if cut else marks


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
            if not noise_line().fullmatch(line):
                break
            starts.append(at)
        at -= 1
    return starts


@cache
def _at_end() -> re.Pattern[str]:
    """The pattern of a phrase of noise that ends a text, glued to what stands before it."""
    # Behind a space a phrase may be the cell's own words, if the space does not stand behind a bar.
    # First of all it is asked what a phrase begins with: nearly nowhere anything else has to be tried.
    return re.compile(
        rf"(?=[\[({{<A-Z])(?:(?<=[\w.)\]%\"'|\t])|(?<=\| ))[\[({{<]*+(?=[A-Z]){noise_phrases('tail')}\s*+\Z"
    )


def _glued(text: str, start: int, end: int) -> list[int]:
    found = _at_end().search(text, max(start, end - _LONGEST), end)
    return [found.start()] if found else []
