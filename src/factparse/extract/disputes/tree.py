"""The lossless tree of a cell of disputes, laid out from the same readings that the facts are made of.

A reading has several layers that know nothing of each other (names, papers, places, years, words of the matter), and
their ranges may cross. They are put into one tree at the end (:func:`_nested`).
"""

from __future__ import annotations

from collections.abc import Iterator

from factparse.extract.disputes.clauses import clauses
from factparse.extract.disputes.extractor import Reading, read
from factparse.extract.disputes.names import Names, names
from factparse.extract.disputes.tokens import cut
from factparse.extract.disputes.words import terminal
from factparse.language import Value
from factparse.language.plans import Plan

_WORDS = ("mark", "hinge")  # where they cross another node, these are cut short
_FILL = ("SPACE", "WORDS", "SEMICOLON", "COLON")  # terminals of what stands between nodes


def tree(_field: str, text: str) -> Value:
    """Return the tree of a cell: headings and clauses, and in them parties, papers, places, bodies, years and words.

    The leaves joined are ``text``.

    >>> text = "Chad and Niger dispute Sand Island; none"
    >>> print(tree("", text).pretty(text))
    cell
      clause
        party_list
          party
            side 'Chad'
          space ' '
          and 'and'
          space ' '
          party
            side 'Niger'
        space ' '
        mark 'dispute'
        space ' '
        place
          words 'Sand'
          space ' '
          mark 'Island'
      semicolon ';'
      space ' '
      clause
        mark 'none'
    """
    found = clauses(text)
    nodes = [
        _at(_headed(text[slice(*heading)]), heading[0])
        for heading in {clause.heading for clause in found if clause.heading[1]}
    ]
    nodes += [_at(_clause(text[clause.start : clause.end]), clause.start) for clause in found]
    return _nested(text, Value("cell", 0, len(text)), nodes)


def _clause(text: str) -> Value:
    return _nested(text, Value("clause", 0, len(text)), list(_nodes(text, read(text))))


def _headed(text: str) -> Value:
    return _nested(text, Value("heading", 0, len(text)), list(_named(names(cut(text)))))


def _nodes(text: str, reading: Reading) -> Iterator[Value]:
    """Yield the nodes of all that was read in a clause; they are in no order, and may overlap."""
    named = reading.names
    opening = reading.judged.opening
    # An opening phrase ends at the first comma, which may be within a name: then it is no node.
    if opening and not any(start < opening < end for start, end, _ in named.sides):
        yield Value("opening", 0, opening)
    yield from _named(named)
    for paper in reading.papers:
        spans = [(start, end) for _, start, end in paper.tokens]
        yield from (_laid(part, spans) for part in paper.plan.parts)
    yield from (Value("place", start, end) for start, end in reading.places.items())
    yield from (Value("year", start, end) for start, end in reading.years)
    yield from (
        Value("hinge" if word.role == "hinge" else "mark", start, end)
        for start, end, word in reading.tokens.told
        if word.role in ("", "hinge", "proper")  # nouns of papers are nodes of their plans
    )


def _named(named: Names) -> Iterator[Value]:
    """Yield the nodes of names and the words beside them, from their plans, and those of movements."""
    for run, plan in named.runs:
        spans = [(start, end) for _, start, end, _ in run]
        yield from (_laid(part, spans) for part in plan.parts)
    yield from (Value("party", start, end) for start, end in named.bands)


def _laid(plan: Plan, spans: list[tuple[int, int]]) -> Value:
    """Return the node of a plan laid over the spans of its tokens."""
    kind, first, end, parts = plan
    # Of "North and South Korea" both are parties, though the plan knows only a direction and a side.
    if kind == "half":
        parts = tuple([part if part.kind in ("and", "apart") else Plan("party", *part[1:]) for part in parts])
    return Value(kind, spans[first][0], spans[end - 1][1], tuple([_laid(part, spans) for part in parts]))


def _at(node: Value, offset: int) -> Value:
    """Return a tree that was made from a piece of the cell, moved to where the piece stands."""
    kind, start, end, children = node
    return Value(kind, start + offset, end + offset, tuple([_at(child, offset) for child in children]))


def _nested(text: str, whole: Value, nodes: list[Value]) -> Value:
    """Return ``whole`` with the nodes in it, each within another or beside it, and what none covers filled.

    Where two cross, the later one ends with the earlier; a word of the matter ends where the later one begins.
    """
    flat = [node for top in nodes for node in top.walk()]
    flat.sort(key=lambda node: (node.start, -node.end))
    # The nodes that are open where the next one begins, each within the one before it, with the children so far.
    stack: list[tuple[Value, list[Value]]] = [(whole, [])]
    for node in flat:
        while node.start >= stack[-1][0].end and len(stack) > 1:
            _close(text, stack)
        if stack[-1][0].kind in _WORDS and node.end > stack[-1][0].end:
            word, within = stack[-1]
            stack[-1] = Value(word.kind, word.start, node.start), within
            _close(text, stack)
        end = min(node.end, stack[-1][0].end)
        if node.start < end:
            stack.append((Value(node.kind, node.start, end), []))
    while len(stack) > 1:
        _close(text, stack)
    return _filled(text, *stack[0])


def _close(text: str, stack: list[tuple[Value, list[Value]]]) -> None:
    """Give the innermost open node, which is complete now, to the one around it."""
    done = _filled(text, *stack.pop())
    stack[-1][1].append(done)


def _filled(text: str, node: Value, children: list[Value]) -> Value:
    """Return ``node`` with its children and what stands between them; a node without children stays a leaf."""
    if not children and node.kind not in ("cell", "clause", "heading"):
        return node
    made: list[Value] = []
    at = node.start
    for child in [*children, Value("", node.end, node.end)]:
        made += _between(text, at, child.start)
        made.append(child)
        at = child.end
    return Value(node.kind, node.start, node.end, tuple(made[:-1]))


def _between(text: str, start: int, end: int) -> Iterator[Value]:
    """Yield the nodes of ``text[start:end]``, where nothing was read: white space, words, and what no rule takes."""
    while start < end:
        kinds = ((name, terminal(name).match(text, start, end)) for name in _FILL)
        kind, till = next(((name.lower(), met.end()) for name, met in kinds if met), ("unparsed", start + 1))
        yield Value(kind, start, till)
        start = till
