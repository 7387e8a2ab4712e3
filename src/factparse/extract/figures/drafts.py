"""Drafts: what is read of a cell before its facts are made.

Facts are frozen, but what comes later in a cell still changes what was read: a date printed once, behind all the parts
it holds for, or a world rank. So figures are drafts until the whole cell is read (:func:`settle`, then :func:`make`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final

import attrs
from msgspec import Struct

from factparse.core.facts import AnyFact, Coordinates, Item, Quantity, Share, TextValue
from factparse.core.frozen import filler
from factparse.extract.context import Context, common_filler
from factparse.language import AsOf, Figure, read_as_of, unquoted
from factparse.language.dates import ESTIMATE
from factparse.language.figures import NO_FIGURE
from factparse.language.plans import CELL, Range, terminal

# Sub-labels of parts that follow a total whose date they share: "total: 14.8% (2006) male: 11.9%".
_SIBLINGS: Final = frozenset({"male", "female", "urban", "rural"})

Kind = type[Quantity] | type[Share] | type[Item] | type[TextValue] | type[Coordinates]
Date = Range | AsOf  # where in the cell a date is printed; or what it says, where that is not as printed
NO_DATE: Final = AsOf("", None)  # of a draft that is not to be given the next date of the cell


class Draft(Struct, gc=False):
    """A fact to be: its class ``kind``, its sub-labels ``path``, where it stands in the cell, and what is known of it.

    ``start``, ``end``, ``date`` and ``tail`` are places in the text of the cell. A tail are further pieces of its text,
    which stand behind those of other drafts: the date behind a breakdown, the world rank.
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
    estimated: bool = False  # called an estimate by a bracket of its own, without a date
    inner: bool = False  # its date stands within its words, and is of no other draft
    tail: tuple[int, ...] = ()  # start and end of each piece
    rank: int | None = None

    def noted(self, remark: str | None) -> None:
        """Add a ``remark`` to the note, if there is any."""
        if remark:
            self.note = f"{self.note}; {remark}" if self.note else remark

    @property
    def counts(self) -> bool:
        """Whether this becomes a :class:`Quantity` or a :class:`Share`, the classes that hold a figure."""
        return self.kind is Quantity or self.kind is Share


def settle(drafts: Sequence[Draft]) -> None:
    """Give undated drafts their date: the next one in the cell, since the Factbook prints a date behind its parts.

    It reaches back over the list of its own sub-label. Over those of other sub-labels it does so if it is printed once,
    behind all that the cell holds, or if they are parts of one whole. What comes behind the last date keeps none, with
    two exceptions. The sexes, and ``urban`` and ``rural``, take the date of the figure before them; other parts take
    that of the total, which is printed once, with the total.
    """
    if len(drafts) == 1:
        return  # nothing follows or goes before
    # Backwards, so that each draft meets the date that follows it.
    dated: Draft | None = None
    undated = False
    once: bool | None = None
    for draft in reversed(drafts):
        if draft.inner:
            continue
        if draft.date is not None:
            dated = draft
        elif draft.kind is not TextValue and draft.kind is not Coordinates:
            if dated is not None and draft.path != dated.path and once is None:
                once = not undated and len({each.date for each in drafts if each.date is not None}) == 1
            same = dated is not None and draft.path == dated.path and draft.kind is dated.kind
            if dated is not None and (same or _reaches(dated, draft, once=bool(once))):
                draft.date = dated.date
            else:
                undated = True
    # Forwards, for what stands behind the last date: if all have one by now, or none is printed, there is no more.
    if undated and dated is not None:
        _settle_behind(drafts)


def _reaches(dated: Draft, draft: Draft, *, once: bool) -> bool:
    """Whether the date of ``dated`` is that of ``draft`` too, which stands before it under another sub-label.

    ``once`` says that it is the only date, behind all that the cell holds. ``agriculture: 5% industry: 20% (2010)`` are
    parts of one whole, ``aircraft: 60 passengers: 4,000,000 (2018)`` are not.
    """
    if draft.kind is Item and dated.kind is Quantity:
        return False  # names are not of the year of a figure
    # The date of a note is that of what it remarks on.
    path = dated.path[:-1] if dated.path[-1:] == ("note",) else dated.path
    if not path or draft.path[:1] == path[:1]:
        return True
    if once or draft.kind is Item:
        return once
    label = draft.path[-1] if draft.path else ""
    unit = _unit(draft)
    return (
        label in _SIBLINGS
        or is_total(label)
        or (unit is not None and unit == _unit(dated) and not draft.name and not dated.name)
    )


def _unit(draft: Draft) -> str | None:
    return draft.unit or (draft.figure or NO_FIGURE).unit


def is_total(label: str) -> bool:
    """Return whether a sub-label is that of a total, such as ``total`` or ``Total population``."""
    return label[:5].lower() == "total"


