"""The sub-labels with which cells of a field begin or go on, as two public editions had them."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

from factparse.columns import priors

_LONGEST_HEAD: Final = 60  # characters of a sub-label with which a cell may begin


class Head(NamedTuple):
    """A sub-label of a field: its place in the field's order, and the log-odds that it opens a cell."""

    order: int
    odds: float


class Heads(NamedTuple):
    """The sub-labels of a field by name; ``reach`` is the most by which their odds can change an outcome's lead."""

    known: dict[str, Head]
    reach: float

    def at(self, text: str, start: int) -> Head | None:
        """The sub-label that begins at ``start``; ``None`` if the field has none that stands there."""
        colon = text.find(":", start, start + _LONGEST_HEAD)
        return self.known.get(text[start:colon]) if colon >= 0 else None


@cache
def heads_of(field: str) -> Heads:
    """The sub-labels of ``field``, as two public editions had them (:func:`factparse.columns.priors.sublabels`)."""
    # Half a cell is added to both counts, so that a sub-label that always opens a cell has odds that are finite.
    heads = {
        each.name: Head(order, math.log((each.opens + 0.5) / (max(each.uses - each.opens, 0) + 0.5)))
        for order, each in enumerate(priors.sublabels(field))
    }
    # A place without a sub-label has no odds, which counts as 0.
    odds = [0.0, *(head.odds for head in heads.values())]
    return Heads(heads, max(odds) - min(odds))
