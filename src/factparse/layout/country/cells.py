"""Cuts what stands behind the label of a country page into the lines of its cell, and what is no part of it.

Between and around the lines may stand bars that extractors left, a line of the time series of an archive, the field's
old label in brackets, the label once more before each sub-label, the caption of a picture, or what the field means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.layout.said import definition_opening
from factparse.vocabulary import label_of_words

BLANKS: Final = " \t\n\r\x0b\x0c\x85\xa0\u200b\ufeff\u200e\u200f"
_EDGES = BLANKS + "|"
_COLON = re.compile(r"(?:\s*+:[ \t\r\xa0]*+(?=\n|\Z)|[ \t\xa0|*_]*+(?::[ \t\xa0*_]*+)?)")
_LINE = re.compile(r"[^\n]++")
_CUT_SHORT = (". . .", "...", "\u2026")  # how a definition ends of which a page shows the beginning only
_BUTTON = "more"  # what stands behind it
_SERIES = re.compile(r"\[[Tt]ime [Ss]eries\]|\d{4}(?:[ ,|]+\d{4})*")


@cache
def _captions() -> frozenset[str]:
    return frozenset(forms("picture_captions"))


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a picture below a cell, which is no text of it.

    >>> is_caption("Population pyramid:"), is_caption("total: 5 sq km")
    (True, False)
    """
    return line[-1:] == ":" and line[:-1].strip(_EDGES).casefold() in _captions()


@cache
def _void() -> re.Pattern[str]:
    return re.compile(rf"(?:{trie_pattern(forms('void_cells'))})", re.IGNORECASE)


def cell_lines(text: str, label: str, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of the cell in ``text[start:end]``, which stands behind ``label``; none if the cell is empty.

    Ranges that only white space divides are one.

    >>> text = "Ports:\\n | Durres\\n | Vlore |\\n"
    >>> [text[a:b] for a, b in cell_lines(text, "Ports", 5, len(text))]
    ['Durres', 'Vlore']
    >>> text = "Area total: 5 sq km\\nArea land: 4 sq km\\n"
    >>> [text[a:b] for a, b in cell_lines(text, "Area", 4, len(text))]
    ['total: 5 sq km', 'land: 4 sq km']
    """
    found: list[tuple[int, int]] = []
    defined: tuple[int, int] | None = None
    at = _COLON.match(text, start, end).end()  # type: ignore[union-attr]  # it matches nothing at least
    again = f"{label} " if text[start : start + 1] == " " and ":" not in text[start:at] else ""
    for low, high in _lines(text, at, end):
        if again and text.startswith(again, low):
            low += len(again)
        if is_caption(text[low:high]) or (not found and is_remnant(text[low:high])):
            continue
        if not found and definition_opening().match(text, low, high) is not None:
            defined = (low, high)
        elif defined and _ends_short(text, low, high):
            found = []  # the lines above are of the definition, too
        elif found and not text[found[-1][1] : low].strip(BLANKS):
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    if defined and not found:
        return [defined]
    if len(found) == 1 and _void().fullmatch(text, *found[0]) is not None:
        return []
    return found


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range of each line that holds more than blanks and bars."""
    for match in _LINE.finditer(text, start, end):
        line = match[0]
        body = line.lstrip(_EDGES)
        if body:
            low = match.end() - len(body)
            yield low, low + len(body.rstrip(_EDGES))


def _ends_short(text: str, low: int, high: int) -> bool:
    """Whether the line ``text[low:high]``, below the beginning of a definition, ends what a page shows of it."""
    if text[low:high] == _BUTTON:
        return True
    return text.endswith(_BUTTON, low, high) and text[low : high - len(_BUTTON)].rstrip().endswith(_CUT_SHORT)


def is_remnant(line: str) -> bool:
    """Whether the first line behind a label is no line of its cell: an old label in brackets, a time series."""
    if line[0] == "(" and line[-1] == ")":
        return label_of_words(line[1:-1]) is not None
    return line[0] == "[" and _SERIES.fullmatch(line) is not None
