"""Where a border may be: the few places of a run of text that the seam model has to score.

A border shows itself as a line break, or inside a *token* (what stands between white space) that no Factbook text
holds: ``opiateslimited``, ``km3,200``, ``(2013)1``. Tokens that are known are passed over by set look-ups, so prose
costs little. Inside an unknown token a place is likely

- at a visible joint: a capital, digit or bracket where none follows on in running text (``)x``, ``aB``, ``a1``, ``1a``);
- between digits, where they form no number (``1,234,5672,345``);
- between letters of a word that is not known, if one of the halves is.
"""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import filterfalse

__all__ = ["fold", "places", "shape"]

_FOLD = bytes(48 if 48 <= code <= 57 else code for code in range(256))
_SHAPE = bytes(53 if 51 <= code <= 57 else code for code in range(256))

_JOINT = re.compile(
    r"[A-Z](?:(?<=[a-z0-9)\]%\".;*'?!,:+/\-\xa1-\xff].)|(?<=[A-Z][A-Z].)(?=[a-z]))"
    r"|[0-9](?<=[A-Za-z)\]%\".;*'+?\xa1-\xff].)"
    r"|[a-z](?:(?<=[0-9)\]%\".;*'+?/].)|(?<=[A-Z][A-Z].))"
    r"|[$(\[<+~](?<=[^\s($\[\"<'/\-+~].)"
    r"|\"(?<=[^\s(\[].)"
    r"|[.'?](?<=[\w)\]%\"*].)(?=[A-Za-z])"
    r"|-(?<=[)%].)(?=[0-9$])"
    r"|[\xa1-\xff](?<=[0-9)\]%\".;*].)"
)
_NO_NUMBER = re.compile(r"[0-9]{5}|[0-9]{4},|,[0-9]{4}|,[0-9]{1,2}(?![0-9])|\.[0-9]*\.[0-9]|\.[0-9]+,[0-9]|0[1-9]")
_NUMBER = re.compile(r"[0-9][0-9.,]*+")
_WORD = re.compile(r"[A-Za-z\xaa-\xff]{4,}+")
_CAPITALS = re.compile(r"[A-Z]{4,}+")
_BREAK = re.compile(r"[\n\r\t\x0b\x0c]\s*+")
_EVERY = 48
_LONG = 40


def fold(text: str) -> str:
    """Return ``text`` with the same offsets, one byte a character, all digits ``0``: the form of the known tokens.

    >>> fold("3,200 km – café")
    '0,000 km ? café'
    """
    return text.encode("latin-1", "replace").translate(_FOLD).decode("latin-1")


def shape(text: str) -> str:
    """Return ``text`` with the same offsets, one byte a character, digits above 2 as ``5``: what is scored.

    >>> shape("(1998) 24 km")
    '(1555) 25 km'
    """
    return text.encode("latin-1", "replace").translate(_SHAPE).decode("latin-1")


def _inside(folded: str, low: int, high: int, words: Container[str], found: list[int]) -> None:
    """Add the likely places inside the unknown token ``folded[low:high]``, in no order."""
    found.extend(match.start() for match in _JOINT.finditer(folded, low + 1, high))
    if _NO_NUMBER.search(folded, low, high):
        for match in _NUMBER.finditer(folded, low, high):
            found.extend(range(match.start() + 1, min(match.end(), match.start() + _LONG)))
    for match in _WORD.finditer(folded, low, high):
        start, end = match.span()
        word = match.group()
        if word in words or word.lower() in words:
            continue
        for size in range(1, min(end - start, _LONG)):
            left, right = word[:size], word[size:]
            if (size > 1 and left in words) or (end - start - size > 1 and right in words):
                found.append(start + size)
    for match in _CAPITALS.finditer(folded, low, high):
        found.extend(range(match.start() + 1, min(match.end(), match.start() + _LONG)))


def places(text: str, folded: str, tokens: Container[str], words: Container[str]) -> list[int]:
    """Return the offsets at which a second cell may begin, in order, each once.

    ``folded`` is ``fold(text)``. A place at white space is the offset behind it. A run of at most 48 characters in
    which nothing is likely is searched in full.

    >>> text = "opiateslimited use (2013)1"
    >>> places(text, fold(text), {"use"}, {"opiates", "limited", "use"})
    [7, 25]
    """
    found = [match.end() for match in _BREAK.finditer(folded)]
    at = 0
    for token in filterfalse(tokens.__contains__, folded.split()):
        at = folded.find(token, at)
        end = at + len(token)
        if end - at > 1:
            _inside(folded, at, end, words, found)
        at = end
    size = len(text)
    if not found and size <= _EVERY:
        return [at for at in range(1, size) if not text[at].isspace()]
    return sorted({at for at in found if 0 < at < size})
