"""The first figure of a cell: how many digits stand before its point, which is much the same in all cells of a field.

Where digits of two cells run together (``world: 16170.5%``, ``40.845.4``), this tells which of them begin the second
cell: a share hardly has three. Digits are no more than that likely: each that a figure takes has one chance in ten.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from math import exp, log
from typing import Final

__all__ = ["MOST", "shares", "size_of"]

MOST: Final = 15
"""Figures of more digits are counted with those of so many."""

_FIGURE = re.compile(r"\d[\d,]{0,40}")
_NUMERIC: Final = "0123456789.,"
_SMOOTH: Final = 0.002  # the share of all cells that a size gets which was never counted
_FEW: Final = 0.5  # cells of each size that are taken for counted
_NEVER: Final = -60.0  # nats: no figure begins so, be it as long as it may
_USUAL: Final = (40, 6, 14, 14, 10, 6, 6, 3, 1)
"""How often a cell of an unknown field begins with no figure, with a zero, with a figure of one digit, and so on."""


def size_of(text: str, at: int = 0) -> int:
    """How many digits the figure at ``at`` has before its point, and one more: 1 for a zero, 0 if there is no figure.

    >>> [size_of(text) for text in ("none", "0.5%", "7 km", "1,234.5 km")]
    [0, 1, 2, 5]
    """
    match = _FIGURE.match(text, at)
    if match is None:
        return 0
    digits = match[0].replace(",", "")
    return 1 if digits == "0" else min(len(digits), MOST) + 1


def shares(text: str, places: Sequence[int], ruled_out: Container[int], sizes: Sequence[float]) -> Sequence[float]:
    """The log-share that each place behind a digit has of a border in its run of digits; 0 for all other places.

    Some places are ``ruled_out``. ``sizes`` says how many cells of the field begin with a figure of each size; it is
    empty if nothing is known. The result is empty if no place divides digits.

    >>> percent = [1, 0, 10, 60]
    >>> [round(exp(said), 1) for said in shares("40.845.4", [4, 5], (), percent)]
    [0.4, 0.6]
    """
    if not any(text[at].isdecimal() and text[at - 1].isdecimal() for at in places):
        return ()
    said = [0.0] * len(places)
    for group in _runs(text, places):
        chances = [
            _NEVER if (at := places[index]) in ruled_out else _chance(text, at, sizes or _USUAL) for index in group
        ]
        top = max(chances)
        total = top + log(sum([exp(each - top) for each in chances]))
        for index, each in zip(group, chances, strict=True):
            said[index] = each - total
    return said


def _runs(text: str, places: Sequence[int]) -> Iterable[list[int]]:
    """Yield the indexes of the places in, or behind, each run of digits, where there are several."""
    group: list[int] = []
    for index, at in enumerate(places):
        if not text[at - 1].isdecimal():
            continue
        if group and text[places[group[-1]] : at].strip(_NUMERIC):
            if len(group) > 1:
                yield group
            group = []
        group.append(index)
    if len(group) > 1:
        yield group


def _chance(text: str, at: int, sizes: Sequence[float]) -> float:
    """The log-probability of the digits with which a cell begins at ``at``."""
    size = size_of(text, at)
    if size > 1 and text[at] == "0":
        return _NEVER  # no figure of two digits begins with a zero
    total = sum(sizes)
    counted = sizes[size] if size < len(sizes) else 0.0
    chance = (counted + _SMOOTH * total + _FEW) / (total + _FEW * (MOST + 2))
    return log(chance) - (log(9.0) + (size - 2) * log(10.0) if size > 1 else 0.0)
