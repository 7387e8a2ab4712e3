"""Puts the cells back into the layout tree: rows, titles and headers get trees of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factparse.columns.table import Row
from factparse.layout.lexer import name_tokens
from factparse.layout.marks import Mark
from factparse.layout.tree import Layout, line_tree

if TYPE_CHECKING:
    from lark import Token, Tree

_DIVIDERS = {"pipes": "PIPE", "tabs": "TAB", "aligned": "PAD"}


def with_cells(text: str, layout: Layout, rows: list[Row]) -> Tree[Token]:
    """Open every title, header and row token of the layout into its tree; ``rows`` are all of the text's."""
    by_start = {row.span.start: row for row in rows}
    marks = {start: line.mark for start, line in layout.marks.items()}
    return _expanded(text, layout.tree, marks, by_start)


def _expanded(text: str, tree: Tree[Token], marks: dict[int, Mark], rows: dict[int, Row]) -> Tree[Token]:
    from lark import Tree

    children: list[Tree[Token] | Token] = []
    for child in tree.children:
        if isinstance(child, Tree):
            children.append(_expanded(text, child, marks, rows))
            continue
        end = (child.start_pos or 0) + len(child)
        if child.type == "ROW":
            mark = marks[child.start_pos or 0]
            children.append(line_tree("row", _row_tokens(text, mark, end, rows[mark.at])))
        elif child.type in ("TITLE", "HEADER"):
            mark = marks[child.start_pos or 0]
            children.append(line_tree(child.type.lower(), name_tokens(text, mark, end)))
        else:
            children.append(child)
    return Tree(tree.data, children)


def _row_tokens(text: str, mark: Mark, stop: int, row: Row) -> Iterator[Token]:
    from lark import Token

    if mark.start < mark.at:
        yield Token("MARK", text[mark.start : mark.at], mark.start)
    yield Token("LABEL", text[mark.at : mark.end], mark.at)
    divider = _DIVIDERS.get(row.layout, "GAP")
    at, seen = mark.end, False
    for start, end, kind in _pieces(row):
        if at < start:
            yield Token(divider if divider != "PIPE" or "|" in text[at:start] else "GAP", text[at:start], at)
        if seen and kind == "CELL_B" and divider == "GAP":
            yield Token("BORDER", "", start)
        yield Token(kind, text[start:end], start)
        at, seen = end, kind == "CELL_A"
    if at < stop:
        yield Token(divider if divider != "PIPE" or "|" in text[at:stop] else "GAP", text[at:stop], at)


def _pieces(row: Row) -> list[tuple[int, int, str]]:
    """Return the ranges of the row's cells in reading order, each with its kind of token."""
    kinds = ("CELL_A", "CELL_B") if len(row.cells) == 2 else ("CELL_UNKNOWN",)
    found = []
    for cell, kind in zip(row.cells, kinds, strict=True):
        span = cell.span
        found += [(span[i], span[i + 1], kind) for i in range(0, len(span), 2) if span[i] < span[i + 1]]
    return sorted(found)
