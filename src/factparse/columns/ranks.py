"""World ranks: the words and the number with which the editions of 2009 to 2017 end a cell.

A rank ends a cell and begins none, and no cell has two. So where ranks stand, the border is behind the first of them.
Where the next cell is glued to the number, any of its first digits may be the last of the rank: all ranks are equally
likely, so it is for the next cell's figure to tell (:mod:`factparse.columns.first_figures`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from factparse.core.words import RANK

__all__ = ["HIGHEST", "Rank", "fits", "ranks_of"]

HIGHEST: Final = 240
"""No country's rank is higher: the Factbook ranked some 230 entries."""

_RANK = re.compile(rf"{RANK} ?: ?")
_SPACES = re.compile(r"\s*+")
_DIGITS = re.compile(r"[1-9]\d{0,2}")


class Rank(NamedTuple):
    """A rank in a run: where its words begin, and where it may end: behind one digit, two or three."""

    start: int
    ends: tuple[int, ...]

    def behind(self, text: str) -> list[int]:
        """Where the text behind the rank may begin: at each of its ends, or behind the white space there.

        >>> text = "5 km country comparison to the world: 29 17 km"
        >>> [text[at:] for at in ranks_of(text)[0].behind(text)]
        ['9 17 km', '17 km']
        """
        return [_SPACES.match(text, end).end() for end in self.ends]  # type: ignore[union-attr]  # it matches nothing, too


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
