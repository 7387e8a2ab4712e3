"""Displaced and stateless persons: every figure with its population, origin, cause and date.

``grammars/fields/displaced.lark`` says what belongs to a figure; this module reads the pieces. A figure's date is the
bracket behind it; else the next one in the same list, since the Factbook prints one date a run of origins; else the one
that closes the whole entry, as editions up to 2011 do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import attrs

from factparse.extract.context import Context
from factparse.facts import DisplacedPersons, Population
from factparse.values import AsOf, Number, Value, is_as_of, parse, read_as_of, read_number
from factparse.values.shapes import Plan, lexicon, shapes
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
# A label of the next section is not what a figure counts.
_COUNTED = re.compile(
    r"(?:[^\W\d_][\w'-]*+ ){0,2}?(?:refugees\b(?! and)|asylum seekers|IDP'?s|stateless)"
    r"(?!(?: persons?)?\s?:| \(countr)"
)
_ARRIVALS = re.compile(r"(?:[^\W\d_][\w'-]*+ ){0,5}?(?:arrivals|asylum seekers)\b")
_YEAR_IN_PROSE = re.compile(r"\b(?:in|since|of|by|from|during|until|after|before|between|year|[A-Z][a-z]{2,8})$")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*\d\d(?:\d\d)?)?")
_AND = re.compile(r"\band\s*$")
_AS_OF = re.compile(r"\bas of ((?:[\w-]+ ){0,2}(?:19|20)\d\d)\b")
_DESCRIPTION = re.compile(r"\s*;|\s+[-–—]\s+(?=[a-z])|,\s+(?=[a-z])")
_UNPLAIN = re.compile(r"\||[Nn]ote\s?[:\-–—]")  # in a note: what must be read from the tree
_AROUND = " ;\t\r\n\u00a0"  # what stands around a note and is no part of it
_NOTE_HEAD = re.compile(r"note\s?[:\-–—]\s*", re.IGNORECASE)


@attrs.define
class _Entry:
    """A figure and what was read with it; dates are settled once the whole list is known."""

    start: int
    end: int
    population: Population
    count: int | None
    count_max: int | None
    qualifier: str | None
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
    entries = _plainly(context.text)
    if entries is None:
        entries = _by_tree(context.text)
    return tuple([_fact(context, entry) for entry in entries])


class _Plain(NamedTuple):
    """The commonest item, up to what divides it from the next: a figure and its brackets; where a section begins."""

    item: re.Pattern[str]
    section: re.Pattern[str]


@cache
def _plain() -> _Plain:
    known = lexicon("lexical.lark").terminals
    number = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
    bracket = r"(?:\s*+(\([^()]*+(?:\((?:[^()]++|\([^()]*+\))*+\)[^()]*+)*+\)))?"
    item = (
        rf"\s*+({known['SECTION']})?\s*+(?:(?:({known['QUALIFIER']})\s++)?"
        rf"({number}(?:\s{known['MAGNITUDE']})?(?:\s*+[-–—]\s*+{number}(?:\s{known['MAGNITUDE']})?)?|[Uu]ndetermined|NA)"
        rf"(?=[\s(,;|]|$)|(?=\()){bracket}{bracket}{bracket}{bracket}"
        rf"\s*+(?:(?P<wall>[,;|])?\s*+(?P<note>{known['NOTE']})|([,;|])|(?<=[)\s])(?=\d)|(?={known['SECTION']})|\Z)"
    )
    return _Plain(re.compile(item), re.compile(known["SECTION"]))


def _plainly(text: str) -> list[_Entry] | None:
    """Read a cell all of whose items are of the commonest shape, as :func:`_by_tree` does; else ``None``."""
    if '"' in text or "“" in text or "\n" in text:
        return None
    plain = _plain()
    entries: list[_Entry] = []
    population: Population | None = None
    closing: AsOf | None = None
    at, end, undated = 0, len(text), 0
    while at < end:
        match = plain.item.match(text, at)
        if match is None:
            return None
        label, qualifier, figure, *brackets, _, note, divider = match.groups()
        if label:
            population = _population(label)
            undated = len(entries)
        if figure:
            start = match.start(2 if qualifier else 3)
            entry = _figure(start, match.end(3), population or "refugees", qualifier, figure)
            entries.append(entry)
            closing = _read_brackets(entry, brackets)
            if brackets[0]:
                entry.end = match.end(3 + len(brackets) - brackets.count(None))
            date = entry.date
        else:
            date = closing = _date(brackets[0]) if brackets[0] and not brackets[1] else None
            if date is None:
                return None
        if date is not None:
            for waiting in entries[undated:]:
                waiting.date = waiting.date or date
            undated = len(entries)
        at = match.end()
        if note:
            following = plain.section.search(text, at)
            stop = following.start() if following else end
            said = text[at:stop]
            if not _is_plain_note(said, match["wall"] or brackets[0]) or not figure:
                return None
            if "arrivals" in said or "asylum seekers" in said:
                _read_plain_note(text, match.start("note"), stop, entries)
            else:
                entry.note = said.strip(_AROUND)
            closing, at = None, stop
        if note or divider == "|":
            undated = len(entries)
    return _dated(entries, closing)


def _is_plain_note(said: str, before: str | None) -> bool:
    """Whether a note behind a bracket or divider says something, and no more than the tree would take for it."""
    return (
        before is not None
        and before != "|"
        and bool(said.strip(_AROUND))
        and said.count("(") == said.count(")")
        and _UNPLAIN.search(said) is None
    )


def _read_plain_note(text: str, start: int, end: int, entries: list[_Entry]) -> None:
    """Read the note ``text[start:end]``, which may count arrivals, and belongs to the last entry."""
    note = text[start:end]
    found: list[_Entry] = []
    for part in parse(note).find("note"):
        if part.children:
            _read_note(part, note, found, entries[-1])
    for arrived in found:
        arrived.start += start
        arrived.end += start
    entries += found


def _read_brackets(entry: _Entry, brackets: Sequence[str | None]) -> AsOf | None:
    """Read the brackets behind a figure; return its date if one of them closes the item."""
    closing = None
    for bracket in brackets:
        if bracket is None:
            break
        closing = _date(bracket)
        if closing is None:
            _read_bracket(entry, bracket[1:-1].strip())
        else:
            entry.date = closing = entry.date or closing
    return closing


def _figure(start: int, end: int, population: Population, qualifier: str | None, figure: str) -> _Entry:
    digits = figure.replace(",", "")
    if digits.isdecimal():
        return _Entry(start, end, population, int(digits), None, qualifier)
    printed = f"{qualifier} {figure}" if qualifier else figure
    return _counted(start, end, population, read_number(next(parse(printed).find("quantity", "missing")), printed))


def _counted(start: int, end: int, population: Population, number: Number) -> _Entry:
    """Return the entry of a figure; a range is a count and the most it may be."""
    low = number.low if number.high is not None else number.value
    return _Entry(start, end, population, _persons(low, number), _persons(number.high, number), number.qualifier)


@lru_cache(maxsize=4096)
def _date(bracket: str) -> AsOf | None:
    """Return the date that a bracket is, or ``None`` if it is another."""
    return read_as_of(bracket) if is_as_of(bracket[1:-1]) else None


def _dated(entries: list[_Entry], last: AsOf | None) -> list[_Entry]:
    """Give the date that closes the cell to the entries that have none."""
    if last is not None:
        for entry in entries:
            entry.date = entry.date or last
    return entries


def _by_tree(text: str) -> list[_Entry]:
    """Read a cell of any shape from its value tree."""
    entries: list[_Entry] = []
    population: Population | None = None
    last_date: AsOf | None = None
    for part in parse(text, shallow=True).children:
        if part.kind != "part":
            continue
        label = part.child("label")
        if label is not None:
            population = _population(label.text(text)) or population
        last_date = _read_part(part, text, population, entries)
    return _dated(entries, last_date)


@lru_cache(maxsize=256)
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
    counted = _COUNTED.match(text, figure.end + 1) if text.startswith(" ", figure.end) else None
    bare = at + 1 == len(nodes) or nodes[at + 1].kind != "words"
    named = _population(counted[0]) if counted else population or ("refugees" if bare else "other")
    entry = _counted(figure.start, nodes[-1].end, named or "other", read_number(figure, text))
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
    if entry.date is None and "as of" in inside:
        dated = _AS_OF.search(inside)
        if dated is not None:
            entry.date = read_as_of(dated[0])
            inside = ";".join(piece for piece in re.split("[;,]", inside) if not is_as_of(piece.strip())).strip()
    if entry.population == "refugees" and entry.origin is None and inside[:1].isupper():
        end = None if inside.replace(" ", "").isalpha() else _DESCRIPTION.search(inside)
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
            arrived = _counted(phrase.start, end, named, read_number(phrase, text))
            arrived.date, arrived.cause = as_of, counted[0]
            entries.append(arrived)
            found = True
    if owner is not None and not found:
        owner.note = _NOTE_HEAD.sub("", text[note.start : note.end], count=1).strip(_AROUND) or None


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
    return context.fact(
        DisplacedPersons,
        entry.start,
        entry.end,
        entry.date,
        population=entry.population,
        count=entry.count,
        count_max=entry.count_max,
        qualifier=entry.qualifier,
        origin=entry.origin,
        cause=entry.cause,
        note=entry.note,
    )
