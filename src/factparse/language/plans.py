"""Lark over shapes: a clause is reduced to the string of its token types, and each distinct string is parsed once.

The outcome of a parse is a *plan*: which tokens make which node. Plans are kept (bounded), since the same few shapes
come again and again; a plan is then laid over the spans of the clause at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from factparse.core.grammars import build

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

Cut = tuple[str, int, int]  # a token: its terminal's name, where it starts and ends

_KEPT = 4096  # plans kept a grammar
# How tokens begin, by the hundreds of their priority: what cannot begin there is not tried.
_BEGINS = {3: r"(?=[(\[“])", 2: r"(?=[^\W\d_])", 1: r"(?=\d)"}
_LONGEST = 400  # tokens in a shape that is worth keeping


class Plan(NamedTuple):
    """A node to be: its kind, the half-open range of tokens it covers, and the nodes in it (none for a token)."""

    kind: str
    first: int
    end: int
    parts: tuple[Plan, ...] = ()


def _lexer() -> type:
    """Return a Lark lexer that reads a list of terminal names; Lark is imported here, when it is first needed."""
    from lark import Token
    from lark.lexer import Lexer

    class NamesLexer(Lexer):
        def __init__(self, lexer_conf: Any) -> None:  # noqa: ANN401 (Lark's own)
            """Nothing of the configuration is needed."""

        def lex(self, data: list[str]) -> Iterator[Token]:  # type: ignore[override]
            """Yield a token a name; its position counts tokens."""
            return (Token(name, "", start_pos=index) for index, name in enumerate(data))

    return NamesLexer


class Lexicon:
    """The terminals of a grammar as one compiled pattern, a named group each."""

    def __init__(self, grammar: str) -> None:
        terminals = sorted(build(grammar, lexer=_lexer()).terminals, key=lambda terminal: -terminal.priority)
        self.names = tuple(term.name for term in terminals)
        self.terminals = {term.name: term.pattern.to_regexp() for term in terminals}
        groups = [(term.priority, f"(?P<{term.name}>{term.pattern.to_regexp()})") for term in terminals]
        self.pattern = _by_beginning(groups)


def _by_beginning(groups: list[tuple[int, str]]) -> re.Pattern[str]:
    """Return one pattern of all ``groups``, in which those that say how they begin are tried only there."""
    begins: dict[str, list[str]] = {}
    for priority, group in groups:
        begins.setdefault(_BEGINS.get(priority // 100, ""), []).append(group)
    kinds = "|".join(f"{begin}(?:{'|'.join(some)})" for begin, some in begins.items())
    return re.compile(rf"(?=\S)(?:{kinds})")


class Shapes:
    """One grammar over token types, with its plans."""

    def __init__(self, grammar: str, start: str = "start") -> None:
        self._parser: Lark = build(grammar, lexer=_lexer(), start=start)
        names = sorted({symbol.name for rule in self._parser.rules for symbol in rule.expansion if symbol.is_term})
        self._names = {chr(0x100 + index): name for index, name in enumerate(names)}
        self.codes = {name: code for code, name in self._names.items()}
        self._cached = lru_cache(_KEPT)(self._parse)

    def plan(self, shape: str) -> Plan | None:
        """Return the plan for a string of codes, or ``None`` where no rule takes it."""
        return self._cached(shape) if len(shape) <= _LONGEST else self._parse(shape)

    def forget(self) -> None:
        """Drop the plans kept, so that a benchmark can start cold."""
        self._cached.cache_clear()

    def _parse(self, shape: str) -> Plan | None:
        from lark.exceptions import UnexpectedInput

        try:
            return _plan(self._parser.parse([self._names[code] for code in shape]))
        except UnexpectedInput:
            return None


def _plan(node: Tree[Token] | Token) -> Plan:
    """Turn Lark's tree into a plan; a grammar of phrases is not recursive, so neither depth is a concern."""
    from lark import Token

    if isinstance(node, Token):
        at = node.start_pos or 0
        return Plan(node.type.lower(), at, at + 1)
    parts = tuple(_plan(child) for child in node.children if child is not None)
    return Plan(str(node.data), parts[0].first, parts[-1].end, parts) if parts else Plan(str(node.data), 0, 0)


@cache
def lexicon(grammar: str) -> Lexicon:
    """Return the terminals of ``grammars/<grammar>``, read once."""
    return Lexicon(grammar)


@cache
def shapes(grammar: str, start: str = "start") -> Shapes:
    """Return the shapes of ``grammars/<grammar>``, built once."""
    return Shapes(grammar, start)
