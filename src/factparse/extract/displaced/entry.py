"""One figure of displaced persons while it is read: who is counted, and what its brackets and words say."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, cast, get_args

import attrs

from factparse.core.facts import Population
from factparse.core.words import rows
from factparse.language import AsOf, Figure, exact, is_as_of, read_as_of
from factparse.language.dates import ESTIMATE
from factparse.language.plans import CELL, terminal
from factparse.vocabulary import country_named

PERSONS: Final = "fields/displaced.lark"
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


def read_bracket(entry: Entry, inside: str) -> None:
    """Read a bracket as the origin, of refugees if it begins with a capital, and as the cause, which is all the rest.

    A date that it holds is taken out first: ``includes Kosovo; as of May 2022``. One that says ``est.`` is neither.
    """
    if inside[:1] in ("e", "E") and terminal(CELL, "ESTIMATE").fullmatch(inside):
        entry.date = entry.date or ESTIMATE
        return
    if entry.date is None and "as of" in inside:
        dated = terminal(PERSONS, "DATED").search(inside)
        if dated is not None:
            entry.date = read_as_of(dated[0])
            inside = ";".join(piece for piece in re.split("[;,]", inside) if not is_as_of(piece.strip())).strip()
    if entry.population == "refugees" and entry.origin is None and inside[:1].isupper():
        # Letters and spaces alone are a name without a description, as most are: no pattern is tried.
        end = None if inside.replace(" ", "").isalpha() else terminal(PERSONS, "DESCRIPTION").search(inside)
        entry.origin = inside[: end.start()] if end else inside
        inside = inside[end.end() :].strip() if end else ""
    if inside:
        entry.cause = f"{entry.cause}; {inside}" if entry.cause else inside


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

    Its brackets were lost: ``1,040 Libya (2020)``.
    """
    led = terminal(PERSONS, "FROM").match(words)
    named = words[led.end() :] if led else words
    if country_named(named) is not None:
        entry.origin = named
