"""Submarine cables that land in a country: ``landing points for the ARCOS, SAC and Maya-1 submarine cables``."""

from __future__ import annotations

from functools import partial

from factparse.core.facts import Item
from factparse.extract.figures.drafts import NO_DATE, Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between, closing_date
from factparse.extract.figures.told import told
from factparse.language.parts import Part
from factparse.language.plans import CELL, terminal


def telecom(reader: Reader, part: Part) -> None:
    """Read the names of the cables that land, each an item, and of the rest figures as :func:`told` does.

    The numbers in the names of cables are no figures: ``landing points for the SeaMeWe-3, -4 submarine cables``.
    """
    text = reader.text
    at = part.start
    closing = closing_date(text, part.start, len(text[: part.end].rstrip()))
    rest = partial(told, closing=closing)
    for found in terminal(CELL, "LANDING").finditer(text, part.start, part.end):
        names = [name for name in terminal(CELL, "CABLE").finditer(text, *found.span("names")) if name["name"]]
        between(reader, part, at, found.start(), rest)
        called = ""
        for number, name in enumerate(names):
            # The words around the list are text of its first and last item, so that none is lost.
            start = name.start("name") if number else found.start()
            end = name.end("name") if number + 1 < len(names) else found.end()
            draft = Draft(Item, (*part.path, "landing points"), start, end)
            draft.name = called = _named(name["name"].rstrip(" -"), called)
            draft.date = closing or NO_DATE
            reader.drafts.append(draft)
            reader.regions.append(("cable", *name.span("name")))
        at = found.end()
    if at == part.start:
        told(reader, part)
    else:
        between(reader, part, at, part.end, rest)


def _named(name: str, before: str) -> str:
    """Return the whole name of a cable of which only the end is printed: ``-4`` behind ``SeaMeWe-3`` is SeaMeWe-4.

    >>> _named("-4", "SeaMeWe-3"), _named("2", "Isle North-1"), _named("-East", "Isle -West"), _named("ACE", "SAT-3")
    ('SeaMeWe-4', 'Isle North-2', 'Isle -East', 'ACE')
    """
    same = terminal(CELL, "SAME_CABLE").fullmatch(name)
    whole = terminal(CELL, "CABLE_STEM").fullmatch(before) if same else None
    if whole is None:
        return name
    stem: str = whole["stem"]
    return stem + (name.removeprefix("-") if stem.endswith("-") else name)
