"""The lexer of all grammars. It gives Lark tokens that exist already.

A kept grammar names this class, so the class must be importable. It has its own module, because it imports Lark at the
top. Other modules import Lark only when they need it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Token
from lark.lexer import Lexer


class TokenLexer(Lexer):
    """A lexer for Lark whose "text" is a tuple of tokens."""

    __future_interface__ = 2  # hands ``lex`` the parser's state too, which tokens do not need

    def __init__(self, _conf: object) -> None: ...

    def lex(self, lexer_state: Any, _parser_state: Any) -> Iterator[Token]:  # noqa: ANN401 (Lark's own types)
        """The tokens, as they are."""
        return iter(lexer_state.text)
