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
    is_year,
    origin_code,
    people,
    population_of,
    read_bracket,
    read_words,
    told_date,
)
from factparse.extract.figures.tree import cell_nodes
from factparse.language import AsOf, Value, is_as_of, read_as_of, read_before, read_figure
from factparse.language.figures import NO_FIGURE
from factparse.language.items import Entry as Planned
from factparse.language.items import Tokens, cut_items, item_codes, recipe
from factparse.language.parts import Part, split
from factparse.language.plans import Range, terminal

FIELDS: Final = ("Refugees and internally displaced persons",)

_LONGEST: Final = 40  # characters of a number

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
                origin_code=origin_code(entry.origin) if entry.origin else None,
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
        self.told: AsOf | None = None  # the date told before figures: "in 2020 there were 10 million, of whom ..."
        self.ahead: str | None = None  # a note before all figures: it belongs to the first

    def read(self) -> list[Entry]:
        """Return the entries of the cell in reading order, dates and notes with them."""
        parts = _parts(self.text)
        for part in parts:
            if part.kind == "note" and len(parts) > 1:  # a note that is the whole cell is the value
                self._note(part)
            else:
                self._value(part)
        entries = self.entries
        if self.ahead and entries and entries[0].note is None:
            entries[0].note = self.ahead
        # A date with nothing behind it closes the entry: it dates what no section has dated.
        for entry in entries:
            entry.date = entry.date or entry.told or self.closing
        return entries

    def _value(self, part: Part) -> None:
        """Read a section; under a label that names no population the one before stays in force (``count: 79``)."""
        self.population = population_of(part.label) or self.population
        self.section = self.undated = len(self.entries)
        self.closing = self.told = None
        for tokens in _mended(self.text, cut_items(self.text, part.start, part.end)):
            self._item(tokens)

    def _item(self, tokens: Tokens) -> None:
        """Read the figures of an item, or the date that it is if it has none; other words are passed over."""
        plan, first = tokens.plan, tokens.spans[0]
        self.closing = None
        if plan is None:
            if tokens.shape.strip(item_codes().dated) == "":
                self.closing = read_as_of(self.text[slice(*first)])
                self._date(self.closing)
            elif ahead := terminal(PERSONS, "TOLD_DATE").fullmatch(self.text, first[0], tokens.spans[-1][1]):
                self.told = read_as_of(ahead["date"])  # "by the end of 2017, 12,000 refugees had come"
            elif tokens.shape[-1] in item_codes().dated:
                self._date(read_as_of(self.text[slice(*tokens.spans[-1])]))  # 7,000 (floods), says the UN (2012)
            return
        if plan.lead:
            self.told = told_date(self.text, first[0], tokens.spans[plan.entries[0].figure][0]) or self.told
        for entry in self._counts(tokens, plan.entries):
            read, date = self._entry(tokens, entry)
            before = self.entries[-1] if len(self.entries) > self.section else None
            # "9,000 and 2,000 (Chad)": the bracket names the origin of both.
            if before is not None and before.origin is None and _joined(self.text, before.end, read.start):
                before.origin = read.origin
            self.entries.append(read)
            if read.date is None and entry.figure + 1 < entry.end:
                told = self._told_behind(tokens, entry)
                read.tell(told)
                if terminal(PERSONS, "LEADS_ON").match(self.text, read.end, tokens.spans[entry.end - 1][1]):
                    self.told = self.told or told  # 70,000 refugees during FY2012 including: 15,000 (Chad)
            if read.date is not None:
                self._date(read.date)
            elif self.told is not None:
                read.tell(self.told)
            self.closing = date

    def _counts(self, tokens: Tokens, entries: Sequence[Planned]) -> list[Planned]:
        """Return the entries that count people; what stands behind a share or a year belongs to the figure before it.

        A year before all figures is the date of those that follow, or of those that still wait for one.
        """
        found: list[Planned] = []
        for entry in entries:
            printed = self.text[slice(*tokens.spans[entry.figure])]
            if printed.isdigit() and is_year(printed) and self._tells_date(entry):
                if not found and len(entries) > 1:
                    self.told = read_as_of(printed)
                elif not found:
                    self._date(read_as_of(printed))
            elif read_figure(printed).unit != "%" and not self._counts_others(tokens, entry):
                found.append(entry)
                continue
            if found:
                found[-1] = found[-1]._replace(end=entry.end)
        return found

    def _counts_others(self, tokens: Tokens, entry: Planned) -> bool:
        """Return whether what a figure counts is no people, ``in 50 countries``, or is the start of a broken number."""
        end = tokens.spans[entry.figure][1]
        broken = self.text.startswith(",", end) and self.text[end + 1 : end + 2].isdigit()
        return broken or terminal(PERSONS, "UNCOUNTED").match(self.text, end) is not None

    def _tells_date(self, entry: Planned) -> bool:
        """Return whether a figure that can be a year is one: it has words around it, or comes last and says no more."""
        alone = entry.figure == 0 and entry.after == 1
        return not alone or (entry.end == 1 and len(self.entries) > self.section)

    def _told_behind(self, tokens: Tokens, entry: Planned) -> AsOf | None:
        """Return the date that the words behind a figure tell, or ``None``; those in brackets tell of other things."""
        known, at = item_codes(), entry.figure + 1
        shape, spans = tokens.shape, tokens.spans
        if known.words not in shape[at : entry.end]:
            return None
        # Words and days stand in a row: "as of", "30 June 2022".
        for bracket in (*(i for i in range(at, entry.end) if shape[i] in (known.bracket, known.dated)), entry.end):
            told = told_date(self.text, spans[at][0], spans[bracket - 1][1]) if at < bracket else None
            if told is not None:
                return told
            at = bracket + 1
        return None

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
        if shape[entry.end - 1] in (known.words, known.other):
            words = shape[entry.end - 1] == known.words and entry.end < len(spans)
            last = self._without_joint(spans[entry.end - 1] if words else (end, last), followed=words)
        bare = entry.figure + 1 == entry.end or shape[entry.figure + 1] != known.words
        who = people(text, end, self.population, bare=bare)
        figure = read_figure(text[slice(*spans[entry.figure])])
        broken = (
            terminal(PERSONS, "BROKEN").search(text, max(0, start - _LONGEST), start)
            if text.startswith(",", start - 1)
            else None
        )
        if broken:  # 7,6,71: no number is given where none can be told
            start, figure = broken.start(), NO_FIGURE
        read = entry_of(start, last, who, figure, qualifier)
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
            elif is_year(text[low:high]):
                read.date = read.date or read_as_of(text[low:high])
        return read, date

    def _without_joint(self, words: Range, *, followed: bool) -> int:
        """Return where words behind a figure end, less what leads to the next: ``5 (Chad) and at least 7 (Mali)``."""
        low, high = words
        qualifier = read_before(self.text[low:high]).qualifier if followed else None
        high = self.text.rindex(qualifier, low, high) if qualifier else high
        leads = terminal(PERSONS, "LEADS_ON").search(self.text, low, len(self.text[:high].rstrip()))
        return leads.start() if leads else high

    def _note(self, part: Part) -> None:
        """Keep a note with the figure before it, or read the arrivals and asylum seekers that it counts.

        A note before all figures is kept for the first of them.
        """
        text = self.text
        found = self._arrivals(part)
        owner = self.entries[-1] if len(self.entries) > self.section else None
        said = text[part.start : part.end].strip(AROUND) or None
        if not found and owner is not None:
            owner.add_note(said)
        elif not self.entries:
            self.ahead = said
        self.closing = self._note_date(part) if owner is not None else None
        if self.closing is not None:
            self._date(self.closing)
        self.entries += found
        self.undated = len(self.entries)

    def _note_date(self, part: Part) -> AsOf | None:
        """Return the date that ends a note, which is that of figures without one; ``None`` if the note counts people.

        ``206,000 (Kosovo), note - most returned (2007)`` is of 2007.
        """
        text = self.text
        last = terminal(PERSONS, "NOTE_DATE").search(text, part.start, part.end)
        if last is None or not is_as_of(last["date"]):
            return None
        counted = any(tokens.plan for tokens in cut_items(text, part.start, last.start()))
        return None if counted else read_as_of(last["date"])

    def _arrivals(self, part: Part) -> list[Entry]:
        """Return the figures of people who arrived that a note tells, each with the date of its clause."""
        text = self.text
        found: list[Entry] = []
        for tokens in cut_items(text, part.start, part.end):
            clause = text.rfind(";", part.start, tokens.spans[0][0]) + 1 or part.start
            if tokens.plan is None and found and tokens.shape[-1] in item_codes().dated:
                found[-1].date = found[-1].date or read_as_of(text[slice(*tokens.spans[-1])])
            for entry in tokens.plan.entries if tokens.plan else ():
                start, end = tokens.spans[entry.figure]
                counted = terminal(PERSONS, "ARRIVALS").match(text, end + 1)
                if counted is None:
                    continue
                read, _ = self._entry(tokens, entry)
                # What they are called stands in the note, and says nothing of why they came.
                read.population, read.cause, read.origin = population_of(counted[0]) or "other", None, None
                if read.date is None:
                    read.date = told_date(text, counted.end(), read.end) or told_date(text, clause, start)
                    read.end = counted.end()
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
