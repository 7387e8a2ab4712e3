"""The columns stage on generated pages: forms of header, layouts, and cells that leave little to go by."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import factparse
from factparse.columns.stage import KNOWN
from factparse.columns.tabled import keeps_empty_cells

# Own words, in the Factbook's manner: label, first cell, second cell, topic.
ROWS = {
    "numbers with units": ("Coastline", "1,350 km", "27 km", "Geography"),
    "dates": ("Independence", "11 August 1960 (from France)", "22 September 1960 (from France)", "Government"),
    "coordinates": ("Geographic coordinates", "15 00 N, 19 00 E", "17 00 N, 4 00 W", "Geography"),
    "codes": ("Internet country code", ".td", ".ml", "Telecommunications"),
    "the same text twice": ("Climate", "tropical; hot and humid", "tropical; hot and humid", "Geography"),
    "the first is the second's beginning": ("Terrain", "mostly flat", "mostly flat; low hills", "Geography"),
    "the second is the first's beginning": ("Terrain", "mostly flat; low hills", "mostly flat", "Geography"),
    "rates": ("Birth rate", "36.6 births/1,000 population (2014 est.)", "45.5 births/1,000 population (2014 est.)",
              "Demographics"),
    "capital letters": ("Legal system", "mixed legal system of civil and customary law", "civil law system",
                        "Government"),
}  # fmt: skip

PRINTED: dict[str, tuple[str, Callable[[str, str, str], str]]] = {
    "glued": ("{a}{b}", lambda label, a, b: f"{label}{a}{b}"),
    "lines": ("{a}\n{b}", lambda label, a, b: f"{label}\n{a}\n{b}"),
    "blocks": ("{a}{b}", lambda label, a, b: f"{label}\n\n{a}\n\n{b}\n"),
    "pipes": ("{a} | {b} | |\n---|---|---|", lambda label, a, b: f"{label} | {a} | {b} |"),
    "tabs": ("\t{a}\t{b}", lambda label, a, b: f"{label}\t{a}\t{b}"),
    "aligned": (
        f"{'':32}{{a:60}}{{b}}",
        lambda label, a, b: f"{label:32}{a:60}{b}",
    ),
}


def page(layout: str, names: tuple[str, str], rows: list[tuple[str, str, str, str]], *, title: bool = True) -> str:
    header, row = PRINTED[layout]
    parts = ["Chad vs. Mali\n"] if title else []
    for label, a, b, topic in rows:
        parts += [topic, header.format(a=names[0], b=names[1]), row(label, a, b) + "\n"]
    return "\n".join([*parts, "Source: CIA Factbook\n"])


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("layout", PRINTED)
def test_cells_are_told_apart_in_every_layout(layout: str, name: str) -> None:
    label, one, two, _ = ROWS[name]
    found = factparse.parse(page(layout, ("Chad", "Mali"), [ROWS[name]]))
    (row,) = [row for row in found.rows if row.label == label]
    assert [(cell.country, cell.text) for cell in row.cells] == [("Chad", one), ("Mali", two)]


@pytest.mark.parametrize("layout", PRINTED)
def test_a_reversed_header_turns_the_columns_round(layout: str) -> None:
    found = factparse.parse(page(layout, ("Mali", "Chad"), [ROWS["rates"], ROWS["coordinates"]]))
    assert found.countries == ("Mali", "Chad")
    assert [[cell.country for cell in row.cells] for row in found.rows] == [["Mali", "Chad"]] * 2
    assert [cell.text for cell in found.rows[0].cells] == list(ROWS["rates"][1:3])


@pytest.mark.parametrize("layout", ["glued", "lines", "pipes", "tabs"])
def test_a_page_without_a_title_has_its_header(layout: str) -> None:
    found = factparse.parse(page(layout, ("Chad", "Mali"), list(ROWS.values())[:3], title=False))
    assert found.countries == ("Chad", "Mali")
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        list(row[1:3]) for row in list(ROWS.values())[:3]
    ]


def test_a_page_without_a_header_has_its_title() -> None:
    label, one, two, topic = ROWS["rates"]
    found = factparse.parse(f"Chad vs. Mali\n\n{topic}\n\n{label}{one}{two}\n\nSource: CIA Factbook\n")
    assert [(cell.country, cell.text) for cell in found.rows[0].cells] == [("Chad", one), ("Mali", two)]
    assert "no-header" in [each.code for each in found.diagnostics]


def test_two_editions_of_one_country_are_two_columns() -> None:
    label, one, two, topic = ROWS["rates"]
    header = "Chad (2001) | Chad (2008)"
    found = factparse.parse(f"Chad vs. Chad\n\n{topic}\n\n | {header} | |\n---|---|---|\n{label} | {one} | {two} |\n")
    assert found.editions == ("2001", "2008")
    assert [cell.text for cell in found.rows[0].cells] == [one, two]


@pytest.mark.parametrize("year", [1992, 2003, 2012, 2021, 2026])
def test_the_year_of_a_page_makes_no_row_unreadable(year: int) -> None:
    one, two = f"5.1% ({year} est.)4.9% ({year - 1} est.)", f"7.4% ({year} est.)7% ({year - 1} est.)"
    row = ("Inflation rate (consumer prices)", one, two, "Economy")
    (found,) = factparse.parse(page("glued", ("Chad", "Mali"), [row])).rows
    assert [cell.text for cell in found.cells] == [one, two]


def test_lines_of_padded_columns_alternate() -> None:
    text = (
        f"Chad vs. Mali\n\nGeography\n\n{'':20}{'Chad':24}Mali\n"
        f"{'Area':20}{'total: 90 sq km':24}total: 1,240 sq km\n{'':20}{'land: 88 sq km':24}land: 1,220 sq km\n"
        f"{'':20}{'':24}water: 20 sq km\n\nSource: CIA Factbook\n"
    )
    (row,) = factparse.parse(text).rows
    assert [" ".join(cell.text.split()) for cell in row.cells] == [
        "total: 90 sq km land: 88 sq km",
        "total: 1,240 sq km land: 1,220 sq km water: 20 sq km",
    ]
    assert [cell.span.cut(text) for cell in row.cells] == [cell.text for cell in row.cells]


def test_of_several_bars_the_likeliest_divides() -> None:
    one = "name: Office of Trade | website: www.example.org | telephone: 5"
    two = "name: Bureau of Commerce | website: www.example.com | telephone: 7"
    text = f"Chad vs. Mali\n\nGovernment\n\nChad | Mali | |\n---|---|---|\nCapital | {one} | {two} |\n"
    (row,) = factparse.parse(text).rows
    assert [cell.text for cell in row.cells] == [one, two]
    assert row.confidence < 0.9


_SHORT = st.text(alphabet="0123456789.,%abcN -", min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(max_examples=80, deadline=None)
@given(_SHORT, _SHORT, st.sampled_from(["Airports", "Coastline", "Public debt"]))
def test_short_cells_give_cells_that_are_the_row(one: str, two: str, label: str) -> None:
    text = page("glued", ("Chad", "Mali"), [(label, one, two, "Economy")])
    for row in factparse.parse(text).rows:
        assert "".join("".join(cell.text.split()) for cell in row.cells) == "".join((one + two).split())
        assert row.confidence < KNOWN  # that of cells that the book decides


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 1:;.(\u00e9", min_size=1, max_size=60).map(str.strip).filter(bool))
def test_bars_divide_a_cell_from_its_like(cell: str) -> None:
    (row,) = factparse.parse(page("pipes", ("Chad", "Mali"), [("Terrain", cell, cell, "Geography")])).rows
    assert [each.text for each in row.cells] == [cell, cell]
    assert row.confidence >= 0.9


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("Coastline | | 5 km |", True),
        ("Coastline \t|\t| 5 km", True),
        ("Área_ || 5 km", True),
        ("| 3 km | | 5 km", True),
        ("Coastline | 5 km | |", False),
        ("Coastline: | | 5 km", False),
        ("| | 5 km", False),
        ("Coastline | | | 5 km", False),
        ("Coastline | | 5 km | 7 km", False),
    ],
)
def test_an_empty_first_cell_behind_a_label_shows_that_none_is_dropped(row: str, kept: bool) -> None:
    assert keeps_empty_cells(row, 0, len(row)) is kept


def test_what_stands_in_front_of_a_page_is_no_label_of_its_rows() -> None:
    text = "Area | | 5 km |"
    assert not keeps_empty_cells(text, len("Area "), len(text))
    assert keeps_empty_cells(text, len("Are"), len(text))
