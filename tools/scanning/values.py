"""Faults of the value, its unit or its date: kinds B of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from factparse.core.facts import Item, Quantity
from factparse.core.words import forms
from tools.scanning.cells import Cell
from tools.scanning.detector import Detectors

values: Final = Detectors()

_MINUS: Final = re.compile(
    r"(?:(?:^|[:;\n]\s*)[-–−]\s+|growth rate:?\s*[-–−]\s?|\(-\)\s?|\b[Mm]inus )(?P<digit>\d[\d.,]*)(?! ?[-–]\s?\d)"
)


@values("B1", "a minus before a blank is lost")
def lost_minus(cell: Cell) -> Iterator[str]:
    for found in _MINUS.finditer(cell.text) if cell.shape == "figures" else ():
        fact = cell.at(found.start("digit"))
        value = getattr(fact, "value", None)
        if isinstance(value, int | float) and value > 0:
            yield cell.near(found.start())


_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});?(?=\W|$|;)")


@values("B2", "a character reference of HTML in a value")
def reference_in_value(cell: Cell) -> Iterator[str]:
    if "&" not in cell.text:
        return
    for fact in cell.facts:
        for name in ("name", "of", "note", "unit", "value", "qualifier", "origin"):
            said = getattr(fact, name, None)
            if (
                isinstance(said, str)
                and (found := _REFERENCE.search(said))
                and ";" in found[0] + said[found.end() :][:1]
            ):
                yield f"{name} {said[:60]}"


_DATE_WORDS: Final = (
    r"(?:\d{1,2}|(?:19|20)\d\d|(?:Jan|Febr?|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
    r"|est?\.?|estimated?|estimates|census|data|provisional|preliminary|official|projected|projection|survey|figures?|approx\.?)"
)
_DATE: Final = re.compile(rf"(?<=[\d%A-Za-z]) \((?P<date>{_DATE_WORDS}(?:[ ,]+{_DATE_WORDS}){{0,5}})\)")


@values("B3", "a date with other words is no date")
def date_with_words(cell: Cell) -> Iterator[str]:
    for found in _DATE.finditer(cell.text) if cell.shape in {"figures", "shares"} else ():
        fact = cell.at(found.start("date"))
        if fact is None:
            continue
        year = re.search(r"(?:19|20)\d\d", found["date"])
        if (year and fact.year is None) or (found["date"].startswith("est") and not fact.estimated):
            yield cell.near(found.start())


_UNITS: Final = frozenset(forms("units"))


@values("B4", "a unit in other capitals is no unit")
def unit_in_capitals(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        of = fact.of if isinstance(fact, Quantity) and fact.unit is None else None
        if of and of.lower() in _UNITS and any(letter.isupper() for letter in of):
            yield f"{fact.text} -> of {of}"


# A label behind the value is no unit of it: production: NA consumption per capita: 12 kWh.
_NO_VALUE: Final = re.compile(r"\bNA ?(?P<unit>%|km2\b|[a-z]+(?: \([a-z]\))?/1,000|[a-z]+ per (?![a-z]+:))")


@values("B5", "NA with a unit is text, or has no unit")
def no_value_with_unit(cell: Cell) -> Iterator[str]:
    for found in _NO_VALUE.finditer(cell.text) if cell.shape == "figures" else ():
        fact = cell.at(found.start())
        if not isinstance(fact, Quantity) or fact.unit is None:
            yield cell.near(found.start())


_PERIOD: Final = re.compile(r"\d[^()\n]{0,30}\((?:FY ?)?(?:19|20)\d\d[/–]\d\d(?:\d\d)?(?: est\.)?\)")


@values("B6", "a span of years is no period")
def no_period(cell: Cell) -> Iterator[str]:
    for found in _PERIOD.finditer(cell.text) if cell.shape == "figures" else ():
        fact = cell.at(found.end() - 2)
        if isinstance(fact, Quantity) and fact.period is None:
            yield cell.near(found.end() - 12)


_FRACTION: Final = re.compile(r"\d ?[½¼¾]|(?<![\d/])\d{1,3} (?P<over>\d)/(?P<under>\d)(?![\d/,])")


@values("B7", "a fraction is not read")
def fraction(cell: Cell) -> Iterator[str]:
    for found in _FRACTION.finditer(cell.text) if cell.shape in {"figures", "service", "shares"} else ():
        fact = cell.at(found.start())
        numbers = [getattr(fact, name, None) for name in ("value", "percent", "low", "high")]
        if not any(isinstance(one, float) and one % 1 for one in numbers):
            yield cell.near(found.start())


_DEFINED: Final = re.compile(r"ages? (?P<age>\d\d) and over(?: ha\w+ completed (?P<grade>\d{1,2})\b)?")


@values("B8", "an age in a definition is a figure")
def age_in_definition(cell: Cell) -> Iterator[str]:
    """A rate may hold the definition in its text, but no figure is the age itself, or the years at school."""
    for found in _DEFINED.finditer(cell.text) if cell.field == "Literacy" else ():
        for name in ("age", "grade"):
            fact = cell.at(found.start(name)) if found[name] else None
            if isinstance(fact, Quantity) and int(found[name]) in (fact.value, fact.low) and fact.unit != "%":
                yield cell.near(found.start())


_GAUGE: Final = re.compile(r"(?<![\d.])[01]?\.\d{3}(?=[- ]?m)")


@values("B9", "a gauge is a figure")
def gauge(cell: Cell) -> Iterator[str]:
    for found in _GAUGE.finditer(cell.text) if "gauge" in cell.text else ():
        fact = cell.at(found.start())
        if isinstance(fact, Quantity) and fact.value == float(found[0]):
            yield fact.text


@values("B10", "two dashes of an old edition in a name, label or unit; seats that are none")
def two_dashes(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        words = [getattr(fact, name, None) or "" for name in ("name", "of", "unit", "qualifier")]
        dashed = any("--" in word for word in (*words, *getattr(fact, "path", ())))
        if dashed or any(word.lower().startswith("note-") for word in words):
            yield fact.text
    for found in re.finditer(r"seats-+\(\d+ total\)", cell.text):
        total = cell.at(found.start() + 8)
        if not isinstance(total, Quantity) or total.unit != "seats":
            yield cell.near(found.start())


_THREE: Final = re.compile(r"\((\d+)%/(\d+)%/(\d+)%\)")


@values("B11", "the three parts of a bracket have no names")
def parts_without_names(cell: Cell) -> Iterator[str]:
    for found in _THREE.finditer(cell.text):
        facts = [cell.at(found.start(number)) for number in (1, 2, 3)]
        if len({(fact.path, getattr(fact, "of", None) or getattr(fact, "name", None)) for fact in facts if fact}) < 3:
            yield cell.near(found.start())


@values("B12", "the gloss of a word is an entry of the list")
def gloss_in_list(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        if isinstance(fact, Item) and re.search(r"singular\s?(?:-|and plural)|\bplural\b", f"{fact.name} {fact.note}"):
            yield fact.text


@values("B13", "the day number of a spreadsheet is a figure")
def day_number(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        value = fact.value if isinstance(fact, Quantity) else None
        if isinstance(value, int) and 30000 < value < 45000 and f"({value})" in cell.text:
            yield fact.text


@values("B14", "a figure glued to a word, or a share without its sign")
def glued(cell: Cell) -> Iterator[str]:
    # Ratings, cables and parties may have a number in their name: Ba3, Atlantis2, Klub500.
    named = cell.field == "Credit ratings" or cell.shape in {"telecom", "clauses"}
    for fact in () if named else cell.names:
        if re.search(r"[a-z]\d+(?:\.\d+)?$|[A-Za-z] \d+\.\d$", fact.name):
            yield fact.text
    for bare in cell.figures if cell.shape == "shares" else ():
        if isinstance(bare, Quantity) and isinstance(bare.value, float) and bare.value < 100 and bare.unit is None:
            yield bare.text
    for found in re.finditer(r"(?:^|\n)(?P<digit>\d{1,3})[a-z]+: [\d.]+", cell.text):
        if cell.at(found.start("digit")) is not None:
            yield cell.near(found.start())


_QUOTE: Final = re.compile(r'(?<!\w)"|"(?!\w)')


@values("B16", "a stray quote of a table")
def stray_quote(cell: Cell) -> Iterator[str]:
    if '"' not in cell.text:
        return
    for fact in cell.facts:
        said = getattr(fact, "name", None) or getattr(fact, "value", None) or ""
        for words in (fact.text, said if isinstance(said, str) else ""):
            # Within a word it is an apostrophe as that edition printed them: the anthem"s music.
            if len(_QUOTE.findall(words)) % 2 and (words[:1] == '"' or words[-1:] == '"'):
                yield words[:80]
                break


@values("B17", "of two sexes one is a remark")
def remark_of_sexes(cell: Cell) -> Iterator[str]:
    for fact in cell.figures:
        if isinstance(fact, Quantity) and re.search(
            r"\((?:men|women|males?|females?)\)(?: and| or)?$|(?:\)|\w) and$", fact.note or ""
        ):
            yield f"{fact.text} -> note {fact.note}"
