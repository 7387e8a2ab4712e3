"""Places that a clause is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from factparse.extract.disputes.lexicon import rows
from factparse.extract.disputes.names import Ranges

_CAPITAL = r"[A-Z][\w'’.-]*+(?:/[A-Z][\w'’-]*+)*+"
_ARTICLES = ("the", "historic")
_GOVERNED = ("-administered", "-occupied")
_REACH = 40
_NEXT = re.compile(r" ([a-z]++)")
_DATE = re.compile(r" (?:1[4-9]|20)\d\d\b")  # behind a season or month
_OWNED = re.compile(r"(?:'s|’s|-[a-z]++)? ?")
_POSSESSIVE = ("'s ", "’s ")
_APOSTROPHES = ("'", "’")
_END = ("'s", "’s", "'", "’", ".")


class _Tables(NamedTuple):
    """The rows of ``places.tsv``."""

    feature: frozenset[str]
    tail: frozenset[str]
    never: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]


@cache
def _tables() -> _Tables:
    return _Tables(*(frozenset(words.split()) for _, words in rows("places.tsv")))


@cache
def _run() -> re.Pattern[str]:
    """Return the expression of words with capitals, joined by particles, and a feature in small letters behind them."""
    tail = "|".join(sorted(_tables().tail, key=len, reverse=True))
    return re.compile(
        rf"{_CAPITAL}(?: (?:(?:of|and|de|du|da|la|el|al) (?:the |la )?)?{_CAPITAL})*+"
        rf"(?: (?:(?:border|boundary|coastal) )?(?:{tail})\b)?"
    )


def places(text: str, ranges: Ranges) -> tuple[str, ...]:
    """Return the places ``text`` is about, verbatim, each once, in reading order; states are none.

    ``ranges`` are where the text names states, entries that are places, and bodies.

    >>> from factparse.extract.disputes.names import names
    >>> def read(text):
    ...     return places(text, names(text).ranges)
    >>> read("Chad claims Niger's Blue Hills region along the Long River")
    ('Blue Hills region', 'Long River')
    >>> read("Fiji and Tonga dispute Sand Island and the Low Reefs")
    ('Sand Island', 'Low Reefs')
    """
    named, areas, bodies = ranges
    found: dict[int, str] = {}
    if areas:
        found = {start: text[start:end].partition(" (")[0] for start, end in areas.items()}
        named = named | {start: start + len(name) for start, name in found.items()}
    for match in _run().finditer(text):
        start, end = match.span()
        if named.get(start) == end or (bodies and _lies_in(bodies, start)):
            continue
        for first, last in _halves(text, start, end) if text.find(" and ", start, end) >= 0 else ((start, end),):
            if first in named:
                first = _past_owner(text, first, last, named)
            owned = start in named and text[first - 3 : first] in _POSSESSIVE
            name = _name(text[first:last])
            if name and ((owned and _is_plain_name(name)) or _is_place(name, text, first, last)):
                if areas:
                    found = {at: area for at, area in found.items() if not first <= at < last}
                found[first] = name
    return tuple(dict.fromkeys([found[start] for start in sorted(found)])) if found else ()


def _lies_in(bodies: tuple[tuple[int, int], ...], start: int) -> bool:
    return any(first <= start < last for first, last in bodies)


def _past_owner(text: str, start: int, end: int, named: Mapping[int, int]) -> int:
    """Return where the name in ``text[start:end]`` begins behind those of entries before it (``India's Gujarat``)."""
    while named.get(start, end) < end:
        start = named[start]
        owned = _OWNED.match(text, start, end)
        start = owned.end() if owned else start
    return end if named.get(start, -1) >= end else start


def _halves(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names joined by ``and`` in ``text[start:end]``, where each before the last has a feature of its own."""
    known = _tables()
    joint = text.find(" and ", start, end)
    while joint >= 0:
        last = text[max(start, text.rfind(" ", start, joint) + 1) : joint]
        if last in known.feature or last in known.tail:
            yield start, joint
            start = joint + len(" and ")
            start += len("the ") if text.startswith("the ", start) else 0
        joint = text.find(" and ", joint + 1, end)
    yield start, end


def _name(printed: str) -> str:
    """Return a name without what is no part of it; nothing if it does not begin with a capital."""
    name = printed.lstrip("-")
    if not name[:1].isupper():
        return ""
    if not name[-1].isalpha() or name[-2:-1] in _APOSTROPHES:
        for ending in _END:
            name = name.removesuffix(ending)
    return name


def _is_plain_name(name: str) -> bool:
    """Whether what a state is said to own (``India's Arunachal Pradesh``) may be a place: two words or more."""
    parts = name.split(" ")
    return len(parts) > 1 and _tables().never.isdisjoint(parts)


def _is_place(name: str, text: str, start: int, end: int) -> bool:
    feature, tail, never, before, _ = _tables()
    if " " not in name:
        return (
            name not in never
            and not _DATE.match(text, end)
            and (name in tail or name in feature or _is_led_to(text, start, end, before))
        )
    parts = name.split(" ")
    if not never.isdisjoint(parts) or _DATE.match(text, end):
        return False
    return parts[-1] in tail or not feature.isdisjoint(parts) or _is_led_to(text, start, end, before)


def _behind(text: str, end: int) -> str:
    """Return the word behind a name."""
    match = _NEXT.match(text, end)
    return match[1] if match else ""


def _is_led_to(text: str, start: int, end: int, before: frozenset[str]) -> bool:
    """Whether what stands around a name tells that it is a place: ``over X``, ``French-administered X``, ``(X Y)``."""
    if text[start - 1 : start] == " ":
        word = text[max(0, text.rfind(" ", 0, start - 1) + 1, start - _REACH) : start - 1]
        if word.isalpha() and word not in _ARTICLES:
            return word in before
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return not text[start:end].isupper()
    words = text[max(0, start - _REACH) : start].rstrip('"“ ').rsplit(None, 3)[-3:]
    while words and words[-1] in _ARTICLES:
        words.pop()
    return bool(words) and (words[-1] in before or words[-1].endswith(_GOVERNED))
