"""Reads a comparison page that still is HTML. Its tags tell where each cell is, so nothing is guessed.

The page is rendered to text: a row is a line, tabs divide its cells, and breaks inside a cell are kept. Each cell is a
range of that text, and an :class:`~factparse.OffsetMap` leads from there back into the HTML.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import attrs

from factparse.core.spans import OffsetMap, Span
from factparse.layout.country.template import Part, Parts

_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "table", "section", "article", "header", "footer", "h1"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "title"})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg"})
_CELLS = frozenset({"td", "th"})
_WORD_OR_SPACE = re.compile(r"(?P<word>[^ \t\r\n\f]+)|[ \t\r\n\f]+")


@attrs.frozen
class HtmlRow:
    """A table row: the spans of its cells in the rendered text, and the nearest heading above it (may be empty)."""

    heading: str
    cells: tuple[Span, ...]


@attrs.frozen
class HtmlPage:
    """A rendered page: its text, the way back into the HTML, its rows, and all its headings and titles in order.

    ``parts`` are the elements that templates of country pages mark.
    """

    text: str
    offsets: OffsetMap
    rows: tuple[HtmlRow, ...]
    headings: tuple[str, ...]
    parts: tuple[Part, ...] = ()


class _Renderer(HTMLParser):
    """Collects the text and the place in the HTML where each piece of it was read."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)  # entities are decoded one by one: each knows where it was read
        self.pieces: list[str] = []
        self.size = 0
        self.runs: list[tuple[int, int, int]] = []
        self.rows: list[HtmlRow] = []
        self.headings: list[str] = []
        # HTMLParser tells places as line and column; the starts of the lines turn them into offsets.
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self._heading = ""
        self._heading_start: int | None = None
        self._unseen = 0
        self._cells: list[Span] | None = None
        self._cell_start: int | None = None
        self.parts = Parts()

    def _place(self) -> int:
        """The offset in the HTML of what is being handled."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _put(self, text: str, read: int | None = None) -> None:
        """Add ``text``, read at the offset ``read`` of the HTML, or made up here (a tab, a line break)."""
        if read is not None:
            self.runs.append((self.size, read, len(text)))
        self.pieces.append(text)
        self.size += len(text)

    def _tail(self) -> str:
        return self.pieces[-1][-1:] if self.pieces else "\n"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
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
        self.parts.start(tag, attributes, self.size)

    def handle_endtag(self, tag: str) -> None:
        self.parts.end(tag, self.size)
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table", "tbody"):
            self._end_row()
        elif tag in _HEADINGS and self._heading_start is not None:
            heading = " ".join("".join(self.pieces[self._heading_start :]).split())
            self.headings.append(heading)
            self._heading = heading
            self._heading_start = None
            self._break()
        elif tag in _BREAKS and tag != "br":
            self._break()

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

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        read = self._place()
        for match in _WORD_OR_SPACE.finditer(data):
            # White space in HTML is one space, and none at the start of a line or cell.
            if match.lastgroup == "word":
                self._put(match[0], read + match.start())
            elif self._tail() not in " \n\t":
                self._put(" ", read + match.start())

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take ``<![foo`` for the comment that browsers see in it, where the base class gives up."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, written: str) -> None:
        if not self._unseen:
            self._put(unescape(written), self._place())


def render(html: str) -> HtmlPage:
    """The page ``html`` rendered to text, with its table rows and headings.

    Nothing is raised: broken HTML gives what could be read of it. Scripts and styles are left out.

    >>> page = render("<h2>Energy</h2><table><tr><td>Coal<td>1&nbsp;t<td>NA</tr></table>")
    >>> [cell.cut(page.text) for cell in page.rows[0].cells], page.rows[0].heading
    (['Coal', '1\\xa0t', 'NA'], 'Energy')
    """
    renderer = _Renderer(html)
    renderer.feed(html)
    renderer.close()
    renderer._end_row()
    text = "".join(renderer.pieces)
    parts = renderer.parts.all(len(text))
    return HtmlPage(text, OffsetMap(renderer.runs), tuple(renderer.rows), tuple(renderer.headings), parts)
