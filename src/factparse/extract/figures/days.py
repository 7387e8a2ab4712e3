"""Texts that tell of several days, each of which dates its own words: ``11 March 1990 (declared); 6 September 1991``.

Independence, holidays, constitutions, terms of office and elections are so. The words around a date say of what it is,
so they stay one text; a text that tells of two days is divided between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from factparse.core.facts import TextValue
from factparse.extract.figures.drafts import Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between, closing_date, text_value, whole_pieces
from factparse.language import read_as_of
from factparse.language.figures import has_digit
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, rules, terminal

_SPANNING: Final = ("between", "between late", "between early", "between mid")


def days(reader: Reader, part: Part) -> None:
    """Keep a part as texts, each dated by the day in its words; what there is none of has no day."""
    text = reader.text
    dates = _dates(text, part)
    if len(dates) < 2 and ";" not in text[part.start : part.end]:  # most parts: one text, one day
        _keep(reader, part, (part.start, part.end), dates)
        return
    at = part.start
    for start, end in _clauses(text, part, dates):
        inside = _within(dates, start, end)
        for following, date in zip(inside[1:], inside, strict=False):
            cut = _cut(text, at, date, following)
            if cut is not None:
                _keep(reader, part, (at, cut), inside)
                at = cut
        _keep(reader, part, (at, end), inside)
        at = end


def fiscal(reader: Reader, part: Part) -> None:
    """Read the first and the last day of a fiscal year, ``1 April - 31 March``; ``calendar year`` is a text."""
    found = terminal(CELL, "FISCAL_SPAN").search(reader.text, part.start, part.end)
    if found is None:
        text_value(reader, part)
        return
    between(reader, part, part.start, found.start())
    for which in ("first", "last"):
        draft = Draft(TextValue, (*part.path, f"{which} day"), *found.span(which))
        draft.date = found.span(which)
        reader.drafts.append(draft)
        reader.regions.append(("text", *found.span(which)))
    between(reader, part, found.end(), part.end)


def _dates(text: str, part: Part) -> list[Range]:
    """Return where the days of a part stand; the date that closes it is that of the text, if there is another one."""
    end = len(text[: part.end].rstrip())
    if not has_digit(text, part.start, end) or text[part.start : end].lstrip()[:4].lower() == "none":
        return []
    found = [day.span() for day in rules(CELL, "days").pattern.finditer(text, part.start, end)]
    closing = closing_date(text, part.start, end)
    as_of = closing is not None and len(found) > 1 and found[-1][0] >= closing[0]
    return found[:-1] if as_of else found


def _clauses(text: str, part: Part, dates: Sequence[Range]) -> Iterator[Range]:
    """Yield the clauses of a part that semicolons divide; those that tell of no day go together."""
    start = part.start
    for clause in terminal(CELL, "CLAUSE").finditer(text, part.start, part.end):
        if _within(dates, *clause.span()):
            if start < clause.start():
                yield start, clause.start()
            yield clause.span()
            start = clause.end()
    if start < part.end:
        yield start, part.end


def _keep(reader: Reader, part: Part, where: Range, dates: Sequence[Range]) -> None:
    """Keep the words in ``where`` as a text, two if half a bracket divides them, with the first of the ``dates``."""
    text = reader.text
    for start, end in whole_pieces(text, *where):
        first = len(reader.drafts)
        text_value(reader, Part("value", part.path, start, end, part.head))
        inside = _within(dates, start, end)
        # What is "none" has no day: that in its bracket is of something else.
        if not inside or terminal(CELL, "MISSING").match(text, start):
            continue
        for draft in reader.drafts[first:]:
            # "14 July (1789)": the year alone may stand in brackets.
            draft.date = read_as_of(text[slice(*inside[0])].replace("(", "").replace(")", ""))


def _cut(text: str, start: int, date: Range, following: Range) -> int | None:
    """Return where the words of one date end and those of the ``following`` one begin, or ``None`` if nothing tells.

    A semicolon does. Else a comma, a bracket or ``and``: the last one if the words stand behind their date, which then
    begins the text; if they stand before it, the first one.
    """
    marks = list(terminal(CELL, "DAYS_APART").finditer(text, date[1], following[0]))
    if text[start : date[0]].rstrip().endswith(_SPANNING):
        marks = [mark for mark in marks if mark[0] != "and"]
    marks = [mark for mark in marks if terminal(CELL, "DAY_ALONE").fullmatch(text, start, mark.start()) is None]
    divider = next((mark for mark in marks if mark[0].startswith(";")), None)
    if divider is None and marks:
        divider = marks[-1] if not text[start : date[0]].strip(" ;,\n(") else marks[0]
    return divider.start() if divider else None


def _within(dates: Sequence[Range], start: int, end: int) -> Sequence[Range]:
    """Return those of the ``dates``, which are in reading order, that begin in ``text[start:end]``."""
    return dates[bisect_left(dates, (start, 0)) : bisect_left(dates, (end, 0))]
