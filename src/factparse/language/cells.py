"""Cell text to value tree: one token pass, brackets by a stack, each clause by the plan for its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from factparse.language.brackets import outermost, scan
from factparse.language.plans import Plan, Shapes, lexicon, shapes
from factparse.language.tree import Value

# Tokens that only join the item at hand: three in four.
_PLAIN = frozenset({"WORDS", "NUMBER", "QUALIFIER", "MAGNITUDE", "UNIT", "AS_OF", "NA", "RANGE", "CURRENCY", "PERCENT"})
DEEPEST = 12  # brackets nested deeper stay unparsed text: no cell of the Factbook goes beyond five
_FRAME = {"(": "bracket", "[": "bracket", "“": "quote", '"': "quote"}
# Section labels, which also begin in the middle of a line, glued to a word or behind prose that nothing closes: before
# each the text is cut, and only then into tokens. Plain letters come first in each branch, so that the search is fast.
_SEAM = re.compile(
    r"(?:refugees(?: \(countr(?:y|ies) of origin\))?|IDP'?s|internally displaced persons|stateless persons?"
    r"|current situation|tier rating|trafficking profile) ?:"
)
# Tokens that are told apart for speed, or turned out to be another: which terminal of the phrases they are.
_LEAF = {
    "OPEN": "OTHER",
    "CLOSE": "OTHER",
    "MARK": "OTHER",
    "AGES": "LABEL",
    "SIGN": "QUALIFIER",
    "DOLLARS": "CURRENCY",
    "TO": "RANGE",
    "NEGATIVE": "NUMBER",
    "PERCENT_WORD": "PERCENT",
}


class _Tables(NamedTuple):
    pattern: re.Pattern[str]
    shapes: Shapes
    kinds: dict[str, str]


@cache
def _tables() -> _Tables:
    words = lexicon("lexical.lark")
    return _Tables(words.pattern, shapes("phrases.lark"), {name: name.lower() for name in words.names})


def filled(kind: str, start: int, end: int, children: list[Value]) -> Value:
    """Return a node whose gaps between ``children`` are ``space`` leaves, so that its leaves joined are its text."""
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


class _Frame:
    """An open bracket or quote, or the cell itself: finished nodes, and the clause that is being collected."""

    __slots__ = ("close", "codes", "items", "kind", "nodes", "start")

    def __init__(self, kind: str, start: int, close: int) -> None:
        self.kind = kind
        self.start = start
        self.close = close
        self.nodes: list[Value] = []
        self.items: list[Value] = []
        self.codes: list[str] = []

    def add(self, code: str, node: Value) -> None:
        self.codes.append(code)
        self.items.append(node)

    def end_item(self, table: Shapes) -> None:
        """Turn the tokens since the last comma into an item by the plan for their shape."""
        if self.codes:
            tokens = self.items[-len(self.codes) :]
            plan = table.plan("".join(self.codes))
            parts = tokens if plan is None else [_apply(part, tokens) for part in plan.parts]
            kind = "unparsed" if plan is None else "item"
            self.items[-len(self.codes) :] = [filled(kind, tokens[0].start, tokens[-1].end, parts)]
            self.codes = []

    def end_clause(self, table: Shapes) -> None:
        """Turn the items collected into a clause."""
        self.end_item(table)
        if self.items:
            self.nodes.append(filled("clause", self.items[0].start, self.items[-1].end, self.items))
            self.items = []

    def take(self, kind: str, first: int) -> None:
        """Make the finished nodes from ``first`` on one node."""
        inside = self.nodes[first:]
        if inside:
            self.nodes[first:] = [filled(kind, inside[0].start, inside[-1].end, inside)]


def _apply(plan: Plan, items: list[Value]) -> Value:
    """Lay a plan over the tokens it was made for; as deep as the grammar, not as the text."""
    if not plan.parts:
        return items[plan.first]
    children = [_apply(part, items) if part.parts else items[part.first] for part in plan.parts]
    return filled(plan.kind, children[0].start, children[-1].end, children)


class _Builder:
    """The tree of one cell as it grows: a stack of frames, and where the part and the note in force began."""

    def __init__(self, text: str, table: Shapes) -> None:
        self.text = text
        self.table = table
        self.pairs = dict(scan(text).pairs)
        self.frame = _Frame("cell", 0, -1)
        self.stack: list[_Frame] = []
        self.part = 0
        self.note = -1

    def end_note(self) -> None:
        self.frame.end_clause(self.table)
        if self.note >= 0:
            self.frame.take("note", self.note)
            self.note = -1

    def end_part(self) -> None:
        self.end_note()
        self.frame.take("part", self.part)
        self.part = len(self.frame.nodes)

    def open(self, name: str, start: int, end: int) -> bool:
        """Open a frame if the mark at ``start`` begins a matched pair that is not nested too deep."""
        close = self.pairs.get(start)
        if close is None or len(self.stack) >= DEEPEST:
            return False
        self.stack.append(self.frame)
        self.frame = _Frame(_FRAME[self.text[start]], start, close)
        self.frame.nodes.append(Value(name, start, end))
        return True

    def close(self, name: str, start: int, end: int) -> bool:
        """Close the frame in force if its pair ends at ``start``."""
        inner = self.frame
        if inner.close != start:
            return False
        inner.end_clause(self.table)
        if inner.nodes[-1].end < start and len(inner.nodes) == 1:
            inner.nodes.append(Value("inside", inner.nodes[-1].end, start))
        inner.nodes.append(Value(name, start, end))
        self.frame = self.stack.pop()
        self.frame.add(self.table.codes[inner.kind.upper()], filled(inner.kind, inner.start, end, inner.nodes))
        return True

    def divide(self, node: Value) -> None:
        """A semicolon or break ends the clause; a break also ends a note."""
        if node.kind == "break" and not self.stack:
            self.end_part()
            self.frame.nodes.append(node)
            self.part = len(self.frame.nodes)
            return
        self.frame.end_clause(self.table)
        self.frame.nodes.append(node)

    def head(self, name: str, node: Value) -> bool:
        """Begin a part at a label, a note at ``note:``; within brackets and notes a label is a word like others."""
        if self.stack or (name == "LABEL" and self.note >= 0):
            return False
        if name == "NOTE":
            self.end_note()
            self.note = len(self.frame.nodes)
        else:
            self.end_part()
        self.frame.nodes.append(Value("label", node.start, node.end) if name == "SECTION" else node)
        return True

    def finish(self) -> Value:
        self.end_part()
        return filled("cell", 0, len(self.text), self.frame.nodes)


def _tokens(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the tokens of ``text[start:end]``, cut at section labels."""
    for seam in _SEAM.finditer(text, start, end):
        yield from pattern.finditer(text, start, seam.start())
        start = seam.start()
    yield from pattern.finditer(text, start, end)