def _settle_behind(drafts: Sequence[Draft]) -> None:
    """Give the figures behind the last date that of the total, or of the one before them."""
    total: Draft | None = None
    for before, draft in pairwise(drafts):
        if before.date is not None and before.path and is_total(before.path[-1]):
            total = before
        if draft.date is not None or not draft.path or not draft.counts:
            continue
        if draft.path[-1] in _SIBLINGS and before.date is not None:
            draft.date = before.date
        # Shares are no parts of a sum of money: "total value: $46 million (1996) partners: UK 16%".
        elif total is not None and (_unit(draft) != "%" or _unit(total) in (None, "%")):
            draft.date = total.date


def settle_defined(text: str, drafts: Sequence[Draft]) -> None:
    """Give undated rates the date of the definition before them: ``age 15 and over can read and write (1990)``."""
    first = drafts[0] if len(drafts) > 1 else None
    if first is None or first.kind is not TextValue or first.date is None:
        return
    if first.path[-1:] != ("definition",) and not terminal(CELL, "AGED").match(text, first.start):
        return
    counts = [draft for draft in drafts if draft.counts]
    if all(draft.date is None for draft in counts):
        for draft in counts:
            draft.date = first.date


def make(context: Context, drafts: Sequence[Draft], unit: str | None = None) -> tuple[AnyFact, ...]:
    """Return the facts of settled drafts, in their order; ``unit`` is the unit of quantities that print none."""
    text = context.text
    quoted = '"' in text
    found: list[AnyFact] = []
    for draft in drafts:
        date = draft.date
        as_of = None
        if date is not None:
            as_of = date if isinstance(date, AsOf) else read_as_of(text[date[0] : date[1]])
        if quoted and text.find('"', draft.start, draft.end) >= 0:
            draft.start, draft.end = unquoted(text, draft.start, draft.end)
        if draft.estimated:
            as_of = attrs.evolve(as_of, estimated=True) if as_of is not None else ESTIMATE
        found.append(_MAKERS[draft.kind](context, draft, as_of, unit))
    return tuple(found)


def _maker(kind: Kind, fill_own: Callable[..., None]) -> Callable[..., AnyFact]:
    """The function that makes facts of class ``kind``; ``fill_own`` sets their own fields on the open fact."""
    fill_common = common_filler()

    def fill(made: AnyFact, context: Context, draft: Draft, as_of: AsOf | None, implied: str | None) -> None:
        fill_common(made, context, draft.start, draft.end, as_of, draft.tail)
        fill_own(made, context, draft, as_of, implied)

    return filler(kind, fill, kind)


def _quantity(made: Any, _context: Context, draft: Draft, as_of: AsOf | None, implied: str | None) -> None:  # noqa: ANN401
    figure, unit = draft.figure or NO_FIGURE, draft.unit
    if figure.unit:  # a currency, or "%": with words behind it a rate, "USD/barrel"
        unit = f"{figure.unit}/{unit.removeprefix('/')}" if unit else figure.unit
    made.path, made.value, made.low, made.high = draft.path, figure.value, figure.low, figure.high
    made.unit, made.of = unit or implied, draft.of or draft.name or None
    made.qualifier = draft.qualifier or figure.qualifier
    made.period = as_of.period if as_of is not None else None
    made.rank, made.note = draft.rank, draft.note


def _share(made: Any, _context: Context, draft: Draft, _as_of: AsOf | None, _: str | None) -> None:  # noqa: ANN401
    figure = draft.figure or NO_FIGURE
    made.path, made.name = draft.path, draft.name
    made.percent, made.low, made.high = figure.value, figure.low, figure.high
    made.qualifier, made.note = draft.qualifier or figure.qualifier, draft.note


def _item(made: Any, _context: Context, draft: Draft, _as_of: AsOf | None, _: str | None) -> None:  # noqa: ANN401
    made.path, made.name, made.note = draft.path, draft.name, draft.note


def _text(made: Any, context: Context, draft: Draft, _as_of: AsOf | None, _: str | None) -> None:  # noqa: ANN401
    made.path, made.value = draft.path, context.text[draft.start : draft.end].strip()


def _place(made: Any, _context: Context, draft: Draft, _as_of: AsOf | None, _: str | None) -> None:  # noqa: ANN401
    place = draft.figure or NO_FIGURE
    made.path, made.latitude, made.longitude = draft.path, place.low or 0.0, place.high or 0.0


_MAKERS: Final[dict[Kind, Callable[[Context, Draft, AsOf | None, str | None], AnyFact]]] = {
    Quantity: _maker(Quantity, _quantity),
    Share: _maker(Share, _share),
    Item: _maker(Item, _item),
    TextValue: _maker(TextValue, _text),
    Coordinates: _maker(Coordinates, _place),
}
