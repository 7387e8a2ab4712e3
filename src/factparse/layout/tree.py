"""Runs the layout grammar: text → lossless tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from factparse.core.grammars import build

if TYPE_CHECKING:
    from lark import Lark, Token, Tree


@cache
def parser() -> Lark:
    """The parser of the grammar: its start rules are a whole text, and the cells of one row."""
    return build("layout.lark", ("start", "cells"))


def layout_tree(text: str) -> Tree[Token]:
    """Build the tree of pages, sections and rows; its leaves joined are ``text``, whatever ``text`` is.

    >>> tree = layout_tree("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11%53%\\n")
    >>> [(token.type, token.value) for row in tree.find_data("row") for token in row.children]
    [('LABEL', 'Electricity access'), ('RUN', '11%53%\\n')]
    """
    from factparse.layout.lexer import lex

    return parser().parse(tuple(lex(text)), start="start")


def cells_tree(made: Iterable[Token]) -> Tree[Token]:
    """Build the tree of what stands behind a label, once the columns stage knows its cells."""
    return parser().parse(tuple(made), start="cells")
