"""Rankings: ``top ten longest rivers: Nile (Africa) 6,650 km; Amazon (South America) 6,436 km``, in any field.

Each entry is a figure of what is ranked, with its place in the list as ``rank``; the brackets behind its name, mostly
its country, are its note. Such a list may be a note, a part with a label, or run over many lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from factparse.core.facts import Quantity
from factparse.core.words import forms
from factparse.extract.figures.drafts import NO_DATE, Date, Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.lists import is_date
from factparse.language import read_figure
from factparse.language.parts import Part
from factparse.language.plans import CELL, terminal

_FEWEST: Final = 3  # entries that make a ranking


class Ranking(NamedTuple):
    """A ranking in a cell: where it stands, its label with it, and the drafts of its entries."""

    start: int
    end: int
    drafts: list[Draft]


def rankings(text: str) -> list[Ranking]:
    """Return the rankings of a cell, in reading order."""
    if not _hinted(text):
        return []
    found: list[Ranking] = []
    for head in terminal(CELL, "RANKING").finditer(text):
        entries = list(_entries(text, head.end()))
        if len(entries) >= _FEWEST and (not found or head.start() >= found[-1].end):
            found.append(Ranking(head.start(), entries[-1].end(), _drafts(text, head, entries)))
    return found


def _hinted(text: str) -> bool:
    """Tell whether there may be a ranking; most cells have none, and looking for plain words is fast."""
    return "top " in text or "ten " in text or "Ten " in text or "rank by" in text or "on each " in text


def apart(reader: Reader, parts: list[Part], lists: list[Ranking]) -> Iterator[Part]:
    """Yield the pieces of parts that stand in none of the rankings, whose drafts the reader is given on the way."""
    waiting = lists[::-1]
    for part in parts:
        start = part.start
        while waiting and waiting[-1].start < part.end:
            ranking = waiting[-1]
            if start < ranking.start:
                yield part._replace(start=start, end=ranking.start)
            if ranking.drafts[0] not in reader.drafts[-len(ranking.drafts) :]:
                reader.drafts += ranking.drafts
                reader.regions += [("ranked", draft.start, draft.end) for draft in ranking.drafts]
            start = max(start, ranking.end)
            if start >= part.end:
                break
            waiting.pop()
        if start < part.end:
            yield part._replace(start=start)


def _entries(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the entries that follow one another from ``start``, up to the first that is none."""
    entry = terminal(CELL, "RANKED")
    found = entry.match(text, start)
    while found is not None:
        yield found
        found = entry.match(text, found.end())


def _drafts(text: str, head: re.Match[str], entries: list[re.Match[str]]) -> list[Draft]:
    drafts: list[Draft] = []
    label, group = head["label"].strip(), ""
    unit = head["unit"] if head["unit"] in _units() else None
    last = entries[-1]
    # The date in the last bracket is that of the whole list.
    date: Date = last.span("where") if last["where"] and is_date(last["where"]) else NO_DATE
    for entry in entries:
        of, name = entry["group"], entry["name"].strip()
        group = of or group
        draft = Draft(Quantity, (label, group) if group else (label,), entry.start("first"), entry.end())
        place = drafts[-1].rank or 0 if drafts and drafts[-1].path == draft.path else 0
        draft.rank, draft.name, draft.date = place + 1, name, date
        draft.figure, draft.unit = read_figure(entry["figure"]), entry["unit"] or unit
        said = (entry["where"] if entry.span("where") != date else None, entry["behind"])
        notes = [*re.findall(r"\(([^()]*)\)", entry["country"] or ""), *said]
        draft.note = "; ".join(note for note in notes if note) or None
        drafts.append(draft)
    return drafts


def _units() -> frozenset[str]:
    return frozenset(forms("units"))
