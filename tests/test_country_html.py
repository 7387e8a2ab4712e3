"""Country pages that are still HTML: the template marks labels; what stands beside the text is no part of a cell."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse import Quantity, Source, parse_html
from factparse.layout.country.template import ASIDE, FIELD, Parts, kind_of
from factparse.layout.html import render
from factparse.sources.html import decode_page
from factparse.vocabulary import label_of_words
from tests.made import FIXTURES

PAGES = FIXTURES / "pages"
OLD = (PAGES / "country_2012.html").read_text(encoding="utf-8")
NEW = (PAGES / "country_2020.html").read_text(encoding="utf-8")
TAGS = [
    "<div>",
    "</div>",
    '<div id="field">',
    "Area",
    ":",
    "<h3>Climate</h3>",
    "</span>",
    '<span class="sr-only">',
    "5 km",
]


@pytest.mark.parametrize("html", [OLD, NEW], ids=["2012", "2020"])
def test_cells_are_exact_and_lead_back_into_the_html(html: str) -> None:
    page = parse_html(html)
    assert (page.kind, page.diagnostics[0].code) == ("country", "country-by-heading")
    assert {row.confidence for row in page.rows} == {1.0}
    for row in page.rows:
        assert row.cells[0].span.cut(page.text) == row.cells[0].text
        start, end = page.source_span(row.cells[0].span)[:2]
        assert html[start:end].startswith(row.cells[0].text.split()[0])


def test_labels_sub_fields_and_ranks_of_2012() -> None:
    page = parse_html(OLD)
    assert page.countries == ("Liechtenstein",)
    assert [(row.topic, row.label) for row in page.rows] == [
        ("Introduction", "Background"),
        ("Geography", "Area"),
        ("Geography", "Land boundaries"),
        ("Geography", "Maritime claims"),
    ]
    total = next(fact for fact in page.facts() if isinstance(fact, Quantity))
    assert (total.path, total.value) == (("total",), 160)
    assert "border countries: Austria" in page.rows[2].cells[0].text


def test_what_stands_beside_the_text_is_no_part_of_a_cell() -> None:
    page = parse_html(NEW)
    assert page.countries == ("Chad",)
    cells = {row.label: row.cells[0].text for row in page.rows}
    assert list(cells) == ["Area", "Area - comparative", "Climate", "Warmth of the wind", "Electricity access"]
    assert cells["Area - comparative"] == "more than three times the size of California"
    assert cells["Climate"] == "tropical in south, desert in north"
    assert cells["Electricity access"].endswith("(2019)")


def test_a_label_that_no_edition_has_is_a_row_all_the_same() -> None:
    row = parse_html(NEW).rows[3]
    assert (row.label, row.field, row.topic, row.cells[0].text) == (
        "Warmth of the wind",
        None,
        "Energy",
        "note: blows from the north (2019)",
    )


def test_labels_of_headings() -> None:
    html = "".join(f"<h3>{label}</h3><p>5 km of {label}" for label in ("Area", "Coastline", "Climate", "Visit us"))
    page = parse_html(f"<h1>Chad</h1><h2>Geography</h2>{html}", source=Source(url="https://x.org/countries/chad/"))
    assert [row.label for row in page.rows] == ["Area", "Coastline", "Climate"]
    assert [row.cells[0].text for row in page.rows[:2]] == ["5 km of Area", "5 km of Coastline"]
    assert page.countries == ("Chad",)


@pytest.mark.parametrize("html", ["<h3>Area</h3>5 km", "<div id=field>Area:</div>5", "<p>Area:</p>", "<h3></h3>" * 9])
def test_few_labels_make_no_page(html: str) -> None:
    assert not parse_html(html)


@given(st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_parts_lie_within_the_text_in_order(html: str) -> None:
    page = render(html)
    assert all(0 <= part.start <= part.end <= len(page.text) and part.kind in (FIELD, ASIDE) for part in page.parts)
    assert all(one.start <= two.start for one, two in pairwise(page.parts))
    parse_html(html)


def test_an_element_that_is_never_closed_ends_with_what_is_around_it() -> None:
    parts = Parts()
    parts.start("div", kind_of("div", [("class", "modal")]), 0)
    parts.start("span", kind_of("span", [("class", "sr-only")]), 2)
    parts.end("div", 5)
    parts.start("li", kind_of("li", [("id", "field")]), 7)
    assert [tuple(part) for part in parts.all(9)] == [(ASIDE, 0, 5), (ASIDE, 2, 5), (FIELD, 7, 9)]


def _real() -> list[Path]:
    folder = os.environ.get("FACTPARSE_COUNTRY_PAGES")
    return sorted(Path(folder).rglob("*.html")) if folder else []


@pytest.mark.skipif("FACTPARSE_COUNTRY_PAGES" not in os.environ, reason="FACTPARSE_COUNTRY_PAGES names no folder")
@pytest.mark.parametrize("path", _real() or [Path()], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_pages_of_every_era(path: Path) -> None:
    page = parse_html(decode_page(path.read_bytes())[0], source=Source(str(path)))
    assert page.kind == "country"
    assert len(page.countries) == 1
    assert len(page.rows) > 60
    assert sum(label_of_words(row.label) is not None for row in page.rows) >= 0.99 * len(page.rows)
    assert len({row.field for row in page.rows}) >= len(page.rows) - 1  # the CIA itself prints one in two sections
