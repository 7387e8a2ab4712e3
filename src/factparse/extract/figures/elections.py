"""Results of elections, read out of text: each party's percent of vote and seats, and who sits in a chamber."""

from __future__ import annotations

import re
from typing import Final

import attrs

from factparse.core.facts import Quantity, Share
from factparse.extract.figures.drafts import NO_DATE, Draft, Kind
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between
from factparse.extract.figures.told import events
from factparse.language import AsOf, read_as_of, read_figure
from factparse.language.figures import unjoined
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, rules, terminal

_YEARS: Final = range(1900, 2100)  # no party has so many seats
_WHOLE: Final = 100  # percent
_FAR: Final = 1500  # characters before a part in which its election may be dated
_NAMED: Final = 120  # characters before results in which their chamber may be named
_MENTIONED: Final = 6  # how often its name is looked for, so that time stays linear
_DATED: Final = 60  # characters behind the name of a chamber in which its election is dated
_DASHES: Final = ("-", "–", "—")


@attrs.define
class _Vote:
    """Of which election and which chamber the results at hand are, in the ``text`` of a cell."""

    text: str
    label: str  # what the part with the results stands under, which may be an area with elections of its own
    first: int  # from here on elections are looked for
    seen: int  # up to here they were, so that no stretch is searched twice
    latest: AsOf | None = None
    held: AsOf | None = None
    chamber: str = ""

    def go_on(self, start: int, mark: int) -> int:
        """Look at the words from ``start`` to a ``mark``; return where the chamber that ends them stands, or ``mark``.

        An edition prints the elections of both chambers, and then the results of both: ``Senate - last held 3 May 2010
        (next ...); House - last held 4 June 2012 ... election results: Senate - percent of vote ...``.
        """
        found = _election(self.text, self.seen, mark)
        self.seen = mark
        self.latest = found or self.latest
        start = max(start, mark - _NAMED)
        words = self.text[start:mark]
        named = terminal(CELL, "CHAMBER").search(words) if words.rstrip().endswith(_DASHES) else None
        if named is None:
            self.held = found or self.held
            return mark
        self.chamber = named["chamber"]
        before = start + named.start("chamber")
        self.held = self._of(self.chamber, before) or self._of(self.label, before) or self.latest
        return before

    def _of(self, name: str, before: int) -> AsOf | None:
        """Return the date of the election that stands right behind a ``name``, somewhere ``before`` the results."""
        first = max(self.first, before - 2 * _FAR)
        for _ in range(_MENTIONED if name else 0):
            before = self.text.rfind(name, first, before)
            if before < 0:
                break
            end = before + len(name)
            if held := _election(self.text, end, end + _DATED):
                return held
        return None

    def under(self, part: Part) -> Part:
        """Return ``part`` under the name of the chamber, if one was named."""
        return part._replace(path=(*part.path, self.chamber)) if self.chamber else part


def elections(reader: Reader, part: Part) -> None:
    """Read the results in a part, each dated by the election before it; of the rest, figures and days that it tells.

    Results stand under the chamber that is named before them.
    """
    text = reader.text
    marks = results(text, part.start, part.end)
    at = part.start
    # The election is often named in another part: "elections: last held on 23 October 2019 ... election results:".
    seen = max(0, part.start - _FAR)
    vote = _Vote(text, part.path[-1] if part.path else "", seen, seen)
    for number, mark in enumerate(marks):
        first = vote.go_on(at, mark.start())
        end = marks[number + 1].start() if number + 1 < len(marks) else part.end
        if mark.lastgroup == "SITTING":
            _rest(reader, part, at, first, vote.held)
            _sitting(reader, part if mark[0][:1] in "pP" else vote.under(part), mark, first, vote.held)
            at = mark.end()
        else:
            at = _results_of(reader, part, mark, (at, first, end), vote)
    _rest(reader, part, at, part.end, vote.held)


def _results_of(reader: Reader, part: Part, mark: re.Match[str], where: tuple[int, int, int], vote: _Vote) -> int:
    """Read the results behind a ``mark``; return where they end, or where the rest begins, if there are none.

    ``where`` says from where on nothing was read, where the text of the results begins, and where they end at the
    latest.
    """
    text = reader.text
    at, first, end = where
    totals = terminal(CELL, "TOTALS").match(text, mark.end(), end)
    if totals is not None:
        _rest(reader, part, at, mark.start(), vote.held)
        _totals(reader, vote.under(part), mark, totals, vote.held)
        at = first = totals.end()
    close = terminal(CELL, "RESULTS_END").search(text, first if totals else mark.end(), end)
    percent = totals is None and mark[0].startswith(("percent", "results", "election"))  # of seats there is a total
    until = close.start() if close else end
    kind = Share if percent else Quantity
    listed = _listed(reader, vote.under(part), mark, (first if totals else mark.end(), until), kind)
    for draft in listed:
        draft.date = read_as_of(mark["when"]) if mark["when"] else vote.held
    if not listed:
        return at
    _rest(reader, part, at, first, vote.held)
    listed[0].start = first  # the text of the first result says of what it is
    reader.drafts += listed
    return max(draft.end for draft in listed)


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
    figure = draft.figure
    if figure is None or not (unjoined(draft.name) or draft.path[names:]):
        return False
    # No one has more than all of the votes: "percent of Assembly vote--131 votes out of 349".
    whole = draft.kind is Share and figure.value is not None and figure.value > _WHOLE
    return not whole and (figure.unit == "%" or not shares)


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


def _sitting(reader: Reader, part: Part, mark: re.Match[str], first: int, held: AsOf | None) -> None:
    """Read who sits in a chamber: ``composition - men 58, women 7, percent of women 10.8%``.

    ``first`` is where the name of the chamber stands, or the mark.
    """
    held = read_as_of(mark["sat"]) if mark["sat"] else held
    path = (*part.path, "composition") if mark[0].startswith("composition") else part.path
    reader.regions.append(("sitting", *mark.span()))
    for number, one in enumerate(terminal(CELL, "SITTING_ONE").finditer(reader.text, mark.start(), mark.end())):
        draft = Draft(Quantity, path, one.start() if number else first, one.end())
        draft.name, draft.date = one["sex"], held
        draft.figure = read_figure(one["count"])
        draft.unit = None if draft.figure.unit else "%" if "ercent" in draft.name else "seats"
        reader.drafts.append(draft)
