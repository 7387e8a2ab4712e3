"""The index of many reports: a line for each page, those with the least sure rows first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from factparse.output.json import PageLike
from factparse.output.markup import Html, element, start
from factparse.output.report.document import document
from factparse.output.report.facts import data_block
from factparse.output.report.sureness import LEVELS, level

LISTED: Final = 10_000
"""The number of pages that the index lists, the least sure first. More would be too many for a browser and a reader."""
_FAILURES: Final = 200  # the number of failures that are listed one by one


@attrs.frozen
class Entry:
    """A page in the index. ``number`` counts the pages in reading order, from 0. It gives the address of the report.

    ``least`` is the confidence of the row that is least sure, ``worst`` its field. ``doubtful`` counts the rows that
    are not sure. ``name`` and ``record`` say where the page was read.
    """

    number: int
    countries: tuple[str, ...]
    least: float
    worst: str
    rows: int
    doubtful: int
    facts: int
    name: str
    record: int | None

    @property
    def order(self) -> tuple[float, int, int]:
        """The key by which the worst come first: the least sure row, then the number of those not sure."""
        return self.least, -self.doubtful, self.number


@attrs.define
class Totals:
    """The counts over all pages. ``none`` are records without a page, ``failures`` are unreadable records."""

    pages: int = 0
    rows: int = 0
    doubtful: int = 0
    facts: int = 0
    none: int = 0
    failures: int = 0

    def add(self, entry: Entry) -> None:
        """Count a page."""
        self.pages += 1
        self.rows += entry.rows
        self.doubtful += entry.doubtful
        self.facts += entry.facts


def entry_of(page: PageLike, number: int) -> Entry:
    """The entry of ``page`` in the index."""
    rows = [row for section in page.sections for row in section.rows]
    worst = min(rows, key=lambda row: row.confidence, default=None)
    return Entry(
        number,
        page.countries,
        worst.confidence if worst is not None else 0.0,
        worst.name if worst is not None else "",
        len(rows),
        sum(level(row.confidence) != "sure" for row in rows),
        len(page.facts()),
        getattr(page.source, "name", None) or "",
        getattr(page.source, "record", None),
    )


def address(number: int) -> str:
    """The address of the report of a page, as seen from the index. A folder has a thousand reports.

    >>> address(0), address(12_345)
    ('pages/0000/000.html', 'pages/0012/345.html')
    """
    return f"pages/{number // 1000:04}/{number % 1000:03}.html"


def index_html(entries: Sequence[Entry], totals: Totals, failures: Iterable[str] = ()) -> str:
    """The index as one HTML file. ``entries`` are listed in the order in which they come.

    >>> entry = Entry(0, ("Chad", "Mali"), 0.4, "Coastline", 3, 1, 5, "dump.jsonl", 7)
    >>> "Coastline" in index_html([entry], Totals(pages=1, rows=3, doubtful=1, facts=5))
    True
    """
    return document(
        f"{totals.pages:,} pages · factparse",
        element("header", element("h1", f"{totals.pages:,} pages"), element("p", _counts(totals), class_="counts")),
        _filters(len(entries), totals),
        element("main", _table(), _failed(failures, totals)),
        data_block("pages", _packed(entries)),
        script="index",
    )


def _counts(totals: Totals) -> str:
    told = [f"{totals.rows:,} rows", f"{totals.doubtful:,} not sure", f"{totals.facts:,} facts"]
    told += [f"{totals.none:,} records without a page"] if totals.none else []
    told += [f"{totals.failures:,} not read"] if totals.failures else []
    return " · ".join(told)


def _packed(entries: Sequence[Entry]) -> dict[str, object]:
    """The entries as short lines of numbers. Names that come again stand once, in ``names``."""
    names: dict[str, int] = {}

    def number_of(name: str) -> int:
        return names.setdefault(name, len(names))

    lines = [
        [
            entry.number, round(entry.least, 3), number_of(entry.worst), entry.rows, entry.doubtful, entry.facts,
            number_of(entry.name), entry.record, *map(number_of, entry.countries),
        ]
        for entry in entries
    ]  # fmt: skip
    return {"names": list(names), "pages": lines, "levels": LEVELS}


def _filters(listed: int, totals: Totals) -> Html:
    cut = element("span", f"The {listed:,} least sure are listed.") if listed < totals.pages else None
    return element(
        "form",
        element(
            "label", element("span", "Find"),
            start("input", type="search", id="words", placeholder="country, field, file"),
        ),
        element(
            "label", element("span", "Least sure row up to"),
            start("input", type="range", id="most", min=0, max=1, step=0.01, value=1),
            element("output", "1.00", for_="most", id="most-said"),
        ),
        element("button", "Clear", type="reset"),
        cut,
        element("output", f"{listed:,} pages", id="shown", aria_live="polite"),
        id="filters",
        aria_label="Filter the pages",
    )  # fmt: skip


def _table() -> Html:
    heads = (("Page", None), ("Least sure row", None), ("Not sure", "figure"), ("Rows", "figure"), ("Facts", "figure"))
    cells = [element("th", name, scope="col", class_=kind) for name, kind in heads]
    cells.append(element("th", "Read in", scope="col", class_="from"))
    table = element("table", element("thead", element("tr", *cells)), element("tbody", id="list"), class_="pages")
    more = element("button", "Show more", type="button", id="more", hidden=True)
    without = element("noscript", element("p", "The list needs JavaScript; the pages themselves stand in ./pages."))
    return Html(f"{table}{more}{without}")


def _failed(failures: Iterable[str], totals: Totals) -> Html | None:
    told = [element("li", words) for words, _ in zip(failures, range(_FAILURES), strict=False)]
    if not told:
        return None
    some = f"What could not be read ({len(told):,} of {totals.failures:,})"
    return element("details", element("summary", some), element("ul", *told), class_="failures")
