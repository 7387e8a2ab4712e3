"""A page as one HTML file: its columns, its text with every fact marked, and its facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from factparse.columns.table import Row
from factparse.core.spans import Span
from factparse.output.json import PageLike
from factparse.output.markup import Html, element, join, link, start
from factparse.output.report.document import document
from factparse.output.report.facts import data_block, facts_table, type_buttons
from factparse.output.report.marks import Border, MarkedText
from factparse.output.report.rows import chance_of, section_html
from factparse.output.report.sureness import level

if TYPE_CHECKING:
    from factparse.columns.explain import Explanation
    from factparse.core.facts import Fact


class ReportedPage(PageLike, Protocol):
    """The parts of a :class:`factparse.Page` that its report needs."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all sections."""

    @property
    def span(self) -> Span:
        """The part of ``text`` that is this page."""

    def explanations(self) -> tuple[Explanation, ...]:
        """The reasons why each row was divided where it was."""


def page_html(page: ReportedPage, *, home: str | None = None) -> str:
    """The report of ``page``: one HTML file that needs no network and no other file.

    A page that was loaded from JSON may lack its text. Its report shows the cells in place of the text, and no reasons
    for the borders. ``home`` is the address of the index that the page belongs to.

    >>> import factparse
    >>> page = factparse.parse("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n")
    >>> page_html(page)[:15], "Electricity access" in page_html(page)
    ('<!doctype html>', True)
    """
    facts = page.facts()
    kept = bool(page.text) or not page.rows
    explained = page.explanations() if kept and page.rows else (None,) * len(page.rows)
    marked = MarkedText(page.text if kept else _cells_alone(page.rows), facts, _borders(page.rows, explained))
    name = title(page.countries)
    return document(
        f"{name} · factparse",
        element("a", "Skip to the text", href="#source", class_="skip"),
        _header(page, name, home),
        _filters(page, facts) if facts else None,
        element(
            "main",
            element("div", *_tables(page, marked, explained), _facts(facts), _remarks(page), class_="left"),
            _source(page, marked, kept),
        ),
        element("div", id="card", role="status", hidden=True),
        _help(),
        data_block("facts", [fact.to_dict() for fact in facts]),
        script="page",
    )


def notebook_html(page: str) -> str:
    """A report within a notebook. It stands in a frame, so that the styles and scripts of both stay apart."""
    frame = element(
        "iframe", srcdoc=Html(page.replace("&", "&amp;").replace('"', "&quot;")), sandbox="allow-scripts",
        allow="clipboard-write", width="100%", height="640", frameborder="0",
    )  # fmt: skip
    return str(frame)


def title(countries: Sequence[str]) -> str:
    """The name of a page of these countries.

    >>> title(("Chad", "Mali")), title(("Chad",)), title(())
    ('Chad vs. Mali', 'Chad', 'A page of unknown countries')
    """
    return " vs. ".join(countries) or "A page of unknown countries"


def _cells_alone(rows: Sequence[Row]) -> str:
    """A text that has each cell at the place where the page has it, with blanks between."""
    pieces = []
    for cell in (cell for row in rows for cell in row.cells):
        at = 0
        for low, high in zip(cell.span[::2], cell.span[1::2], strict=True):
            pieces.append((low, cell.text[at : at + high - low]))
            at += high - low
    parts, end = list[str](), 0
    for low, words in sorted(pieces):
        if low > end:
            parts.append("\n".ljust(low - end))
        parts.append(words)
        end = low + len(words)
    return "".join(parts)


def _borders(rows: Sequence[Row], explained: Sequence[Explanation | None]) -> Iterator[Border]:
    """The borders of all readings of each row. A row without an explanation has the border that its cells show."""
    for number, (row, explanation) in enumerate(zip(rows, explained, strict=True)):
        if explanation is None and len(row.cells) > 1:
            yield Border(row.cells[1].span.start, number, True, "the border")
        for place, reading in enumerate(explanation.readings if explanation is not None else ()):
            if reading.at is not None:
                yield Border(reading.at, number, not place, f"a border, {chance_of(reading)}")


