"""Text that stays text: a whole part of a cell, or what stands between two facts in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from factparse.core.facts import TextValue
from factparse.extract.figures.drafts import Draft
from factparse.extract.figures.items import Reader
from factparse.language import is_as_of
from factparse.language.brackets import half_brackets
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, terminal

Read = Callable[[Reader, Part], None]
"""What reads a part of a cell into the drafts of its reader."""


def text_value(reader: Reader, part: Part) -> None:
    """Keep a part as one text, less white space, commas and semicolons at its ends; its closing bracket may date it.

    Nothing is kept of a part without a letter or digit.
    """
    text = reader.text
    start, end = part.start, part.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ";,"):
        end -= 1
    if not any(map(str.isalnum, text[start:end])):
        return
    draft = Draft(TextValue, part.path, start, end)
    draft.date = closing_date(text, start, end)
    reader.drafts.append(draft)
    reader.regions.append(("text", start, end))


def closing_date(text: str, start: int, end: int) -> Range | None:
    """Return where the date stands that closes ``text[start:end]`` in a bracket, without the bracket, or ``None``."""
    if end <= start or text[end - 1] != ")":
        return None
    closing = terminal(CELL, "CLOSING_BRACKET").search(text, max(start, end - 60), end)  # as far as the pattern reaches
    return closing.span("date") if closing and _is_date(closing["date"]) else None


_is_date = lru_cache(4096)(is_as_of)


def between(reader: Reader, part: Part, start: int, end: int, read: Read = text_value) -> None:
    """Keep ``text[start:end]``, which stands between two facts of ``part``, if it is more than a divider.

    ``read`` reads it, if it is not to be kept as one text.
    """
    while start < end and reader.text[start] in " ;,.)\n":
        start += 1
    if start < end:
        read(reader, Part("value", part.path, start, end, part.head))


def whole_pieces(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield ``text[start:end]`` less what only divides or encloses it, divided at a bracket without its other half.

    >>> text = "(1990), and a (b) c) d"
    >>> [text[first:last] for first, last in whole_pieces(text, 0, 22)]
    ['(1990), and a (b) c', 'd']
    """
    for half in [*half_brackets(text, start, end), end]:
        piece = _bare(text, start, half)
        if piece[0] < piece[1]:
            yield piece
        start = half + 1


_ENDS: Final = " ;,\n"


def _bare(text: str, start: int, end: int) -> Range:
    piece = text[start:end].lstrip(_ENDS)
    joint = terminal(CELL, "JOINT").match(piece)
    start = end - len(piece) + (joint.end() if joint else 0)
    end = start + len(text[start:end].rstrip(_ENDS))
    enclosed = text[start : start + 1] == "(" and text.find(")", start, end) == end - 1
    return (start + 1, end - 1) if enclosed else (start, end)
