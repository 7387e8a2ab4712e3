"""Reads the JSON of pages and facts back, whatever its version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from factparse.columns.table import Cell, Row, Section, new_row
from factparse.core.errors import Diagnostic, SourceError, UsageError
from factparse.core.facts import AnyFact
from factparse.core.spans import Span
from factparse.core.written import MOST_EXACT, as_span, fact_of
from factparse.output.json import SCHEMA_VERSION

# What factparse writes is never beyond these, and what reads pages relies on it.
_Number = Annotated[int, Meta(ge=0, le=MOST_EXACT)]
_Sure = Annotated[float, Meta(ge=0, le=1)]
_Cells = Annotated[tuple[Cell, ...], Meta(min_length=1, max_length=2)]
_Names = Annotated[tuple[str, ...], Meta(max_length=2)]
_Editions = Annotated[tuple[str | None, ...], Meta(max_length=2)]


class _Source(msgspec.Struct, omit_defaults=True):
    name: str | None = None
    record: _Number | None = None
    page: _Number = 0
    url: str | None = None
    date: str | None = None


class _Row(msgspec.Struct):
    label: str
    field: str | None
    layout: str
    confidence: _Sure
    cells: _Cells
    span: Span | None = None  # from version 3 on, here and below
    likelier: str | None = None


class _Section(msgspec.Struct):
    topic: str | None
    rows: tuple[_Row, ...]
    span: Span | None = None


class _Page(msgspec.Struct):
    schema_version: Annotated[int, Meta(ge=1)]
    countries: _Names
    sections: tuple[_Section, ...]
    facts: list[dict[str, Any]]
    diagnostics: tuple[Diagnostic, ...]
    source: _Source = msgspec.field(default_factory=_Source)
    kind: Literal["comparison", "country"] = "comparison"  # from version 2 on; earlier pages were all comparisons
    editions: _Editions = ()
    span: Span | None = None
    text: str | None = None


class LoadedPage(msgspec.Struct):
    """The parts of a page that was written as JSON. It has a ``text`` only if that was rendered from HTML."""

    countries: tuple[str, ...]
    sections: tuple[Section, ...]
    facts: tuple[AnyFact, ...]
    diagnostics: tuple[Diagnostic, ...]
    source: dict[str, Any]
    kind: Literal["comparison", "country"]
    editions: tuple[str | None, ...]
    span: Span
    text: str | None


_NOWHERE: Final = Span((0, 0))


def loaded_page(written: str | bytes) -> LoadedPage:
    """The parts of the page that ``written`` stands for. Keys that no version has are ignored.

    Before version 3, JSON had no spans of rows, sections and pages. These then go from the first cell to the last.
    Raises :class:`~factparse.SourceError` as :meth:`factparse.Page.from_json` does.
    """
    plain = _decoded(_bytes_of(written))
    _refuse_newer(plain)
    try:
        page = msgspec.convert(plain, _Page, dec_hook=as_span)
    except (msgspec.ValidationError, RecursionError) as error:
        message = f"this is no page as Page.to_json writes it: {error}"
        raise SourceError("bad-json", f"{message}; for facts there is facts_from_json") from error
    if page.facts and not any(cell.text for section in page.sections for row in section.rows for cell in row.cells):
        raise SourceError(
            "bad-json", "this is no page as Page.to_json writes it: facts, and no cell they were read from"
        )
    sections = tuple(map(_section, page.sections))
    return LoadedPage(
        page.countries,
        sections,
        tuple(map(fact_of, page.facts)),
        page.diagnostics,
        msgspec.structs.asdict(page.source),
        page.kind,
        page.editions if any(page.editions) else (),
        page.span or _around(section.span for section in sections),
        page.text,
    )


def facts_from_json(written: str | bytes) -> tuple[AnyFact, ...]:
    """The facts in ``written``: a JSON array of them, or JSON Lines of facts or pages, as ``factparse convert`` writes.

    Keys that are no fields of a fact, such as the ``source`` of a line, are ignored.
    Raises :class:`~factparse.SourceError`: ``bad-json`` if it holds anything else, ``newer-json`` if a newer factparse
    wrote a page in it; :class:`~factparse.UsageError` (``not-text``) if it is neither text nor bytes.

    >>> from factparse import extract
    >>> facts = extract("Coastline", "5 km", subject="Togo")
    >>> from factparse.output.json import facts_json
    >>> facts_from_json(facts_json(facts)) == facts
    True
    """
    data = _bytes_of(written)
    one = data.lstrip()[:1] == b"["
    found = _decoded(data) if one else _decoded(data, msgspec.json.Decoder().decode_lines)
    return tuple(map(fact_of, chain.from_iterable(map(_facts_in, found))))


def _facts_in(plain: Any) -> Iterator[Any]:  # noqa: ANN401 (whatever JSON holds)
    if isinstance(plain, dict) and isinstance(plain.get("facts"), list):
        _refuse_newer(plain)
        yield from plain["facts"]
    else:
        yield plain


def _refuse_newer(plain: Any) -> None:  # noqa: ANN401 (whatever JSON holds)
    version = plain.get("schema_version") if isinstance(plain, dict) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        message = f"a newer factparse wrote the JSON: this one reads versions up to {SCHEMA_VERSION}"
        raise SourceError("newer-json", f"{message}; install a newer one")


def _bytes_of(written: str | bytes) -> bytes:
    if isinstance(written, str):
        return written.encode("utf-8", "replace")
    if isinstance(written, bytes | bytearray | memoryview):
        return bytes(written)
    advice = "give its read_text()" if hasattr(written, "__fspath__") else "give what to_json or convert wrote"
    raise UsageError("not-text", f"JSON must be a str or bytes, not {written.__class__.__name__}; {advice}")


def _decoded(data: bytes, decode: Callable[[bytes], Any] = msgspec.json.decode) -> Any:  # noqa: ANN401 (any JSON)
    try:
        return decode(data)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise _not_json(error) from error
    except RecursionError as error:
        raise SourceError("bad-json", "this is no JSON of factparse: it is nested too deep") from error


def _not_json(error: Exception) -> SourceError:
    return SourceError(
        "bad-json",
        f"this is not JSON: {error}; give the text that to_json or convert wrote, and not the name of its file",
    )


def _section(section: _Section) -> Section:
    rows = tuple(_row(section.topic, row) for row in section.rows)
    return Section(section.topic, rows, section.span or _around(row.span for row in rows))


def _row(topic: str | None, row: _Row) -> Row:
    span = row.span or _around(cell.span for cell in row.cells)
    return new_row(row.label, row.field, topic, row.cells, row.confidence, row.layout, span, row.likelier)


def _around(spans: Iterator[Span]) -> Span:
    """The one range from where the first of ``spans`` begins to where the last ends."""
    found = list(spans)
    return Span((min(each.start for each in found), max(each.end for each in found))) if found else _NOWHERE