def _header(page: ReportedPage, name: str, home: str | None) -> Html:
    rows = page.rows
    doubtful = sum(level(row.confidence) != "sure" for row in rows)
    counts = [_number(len(rows), "row"), f"{doubtful:,} not sure" if doubtful else "all sure"]
    counts.append(_number(len(page.facts()), "fact"))
    back = element("a", "All pages", href=home, class_="home") if home else None
    source = element("p", *_where(page), class_="where")
    return element("header", back, element("h1", name), element("p", " · ".join(counts), class_="counts"), source)


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _where(page: ReportedPage) -> Iterator[Html | str]:
    source = page.source
    name, record = getattr(source, "name", None), getattr(source, "record", None)
    url, date = getattr(source, "url", None), getattr(source, "date", None)
    if name is not None:
        yield f"{name}, record {record + 1:,}" if record else name  # many files have only one
    if url:
        yield join(" · " if name is not None else "", link(url))
    if date:
        yield f" · fetched {date}"


def _filters(page: ReportedPage, facts: Sequence[Fact]) -> Html:
    fields = dict.fromkeys(fact.field for fact in facts)
    countries = dict.fromkeys(fact.subject or "" for fact in facts)
    return element(
        "form",
        element("fieldset", element("legend", "Type"), type_buttons(facts), class_="types"),
        _choice("field", "Field", "All fields", ((name, name) for name in fields)),
        _choice("country", "Country", "All countries", ((name, name or "not told") for name in countries)),
        element(
            "label", element("span", "Confidence"),
            start("input", type="range", id="least", min=0, max=1, step=0.01, value=0),
            element("output", "any", for_="least", id="least-said"),
        ),
        element("label", element("span", "Find"), start("input", type="search", id="words", placeholder="any words")),
        element("button", "Clear", type="reset"),
        element("output", _number(len(facts), "fact"), id="shown", aria_live="polite"),
        id="filters",
        aria_label="Filter the facts",
    )  # fmt: skip


def _choice(name: str, said: str, everything: str, options: Iterator[tuple[str, str]]) -> Html:
    every = element("option", everything, value="*")
    listed = [element("option", words, value=value) for value, words in options]
    return element("label", element("span", said), element("select", every, *listed, id=name))


def _tables(page: ReportedPage, marked: MarkedText, explained: Sequence[Explanation | None]) -> Iterator[Html]:
    first = 0
    for section in page.sections:
        until = first + len(section.rows)
        yield section_html(section, first, page.countries, marked, explained[first:until])
        first = until
    if not first:
        yield element("p", "No row of the Factbook was found on this page.", class_="empty")


def _facts(facts: Sequence[Fact]) -> Html | None:
    if not facts:
        return None
    copy = [element("button", f"Copy {kind}", type="button", data_copy=kind.lower()) for kind in ("CSV", "JSON")]
    head = element(
        "div", element("h2", "Facts"), *copy, element("output", id="copied", aria_live="polite"), class_="bar"
    )
    return element("section", head, facts_table(facts), id="facts-section")


def _remarks(page: ReportedPage) -> Html | None:
    if not page.diagnostics:
        return None
    told = [element("li", element("code", remark.code), f" {remark.message}") for remark in page.diagnostics]
    return element("section", element("h2", "Remarks"), element("ul", *told), class_="remarks")


def _source(page: ReportedPage, marked: MarkedText, kept: bool) -> Html:
    places = [number for fact in page.facts() for number in fact.span] + list(page.span)
    whole = Span((min(places), max(places))) if page.span.size else Span((0, len(page.text)))
    note = None if kept else element("p", "The page was loaded without its text. These are its cells.", class_="note")
    said = marked.html(whole, borders=True)
    label = "The text, facts marked"
    text = element("pre", said, id="text", tabindex="0", aria_label=label, class_=None if kept else "cells")
    return element("section", element("h2", "Source text"), note, text, id="source")


def _help() -> Html:
    keys = (
        ("→ ← or j k", "next, previous fact"),
        ("Enter", "from the text to the fact, and back"),
        ("/", "find"),
        ("c", "copy as CSV"),
        ("Esc", "close, and show all again"),
    )
    told = [join(element("kbd", key), f" {what}  ") for key, what in keys]
    return element("footer", element("p", "Keys: ", *told))
