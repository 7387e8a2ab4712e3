"""A parsed comparison page: the object that a user holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Literal

import attrs

from factparse.columns.table import Cell, Row, Section
from factparse.core.errors import Diagnostic
from factparse.core.facts import AnyFact
from factparse.core.spans import OffsetMap, Span
from factparse.extract import row_facts, with_prose
from factparse.extract.memory import as_printed
from factparse.output.json import page_facts, page_json

if TYPE_CHECKING:
    from factparse.book.shelf import Shelf
    from factparse.columns.explain import Explanation
    from factparse.columns.stage import Divider
    from factparse.known import KnownEdition, PageEditions, PrintedCell
    from factparse.output.frame import FrameLibrary


Kind = Literal["comparison", "country"]
"""What a page shows: two countries side by side, or one."""


@attrs.frozen
class Source:
    """Where a page was read: the ``name`` of a file, the ``record`` in it, the ``page`` in the record, and the URL.

    Records and pages are counted from 0. ``date`` is when the page was fetched, if the archive of a crawl tells it.
    """

    name: str | None = None
    record: int | None = None
    page: int = 0
    url: str | None = None
    date: str | None = None


@attrs.frozen
class Page:
    """A page: its countries, sections of rows, and diagnostics.

    ``kind`` is ``comparison`` for one of two countries, each with its cell in every row, and ``country`` for one of a
    single country, with one cell a row. ``countries`` are the Factbook's entry names in column order, ``editions`` the
    years that the column headers print (empty if they print none). All spans are offsets into ``text``. ``shelf`` are
    the books that its cells were looked up in, if not the packaged one. ``paragraphs`` is the text without the breaks
    of wrapped lines, at the same offsets, if it has such: facts are read in it. A page without countries and sections
    is false: what is no page carries the diagnostic ``not-a-comparison``.
    """

    text: str = attrs.field(repr=False)
    countries: tuple[str, ...]
    sections: tuple[Section, ...] = attrs.field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source = attrs.field(factory=Source)
    editions: tuple[int | None, ...] = ()
    span: Span = attrs.field(factory=lambda: Span((0, 0)))
    kind: Kind = "comparison"
    offsets: OffsetMap | None = attrs.field(default=None, repr=False, eq=False)
    paragraphs: str | None = attrs.field(default=None, repr=False, eq=False)
    shelf: Shelf | None = attrs.field(default=None, repr=False, eq=False)
    _facts: list[tuple[AnyFact, ...]] = attrs.field(factory=list, init=False, repr=False, eq=False)
    _dividers: list[Divider] = attrs.field(factory=list, init=False, repr=False, eq=False)
    _looked: list[PageEditions] = attrs.field(factory=list, init=False, repr=False, eq=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all sections, in reading order."""
        return tuple(row for section in self.sections for row in section.rows)

    def __bool__(self) -> bool:
        return bool(self.sections or self.countries)

    def facts(self, *, editions: bool = False) -> tuple[AnyFact, ...]:
        """The typed facts on the page, in reading order. They are read at the first call and kept.

        The ``edition`` of a fact is the year that the header of its column prints. With ``editions`` it is, where the
        header prints none, :attr:`edition`; its cells are looked up for that.

        >>> import factparse
        >>> page = factparse.parse("Geography\\nChad (2004) | Chad (2008) | |\\nCoastline | 5 km | 7 km |\\n")
        >>> [(fact.value, fact.edition) for fact in page.facts()]
        [(5, '2004'), (7, '2008')]
        """
        if not self._facts:
            rows = self.rows
            printed = map(self._printed, rows) if any(self.editions) else repeat(())
            self._facts.append(tuple(chain.from_iterable(map(self._facts_of, rows, printed))))
        return page_facts(self, editions=True) if editions else self._facts[0]

    def _printed(self, row: Row) -> tuple[str | None, ...]:
        """The editions that the headers print above the cells of a row; a lone cell is told by its country."""
        years = [str(year) if year is not None else None for year in self.editions]
        if len(row.cells) == len(years):
            return tuple(years)
        named = [
            {year for country, year in zip(self.countries, years, strict=False) if country == cell.country}
            for cell in row.cells
        ]
        return tuple(found.pop() if len(found) == 1 else None for found in named)

    @property
    def edition(self) -> str | None:
        """The edition that the page is known to be of: it prints nine in ten of its cells, more than any other one.

        ``None`` if there is none, or if two print as many. ``editions`` are the years that the page itself prints.
        """
        return self.looked_up().edition

    def with_prose(self) -> Page:
        """The page with the figures of natural prose among its facts, wherever these go: JSON, tables, frames.

        Each is a :class:`~factparse.Quantity` behind the text that it was read from, with a lower confidence.
        """
        page = attrs.evolve(self)
        page._facts.append(tuple(with_prose(self.facts())))
        return page

    def _facts_of(self, row: Row, editions: Sequence[str | None]) -> tuple[AnyFact, ...]:
        whole = self.paragraphs
        if whole is None:
            return row_facts(row, editions)
        cells = tuple(attrs.evolve(cell, text=cell.span.cut(whole)) for cell in row.cells)
        facts = row_facts(attrs.evolve(row, cells=cells), editions)
        return tuple(as_printed(fact, fact.span.cut(self.text), fact.span) for fact in facts)

    @property
    def known(self) -> tuple[KnownEdition, ...]:
        """The editions that print more than half of the page's cells word for word, the best first.

        ``editions`` are the years that the page itself prints; these are told from its cells, by its books.
        """
        return self.looked_up().known

    @property
    def cells(self) -> tuple[PrintedCell, ...]:
        """The cells that hold text, in reading order, each with its label, its field and the editions that print it."""
        return self.looked_up().cells

    def editions_of(self, part: Cell | Row) -> tuple[str, ...]:
        """The editions that print ``part`` word for word: a cell of the page, or all cells of one of its rows.

        Raises ``ValueError`` if it is not of this page.

        >>> import factparse
        >>> from factparse.book import KnownCell
        >>> book = factparse.Book.build([KnownCell("CD", "Electricity access", "11% (2021)", ("2023", "2024"))])
        >>> text = "Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n"
        >>> page = factparse.parse(text, books=[book])
        >>> [(cell.country, cell.editions) for cell in page.cells]
        [('Chad', ('2023', '2024')), ('Mali', ())]
        >>> page.editions_of(page.rows[0].cells[0]), page.editions_of(page.rows[0])
        (('2023', '2024'), ())
        """
        return self.looked_up().of(part)

    def looked_up(self) -> PageEditions:
        """The editions of the page and its cells, looked up when they are first asked for and kept."""
        if not self._looked:
            from factparse.known import PageEditions

            self._looked.append(PageEditions(self.sections, self.shelf))
        return self._looked[0]

    def to_frame(self, *, engine: FrameLibrary | None = None, normalise: bool = False, editions: bool = False) -> Any:  # noqa: ANN401
        """The page's facts as a table of pandas or polars; see :func:`factparse.frame` for its columns and errors.

        ``editions`` is that of :meth:`facts`.
        """
        from factparse.output.frame import frame

        return frame(self.facts(editions=editions), engine=engine, normalise=normalise)

    def explanation(self, row: Row) -> Explanation:
        """The reasons why ``row`` was divided where it was: every reading that was weighed.

        The first call reads the page anew, since a page does not keep what was weighed. Raises ``ValueError`` if
        ``row`` is not of this page.
        """
        from factparse.columns.explain import Explanation, explain

        if row not in self.rows:
            raise ValueError(f"the row {row.label!r} is not of this page")
        for divider in self._read_again() if row.layout != "html" else ():
            found = explain(divider, row.span.start, row.confidence, row.layout)
            if found is not None:
                return found
        return Explanation(row.label, row.layout, row.confidence, ())

    def _read_again(self) -> list[Divider]:
        if not self._dividers:
            from factparse.columns.rows import raw_pages
            from factparse.columns.stage import Divider
            from factparse.layout.lexer import with_breaks
            from factparse.layout.tree import layout_tree
            from factparse.layout.wrapped import unwrapped

            text = with_breaks(self.text)
            for raw in raw_pages(text, layout_tree(self.text)):
                divider = Divider(unwrapped(text, raw.span.start, raw.span.end), raw, shelf=self.shelf)
                divider.read()
                self._dividers.append(divider)
        return self._dividers

    def explain(self, row: Row) -> str:
        """The reasons why ``row`` was divided where it was, as lines that a person can read.

        Each reading has its probability, the text on both sides of the border, and what each kind of evidence adds to
        its log-odds, in nats. Raises ``ValueError`` if ``row`` is not of this page.

        >>> import factparse
        >>> page = factparse.parse("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n")
        >>> "'11% (2021)' | '53% (2021)'" in page.explain(page.rows[0])
        True
        """
        return str(self.explanation(row))

    def source_span(self, span: Span) -> Span:
        """The span in the source from which ``span`` of ``text`` was read: the same, unless the source was HTML."""
        return self.offsets.to_source(span) if self.offsets is not None else span

    def to_json(self, *, indent: int | None = None, editions: bool = False) -> str:
        """The page as JSON text, as ``factparse schema`` describes it: on one line, or indented by ``indent``.

        With ``editions`` it has the ``known`` ones, of each cell those that print it, and that of each fact.
        """
        return page_json(self, indent, editions=editions)
