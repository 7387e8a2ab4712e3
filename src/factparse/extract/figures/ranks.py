"""World ranks: which figure of a cell each belongs to.

The Factbook ranks countries by one figure of a field and prints the place at the end, behind all the others: behind the
years of a series, or behind the parts of a whole. Some editions dropped the words before it and kept the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from factparse.core.facts import Quantity
from factparse.extract.figures.drafts import Draft, is_total
from factparse.extract.figures.items import Reader
from factparse.language import AsOf, read_as_of
from factparse.language.figures import NO_FIGURE
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, terminal

_REACH: Final = 20  # characters before a bare number that are looked at


def give_ranks(reader: Reader, ranks: Sequence[tuple[int, Part]]) -> None:
    """Give each world rank of a cell to its figure: one of those between the rank before it and itself.

    ``ranks`` are the parts of the cell that hold one, each with the number of drafts before it. A rank behind no figure
    is given to none.
    """
    first = 0
    for last, part in ranks:
        digits = reader.text[part.start : part.end].rpartition(":")[2].strip()
        ranked = headline(reader.text, reader.drafts[first:last])
        if ranked is not None and digits.isdecimal():
            ranked.rank = int(digits)
            # Without its words a rank keeps the space before it in the text: "5 170", not "5170".
            ranked.tail += (part.start - (len(digits) == part.end - part.start), part.end)
        first = last


def headline(text: str, drafts: Sequence[Draft]) -> Draft | None:
    """Return the figure that a rank behind these ``drafts`` ranks, or ``None`` if they hold no number.

    It is the total of a breakdown if one is printed, else the first figure; of a series the newest year.
    """
    counted = [draft for draft in drafts if draft.counts and _numbered(draft)]
    if not counted:
        return None
    first = next((draft for draft in counted if draft.path and is_total(draft.path[-1])), counted[0])
    about = _about(first)
    return max((draft for draft in counted if _about(draft) == about), key=lambda draft: _year(text, draft))


def _numbered(draft: Draft) -> bool:
    figure = draft.figure or NO_FIGURE
    return figure.value is not None or figure.low is not None


def _about(draft: Draft) -> tuple[object, ...]:
    """Return what the figures of one series have in common."""
    return draft.path, draft.name, draft.of, draft.unit, (draft.figure or NO_FIGURE).unit


def _year(text: str, draft: Draft) -> int:
    date = draft.date
    if date is None:
        return 0
    return (date if isinstance(date, AsOf) else read_as_of(text[slice(*date)])).year or 0


def take_bare_rank(reader: Reader) -> Part | None:
    """Take the bare number that ends a cell off its figures if it is a rank without its words; return it as a part.

    ``11.1% of GDP (2015 est.) 77``: a number of up to three digits without unit, name and date is no figure of its own
    where it stands behind a whole value.
    """
    if len(reader.drafts) < 2:
        return None
    rank = _bare(reader.text, reader.drafts[-1])
    if rank is None or headline(reader.text, reader.drafts[:-1]) is None:
        return None
    start, end = rank
    _give_back(reader.text, reader.drafts.pop(), start, reader.drafts[-1])
    last = reader.parts.pop()
    kind, begin, _ = reader.regions.pop()
    # The tree shows a rank too: what stood before it in its part is a part of its own.
    if reader.text[begin:start].strip():
        reader.parts.append(last._replace(end=start))
        reader.regions.append((kind, begin, start))
    part = Part("rank", last.path, start, end, start)
    reader.parts.append(part)
    return part


def _bare(text: str, draft: Draft) -> Range | None:
    if draft.kind is not Quantity or draft.of or draft.unit or draft.note or draft.date or draft.qualifier:
        return None
    found = terminal(CELL, "BARE_RANK").search(text, max(0, draft.start - _REACH))
    if found is None:
        return None
    # The number must be all that the draft holds, but for a length that is of the figure before it.
    words = text[draft.start : found.start("rank")].strip()
    alone = terminal(CELL, "RUNWAYS").fullmatch(words) if words else not draft.name
    return found.span("rank") if alone else None


def _give_back(text: str, taken: Draft, rank: int, before: Draft) -> None:
    """Give the length before a ``rank`` to the figure that it is of: ``1 with runways 2,440-3,659 m 219``."""
    if taken.name and not text[before.end : taken.start].strip():
        before.of = taken.name
        before.end = len(text[:rank].rstrip())
