"""Cells all of whose items are of the commonest shape, read by one expression: nine in ten."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import attrs

from factparse.core.facts import Population
from factparse.extract.displaced.entry import (
    AROUND,
    ARRIVALS,
    Entry,
    dated,
    entry_of,
    people,
    population_of,
    read_bracket,
    read_note,
    read_words,
)
from factparse.language import AsOf, Value, is_as_of, parse, read_as_of, read_number
from factparse.language.plans import lexicon

_UNPLAIN = re.compile(r"\||(?<![a-z])[Nn]ote\s?[:\-–—]|NOTE:")  # in a note: what must be read from the tree


# What a figure is made of that is no plain number: the leaves of a quantity.
_LEAVES = re.compile(r"(?P<number>\d[\d,.]*)|(?P<magnitude>(?:tho|[mbt])[a-z]+)|(?P<range>[-–—])")


class _Plain(NamedTuple):
    """The commonest item, up to what divides it from the next: a figure and its brackets; where a section begins.

    And the head of a note, up to the end of a number of people that it begins with.
    """

    item: re.Pattern[str]
    section: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def _plain() -> _Plain:
    known = lexicon("lexical.lark").terminals
    number = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
    bracket = r"(?:\s*+(\([^()]*+(?:\((?:[^()]++|\([^()]*+\))*+\)[^()]*+)*+\)))?"
    word = rf"(?: (?!{known['NA']})[A-Za-z]++)"
    other = "|".join(known[name] for name in ("NA", "MAGNITUDE", "EST", "UNIT", "PERCENT_WORD"))
    item = (
        rf"\s*+({known['SECTION']})?\s*+(?:(?:({known['QUALIFIER']})\s++)?"
        rf"({number}(?:\s{known['MAGNITUDE']})?(?:\s*+[-–—]\s*+{number}(?:\s{known['MAGNITUDE']})?)?|[Uu]ndetermined|NA)"
        rf"(?=[\s(,;|]|$)(?P<words> (?!note|and |{other})[A-Za-z]++{word}*+"
        rf"(?:(?<= in| by) (?:19|20)\d\d)?+(?= \())?|(?=\())"
        rf"{bracket}{bracket}{bracket}{bracket}"
        rf"\s*+(?:(?P<wall>[,;|])?\s*+(?P<note>{known['NOTE']})|([,;|])|(?<=[)\s])(?=\d)|(?={known['SECTION']})|\Z)"
    )
    counted = rf"{known['NOTE']}\s*+(\d{{1,3}}(?:,\d{{3}})*+)(?= (?:estimated )?(?!{other})[a-z])"
    return _Plain(re.compile(item), re.compile(known["SECTION"]), re.compile(counted))


def plainly(text: str) -> list[Entry] | None:
    """Read a cell all of whose items are of the commonest shape, as :func:`by_tree` does; else ``None``."""
    if "“" in text or "\n" in text:
        return None
    quoted = '"' in text
    plain = _plain()
    entries: list[Entry] = []
    population: Population | None = None
    closing: AsOf | None = None
    at, end = _unquoted(text)
    undated = 0
    while at < end:
        match = plain.item.match(text, at, end)
        if match is None or (quoted and '"' in match[0]):
            return None
        label, qualifier, figure, words, *brackets, _, note, divider = match.groups()
        if label:
            population = population_of(label)
            undated = len(entries)
        if figure:
            who: Population = population or "refugees"
            if words or not (divider or brackets[0]):
                who = people(text, match.end(3), population, bare=not words)
            entry = _figure(match.start(2 if qualifier else 3), match.end(4 if words else 3), who, qualifier, figure)
            if words and who == "refugees":
                read_words(entry, words[1:])
            entries.append(entry)
            closing = None
            first = brackets[0]
            if first and not words and not brackets[1] and who == "refugees" and _is_name(first):
                entry.origin, entry.end = first[1:-1], match.end(5)
            elif first:
                closing = _read_brackets(entry, brackets)
                entry.end = match.end(4 + len(brackets) - brackets.count(None))
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
            following = plain.section.search(text, at, end) if text.find(":", at, end) > 0 else None
            stop = following.start() if following else end
            if not figure or not _is_plain_note(text[at:stop], match["wall"] or brackets[0]):
                return None
            _read_plain_note(text, match.start("note"), at, stop, entries)
            closing, at = None, stop
        if note or divider == "|":
            undated = len(entries)
    if end < len(text):
        if not entries or note or divider or not figure:
            return None
        entries[-1].end = len(text)  # for the tree a last quote belongs to what stands before it
        closing = None
    return dated(entries, closing)


def _unquoted(text: str) -> tuple[int, int]:
    """Return the range of ``text`` within the quotes that a table put round it; one of them may be lost."""
    end = len(text)
    if not text.startswith('"'):
        return 0, end
    close = text.find('"', 1)
    if close < 0:
        return 1, end
    return (1, close) if close == end - 1 > 1 else (0, end)


def _is_name(bracket: str) -> bool:
    """Whether a bracket is a name of one word, which needs no further look."""
    return bracket[1].isupper() and bracket[1:-1].isalpha()


def _is_plain_note(said: str, before: str | None) -> bool:
    """Whether a note behind a bracket or divider says something, and no more than the tree would take for it."""
    return (
        before is not None
        and before != "|"
        and bool(said.strip(AROUND))
        and said.count("(") == said.count(")")
        and said.count('"') % 2 == 0
        and not (("|" in said or "ote" in said or "NOTE" in said) and _UNPLAIN.search(said))
    )


def _read_plain_note(text: str, start: int, head: int, end: int, entries: list[Entry]) -> None:
    """Read the note ``text[start:end]``, whose words begin at ``head``; it belongs to the last entry.

    If it counts people who arrive or seek asylum, these are entries of their own.
    """
    said = text[head:end]
    if "arrivals" not in said and "asylum seekers" not in said:
        entries[-1].note = said.strip(AROUND)
        return
    arrived = _arrived(text, start, end)
    if arrived is not None:
        entries.append(arrived)
        return
    note = text[start:end]
    found: list[Entry] = []
    for part in parse(note).find("note"):
        if part.children:
            read_note(part, note, found, entries[-1])
    for arrived in found:
        arrived.start += start
        arrived.end += start
    entries += found


def _arrived(text: str, start: int, end: int) -> Entry | None:
    """Return the entry of a note that is a number, who they are, and a date; else ``None``."""
    number = _plain().counted.match(text, start, end)
    counted = ARRIVALS.match(text, number.end() + 1, end) if number else None
    if number is None or counted is None or not counted[0].replace(" ", "").isalpha():
        return None
    behind = text[counted.end() : end]
    date = _date(behind[1:]) if behind.startswith(" (") and behind.endswith(")") and behind.count(")") == 1 else None
    if date is None:
        return None
    who = population_of(counted[0]) or "other"
    count = int(number[1].replace(",", ""))
    return Entry(number.start(1), end, who, count, None, None, None, counted[0], date)


def _read_brackets(entry: Entry, brackets: Sequence[str | None]) -> AsOf | None:
    """Read the brackets behind a figure; return its date if one of them closes the item."""
    closing = None
    for bracket in brackets:
        if bracket is None:
            break
        # A date has a year: of this millennium or of the one before, or a fiscal one.
        closing = _date(bracket) if "2" in bracket or "1" in bracket or "FY" in bracket else None
        if closing is None:
            read_bracket(entry, bracket[1:-1].strip())
        else:
            entry.date = closing = entry.date or closing
    return closing


def _figure(start: int, end: int, population: Population, qualifier: str | None, figure: str) -> Entry:
    digits = figure.replace(",", "")
    if digits.isdecimal():
        return Entry(start, end, population, int(digits), None, qualifier)
    leaves = tuple(Value(token.lastgroup or "", *token.span()) for token in _LEAVES.finditer(figure))
    number = read_number(Value("quantity", 0, len(figure), leaves), figure)
    return entry_of(start, end, population, attrs.evolve(number, qualifier=qualifier))


@lru_cache(maxsize=4096)
def _date(bracket: str) -> AsOf | None:
    """Return the date that a bracket is, or ``None`` if it is another."""
    return read_as_of(bracket) if is_as_of(bracket[1:-1]) else None
