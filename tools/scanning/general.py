"""Faults of any field: digits in no fact, names and paths that hold what they should not, facts said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from factparse.core.facts import AnyFact, DisputeClause, Item, Quantity, Share, TextValue
from factparse.core.words import forms
from factparse.extract.figures.extractor import cell_parts
from tools.scanning.cells import Cell
from tools.scanning.detector import Detectors

general: Final = Detectors()

_DIGITS: Final = re.compile(r"\d[\d,.]*")


def owners(cell: Cell) -> bytearray:
    """Return for each character whose it is: 0 nobody's, 1 a text's, 2 another fact's or a text's date, 3 a label's."""
    found = bytearray(len(cell.text))
    for fact in cell.facts:
        owner = 1 if isinstance(fact, TextValue) else 2
        for start, end in zip(fact.span[::2], fact.span[1::2], strict=True):
            for at in range(start, end):
                found[at] = max(found[at], owner)
        if isinstance(fact, TextValue) and fact.date:
            for said in _DIGITS.findall(fact.date):
                at = cell.text.find(said, fact.span[0], fact.span[1])
                found[at : at + len(said)] = b"\2" * len(said)
    for part in cell_parts(cell.shape, cell.text):
        found[part.head : part.start] = b"\3" * (part.start - part.head)
    return found


@general("digits", "digits in no fact")
def digits_in_no_fact(cell: Cell) -> Iterator[str]:
    if not any(map(str.isdecimal, cell.text)):
        return
    whose = owners(cell)
    for found in _DIGITS.finditer(cell.text):
        if not max(whose[found.start() : found.end()]):
            yield cell.near(found.start())


@general("unit", "a unit, or what is counted, holds a figure or half a bracket")
def digit_in_unit(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        unit = fact.unit if isinstance(fact, Quantity) else None
        of = fact.of if isinstance(fact, Quantity) else fact.name
        rate = re.search(r"(?:/|\bper )[\d,]+|km2|m3|CO2|PM2\.5|US ?\$1", unit or "")
        if unit and ((re.search(r"\d", unit) and not rate) or _half(unit)):
            yield f"{fact.text[:80]} -> unit {unit}"
        # A party may have a year in its name: Bloc 2001, D'66.
        counted = re.search(r"(?<![\w'’-])\d[\d,.]*$", of or "") and not re.search(r"[A-Za-z] (?:19|20)\d\d$", of or "")
        if of and (_half(of) or counted):
            yield f"{fact.text[:80]} -> of {of}"


_LABELS: Final = frozenset(forms("sublabels"))
# Digits that a label may have: ages, lengths, years, the number of a note, the tenths of households, particles.
_BAND: Final = re.compile(
    r"years|\b(?:19|20)\d\d\b|\bages? |(?:lowest|highest) 10%|\d m\b|over \d|under \d"
    r"|\(\d+\)$|[A-Z]+\d|[Nn]ote \d"
)


@general("path", "a path holds a figure or half a bracket")
def digit_in_path(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        for label in fact.path:
            if _half(label) or (re.search(r"\d", label) and label not in _LABELS and not _BAND.search(label)):
                yield f"{fact.text[:80]} -> path {label}"


def _half(words: str) -> bool:
    return words.count("(") != words.count(")") or words.count("[") != words.count("]")


@general("half", "the text of a fact has half a bracket, though the cell has none")
def half_text(cell: Cell) -> Iterator[str]:
    if not _half(cell.text):
        yield from (
            fact.text[:100] for fact in cell.facts if not isinstance(fact, Quantity | Share) and _half(fact.text)
        )


@general("twice", "one fact twice")
def repeated(cell: Cell) -> Iterator[str]:
    seen: set[tuple[object, ...]] = set()
    for fact in cell.facts:
        if isinstance(fact, DisputeClause | TextValue):
            continue
        key = _said(fact)
        if key in seen:
            yield fact.text[:80]
        seen.add(key)


def _said(fact: AnyFact) -> tuple[object, ...]:
    names = (
        "path",
        "name",
        "value",
        "percent",
        "low",
        "high",
        "unit",
        "of",
        "date",
        "note",
        "role",
        "population",
        "count",
        "origin",
    )
    return (type(fact), *(getattr(fact, name, None) for name in names))


_PUNCTUATED: Final = re.compile(r"^[,;:.)\]}/–—-]|[,;:(\[{/–—-]$|^[(\[]+[^()\[\]]*$")


@general("name", "a name begins or ends with punctuation")
def punctuated_name(cell: Cell) -> Iterator[str]:
    for fact in cell.names if cell.field != "Credit ratings" else ():  # AA-
        if _PUNCTUATED.search(fact.name):
            yield fact.name[:80]


@general("of", "what is counted begins or ends with punctuation")
def punctuated_of(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        if isinstance(fact, Quantity) and fact.of and _PUNCTUATED.search(fact.of):
            yield f"{fact.text[:80]} -> of {fact.of}"


@general("labels", "a label inside a name, or inside what is counted")
def label_in_words(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        own = fact.of if isinstance(fact, Quantity) else fact.name
        for word in (own, fact.note if isinstance(fact, Item) else None, getattr(fact, "unit", None)):
            if word and re.search(r"[a-z)]\s?: |[a-z]:$", word):
                yield f"{fact.text[:80]} -> {word}"


@general("date", "a date that stands left of another figure belongs to a later one")
def date_left_of_figure(cell: Cell) -> Iterator[str]:
    # An election is dated before its results: last held 3 May 1992; results - A 40%.
    if len(cell.figures) < 2 or cell.shape in {"elections", "suffrage"}:
        return
    for before, fact in pairwise(cell.figures):
        if not fact.date or fact.date in fact.text or fact.date not in before.text or before.date == fact.date:
            continue
        # The date's only place is inside the text of the figure before it: it does not close this one's own list.
        own = (each.span[-1] for each in cell.facts if getattr(each, "path", ())[:1] == fact.path[:1])
        if cell.text.find(fact.date, fact.span[0], max(own) + len(fact.date) + 2) < 0:
            yield f"{fact.text[:80]} dated {fact.date}"
