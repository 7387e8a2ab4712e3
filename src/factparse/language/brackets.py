"""Brackets, quotes and top-level semicolons: where the clauses of a cell begin and end.

Scraped text loses brackets. So a bracket or quote that is never closed encloses nothing, and a closing one that was
never opened closes nothing: a missing bracket spoils itself and not the rest of the cell. It is one pass, and its time
is linear in the text whatever the text holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from factparse.language.page_ends import page_end
from factparse.language.plans import CELL, terminal

# An HTML entity comes first, so that its semicolon divides nothing. Quotes in a row are one match: doubled ones are a
# table's way to write one.
_MARK = re.compile(r'&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});|[()\[\]“”;]|"++')
# A clause with nothing in doubt: round brackets only, none inside another, no quotes. Most are so.
_PLAIN = re.compile(r'(?>(?:[^;()\[\]“”"&]++|\([^()\[\]“”"&]*+\))*)(?:;|\Z)')
_OPENER = {")": "(", "]": "[", "”": "“"}
_SPACE_OR_OPENING = frozenset(" \t\r\n\u00a0([“-–—/")


class Marks(NamedTuple):
    """What :func:`scan` found: the matched pairs as sorted offsets ``(open, close)``, and the offsets of semicolons."""

    pairs: list[tuple[int, int]]
    semicolons: list[int]


def _opens(text: str, at: int, end: int) -> bool:
    """Whether the straight quote from ``at`` to ``end`` can open: text follows at once, and no word stands before it.

    This tells an opening quote from the sign for inches (``5" pipe``).
    """
    return (at == 0 or text[at - 1] in _SPACE_OR_OPENING) and end < len(text) and not text[end].isspace()


def scan(text: str) -> Marks:
    """The matched brackets and quotes of ``text``, and all its semicolons.

    A closing mark is matched with the nearest open one of its kind. What was opened in between stays unclosed. Quotes
    around the whole text are left out: they belong to a table.

    >>> scan("a (b [c) d; e")
    Marks(pairs=[(2, 7)], semicolons=[10])
    """
    pairs: list[tuple[int, int]] = []
    semicolons: list[int] = []
    stack: list[tuple[str, int]] = []
    # How many of each kind are open: a closing mark that has no opener must not pop the others.
    waiting = {"(": 0, "[": 0, "“": 0, '"': 0}
    for match in _MARK.finditer(text, *_unquoted(text)):
        mark, at = match[0][0], match.start()
        if mark == ";":
            semicolons.append(at)
        elif mark in "([“" or (mark == '"' and not waiting['"'] and _opens(text, at, match.end())):
            stack.append((mark, at))
            waiting[mark] += 1
        elif mark != "&":
            opener = _OPENER.get(mark, '"')
            while waiting[opener]:
                kind, start = stack.pop()
                waiting[kind] -= 1
                if kind == opener:
                    pairs.append((start, at))
                    break
    pairs.sort()
    if (
        pairs
        and text[pairs[0][0]] in '"“'
        and not text[: pairs[0][0]].strip()
        and not text[pairs[0][1] :].strip(' \t\r\n"”')
    ):
        del pairs[0]  # quotes around the whole text are the table's, not the author's
    return Marks(pairs, semicolons)


def _unquoted(text: str) -> tuple[int, int]:
    """The range of ``text`` inside the quotes that a table put around it; all of it if there are none.

    Such quotes are known by those inside: CSV doubles the author's own.
    """
    end = len(text.rstrip())
    quoted = text.startswith('"') and not text.startswith('""') and '""' in text and text.endswith('"', 0, end)
    return (1, end - 1) if quoted else (0, len(text))


def outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that lie inside no other. ``pairs`` must be sorted.

    >>> outermost([(0, 9), (2, 4), (12, 15)])
    [(0, 9), (12, 15)]
    """
    outer: list[tuple[int, int]] = []
    for pair in pairs:
        if not outer or pair[0] > outer[-1][1]:
            outer.append(pair)
    return outer


def split_clauses(text: str) -> list[tuple[int, int]]:
    """The offsets ``(start, end)`` of the clauses of ``text``: what its top-level semicolons divide.

    A semicolon divides nothing inside round or square brackets, inside quotes, or at the end of an HTML entity. Behind
    a bracket or quote that is never closed it does divide. White space around a clause and empty clauses are left out,
    and so is what stands behind the last cell of a page (:func:`~factparse.language.page_ends.page_end`).

    >>> text = 'claims the "Isle; of" Sand (see map; 1998); none other;'
    >>> [text[start:end] for start, end in split_clauses(text)]
    ['claims the "Isle; of" Sand (see map; 1998)', 'none other']
    >>> text = '"claims the ""Isle; of"" Sand; none other"'
    >>> [text[start:end] for start, end in split_clauses(text)]
    ['"claims the ""Isle; of"" Sand', 'none other"']
    >>> text = "talks (since 2003; line agreed"
    >>> [text[start:end] for start, end in split_clauses(text)]
    ['talks (since 2003', 'line agreed']
    """
    clauses: list[tuple[int, int]] = []
    start, end = 0, page_end(text)
    for cut in _plain_cuts(text) or _cuts(text):
        piece = text[start : min(cut, end)].strip()
        if piece:
            lead = start if text.startswith(piece, start) else text.index(piece, start)
            clauses.append((lead, lead + len(piece)))
        start = cut + 1
    return clauses


def _plain_cuts(text: str) -> list[int]:
    """Where the clauses of ``text`` end, if nothing in it is in doubt; else an empty list.

    This is the fast way, for the cells that need no :func:`scan`; both give the same cuts.
    """
    cuts: list[int] = []
    at = 0
    if not _doubtful(text):
        while (at := text.find(";", at)) >= 0:
            cuts.append(at)
            at += 1
        return [*cuts, len(text)]
    while clause := _PLAIN.match(text, at):
        at = clause.end()
        if text[clause.start() : at][-1:] != ";":
            return [*cuts, len(text)]
        cuts.append(at - 1)
    return []


def _doubtful(text: str) -> bool:
    """Whether ``text`` has a bracket, a quote or an ampersand; without one every semicolon divides."""
    return ("(" in text or '"' in text or ")" in text or "[" in text) or (
        "]" in text or "“" in text or "”" in text or "&" in text
    )


def _cuts(text: str) -> list[int]:
    """Where the clauses of ``text`` end, whatever it holds."""
    pairs, semicolons = scan(text)
    outer = outermost(pairs)
    opens = [pair[0] for pair in outer]
    cuts = []
    for cut in semicolons:
        # Only the last outermost pair that opens before the semicolon can hold it.
        index = bisect_right(opens, cut) - 1
        if index < 0 or cut > outer[index][1]:
            cuts.append(cut)
    return [*cuts, len(text)]


def unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``text[start:end]`` without the quotation mark at one of its ends of which the other half is not in it.

    >>> [text[slice(*unquoted(text, 0, len(text)))] for text in ('Klub"', '"Ode" and "Joy"', 'a "Ode"', '" amended')]
    ['Klub', '"Ode" and "Joy"', 'a "Ode"', 'amended']
    """
    if len(terminal(CELL, "QUOTE").findall(text, start, end)) % 2:
        if text[end - 1] == '"':
            return start, end - 1
        if text[start] == '"' and text[start + 1 : start + 2].isspace():
            return end - len(text[start + 1 : end].lstrip()), end
    return start, end


def half_brackets(text: str, start: int, end: int) -> list[int]:
    """Return where in ``text[start:end]`` the brackets stand of which the other half is not there.

    >>> half_brackets("a) (b) (c", 0, 9)
    [1, 7]
    """
    alone: list[int] = []
    piece = text[start:end]
    if "(" not in piece and ")" not in piece:
        return alone
    for bracket in terminal(CELL, "HALF").finditer(text, start, end):
        if bracket[0] == ")" and alone and text[alone[-1]] == "(":
            alone.pop()
        else:
            alone.append(bracket.start())
    return alone