def _shallow_tokens(pattern: re.Pattern[str], text: str, pairs: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the tokens of ``text`` but for those inside brackets and quotes; of these only the first (or the date)."""
    start = 0
    for opening, closing in pairs:
        if opening < start or text.startswith(":", closing + 1):
            continue  # it is part of a label
        for token in _tokens(pattern, text, start, opening):
            yield token
            start = token.end()
        if opening < start:
            continue
        first = pattern.match(text, opening)
        if first is not None:
            yield first
            start = max(first.end(), closing)
    yield from _tokens(pattern, text, start, len(text))


def parse(text: str, *, shallow: bool = False) -> Value:
    """Return the value tree of a cell: leaves joined are ``text``, whatever it holds; nothing is raised.

    In a ``shallow`` tree what stands inside brackets and quotes is one ``inside`` leaf, which saves most of the work on
    cells with long explanations.

    A ``cell`` has ``part`` nodes (a new one begins at each sub-label or break), a part its ``label``, ``clause`` nodes
    with ``semicolon`` leaves between them, and ``note`` nodes; a clause has ``item`` nodes divided by ``comma``. What
    no rule takes is an ``unparsed`` node.

    >>> print(parse("total: 1.2 million (2020 est.)").pretty("total: 1.2 million (2020 est.)"))
    cell
      part
        label 'total:'
        space ' '
        clause
          item
            quantity
              number '1.2'
              space ' '
              magnitude 'million'
            space ' '
            as_of '(2020 est.)'
    """
    pattern, table, kinds = _tables()
    builder = _Builder(text, table)
    codes = table.codes
    pairs = outermost(sorted(builder.pairs.items())) if shallow else []
    for match in _shallow_tokens(pattern, text, pairs) if shallow else _tokens(pattern, text, 0, len(text)):
        name = match.lastgroup or "OTHER"
        start, end = match.span()
        if name in _PLAIN:
            builder.frame.codes.append(codes[name])
            builder.frame.items.append(Value(kinds[name], start, end))
            continue
        if name in ("OPEN", "MARK") and builder.open(kinds[name], start, end):
            continue
        if name in ("CLOSE", "MARK") and builder.close(kinds[name], start, end):
            continue
        name = _LEAF.get(name, name)
        node = Value(kinds[name], start, end)
        if name in ("SEMICOLON", "BREAK"):
            builder.divide(node)
        elif name == "COMMA":
            builder.frame.end_item(table)
            builder.frame.items.append(node)
        elif name not in ("LABEL", "SECTION", "NOTE") or not builder.head(name, node):
            builder.frame.add(codes[name], node)
    return builder.finish()
