"""Turns text into pages. It calls the stages from layout to columns one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from factparse.book.packaged import Books, shelf_of
from factparse.core.errors import Diagnostic, UsageError
from factparse.core.frozen import changer, maker
from factparse.core.spans import OffsetMap, Run, Span
from factparse.layout.kinds import may_be_page
from factparse.layout.lexer import with_breaks
from factparse.page import Page, Source
from factparse.sources.decode import decode
from factparse.vocabulary import misread
from factparse.vocabulary.addresses import country_of_address

if TYPE_CHECKING:
    from lark import Token, Tree

    from factparse.book.shelf import Shelf
    from factparse.columns.country import CountryTable
    from factparse.columns.rows import RawPage
    from factparse.columns.stage import Table
    from factparse.columns.table import Row, Section
    from factparse.sources.record import GivenCell

# The stages that follow recognition are imported where they are used: most texts are no page, and need none of them.


_NOWHERE: Final = Source()
_NO_PAGE: Final = Page("", (), ())
_NOTHING_FOUND: Final = "no title, header or field labels of a Factbook comparison were found"
# Most texts of a crawl are no page. Making their diagnostic anew would be a third of their cost.
_no_page_of = changer(Page, "text", "diagnostics", "source")
_remark_of = maker(Diagnostic)
# A line that ends like the name of a file, or is an address. Longer texts are not looked at.
_LONGEST_FILE: Final = 220
_FILE: Final = re.compile(
    r"[^\n<>|]{1,200}\.(?:txt|html?|jsonl?|ndjson|csv|tsv|parquet|warc|wet)(?:\.(?:gz|zst|bz2|xz))?"
)


def _need_text(text: object) -> None:
    """Raise :class:`~factparse.UsageError` (``not-text``) if ``text`` is neither text nor bytes, but a path, say."""
    if not isinstance(text, str | bytes):
        path = ": factparse.read reads files, folders and addresses" if hasattr(text, "__fspath__") else ""
        raise UsageError("not-text", f"text must be a str or bytes, not {text.__class__.__name__}{path}")


def _source(source: Source | None) -> Source:
    if source is not None and not isinstance(source, Source):
        raise UsageError("bad-source", f"the source of a text is a factparse.Source; write Source({source!r})")
    return source or _NOWHERE


def parse(text: str | bytes, *, source: Source | None = None, books: Books = None) -> Page:
    """The comparison page that ``text`` holds. Bytes are decoded by their byte order mark, or as UTF-8.

    A text without a page gives an empty page, which is false, with the diagnostic ``not-a-comparison``. If a text holds
    several pages, the first is returned, and the diagnostic ``more-pages`` says how many follow. :func:`parse_pages`
    returns them all. No text raises an error.

    Cells are looked up in the packaged book of all that the Factbook printed. ``books`` takes its place, and an empty
    sequence switches the look-up off.

    Raises :class:`~factparse.UsageError` if ``text`` is no text (``not-text``), or ``source`` is no
    :class:`factparse.Source` (``bad-source``).

    >>> page = parse("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n")
    >>> [(cell.country, cell.text) for cell in page.rows[0].cells]
    [('Chad', '11% (2021)'), ('Mali', '53% (2021)')]
    """
    found = parse_pages(text, source=source, books=books)
    first = found[0]
    if len(found) > 1:
        message = f"{len(found) - 1} more in this text; parse_pages returns them all"
        first = attrs.evolve(first, diagnostics=(*first.diagnostics, Diagnostic("more-pages", message, found[1].span)))
    return first


def parse_pages(text: str | bytes, *, source: Source | None = None, books: Books = None) -> tuple[Page, ...]:
    """The pages in ``text``, in order. A text without a page gives a single empty page. No text raises an error.

    >>> both = "Chad vs. Mali\\nChadMali\\nCoastline0 km0 km\\nPeru vs. Cuba\\nPeruCuba\\nCoastline2,414 km3,735 km\\n"
    >>> [page.countries for page in parse_pages(both)]
    [('Chad', 'Mali'), ('Peru', 'Cuba')]
    """
    remarks: tuple[Diagnostic, ...] = ()
    if not isinstance(text, str):
        _need_text(text)
        text, remarks = decode(text)
    broken = with_breaks(text)  # same offsets, other line ends; at the end, cells are cut from ``text`` again
    where = _source(source) if source is not None else _NOWHERE
    if not may_be_page(broken):
        return (_no_page(text, where, remarks),)
    from factparse.columns.country import country_tables
    from factparse.columns.rows import raw_pages
    from factparse.columns.stage import reread, reread_sections
    from factparse.layout.tree import layout_tree
    from factparse.layout.wrapped import unwrapped

    tree, shelf = layout_tree(text), shelf_of(books)
    found = []
    for number, raw in enumerate(raw_pages(broken, tree)):
        read = unwrapped(broken, raw.span.start, raw.span.end)
        table = _divided(read, raw, shelf)
        page = _page(text, raw, table if read is text else reread(table, text), where, remarks)
        paragraphs = read if read is not broken else None
        found.append(attrs.evolve(page, source=attrs.evolve(where, page=number), shelf=shelf, paragraphs=paragraphs))
    for number, alone in enumerate(country_tables(broken, tree, shelf, (where.url, where.name))):
        if broken is not text:
            alone = attrs.evolve(alone, sections=reread_sections(alone.sections, text))
        page = _country_page(text, alone, where, remarks)
        found.append(attrs.evolve(page, source=attrs.evolve(where, page=number), shelf=shelf))
    return tuple(found) or (_no_page(text, where, remarks),)


def parse_html(html: str | bytes, *, source: Source | None = None, books: Books = None) -> Page:
    """The comparison page that an HTML document holds. Its markup shows the cells, so their confidence is 1.

    ``page.text`` is the document rendered to text. Spans refer to the rendered text; :meth:`Page.source_span` gives the
    place in the HTML. If the document has no table of three columns with labels of the Factbook, the rendered text is
    read as :func:`parse` reads it. No document raises an error.

    >>> html = "<h1>Chad vs. Mali</h1><table><tr><td><td>Chad<td>Mali<tr><td>Coastline<td>0 km<td>0 km</table>"
    >>> page = parse_html(html)
    >>> page.countries, page.rows[0].cells[1].text, page.rows[0].confidence
    (('Chad', 'Mali'), '0 km', 1.0)
    """
    from factparse.columns.country_markup import country_markup
    from factparse.columns.markup import markup_table
    from factparse.layout.html import render

    remarks: tuple[Diagnostic, ...] = ()
    if not isinstance(html, str):
        _need_text(html)
        html, remarks = decode(html)
    rendered = render(html)
    alone = country_markup(rendered)
    if alone is not None:
        page = _country_page(rendered.text, alone, _source(source), remarks)
        return attrs.evolve(page, offsets=rendered.offsets, shelf=shelf_of(books) if books is not None else None)
    table = markup_table(rendered)
    if table is None:
        page = parse(rendered.text, source=source, books=books)
        return attrs.evolve(page, offsets=rendered.offsets, diagnostics=(*remarks, *page.diagnostics))
    page = _page(rendered.text, None, table, _source(source), remarks)
    # Cells are looked up only if somebody asks for their editions. So the packaged book need not be opened.
    return attrs.evolve(page, offsets=rendered.offsets, shelf=shelf_of(books) if books is not None else None)


def parse_tree(text: str, *, books: Books = None) -> Tree[Token]:
    """The lossless tree of ``text``: pages, sections, rows, cells, and what each cell holds.

    Its leaves joined are ``text``, whatever that is. Inside a cell, the nodes have the names of the rules by which its
    facts are read: parts with their sub-labels, items, figures, dates, names, brackets, notes, roles, clauses.

    >>> tree = parse_tree("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n")
    >>> [str(token) for token in tree.scan_values(lambda token: token.type == "NUMBER")]
    ['11', '53']
    """
    from factparse.celltrees import with_cells
    from factparse.columns.country import country_tables
    from factparse.columns.rows import raw_pages
    from factparse.layout.tree import layout_tree
    from factparse.layout.wrapped import unwrapped

    _need_text(text)
    tree = layout_tree(text)
    broken = with_breaks(text)
    shelf = shelf_of(books)
    read, rows = broken, []
    for raw in raw_pages(broken, tree):
        read = unwrapped(read, raw.span.start, raw.span.end)
        rows += [row for section in _divided(read, raw, shelf).sections for row in section.rows]
    rows += [row for table in country_tables(broken, tree, shelf) for section in table.sections for row in section.rows]
    return with_cells(text, tree, rows, text if read is broken else read)


def _divided(text: str, raw: RawPage, shelf: Shelf | None) -> Table:
    """The table of a page. If only the cells name its countries, the cells are divided again with these names."""
    from factparse.columns.cut_end import with_cut_end
    from factparse.columns.stage import divide
    from factparse.columns.stray_rows import with_doubts
    from factparse.columns.told_names import told_names

    table = divide(text, raw, shelf=shelf)
    if not any(table.columns.names) and (told := told_names(table)) is not None:
        table = divide(text, attrs.evolve(raw, names=told), shelf=shelf)
    return with_cut_end(text, raw, with_doubts(table))


def _page(text: str, raw: RawPage | None, table: Table, source: Source, remarks: tuple[Diagnostic, ...]) -> Page:
    names = table.columns.names
    countries = tuple(name for name in names if name is not None)
    span = raw.span if raw is not None else Span((0, len(text)))
    found = list(remarks)
    if not countries:
        found.append(Diagnostic("no-countries", "neither a title nor a column header names the countries", span))
    elif raw is not None and all(section.header is None for section in raw.sections):
        message = "no column header; the columns are taken to be in the title's order"
        if raw.names is None:
            message = "neither title nor column header; the countries are those that the cells name most"
        found.append(Diagnostic("no-header", message, span))
    if not table.sections:
        found.append(Diagnostic("no-rows", "the page has a title and a heading, and no rows under them", span))
    if raw is not None:
        found += _lost_labels(raw) + _cut_off(text, raw)
    found += _misread(text, span) + _too_large(text, table.sections, span)
    years = table.columns.editions
    editions = tuple(str(year) if year is not None else None for year in years) if any(years) else ()
    return Page(text, countries, table.sections, tuple(found), source, editions, span)


def _misread(text: str, span: Span) -> list[Diagnostic]:
    """The remark that characters were read in the wrong encoding, with the place of the first."""
    place = misread(text, span.start, span.end)
    message = (
        "bytes were read in the wrong encoding, as in {!r}; factparse.repair mends it, and so does convert --repair"
    )
    return [Diagnostic("mojibake", message.format(text[slice(*place)]), Span(place))] if place is not None else []


def _cut_off(text: str, raw: RawPage) -> list[Diagnostic]:
    """The remark that the text ends within a row, with what is unfinished."""
    from factparse.columns.cut_end import cut_place

    at = cut_place(text, raw)
    message = "the text is cut off here: the last row may lack its second cell, and rows may be missing behind it"
    return [Diagnostic("cut-off", message, Span((at, len(text))))] if at is not None else []


def _lost_labels(raw: RawPage) -> list[Diagnostic]:
    """A remark on each row whose label is lost."""
    lost = (row for section in raw.sections for row in section.rows if row.lost)
    message = "the label is lost; the heading and the first cell show that the row is {!r}"
    return [Diagnostic("no-label", message.format(row.label.text), row.span) for row in lost]


def _country_page(text: str, table: CountryTable, source: Source, remarks: tuple[Diagnostic, ...]) -> Page:
    """The page of one country. If its text does not name the country, the address of its source may."""
    from factparse.columns.country import owned_by

    country, where = table.country, table.where
    said = where.cut(text) if where is not None else ""
    if country is not None and table.told == "source":
        told = Diagnostic("country-by-source", f"the source names the country: {country}", None)
    elif country is not None:
        told = Diagnostic(f"country-by-{table.told}", f"{' '.join(said.split())[:80]!r} names the country", where)
    elif (named := country_of_address(source.url) or country_of_address(source.name)) is not None:
        country = named.name
        told = Diagnostic("country-by-source", f"the name of the source tells the country: {country}", None)
    else:
        told = Diagnostic(
            "no-country", "neither text nor source names the country; give its address as the source", table.span
        )
    sections = owned_by(table.sections, country)
    message = "the label of this value is lost; it stands behind the cell of another field"
    lost = [Diagnostic("no-label", message, place) for place in table.unread]
    if table.cut is not None:
        message = "the text is cut off here: this cell may not be whole, and fields may be missing behind it"
        lost.append(Diagnostic("cut-off", message, table.cut))
    found = (*remarks, told, *lost, *_misread(text, table.span), *_too_large(text, sections, table.span))
    return Page(text, (country,) if country else (), sections, found, source, (), table.span, kind="country")


def cells_page(cells: Sequence[GivenCell], *, source: Source | None = None, books: Books = None) -> Page:
    """The page of one country whose source gives its cells. ``text`` is written from these cells.

    >>> from factparse.sources.record import GivenCell
    >>> page = cells_page([GivenCell("Coastline", "0 km", "Chad")])
    >>> page.countries, page.rows[0].cells[0].text, page.rows[0].confidence
    (('Chad',), '0 km', 1.0)
    """
    from factparse.columns.given import given_table

    text, table = given_table(cells)
    page = _country_page(text, table, _source(source), ())
    named = tuple(cell.edition for cell in cells[:1] if cell.edition)
    shelf = shelf_of(books) if books is not None else None
    offsets = OffsetMap(_runs(cells, page.rows))
    return attrs.evolve(page, editions=named, offsets=offsets, shelf=shelf)


def _runs(cells: Sequence[GivenCell], rows: Iterable[Row]) -> Iterator[Run]:
    """Yield where the characters of the page whose ``rows`` hold the ``cells`` were read in their source."""
    for given, row in zip(cells, rows, strict=True):
        start = row.cells[0].span.start
        yield from (run._replace(made=start + run.made) for run in given.runs)


def _too_large(text: str, sections: Iterable[Section], span: Span) -> list[Diagnostic]:
    """The remark that some numbers give no value, because no output could hold them exactly."""
    from factparse.language import too_large

    places = [Span(place) for place in too_large(text, span.start, span.end)]
    rows = [row.span for section in sections for row in section.rows] if places else []
    found = [place for place in places if any(row.start <= place.start and place.end <= row.end for row in rows)]
    if not found:
        return []
    many = f"{len(found)} numbers are" if found[1:] else "a number is"
    message = f"{many} too large to be exact in every output (2^53): such a value is null, its digits are in the text"
    return [Diagnostic("number-too-large", message, found[0])]


def _no_page(text: str, source: Source, remarks: tuple[Diagnostic, ...]) -> Page:
    message, size = _NOTHING_FOUND, len(text)
    if size <= _LONGEST_FILE and _FILE.fullmatch(text):
        message += f"; it looks like the name of a file: factparse.read({text!r}) reads files"
    remark = _remark_of("not-a-comparison", message, Span((0, size)))
    return _no_page_of(_NO_PAGE, text, (*remarks, remark) if remarks else (remark,), source)
