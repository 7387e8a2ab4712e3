"""Clauses of which single figures are facts: ages and terms of service, comparisons of size, strengths of forces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factparse.core.facts import Quantity
from factparse.extract.figures.drafts import Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between, closing_date
from factparse.language import read_before, read_figure
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, rules, terminal


def service(reader: Reader, part: Part) -> None:
    """Ages and terms of military service: ``18-26 years of age for compulsory service; 12-month obligation``."""
    _figures_in(reader, part, "service")


def comparison(reader: Reader, part: Part) -> None:
    """How large a country is: ``slightly less than 2.5 times the size of Delaware``."""
    _figures_in(reader, part, "comparison")


def _clauses(text: str, part: Part) -> Iterator[Range]:
    return (found.span() for found in terminal(CELL, "CLAUSE").finditer(text, part.start, part.end))


def _figures_in(reader: Reader, part: Part, rule: str) -> None:
    """Read the figures of a start rule, each with its clause up to the next; clauses without one are text."""
    text = reader.text
    closing = closing_date(text, part.start, len(text[: part.end].rstrip()))
    open_from = part.start
    for start, end in _clauses(text, part):
        found = list(rules(CELL, rule).pattern.finditer(text, start, end))
        if not found:
            continue
        between(reader, part, open_from, start)
        at = start
        for number, match in enumerate(found):
            until = found[number + 1].start() if number + 1 < len(found) else end
            _figure_in(reader, part, match, (at, until), closing)
            reader.regions.append((rule, *match.span()))
            at = until
        open_from = end
    between(reader, part, open_from, part.end)


def _figure_in(reader: Reader, part: Part, match: re.Match[str], where: Range, date: Range | None) -> None:
    """Add the draft of one figure: the words before it are its qualifier or what it is of, those behind a remark."""
    text = reader.text
    draft = Draft(Quantity, part.path, *where)
    draft.date = date
    (start, end), unit = figure_and_unit(match)
    draft.figure = read_figure(text[start:end].replace(" or ", "-"))
    draft.unit = _plural(unit) if unit else "years"
    draft.name, draft.qualifier = read_before(text[where[0] : start].strip(" ;,("))
    behind = text[match.end() : where[1]]
    if date is not None:
        behind = behind.rstrip().removesuffix(text[date[0] - 1 : date[1] + 1])
    draft.note = behind.strip(" ;,.") or None
    reader.drafts.append(draft)


def figure_and_unit(match: re.Match[str]) -> tuple[Range, str | None]:
    """Tell where the figure of a clause stands, and its unit as printed, if one is."""
    named = match.groupdict()
    figure = next(name for name in ("figure", "aged", "bare", "first") if named.get(name))
    return match.span(figure), named["unit"] if figure == "figure" else None


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") else unit + "s"


def strengths(reader: Reader, part: Part) -> None:
    """How many soldiers there are, or are abroad: ``approximately 55,000 active-duty troops (40,000 Army)``."""
    text = reader.text
    at = part.start
    for start, end in _clauses(text, part):
        if terminal(CELL, "STRONG").match(text, start, end) is None:
            continue
        drafts = reader.apart(part.path, start, end)
        if drafts and drafts[0].figure is not None:
            between(reader, part, at, start)
            for draft in drafts:
                if draft.unit and draft.figure and not draft.figure.unit:
                    draft.of, draft.unit = draft.of or draft.unit, None
            reader.drafts += drafts
            at = end
    between(reader, part, at, part.end)
