"""Divides a cell of disputes into its clauses, each with the heading it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from factparse.extract.disputes.words import terminal
from factparse.language import split_clauses
from factparse.vocabulary import country_at, country_named

_LONGEST = 160  # characters of a heading
_LONGEST_WORD = 30  # characters of a word


class Clause(NamedTuple):
    """Where a clause stands, and the range of the heading it stands under, ``(0, 0)`` if there is none."""

    start: int
    end: int
    heading: tuple[int, int]


def _headings(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the run-in headings in ``text[start:end]``: where each begins and ends, and where its first clause begins.

    A heading is names of two or more entries joined by hyphens, or a sea's with ``(Maritime Boundary)``, and a colon.
    It may be glued to what stands before it, and a name of it but the first may be misspelt.
    """
    colon = text.find(":", start, end)
    while colon >= 0:
        behind = text[colon + 1 : colon + 2]
        first = _heading(text, max(start, colon - _LONGEST), colon) if _may_follow(behind) else -1
        if first >= 0 and text[first - 1 : first] not in ("(", "-"):
            yield first, len(text[:colon].rstrip()), colon + 1
        # A heading reaches back over no other colon, so that each stretch is searched once.
        start, colon = colon + 1, text.find(":", colon + 1, end)


def _heading(text: str, start: int, colon: int) -> int:
    """Return where the heading begins that ends at the colon, or -1."""
    match = terminal("HEADING").search(text, start, colon)
    name = terminal("HEADED").match(text, match.start(), colon) if match else None
    if name:
        return _first_name(text, *name.span())
    sea = terminal("SEA_HEADING").search(text, start, colon)
    return sea.start() if sea else -1


def _may_follow(behind: str) -> bool:
    """Return whether ``behind``, what stands right behind a colon, may follow a heading: a space, bracket or letter."""
    return not behind or behind.isspace() or behind == "(" or (behind.isascii() and behind.isalpha())


def _first_name(text: str, start: int, end: int) -> int:
    """Return where the name of an entry begins that ends the capitalised words ``text[start:end]``, or -1.

    What stands before it is the clause to which the heading is glued.
    """
    starts = (at for at in range(start, end) if text[at].isupper())
    return next((at for at in starts if country_named(text[at:end]) is not None), -1)


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the clauses in a piece that no semicolon divides: those whose semicolons are lost.

    >>> text = "talks (see mapChad ends it) on delimitationRomania opposes the canal"
    >>> [text[first:last] for first, last in _parted(text, 0, len(text))]
    ['talks (see mapChad ends it) on delimitation', 'Romania opposes the canal']
    """
    at = last = start
    depth = 0
    for seam in terminal("SEAM").finditer(text, start, end):
        cut = seam.start()
        depth += text.count("(", last, cut) - text.count(")", last, cut)
        last = cut
        if depth <= 0 and _ends_clause(text, at, cut):
            yield at, at + len(text[at:cut].rstrip())
            behind = terminal("SPACE").match(text, cut)
            at = behind.end() if behind else cut
            depth = 0
    yield at, end


def _ends_clause(text: str, start: int, cut: int) -> bool:
    """Return whether ``text[start:cut]``, which a capital is glued to, is a clause: it ends with a whole word.

    Behind a figure or a bracket the name of a country must follow; behind a paragraph anything may.
    """
    if text[cut] != "\n" and text[cut - 1].islower():
        return terminal("LAST_WORD").search(text, max(start, cut - _LONGEST_WORD), cut) is not None
    return text[cut] == "\n" or country_at(text, cut) is not None


def clauses(text: str) -> list[Clause]:
    """Return the clauses of ``text`` in reading order: top-level semicolons divide them, run-in headings open them.

    A piece that is nothing but names and a colon is a heading too. Headings are no part of a clause, but each clause up
    to the next heading has the range of its own.

    >>> text = "Chad-Niger: none identified Chad-Libya : claims (1990; 1994) settled; talks continue"
    >>> [(text[c.start:c.end], text[slice(*c.heading)]) for c in clauses(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('none identified', 'Chad-Niger'), ('claims (1990; 1994) settled', 'Chad-Libya'),
     ('talks continue', 'Chad-Libya')]
    >>> text = "Sand Island, Long Island (Isles of Chad):; claimed by Niger"
    >>> [(text[c.start:c.end], text[slice(*c.heading)]) for c in clauses(text)]
    [('claimed by Niger', 'Sand Island, Long Island (Isles of Chad)')]
    """
    pieces = split_clauses(text)
    if terminal("SEAM").search(text) is not None:
        pieces = [part for piece in pieces for part in _parted(text, *piece)]
    if ":" not in text:
        return [Clause(start, end, (0, 0)) for start, end in pieces]
    found: list[Clause] = []
    heading = (0, 0)
    for start, end in pieces:
        # "Sand Island, Low Reef:" with the clauses behind the semicolon.
        if text[end - 1] == ":" and end - start <= _LONGEST and text[start].isupper():
            heading = (start, len(text[: end - 1].rstrip()))
            continue
        at = start
        for first, last, under in _headings(text, start, end):
            if first >= at:
                _add(found, text, at, first, heading)
                heading, at = (first, last), under
        _add(found, text, at, end, heading)
    return found


def _add(found: list[Clause], text: str, start: int, end: int, heading: tuple[int, int]) -> None:
    """Add the clause that ``text[start:end]`` holds; quotes alone are none, for a table put them round the cell."""
    piece = text[start:end]
    stripped = piece.strip()
    if stripped.strip("\"“”'"):
        start += len(piece) - len(piece.lstrip())
        found.append(Clause(start, start + len(stripped), heading))
