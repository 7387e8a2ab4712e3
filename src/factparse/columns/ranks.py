"""World ranks: the words and the number with which the editions of 2009 to 2017 end a cell.

A rank ends a cell and begins none, and no cell has two. So where ranks stand, the border is behind the first of them.
Where the next cell is glued to the number, any of its first digits may be the last of the rank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import Final, NamedTuple

from factparse.core.words import RANK

__all__ = ["HIGHEST", "Rank", "fits", "ranks_of", "unusual"]

HIGHEST: Final = 240
"""No country's rank is higher: the Factbook ranked some 230 entries."""

_UNUSUAL: Final = (log(100 / 9), log(100 / 90) + log((HIGHEST - 99) / 100), 0.0)
_RANK = re.compile(rf"{RANK} ?: ?")
_DIGITS = re.compile(r"[1-9]\d{0,2}")


class Rank(NamedTuple):
    """A rank in a run: where its words begin, and where it may end: behind one digit, two or three."""

    start: int
    ends: tuple[int, ...]


def ranks_of(text: str) -> list[Rank]:
    """The ranks of a text, in order.

    >>> ranks_of("5 km country comparison to the world: 2917 km")
    [Rank(start=5, ends=(39, 40))]
    """
    found = []
    for match in _RANK.finditer(text):
        digits = _DIGITS.match(text, match.end())
        if digits is None:
            found.append(Rank(match.start(), (match.end(),)))  # the number is lost
            continue
        ends = range(digits.start() + 1, digits.end() + 1)
        possible = tuple(end for end in ends if int(text[digits.start() : end]) <= HIGHEST)
        found.append(Rank(match.start(), possible))
    return found


def fits(text: str, ranks: Sequence[Rank], start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is a cell as far as ranks go: at most one, and that at its end.

    >>> text = "5 kmcountry comparison to the world: 29"
    >>> fits(text, ranks_of(text), 0, 39), fits(text, ranks_of(text), 0, 38), fits(text, ranks_of(text), 4, 39)
    (True, True, False)
    """
    own = [rank for rank in ranks if start <= rank.start < end]
    if not own:
        return not any(rank.start < start < rank.ends[-1] and start not in rank.ends for rank in ranks)
    stop = len(text[:end].rstrip(' \n\t\xa0"'))
    return (
        len(own) == 1 and own[0].start > start and stop in own[0].ends and (end < len(text) or stop == own[0].ends[-1])
    )


def unusual(text: str, ranks: Sequence[Rank], at: int) -> float:
    """How much less likely a rank is that a glued border at ``at`` cuts off than one of three digits, in nats.

    Ranks run evenly to ``HIGHEST``: few of them have one digit.
    """
    if not text[at - 1 : at].isdecimal() or text[at].isspace():
        return 0.0
    cut = next((rank for rank in ranks if at in rank.ends and at > rank.start), None)
    return _UNUSUAL[cut.ends.index(at)] if cut is not None else 0.0
