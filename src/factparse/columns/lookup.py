"""What the book knows of a page's runs: a run that can be known cells in one way only is decided, and not judged.

The Factbook is closed, so a cell is looked up before it is guessed at. Each run is put in its folded form and cut where
its length leaves room for a known cell on either side; hashes tell the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from factparse.book.folding import place_of, squeezed, ways
from factparse.book.known import NOTHING, WHOLE, KnownCells, one_known, side_known, two_known
from factparse.book.pieces import EDGE, alike
from factparse.book.sets import numbers
from factparse.book.shelf import Shelf
from factparse.columns.border_model import load
from factparse.columns.case import Alone, Looked, Scores, TextRun
from factparse.columns.likely_places import NO_NUMBER
from factparse.layout.index import label_lines
from factparse.vocabulary import Country

SHORT: Final = 8
"""Bytes, folded, of a cell that many others are equal to (``NA``, ``0``): by itself it decides nothing."""

OWN: Final = 0.9
"""An edition that prints so much of a page is the page's own."""

_DIGITS: Final = "0123456789.,"
_OPEN: Final = frozenset(":,;(-$")  # no cell ends so
_GOING_ON: Final = frozenset(":,;)%]/")  # and none begins so


class Sighting(NamedTuple):
    """What the book says of a run: the ways in which all of it is known, and what is known of the two cells' field."""

    run: TextRun
    way: str
    folded: bytes
    whole: tuple[Looked, ...]
    cells: tuple[KnownCells, KnownCells]
    closed: bool


class Lookup:
    """Looks up the runs of one page, of which the two ``countries`` are known."""

    def __init__(self, shelf: Shelf, countries: Sequence[Country | None]) -> None:
        self.shelf = shelf
        self._codes = tuple(country.gec if country is not None else "" for country in countries)

    def look_up(self, run: TextRun, *, closed: bool = True) -> Sighting | None:
        """The ways in which ``run`` is known cells; ``None`` where nothing is known of the field in either country.

        ``closed`` says that the page closes the quotes that it opens.
        """
        one, two = self._codes
        known = self.shelf.cells
        a, b = known(one, run.field) if one else NOTHING, known(two, run.field) if two else NOTHING
        if a is NOTHING and b is NOTHING:
            return None
        found: dict[int | Alone, Looked] = {}
        readings = ways(run.text[run.start : run.end])
        bodies = [squeezed(way) for way in readings]
        for way, body in zip(readings, bodies, strict=True):
            for at, first, second in two_known(body, a, b):
                place = _border(way, at, closed=closed)
                if may_part(way, place):
                    found.setdefault(run.start + place, Looked(run.start + place, first, second))
            for at, first, second in one_known(body, a, b):
                owner = Alone.FIRST if at == WHOLE else Alone.SECOND
                if not (run.first and owner is Alone.SECOND):
                    found.setdefault(owner, Looked(owner, first, second))
        return Sighting(run, readings[0], bodies[0], tuple(found.values()), (a, b), closed)


def decided(sighting: Sighting, own: int = 0) -> Looked | None:
    """The one way in which a run can be known cells; ``None`` if there are several, none, or too little is known.

    ``own`` are the editions that the page may be of, a bit each: they tell which of several ways it is, and one known
    cell of theirs is enough.
    """
    found = sighting.whole
    if not found and own:
        return _own_side(sighting, own)
    if len(found) > 1 and own:
        found = tuple(each for each in found if all(mask is None or mask & own for mask in each[1:]))
    if len(found) != 1:
        return None
    (each,) = found
    if each.first is not None and each.second is not None:
        # A changed cell may have given a few characters to a short one beside it; one edition prints no such two.
        return each if each.first & each.second or not _holds_short(sighting, each) else None
    return each if len(sighting.folded) > SHORT else None


def _holds_short(sighting: Sighting, looked: Looked) -> bool:
    """Whether one of the two cells is short."""
    assert not isinstance(looked.at, Alone)
    first = len(squeezed(sighting.way[: looked.at - sighting.run.start]))
    return first <= SHORT or len(sighting.folded) - first <= SHORT


def _own_side(sighting: Sighting, own: int) -> Looked | None:
    """The border that one known cell of the page's own editions shows.

    The other cell was changed, so much has to agree: no cell of theirs shows another border, be it short; the changed
    cell begins, or ends, at the border as cells of its country do; and the run has not taken in the row behind it.
    """
    (a, b), folded, way = sighting.cells, sighting.folded, sighting.way
    found = [each for each in side_known(folded, a, b) if own & ((each.first or 0) | (each.second or 0))]
    if len({each.at for each in found}) != 1:
        return None
    at, first, second = found[0]
    digits = alike(folded)
    length, joint = (at, b.begins(digits[at:])) if second is None else (len(folded) - at, a.ends(digits[:at]))
    if length <= SHORT or not joint or ("\n" in way and label_lines().search(way)):
        return None
    place = _border(way, at, closed=sighting.closed)
    return Looked(sighting.run.start + place, first, second) if may_part(way, place) else None


def own_editions(found: Iterable[Looked | None]) -> int:
    """The editions, a bit each, that print nearly all cells of a page; 0 if none does.

    ``found`` is what the book decides of each run; of one that it does not decide, a cell at least is not known.
    """
    cells: Counter[int] = Counter()
    of = 0
    for looked in found:
        if looked is None:
            of += 1
            continue
        for mask in looked[1:]:
            if mask:
                of += 1
                cells.update(numbers(mask))
    return sum(1 << number for number, times in cells.items() if times >= OWN * of)


