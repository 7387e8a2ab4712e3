"""Runs the layout grammar: text → lossless tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from factparse.core.grammars import build

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

    from factparse.layout.lexer import LineMark


class Layout(NamedTuple):
    """The tree of a text, and what its titles, headers and rows stand for, by where each starts."""

    tree: Tree[Token]
    marks: dict[int, LineMark]


@cache
def _parser() -> Lark:
    return build("layout.lark", ("start", "title", "header", "row"))


def layout_of(text: str) -> Layout:
    """Build the tree of pages and sections, a token a row; its leaves joined are ``text``, whatever ``text`` is.

    >>> tree, _ = layout_of("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11%53%\\n")
    >>> [token.value for token in tree.scan_values(lambda token: token.type == "ROW")]
    ['Electricity access11%53%\\n']
    """
    from factparse.layout.lexer import lex

    made, marks = lex(text)
    return Layout(_parser().parse(tuple(made), start="start"), marks)


def line_tree(rule: str, made: Iterable[Token]) -> Tree[Token]:
    """Return the tree of one title, header or row (``rule``) from its tokens."""
    return _parser().parse(tuple(made), start=rule)
