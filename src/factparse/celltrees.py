"""Cells in the tree of a page: what the extractor of a field reads of a cell takes the place of its characters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from factparse.columns.table import Row
from factparse.extract import cell_tree
from factparse.language import Value

if TYPE_CHECKING:
    from lark import Token, Tree

_PAIR: Final = 2  # numbers of a span in one piece


def with_insides(tree: Tree[Token], rows: Iterable[Row]) -> Tree[Token]:
    """Open the cells of the tree of a page, whose ``rows`` these are; its leaves joined stay the same.

    The pieces of a cell in padded columns alternate with those of the other; they stay as they are.
    """
    fields = {
        cell.span[0]: (row.field, len(cell.text)) for row in rows for cell in row.cells if len(cell.span) == _PAIR
    }
    for row in tree.find_data("row"):
        for cell in row.children:
            if isinstance(cell, str):
                continue
            token = cell.children[0]
            field, size = fields.get(token.start_pos, ("", -1))  # type: ignore[union-attr,arg-type]
            if size == len(token):  # type: ignore[arg-type]
                text = str(token)
                inside = cell_tree(field, text)
                cell.children = [_node(child, text, token.start_pos or 0) for child in inside.children]  # type: ignore[union-attr]
    return tree


def _node(value: Value, text: str, start: int) -> Tree[Token] | Token:
    """Make Lark's own node of a node of a cell: a tree of what it is made of, or a token of its characters."""
    from lark import Token, Tree

    if value.children:
        return Tree(value.kind, [_node(child, text, start) for child in value.children])
    return Token(value.kind.upper(), value.text(text), start + value.start)
