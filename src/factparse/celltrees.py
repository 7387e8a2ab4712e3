"""Opens the cells in the tree of a page: their parts take the place of plain characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from factparse.columns.table import Row
from factparse.extract import cell_tree
from factparse.language import Value
from factparse.layout.tables import LAYOUTS
from factparse.layout.tree import cells_tree

if TYPE_CHECKING:
    from lark import Token, Tree

_BORDERS = {layout.name: (layout.border, layout.marks) for layout in LAYOUTS}
_END = attrgetter("end")
_KINDS = {1: ("CELL_UNKNOWN",), 2: ("CELL_A", "CELL_B")}
"""The tokens of the cells of a comparison's row, by how many it has."""


def with_cells(text: str, tree: Tree[Token], rows: Iterable[Row], read: str) -> Tree[Token]:
    """The layout tree of ``text`` with the cells of ``rows`` opened, every row's behind its label.

    Cells are read in ``read``, a text with the same offsets in which wrapped lines are paragraphs. The tree is changed
    in place. Its leaves, joined, are the same text as before.
    """
    by_start = {row.span.start: row for row in rows}
    for node in list(tree.find_data("row")):
        tokens: list[Token] = node.children  # type: ignore[assignment]  # a row of the layout has tokens only
        label = tokens[0] if tokens[0].type == "LABEL" else tokens[1]
        row = by_start[label.start_pos]  # type: ignore[index]
        if label is not tokens[-1]:  # a label alone has nothing to open
            body = tokens.pop()
            kinds = ("CELL",) if body.type == "BODY" else _KINDS[len(row.cells)]
            cells = cells_tree(_tokens(text, row, kinds, label.end_pos, body.end_pos))  # type: ignore[arg-type]
            _open(text, row, kinds, cells, read)
            node.children += cells.children
    return tree


def _tokens(text: str, row: Row, kinds: tuple[str, ...], at: int, stop: int) -> Iterator[Token]:
    """The tokens from the label of a row to its end: cells, what divides them, a border if nothing does."""
    from lark import Token

    divider, marks = _BORDERS.get(row.layout, ("GAP", "")) if kinds != ("CELL",) else ("GAP", "")
    before = ""
    for start, end, kind in (*_pieces(row, kinds), (stop, stop, "")):
        if at < start:
            gap = text[at:start]
            yield Token(divider if not marks or any(mark in gap for mark in marks) else "GAP", gap, at)
        # Nothing may stand between glued cells, or a mere gap: an empty token shows the border.
        if before == "CELL_A" and kind == "CELL_B" and divider == "GAP":
            yield Token("BORDER", "", start)
        if kind:
            yield Token(kind, text[start:end], start)
        at, before = end, kind


def _pieces(row: Row, kinds: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """The ranges of a row's cells in reading order, each with its kind of token; a cell may have several."""
    return sorted(
        (start, end, kind)
        for kind, cell in zip(kinds, row.cells, strict=True)
        for start, end in zip(cell.span[::2], cell.span[1::2], strict=True)
        if start < end
    )


def _open(text: str, row: Row, kinds: tuple[str, ...], cells: Tree[Token], read: str) -> None:
    """Put the tree that the field's extractor reads in place of each cell's characters.

    In padded columns a cell stands in pieces, one for each line. Every piece gets its own part of the tree, and a node
    that goes on in the next line stands in both.
    """
    for kind, cell in zip(kinds, row.cells, strict=True):
        nodes = [node for node in cells.children if not isinstance(node, str) and node.data == kind.lower()]
        printed = cell.span.cut(text)
        inside = cell_tree(row.name, cell.span.cut(read)) if nodes else None
        done = 0
        for node in nodes:
            token: Token = node.children[0]  # type: ignore[assignment]  # a cell of the layout is one token
            size = len(token)
            if inside is not None and inside.children:
                node.children = list(within(inside, printed, (done, done + size), (token.start_pos or 0) - done))
            done += size


def within(value: Value, printed: str, piece: tuple[int, int], shift: int) -> Iterator[Tree[Token] | Token]:
    """The parts of ``value`` within one piece of the cell ``printed``, as Lark's own nodes, cut at the piece's ends.

    ``piece`` is a range of offsets into the cell; ``shift`` added to such an offset gives the one in the page.
    """
    from lark import Token, Tree

    children = value.children
    # Bisected to the first part in the piece: time stays linear however many pieces a cell has.
    for index in range(bisect_right(children, piece[0], key=_END), len(children)):
        child = children[index]
        if child.start >= piece[1]:
            break
        if child.children:
            yield Tree(child.kind, list(within(child, printed, piece, shift)))
        else:
            start, end = max(child.start, piece[0]), min(child.end, piece[1])
            yield Token(child.kind.upper(), printed[start:end], start + shift, end_pos=end + shift)
