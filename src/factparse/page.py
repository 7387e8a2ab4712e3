"""One comparison page, parsed: the object a user holds."""

from __future__ import annotations

import attrs

from factparse.columns.table import Row, Section
from factparse.errors import Diagnostic
from factparse.extract import row_facts
from factparse.facts import AnyFact
from factparse.serialise.json import page_json
from factparse.span import OffsetMap, Span


@attrs.frozen
class Source:
    """Where a page was read: a file's name, the record in it (counted from 0), the page in the record, its URL."""

    name: str | None = None
    record: int | None = None
    page: int = 0
    url: str | None = None


@attrs.frozen
class Page:
    """A comparison page: two countries, sections of rows, and what was remarked on the way.

    ``countries`` are the Factbook's entry names in column order; ``editions`` the years the column headers print, if
    they do. All spans are offsets into ``text``. An empty page (no sections) carries the diagnostic
    ``not-a-comparison``.
    """

    text: str = attrs.field(repr=False)
    countries: tuple[str, ...]
    sections: tuple[Section, ...] = attrs.field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source = attrs.field(factory=Source)
    editions: tuple[int | None, ...] = ()
    span: Span = attrs.field(factory=lambda: Span((0, 0)))
    offsets: OffsetMap | None = attrs.field(default=None, repr=False, eq=False)
    _facts: list[tuple[AnyFact, ...]] = attrs.field(factory=list, init=False, repr=False, eq=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows of all sections, in reading order."""
        return tuple(row for section in self.sections for row in section.rows)

    def __bool__(self) -> bool:
        return bool(self.sections or self.countries)

    def facts(self) -> tuple[AnyFact, ...]:
        """Return every typed fact on the page, in reading order; read once and kept."""
        if not self._facts:
            self._facts.append(tuple(fact for row in self.rows for fact in row_facts(row)))
        return self._facts[0]

    def source_span(self, span: Span) -> Span:
        """Return where ``span`` of the page's text was read in the source: elsewhere only if that was HTML."""
        return self.offsets.to_source(span) if self.offsets is not None else span

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the page as JSON, as ``factparse schema`` describes it; ``indent`` spaces a level, or one line."""
        return page_json(self, indent=indent)
