"""Undoes hard wrapping: a page from a PDF or a plain-text mail breaks its lines at a width, also within cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from factparse.layout.index import LEADING
from factparse.vocabulary import label_at, topic_named

_NARROWEST: Final = 50
_WIDEST: Final = 120
"""Of so many characters are the longest lines of a text that is wrapped."""

_BREAKS: Final = 3
"""So many lines are full and go on in the next one as within a sentence, or the text is not wrapped."""

_WORD: Final = re.compile(r"\S+")
_GOES_ON: Final = re.compile(r"[a-z\d($%]")
_ENDS: Final = (".", "!", "?", ":", "|", ")", '"', "\u201d")


def unwrapped(text: str, start: int, end: int) -> str:
    """The ``text`` with a space for each break between ``start`` and ``end`` that only the width of a line explains.

    All offsets stay the same. A text that is not wrapped comes back as the same object.

    >>> page = "The kings of old ruled the shores of the lake, and\\\\nthen France came." + "\\\\na list" * 3
    >>> unwrapped(page, 0, len(page)) is page
    True
    """
    lines = text[start:end].split("\n")
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST:
        return text
    breaks = list(_full_lines(lines, start, width))
    if sum(_GOES_ON.match(text, at + 1) is not None for at in breaks) < _BREAKS:
        return text
    pieces: list[str] = []
    done = 0
    for at in breaks:
        pieces += (text[done:at], " ")
        done = at + 1
    return "".join([*pieces, text[done:]])


def _full_lines(lines: list[str], start: int, width: int) -> Iterator[int]:
    """Yield the offsets of the breaks behind lines that had no room for the next word, and go on with it."""
    at = start
    for line, following in pairwise(lines):
        at += len(line)
        word = _WORD.match(following)
        if word is not None and len(line.rstrip()) + 1 + len(word[0]) > width and _goes_on(line.rstrip(), following):
            yield at
        at += 1


def _goes_on(line: str, following: str) -> bool:
    """Whether the text of a full ``line`` may go on in the ``following`` one, which is no row, heading or sentence."""
    if not line or (line.endswith(_ENDS) and not _GOES_ON.match(following)):
        return False
    return label_at(following.lstrip(LEADING)) is None and topic_named(following) is None
