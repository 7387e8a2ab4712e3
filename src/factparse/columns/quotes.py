"""Cells quoted as in a CSV file: one that starts with a quote ends with one, quotes inside it are doubled."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"(?>(?:[^"]++|"")*)"(?!")')


# A quote that opens a cell: glued to the text before it, or the first of its line, and the text behind it glued to it.
_OPENS = re.compile(r'"(?<=[^\s("\[]"|\n")(?=[^\s",.;:)])')


def opened_border(text: str, start: int, end: int) -> int | None:
    """Where the second cell begins on a page whose quotes open cells and never close; ``None`` if no quote shows it.

    >>> opened_border('"5 km"7 km', 0, 10), opened_border('5 km"7 km', 0, 9), opened_border('"5 km', 0, 5)
    (5, 4, None)
    """
    match = _OPENS.search(text, start + 1, end)
    return match.start() if match is not None else None


def quoted_border(text: str, start: int, end: int) -> int | None:
    """The offset at which, by its quotes, the second cell of ``text[start:end]`` begins; ``end`` if it is one cell.

    A bare first cell holds no quotes, or it would be quoted itself. A quote at the beginning of a line that goes on
    opens the second cell; the first cell's own end is lost. ``None`` says that nothing here is quoted so.

    >>> quoted_border('"5 km\\n"7 km', 0, 11)
    6
    >>> quoted_border('"5 km"7 km', 0, 10), quoted_border('5 km"7 km"', 0, 10), quoted_border("5 km", 0, 4)
    (6, 4, None)
    """
    if text.startswith('"', start):
        match = _QUOTED.match(text, start, end)
        if match is None:
            return None
        at = match.end()
        # The match may have run over into a second cell, whose opening quote it took for its own end.
        if text[at - 2] == "\n" and at < end and not text[at].isspace():
            return at - 1
        while at < end and text[at].isspace():
            at += 1
        return at
    if not text.endswith('"', start, end):
        return None
    at = text.find('"', start, end)
    return at if _QUOTED.fullmatch(text, at, end) else None
