"""The lossless tree of a cell of figures, lists or labelled text.

The reader notes which range it read by which rule (its *regions*). The tree is laid out from these notes and the parts
of the cell, so it shows what the facts were made of, and not a second reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Final

from factparse.extract.figures.items import Region
from factparse.extract.figures.lists import bracket_of, entries, is_date
from factparse.extract.figures.texts import closing_date
from factparse.language.items import item_nodes
from factparse.language.parts import Part
from factparse.language.plans import CELL, expanded, filled, rules, terminal, worded
from factparse.language.tree import Value

_START, _END = attrgetter("start"), attrgetter("end")


def cell_nodes(text: str, cell_parts: Iterable[Part], regions: Iterable[Region]) -> Value:
    """Return the tree of a cell: nodes of its ``regions`` within those of its parts; the leaves joined are ``text``."""
    nodes = list(_nodes(text, regions))
    parts: list[Value] = []
    for part in cell_parts:
        # The nodes are in reading order and do not overlap: those inside a part stand side by side.
        first, last = bisect_left(nodes, part.start, key=_START), bisect_right(nodes, part.end, key=_END)
        parts.append(_part(text, part, nodes[first:last], parts[-1].end if parts else 0))
    return worded(filled("cell", 0, len(text), parts), text)


def _part(text: str, part: Part, inside: list[Value], low: int) -> Value:
    if part.kind == "rank":
        return Value("rank", max(low, part.start), part.end)
    colon = len(text[: part.start].rstrip())  # where the label ends, its colon with it
    head = max(low, part.head)
    note = part.kind == "note"
    label = [Value("head" if note else "sublabel", head, colon)] if part.path and head < colon else []
    return filled("note" if note else "part", head if label else part.start, part.end, [*label, *inside])


def _nodes(text: str, regions: Iterable[Region]) -> Iterator[Value]:
    """Yield the nodes of what was read, in reading order and without overlaps.

    Where a range was read twice, as figures and then as the text around them, the first node wins.
    """
    at = 0
    # The wider of two regions that begin together comes first.
    for kind, start, end in sorted(regions, key=lambda region: (region[1], -region[2])):
        for node in NODES[kind](text, start, end):
            if node.start >= at:
                yield node
                at = node.end


def _text(text: str, start: int, end: int) -> Iterator[Value]:
    date = closing_date(text, start, end)
    closing = [expanded("date", text, Value("as_of", date[0] - 1, end))] if date else []
    yield filled("text", start, end, closing)


def _entries(rule: str) -> Callable[[str, int, int], Iterator[Value]]:
    def nodes(text: str, start: int, end: int) -> Iterator[Value]:
        for first, last in entries(text, start, end, clauses=rule == "clauses"):
            name = text[first:last]
            opening = bracket_of(name)
            inside = [Value("name", first, first + len(name[:opening].rstrip()) if opening > 0 else last)]
            if opening > 0:
                kind = "as_of" if is_date(name[opening + 1 : -1]) else "bracket"
                inside.append(Value(kind, first + opening, last))
            if first < last:
                yield filled("item", first, last, inside)

    return nodes


def _matched(rule: str, kind: str) -> Callable[[str, int, int], Iterator[Value]]:
    """Return what makes a node of a token of a start rule, with the named groups of its pattern as pieces.

    Its end is not needed: the pattern looks at what stands behind the token, so it has to meet the text uncut.
    """

    def nodes(text: str, start: int, _end: int) -> Iterator[Value]:
        found = rules(CELL, rule).pattern.search(text, start)
        if found is not None:
            yield filled(kind, *found.span(), list(_pieces(found)))

    return nodes


_FIGURES: Final = frozenset(
    {"figure", "aged", "bare", "worded", "first", "listed", "forced", "minor", "offset", "shift", "count"}
)


def _pieces(found: re.Match[str]) -> Iterator[Value]:
    named = ((name, found.span(name)) for name, value in found.groupdict().items() if value and name.islower())
    for name, span in sorted(named, key=lambda each: each[1]):
        yield Value("figure" if name in _FIGURES else name, *span)


def _sitting(text: str, start: int, end: int) -> Iterator[Value]:
    for found in terminal(CELL, "SITTING_ONE").finditer(text, start, end):
        yield filled("sitting", *found.span(), list(_pieces(found)))


def _ranked(text: str, start: int, end: int) -> Iterator[Value]:
    found = terminal(CELL, "RANKED").match(text, start, end)
    if found is not None:
        yield filled("ranked", start, end, [Value(name, *found.span(name)) for name in _RANKED if found[name]])


_RANKED: Final = ("group", "name", "figure", "unit")

NODES: Final[dict[str, Callable[[str, int, int], Iterator[Value]]]] = {
    "items": item_nodes,
    "text": _text,
    "names": _entries("names"),
    "clauses": _entries("clauses"),
    "places": _matched("places", "place"),
    "hours": _matched("hours", "hours"),
    "service": _matched("service", "term"),
    "comparison": _matched("comparison", "comparison"),
    "told": _matched("told", "told"),
    "ranked": _ranked,
    "cable": lambda _text, start, end: iter([Value("name", start, end)]),
    "sitting": _sitting,
}
