"""Places that a clause is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from factparse.extract._disputes.lexicon import rows

_CAPITAL = r"[A-Z][\w'’.-]*+(?:/[A-Z][\w'’-]*+)*+"
_OWNED = re.compile(r"(?:'s|’s|-[a-z]++)? ?")
_APOSTROPHES = ("'", "’")
_END = ("'s", "’s", "'", "’", ".")


@cache
def _words(role: str) -> frozenset[str]:
    return next(frozenset(words.split()) for name, words in rows("places.tsv") if name == role)


@cache
def _run() -> re.Pattern[str]:
    """Return the expression of words with capitals, joined by particles, and a feature in small letters behind them."""
    tail = "|".join(sorted(_words("tail"), key=len, reverse=True))
    return re.compile(rf"{_CAPITAL}(?: (?:(?:of|and|de|du|da|la|el|al) (?:the |la )?)?{_CAPITAL})*+(?: (?:{tail})\b)?")


def places(text: str, states: Mapping[int, int]) -> tuple[str, ...]:
    """Return the places ``text`` is about, verbatim, each once, in reading order; states are none.

    ``states`` are the ranges in which the text names states.

    >>> places("Chad claims Niger's Blue Hills region along the Long River", {0: 4, 12: 17})
    ('Blue Hills region', 'Long River')
    """
    found: dict[str, None] = {}
    never, feature, tail, before = _words("never"), _words("feature"), _words("tail"), _words("before")
    for match in _run().finditer(text):
        start, end = match.span()
        if states.get(start) == end:
            continue
        while start in states:
            start = states[start]
            owned = _OWNED.match(text, start)
            start = owned.end() if owned else start
        name = text[start:end].lstrip("-")
        if not name[:1].isupper():
            continue
        if not name[-1].isalpha() or name[-2:-1] in _APOSTROPHES:
            for ending in _END:
                name = name.removesuffix(ending)
        parts = name.split(" ")
        if not never.isdisjoint(parts):
            continue
        if parts[-1] in tail or not feature.isdisjoint(parts) or _is_led_to(text, start, end, before):
            found[name] = None
    return tuple(found)


def _is_led_to(text: str, start: int, end: int, before: frozenset[str]) -> bool:
    """Whether what stands around a name tells that it is a place: ``over X``, ``French-administered X``, ``(X Y)``."""
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return not text[start:end].isupper()
    words = text[max(0, start - 40) : start].split()
    while words and words[-1] in ("the", "historic"):
        words.pop()
    return bool(words) and (words[-1] in before or words[-1].endswith(("-administered", "-occupied")))
