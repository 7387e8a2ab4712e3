"""Reads displaced and stateless persons: every figure with its population, origin, cause and date.

Figures are read off the items of ``grammars/cell.lark``; the words for the people counted are in
``grammars/fields/displaced.lark``. A figure's date is the bracket behind it; else the next one in the same list, since
the Factbook prints one date for a run of origins; else the one that closes the whole entry, as editions up to 2011 do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from factparse.core.facts import DisplacedPersons, Population
from factparse.extract.context import Context, fact_maker
from factparse.extract.displaced.entry import (
    AROUND,
    PERSONS,
    Entry,
    entry_of,
    people,
    population_of,
    read_bracket,
    read_words,
)
from factparse.extract.figures.tree import cell_nodes
from factparse.language import AsOf, Value, read_as_of, read_before, read_figure
from factparse.language.items import Entry as Planned
from factparse.language.items import Tokens, cut_items, item_codes, recipe
from factparse.language.parts import Part, split
from factparse.language.plans import Range, terminal

FIELDS: Final = ("Refugees and internally displaced persons",)

_made = fact_maker(DisplacedPersons)


def facts(context: Context) -> tuple[DisplacedPersons, ...]:
    """Return one fact for each figure of the cell, in reading order.

    ``undetermined`` is a figure too, without a count; shares are none, for they count nobody.

    >>> from factparse.extract import extract
    >>> text = "refugees (country of origin): 9,100 (Chad), 2,000 (Mali) (2021)IDPs: up to 4,000 (floods) (2019)"
    >>> for fact in extract("Refugees and internally displaced persons", text):
    ...     print(fact.population, fact.count, fact.origin, fact.cause, fact.year)
    refugees 9100 Chad None 2021
    refugees 2000 Mali None 2021
    idps 4000 None floods 2019
    """
    return tuple(
        [
            _made(
                context,
                entry.start,
                entry.end,
                entry.date,
                population=entry.population,
                count=entry.count,
                count_max=entry.count_max,
                qualifier=entry.qualifier,
                origin=entry.origin,
                cause=entry.cause,
                note=entry.note,
            )
            for entry in _Cell(context.text).read()
        ]
    )


def tree(_field: str, text: str) -> Value:
    """Return the lossless tree of a cell: its sections by label, and the items of each with their figures."""
    parts = _parts(text)
    return cell_nodes(text, parts, [("items", part.start, part.end) for part in parts])


def _parts(text: str) -> list[Part]:
    """Return the parts of a cell; a line that begins with a bracket is one with the figure on the line before it."""
    found: list[Part] = []
    for part in split(text):
        before = found[-1] if found else None
        bracketed = text[part.start : part.end].lstrip().startswith("(")
        if before and bracketed and before.path == part.path and not text[before.end : part.start].strip():
            found[-1] = before._replace(end=part.end)
        else:
            found.append(part)
    return found


class _Cell:
    """A cell while it is read, section by section; a section is what stands under one label.

    Dates come behind what they hold for, and so does what a note says: entries are changed until all is read.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.population: Population | None = None
        self.section = 0  # the first entry of the section at hand
        self.undated = 0  # the first entry that still waits for a date
        self.closing: AsOf | None = None  # the date that closes the section
        self.ahead: str | None = None  # a note before all figures: it belongs to the first

    def read(self) -> list[Entry]:
        """Return the entries of the cell in reading order, dates and notes with them."""
        for part in _parts(self.text):
            if part.kind == "note":
                self._note(part)
            else:
                self._value(part)
        entries = self.entries
        if self.ahead and entries and entries[0].note is None:
            entries[0].note = self.ahead
        # A date with nothing behind it closes the entry: it dates what no section has dated.
        for entry in entries if self.closing is not None else ():
            entry.date = entry.date or self.closing
        return entries

    def _value(self, part: Part) -> None:
        """Read a section; under a label that names no population the one before stays in force (``count: 79``)."""
        self.population = population_of(part.label) or self.population
        self.section = self.undated = len(self.entries)
        self.closing = None
        for tokens in _mended(self.text, cut_items(self.text, part.start, part.end)):
            self._item(tokens)

    def _item(self, tokens: Tokens) -> None:
        """Read the figures of an item, or the date that it is if it has none; other words are passed over."""
        plan, dated = tokens.plan, item_codes().dated
        self.closing = None
        if plan is None:
            if tokens.shape.strip(dated) == "":
                self.closing = read_as_of(self.text[slice(*tokens.spans[0])])
                self._date(self.closing)
            return
        for entry in self._counts(tokens, plan.entries):
            read, date = self._entry(tokens, entry)
            before = self.entries[-1] if len(self.entries) > self.section else None
            # "9,000 and 2,000 (Chad)": the bracket names the origin of both.
            if before is not None and before.origin is None and _joined(self.text, before.end, read.start):
                before.origin = read.origin
            self.entries.append(read)
            if read.date is not None:
                self._date(read.date)
            self.closing = date

    def _counts(self, tokens: Tokens, entries: Sequence[Planned]) -> list[Planned]:
        """Return the entries that count people; what stands behind a share belongs to the figure before it."""
        found: list[Planned] = []
        for entry in entries:
            if read_figure(self.text[slice(*tokens.spans[entry.figure])]).unit != "%":
                found.append(entry)
            elif found:
                found[-1] = found[-1]._replace(end=entry.end)
        return found

    def _date(self, date: AsOf) -> None:
        """Give a date to all figures of the section that wait for one."""
        for waiting in self.entries[self.undated :]:
            waiting.date = waiting.date or date
        self.undated = len(self.entries)

    def _entry(self, tokens: Tokens, entry: Planned) -> tuple[Entry, AsOf | None]:
        """Return a figure with what its details say, and the date that ends it, if one does.

        A figure may have two dates, ``(2012) (2007)``: the first is its own, the last may close the whole entry. Of the
        words before the figure only a qualifier is part of it.
        """
        text, known = self.text, item_codes()
        shape, spans = tokens.shape, tokens.spans
        start, end = spans[entry.figure]
        last = spans[entry.end - 1][1]
        qualifier = None
        # Words right before the figure may hold its qualifier: its text then begins there.
        lead = len(shape[: entry.figure].rstrip(known.words))
        if lead < entry.figure:
            low, high = spans[lead][0], start
            qualifier = read_before(text[low:high].strip()).qualifier
            start = text.rindex(qualifier, low, high) if qualifier else start
        if entry.end < len(spans) and shape[entry.end - 1] == known.words:
            last = self._without_qualifier(spans[entry.end - 1])
        bare = entry.figure + 1 == entry.end or shape[entry.figure + 1] != known.words
        who = people(text, end, self.population, bare=bare)
        read = entry_of(start, last, who, read_figure(text[slice(*spans[entry.figure])]), qualifier)
        date = None
        for code, (low, high) in zip(shape[entry.figure + 1 : entry.end], spans[entry.figure + 1 :], strict=False):
            date = None  # it closes nothing if more comes behind it
            if code == known.dated:
                date = read_as_of(text[low:high])
                read.date = read.date or date
            elif code == known.bracket:
                read_bracket(read, text[low + 1 : high - text[low:high].endswith((")", "]"))].strip())
            elif code == known.words and read.population == "refugees" and read.origin is None:
                read_words(read, text[low:high].strip())
        return read, date

    def _without_qualifier(self, words: Range) -> int:
        """Return where words behind a figure end, less a qualifier of the next: ``5 (Chad) at least 7 (Mali)``."""
        low, high = words
        qualifier = read_before(self.text[low:high]).qualifier
        return self.text.rindex(qualifier, low, high) if qualifier else high

    def _note(self, part: Part) -> None:
        """Keep a note with the figure before it, or read the arrivals and asylum seekers that it counts.

        A note before all figures is kept for the first of them.
        """
        text = self.text
        found = self._arrivals(part)
        owner = self.entries[-1] if len(self.entries) > self.section else None
        said = text[part.start : part.end].strip(AROUND) or None
        if not found and owner is not None:
            owner.note = f"{owner.note}; {said}" if owner.note and said else said or owner.note
        elif not self.entries:
            self.ahead = said
        self.entries += found
        self.closing = None
        self.undated = len(self.entries)  # a date behind a note is none of the figures before it

    def _arrivals(self, part: Part) -> list[Entry]:
        """Return the figures of people who arrived that a note tells, each with the date of its clause."""
        text, found = self.text, []
        for tokens in cut_items(text, part.start, part.end):
            for entry in tokens.plan.entries if tokens.plan else ():
                end = tokens.spans[entry.figure][1]
                counted = terminal(PERSONS, "ARRIVALS").match(text, end + 1)
                if counted is None:
                    continue
                read, _ = self._entry(tokens, entry)
                read.population, read.cause, read.origin = population_of(counted[0]) or "other", counted[0], None
                if read.date is None:
                    dated = terminal(PERSONS, "DATED").search(text, counted.end(), read.end)
                    read.end = counted.end()
                    read.date = read_as_of(dated[0]) if dated else None
                found.append(read)
        return found


