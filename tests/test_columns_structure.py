"""Columns by what cells of a field are like: order of sub-labels and years, whole values, ranks, quotes, presence."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import factparse
from factparse.columns.editions import packaged_editions
from factparse.columns.owners import mentions
from factparse.columns.presence import Presence
from factparse.columns.ranks import HIGHEST
from factparse.columns.structure import MOST, cell_marks, shape_of
from factparse.columns.weights import fitted
from factparse.columns.whole_values import broken_at
from factparse.vocabulary import country_named, label_named

REFUGEES = "Refugees and internally displaced persons"


def page(*rows: str, names: tuple[str, str] = ("Chad", "Mali"), topic: str = "Geography", end: str = "\n") -> str:
    one, two = names
    body = end.join(rows)
    return f"Home\n\n{one} vs. {two}\n\n{topic}\n\n{one}{two}\n{body}\n\nSource: CIA Factbook\n"


def own_page(label: str, *parts: str) -> str:
    """A page of one row, under the topic of its field."""
    found = label_named(label)
    assert found is not None
    return page("".join((label, *parts)), topic=found.topic)


def read(text: str, label: str) -> tuple[tuple[str, ...], float]:
    """The cells of a row and its confidence, without a book."""
    (row,) = [row for row in factparse.parse(text, books=()).rows if row.label == label]
    return tuple(cell.text for cell in row.cells), row.confidence


# The shape of the page that the project began with: the cell of one line is glued to the next one, the cell with breaks
# ends its line, and the second cell has the last sub-label of the first further on.
TURNS = {
    "a note at the end": (
        ("Kazakhstan", "Russia"),
        "stateless persons: 6,410 (2020)",
        "refugees (country of origin): 39,120 (Ukraine) (2019)\n\nstateless persons: 58,204 (2020); "
        "note - most of them came with the old union's passports and never asked for others",
    ),
    "a note in both": (
        ("Latvia", "Ukraine"),
        "stateless persons: 201,455 (2021); note - people of the old union who took no other passport",
        "IDPs: 701,000 (fighting in the east) (2021)\n\nstateless persons: 34,880 (2021); "
        "note - among them former citizens of the old union and their children",
    ),
    "three sub-labels": (
        ("Kenya", "Uganda"),
        "stateless persons: 17,210 (2018)",
        "refugees (country of origin): 790,300 (South Sudan) (refugees and asylum seekers), 280,100 (Democratic "
        "Republic of the Congo) (2018)\n\nIDPs: 31,000 (raids in the north-east) (2018)\n\n"
        "stateless persons: 410 (2018); note - some had papers once",
    ),
}


@pytest.mark.parametrize("name", TURNS)
def test_sub_labels_keep_their_order_in_both_cells(name: str) -> None:
    names, a, b = TURNS[name]
    text = page(f"{REFUGEES}{a}{b}\n", names=names, topic="Transnational Issues")
    cells, confidence = read(text, REFUGEES)
    assert cells == (a, b)
    assert confidence >= 0.9


STRUCTURE = {
    "sub-labels start over": ("Area", "total: 770 sq kmland: 760 sq kmwater: 10 sq km",
                              "total: 91,200 sq kmland: 90,100 sq kmwater: 1,100 sq km"),
    "one sub-label later": ("Literacy", "total population: 61%male: 70%female: 52% (2015)",
                            "definition: age 15 and over can read and writetotal population: 88%male: 90%female: 86%"),
    "years start over": ("Exports", "$120 million (2016 est.)$118 million (2015 est.)",
                         "$2.4 billion (2017 est.)$2.2 billion (2016 est.)"),
    "a year twice": ("Military expenditures", "1.2% of GDP (2005 est.)", "3% of GDP (2005 est.)"),
    "NA is a value": ("Birth rate", "NA", "37.1 births/1,000 population (2022 est.)"),
    "a sign belongs to its figure": ("Net migration rate", "-1.4 migrant(s)/1,000 population (2020 est.)",
                                     "-12.6 migrant(s)/1,000 population (2020 est.)"),
}  # fmt: skip


@pytest.mark.parametrize("name", STRUCTURE)
def test_the_order_of_a_fields_cells_shows_the_border(name: str) -> None:
    label, a, b = STRUCTURE[name]
    assert read(own_page(label, a, b), label)[0] == (a, b)


WHOLE = {
    "thousands": ("Telephones - fixed lines", "2,000", "55,000"),
    "more thousands": ("Internet users", "229,000", "700,000"),
    "a list that a bracket ends": ("Railways", "total: 59 km (narrow gauge)", "total: 1,290 km (2014)"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_both_sides_of_a_border_are_whole_values(name: str) -> None:
    label, a, b = WHOLE[name]
    assert read(own_page(label, a, b), label)[0] == (a, b)


@given(st.lists(st.integers(0, 10**7).map("{:,}".format), min_size=2, max_size=2))
@settings(max_examples=60, deadline=None)
def test_a_place_between_two_numbers_breaks_neither(numbers: list[str]) -> None:
    one, two = numbers
    (broken,) = broken_at(one + two, [len(one)], frozenset())
    assert not broken.numbers


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("in 1998|11 March", 7),
        ("7.|58%", 2),
        ("5 km (20|12)", 8),
        ("leo|pard", 3),
        ("12,0|00 km", 4),
        ("$|5 million", 1),
    ],
)
def test_what_a_border_breaks_is_told(text: str, at: int) -> None:
    whole = text.replace("|", "")
    (broken,) = broken_at(whole, [at if whole[at - 1 : at] else 1], frozenset({"leopard"}))
    assert any(broken) is (text != "in 1998|11 March")


RANK = "country comparison to the world:"


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [
        ("Airports", f"197 (2013){RANK} 29", f"432 (2013){RANK} 21"),
        ("Public debt", f"49.9% of GDP (2012 est.){RANK} 68", f"23.3% of GDP (2012 est.){RANK} 126"),
        (
            "Median age",
            f"total: 17.2 years\nmale: 16 years\n{RANK} 210",
            f"total: 16.3 years\nmale: 15 years\n{RANK} 221",
        ),
        ("Coastline", f"0 km{RANK} 199", f"1,519 km{RANK} 73"),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_rank_ends_its_cell(label: str, a: str, b: str, gap: str) -> None:
    assert read(own_page(label, gap, a, gap, b), label)[0] == (a, b)


@given(st.integers(1, HIGHEST), st.integers(1, HIGHEST))
@settings(max_examples=30, deadline=None)
def test_no_border_leaves_a_rank_to_the_second_cell(one: int, two: int) -> None:
    text = own_page("Airports", f"\n59 (2013)\n{RANK} {one}\n25 (2013)\n{RANK} {two}")
    assert read(text, "Airports")[0] == (f"59 (2013)\n{RANK} {one}", f"25 (2013)\n{RANK} {two}")


# Only one way to share the digits out leaves both a rank and a figure of the field's usual size.
SHARED_OUT = [
    ("Birth rate", "38.1 births/1,000 population (2013 est.)", 38, "13.4 births/1,000 population (2013 est.)", 161),
    ("Obesity - adult prevalence rate", "6.3% (2008)", 173, "21.9% (2008)", 104),
    ("Population", "2,301,722 (July 2016 est.)", 201, "9,884,711 (July 2016 est.)", 92),
    ("Oil - exports", "0 bbl/day (2008 est.)", 189, "162,300 bbl/day (2008 est.)", 58),
    ("Public debt", "28.4% of GDP (2012 est.)", 116, "70.6% of GDP (2012 est.)", 31),
]


@pytest.mark.parametrize(("label", "a", "one", "b", "two"), SHARED_OUT)
def test_the_size_of_figures_tells_which_digits_are_those_of_the_rank(
    label: str, a: str, one: int, b: str, two: int
) -> None:
    cells = (f"{a}{RANK} {one}", f"{b}{RANK} {two}")
    assert read(own_page(label, *cells), label)[0] == cells


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
@pytest.mark.parametrize(("one", "two"), [(4, 38), (143, 7), (61, 190)])
def test_white_space_behind_a_rank_is_the_border(gap: str, one: int, two: int) -> None:
    label = "Television broadcast stations"
    cells = (f"9 (2004){gap}{RANK} {one}", f"38, of them two with repeaters (1999){gap}{RANK} {two}")
    assert read(own_page(label, gap.join(cells)), label)[0] == cells


@pytest.mark.parametrize("gap", ["\n\n\xa0\n\n", ""])
@pytest.mark.parametrize("rank", [7, 111, 204])
def test_a_lone_cell_keeps_its_rank(gap: str, rank: int) -> None:
    cell = f"2 (2013){gap}{RANK} {rank}"
    cells, _ = read(own_page("Airports", cell), "Airports")
    assert [text for text in cells if text] == [cell]


def test_quotes_that_never_close_open_each_cell() -> None:
    rows = [
        ("Natural resources", "salt, gold, uranium", "gold, iron ore, gypsum"),
        ("Industries", "oil, cotton, brewing, soap", "food, building, gold mining"),
        ("Terrain", "plains, desert in the north, mountains", "rolling plains, dunes"),
    ]
    text = page(*[f'{label}"{a}\n"{b}' for label, a, b in rows])
    assert [read(text, label)[0] for label, _, _ in rows] == [(f'"{a}', f'"{b}') for _, a, b in rows]


def test_a_break_more_than_usual_stands_for_an_empty_first_cell() -> None:
    full = [
        f"  {label}\n  {a}\n  {b}\n" for label, a, b in (("Coastline", "51 km", "73 km"), ("Climate", "hot", "mild"))
    ]
    text = page(*full, "  Irrigated land\n  \n  530 sq km (2012)\n", end="\n\n")
    row = factparse.parse(text, books=()).rows[-1]
    assert (row.label, row.likelier or row.cells[-1].country) == ("Irrigated land", "Mali")


NAMES = [
    ("Guinea", "Mali", "Papua New Guinea, Equatorial Guinea and Guinea-Bissau", 0),
    ("Congo, Republic of the", "Chad", "the Democratic Republic of the Congo", 0),
    ("India", "Chad", "the Indian Ocean and India", 1),
    ("China", "Chad", "islands in the South China Sea", 0),
    ("Niger", "Chad", "Nigeria, Nigerien and Niger", 2),
    ("Mexico", "Chad", "New Mexico and the Gulf of Mexico", 0),
]


@pytest.mark.parametrize(("one", "two", "text", "many"), NAMES)
def test_names_are_matched_whole(one: str, two: str, text: str, many: int) -> None:
    assert len(mentions(text, one, two).a) == many


def test_a_lone_cell_is_not_given_to_a_neighbour_that_it_mentions() -> None:
    text = page(
        "Military deploymentsin 2019, Angola sent 600 troops to the Democratic Republic of the Congo",
        names=("Angola", "Republic of the Congo"),
        topic="Military",
    )
    (row,) = factparse.parse(text, books=()).rows
    assert (row.likelier or row.cells[0].country) == "Angola"


def test_a_cell_that_is_nobodys_has_a_likelier_owner() -> None:
    (row,) = factparse.parse(
        page("Heliports12 (2012)", names=("Norway", "Sweden"), topic="Transportation"), books=()
    ).rows
    assert [cell.country for cell in row.cells] == [None]
    assert row.likelier in {"Norway", "Sweden"}
    assert (
        '"likelier":'
        in factparse.parse(
            page("Heliports12 (2012)", names=("Norway", "Sweden"), topic="Transportation"), books=()
        ).to_json()
    )


def chances(one: str, two: str, year: int | None, field: str) -> tuple[float, float]:
    pair = (country_named(one), country_named(two))
    return Presence(pair, year, (field,), packaged_editions(), fitted()).chances(field)


def test_presence_is_told_by_the_editions_near_the_page() -> None:
    lacks, has = chances("Jan Mayen", "Norway", 2013, "Birth rate")
    assert lacks < 0.1
    assert has > 0.9
    assert chances("Jan Mayen", "Norway", None, "no such field") == (0.8, 0.8)


def test_the_rows_of_a_page_tell_its_editions() -> None:
    editions = packaged_editions()
    presence = Presence((country_named("Chad"), country_named("Mali")), None, ("Data code",), editions, fitted())
    likeliest = editions.names[presence.editions[0][0]]
    assert editions.holders("Data code")[0] >> editions.names.index(likeliest) & 1


def test_confidence_has_no_wide_steps() -> None:
    assert max(two[0] - one[0] for one, two in pairwise(fitted().calibration)) < 0.11


@given(st.text(alphabet="total:land water()2019 km\n", max_size=120), st.data())
@settings(max_examples=80, deadline=None)
def test_marks_of_any_text_are_made_of_those_of_its_parts(text: str, data: st.DataObject) -> None:
    shape = shape_of(text, ("total", "water", "land"))
    if shape is not None:
        at = data.draw(st.integers(0, len(text)))
        labels = [mark for mark in cell_marks(shape, 0, len(text)) if mark > 5]
        halves = [*cell_marks(shape, 0, at), *cell_marks(shape, at, len(text))]
        assert [mark for mark in halves if mark > 5] == labels


@pytest.mark.parametrize(
    ("printed", "year"),
    [("2012 est.", 2012), ("FY2012", 2012), ("FY 2012/13 est.", 2012), ("FY1994/95", 1994), ("FY12/13", 2012),
     ("FY 09", 2009), ("FY99/00", 1999), ("3 months of FY2012", 2012), ("the 2nd half of FY 97/98", 1997)],
)  # fmt: skip
def test_a_fiscal_year_is_the_year_it_begins_in(printed: str, year: int) -> None:
    shape = shape_of(f"total: 5 ({printed})", ("total",))
    assert shape is not None
    assert [found for _, found in shape.years] == [year]


def test_ten_thousand_sub_labels_are_read_as_they_come() -> None:
    assert shape_of("total: 5 km " * (MOST + 1), ("total",)) is None
    text = page(f"Area{'total: 5 km land: 3 km ' * 5_000}")
    (row,) = factparse.parse(text, books=()).rows
    assert "".join("".join(cell.text for cell in row.cells).split()) == "total:5kmland:3km" * 5_000


REAL_PAGE = os.environ.get("FACTPARSE_REAL_PAGE")
REAL_CELLS = {
    "Disputes - international": ("China completed in 2002", "2001 CLCS submission"),
    "Illicit drugs": ("significant consumer of opiates", "major consumer of opiates"),
    REFUGEES: ("stateless persons: 7,999 (2020)", "temporary illegal migrants"),
    "Trafficking in persons": ("investigated or prosecuted (2020)", "roles or responsibilities (2020)"),
}
"""The rows of the page that the project began with, and how their cells end."""


@pytest.mark.skipif(REAL_PAGE is None, reason="FACTPARSE_REAL_PAGE does not name the real page")
def test_the_real_page_is_right_without_a_book() -> None:
    text = Path(REAL_PAGE or "").read_text(encoding="utf-8")
    page, known = factparse.parse(text, books=()), factparse.parse(text)
    assert [row.label for row in page.rows] == list(REAL_CELLS)
    for row in page.rows:
        assert [cell.country for cell in row.cells] == ["Kazakhstan", "Russia"]
        assert all(cell.text.endswith(end) for cell, end in zip(row.cells, REAL_CELLS[row.label], strict=True))
        assert row.confidence >= 0.9
    assert [row.cells for row in page.rows] == [row.cells for row in known.rows]
    facts = [
        (attrs.evolve(one, confidence=1.0), attrs.evolve(two, confidence=1.0))
        for one, two in zip(page.facts(), known.facts(), strict=True)
    ]
    assert all(one == two for one, two in facts)


@pytest.mark.skipif(REAL_PAGE is None, reason="FACTPARSE_REAL_PAGE does not name the real page")
def test_every_prefix_and_suffix_of_the_real_page_parses() -> None:
    text = Path(REAL_PAGE or "").read_text(encoding="utf-8")
    for at in range(0, len(text), max(1, len(text) // 120)):
        for part in (text[:at], text[at:]):
            page = factparse.parse(part, books=())
            assert all(cell.span.cut(part) == cell.text for row in page.rows for cell in row.cells)


# A row that is certain, behind which the text ends within the next row's label: glued, and on a line of its own.
ENDS = {
    "glued": ("Median age", "total: 31.2 yearsmale: 30.4 yearsfemale: 32 years (2012 est.)", "Population gro"),
    "in a line": ("Area", "total: 1,240 sq km\nland: 1,220 sq km\nwater: 20 sq km\n", "Natural resou"),
}


@pytest.mark.parametrize("kind", ENDS)
def test_no_row_is_certain_where_the_text_ends_with_it(kind: str) -> None:
    label, cell, rest = ENDS[kind]
    found = label_named(label)
    assert found is not None
    text = page("".join((label, cell, cell)), topic=found.topic)
    whole = read(text, label)
    assert whole[1] > 0.99
    cut = text[: text.index("\n\nSource")].rstrip("\n") + rest
    (row,) = factparse.parse(cut, books=()).rows
    assert row.confidence < 0.9
    # The same row with the other ones behind it is as certain as it was.
    assert read(cut + "ces: none worth a mine\n\nSource: CIA Factbook\n", label)[1] > 0.5


def test_thousands_of_sub_labels_lose_nothing() -> None:
    body = "".join(f"total: {number} kmland: {number} km" for number in range(5_000))
    text = own_page("Area", body)
    found = factparse.parse(text, books=())
    (row,) = found.rows
    assert "".join(cell.text for cell in row.cells) == body
    assert all(cell.span.cut(text) == cell.text for cell in row.cells)


def test_a_page_of_one_country_twice_is_told() -> None:
    label, one, two = "Area", "total: 1,240 sq kmland: 1,220 sq km", "total: 1,250 sq kmland: 1,230 sq km"
    text = page(label + one + two, names=("Chad", "Chad"))
    found = factparse.parse(text, books=())
    (row,) = found.rows
    assert [cell.text for cell in row.cells] == [one, two]
    assert [cell.country for cell in row.cells] == ["Chad", "Chad"]


LOOK_ALIKES = (
    "Chad vs. Mali: who won the match?\n\nThe match ended 2:1. Area of the pitch: 7,140 sq m.\n\n",
    "Compare prices\n\nChad | Mali\n---|---\nBread | 1.20 | 1.10\n\n",
    "Population: 5\nArea: 7\n\nRead more about Chad and Mali\n\n",
)


@pytest.mark.parametrize("other", LOOK_ALIKES)
def test_pages_between_look_alikes_keep_their_rows(other: str) -> None:
    label, one, two = "Area", "total: 1,240 sq kmland: 1,220 sq km", "total: 90 sq kmland: 88 sq km"
    own = page(label + one + two)
    text = other.join(("", own, own, ""))
    rows = [row for found in factparse.parse_pages(text, books=()) for row in found.rows if row.field == label]
    assert [tuple(cell.text for cell in row.cells) for row in rows] == [(one, two)] * 2
    for row in rows:
        assert all(cell.span.cut(text) == cell.text for cell in row.cells)
