"""Fits a log-linear choice among the places of a row: which is the border, or is there none.

Arithmetic is limited to what IEEE 754 rounds alike everywhere (no ``exp``, no ``log``), so that two machines write the
same bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from math import sqrt
from random import Random
from typing import NamedTuple


class Choice(NamedTuple):
    """One row: for each place the numbers of its features, general ones and the field's own; the answer or -1."""

    general: tuple[array[int], ...]
    field: tuple[array[int], ...]
    answer: int

    def often(self, counts: array[int], least: int) -> Choice:
        """The choice without the features that are seen less than ``least`` times."""

        def keep(place: array[int]) -> array[int]:
            return array("I", [i for i in place if counts[i] >= least])

        return Choice(tuple(map(keep, self.general)), tuple(map(keep, self.field)), self.answer)


class Numbers:
    """Numbers features in the order they are met."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}
        self.counts = array("I")

    def number(self, keys: Iterable[str]) -> array[int]:
        """The numbers of ``keys``, each key once."""
        numbers = array("I")
        for key in dict.fromkeys(keys):
            number = self.of.setdefault(key, len(self.of))
            if number == len(self.counts):
                self.counts.append(0)
            self.counts[number] += 1
            numbers.append(number)
        return numbers


def exp(x: float) -> float:
    """Return e to the ``x`` for ``x`` <= 0, by multiplication alone; 0 below -30.

    >>> round(exp(-1.0), 4), exp(-31.0)
    (0.3679, 0.0)
    """
    if x < -30.0:
        return 0.0
    power = 1.0 + x / 65536.0
    for _ in range(16):
        power *= power
    return power


def _learn(row: Choice, bare: bool, rate: float, weights: list[float], sums: list[float]) -> None:
    places = row.general if bare else [a + b for a, b in zip(row.general, row.field, strict=True)]
    scores = [sum([weights[i] for i in place]) for place in places]
    top = max(0.0, *scores)
    odds = [exp(score - top) for score in scores]
    total = sum(odds) + exp(-top)
    for index, place in enumerate(places):
        gradient = (index == row.answer) - odds[index] / total
        if -0.0005 < gradient < 0.0005:
            continue
        square = gradient * gradient
        for i in place:
            sums[i] += square
            weights[i] += rate * gradient / sqrt(sums[i])


def fit(
    rows: Sequence[Choice], size: int, *, rounds: int, rate: float, decay: float, bare: float, seed: int
) -> list[float]:
    """Return ``size`` weights. A share ``bare`` of the rows is shown without the field's own features.

    After each round every weight is shrunk by ``decay``, rare features more than common ones.
    """
    weights = [0.0] * size
    sums = [0.05] * size
    random = Random(seed)
    for _ in range(rounds):
        for _, index in sorted((random.random(), index) for index in range(len(rows))):
            _learn(rows[index], random.random() < bare, rate, weights, sums)
        for index, total in enumerate(sums):
            weights[index] *= 1.0 - decay / sqrt(total)
    return weights
