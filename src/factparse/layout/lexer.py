"""Turns settled marks into the tokens of ``grammars/layout.lark``: joined, they are the text to the character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lark import Token

from factparse.layout.marks import HEADER, LABEL, RULE, SOURCE, TITLE, TOPIC, Mark
from factparse.layout.readings import PagePlan, chosen_pages

_REST_OF_LINE = re.compile("(?:[ \t|#*=:_\xa0\r\u200b\u200e\u200f]*+(?:\n(?:[ \t\r\xa0]*+\n)*+|\\Z))?")
_LONE_RETURN = re.compile(r"\r(?!\n)")


class MarkToken(Token):
    """A row, title or header as one token; ``mark`` says where its parts stand.

    ``offsets`` of a row are where padded columns start within a line, if the header has such columns.
    """

    __slots__ = ("mark", "offsets")

    mark: Mark
    offsets: tuple[int, int] | None


_TYPES = {LABEL: "ROW", **{kind: kind.upper() for kind in (TITLE, TOPIC, HEADER, SOURCE, RULE)}}


def _mark_token(kind: str, value: str, mark: Mark, offsets: tuple[int, int] | None) -> MarkToken:
    """Return a token without the detour of Lark's constructor, which costs as much as parsing the token."""
    token = str.__new__(MarkToken, value)
    token.type = kind
    token.value = value
    token.start_pos = mark.start
    token.end_pos = mark.start + len(value)
    token.line = token.column = token.end_line = token.end_column = None
    token.mark = mark
    token.offsets = offsets
    return token


def with_breaks(text: str) -> str:
    """Return ``text`` with carriage returns that stand alone as line feeds: old line ends, at the same offsets.

    >>> with_breaks("a\\rb\\r\\nc")
    'a\\nb\\r\\nc'
    """
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text``; their values joined are ``text``."""
    at = 0
    for plan in chosen_pages(with_breaks(text)):
        if plan.start > at:
            yield Token("NOISE", text[at : plan.start], at)
        yield from _page_tokens(text, plan)
        at = plan.end
    if at < len(text):
        yield Token("NOISE", text[at:], at)


def _page_tokens(text: str, plan: PagePlan) -> Iterator[Token]:
    yield Token("_PAGE", "", plan.start)
    at = plan.start
    offsets: tuple[int, int] | None = None
    opener = ""  # the kind of mark that the open section started with, "" where none is open
    ends = [mark.start for mark in plan.marks[1:]] + [plan.end]
    for mark, end in zip(plan.marks, ends, strict=True):
        kind = mark.kind
        if mark.start > at:
            yield Token("NOISE", text[at : mark.start], at)
        if _opens(kind, opener):
            yield Token("_SECTION", "", mark.start)
            opener = kind
        if kind == LABEL:
            opener = LABEL
            at = end
        else:
            at = _line_end(text, mark.end, end)
        if kind == HEADER:
            offsets = _column_offsets(text, mark)
        yield _mark_token(_TYPES[kind], text[mark.start : at], mark, offsets)
    if at < plan.end:
        yield Token("NOISE", text[at : plan.end], at)


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


def name_tokens(text: str, token: MarkToken) -> Iterator[Token]:
    """Yield the parts of a title or header token: what leads, the names, what is between and behind them."""
    a, a_end, b, b_end = token.mark.spots
    end = token.mark.start + len(token)
    between = "VERSUS" if token.mark.kind == TITLE else "GAP"
    starts = (token.mark.start, a, a_end, b, b_end, end)
    for kind, (start, stop) in zip(("LEAD", "NAME", between, "NAME", "TAIL"), pairwise(starts), strict=True):
        if start < stop:
            yield Token(kind, text[start:stop], start)


def _column_offsets(text: str, mark: Mark) -> tuple[int, int] | None:
    """Return where the two columns start within a line, if the header pads its names with spaces."""
    a, a_end, b, _ = mark.spots
    gap = text[a_end:b]
    if len(gap) < 2 or gap.strip(" \xa0"):
        return None
    line = text.rfind("\n", 0, a) + 1
    return a - line, b - line
