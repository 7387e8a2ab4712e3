"""The places of a run of text where a border may be: the few that the border model has to score.

A border shows itself as a line break, or inside a *token* (what stands between white space) that no Factbook text
holds: ``opiateslimited``, ``km3,200``, ``(2013)1``. Tokens that are known are passed over by set look-ups, so prose
costs little. Inside an unknown token a place is likely

- at a visible joint: a capital, digit or bracket where running text has none (``)x``, ``aB``, ``a1``, ``1a``);
- between digits, where they form no number (``1,234,5672,345``);
- between letters of a word that is not known, where both halves are, or if there is no such place, one is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from itertools import filterfalse

__all__ = ["JOINT", "NO_NUMBER", "WHITE", "coarse_digits", "fold_digits", "inside", "places"]

# Tables of bytes: the first makes every digit 0 and every break a line feed, the second makes digits above 2 a 5.
_FOLD = bytes(48 if 48 <= code <= 57 else 10 if 9 <= code <= 13 else code for code in range(256))
_SHAPE = bytes(53 if 51 <= code <= 57 else code for code in range(256))

#: White space, as far as it is left in what :func:`coarse_digits` returns.
WHITE = frozenset(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")
#: Matches the character behind a visible joint. Each alternative takes that character first, then looks back past it.
JOINT = re.compile(
    # A capital behind a small letter, a figure or a mark, or the last of three capitals before a small letter.
    r"[A-Z](?:(?<=[a-z0-9)\]%\".;*'?!,:+/\-\xa1-\xff].)|(?<=[A-Z][A-Z].)(?=[a-z]))"
    # A digit behind a letter or a mark: ``km3`` is one too, if its token is not known.
    r"|[0-9](?<=[A-Za-z)\]%\".;*'+?\xa1-\xff].)"
    # A small letter behind a figure or a mark, or behind two capitals.
    r"|[a-z](?:(?<=[0-9)\]%\".;*'+?/].)|(?<=[A-Z][A-Z].))"
    # What opens something, where no white space and nothing that opens stands before it.
    r"|[$(\[<+~](?<=[^\s($\[\"<'/\-+~].)"
    r"|\"(?<=[^\s(\[].)"
    # A point, apostrophe or question mark before a letter; a minus before a figure or a dollar.
    r"|[.'?](?<=[\w)\]%\"*].)(?=[A-Za-z])"
    r"|-(?<=[)%].)(?=[0-9$])|-(?<=[A-Za-z0-9].)(?=[$])"
    # A letter or sign of Latin-1 behind a figure or a mark.
    r"|[\xa1-\xff](?<=[0-9)\]%\".;*].)"
)
#: Matches in digits, points and commas that form no number: too many digits in a group, too few behind a comma, two
#: points, a comma behind decimals, four decimals.
NO_NUMBER = re.compile(
    r"[0-9]{5}|[0-9]{4}[,.][0-9]|,[0-9]{4}|,[0-9]{1,2}(?![0-9])|\.[0-9]*+\.[0-9]|\.[0-9]++,[0-9]|\.[0-9]{4}"
)
_NUMBER = re.compile(r"[0-9][0-9.,]*+")
_WORD = re.compile(r"[A-Za-z\xaa-\xff]{4,}+")
_BREAK = re.compile(r"\n\s*+")
_SPACE = re.compile(r"\s++")
_EVERY = 48  # a run up to this long is searched once more if it has no likely place
_SHORT = 8  # one up to this long always is
_LONG = 40  # the characters of one word or number that are searched


def fold_digits(text: str) -> str:
    """The ``text`` in Latin-1 with digits as ``0`` and breaks as ``\\n``, at the same offsets: as tokens are known.

    >>> fold_digits("3,200 km – café")
    '0,000 km ? café'
    """
    return text.encode("latin-1", "replace").translate(_FOLD).decode("latin-1")


def coarse_digits(text: str) -> str:
    """The ``text`` in Latin-1 with digits above 2 as ``5``, at the same offsets: the form that is scored.

    >>> coarse_digits("(1998) 24 km")
    '(1555) 25 km'
    """
    return text.encode("latin-1", "replace").translate(_SHAPE).decode("latin-1")


def _halves(word: str, words: Container[str]) -> list[int]:
    """The places where ``word``, which is not known, may fall into two known words; if none, into one and a rest."""
    size = len(word)
    cuts = range(1, min(size, _LONG))
    lefts = [at for at in cuts if word[:at] in words]
    both = [at for at in lefts if word[at:] in words]
    if both:
        return both
    # One letter by itself tells too little to be the known half.
    return [at for at in cuts if (at > 1 and at in lefts) or (size - at > 1 and word[at:] in words)]


def inside(token: str, words: Container[str]) -> tuple[int, ...]:
    """The likely places inside ``token``, which is folded and not known, in order.

    >>> inside("(0000)male", {"male"}), inside("0,000,0000,000", set())
    ((6,), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13))
    """
    found = {match.start() for match in JOINT.finditer(token)}
    for match in _WORD.finditer(token):
        word = match.group()
        if word not in words and word.lower() not in words:
            start = match.start()
            found.update([start + at for at in _halves(word, words)])
    if "0" in token and NO_NUMBER.search(token):
        for match in _NUMBER.finditer(token):
            start, end = match.span()
            if NO_NUMBER.search(token, start, end):
                found.update(range(start + 1, min(end, start + _LONG)))
    found.discard(0)
    return tuple(sorted(found))


def places(
    text: str, folded: str, tokens: Container[str], look_inside: Callable[[str], Sequence[int]], *, spaced: bool = False
) -> list[int]:
    """The offsets at which a second cell may begin, in order, each once.

    ``folded`` is ``fold_digits(text)``. ``tokens`` are known and passed over; ``look_inside`` (see :func:`inside`)
    tells the likely places in any other. ``spaced`` makes a place of every space. A place at white space is the offset
    behind it.

    A run of at most 48 characters in which nothing is likely is searched in full if it holds an unknown token, and if
    not, for visible joints in known ones (``20 E4``). A run of at most 8 is always searched in full.

    >>> text = "opiateslimited use (2013)1"
    >>> places(text, fold_digits(text), {"use"}, lambda token: inside(token, {"opiates", "limited", "use"}))
    [7, 25]
    """
    size = len(text)
    found = []
    at = 0
    strange = False
    for token in filterfalse(tokens.__contains__, folded.split()):
        at = folded.find(token, at)
        found += [at + place for place in look_inside(token)]
        at += len(token)
        strange = True
    if spaced or "\n" in folded:
        breaks = [match.end() for match in (_SPACE if spaced else _BREAK).finditer(folded)]
        found = sorted({*found, *breaks}) if found else breaks
        if found and found[-1] >= size:
            found.pop()  # white space at the end divides nothing
    if size > _EVERY or (found and size > _SHORT):
        return found
    if strange or size <= _SHORT:
        return [at for at in range(1, size) if not text[at].isspace()]
    return [match.start() for match in JOINT.finditer(folded)]
