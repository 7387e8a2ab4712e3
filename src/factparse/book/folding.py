"""The folded form of a cell: its text without the traces of layout, text extractor and typography.

Cells that a reader would call the same have the same folded form. White space, quotes, emphasis marks and world ranks
are left out. All dashes are one character. HTML entities are decoded. Letters beyond ASCII are all alike, because
extractors and old editions print them in a dozen ways. Each character that stays is one byte, so that a place can be
found again.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import product
from typing import Final

from factparse.core.words import RANK

_LEFT_OUT: Final = b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f'\"`*|\\"
_BLANKED: Final = bytes(32 if code in _LEFT_OUT else code for code in range(256))
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\ufe63\uff0d"
_QUOTES: Final = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00b4\u02bc\u00ab\u00bb\u2032\u2033"
_BLANKS: Final = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
    "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u3000\ufeff"
)


class _Alike(dict[int, str | int]):
    """A table for ``str.translate`` that has every character. A missing one would cost an exception each time."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


_ALIKE: Final = _Alike(
    {ord(c): same for some, same in ((_DASHES, "-"), (_QUOTES, '"'), (_BLANKS, " ")) for c in some},
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_RANK_WORDS: Final = "omparison to the world"
_RANK: Final = re.compile(rf"{RANK}\s*:\s*(?P<rank>[1-9]\d*)", re.IGNORECASE)
_LAST_RANK: Final = 260  # the Factbook never ranked more entries than this
_MOST_RANKS: Final = 4  # the number of ranks that are read in several ways, in a run of two cells


def folded(text: str) -> bytes:
    """The folded form of a whole cell.

    >>> folded("total: 5 km (2019 est.)"), folded("“Côte d’Ivoire” — a&nbsp;name")
    (b'total:5km(2019est.)', b'C?tedIvoire-aname')
    >>> folded("197 (2013) country comparison to the world: 29")
    b'197(2013)'
    """
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
    return squeezed(_RANK.sub("", text) if _RANK_WORDS in text else text)


def squeezed(text: str) -> bytes:
    """The folded form of a text without entities and ranks, or of a part of it."""
    if not text.isascii():
        text = text.translate(_ALIKE)
    # In two steps. If ``translate`` did both, it would make a table of all bytes for each text.
    return text.encode("ascii", "replace").translate(_BLANKED).replace(b" ", b"")


def ways(text: str) -> list[str]:
    """The ways to read a run of cells without ranks and entities. Blanks replace these, so each is as long as ``text``.

    If the next cell begins with a digit, the number of digits of the rank is not clear. Each number of digits up to the
    rank of the last country is one way to read the run.

    >>> [" ".join(way.split()) for way in ways("1 (2013)country comparison to the world: 294 (2013)")]
    ['1 (2013) 94 (2013)', '1 (2013) 4 (2013)']
    """
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
    if _RANK_WORDS not in text:
        return [text]
    found = list(_RANK.finditer(text))
    sizes = [_rank_sizes(each["rank"]) for each in found]
    read = []
    for chosen in product(*(some if number < _MOST_RANKS else some[-1:] for number, some in enumerate(sizes))):
        ends = [each.start("rank") + size for each, size in zip(found, chosen, strict=True)]
        read.append(_without_ranks(text, [(each.start(), end) for each, end in zip(found, ends, strict=True)]))
    return read


def _without_ranks(text: str, ranks: list[tuple[int, int]]) -> str:
    """``text`` with blanks for its ranks. It is put together once, because there may be many."""
    parts, at = [], 0
    for start, end in ranks:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _rank_sizes(digits: str) -> list[int]:
    return [size for size in range(1, min(len(digits), 3) + 1) if int(digits[:size]) <= _LAST_RANK]


def _decoded(found: re.Match[str]) -> str:
    """The character of an entity, filled up to the length of the entity. Unknown entities stay as they are."""
    said = unescape(found[0])
    return said.ljust(len(found[0])) if len(said) == 1 else found[0]


def place_of(way: str, count: int) -> int:
    """The place of byte number ``count`` of the folded form in a way to read a run. Its end, if there are fewer bytes.

    >>> way = "5 km   7 km"
    >>> way[place_of(way, 3) :]
    '7 km'
    """
    # No character is looked at twice. Each part is as long as the number of bytes that are still missing.
    at, left = 0, count
    while left > 0 and at < len(way):
        part = way[at : at + left]
        at, left = at + len(part), left - len(squeezed(part))
    while at < len(way) and not squeezed(way[at]):
        at += 1
    return at
