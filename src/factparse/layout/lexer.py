"""Turns settled marks into the tokens of ``grammars/layout.lark``: joined, they are the text to the character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lark import Token

from factparse.layout.marks import HEADER, LABEL, RULE, SOURCE, TITLE, TOPIC, Mark
from factparse.layout.readings import PagePlan, chosen_pages

_REST_OF_LINE = re.compile("(?:[ \t|#*=:_\xa0\r\u200b\u200e\u200f]*+(?:\n(?:[ \t\r\xa0]*+\n)*+|\\Z))?")
_LONE_RETURN = re.compile(r"\r(?!\n)")


class LineMark(NamedTuple):
    """What a title, header or row token stands for: where its parts are, and where padded columns start, if they do.

    ``offsets`` of a row are those of the header above it, counted within a line.
    """

    mark: Mark
    offsets: tuple[int, int] | None


class Lexed(NamedTuple):
    """The tokens of a text, and what those that are marks stand for, by where they start."""

    tokens: list[Token]
    marks: dict[int, LineMark]


_TYPES = {LABEL: "ROW", **{kind: kind.upper() for kind in (TITLE, TOPIC, HEADER, SOURCE, RULE)}}


def with_breaks(text: str) -> str:
    """Return ``text`` with carriage returns that stand alone as line feeds: old line ends, at the same offsets.

    >>> with_breaks("a\\rb\\r\\nc")
    'a\\nb\\r\\nc'
    """
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def _token(kind: str, value: str, start: int) -> Token:
    """Make a token without the detour of Lark's constructor, which costs as much as parsing the token."""
    token = str.__new__(Token, value)
    token.type = kind
    token.value = value
    token.start_pos = start
    token.end_pos = start + len(value)
    token.line = token.column = token.end_line = token.end_column = None
    return token


def lex(text: str) -> Lexed:
    """Cut ``text`` into the tokens of the layout grammar; their values joined are ``text``."""
    found = Lexed([], {})
    at = 0
    for plan in chosen_pages(with_breaks(text)):
        if plan.start > at:
            found.tokens.append(_token("NOISE", text[at : plan.start], at))
        _lex_page(text, plan, found)
        at = plan.end
    if at < len(text):
        found.tokens.append(_token("NOISE", text[at:], at))
    return found


def _lex_page(text: str, plan: PagePlan, found: Lexed) -> None:
    made = found.tokens
    made.append(_token("_PAGE", "", plan.start))
    at = plan.start
    offsets: tuple[int, int] | None = None
    opener = ""  # the kind of mark that the open section started with, "" where none is open
    ends = [mark.start for mark in plan.marks[1:]] + [plan.end]
    for mark, end in zip(plan.marks, ends, strict=True):
        kind = mark.kind
        if mark.start > at:
            made.append(_token("NOISE", text[at : mark.start], at))
        if _opens(kind, opener):
            made.append(_token("_SECTION", "", mark.start))
            opener = kind
        if kind == LABEL:
            opener = LABEL
            at = end
        else:
            at = _line_end(text, mark.end, end)
        if kind == HEADER:
            offsets = _column_offsets(text, mark)
        made.append(_token(_TYPES[kind], text[mark.start : at], mark.start))
        found.marks[mark.start] = LineMark(mark, offsets)
    if at < plan.end:
        made.append(_token("NOISE", text[at : plan.end], at))


def _opens(kind: str, opener: str) -> bool:
    """Tell whether a mark of ``kind`` opens a section: a topic, a header behind rows, and whatever comes first."""
    if kind == "topic":
        return True
    if kind == HEADER:
        return opener in ("", LABEL)
    return kind in (LABEL, "source") and not opener


def _line_end(text: str, at: int, end: int) -> int:
    """Return where the mark's token ends: behind its line and the blank lines that follow, if nothing else is on it."""
    stop = _REST_OF_LINE.match(text, at, end).end()  # type: ignore[union-attr]  # it matches nothing at the least
    return stop if stop == end or text[stop - 1] == "\n" else at


def name_tokens(text: str, mark: Mark, end: int) -> Iterator[Token]:
    """Yield the parts of a title or header that ends at ``end``: what leads, the names, what is between and behind."""
    between = "VERSUS" if mark.kind == TITLE else "GAP"
    starts = (mark.start, *mark.spots, end)
    for kind, (start, stop) in zip(("LEAD", "NAME", between, "NAME", "TAIL"), pairwise(starts), strict=True):
        if start < stop:
            yield _token(kind, text[start:stop], start)


def _column_offsets(text: str, mark: Mark) -> tuple[int, int] | None:
    """Return where the two columns start within a line, if the header pads its names with spaces."""
    a, a_end, b, _ = mark.spots
    gap = text[a_end:b]
    if len(gap) < 2 or gap.strip(" \xa0"):
        return None
    line = text.rfind("\n", 0, a) + 1
    return a - line, b - line
