"""Cells of any shape, read from their value trees by ``grammars/fields/displaced.lark``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factparse.core.facts import Population
from factparse.extract.displaced.entry import (
    Entry,
    dated,
    entry_of,
    people,
    population_of,
    read_bracket,
    read_note,
    read_words,
    said_in,
)
from factparse.language import AsOf, Value, parse, read_as_of, read_number
from factparse.language.plans import Plan, shapes

_DIVIDERS = frozenset({"comma", "semicolon", "break"})
_YEAR_IN_PROSE = re.compile(r"\b(?:in|since|of|by|from|during|until|after|before|between|year|[A-Z][a-z]{2,8})$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*\d\d(?:\d\d)?)?")
_AND = re.compile(r"\band\s*$")


def by_tree(text: str) -> list[Entry]:
    """Read a cell of any shape from its value tree."""
    entries: list[Entry] = []
    population: Population | None = None
    last_date: AsOf | None = None
    ahead: str | None = None  # a note before all figures: it belongs to the first
    for part in parse(text, shallow=True).children:
        if part.kind != "part":
            continue
        label = part.child("label")
        if label is not None:
            population = population_of(label.text(text)) or population
        last_date = _read_part(part, text, population, entries)
        note = None if entries else part.child("note")
        if note is not None:
            ahead = said_in(note, text)
    if ahead and entries and entries[0].note is None:
        entries[0].note = ahead
    return dated(entries, last_date)


def _read_part(part: Value, text: str, population: Population | None, entries: list[Entry]) -> AsOf | None:
    """Read one section into ``entries``; return the date that closes it, if one does."""
    first = len(entries)
    undated = first
    closing: AsOf | None = None
    for kind, nodes in _pieces(part, text):
        closing = date = None
        if kind == "entry":
            entry = _entry(nodes, text, population)
            if (
                len(entries) > first
                and entries[-1].origin is None
                and _AND.search(text, entries[-1].end - 5, entry.start)
            ):
                entries[-1].origin = entry.origin
            entries.append(entry)
            date = entry.date
            closing = date if nodes[-1].kind == "as_of" else None
        elif kind == "date":
            date = closing = read_as_of(nodes[0].text(text))
        elif kind == "note":
            read_note(nodes[0], text, entries, entries[-1] if len(entries) > first else None)
            undated = len(entries)
            continue
        if date is not None:
            for waiting in entries[undated:]:
                waiting.date = waiting.date or date
            undated = len(entries)
    return closing


def _pieces(part: Value, text: str) -> Iterator[tuple[str, list[Value]]]:
    """Yield what a section is made of, by ``displaced.lark``: entries, dates, remarks, notes, with their phrases."""
    table = shapes("fields/displaced.lark")
    codes, other = table.codes, table.codes["OTHER"]
    phrases: list[Value] = []
    shape = ""
    for node in _mended(list(_phrases(part)), text):
        if node.kind in _DIVIDERS:
            yield from _planned(table.plan(shape), phrases)
            phrases, shape = [], ""
            continue
        if node.kind == "quantity" and phrases and _is_year(node, phrases[-1], text):
            node = Value("other", node.start, node.end)
        phrases.append(node)
        shape += codes.get(node.kind.upper(), other)
    yield from _planned(table.plan(shape), phrases)


def _planned(plan: Plan | None, phrases: list[Value]) -> Iterator[tuple[str, list[Value]]]:
    for piece in plan.parts if plan else ():
        yield piece.kind, phrases[piece.first : piece.end]


def _mended(phrases: list[Value], text: str) -> Iterator[Value]:
    """Yield ``phrases`` with brackets whose end was lost as one node.

    Such a bracket reaches to the next date, note, or figure that begins a clause.
    """
    at = 0
    while at < len(phrases):
        node = phrases[at]
        at += 1
        if node.kind == "other" and node.text(text) == "(":
            first = at
            while at < len(phrases) and not (
                phrases[at].kind in ("as_of", "note")
                or (phrases[at].kind in ("quantity", "missing") and phrases[at - 1].kind in _DIVIDERS)
            ):
                at += 1
            if at > first and at < len(phrases) and phrases[at - 1].kind in _DIVIDERS:
                at -= 1
            node = Value("bracket", node.start, phrases[at - 1].end)
        yield node


def _phrases(part: Value) -> Iterator[Value]:
    """Yield the phrases of a part: what its clauses' items are made of, and the dividers."""
    for node in part.children:
        if node.kind == "clause":
            for item in node.children:
                yield from (phrase for phrase in item.children or (item,) if phrase.kind != "space")
        elif node.kind == "unparsed":
            yield from (leaf for leaf in node.children if leaf.kind != "space")
        elif node.kind not in ("space", "label"):
            yield node


def _is_year(node: Value, before: Value, text: str) -> bool:
    """Whether a number is a year of running prose: ``in 2009``."""
    return (
        before.kind == "words"
        and _YEAR.fullmatch(node.text(text)) is not None
        and _YEAR_IN_PROSE.search(before.text(text)) is not None
    )


def _entry(nodes: Sequence[Value], text: str, population: Population | None) -> Entry:
    """Read a figure and its details; words before the figure are no part of it."""
    at = next(i for i, node in enumerate(nodes) if node.kind in ("quantity", "missing"))
    figure = nodes[at]
    bare = at + 1 == len(nodes) or nodes[at + 1].kind != "words"
    who = people(text, figure.end, population, bare=bare)
    entry = entry_of(figure.start, nodes[-1].end, who, read_number(figure, text))
    for node in nodes[at + 1 :]:
        if node.kind == "as_of":
            entry.date = entry.date or read_as_of(node.text(text))
        elif node.kind == "bracket":
            read_bracket(entry, node.text(text).removeprefix("(").removesuffix(")").strip())
        elif node.kind == "words" and entry.population == "refugees" and entry.origin is None:
            read_words(entry, node.text(text))
    return entry
