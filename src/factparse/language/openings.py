"""With which letters can a match of a pattern begin? That decides where in a text it is worth trying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import _constants as codes
from re import _parser as patterns
from typing import Any

SIZE = 4  # letters of an opening: enough to pass over nine words in ten
_Opening = tuple[str, bool]  # its letters, and whether the pattern goes on from here


def openings(pattern: str) -> set[str]:
    """Return lower-case openings of which every match of ``pattern`` has one; ``""`` if it may begin anyhow.

    >>> sorted(openings(r"\\b(?:opium(?: poppy)?|[Cc]oca\\b)|(?i:use)(?= of)"))
    ['coca', 'opiu', 'use']
    >>> openings(r"\\w+ use")
    {''}
    """
    return {letters for letters, _ in _sequence(patterns.parse(pattern), {("", True)})}


def _sequence(parsed: Iterable[tuple[Any, Any]], begun: set[_Opening]) -> set[_Opening]:
    for code, value in parsed:
        if not any(more for _, more in begun):
            break
        begun = _step(code, value, begun)
    return begun


def _step(code: Any, value: Any, begun: set[_Opening]) -> set[_Opening]:  # noqa: ANN401 (the parser's own)
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return begun
    if code is codes.LITERAL:
        return _extended(begun, [chr(value).lower()])
    if code is codes.IN and all(kind is codes.LITERAL for kind, _ in value):
        return _extended(begun, [chr(letter).lower() for _, letter in value])
    if code is codes.BRANCH:
        return set().union(*(_sequence(branch, begun) for branch in value[1]))
    if code is codes.SUBPATTERN:
        return _sequence(value[-1], begun)
    if code is codes.ATOMIC_GROUP:
        return _sequence(value, begun)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, inner = value
        once = _sequence(inner, begun)
        if most != 1:
            once = {(letters, False) for letters, _ in once}
        return once | begun if least == 0 else once
    return {(letters, False) for letters, _ in begun}


def _extended(begun: set[_Opening], letters: Sequence[str]) -> set[_Opening]:
    longer = {(head + letter, len(head) + 1 < SIZE) for head, more in begun if more for letter in letters}
    return longer | {opening for opening in begun if not opening[1]}
