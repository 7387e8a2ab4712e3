"""How likely a cell of a field is to have its sub-labels and years in an order: learned from those of all editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from math import exp, log
from operator import mul
from typing import Final, TypeVar

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
_Tally = defaultdict[_Key, list[float]]


class _Remembered(dict[_Key, float]):
    """Answers by what was asked: each is computed by ``ask`` when it is first wanted."""

    def __init__(self, ask: Callable[[_Key], float]) -> None:
        self._ask = ask

    def __missing__(self, key: _Key) -> float:
        found = self[key] = self._ask(key)
        return found


def _repeated(marks: Marks) -> Iterator[int]:
    """Yield each sub-label that stands further in front already, as often as it comes again."""
    seen: set[int] = set()
    for mark in marks:
        if mark in seen and mark >= LABELS:
            yield mark
        seen.add(mark)


class Counted:
    """What was counted of a field's cells: for each thing a list with its number in each of so many editions.

    ``wholes`` has the strings of marks, ``pairs`` the marks that follow one another, ``firsts`` and ``seconds`` the two
    marks of those pairs, ``uses`` the sub-labels of each string, ``again`` those that it has twice; ``strings`` says
    how many strings there are, ``steps`` how many pairs.

    >>> Counted(2, [((6, 7), [(0, 9)])]).pairs[6, 7]
    [9.0, 0.0]
    """

    def __init__(self, editions: int, strings: Iterable[tuple[Marks, Iterable[tuple[int, float]]]]) -> None:
        def none() -> list[float]:
            return [0.0] * editions

        self.wholes: _Tally[Marks] = defaultdict(none)
        self.pairs: _Tally[tuple[int, int]] = defaultdict(none)
        self.firsts: _Tally[int] = defaultdict(none)
        self.seconds: _Tally[int] = defaultdict(none)
        self.uses: _Tally[int] = defaultdict(none)
        self.again: _Tally[int] = defaultdict(none)
        self.strings, self.steps = none(), none()
        for marks, counts in strings:
            self._count(marks, counts)

    def _count(self, marks: Marks, counts: Iterable[tuple[int, float]]) -> None:
        steps, labels = list(pairwise((EDGE, *marks, EDGE))), {mark for mark in marks if mark >= LABELS}
        told = [self.wholes[marks], self.strings, *[self.steps for _ in steps], *[self.pairs[step] for step in steps]]
        told += [self.firsts[one] for one, _ in steps] + [self.seconds[two] for _, two in steps]
        told += [self.uses[label] for label in labels]
        told += [self.again[label] for label in labels if marks.count(label) > 1]
        for edition, count in counts:
            for each in told:
                each[edition] += count


class Orders:
    """How likely the strings of marks of a field are, where what each edition printed counts as ``worth`` tells.

    Only what is asked for is computed, and remembered, since strings recur.
    """

    def __init__(self, found: Counted, worth: Sequence[float]) -> None:
        self._found, self._worth = found, worth
        self._strings, self._steps = self._sum(found.strings) + 1.0, self._sum(found.steps) + 1.0
        self._steps_said = _Remembered(self._step)
        self._begun, self._ended, self._again = map(_Remembered, (self._first, self._second, self._twice))
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
        said = sum(map(self._steps_said.__getitem__, pairwise((EDGE, *marks, EDGE))))
        if len(set(marks)) < len(marks):
            said += sum([self._again[mark] for mark in _repeated(marks)])
        wholes = self._found.wholes
        share = self._sum(wholes[marks]) / self._strings if marks in wholes else 0.0
        return log(_WHOLE * share + (1.0 - _WHOLE) * exp(max(said, _NEVER)))

    def _step(self, step: tuple[int, int]) -> float:
        """The log-probability that one mark follows another."""
        pairs, (one, two) = self._found.pairs, step
        if one not in self._found.firsts:
            return log(_LEAST)
        if step not in pairs:
            return log(_PAIRS * _NEW / self._begun[one])
        return log((self._sum(pairs[step]) + self._ended[two]) / self._begun[one])

    def _first(self, mark: int) -> float:
        """How many pairs begin with a mark."""
        return self._sum(self._found.firsts[mark]) + _PAIRS

    def _second(self, mark: int) -> float:
        """How many pairs end with a mark, by the first guess."""
        return _PAIRS * self._sum(self._found.seconds[mark]) / self._steps

    def _twice(self, mark: int) -> float:
        """The log-probability that a cell with a sub-label has it twice."""
        again, uses = self._found.again, self._found.uses
        twice = _AGAIN + (self._sum(again[mark]) if mark in again else 0.0)
        return log(min(twice / (1.0 + (self._sum(uses[mark]) if mark in uses else 0.0)), 1.0))

    def _sum(self, counts: list[float]) -> float:
        total: float = sum(map(mul, counts, self._worth))
        return total


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

        >>> usual = Orders(Counted(1, [((6, 7), [(0, 9.0)])]), [1.0])
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

        >>> orders = FieldOrders(("total", "land"), ((0.0, Orders(Counted(1, [((6, 7), [(0, 9.0)])]), [1.0])),))
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
