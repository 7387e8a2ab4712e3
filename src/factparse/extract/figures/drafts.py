"""Drafts: what is read of a cell before its facts are made.

Facts are frozen, but what comes later in a cell still changes what was read: a date printed once, behind all the parts
it holds for, or a world rank. So figures are drafts until the whole cell is read (:func:`settle`, then :func:`make`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from factparse.core.facts import AnyFact, Coordinates, Item, Quantity, Share, TextValue
from factparse.extract.context import Context, fact_maker
from factparse.language import AsOf, Figure, read_as_of
from factparse.language.figures import NO_FIGURE
from factparse.language.plans import CELL, Range, terminal

# Sub-labels of parts that follow a total whose date they share: "total: 14.8% (2006) male: 11.9%".
_SIBLINGS: Final = frozenset({"male", "female", "urban", "rural"})

Kind = type[Quantity] | type[Share] | type[Item] | type[TextValue] | type[Coordinates]
Date = Range | AsOf  # where in the cell a date is printed; or what it says, where that is not as printed


class Draft(Struct, gc=False):
    """A fact to be: its class ``kind``, its sub-labels ``path``, where it stands in the cell, and what is known of it.

    ``start``, ``end``, ``date`` and ``tail`` (where the world rank stands) are places in the text of the cell.
    """

    kind: Kind
    path: tuple[str, ...]
    start: int
    end: int
    name: str = ""
    figure: Figure | None = None
    unit: str | None = None
    of: str | None = None
    qualifier: str | None = None
    note: str | None = None
    date: Date | None = None
    tail: Range | None = None

    @property
    def counts(self) -> bool:
        """Whether this becomes a :class:`Quantity` or a :class:`Share`, the classes that hold a figure."""
        return self.kind is Quantity or self.kind is Share


def settle(drafts: Sequence[Draft]) -> None:
    """Give undated drafts their date: the next one in the cell, since the Factbook prints a date behind its parts.

    What comes behind the last date keeps none, with two exceptions. The sexes, and ``urban`` and ``rural``, take the
    date of the figure before them; other parts take that of the total, which is printed once, with the total.
    """
    if len(drafts) == 1:
        return  # nothing follows or goes before
    # Backwards, so that each draft meets the date that follows it.
    date: Date | None = None
    undated = False
    for draft in reversed(drafts):
        if draft.date is not None:
            date = draft.date
        elif draft.kind is not TextValue and draft.kind is not Coordinates:
            draft.date = date
            undated = undated or date is None
    # Forwards, for what stands behind the last date: if all have one by now, or none is printed, there is no more.
    if not undated or date is None:
        return
    total: Date | None = None
    for before, draft in pairwise(drafts):
        if before.date is not None and before.path and before.path[-1].startswith("total"):
            total = before.date
        if draft.date is None and draft.path and draft.counts:
            draft.date = before.date if draft.path[-1] in _SIBLINGS and before.date is not None else total


def make(context: Context, drafts: Sequence[Draft], unit: str | None = None) -> tuple[AnyFact, ...]:
    """Return the facts of settled drafts, in their order; ``unit`` is the unit of quantities that print none."""
    text = context.text
    found: list[AnyFact] = []
    for draft in drafts:
        date = draft.date
        as_of = None
        if date is not None:
            as_of = date if isinstance(date, AsOf) else read_as_of(text[date[0] : date[1]])
        found.append(_MAKERS[draft.kind](context, draft, as_of, unit))
    return tuple(found)


_new_quantity, _new_share, _new_item = fact_maker(Quantity), fact_maker(Share), fact_maker(Item)
_new_text, _new_place = fact_maker(TextValue), fact_maker(Coordinates)


def _quantity(context: Context, draft: Draft, as_of: AsOf | None, implied: str | None) -> Quantity:
    figure, unit, tail = draft.figure or NO_FIGURE, draft.unit, draft.tail
    if figure.unit:  # a currency, or "%": with words behind it a rate, "USD/barrel"
        unit = f"{figure.unit}/{unit.removeprefix('/')}" if unit else figure.unit
    date = as_of.date if as_of is not None else ""
    return _new_quantity(
        context,
        draft.start,
        draft.end,
        as_of,
        tail,
        path=draft.path,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=unit or implied,
        of=draft.of or draft.name or None,
        qualifier=draft.qualifier or figure.qualifier,
        period=_period(date) if "-" in date or "FY" in date else None,
        rank=rank_at(context.text, *tail) if tail else None,
        note=draft.note,
    )


def _period(date: str) -> str | None:
    """Return the years or the fiscal year that a date spans, as printed (``2010-15``, ``FY94/95``), or ``None``."""
    found = terminal(CELL, "PERIOD").search(date)
    return found[0] if found else None


def rank_at(text: str, start: int, end: int) -> int:
    """Return the world rank that ``text[start:end]`` prints behind its label and colon."""
    return int(text[start:end].rpartition(":")[2])


def _share(context: Context, draft: Draft, as_of: AsOf | None, _: str | None) -> Share:
    figure = draft.figure or NO_FIGURE
    return _new_share(
        context,
        draft.start,
        draft.end,
        as_of,
        draft.tail,
        path=draft.path,
        name=draft.name,
        percent=figure.value,
        low=figure.low,
        high=figure.high,
        qualifier=draft.qualifier or figure.qualifier,
        note=draft.note,
    )


def _item(context: Context, draft: Draft, as_of: AsOf | None, _: str | None) -> Item:
    return _new_item(context, draft.start, draft.end, as_of, path=draft.path, name=draft.name, note=draft.note)


def _text(context: Context, draft: Draft, as_of: AsOf | None, _: str | None) -> TextValue:
    value = context.text[draft.start : draft.end].strip()
    return _new_text(context, draft.start, draft.end, as_of, path=draft.path, value=value)


def _place(context: Context, draft: Draft, _as_of: AsOf | None, _: str | None) -> Coordinates:
    place = draft.figure or NO_FIGURE
    return _new_place(
        context, draft.start, draft.end, path=draft.path, latitude=place.low or 0.0, longitude=place.high or 0.0
    )


_MAKERS: Final[dict[Kind, Callable[[Context, Draft, AsOf | None, str | None], AnyFact]]] = {
    Quantity: _quantity,
    Share: _share,
    Item: _item,
    TextValue: _text,
    Coordinates: _place,
}
