"""Runs the layout grammar over the tokens of a text, which makes its lossless tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from factparse.core.grammars import build

if TYPE_CHECKING:
    from lark import Lark, Token, Tree


@cache
def parser() -> Lark:
    """The parser of ``layout.lark``, built once: its start rules are ``start`` (a text) and ``cells`` (of a row)."""
    return build("layout.lark", ("start", "cells"))


def layout_tree(text: str) -> Tree[Token]:
    """The tree of pages, sections and rows of ``text``. Its leaves joined are ``text``, whatever ``text`` is.

    It ends at the rows: what stands behind a label is one token. A text without a page is all ``NOISE``.

    >>> tree = layout_tree("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11%53%\\n")
    >>> [(token.type, token.value) for row in tree.find_data("row") for token in row.children]
    [('LABEL', 'Electricity access'), ('RUN', '11%53%\\n')]
    """
    from factparse.layout.lexer import lex

    return parser().parse(tuple(lex(text)), start="start")


def cells_tree(made: Iterable[Token]) -> Tree[Token]:
    """The tree of what stands behind a label, of the tokens that the columns stage made of it.

    Raises ``lark.exceptions.UnexpectedInput`` if they stand in an order that ``layout.lark`` does not allow.
    """
    return parser().parse(tuple(made), start="cells")
