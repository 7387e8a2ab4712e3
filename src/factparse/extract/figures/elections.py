"""Results of elections, read out of text: each party's percent of vote and seats, and who sits in a chamber."""

from __future__ import annotations

import re
from typing import Final

from factparse.core.facts import Quantity, Share
from factparse.extract.figures.drafts import NO_DATE, Draft, Kind
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between
from factparse.extract.figures.told import events
from factparse.language import AsOf, read_as_of, read_figure
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, rules, terminal

_YEARS: Final = range(1900, 2100)  # no party has so many seats
_FAR: Final = 1500  # characters before a part in which its election may be dated


def elections(reader: Reader, part: Part) -> None:
    """Read the results in a part, each dated by the election before it; of the rest, figures and days that it tells."""
    text = reader.text
    marks = results(text, part.start, part.end)
    at = part.start
    held: AsOf | None = None
    # The election is often named in another part: "elections: last held on 23 October 2019 ... election results:".
    seen = max(0, part.start - _FAR)
    for number, mark in enumerate(marks):
        # From one result to the next only, so that no stretch is searched twice.
        held = _election(text, seen, mark.start()) or held
        seen = mark.start()
        if mark.lastgroup == "SITTING":
            _rest(reader, part, at, mark.start(), held)
            _sitting(reader, part, mark, held)
            at = mark.end()
            continue
        end = marks[number + 1].start() if number + 1 < len(marks) else part.end
        totals = terminal(CELL, "TOTALS").match(text, mark.end(), end)
        first = mark.start()
        if totals is not None:
            _rest(reader, part, at, first, held)
            _totals(reader, part, mark, totals, held)
            at = first = totals.end()
        close = terminal(CELL, "RESULTS_END").search(text, first if totals else mark.end(), end)
        percent = totals is None and mark[0].startswith(("percent", "results", "election"))  # of seats there is a total
        until = close.start() if close else end
        listed = _listed(reader, part, mark, (first if totals else mark.end(), until), Share if percent else Quantity)
        for draft in listed:
            draft.date = read_as_of(mark["when"]) if mark["when"] else held
        if listed:
            _rest(reader, part, at, first, held)
            listed[0].start = first  # the text of the first result says of what it is
            reader.drafts += listed
            at = max(draft.end for draft in listed)
    _rest(reader, part, at, part.end, held)


def _rest(reader: Reader, part: Part, start: int, end: int, held: AsOf | None) -> None:
    """Read what stands between two results: days, and figures that it tells; undated ones are of the election."""
    first = len(reader.drafts)
    between(reader, part, start, end, events)
    for draft in reader.drafts[first:]:
        if draft.kind is Quantity:
            draft.date = held if draft.date == NO_DATE and held else draft.date
            seats = draft.path[-1:] and draft.path[-1].startswith("seats")
            draft.unit = draft.unit or ("seats" if seats else None)


def results(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the marks at which results begin, in reading order: matches of ``RESULTS`` and of ``SITTING``."""
    # Four words tell that there may be any, which is much cheaper to ask than the pattern.
    said = text[start:end]
    if not ("seats" in said or "percent of" in said or "women" in said or "results" in said):
        return []
    found = rules(CELL, "elections").pattern.finditer(text, start, end)
    # A count of men alone is no composition of a chamber.
    return [mark for mark in found if mark.lastgroup == "RESULTS" or "women" in mark[0]]


def _election(text: str, start: int, end: int) -> AsOf | None:
    """Return the date of the last election in ``text[start:end]``, if any: ``2018:`` or ``held on 18 March 2018``."""
    found = [mark["when"] or mark[0] for mark in terminal(CELL, "HELD").finditer(text, start, end)]
    return read_as_of(found[-1]) if found else None


def _totals(reader: Reader, part: Part, mark: re.Match[str], totals: re.Match[str], held: AsOf | None) -> None:
    """Read how many seats there are, which stands in a bracket before the results: ``seats - (33 total) A 20``."""
    first = len(reader.drafts)
    _rest(reader, part._replace(path=(*part.path, _label(mark))), *totals.span("totals"), held)
    for draft in reader.drafts[first:]:
        if draft.kind is Quantity and not (draft.figure and draft.figure.unit):
            draft.unit = draft.unit or "seats"


def _label(mark: re.Match[str]) -> str:
    """Return the words of a mark, ``seats by party``, without the day they hold for (``as of March 2019``)."""
    words = mark[0][: mark.start("when") - mark.start()] if mark["when"] else mark[0]
    return words.strip(" -–—:").removesuffix("as of").rstrip(" (")


def _listed(reader: Reader, part: Part, mark: re.Match[str], where: Range, kind: Kind) -> list[Draft]:
    """Return the results behind ``mark``, up to the first that is not a name with a figure: there, prose begins."""
    listed = reader.apart(part.path, *where, kind)
    _join_names(reader.text, listed)
    names = len(part.path)
    shares = kind is Share and not mark[0].startswith("percent")  # "results": of what, only the figures tell
    other = (at for at, draft in enumerate(listed) if not _is_result(draft, names, shares=shares))
    del listed[next(other, len(listed)) :]
    for draft in listed:
        draft.path = (*part.path, _label(mark), *draft.path[names:])
        if kind is Quantity and not (draft.figure and draft.figure.unit):
            draft.unit = draft.unit or "seats"
    return listed


def _is_result(draft: Draft, names: int, *, shares: bool) -> bool:
    """Tell whether a draft is a figure with a name, or labels beyond ``names``; if ``shares``, one in percent."""
    named = draft.name or draft.path[names:]
    return bool(named) and draft.figure is not None and (draft.figure.unit == "%" or not shares)


def _join_names(text: str, drafts: list[Draft]) -> None:
    """Join what a comma or a year in a name has divided into two drafts: ``Ann ODD, Jr. 54.5%``, ``Bloc 2001 10``."""
    for at in range(len(drafts) - 1, 0, -1):
        before, draft = drafts[at - 1], drafts[at]
        if draft.figure is None:
            continue
        if before.figure is None and terminal(CELL, "JUNIOR").match(draft.name):
            draft.name = f"{before.name}, {draft.name}"
        elif before.figure is not None and before.name and not draft.name and _ends_in_year(text, before):
            draft.name = text[before.start : before.end].strip()
        else:
            continue
        draft.start = before.start
        del drafts[at - 1]


def _ends_in_year(text: str, draft: Draft) -> bool:
    """Tell whether the figure of a draft is a year, which may be one of two digits: ``DA '91``."""
    value = draft.figure.value if draft.figure is not None else None
    return value in _YEARS or text[max(0, draft.end - 3) : draft.end] in (f"'{value}", f"’{value}")


def _sitting(reader: Reader, part: Part, mark: re.Match[str], held: AsOf | None) -> None:
    """Read who sits in a chamber: ``composition - men 58, women 7, percent of women 10.8%``."""
    path = (*part.path, "composition") if mark[0].startswith("composition") else part.path
    reader.regions.append(("sitting", *mark.span()))
    for number, one in enumerate(terminal(CELL, "SITTING_ONE").finditer(reader.text, mark.start(), mark.end())):
        draft = Draft(Quantity, path, one.start() if number else mark.start(), one.end())
        draft.name, draft.date = one["sex"], held
        draft.figure = read_figure(one["count"])
        draft.unit = None if draft.figure.unit else "%" if "ercent" in draft.name else "seats"
        reader.drafts.append(draft)
