"""A figure of displaced persons as it is read: who is counted, what its brackets and notes say."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from factparse.core.facts import Population
from factparse.language import AsOf, Number, Value, is_as_of, read_as_of, read_number
from factparse.vocabulary import country_named

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
_FROM = re.compile(r"(?:refugees |people |persons )?from (?:the )?")
ARRIVALS = re.compile(r"(?:[^\W\d_][\w'-]*+ ){0,5}?(?:arrivals|asylum seekers)\b")
_AS_OF = re.compile(r"\bas of ((?:[\w-]+ ){0,2}(?:19|20)\d\d)\b")
_DESCRIPTION = re.compile(r"\s*;|\s+[-–—]\s+(?=[a-z])|,\s+(?=[a-z])")
AROUND = " ;\t\r\n\u00a0"  # what stands around a note and is no part of it
_NOTE_HEAD = re.compile(r"note\s?[:\-–—]\s*", re.IGNORECASE)


@attrs.define
class Entry:
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


@lru_cache(maxsize=256)
def population_of(words: str) -> Population | None:
    """Return which population the words of a label or behind a figure name, if any."""
    return next((name for pattern, name in _POPULATIONS if pattern.search(words)), None)


def entry_of(start: int, end: int, population: Population, number: Number) -> Entry:
    """Return the entry of a figure; a range is a count and the most it may be."""
    low = number.low if number.high is not None else number.value
    return Entry(start, end, population, _persons(low, number), _persons(number.high, number), number.qualifier)


def _persons(value: float | None, number: Number) -> int | None:
    """Return a count of people: a fraction of one is a number of millions whose unit was lost (``2.5-3.0``)."""
    if value is None:
        return None
    lost = isinstance(number.low or number.value, float) and not number.magnitude
    return round(value * 1_000_000) if lost else round(value)


def dated(entries: list[Entry], last: AsOf | None) -> list[Entry]:
    """Give the date that closes the cell to the entries that have none."""
    if last is not None:
        for entry in entries:
            entry.date = entry.date or last
    return entries


def read_bracket(entry: Entry, inside: str) -> None:
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


def read_note(note: Value, text: str, entries: list[Entry], owner: Entry | None) -> None:
    """Keep a note with the figure before it, and read the arrivals and asylum seekers that it counts."""
    found = False
    for clause in note.children:
        phrases = [phrase for item in clause.children for phrase in item.children] if clause.kind == "clause" else []
        for at, phrase in enumerate(phrases):
            counted = ARRIVALS.match(text, phrase.end + 1) if phrase.kind == "quantity" else None
            if counted is None:
                continue
            date = next((later for later in phrases[at:] if later.kind == "as_of"), None)
            as_of = read_as_of(date.text(text)) if date else _date_in(text[counted.end() : clause.end])
            end = date.end if date else counted.end()
            named = population_of(counted[0]) or "other"
            arrived = entry_of(phrase.start, end, named, read_number(phrase, text))
            arrived.date, arrived.cause = as_of, counted[0]
            entries.append(arrived)
            found = True
    if owner is not None and not found:
        owner.note = said_in(note, text)


def said_in(note: Value, text: str) -> str | None:
    """Return what a note says without its head, or ``None`` if that is nothing."""
    return _NOTE_HEAD.sub("", text[note.start : note.end], count=1).strip(AROUND) or None


def _date_in(words: str) -> AsOf | None:
    dated = _AS_OF.search(words)
    return read_as_of(dated[0]) if dated else None


def people(text: str, end: int, population: Population | None, *, bare: bool) -> Population:
    """Return whom a figure that ends at ``end`` counts: whom the words behind it name, else the label in force.

    ``bare`` figures have no words behind them; without a label these are refugees.
    """
    counted = _COUNTED.match(text, end + 1) if text.startswith(" ", end) else None
    if counted:
        return population_of(counted[0]) or "other"
    return population or ("refugees" if bare else "other")


def read_words(entry: Entry, words: str) -> None:
    """Take for the origin a country whose brackets were lost, if the words name nothing else, or say ``from`` it."""
    led = _FROM.match(words)
    named = words[led.end() :] if led else words
    if country_named(named) is not None:
        entry.origin = named