def _joined(text: str, end: int, start: int) -> bool:
    """Return whether two figures are joined by ``and``: then they are of the same origin."""
    return text[max(0, end - 5) : start].rstrip().endswith(" and")


def _mended(text: str, items: Iterable[Tokens]) -> Iterator[Tokens]:
    """Yield the items, those put together that are within a bracket whose end was lost.

    Such a bracket reaches to the next date, or to the next item that begins with a figure; else to the end. Dividers
    inside it had cut it into items.
    """
    known = item_codes()
    waiting: Tokens | None = None  # it ends with a bracket that is still open
    for tokens in items:
        shape, spans, plan = tokens.shape, tokens.spans, tokens.plan
        if waiting is not None and plan is not None and plan.lead == 0:
            yield waiting
            waiting = None
        # What goes on in the bracket: this item from its start, or one in which the bracket opens.
        if waiting is not None:
            at, before = -1, waiting
        else:
            at = shape.find(known.opening)
            before = Tokens(shape[:at] + known.bracket, spans[: at + 1], None)
            if at < 0 or text[spans[at][0]] != "(":
                yield tokens
                continue
        date = shape.find(known.dated, max(at, 0))
        end = date if date >= 0 else len(shape)
        last = spans[end - 1][1] if end else before.spans[-1][1]
        joined = before.shape + shape[end:]
        found = [*before.spans[:-1], (before.spans[-1][0], last), *spans[end:]]
        waiting = Tokens(joined, found, recipe(joined))
        if date >= 0:
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting
