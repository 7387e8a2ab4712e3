"""Runs the layout grammar: text → lossless tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

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
    from lark.lexer import Lexer

    class LineLexer(Lexer):
        """Feeds Lark tokens that are made already."""

        __future_interface__ = 2  # hands ``lex`` the parser state too, which line tokens do not need

        def __init__(self, _conf: object) -> None: ...

        def lex(self, lexer_state: Any, _parser_state: Any) -> Iterator[Token]:  # noqa: ANN401 (Lark's own types)
            return iter(lexer_state.text)

    return build("layout.lark", lexer=LineLexer, start=["start", "title", "header", "row"])


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
