"""Sets of editions as integers. Each edition is a bit, and the first edition of a book is the lowest bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def numbers(editions: int) -> Iterator[int]:
    """The numbers of the editions in a set, ascending.

    >>> list(numbers(0b1101))
    [0, 2, 3]
    """
    return (number for number in range(editions.bit_length()) if editions >> number & 1)


def names(editions: int, known: Sequence[str]) -> tuple[str, ...]:
    """The names of the editions in a set, in the order of all ``known`` editions.

    >>> names(0b101, ("2013", "2014", "2015"))
    ('2013', '2015')
    """
    return tuple(known[number] for number in numbers(editions))