_GAP = re.compile(r"\s+")


def _border(way: str, count: int, *, closed: bool) -> int:
    """Where the second cell begins, if the folded first one is ``count`` bytes.

    White space, quotes and emphasis marks between the two are in no folded text: the widest white space divides them,
    or else a mark stays with the cell that it closes or opens. Some pages only open their quotes: they are not
    ``closed``.

    >>> way = '"5 km"\\n"7 km"'
    >>> way[_border(way, 3, closed=True) :], way[_border('"5 km""7 km"', 3, closed=True) :]
    ('"7 km"', '\\n"7 km"')
    """
    start = end = place_of(way, count)
    while not squeezed(way[start - 1]):
        start -= 1
    if start == end:
        return end
    blanks = max(_GAP.finditer(way, start, end), key=lambda gap: (gap[0].count("\n"), len(gap[0])), default=None)
    if blanks is not None:
        return blanks.end()
    mark = way[start]
    closing = way.count(mark, 0, start) % 2 if closed or mark != '"' else 0
    return min(start + closing, end)


def _folded_places(way: str, places: Iterable[int]) -> list[int]:
    """Where ``places`` of a way, in their order, are in its folded form: no character is looked at twice."""
    found, before, at = [], 0, 0
    for place in places:
        at += len(squeezed(way[before:place]))
        before = place
        found.append(at)
    return found


def sides_at(sighting: Sighting, places: Sequence[int]) -> dict[int | Alone, Looked]:
    """The borders, of those at ``places`` (offsets into the run), on one side of which a known cell ends or begins.

    They are told by where they are on the page. Of short cells it is not told: many texts begin with one.
    """
    (a, b), folded, way = sighting.cells, sighting.folded, sighting.way
    found: dict[int | Alone, Looked] = {}
    for place, at in zip(places, _folded_places(way, places), strict=True):
        behind = len(folded) - at
        first = a.editions(folded[:at]) if at > SHORT and at in a.last else None
        second = b.editions(folded[at:]) if behind > SHORT and behind in b.last else None
        if (first is not None or second is not None) and may_part(way, place):
            border = sighting.run.start + place
            found[border] = Looked(border, first, second)
    return found


# What it says of an outcome, in nats, that cells of the first country end as the text before a place does, and cells of
# the second begin as that behind it; or that they do not. Counted on pages of editions that the book did not hold: 78 %
# of borders are such places, and 2 % of others; 72 % of lone cells begin and end as their country's do, 3 % as the
# other's.
_AT_EDGES, _AT_NO_EDGES = 3.7, -1.5
_AS_ITS_OWN, _AS_THE_OTHER = 1.4, -1.8


def edges(sighting: Sighting, places: Sequence[int]) -> Scores:
    """What the ends and beginnings of known cells say of a border at each of ``places``, and of one cell of either.

    ``places`` are offsets into the run.
    """
    a, b = sighting.cells
    digits, way = alike(sighting.folded), sighting.way
    said = []
    for at in _folded_places(way, places):
        # No more is cut out than is asked for: there may be many places in a long text.
        known = 0 < at < len(digits) and a.ends(digits[max(0, at - EDGE) : at]) and b.begins(digits[at : at + EDGE])
        said.append(_AT_EDGES if known else _AT_NO_EDGES)
    one, two = (known.begins(digits) and known.ends(digits) for known in (a, b))
    if one == two:
        return said, 0.0, 0.0
    return said, *((_AS_ITS_OWN, _AS_THE_OTHER) if one else (_AS_THE_OTHER, _AS_ITS_OWN))


def may_part(way: str, at: int) -> bool:
    """Whether a border at ``at`` leaves whole words, numbers and values on both sides.

    Hashes may be equal by chance, and editions print parts of other cells too (``0% of GDP (2018 est.)``, once without
    its sub-label).

    >>> may_part("significant consumer of opiateslimited use", 31)
    True
    >>> may_part("limited use", 3), may_part("12,345 (2013)", 2), may_part("12,34567", 6)
    (False, False, True)
    """
    before, behind = way[:at].rstrip()[-1:], way[at]
    if before in _OPEN or behind in _GOING_ON:
        return False
    before = way[at - 1]
    if before.isalpha() and behind.isalpha():
        return _parts_words(way, at)
    if before in _DIGITS and behind in _DIGITS and (before.isdigit() or behind.isdigit()):
        return _parts_numbers(way, at)
    return True


def _parts_words(way: str, at: int) -> bool:
    words = load().words
    start, end = at, at
    while start and way[start - 1].isalpha():
        start -= 1
    while end < len(way) and way[end].isalpha():
        end += 1

    def known(word: str) -> bool:
        return word in words or word.lower() in words

    return not known(way[start:end]) and (known(way[start:at]) or known(way[at:end]))


def _parts_numbers(way: str, at: int) -> bool:
    start, end = at, at
    while start and way[start - 1] in _DIGITS:
        start -= 1
    while end < len(way) and way[end] in _DIGITS:
        end += 1
    left, right = way[start:at], way[at:end].rstrip(".,")
    both = left[-1].isdigit() and right[:1].isdigit()
    return both and not any(map(NO_NUMBER.search, (left, right))) and NO_NUMBER.search(left + right) is not None
