"""Lark over strings of token types: a text is cut into tokens once, and each distinct string of types is parsed once.

The outcome of a parse is a *plan*: which tokens make which node. Plans are kept (bounded), since the same few strings
come again and again. A plan laid over the tokens at hand is their tree; extractors read the two as they are, and
:func:`laid` makes nodes of them for those who want to see it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from factparse.core.grammars import build
from factparse.language.tree import Value

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

Cut = tuple[str, int, int]  # a token: its terminal's name, where it starts and ends
Range = tuple[int, int]

CELL: Final = "cell.lark"
# The start rules of each grammar that has others than ``start``.
_STARTS: Final = {
    CELL: (
        *("cell", "item", "figure", "before", "behind", "date", "names", "clauses"),
        *("places", "hours", "days", "elections", "service", "comparison", "alone"),
    ),
    "fields/drugs.lark": ("start", "alone"),
    "fields/tiers.lark": ("start", "alone"),
    "fields/trafficking.lark": ("start", "alone"),
}

_KEPT = 4096  # plans kept a start rule
# How tokens begin, by the hundreds of their priority: what cannot begin there is not tried.
_BEGINS = {3: r"(?=[(\[“])", 2: r"(?=[^\W\d_])", 1: r"(?=\d)"}
_LONGEST = 400  # tokens in a string that is worth keeping
_MOST = 2_000  # tokens; of more no plan is made, for Lark's time then grows faster than their number


class Plan(NamedTuple):
    """A node to be: its kind, the half-open range of tokens it covers, and the nodes in it (none for a token)."""

    kind: str
    first: int
    end: int
    parts: tuple[Plan, ...] = ()


@cache
def _parser(grammar: str) -> Lark:
    """Build the parser of a grammar with all its start rules, once: building takes longer than the rest of a page."""
    return build(grammar, _STARTS.get(grammar, ("start",)))


class Rules:
    """One start rule of a grammar: the terminals that it reaches as one pattern, and a plan a string of their codes."""

    def __init__(self, grammar: str, start: str = "start") -> None:
        self._parser = _parser(grammar)
        self._start = start
        names = sorted(_reached(self._parser, start))
        self._names = {chr(0x100 + index): name for index, name in enumerate(names)}
        self.codes = {name: code for code, name in self._names.items()}
        self.kinds = {code: name.lower() for code, name in self._names.items()}
        known = sorted((term for term in self._parser.terminals if term.name in self.codes), key=lambda t: -t.priority)
        self.terminals = {term.name: term.pattern.to_regexp() for term in known}
        self._groups = [(term.priority, f"(?P<{term.name}>{self.terminals[term.name]})") for term in known]
        self._cached = lru_cache(_KEPT)(self._parse)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All its terminals as one pattern, made when it is first needed: some grammars are cut at words instead."""
        return _by_beginning(self._groups) if self._groups else re.compile("(?!)")

    def cut(self, text: str, start: int, end: int) -> tuple[str, list[Range]]:
        """Cut ``text[start:end]`` into tokens: the string of their codes, and where each stands."""
        tokens = list(self.pattern.finditer(text, start, end))
        codes = self.codes
        return "".join([codes[token.lastgroup] for token in tokens]), [token.span() for token in tokens]  # type: ignore[index]

    def plan(self, shape: str) -> Plan | None:
        """Plan the tokens whose codes are ``shape``; ``None`` where no rule takes them.

        Of more tokens than any text of the Factbook has no plan is made: Lark copies a list once for each thing in it.
        """
        if len(shape) <= _LONGEST:
            return self._cached(shape)
        return self._parse(shape) if len(shape) <= _MOST else None

    def forget(self) -> None:
        """Drop the plans kept, so that a benchmark can start cold."""
        self._cached.cache_clear()

    def _parse(self, shape: str) -> Plan | None:
        from lark import Token
        from lark.exceptions import UnexpectedInput

        tokens = tuple([Token(self._names[code], "", start_pos=index) for index, code in enumerate(shape)])
        try:
            return _plan(self._parser.parse(tokens, start=self._start))
        except UnexpectedInput:
            return None


