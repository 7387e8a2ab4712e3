"""Country pages that are still HTML: the template marks labels; what stands beside the text is no part of a cell."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse import Quantity, Source, parse_html
from factparse.columns.lost_labels import DOUBTED
from factparse.layout.country.template import ASIDE, FIELD, HEADED, Parts, kind_of
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


CELLS = {
    "Area": "5 sq km (2001)",
    "Area - comparative": "half of Texas",
    "Land boundaries": "total: 9 km (2001 est.)",
    "Birth rate": "41 births/1,000 population (2001 est.)",
}


@pytest.mark.parametrize("shape", ["<h3>{}</h3><p>{}</p>", "<h4>{}:</h4>{}", "<dt>{}<dd>{}"])
@pytest.mark.parametrize("title", ["<h1>Chad</h1>", "<title>Chad - The World Factbook</title><h1>Chad</h1>"])
def test_labels_of_headings(shape: str, title: str) -> None:
    html = "".join(shape.format(label, text) for label, text in {**CELLS, "Visit us": "any day"}.items())
    page = parse_html(f"{title}<h2>Geography</h2>{html}")
    cells = {row.label: row.cells[0].text for row in page.rows}
    assert {label: cells[label] for label in CELLS} == CELLS
    assert (page.kind, page.countries, page.rows[0].topic) == ("country", ("Chad",), "Geography")


def test_a_list_of_countries_above_the_page_names_none() -> None:
    html = "<li>Chad<li>Mali<li>Peru" + "".join(f"<h3>{label}</h3>{text}" for label, text in CELLS.items())
    html += "<h3>Map references</h3>Africa"
    assert (parse_html(html).kind, parse_html(html).countries) == ("country", ())
    assert parse_html(html, source=Source(url="https://x.org/countries/chad/")).countries == ("Chad",)


@pytest.mark.parametrize("end", ['<div class="category" style="padding-', "<p>dry in the", "</di"])
def test_a_document_that_is_cut_off_says_so(end: str) -> None:
    whole = NEW[: NEW.index("tropical in south")]
    page = parse_html(f"{whole}tropical in south{end}")
    assert [remark.code for remark in page.diagnostics] == ["country-by-heading", "cut-off"]
    assert (page.rows[-1].label, page.rows[-1].confidence) == ("Climate", DOUBTED)
    assert page.rows[-1].cells[0].text.startswith("tropical in south")
    assert "category" not in page.rows[-1].cells[0].text
    assert {row.confidence for row in page.rows[:-1]} == {1.0}


def test_the_caption_of_a_picture_is_no_part_of_a_cell() -> None:
    html = OLD.replace("</body>", "") + (
        "<div id='field'>Age structure:</div><div>0-14 years: 15%</div><div>Population pyramid:<img src='a.jpg'></div>"
        "<div id='field'>Median age:</div><div>total: 42 years</div>"
    )
    cells = {row.label: row.cells[0].text for row in parse_html(html).rows}
    assert (cells["Age structure"], cells["Median age"]) == ("0-14 years: 15%", "total: 42 years")


def test_the_line_breaks_of_factbook_json_are_breaks_in_copies_of_it() -> None:
    html = (
        OLD.replace("</body>", "") + "<div id='field'>Illicit drugs:</div><p>hashish ++  ++ khat in C++ and a+b ++</p>"
    )
    page = parse_html(html)
    assert page.rows[-1].cells[0].text.split() == ["hashish", "khat", "in", "C++", "and", "a+b"]
    assert page.rows[-1].cells[0].text.split("\n")[-1] == "khat in C++ and a+b"
    start, end = page.source_span(page.rows[-1].cells[0].span)[:2]
    assert html[start:end].split(" ")[0] == "hashish"


@pytest.mark.parametrize("html", ["<h3>Area</h3>5 km", "<div id=field>Area:</div>5", "<p>Area:</p>", "<h3></h3>" * 9])
def test_few_labels_make_no_page(html: str) -> None:
    assert not parse_html(html)


@given(st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_parts_lie_within_the_text_in_order(html: str) -> None:
    page = render(html)
    assert all(
        0 <= part.start <= part.end <= len(page.text) and part.kind in (FIELD, HEADED, ASIDE) for part in page.parts
    )
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
