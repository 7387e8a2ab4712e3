"""The last row of a page whose text is cut off: dumps cut their records at a size.

Then the second cell may be missing as a whole, which no evidence of the row itself can show.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from factparse.columns.cells import empty
from factparse.columns.rows import RawPage, RawRow
from factparse.columns.stage import EXACT, KNOWN, Table
from factparse.columns.table import Cell, Row, new_cell
from factparse.columns.tabled import layout_of
from factparse.core.spans import Span
from factparse.layout.noise import begins_a_label

CUT: Final = 0.5
"""The most that a row's confidence is where its text is cut off: all of it may be the first cell."""

OPEN: Final = 0.89
"""The same where the text ends with the row, and neither a source line nor a line break tells that it is whole."""

_MIDST: Final = re.compile(r"[(,;:/$]\s*\Z|\w ?[-\u2013\u2014]\Z|\b(?:and|by|for|from|in|of|or|the|to|with)\s*\Z")
_SENTENCE: Final = re.compile(r"[a-z)\d]\.(?:\s|(?=[A-Z]))")
_ENDED: Final = re.compile(r"[.!?][)\"'\u2019\u201d]?\s*\Z|\)\s*\Z")
_ENDING = 40  # characters: so much shows how a text ends
_PROSE = 60  # characters: a cell that has sentences and is longer than this is prose


def last_row(raw: RawPage) -> RawRow | None:
    """The last row of the page; ``None`` if it has none."""
    return next((section.rows[-1] for section in reversed(raw.sections) if section.rows), None)


def cut_place(text: str, raw: RawPage) -> int | None:
    """Where what is unfinished begins, if ``text`` is cut off in the page's last row or behind it; else ``None``."""
    row = last_row(raw)
    if row is None:
        return None
    if text[row.end :].strip():
        return row.end if begins_a_label(text[row.end :]) else None
    body = text[row.label_end : row.end]
    return row.start if not body.strip() or is_unfinished(body) else None


def is_unfinished(body: str) -> bool:
    """Whether a row's text ends within brackets, behind a word that needs another one, or within a sentence.

    >>> is_unfinished("hot, dry winds in the"), is_unfinished("41 births (2022"), is_unfinished("5 km")
    (True, True, False)
    """
    end = body[-_ENDING:]
    if body.rfind("(") > body.rfind(")") or _MIDST.search(end):
        return True
    return len(body) > _PROSE and _SENTENCE.search(body) is not None and _ENDED.search(end) is None


def with_cut_end(text: str, raw: RawPage, table: Table) -> Table:
    """The table with an honest confidence of its last row, and no border inside the word that the text ends in."""
    row = last_row(raw)
    if row is None or text[row.end :].strip():
        return table
    unfinished = cut_place(text, raw) is not None
    if not unfinished and text.endswith("\n"):
        return table
    *sections, last = table.sections
    *rows, found = last.rows
    shown = layout_of(row.pieces) != "run" and found.confidence == EXACT and all(cell.text for cell in found.cells)
    # A known cell is whole, and a border in the layout is one.
    if shown or found.confidence >= KNOWN:
        return table
    changed = _doubted(text, found, CUT if unfinished else OPEN)
    return attrs.evolve(table, sections=(*sections, attrs.evolve(last, rows=(*rows, changed))))


def _doubted(text: str, row: Row, most: float) -> Row:
    cells = row.cells
    if len(cells) > 1 and _is_within_a_word(text, cells):
        whole = Span((cells[0].span.start, cells[1].span.end))
        cells = (new_cell(cells[0].country, whole.cut(text), whole), empty(cells[1].country, whole.end))
    return attrs.evolve(row, cells=cells, confidence=min(row.confidence, most))


def _is_within_a_word(text: str, cells: tuple[Cell, ...]) -> bool:
    """Whether the border of two cells stands inside the last word or number of the text."""
    at = cells[1].span.start
    before, behind = text[at - 1 : at], text[at : at + 1]
    if not cells[0].text or cells[0].span.end != at or any(map(str.isspace, cells[1].text)):
        return False
    return (before.isalpha() and behind.islower()) or (before.isdigit() and behind.isdigit())
