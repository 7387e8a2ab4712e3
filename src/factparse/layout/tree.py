"""Runs the layout grammar: text → lossless tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from factparse.core.grammars import build

if TYPE_CHECKING:
    from lark import Lark, Token, Tree


@cache
def _parser() -> Lark:
    from lark.lexer import Lexer

    from factparse.layout.lexer import tokens

    class LineLexer(Lexer):
        """Feeds Lark the tokens of a text, or tokens that are already made."""

        __future_interface__ = 2  # hands ``lex`` the parser state too, which line tokens do not need

        def __init__(self, _conf: object) -> None: ...

        def lex(self, lexer_state: Any, _parser_state: Any) -> Iterator[Token]:  # noqa: ANN401 (Lark's own types)
            text = lexer_state.text
            return iter(text) if isinstance(text, tuple) else tokens(text.text)

    return build("layout.lark", lexer=LineLexer, start=["start", "title", "header", "row"])


def layout_tree(text: str) -> Tree[Token]:
    """Return the tree of pages and sections, a token a row; its leaves joined are ``text``, whatever ``text`` is.

    >>> tree = layout_tree("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11%53%\\n")
    >>> [token.value for token in tree.scan_values(lambda token: token.type == "ROW")]
    ['Electricity access11%53%\\n']
    """
    return _parser().parse(text, start="start")


def line_tree(rule: str, made: Iterable[Token]) -> Tree[Token]:
    """Return the tree of one title, header or row (``rule``) from its tokens."""
    return _parser().parse(tuple(made), start=rule)
