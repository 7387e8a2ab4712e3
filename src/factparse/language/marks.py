"""Reads through the marks of formats: HTML character references, and the quotes that a table puts around a cell.

A cell that holds any is read as its author wrote it (``C&ocirc;te d&rsquo;Ivoire``: ``Côte d’Ivoire``). Each character
knows where it stands as printed, so that spans and texts of facts are cut out of the source, marks and all.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from factparse.language.plans import Range, filled, worded
from factparse.language.tree import Value

# A reference ends in a semicolon: without one, "AT&T" and "R&D" may look alike. It may be written twice (&amp;lt;).
_NAMED: Final = r"#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z\d]{1,31}"
_REFERENCE: Final = re.compile(rf"&(?>(?:amp;){{0,3}})(?:(?:{_NAMED});)?")
_QUOTED: Final = re.compile(r'\s*+"(?P<inside>(?>(?:[^"]++|"")*))"\s*\Z')


class Unmarked:
    """A cell without its marks: its ``text``, and where each character of it stands as printed."""

    def __init__(self, printed: str, start: int, end: int, *, quoted: bool) -> None:
        self._printed = printed
        self._starts: list[int] = []
        self._ends: list[int] = []
        pieces: list[str] = []
        for first, last, meant in _pieces(printed, start, end, quoted=quoted):
            pieces.append(meant)
            if last - first == len(meant):
                self._starts += range(first, last)
                self._ends += range(first + 1, last + 1)
            elif meant:  # whoever begins or ends inside a reference has all of it
                self._starts += [first, *[last] * (len(meant) - 1)]
                self._ends += [last] * len(meant)
        self.text = "".join(pieces)

    def where(self, start: int, end: int) -> Range:
        """Return where ``text[start:end]`` stands as printed.

        >>> unmarked("S&atilde;o Paulo 5%").where(0, 9)
        (0, 16)
        """
        first = self._starts[start] if start < len(self._starts) else self._ends[-1]
        return (first, self._ends[end - 1]) if start < end else (first, first)

    def as_printed(self, tree: Value) -> Value:
        """Return the ``tree`` of ``text`` as that of the printed cell: lossless, with the table's quotes in gaps."""
        moved = self._moved(tree)
        return worded(filled(moved.kind, 0, len(self._printed), moved.children or (moved,)), self._printed)

    def _moved(self, node: Value) -> Value:
        # Both ends are moved by where a character begins, so that nodes that touch still do.
        start, end = (self._starts[at] if at < len(self._starts) else self._ends[-1] for at in (node.start, node.end))
        return Value(node.kind, start, end, tuple([self._moved(child) for child in node.children]))


def unmarked(printed: str) -> Unmarked | None:
    """Return the cell ``printed`` without its marks, or ``None`` if it has none, as hardly any has.

    White space that is written as a reference becomes a plain blank. A reference of no known name stays as it is.

    >>> unmarked("Trinidad &amp; Tobago 18%, other &lt;1%").text
    'Trinidad & Tobago 18%, other <1%'
    >>> unmarked('"the ""Isle"" of Sand"').text, unmarked('the "Isle" of Sand')
    ('the "Isle" of Sand', None)
    """
    quoted = _QUOTED.match(printed) if '"' in printed else None
    if quoted is not None and not quoted["inside"].strip(' "'):
        quoted = None
    if quoted is None and ("&" not in printed or not any(_meant(found[0]) for found in _REFERENCE.finditer(printed))):
        return None
    start, end = quoted.span("inside") if quoted is not None else (0, len(printed))
    return Unmarked(printed, start, end, quoted=quoted is not None)


def _pieces(printed: str, start: int, end: int, *, quoted: bool) -> list[tuple[int, int, str]]:
    """The pieces of ``printed[start:end]``, each with what it means: plain text, a reference, a doubled quote."""
    pieces: list[tuple[int, int, str]] = []
    at = start
    for found in (_MARKED if quoted else _REFERENCE).finditer(printed, start, end):
        meant = '"' if found[0] == '""' else _meant(found[0])
        if meant is not None:
            pieces += [(at, found.start(), printed[at : found.start()]), (*found.span(), meant)]
            at = found.end()
    return [*pieces, (at, end, printed[at:end])]


_MARKED: Final = re.compile(f'{_REFERENCE.pattern}|""')


def _meant(reference: str) -> str | None:
    """What a reference stands for, or ``None`` if nobody knows it."""
    meant, before = unescape(reference), reference
    while meant != before:
        meant, before = unescape(meant), meant
    if meant == reference:
        return None
    return " " if meant.isspace() else meant
