"""Rows of an editor's own on pages that show no borders: they hide in the cell above, whose row is then doubtful.

Between bars and tabs such a row is found (``factparse.layout.strange_rows``). Where line breaks divide cells, or
nothing does, a line that looks like a label may begin one, and its values cannot be told.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import attrs

from factparse.columns.stage import KNOWN, Table
from factparse.columns.table import Row, Section

STRAY: Final = 0.5
"""The most that a row's confidence is if another row may stand in its second cell."""

_LABEL: Final = re.compile(r"[A-Z][A-Za-z'\u2019/()-]*+(?: [A-Za-z'\u2019/()-]++){0,7}")
_LABELLED: Final = re.compile(r"[A-Z][a-z'-]+(?: [a-z'-]+){0,7}(?<=[a-z])(?=[\dA-Z$])")
_LINES = frozenset({"lines", "blocks"})


def with_doubts(table: Table) -> Table:
    """The table with a low confidence of each row in which another one seems to hide."""
    ways = Counter(row.layout for section in table.sections for row in section.rows)
    way = max(ways, key=ways.__getitem__, default="")
    if way != "glued" and way not in _LINES:
        return table
    if not any(_hides_one(row, way) for section in table.sections for row in section.rows):
        return table
    return attrs.evolve(table, sections=tuple(_doubted(section, way) for section in table.sections))


def _doubted(section: Section, way: str) -> Section:
    rows = (
        attrs.evolve(row, confidence=min(row.confidence, STRAY)) if _hides_one(row, way) else row
        for row in section.rows
    )
    return attrs.evolve(section, rows=tuple(rows))


def _hides_one(row: Row, way: str) -> bool:
    """Whether the second cell has a line that looks like the label of another row, where the first is but one line.

    The values stand in the same line where the page glues its rows, else below it.
    """
    second = row.cells[-1].text
    if len(row.cells) == 1 or "\n" in row.cells[0].text or ("\n" not in second and row.layout == way):
        return False
    if row.confidence >= KNOWN:
        return False
    lines = [line.strip() for line in second.split("\n") if line.strip()]
    if way == "glued":
        # The page divides no cells by breaks: what stands behind one is another row.
        return any(_LABELLED.match(line) for line in lines[row.layout == way :])
    return any(_LABEL.fullmatch(line) for line in lines[1:-1])
