"""Displaced and stateless persons: every figure with its population, origin, cause and date.

``grammars/fields/displaced.lark`` says what belongs to a figure; this module reads the pieces. A figure's date is the
bracket behind it; else the next one in the same list, since the Factbook prints one date a run of origins; else the one
that closes the whole entry, as editions up to 2011 do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from factparse.extract.context import Context
from factparse.facts import DisplacedPersons, Population
from factparse.values import AsOf, Number, Value, is_as_of, parse, read_as_of, read_number
from factparse.values.shapes import Plan, shapes
from factparse.vocabulary import country_named

FIELDS = ("Refugees and internally displaced persons",)

_DIVIDERS = frozenset({"comma", "semicolon", "break"})
# What a label, or the word right behind a figure, calls the people counted; the first that fits.
_POPULATIONS: tuple[tuple[re.Pattern[str], Population], ...] = (
    (re.compile(r"arrivals|migrants and refugees", re.IGNORECASE), "other"),
    (re.compile(r"asylum.seekers", re.IGNORECASE), "asylum seekers"),
    (re.compile(r"stateless", re.IGNORECASE), "stateless"),
    (re.compile(r"\bIDP|internally displaced", re.IGNORECASE), "idps"),
    (re.compile(r"refugees", re.IGNORECASE), "refugees"),
)
_COUNTED = re.compile(r"(?:[^\W\d_][\w'-]*+ ){0,2}?(?:refugees\b(?! and)|asylum seekers|IDP'?s|stateless)")
_ARRIVALS = re.compile(r"(?:[^\W\d_][\w'-]*+ ){0,5}?(?:arrivals|asylum seekers)\b")
_YEAR_IN_PROSE = re.compile(r"\b(?:in|since|of|by|from|during|until|after|before|between|year|[A-Z][a-z]{2,8})$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*\d\d(?:\d\d)?)?")
_AND = re.compile(r"\band\s*$")
_AS_OF = re.compile(r"\bas of ((?:[\w-]+ ){0,2}(?:19|20)\d\d)\b")
_DESCRIPTION = re.compile(r"\s*;|\s+[-–—]\s+(?=[a-z])|,\s+(?=[a-z])")
_NOTE_HEAD = re.compile(r"note\s?[:\-–—]\s*", re.IGNORECASE)


@attrs.define
class _Entry:
    """A figure and what was read with it; dates are settled once the whole list is known."""

    start: int
    end: int
    population: Population
    number: Number
    origin: str | None = None
    cause: str | None = None
    date: AsOf | None = None
    note: str | None = None


def facts(context: Context) -> tuple[DisplacedPersons, ...]:
    """Return one fact for each figure of the cell, in reading order.

    >>> from factparse.extract import extract
    >>> text = "refugees (country of origin): 9,100 (Chad), 2,000 (Mali) (2021)IDPs: up to 4,000 (floods) (2019)"
    >>> for fact in extract("Refugees and internally displaced persons", text):
    ...     print(fact.population, fact.count, fact.origin, fact.cause, fact.year)
    refugees 9100 Chad None 2021
    refugees 2000 Mali None 2021
    idps 4000 None floods 2019
    """
    text = context.text
    entries: list[_Entry] = []
    population: Population | None = None
    last_date: AsOf | None = None
    for part in parse(text, shallow=True).children:
        if part.kind != "part":
            continue
        label = part.child("label")
        if label is not None:
            population = _population(label.text(text))
        last_date = _read_part(part, text, population, entries)
    if last_date is not None:
        for entry in entries:
            entry.date = entry.date or last_date
    return tuple(_fact(context, entry) for entry in entries)


def _population(words: str) -> Population | None:
    return next((name for pattern, name in _POPULATIONS if pattern.search(words)), None)


def _read_part(part: Value, text: str, population: Population | None, entries: list[_Entry]) -> AsOf | None:
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
            _read_note(nodes[0], text, entries, entries[-1] if len(entries) > first else None)
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


def _entry(nodes: Sequence[Value], text: str, population: Population | None) -> _Entry:
    """Read a figure and its details; words before the figure are no part of it."""
    at = next(i for i, node in enumerate(nodes) if node.kind in ("quantity", "missing"))
    figure = nodes[at]
    counted = _COUNTED.match(text, figure.end + 1)
    bare = at + 1 == len(nodes) or nodes[at + 1].kind != "words"
    named = _population(counted[0]) if counted else population or ("refugees" if bare else "other")
    entry = _Entry(figure.start, nodes[-1].end, named or "other", read_number(figure, text))
    for node in nodes[at + 1 :]:
        if node.kind == "as_of":
            entry.date = entry.date or read_as_of(node.text(text))
        elif node.kind == "bracket":
            _read_bracket(entry, node.text(text).removeprefix("(").removesuffix(")").strip())
        elif node.kind == "words" and entry.population == "refugees" and entry.origin is None:
            _read_words(entry, node.text(text))
    return entry


def _read_words(entry: _Entry, words: str) -> None:
    """Take words for the origin whose brackets were lost, if they name a country and nothing else."""
    if country_named(words) is not None:
        entry.origin = words


def _read_bracket(entry: _Entry, inside: str) -> None:
    """Take a bracket for origin or cause, less the date that some hold (``includes Kosovo; as of May 2022``)."""
    if entry.date is None:
        dated = _AS_OF.search(inside)
        if dated is not None:
            entry.date = read_as_of(dated[0])
            inside = ";".join(piece for piece in re.split("[;,]", inside) if not is_as_of(piece.strip())).strip()
    if entry.population == "refugees" and entry.origin is None and inside[:1].isupper():
        end = _DESCRIPTION.search(inside)
        entry.origin = inside[: end.start()] if end else inside
        inside = inside[end.end() :].strip() if end else ""
    if inside:
        entry.cause = f"{entry.cause}; {inside}" if entry.cause else inside


def _read_note(note: Value, text: str, entries: list[_Entry], owner: _Entry | None) -> None:
    """Keep a note with the figure before it, and read the arrivals and asylum seekers that it counts."""
    found = False
    for clause in note.children:
        phrases = [phrase for item in clause.children for phrase in item.children] if clause.kind == "clause" else []
        for at, phrase in enumerate(phrases):
            counted = _ARRIVALS.match(text, phrase.end + 1) if phrase.kind == "quantity" else None
            if counted is None:
                continue
            date = next((later for later in phrases[at:] if later.kind == "as_of"), None)
            as_of = read_as_of(date.text(text)) if date else _date_in(text[counted.end() : clause.end])
            end = date.end if date else counted.end()
            named = _population(counted[0]) or "other"
            entries.append(_Entry(phrase.start, end, named, read_number(phrase, text), date=as_of, cause=counted[0]))
            found = True
    if owner is not None and not found:
        owner.note = _NOTE_HEAD.sub("", text[note.start : note.end], count=1).strip()


def _date_in(words: str) -> AsOf | None:
    dated = _AS_OF.search(words)
    return read_as_of(dated[0]) if dated else None


def _persons(value: float | None, number: Number) -> int | None:
    """Return a count of people: a fraction of one is a number of millions whose unit was lost (``2.5-3.0``)."""
    if value is None:
        return None
    lost = isinstance(number.low or number.value, float) and not number.magnitude
    return round(value * 1_000_000) if lost else round(value)


def _fact(context: Context, entry: _Entry) -> DisplacedPersons:
    number = entry.number
    return context.fact(
        DisplacedPersons,
        entry.start,
        entry.end,
        entry.date,
        population=entry.population,
        count=_persons(number.low if number.high is not None else number.value, number),
        count_max=_persons(number.high, number),
        qualifier=number.qualifier,
        origin=entry.origin,
        cause=entry.cause,
        note=entry.note,
    )
