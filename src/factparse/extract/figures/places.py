"""Reads three small kinds of parts: coordinates, hours ahead of UTC, and series of exchange rates."""

from __future__ import annotations

import re

from factparse.core.facts import Coordinates, Quantity, TextValue
from factparse.extract.figures.drafts import Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import between, text_value
from factparse.language import Figure, number
from factparse.language.parts import Part
from factparse.language.plans import CELL, rules, terminal


def places(reader: Reader, part: Part) -> None:
    """Read coordinates, in decimal degrees, north and east positive; what stands around them is text."""
    at = part.start
    for found in rules(CELL, "places").pattern.finditer(reader.text, part.start, part.end):
        between(reader, part, at, found.start())
        draft = Draft(Coordinates, part.path, *found.span())
        # A draft has no fields for two numbers but the ends of a range: latitude is the low end, longitude the high.
        draft.figure = Figure(
            None, _degrees(found, "north", "minutes", "pole"), _degrees(found, "east", "more", "side")
        )
        reader.drafts.append(draft)
        reader.regions.append(("places", *found.span()))
        at = found.end()
    between(reader, part, at, part.end)


def _degrees(found: re.Match[str], whole: str, minutes: str, side: str) -> float:
    degrees = round(float(found[whole]) + int(found[minutes] or 0) / 60, 4)
    return -degrees if found[side] in "SW" else degrees


def hours(reader: Reader, part: Part) -> None:
    """Read hours ahead of UTC, or the shift in summer; the words behind are a remark.

    ``UTC-5 (same time as Washington, DC, during Standard Time)`` and ``+1hr, begins in March``.
    """
    text = reader.text
    ahead = terminal(CELL, "UTC_OFFSET").match(text, part.start, part.end)
    shift = terminal(CELL, "CLOCK_SHIFT").match(text, part.start, part.end)
    found = ahead or shift
    if found is None:
        text_value(reader, part)
        return
    draft = Draft(Quantity, part.path, found.start(), part.end)
    draft.figure = Figure(number("".join(found[1].split()).removeprefix("+")))
    draft.unit, draft.of = (shift["hours"], None) if shift else ("hours", "UTC")
    draft.note = text[found.end() : part.end].strip(" ,;") or None
    reader.drafts.append(draft)
    reader.regions.append(("hours", *found.span()))


def rates(reader: Reader, part: Part) -> None:
    """Read a series of exchange rates, whose unit stands before it: ``Afghanis (AFA) per US dollar - 46 (2010)``.

    A series without words before it takes the unit of its sub-label, else that of the figure or text before.
    """
    text = reader.text
    found = terminal(CELL, "RATE_UNIT").match(text, part.start, part.end)
    start = found.end() if found else part.start
    label = terminal(CELL, "RATE_LABEL").search(text, part.start, start)
    path = (*part.path, label["label"].rstrip()) if label else part.path
    unit = text[part.start : label.start() if label else start].strip(' -–—:"\n')
    if not unit and ("per " in part.label or "(" in part.label):
        unit = part.label
    if start == part.end:
        text_value(reader, part)
        return
    first = len(reader.drafts)
    reader.figures(path, start, part.end)
    if len(reader.drafts) > first:  # the first rate's text includes the unit
        reader.drafts[first].start = part.start
    if not unit and first and reader.drafts[first - 1].kind in (Quantity, TextValue):
        before = reader.drafts[first - 1]
        unit = before.unit or _unit_of(text[before.start : before.end])
    for draft in reader.drafts[first:]:
        if draft.kind is Quantity and draft.unit is None:
            draft.unit = unit or None


def _unit_of(words: str) -> str:
    """Return the unit that the words before a series give, ``Zambian kwacha (ZMK) per US dollar -``, or nothing."""
    words = words.strip(' -–—:"')
    return words if " per " in words else ""
