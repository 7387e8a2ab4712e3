"""How likely a cell of a field is to have its sub-labels and years in an order: learned from those of all editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp, log
from typing import Final

import attrs

from factparse.columns.structure import LABELS, Marks

__all__ = ["FieldOrders", "Orders", "orders_of"]

EDGE: Final = -1
"""The mark of a cell's beginning and end."""

_WHOLE: Final = 0.6  # how far the counts of whole strings are trusted, beside those of their pairs
_LEAST: Final = 0.002  # the share of a mark that was never counted
_PAIRS: Final = 0.5  # how many pairs the first guess of one is worth
_NEW: Final = 0.02  # the chance that a mark is followed by one that never followed it, of one pair
_AGAIN: Final = 0.001  # how often a sub-label comes again that never did
_NEVER: Final = -300.0  # nats: no string is less likely
_KEPT: Final = 2048  # answers that are remembered of a field


@attrs.frozen
class Orders:
    """How likely the strings of marks are.

    ``whole`` has the share of each string, ``pairs`` the logarithm of how often a mark follows another, ``new`` that of
    one following that never did, ``again`` that of each sub-label coming twice.
    """

    whole: Mapping[Marks, float]
    pairs: Mapping[tuple[int, int], float]
    new: Mapping[int, float]
    again: Sequence[float]

    def chance(self, marks: Marks) -> float:
        """The log-probability that a cell is this string of marks."""
        get, said = self.pairs.get, 0.0
        for pair in pairwise((EDGE, *marks, EDGE)):
            known = get(pair)
            said += known if known is not None else self.new.get(pair[0], log(_LEAST))
        seen: set[int] = set()
        for mark in marks:
            if mark >= LABELS:
                if mark in seen:
                    said += self.again[mark - LABELS]
                seen.add(mark)
        return log(_WHOLE * self.whole.get(marks, 0.0) + (1.0 - _WHOLE) * exp(max(said, _NEVER)))


@attrs.frozen
class FieldOrders:
    """The ways in which cells of a field may be printed, each with the log-probability that a page is of it.

    ``labels`` are the field's sub-labels, longest first.
    """

    labels: tuple[str, ...]
    ways: tuple[tuple[float, Orders], ...]
    _known: dict[tuple[Marks, Marks | None], float] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    def said(self, first: Marks, second: Marks | None = None) -> float:
        """The log-probability of two cells, or of one.

        Both cells of a page are printed in one way, so an unusual way that both share is as likely as one cell of it.
        It is remembered, since strings recur.

        >>> usual = orders_of(2, [((6, 7), 9.0)])
        >>> orders = FieldOrders(("total", "land"), ((0.0, usual),))
        >>> orders.said((6, 7), (6, 7)) > orders.said((6, 7, 6, 7)), orders.said((6, 7)) > orders.said((6,), (7,))
        (True, True)
        """
        known = self._known
        found = known.get((first, second))
        if found is None:
            if len(known) >= _KEPT:
                known.clear()
            found = known[first, second] = self._said(first, second)
        return found

    def _said(self, first: Marks, second: Marks | None) -> float:
        chances = [
            weight + orders.chance(first) + (orders.chance(second) if second is not None else 0.0)
            for weight, orders in self.ways
        ]
        top = max(chances)
        return top + log(sum([exp(each - top) for each in chances]))


def orders_of(labels: int, counted: Iterable[tuple[Marks, float]]) -> Orders:
    """The orders of a field with so many sub-labels, of its strings of marks with how often each was counted."""
    whole: dict[Marks, float] = defaultdict(float)
    pairs: dict[tuple[int, int], float] = defaultdict(float)
    uses, again = [1.0] * labels, [_AGAIN] * labels
    for marks, count in counted:
        whole[marks] += count
        for pair in pairwise((EDGE, *marks, EDGE)):
            pairs[pair] += count
        for mark in set(marks):
            if mark >= LABELS:
                uses[mark - LABELS] += count
                again[mark - LABELS] += count * (marks.count(mark) > 1)
    firsts: dict[int, float] = defaultdict(float)
    seconds: dict[int, float] = defaultdict(float)
    for (one, two), count in pairs.items():
        firsts[one] += count
        seconds[two] += count
    total, many = sum(whole.values()) + 1.0, sum(seconds.values()) + 1.0
    return Orders(
        {marks: count / total for marks, count in whole.items()},
        {
            (one, two): log((count + _PAIRS * seconds[two] / many) / (firsts[one] + _PAIRS))
            for (one, two), count in pairs.items()
        },
        {one: log(_PAIRS * _NEW / (count + _PAIRS)) for one, count in firsts.items()},
        [log(min(each / use, 1.0)) for each, use in zip(again, uses, strict=True)],
    )