def _reached(parser: Lark, start: str) -> set[str]:
    """Find the terminals that a start rule reaches."""
    seen, waiting, found = {start}, [start], set()
    while waiting:
        name = waiting.pop()
        for rule in parser.rules:
            if rule.origin.name == name:
                found |= {symbol.name for symbol in rule.expansion if symbol.is_term}
                below = {symbol.name for symbol in rule.expansion if not symbol.is_term} - seen
                seen |= below
                waiting += below
    return found


def _by_beginning(groups: list[tuple[int, str]]) -> re.Pattern[str]:
    """Make one pattern of all ``groups``, in which those that say how they begin are tried only there."""
    begins: dict[str, list[str]] = {}
    for priority, group in groups:
        begins.setdefault(_BEGINS.get(priority // 100, ""), []).append(group)
    kinds = "|".join(f"{begin}(?:{'|'.join(some)})" for begin, some in begins.items())
    return re.compile(rf"(?=\S)(?:{kinds})")


def _plan(node: Tree[Token] | Token) -> Plan:
    """Turn Lark's tree into a plan; no grammar of tokens is recursive, so its depth is no concern."""
    from lark import Token

    if isinstance(node, Token):
        at = node.start_pos or 0
        return Plan(node.type.lower(), at, at + 1)
    parts = tuple(_plan(child) for child in node.children if child is not None)
    return Plan(str(node.data), parts[0].first, parts[-1].end, parts) if parts else Plan(str(node.data), 0, 0)


@cache
def rules(grammar: str, start: str = "start") -> Rules:
    """Read a start rule of ``grammars/<grammar>``, once."""
    return Rules(grammar, start)


@cache
def terminal(grammar: str, name: str) -> re.Pattern[str]:
    """Compile one terminal of ``grammars/<grammar>``, for code that looks for it alone."""
    found = next(term for term in _parser(grammar).terminals if term.name == name)
    return re.compile(found.pattern.to_regexp())


def laid(plan: Plan, tokens: Sequence[Value]) -> Value:
    """Lay a plan over the tokens it was made for, as nodes; it goes as deep as the grammar, not as the text."""
    if not plan.parts:
        return tokens[plan.first]
    children = [laid(part, tokens) for part in plan.parts]
    return filled(plan.kind, children[0].start, children[-1].end, children)


def filled(kind: str, start: int, end: int, children: Sequence[Value]) -> Value:
    """Make a node whose gaps between ``children`` are leaves too, so that its leaves joined are its text."""
    made: list[Value] = []
    at = start
    for child in children:
        if child.start > at:
            made.append(Value("space", at, child.start))
        made.append(child)
        at = child.end
    if end > at:
        made.append(Value("space", at, end))
    return Value(kind, start, end, tuple(made))


def expanded(rule: str, text: str, token: Value) -> Value:
    """Make the node of a token of a cell with what is inside it, by the start rule that reads it."""
    known = rules(CELL, rule)
    shape, spans = known.cut(text[token.start : token.end], 0, token.end - token.start)
    plan = known.plan(shape)
    if plan is None or not shape:
        return token
    leaves = [
        Value(known.kinds[code], token.start + a, token.start + b) for code, (a, b) in zip(shape, spans, strict=True)
    ]
    parts = [laid(part, leaves) for part in plan.parts]
    return filled(token.kind, token.start, token.end, parts)


def worded(node: Value, text: str) -> Value:
    """Tell the gaps of a tree apart: white space stays ``space``; the rest is a divider, a bracket, or words."""
    if node.children:
        return node._replace(
            children=tuple([worded(child, text) for child in node.children if child.end > child.start])
        )
    if node.kind != "space" or text[node.start : node.end].isspace():
        return node
    return node._replace(kind=_GAPS.get(text[node.start : node.end].strip(), "words"))


_GAPS: Final = {
    **dict.fromkeys([",", ";", "/", "|", ":"], "divider"),
    **dict.fromkeys(["(", "[", '"'], "open"),
    **dict.fromkeys([")", "]"], "close"),
}
