"""Cuts a text into the tokens of ``grammars/layout.lark``. Joined, they are the text, character for character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factparse.layout.country.heads import HEADING
from factparse.layout.index import TAIL
from factparse.layout.kinds import pages_of
from factparse.layout.marks import HEADER, LABEL, SPACED, TABLED, TITLE, TOPIC, Mark, PageMarks
from factparse.layout.readings import chosen_pages
from factparse.layout.wrapped import unwrapped

if TYPE_CHECKING:
    from lark import Token

_REST_OF_LINE = re.compile(rf"(?:{TAIL}(?:\n(?>(?:[ \t\r\xa0]*+\n)*)|\Z))?")
_LONE_RETURN = re.compile(r"\r(?!\n)")

_BODIES = {form: form.upper() for form in (*TABLED, SPACED)}
"""The token behind a label, by the label's form. For all other forms it is a ``RUN``: no border shows in them."""

_new = str.__new__  # a Token is a str


def with_breaks(text: str) -> str:
    """The ``text`` with a line feed for each carriage return that stands alone, an old way to end a line.

    Both are one character, so all offsets stay the same.

    >>> with_breaks("a\\rb\\r\\nc")
    'a\\nb\\r\\nc'
    """
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def lex(text: str) -> list[Token]:
    """The tokens of ``text`` in order; their values joined are ``text``.

    Each has its type, value, ``start_pos`` and ``end_pos``. Its line and column are not set. What lies outside pages
    is ``NOISE``.
    """
    cutter = _Cutter(text)
    for page in _pages(with_breaks(text)):
        cutter.cut_page(page)
    cutter.put("NOISE", len(text))
    return cutter.tokens


def _pages(text: str) -> list[PageMarks]:
    """The pages of ``text``; comparisons whose lines are wrapped are read as if they were not."""
    pages = pages_of(text)
    whole = text
    for page in pages:
        whole = whole if page.one else unwrapped(whole, page.start, page.end)
    return pages if whole is text else chosen_pages(whole)


class _Cutter:
    """Goes through a text from left to right. What no mark claims becomes noise, so nothing is lost."""

    def __init__(self, text: str) -> None:
        from lark import Token  # not at the top: its import takes as long as all others

        self.text = text
        self.at = 0
        self.tokens: list[Token] = []
        self._token = Token

    def put(self, kind: str, end: int, *, empty: bool = False) -> None:
        """Add the characters up to ``end`` as a token. If there are none, add it only if it may be ``empty``."""
        start = self.at
        if start < end or empty:
            # Lark's constructor takes as long as parsing the token does, so the fields are set by hand.
            value = self.text[start:end]
            token = _new(self._token, value)
            token.type = kind
            token.value = value
            token.start_pos = start
            token.end_pos = self.at = end
            token.line = token.column = token.end_line = token.end_column = None
            self.tokens.append(token)

    def cut_page(self, page: PageMarks) -> None:
        """Add the tokens of a page. What stands between two marks belongs to the first if that is a row."""
        self.put("NOISE", page.start)
        self.put("_COUNTRY" if page.one else "_PAGE", page.start, empty=True)
        opener = ""  # the kind of mark that the open section started with, "" where none is open
        ends = [mark.start for mark in page.marks[1:]] + [page.end]
        for mark, end in zip(page.marks, ends, strict=True):
            self.put("NOISE", mark.start)
            if _opens(mark, opener):
                self.put("_SECTION", mark.start, empty=True)
                opener = mark.kind
            if mark.kind == LABEL:
                opener = LABEL
                self.put("MARK", mark.at)
                self.put("LABEL", mark.end, empty=True)  # a lost label has no width
                self.put("BODY" if page.one else _BODIES.get(mark.form, "RUN"), end)
            else:
                self._cut_line(mark, self._line_end(mark.end, end))
        self.put("NOISE", page.end)

    def _cut_line(self, mark: Mark, end: int) -> None:
        """Add the tokens of a line that is no row: a title or header cut at its names, a topic at its heading."""
        if mark.kind in (TITLE, HEADER):
            a, a_end, b, b_end = mark.spots
            self.put("LEAD", a)
            self.put("NAME", a_end)
            self.put("VERSUS" if mark.kind == TITLE else "GAP", b)
            self.put("NAME", b_end)
            self.put("TAIL", end)
        elif mark.kind == HEADING:
            self._cut_heading(mark, end)
        elif mark.kind == TOPIC:
            self.put("LEAD", mark.at)
            self.put("TOPIC", mark.end)
            self.put("TAIL", end)
        else:
            self.put(mark.kind.upper(), end)

    def _cut_heading(self, mark: Mark, end: int) -> None:
        """Add the tokens of the heading of a country page: its name, and its topic if it has one, in their order."""
        a, a_end, b, b_end = mark.spots
        named = [(a, a_end, "NAME")] + ([(b, b_end, "TOPIC")] if mark.topic is not None else [])
        before = "LEAD"
        for start, stop, kind in sorted(named):
            self.put(before, start)
            self.put(kind, stop)
            before = "GAP"
        self.put("TAIL", end)

    def _line_end(self, at: int, end: int) -> int:
        """Where the line of a mark that ends at ``at`` ends: behind the blank lines after it.

        If more text stands on the line, as on a page without line breaks, the mark ends at ``at``.
        """
        stop = _REST_OF_LINE.match(self.text, at, end).end()  # type: ignore[union-attr]  # it matches nothing at least
        return stop if stop == end or self.text[stop - 1] == "\n" else at


def _opens(mark: Mark, opener: str) -> bool:
    """Whether ``mark`` opens a section: a topic; a header, title or heading behind rows; what comes first.

    ``opener`` is the kind that the section at hand has met: ``label`` once it has a row.
    """
    kind = mark.kind
    if kind == HEADER:
        return opener in ("", LABEL)
    if kind == TITLE:
        return opener == LABEL
    if kind == HEADING:
        return mark.topic is not None or opener == LABEL
    return kind == TOPIC or (kind in (LABEL, "source") and not opener)
