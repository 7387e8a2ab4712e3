"""One figure of displaced persons while it is read: who is counted, and what its brackets and words say."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, cast, get_args

import attrs

from factparse.core.facts import Population
from factparse.core.words import mapping, rows
from factparse.language import AsOf, Figure, exact, is_as_of, read_as_of
from factparse.language.dates import ESTIMATE
from factparse.language.plans import CELL, terminal
from factparse.vocabulary import codes_of, country_named, find_countries
from factparse.vocabulary.tables import fold

PERSONS: Final = "fields/displaced.lark"
_FEW: Final = 2  # words that may stand before the people counted: "undocumented Malians"
AROUND: Final = " ;\t\r\n\u00a0"  # what stands around a note and is no part of it


@attrs.define
class Entry:
    """A figure and what was read with it, open to change: its date may come only at the end of the list."""

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
    told: AsOf | None = None  # the date that words tell, which may be that of a cause: "displaced by floods in 2018"

    def tell(self, told: AsOf | None) -> None:
        """Take a date from the words around the figure: surely its own after ``as of``, else if no other is printed."""
        if told is not None and told.date.lower().startswith("as of"):
            self.date = self.date or told
        self.told = self.told or told

    def add_note(self, said: str | None) -> None:
        """Add to the note what a bracket, or a note behind the figure, says; nothing if it says nothing."""
        self.note = f"{self.note}; {said}" if self.note and said else said or self.note

    def add_cause(self, said: str) -> None:
        """Add to the cause what a bracket says; nothing if it says nothing."""
        self.cause = f"{self.cause}; {said}" if self.cause and said else said or self.cause


@cache
def _populations() -> tuple[tuple[re.Pattern[str], Population], ...]:
    """Return what labels and the words behind a figure call each population; the first that fits holds."""
    known = get_args(Population)
    found: dict[str, list[str]] = {}
    for row in rows("populations"):
        assert row["population"] in known  # so that the cast below is true
        found.setdefault(row["population"], []).append(re.escape(row["form"]))
    return tuple(
        (re.compile(rf"\b(?:{'|'.join(forms)})", re.IGNORECASE), cast(Population, name))
        for name, forms in found.items()
    )


@lru_cache(maxsize=256)
def population_of(words: str) -> Population | None:
    """Return which population the words of a label, or those behind a figure, name; ``None`` if none."""
    return next((name for pattern, name in _populations() if pattern.search(words)), None)


def entry_of(start: int, end: int, population: Population, figure: Figure, qualifier: str | None) -> Entry:
    """Return the entry of a figure; a range gives its low end as the count and its high end as the most."""
    low = figure.low if figure.high is not None else figure.value
    count, most = _persons(low, figure), _persons(figure.high, figure)
    return Entry(start, end, population, count, most, qualifier or figure.qualifier)


def _persons(value: float | None, figure: Figure) -> int | None:
    """Return a number of people; one with a fraction is in millions whose magnitude was lost (``2.5-3.0``)."""
    if value is None:
        return None
    # The low end decides for both, since 3.0 was read as the whole number 3.
    lost = isinstance(figure.low or figure.value, float) and not figure.scaled
    return exact(abs(round(value * 1_000_000 if lost else value)))  # a dash before people is no minus


def told_date(text: str, start: int, end: int) -> AsOf | None:
    """Return the first date that the words ``text[start:end]`` tell, or ``None``: ``as of year-end 2022``.

    >>> told = told_date("by mid-2021 there were 300 refugees", 0, 22)
    >>> told.date, told.year
    ('mid-2021', 2021)
    """
    found = terminal(PERSONS, "TOLD_DATE").search(text, start, end) if start < end else None
    return read_as_of(found["date"]) if found else None


def is_year(printed: str) -> bool:
    """Return whether a figure can be a year: counts of people have a comma, ``2,022`` or ``22,000``."""
    return len(printed) == 4 and terminal(PERSONS, "YEAR").match(printed) is not None


def read_bracket(entry: Entry, inside: str) -> None:
    """Read a bracket as the origin, of refugees if it begins with a name, and as the cause, which is all the rest.

    A date that it holds is taken out first: ``includes Kosovo; as of May 2022``. One that says ``est.`` is neither. A
    note is what says who stateless persons are or how they were counted, and what begins with a capital and is no name:
    ``Turks denied citizenship``.
    """
    if inside[:1] in ("e", "E") and terminal(CELL, "ESTIMATE").fullmatch(inside):
        entry.date = entry.date or ESTIMATE
        return
    if entry.date is None and "as of" in inside:
        inside = _dated(entry, inside)
    about_people = entry.population == "stateless" and terminal(PERSONS, "REMARK").match(inside)
    if about_people or terminal(PERSONS, "PEOPLE").fullmatch(inside):
        entry.add_note(inside)
    elif entry.population == "refugees" and entry.origin is None and inside[:1].isupper():
        _read_origin(entry, inside)
    elif not (entry.population == "refugees" and entry.origin is None and _read_crossed(entry, inside)) and inside:
        entry.add_cause(inside)


def _dated(entry: Entry, inside: str) -> str:
    """Take the date of a bracket, and return what else it holds; the dividers of the rest stay.

    A date that is no piece of its own, or opens a statement behind others (``floods; as of 2011, most were home``), may
    be that of one statement: it counts only if no other is printed.
    """
    for piece in terminal(PERSONS, "PIECE").finditer(inside):
        opens = piece.start() > 0 and inside.startswith(",", piece.end())
        if is_as_of(piece[0].strip()) and not opens:
            entry.date = read_as_of(piece[0].strip())
            return f"{inside[: piece.start()].rstrip(';, ')}{inside[piece.end() :]}".strip(";, ")
    dated = terminal(PERSONS, "DATED").search(inside)
    entry.told = entry.told or (read_as_of(dated[0]) if dated else None)
    return inside


def _read_crossed(entry: Entry, inside: str) -> bool:
    """Read a bracket that tells who came from where, ``border crossings from Chad``; return whether it is one."""
    crossed = terminal(PERSONS, "CROSSED").fullmatch(inside)
    if crossed is None or origin_code(crossed["origin"]) is None:
        return False
    entry.origin, entry.date = crossed["origin"], entry.date or entry.told
    entry.add_note(crossed["who"].strip())
    return True


def _read_origin(entry: Entry, inside: str) -> None:
    """Read a bracket that begins with a capital: a name, perhaps with its description; what is no name is a note."""
    entry.origin, rest = _parted(inside)
    if entry.origin is None:
        entry.add_note(rest)
    elif rest:
        entry.add_cause(rest)


@lru_cache(maxsize=4096)
def _parted(inside: str) -> tuple[str | None, str]:
    """Return the name that a bracket begins with, or ``None``, and the rest of it; the same few names come always."""
    end = terminal(PERSONS, "DESCRIPTION").search(inside)
    name = inside[: end.start()] if end else inside
    if terminal(PERSONS, "NAMED").fullmatch(name) is None:
        return None, inside
    return name, inside[end.end() :].strip() if end else ""


@lru_cache(maxsize=1024)
def origin_code(origin: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of where an origin is, by any name or people; ``None`` if it has none.

    >>> [origin_code(name) for name in ("Burma", "Palestinian Refugees (UNRWA)", "Somalis", "Serbia and Kosovo")]
    ['MMR', 'PSE', 'SOM', None]
    """
    name = origin.partition(" (")[0]
    found = codes_of(origin).alpha3 or _origins().get(fold(origin)) or _origins().get(fold(name))
    if found is None:
        name = name.removesuffix(" refugees")
        mention = next(find_countries(name), None)
        whole = mention is not None and (mention.start, mention.end) == (0, len(name))
        found = (mention.country.alpha3 or None) if mention is not None and whole else None
    return found


@cache
def _origins() -> dict[str, str]:
    return {fold(form): code for form, code in mapping("origins", "code").items()}


def people(text: str, end: int, population: Population | None, *, bare: bool) -> Population:
    """Return whom a figure that ends at ``end`` counts: whom the words behind it name, else the label in force.

    ``bare`` figures have no words behind them; without a label they count refugees, while words that name no population
    make it ``other``.
    """
    counted = terminal(PERSONS, "COUNTED").match(text, end + 1) if text.startswith(" ", end) else None
    if counted:
        return population_of(counted[0]) or "other"
    return population or ("refugees" if bare else "other")


def read_words(entry: Entry, words: str) -> None:
    """Read the words behind a figure as its origin if they are a country and no more, or ``from`` one.

    Its brackets were lost: ``1,040 Libya (2020)``. A people among the words is an origin too: ``undocumented Malians``.
    """
    led = terminal(PERSONS, "FROM").match(words)
    named = words[led.end() :] if led else words
    if country_named(named) is not None:
        entry.origin = named
        return
    people = next(find_countries(words), None)
    if people is not None and people.how != "name" and words.count(" ", 0, people.start) < _FEW:
        entry.origin = words[people.start : people.end]
