"""Submarine cables that land in a country: ``landing points for the ARCOS, SAC and Maya-1 submarine cables``."""

from __future__ import annotations

from factparse.core.facts import Item
from factparse.extract.figures.drafts import NO_DATE, Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between, closing_date, text_value
from factparse.extract.figures.told import told
from factparse.language.parts import Part
from factparse.language.plans import CELL, terminal


def telecom(reader: Reader, part: Part) -> None:
    """Read figures as :func:`told` does, and of the other sentences the names of submarine cables, each an item."""
    told(reader, part, cables)


def cables(reader: Reader, part: Part) -> None:
    """Read the names of the cables that land; what stands around such a list is text."""
    at = part.start
    date = closing_date(reader.text, part.start, len(reader.text[: part.end].rstrip())) or NO_DATE
    for found in terminal(CELL, "LANDING").finditer(reader.text, part.start, part.end):
        names = [name for name in terminal(CELL, "CABLE").finditer(reader.text, *found.span("names")) if name["name"]]
        between(reader, part, at, found.start())
        for number, name in enumerate(names):
            # The words around the list are text of its first and last item, so that none is lost.
            start = name.start("name") if number else found.start()
            end = name.end("name") if number + 1 < len(names) else found.end()
            draft = Draft(Item, (*part.path, "landing points"), start, end)
            draft.name, draft.date = name["name"], date
            reader.drafts.append(draft)
            reader.regions.append(("cable", *name.span("name")))
        at = found.end()
    if at == part.start:
        text_value(reader, part)
    else:
        between(reader, part, at, part.end)
