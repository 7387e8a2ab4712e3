"""Faults of what a figure belongs to: kinds A of the list. The figure is right; its label, date or rank is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from factparse.core.facts import Coordinates, Item, Quantity, Share, TextValue
from factparse.core.words import forms
from tools.scanning.cells import Cell, Figure, holds
from tools.scanning.detector import Detectors

belonging: Final = Detectors()

# Words before a colon, and a figure behind it.
_LABEL: Final = re.compile(
    r"(?P<label>[A-Za-z][^\n:;|\d]{0,60}?)\s?:\s{0,2}(?:about |approximately )?(?P<digit>[$€-]?\d)"
    r"(?!\d?[.)]\s[A-Za-z])"  # the number of a list: the system includes: 1. a treaty
)
_SIBLINGS: Final = frozenset({"male", "female", "urban", "rural"})


_SENTENCES: Final = frozenset({"told", "events", "telecom", "elections", "suffrage", "strengths"})


@belonging("A2", "a label before a figure is in no path")
def labels_without_path(cell: Cell) -> Iterator[str]:
    for found in _LABEL.finditer(cell.text):
        fact = cell.at(found.end() - 1)
        if fact is None:
            continue
        last = found["label"].rsplit(None, 1)[-1].strip("()").lower()
        # In a sentence a figure is of what the words before its colon name; a rate has them as its unit.
        named = isinstance(fact, Quantity) and cell.shape in _SENTENCES
        own = fact.name if isinstance(fact, Share) else fact.of if named else fact.unit if cell.shape == "rates" else ""
        # "note 2:" and the years of a table's lines are labels too, and are not the last word before the colon.
        if last and not any(last in one.lower() for one in (*fact.path, own or "")) and not _broken_down(cell, found):
            yield cell.near(found.start())


def _broken_down(cell: Cell, label: re.Match[str]) -> bool:
    """Tell whether a sentence goes on with parts of the figure before the colon: ``44 nations: 27 voting``."""
    whole, part = cell.at(label.end("label") - 1), cell.at(label.end() - 1)
    if cell.shape not in _SENTENCES or whole is part:
        return False
    values = [getattr(fact, "value", None) for fact in (whole, part)]
    return all(isinstance(value, int | float) for value in values) and (values[0] or 0) >= (values[1] or 0)


_SPAN_BEFORE: Final = re.compile(
    r"(?P<name>[^\d;:\n()]{4,80}) \((?P<date>(?:FY ?)?\d\d(?:\d\d)?[-/]\d\d(?:\d\d)?)\),? ?-*\s?\$?(?P<digit>\d)"
)


@belonging("A3", "a period printed before its figure is not the figure's")
def period_before(cell: Cell) -> Iterator[str]:
    for found in _SPAN_BEFORE.finditer(cell.text):
        fact = cell.at(found.start("digit"))
        if fact is not None and fact.date != found["date"]:
            yield cell.near(found.start())


@belonging("A4", "a date reaches back over another label")
def date_too_far(cell: Cell) -> Iterator[str]:
    dates = [date for fact in cell.facts if isinstance(date := getattr(fact, "date", None), str)]
    if len(dates) < 2 or len(set(dates)) < 2:
        return
    apart: tuple[str, ...] | None = None  # the path of a figure that is dated by itself
    borrowed = 0
    facts = [fact for fact in cell.facts if isinstance(fact, Quantity | Share | Item)]
    for fact, behind in pairwise(facts):
        own = fact.date is not None and fact.date in fact.text
        if own and not borrowed and fact.path:
            apart = fact.path
        borrowed = 0 if own else borrowed + 1
        if own or not fact.date or not fact.path or not apart or _SIBLINGS & set(fact.path[-1].lower().split()):
            continue
        # A date that closes what stands under a label is that of all of it.
        if behind.path[:1] == fact.path[:1]:
            continue
        if apart != fact.path and behind.path != fact.path and behind.date == fact.date and behind.date in behind.text:
            yield f"{fact.text} dated {fact.date}"


# Behind a number stands the NA of a rank that is not known: 18.4% NA (2015).
_NO_VALUE_DATED: Final = re.compile(r"(?<!\d )(?<!% )(?<!illion )\bNA \((?P<date>(?:19|20)\d\d[^()]{0,12})\)")
_YEAR_END: Final = re.compile(
    r"\((?:year-?end|end of|end-?|mid-?year|late|early)\s?-?(?P<year>(?:19|20)\d\d)[^()\d]{0,8}\)"
)


@belonging("A5", "NA with a date is no figure of that date; the end of a year is no date")
def dated_nothing(cell: Cell) -> Iterator[str]:
    if cell.shape == "prose":
        return
    for found in _NO_VALUE_DATED.finditer(cell.text):
        fact = cell.at(found.start())
        if fact is None or getattr(fact, "value", None) is not None or fact.date != found["date"]:
            yield cell.near(found.start())
    for found in _YEAR_END.finditer(cell.text):
        fact = cell.at(found.start())
        if fact is not None and fact.year != int(found["year"]):
            yield cell.near(found.start())


_CAPITAL_LABEL: Final = re.compile(r"(?<![A-Za-z])(?P<label>[A-Z][A-Za-z]+(?: [A-Za-z]+){1,4})\s?:\s")
_WORDS: Final = frozenset(form.lower() for form in forms("sublabels") if " " in form)


@belonging("A6", "a label in other capitals stands inside a text")
def label_in_text(cell: Cell) -> Iterator[str]:
    if cell.shape == "prose":
        return
    for fact in cell.texts:
        for found in _CAPITAL_LABEL.finditer(fact.value):
            if found["label"].lower() in _WORDS:
                yield found[0]


_NONE: Final = re.compile(r"none \(", re.IGNORECASE)
_NONE_AS_OF: Final = re.compile(r"none \((?:as of )?[^()]{0,12}(?:19|20)\d\d(?: est\.)?\)", re.IGNORECASE)


@belonging("A7", "what there is none of has the date of a treaty")
def none_with_date(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        dated = isinstance(fact, Quantity | Item | TextValue) and fact.year and _NONE.match(fact.text)
        if dated and not _NONE_AS_OF.match(fact.text):
            yield fact.text


@belonging("A8", "coordinates of several places under one path")
def places_of_one_path(cell: Cell) -> Iterator[str]:
    paths = [fact.path for fact in cell.facts if isinstance(fact, Coordinates)]
    if len(set(paths)) < len(paths):
        yield cell.near(0)


_COMMA_LABEL: Final = re.compile(r"(?:^|\n)\s*(?P<label>[A-Za-z][^:;\d\n()]*,[^:;\d\n()]*):\s*[$€]?(?P<digit>\d)")


@belonging("A9", "a label with commas is not the whole path")
def label_with_commas(cell: Cell) -> Iterator[str]:
    for found in _COMMA_LABEL.finditer(cell.text):
        fact = cell.at(found.start("digit"))
        if fact is not None and " ".join(found["label"].split()) not in fact.path:
            yield cell.near(found.start("label"))


@belonging("A10", "a label inside the name of an entry")
def label_in_name(cell: Cell) -> Iterator[str]:
    # World Heritage sites and geoparks have names with colons.
    for fact in cell.facts if cell.field not in {"National heritage", "Geoparks"} else ():
        if isinstance(fact, Item) and re.search(r"[A-Za-z)]\s?: ", fact.name):
            yield fact.name


@belonging("A11", "the text of a figure has half a bracket, though the cell has none")
def half_bracket(cell: Cell) -> Iterator[str]:
    if cell.text.count("(") != cell.text.count(")"):
        return
    yield from (fact.text for fact in cell.figures if fact.text.count("(") != fact.text.count(")"))


_PART_OF: Final = re.compile(
    r"accounts? for (?:about |over |nearly |an estimated )?(?P<digit>\d[\d.]*)(?:%| percent) of "
    r"(?:the |all |its |total )*(?P<of>\w+)"
)


@belonging("A12", "what a figure is a part of is not its `of`")
def part_of_what(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        # A share has no field for it: docs/facts.md says that its note holds what it is a part of.
        whole = isinstance(fact, Quantity) and re.match(r"of (?!wh(?:ich|om)\b)(?:the )?[A-Za-z]", fact.note or "")
        if whole and not getattr(fact, "of", None):
            yield f"{fact.text} -> note {fact.note}"
    for found in _PART_OF.finditer(cell.text) if cell.shape != "prose" else ():
        share = cell.at(found.start("digit"))
        # A note stays a text.
        if share is None and any(holds(text, found.start("digit")) for text in cell.texts if "note" in text.path):
            continue
        if share is None or not (getattr(share, "of", None) or "").startswith(found["of"]):
            yield cell.near(found.start())


@belonging("A13", "a remark is taken for what is counted")
def remark_as_of(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        if isinstance(fact, Quantity) and re.match(
            r"(?:or|and|to|from|until|including|which|but|excluding)\b", fact.of or ""
        ):
            yield f"{fact.text} -> of {fact.of}"


_BRACKETED_NEIGHBOUR: Final = re.compile(
    r"(?P<name>[A-Z][\w']+(?: [A-Z][\w']+)*) \((?P<note>[A-Z][^()\d]+)\) (?P<digit>\d[\d.,]*) km"
)


@belonging("A14", "a neighbour with a bracket behind its name is lost")
def neighbour_with_bracket(cell: Cell) -> Iterator[str]:
    if cell.field != "Land boundaries":
        return
    for found in _BRACKETED_NEIGHBOUR.finditer(cell.text):
        fact = cell.at(found.start("digit"))
        if fact is not None and found["name"] not in (getattr(fact, "of", None) or "", *fact.path):
            yield cell.near(found.start())


_LISTED_NAME: Final = re.compile(r"(?<![\d,.])(?P<digit>\d{1,4}) (?P<word>[a-z]+), [a-z]+,? and [a-z]+")


@belonging("A15", "of a name with commas only its first word is kept")
def first_word_of_name(cell: Cell) -> Iterator[str]:
    for found in _LISTED_NAME.finditer(cell.text) if cell.shape == "figures" else ():
        fact = cell.at(found.start("digit"))
        if isinstance(fact, Quantity) and found["word"] in (fact.unit, fact.of):
            yield cell.near(found.start())


_ADJECTIVES: Final = frozenset({"traditional", "high-speed", "digital", "analog", "narrow", "broad", "standard"})
_TWO: Final = re.compile(r"(?<![\d/])(?P<digit>\d+)/\d+ (?:nm|NM|m|km)\b")


@belonging(
    "A16", "an adjective is taken for a unit, a qualifier for a label, the far figure's unit is not the near one's"
)
def adjective_as_unit(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        unit = fact.unit if isinstance(fact, Quantity) else None
        if unit and (unit in _ADJECTIVES or re.fullmatch(r"[a-z]+(?:ified|ated|ized)", unit)):
            yield f"{fact.text} -> unit {unit}"
        if any(label.lower() in {"est.", "est", "about", "approximately"} for label in fact.path):
            yield f"{fact.text} -> path {fact.path}"
    for found in _TWO.finditer(cell.text) if cell.field == "Maritime claims" else ():
        near = cell.at(found.start())
        if isinstance(near, Quantity) and near.unit is None:
            yield cell.near(found.start())


_SMALL: Final = re.compile(r"(?:^(?:on|and|in) )|(?: (?:and|on|the|of|in|includes)$)|^(?:the|of|on|and|in|includes)$")


@belonging("A17", "a path or name begins or ends with a word that only joins")
def joining_words(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        own = fact.name if isinstance(fact, Share) else fact.of
        for word in (*fact.path, own or ""):
            if _SMALL.search(word) and f"{word}:" not in cell.text:  # as printed before a colon: on food: 5%
                yield f"{fact.text} -> {word}"


_YEAR: Final = range(1850, 2101)
_MONTHS: Final = "|".join(forms("months"))


@belonging("A18", "a year is taken for a count")
def year_as_count(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        if isinstance(fact, Quantity):
            value, unit = fact.value, fact.unit
        else:
            value, unit = getattr(fact, "count", None), None
        if (
            value in _YEAR
            and unit in {None, "years", "year"}
            and re.search(rf"(?:\b(?:in|of|since|by|{_MONTHS}) |^){value}(?! ?[a-z%])", fact.text)
        ):
            yield fact.text


def headline(figures: tuple[Figure, ...]) -> list[Figure]:
    """Return the figures that a world rank may belong to: the total, or the first and the newest of its series."""
    total = [fact for fact in figures if fact.path and fact.path[-1].lower().startswith("total")]
    first = total[0] if total else figures[0]
    series = [
        fact for fact in figures if fact.path == first.path and getattr(fact, "of", None) == getattr(first, "of", None)
    ]
    newest = max(fact.year or 0 for fact in series)
    return [first, *(fact for fact in series if fact.year == newest)]
