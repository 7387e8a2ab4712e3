"""How likely a cell of a field is to have its sub-labels and years in an order: learned from those of all editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, log
from typing import Final, Generic, TypeVar

import attrs

from factparse.columns.structure import LABELS, Marks

__all__ = ["Counted", "FieldOrders", "Orders"]

EDGE: Final = -1
"""The mark of a cell's beginning and end."""

_WHOLE: Final = 0.6  # how far the counts of whole strings are trusted, beside those of their pairs
_LEAST: Final = 0.002  # the share of a mark that was never counted
_PAIRS: Final = 0.5  # how many pairs the first guess of one is worth
_NEW: Final = 0.02  # the chance that a mark is followed by one that never followed it, of one pair
_AGAIN: Final = 0.001  # how often a sub-label comes again that never did
_NEVER: Final = -300.0  # nats: no string is less likely
_KEPT: Final = 2048  # answers that are remembered of a field

_Key = TypeVar("_Key")


class _Tally(defaultdict[_Key, dict[int, float]], Generic[_Key]):
    """How often each edition, told by a number, printed a thing."""

    def __init__(self) -> None:
        super().__init__(dict)

    def add(self, key: _Key, edition: int, count: float) -> None:
        counts = self[key]
        counts[edition] = counts.get(edition, 0.0) + count


class Counted:
    """What was counted of a field's cells, each by edition.

    ``wholes`` has the strings of marks, ``pairs`` the marks that follow one another, ``firsts`` and ``seconds`` the two
    marks of those pairs, ``uses`` the sub-labels of each string, ``again`` those that it has twice; ``sizes`` has how
    many strings there are, and how many pairs.

    >>> Counted([((6, 7), [(0, 9)])]).pairs[6, 7]
    {0: 9.0}
    """

    def __init__(self, strings: Iterable[tuple[Marks, Iterable[tuple[int, float]]]]) -> None:
        self.wholes, self.pairs = _Tally[Marks](), _Tally[tuple[int, int]]()
        self.firsts, self.seconds = _Tally[int](), _Tally[int]()
        self.uses, self.again = _Tally[int](), _Tally[int]()
        self.sizes = _Tally[str]()
        for marks, counts in strings:
            steps = list(pairwise((EDGE, *marks, EDGE)))
            for edition, count in counts:
                self._add(marks, steps, edition, count)

    def _add(self, marks: Marks, steps: Sequence[tuple[int, int]], edition: int, count: float) -> None:
        self.wholes.add(marks, edition, count)
        self.sizes.add("strings", edition, count)
        self.sizes.add("pairs", edition, count * len(steps))
        for step in steps:
            self.pairs.add(step, edition, count)
            self.firsts.add(step[0], edition, count)
            self.seconds.add(step[1], edition, count)
        for mark in {mark for mark in marks if mark >= LABELS}:
            self.uses.add(mark, edition, count)
            self.again.add(mark, edition, count * (marks.count(mark) > 1))


class Orders:
    """How likely the strings of marks of a field are, where what each edition printed counts as ``worth`` tells.

    Only what is asked for is computed, and remembered, since strings recur.
    """

    def __init__(self, found: Counted, worth: Sequence[float]) -> None:
        self._found, self._worth = found, worth
        self._strings = self._sum(found.sizes, "strings") + 1.0
        self._many = self._sum(found.sizes, "pairs") + 1.0
        self._pairs: dict[tuple[int, int], float] = {}
        self._again: dict[int, float] = {}
        self._chances: dict[Marks, float] = {}

    def chance(self, marks: Marks) -> float:
        """The log-probability that a cell is this string of marks."""
        found = self._chances.get(marks)
        if found is None:
            if len(self._chances) >= _KEPT:
                self._chances.clear()
            found = self._chances[marks] = self._chance(marks)
        return found

    def _chance(self, marks: Marks) -> float:
        said, pairs = 0.0, self._pairs
        for step in pairwise((EDGE, *marks, EDGE)):
            known = pairs.get(step)
            if known is None:
                known = pairs[step] = self._step(*step)
            said += known
        seen: set[int] = set()
        for mark in marks:
            if mark >= LABELS:
                if mark in seen:
                    again = self._again.get(mark)
                    if again is None:
                        again = self._again[mark] = self._twice(mark)
                    said += again
                seen.add(mark)
        share = self._sum(self._found.wholes, marks) / self._strings
        return log(_WHOLE * share + (1.0 - _WHOLE) * exp(max(said, _NEVER)))

    def _step(self, one: int, two: int) -> float:
        """The log-probability that one mark follows another."""
        if one not in self._found.firsts:
            return log(_LEAST)
        begun = self._sum(self._found.firsts, one) + _PAIRS
        if (one, two) not in self._found.pairs:
            return log(_PAIRS * _NEW / begun)
        usual = self._sum(self._found.seconds, two) / self._many
        return log((self._sum(self._found.pairs, (one, two)) + _PAIRS * usual) / begun)

    def _twice(self, mark: int) -> float:
        """The log-probability that a cell with a sub-label has it twice."""
        again, uses = self._sum(self._found.again, mark) + _AGAIN, self._sum(self._found.uses, mark) + 1.0
        return log(min(again / uses, 1.0))

    def _sum(self, tally: _Tally[_Key], key: _Key) -> float:
        worth = self._worth
        return sum([count * worth[at] for at, count in tally[key].items()]) if key in tally else 0.0


@attrs.frozen
class FieldOrders:
    """The ways in which cells of a field may be printed, each with the log-probability that a page is of it.

    ``labels`` are the field's sub-labels, longest first.
    """

    labels: tuple[str, ...]
    ways: tuple[tuple[float, Orders], ...]
    _known: dict[tuple[Marks, Marks | None], float] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _cut: dict[Marks, tuple[float, ...]] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    def said(self, first: Marks, second: Marks | None = None) -> float:
        """The log-probability of two cells, or of one.

        Both cells of a page are printed in one way, so an unusual way that both share is as likely as one cell of it.
        It is remembered, since strings recur.

        >>> usual = Orders(Counted([((6, 7), [(0, 9.0)])]), [1.0])
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

    def cuts(self, marks: Marks) -> tuple[float, ...]:
        """What :meth:`said` says of the two cells that each mark but the first makes where the second begins with it.

        >>> orders = FieldOrders(("total", "land"), ((0.0, Orders(Counted([((6, 7), [(0, 9.0)])]), [1.0])),))
        >>> first, second, third = orders.cuts((6, 7, 6, 7))
        >>> second > max(first, third)
        True
        """
        found = self._cut.get(marks)
        if found is None:
            if len(self._cut) >= _KEPT:
                self._cut.clear()
            found = tuple([self._said(marks[:at], marks[at:]) for at in range(1, len(marks))])
            self._cut[marks] = found
        return found

    def _said(self, first: Marks, second: Marks | None) -> float:
        chances = [
            weight + orders.chance(first) + (orders.chance(second) if second is not None else 0.0)
            for weight, orders in self.ways
        ]
        top = max(chances)
        return top + log(sum([exp(each - top) for each in chances]))
