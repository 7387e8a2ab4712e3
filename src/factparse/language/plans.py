"""Runs Lark on strings of token types: a text is cut into tokens once, and each distinct string is parsed once.

A parse gives a *plan*: which tokens make which node. The same few strings come again and again, so their plans are
kept, up to a bound. A plan laid over the tokens at hand is their tree. Extractors read plan and tokens as they are;
:func:`laid` makes nodes of them for those who want to see the tree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from factparse.core.grammars import build
from factparse.language.tree import Value

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

Cut = tuple[str, int, int]  # a token: its terminal's name, where it starts and ends
Range = tuple[int, int]

CELL: Final = "cell.lark"
# The start rules of each grammar that has other ones than ``start``.
_STARTS: Final = {
    CELL: (
        *("cell", "item", "figure", "before", "behind", "date", "names", "clauses"),
        *("places", "hours", "days", "elections", "service", "comparison", "told", "alone"),
    ),
    "fields/drugs.lark": ("start", "alone"),
    "fields/tiers.lark": ("start", "alone"),
    "fields/trafficking.lark": ("start", "alone"),
}

# What is asked of each token is asked in C, by map.
_TYPE: Final = attrgetter("lastgroup")
_PLACE: Final = re.Match.span
_PASSED: Final = "PASSED"  # the terminal of words in which no other one begins
_AT_ONCE = 1024  # matches that are held at a time
_KEPT = 4096  # plans kept for each start rule
_LONGEST = 400  # tokens; the plan of a longer string is not kept
_MOST = 2_000  # tokens; a longer string has no plan, since Lark's time grows faster than its length


class Plan(NamedTuple):
    """A node without its text: its kind, the half-open range of tokens it covers, and its parts (none for a token)."""

    kind: str
    first: int
    end: int
    parts: tuple[Plan, ...] = ()


@cache
def _parser(grammar: str) -> Lark:
    """The parser of a grammar with all its start rules. It is built once, since that takes longer than a page does."""
    return build(grammar, _STARTS.get(grammar, ("start",)))


class Rules:
    """One start rule of a grammar, as two steps: :meth:`cut` makes tokens of a text, :meth:`plan` a plan of tokens.

    A token type is written as one character, its *code*, so that a string of types is a plain ``str`` to look up.
    ``codes`` gives the code of a terminal's name, ``kinds`` the name of its node (small letters) by code, and
    ``terminals`` the patterns, those of the highest priority first.
    """

    def __init__(self, grammar: str, start: str = "start") -> None:
        self._parser = _parser(grammar)
        self._start = start
        names = sorted(_reached(self._parser, start))
        self._names = {chr(0x100 + index): name for index, name in enumerate(names)}
        self.codes = {name: code for code, name in self._names.items()}
        self.kinds = {code: name.lower() for code, name in self._names.items()}
        known = sorted((term for term in self._parser.terminals if term.name in self.codes), key=lambda t: -t.priority)
        self.terminals = {term.name: term.pattern.to_regexp() for term in known}
        # The group that names a token is empty and ends it: while one is open, each step back has all groups to copy.
        self._groups = [(term.priority, f"(?:{self.terminals[term.name]})(?P<{term.name}>)") for term in known]
        self._cached = lru_cache(_KEPT)(self._parse)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All its terminals as one pattern. It is made only when needed: some grammars are cut at words instead."""
        return _by_beginning(self._groups) if self._groups else re.compile("(?!)")

    def tokens(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """The tokens of ``text[start:end]``; what stands between them, and words that are passed over, is left out."""
        return [token for token in self.pattern.finditer(text, start, end) if token.lastgroup != _PASSED]

    def cut(self, text: str, start: int, end: int) -> tuple[str, list[Range]]:
        """Cut ``text[start:end]`` into tokens; return the string of their codes, and where each stands in ``text``.

        What no terminal matches is passed over.
        """
        codes, found = self.codes, self.pattern.finditer(text, start, end)
        shapes: list[str] = []
        spans: list[Range] = []
        # All matches of a long text, held at once, would take far more memory than the text, and time to find it.
        while True:
            tokens = list(islice(found, _AT_ONCE))
            shapes.append("".join(map(codes.__getitem__, map(_TYPE, tokens))))
            spans += map(_PLACE, tokens)
            if len(tokens) < _AT_ONCE:
                return "".join(shapes), spans

    def plan(self, shape: str) -> Plan | None:
        """The plan of the tokens whose codes are ``shape``; ``None`` if no rule takes them, or they are over 2,000.

        No text of the Factbook has that many. Lark copies a list once for each thing in it, so its time would grow with
        the square of their number.
        """
        if len(shape) <= _LONGEST:
            return self._cached(shape)
        return self._parse(shape) if len(shape) <= _MOST else None

    def forget(self) -> None:
        """Drop the kept plans, so that a benchmark can start cold."""
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
    """The names of the terminals that the start rule reaches, directly or through other rules."""
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
    """One pattern of all ``groups`` (priority, pattern), in which those of one beginning are tried only there.

    The priority says how a token begins: 300 a bracket, 200 a letter, 100 a digit, over 60 anything but a digit, below
    that anything. Python's ``re`` takes the first alternative that matches, so the groups come by falling priority; but
    all that cannot begin with a digit come first, and are passed over at once where there is one.
    """

    def those(low: int, high: int, begin: str = "") -> list[str]:
        some = "|".join(group for priority, group in groups if low <= priority < high)
        return [f"{begin}(?:{some})"] if some else []

    other = [*those(200, 300, r"(?=[^\W\d_])"), *those(300, 400, r"(?=[(\[“])"), *those(61, 100)]
    kinds = [rf"(?!\d)(?:{'|'.join(other)})"] if other else []
    kinds += [*those(100, 200, r"(?=\d)"), *those(0, 61)]
    return re.compile(rf"(?=\S)(?:{'|'.join(kinds)})")


def _plan(node: Tree[Token] | Token) -> Plan:
    """Turn Lark's tree into a plan. No grammar of tokens is recursive, so the recursion here stays shallow."""
    from lark import Token

    if isinstance(node, Token):
        at = node.start_pos or 0
        return Plan(node.type.lower(), at, at + 1)
    parts = tuple(_plan(child) for child in node.children if child is not None)
    return Plan(str(node.data), parts[0].first, parts[-1].end, parts) if parts else Plan(str(node.data), 0, 0)


@cache
def rules(grammar: str, start: str = "start") -> Rules:
    """The start rule ``start`` of ``grammars/<grammar>``, made once."""
    return Rules(grammar, start)


@cache
def terminal(grammar: str, name: str) -> re.Pattern[str]:
    """The pattern of one terminal of ``grammars/<grammar>``, for code that looks for it alone; compiled once.

    Raises ``StopIteration`` if the grammar has no terminal of that name.
    """
    found = next(term for term in _parser(grammar).terminals if term.name == name)
    return re.compile(found.pattern.to_regexp())


def laid(plan: Plan, tokens: Sequence[Value]) -> Value:
    """The nodes that a plan makes of its ``tokens``, as one tree. It is as deep as the grammar, not as the text."""
    if not plan.parts:
        return tokens[plan.first]
    children = [laid(part, tokens) for part in plan.parts]
    return filled(plan.kind, children[0].start, children[-1].end, children)


def filled(kind: str, start: int, end: int, children: Sequence[Value]) -> Value:
    """A node with ``children``, in which every gap before, between and behind them is a leaf too.

    So the leaves joined are the text from ``start`` to ``end``, and nothing is lost.
    """
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
    """The node of ``token`` with what is inside it, read by the start rule ``rule`` of ``cell.lark``.

    A token that the rule does not take stays as it is.
    """
    known = rules(CELL, rule)
    # The token is cut out first, so that patterns with ^, $ and lookbehind see its ends as those of a text.
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
    """The tree with its gaps named: white space stays ``space``; the rest is a divider, a bracket, or words."""
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
