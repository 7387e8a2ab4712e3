"""The lexer of all grammars: it hands Lark tokens that are made already.

It is a module of its own, at whose top Lark is imported: what is kept of a built grammar names this class.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Token
from lark.lexer import Lexer


class TokenLexer(Lexer):
    """Takes a tuple of tokens for a text."""

    __future_interface__ = 2  # hands ``lex`` the parser's state too, which tokens do not need

    def __init__(self, _conf: object) -> None: ...

    def lex(self, lexer_state: Any, _parser_state: Any) -> Iterator[Token]:  # noqa: ANN401 (Lark's own types)
        """Yield the tokens as they are."""
        return iter(lexer_state.text)
