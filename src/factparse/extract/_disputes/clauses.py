"""Where the clauses of a cell are, and under which heading each stands."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from factparse.extract._disputes.lexicon import trie
from factparse.values import split_clauses
from factparse.vocabulary import countries

_NOTE = r"(?:\s?\([^()]{1,30}\))?"
_LONGEST = 160


class Clause(NamedTuple):
    """A clause from ``start`` to ``end``, and the range of the heading it stands under (empty if there is none)."""

    start: int
    end: int
    heading: tuple[int, int]


@cache
def _heading() -> re.Pattern[str]:
    """Return the expression of a run-in heading: names of two or more entries joined by hyphens, and a colon.

    Such a heading may be glued to what stands before it, and a name of it but the first may be misspelt.
    """
    names = {name for country in countries() for name in country.names if "," not in name}
    name = rf"(?:{trie(sorted(names), literal=True)}){_NOTE}"
    other = rf"(?:{name}|[A-Z][a-z]++(?: [A-Z][a-z]++){{0,2}}+){_NOTE}"
    named = r"[A-Z][a-z]++(?: [A-Z][a-z]++){0,3}+ \((?:Maritime|Land) [Bb]oundary\)"
    return re.compile(rf"(?<![(-])(?:{name}(?:\s?[-–]\s?{other}){{1,5}}{_NOTE}|{named})\s?:(?=\s|[A-Za-z(]|$)")


def clauses(text: str) -> list[Clause]:
    """Return the clauses of ``text``: what its top-level semicolons divide and its run-in headings open.

    >>> text = "Chad-Niger: none identified Chad-Libya : claims (1990; 1994) settled; talks continue"
    >>> [(text[c.start:c.end], text[slice(*c.heading)]) for c in clauses(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('none identified', 'Chad-Niger'), ('claims (1990; 1994) settled', 'Chad-Libya'),
     ('talks continue', 'Chad-Libya')]
    """
    pieces = split_clauses(text)
    if ":" not in text:
        return [Clause(start, end, (0, 0)) for start, end in pieces]
    found: list[Clause] = []
    heading = (0, 0)
    for start, end in pieces:
        at = start
        for match in _heading().finditer(text, start, end):
            _add(found, text, at, match.start(), heading)
            heading = (match.start(), match.start() + len(match[0].rstrip(": \t\n")))
            at = match.end()
        _add(found, text, at, end, heading)
    return found


def _add(found: list[Clause], text: str, start: int, end: int, heading: tuple[int, int]) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped.strip("\"“”'"):
        start += len(piece) - len(piece.lstrip())
        found.append(Clause(start, start + len(stripped), heading))
