"""Prints cells as comparison pages do once an extractor has dropped the tags.

A style tells what divides the sub-labelled parts of a cell, the lines of a part, and the two cells of a row. The gap
between the cells is its own in rows whose first cell holds breaks: an extractor ends a block by a line break.
"""

from __future__ import annotations

from typing import NamedTuple

from factparse.sources.factbook_json import Parts

NBSP = "\n\n\xa0\n\n"


class Style(NamedTuple):
    """Dividers: of parts, of lines in a part, of the cells behind a first cell of one line and of several.

    ``weight`` tells how often pages have it; ``quoted`` cells of several lines stand in quotes, as in a CSV file;
    ``spaced`` pages have a space where others have nothing; quotes that are not ``closed`` only open cells.
    """

    part: str
    line: str
    gap: str
    gap_after_block: str
    weight: int
    quoted: bool = False
    spaced: bool = False
    closed: bool = True


STYLES = (
    Style("", "", "", "", 22),
    Style("", "", "", "\n", 4),
    Style("", "\xa0", "", "", 2),
    Style("\n\n", "\n\n", "", "\n", 14),
    Style("\n\n", "\n\n", "\n\n", "\n\n", 4),
    Style("\n", "\n", "", "\n", 8),
    Style("\n", "\n\n", "", "\n", 4),
    Style("\n", "\n", "\n", "\n", 10),
    Style("\n", "", "\n", "\n", 5),
    Style(" ", "\n\n", "", "\n", 4),
    Style(" ", " ", "", "", 6),
    Style(" ", " ", "\n", "\n", 4),
    Style(NBSP, NBSP, "", "\n", 3),
    Style("\n\n", " ", "\n\n", "\n\n", 3),
    Style("", "", "", "", 3, quoted=True),
    Style("\n", "\n", "\n", "\n", 3, quoted=True),
    Style("\n\n", "\n\n", " ", "\n", 6, spaced=True),
    Style("\n", "\n", " ", "\n", 5, spaced=True),
)

PAGE_STYLES = (
    *STYLES,
    Style("", "", "", "", 3, quoted=True, closed=False),
    Style("\n", "\n", "\n", "\n", 2, quoted=True, closed=False),
)
"""The styles of whole pages: quotes that only open cells show themselves on a page, not in a row."""


def print_cell(parts: Parts, style: Style) -> str:
    """Return one cell's text.

    >>> print_cell((("total: 5 km",), ("note: a", "b")), STYLES[3])
    'total: 5 km\\n\\nnote: a\\n\\nb'
    """
    text = style.part.join(style.line.join(lines) for lines in parts)
    if style.quoted and ('"' in text or is_block(parts)):
        return '"' + text.replace('"', '""') + '"' if style.closed else '"' + text
    return text


def is_block(parts: Parts) -> bool:
    """Whether a cell has more than one line."""
    return len(parts) > 1 or len(parts[0]) > 1


def gap_between(first: Parts, style: Style) -> str:
    """What stands behind ``first`` and before the next cell."""
    return style.gap_after_block if is_block(first) else style.gap
