"""Pages as the web has them: headings, headers and labels lost, and tables of other sites that are no pages."""

import gzip
import json
import os
import textwrap
from collections import Counter
from pathlib import Path
from random import Random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Token

from factparse import AnyFact, Page, Row, parse, parse_html, parse_pages, parse_tree
from factparse.layout.tree import layout_tree
from factparse.layout.wrapped import unwrapped
from tests.made import FIXTURES


def rows(page: Page) -> list[tuple[str | None, str, *tuple[str, ...]]]:
    return [(row.topic, row.label, *(cell.text for cell in row.cells)) for row in page.rows]


FOREIGN_HEADINGS = {
    "joined": (
        "Togo vs. Peru\n\nGovernment\n\nTogoPeru\n\nGovernment typepresidential republicpresidential republic\n"
        "Nationalitynoun: Togolese (singular and plural)adjective: Togolesenoun: Peruvian(s)adjective: Peruvian\n",
        [("Government", "Government type"), ("Demographics", "Nationality")],
    ),
    "lines": (
        "Cuba vs. Iran\n\nEnergy\n\nCuba\nIran\n\nTerrain\nmostly flat\nrugged, mountainous rim\n"
        "Heliports\n1\n26\nExports\n$2.63 billion (2017 est.)\n$101.4 billion (2017 est.)\n",
        [("Geography", "Terrain"), ("Transportation", "Heliports"), ("Economy", "Exports")],
    ),
    "spaced": (
        "Fiji vs. Oman Military Fiji Oman\nMilitary branches Republic of Fiji Military Forces Army of Oman, Navy\n"
        "Coastline 1,129 km 2,092 km\nGeographic coordinates 18 00 S, 178 00 E 21 00 N, 57 00 E\n"
        "Natural hazards cyclonic storms summer winds\n",
        [("Military", "Military branches"), *(("Geography", each) for each in ("Coastline", "Geographic coordinates"))],
    ),
}


@pytest.mark.parametrize(("text", "right"), FOREIGN_HEADINGS.values(), ids=FOREIGN_HEADINGS)
def test_rows_under_the_heading_of_another_topic(text: str, right: list[tuple[str, str]]) -> None:
    assert [(row.topic, row.label) for row in parse(text).rows][: len(right)] == right


def test_a_sentence_that_begins_with_a_label_of_another_topic_is_no_row() -> None:
    text = (
        "Fiji vs. Oman\nGovernment\nFiji Oman\nPolitical parties Fiji First Party none\n"
        "Agriculture and Land Party is banned\nNational holiday Fiji Day, 10 October National Day, 18 November\n"
    )
    assert [row.label for row in parse(text).rows] == ["Political parties", "National holiday"]


WITHOUT_HEADERS = {
    "glued": (
        "Togo vs. Peru\n\n\nBackgroundTogo was a German colony until 1914.Peru was the seat of the Inca empire.\n\n\n"
        "LocationWestern Africa, bordering the Bight of BeninWestern South America\n"
        "Natural resourcesphosphates, limestonecopper, silver, gold\nLand boundariestotal: 1,880 kmtotal: 7,062 km\n",
        [
            ("Background", "Togo was a German colony until 1914.", "Peru was the seat of the Inca empire."),
            ("Location", "Western Africa, bordering the Bight of Benin", "Western South America"),
            ("Natural resources", "phosphates, limestone", "copper, silver, gold"),
            ("Land boundaries", "total: 1,880 km", "total: 7,062 km"),
        ],
    ),
    "lines": (
        "Cuba vs. Iran\n\nTransportation\nRailways\n597 km\n1,204 km\nWaterways\n240 km\n850 km\n",
        [("Railways", "597 km", "1,204 km"), ("Waterways", "240 km", "850 km")],
    ),
    "bars": (
        "Fiji vs. Oman\n\nEnergy\nElectricity access | 92% (2020) | 100% (2020) |\n",
        [("Electricity access", "92% (2020)", "100% (2020)")],
    ),
}


@pytest.mark.parametrize(("text", "right"), WITHOUT_HEADERS.values(), ids=WITHOUT_HEADERS)
def test_a_title_alone_names_the_countries(text: str, right: list[tuple[str, str, str]]) -> None:
    page = parse(text)
    assert [found[1:] for found in rows(page)] == right
    assert [remark.code for remark in page.diagnostics] == ["no-header"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru Togo\nPopulation ca. 33 million (2021) ca. 8 million (2021)\nCapital Lima Lome\n"
        "Largest City Lima Lome\nMilitary expenditures 1.2% of GDP 1.7% of GDP",
        "Peru | Togo\nPopulation | 33 million (2021) | 8 million (2021)\nCapital | Lima | Lome\n"
        "Currency | Sol | Franc\n"
        "Area | 1,285,216 sq km | 56,785 sq km\nTime zone | UTC-5 | UTC\nMedian age | 29 | 19",
        "Cuba vs. Iran\nCuba\nIran\nPopulation\n11.3 million\n88 million\nOfficial language\nSpanish\nPersian\n"
        "Military expenditures\n2.9% of GDP (2020)\n2.1% of GDP (2020)\n",
        "Cuba vs. Iran\n\nGeography\nWhere do they lie?\nClimate\ntropical\ndry\nPopulation\n11 million\n88 million\n",
        "Cuba\tIran\nPopulation\t11.3 million (2020)\t88 million (2020)\nArea\t109,884 km²\t1,648,195 km²\n"
        "Public debt\t77% of GDP\t39% of GDP\n",
        "Fiji Oman\nPopulation 0.9 million (2021) 4.5 million (2021)\nCapital Suva Muscat\nExports Sugar Oil\n"
        "Military expenditures 1.5% of GDP 10.9% of GDP",
    ],
    ids=["spaces", "bars", "lines", "heading", "tabs", "no word of another site"],
)
def test_tables_of_other_sites_are_no_pages(text: str) -> None:
    assert [remark.code for remark in parse(text).diagnostics] == ["not-a-comparison"]


def test_common_labels_make_a_page_where_its_figures_are_written_as_the_factbook_writes_them() -> None:
    text = (
        "Fiji Oman\nPopulation 939,535 (July 2021 est.) 3,694,755 (July 2021 est.)\n"
        "Birth rate 16.3 births/1,000 population (2021 est.) 22.5 births/1,000 population (2021 est.)\n"
    )
    assert [row.label for row in parse(text).rows] == ["Population", "Birth rate"]


def _headings(text: str) -> list[Token]:
    leaves = layout_tree(text).scan_values(lambda leaf: isinstance(leaf, Token) and leaf.type == "TOPIC")
    return list(leaves)


@pytest.mark.skipif("FACTPARSE_CORPUS" not in os.environ, reason="FACTPARSE_CORPUS names no corpus of pages")
def test_no_row_is_lost_where_all_headings_but_one_are() -> None:
    lost: Counter[tuple[str, str]] = Counter()
    read = 0
    with gzip.open(Path(os.environ["FACTPARSE_CORPUS"]), "rt", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            text, headings = entry["text"], _headings(entry["text"])
            for kept in headings if len(headings) > 1 else ():
                cut = text
                for each in reversed(headings):
                    cut = cut if each is kept else cut[: each.start_pos] + cut[each.end_pos :]
                found = Counter(row.label for row in parse(cut, books=()).rows)
                wanted = Counter(row["label"] for row in entry["rows"])
                read += wanted.total()
                lost.update((entry["id"], label) for label in (wanted - found).elements())
    assert read > 0
    assert not lost


STRANGE_ROWS = {
    "bars": (
        "Fiji | Oman |\nCoastline | 1,129 km | 2,092 km |\nHotels by the sea | 431 | 57 |\n"
        "Climate | tropical marine | dry desert |\nTallest tower | 67 m | \\|none\\| |\n",
        [["1,129 km", "2,092 km"], ["431", "57"], ["tropical marine", "dry desert"], ["67 m", "\\|none\\|"]],
    ),
    "bars before the label": (
        "| | Fiji | Oman |\n|---|---|---|\n| Hotels by the sea | 431 | 57 |\n| Coastline | 1,129 km | 2,092 km |\n"
        "| Climate | tropical marine | dry desert |\n| Tallest tower | 67 m |  |\n",
        [["431", "57"], ["1,129 km", "2,092 km"], ["tropical marine", "dry desert"], ["67 m", ""]],
    ),
    "a name above the labels": (
        "| Field | Fiji | Oman |\n| --- | --- | --- |\n| Coastline | 1,129 km | 2,092 km |\n"
        "| Hotels by the sea | 431 | 57 |\n| Climate | tropical marine | dry desert |\n",
        [["1,129 km", "2,092 km"], ["431", "57"], ["tropical marine", "dry desert"]],
    ),
    "tabs": (
        "\tFiji\tOman\nCoastline\t1,129 km\t2,092 km\nHotels by the sea\t431\t57\nTallest tower\t67 m\t\n"
        "Climate\ttropical marine\tdry desert\n",
        [["1,129 km", "2,092 km"], ["431", "57"], ["67 m", ""], ["tropical marine", "dry desert"]],
    ),
    "lines within a cell": (
        "Fiji | Oman\nCoastline | 1,129 km\nwith the islets | 2,092 km\nHotels by the sea | 431 | 57\n"
        "Climate | tropical marine | dry desert\nNatural hazards | storms | none\n",
        [
            ["1,129 km\nwith the islets", "2,092 km"],
            ["431", "57"],
            ["tropical marine", "dry desert"],
            ["storms", "none"],
        ],
    ),
}


@pytest.mark.parametrize(("table", "right"), STRANGE_ROWS.values(), ids=STRANGE_ROWS)
def test_a_row_of_the_editors_own_is_a_row_of_a_table(table: str, right: list[list[str]]) -> None:
    page = parse("Fiji vs. Oman\n\nGeography\n\n" + table)
    assert [[cell.text for cell in row.cells] for row in page.rows] == right
    strange = [row for row in page.rows if row.field is None]
    assert {row.label for row in strange} <= {"Hotels by the sea", "Tallest tower"}
    assert strange
    assert {row.topic for row in page.rows} == {"Geography"}


def test_facts_of_a_row_of_the_editors_own_have_its_label() -> None:
    page = parse("Fiji vs. Oman\n\nGeography\n\n" + STRANGE_ROWS["bars"][0])
    assert {fact.field for fact in page.facts() if fact.text == "431"} == {"Hotels by the sea"}
    assert '"label":"Hotels by the sea","field":null' in page.to_json().replace(" ", "").replace(
        "Hotelsbythesea", "Hotels by the sea"
    )


def test_a_line_of_a_cell_with_bars_of_its_own_is_no_row() -> None:
    text = "Fiji vs. Oman\nGeography\nFiji | Oman |\nArea | 5\nor more | 7\nAs told | 8 |\nCoastline | 1 km | 2 km |\n"
    assert [row.label for row in parse(text).rows] == ["Area", "Coastline"]


LOST_LABELS = {
    "Background": (
        "Togo vs. Peru\n\nIntroduction\n\nTogoPeru\n\nFrench Togoland became Togo in 1960, and a general ruled it for "
        "forty years.\n\nAncient Peru was the seat of several Andean cultures, of which the Inca were the last.\n",
        2,
    ),
    "Population": (
        "Cuba vs. Iran\n\nDemographics\n\nCuba | Iran |\n10,985,974 (2023 est.)87,590,873 (2023 est.)\n"
        "Death rate | 9.4 deaths/1,000 population (2023 est.) | 5.3 deaths/1,000 population (2023 est.) |\n",
        2,
    ),
    "Country name": (
        "Cuba vs. Iran\n\nGovernment\n\n| | Cuba | Iran |\n|---|---|---|\n"
        "| | conventional long form: Republic of Cuba | conventional long form: Islamic Republic of Iran |\n"
        "| Government type | communist state | theocratic republic |\n",
        2,
    ),
    "Location": (
        "Fiji vs. Oman\n\nGeography\n\nFiji\nOman\n\nOceania, island group in the South Pacific Ocean\n"
        "Middle East, bordering the Arabian Sea and the Gulf of Oman\nCoastline\n1,129 km\n2,092 km\n",
        2,
    ),
}


@pytest.mark.parametrize(("label", "text", "cells"), [(name, *case) for name, case in LOST_LABELS.items()])
def test_the_label_of_the_first_row_is_lost(label: str, text: str, cells: int) -> None:
    page = parse(text)
    row = page.rows[0]
    assert (row.label, row.field, len(row.cells)) == (label, label, cells)
    assert all(cell.text for cell in row.cells)
    assert [remark.code for remark in page.diagnostics] == ["no-label"]
    assert page.diagnostics[0].span == row.span


def test_what_stands_below_a_header_and_looks_like_no_first_row_is_noise() -> None:
    text = "Togo vs. Peru\n\nDemographics\n\nTogoPeru\n\nWe measured it twice.\n\nMedian age20 years29.1 years\n"
    assert [row.label for row in parse(text).rows] == ["Median age"]


def html_rows(body: str) -> list[list[str]]:
    head = "<h1>Fiji vs. Oman</h1><h2>Geography</h2><table><tr><td><td>Fiji<td>Oman"
    page = parse_html(f"{head}{body}<tr><td>Terrain<td>volcanic mountains<td>desert plain</table>")
    assert page.countries == ("Fiji", "Oman")
    found = [[row.label, *(" ".join(cell.text.split()) for cell in row.cells)] for row in page.rows]
    assert found.pop() == ["Terrain", "volcanic mountains", "desert plain"]
    return found


@pytest.mark.parametrize(
    "cell",
    [
        "<table><tr><td>2,092</td><td>km</td></tr></table>",
        "<table><tbody><tr><th>2,092<td>km",
        "<div><table><tr><td>2,092 km</td><td></td><td></td></tr></table></div>",
        "2,092 <table><tr><td><table><tr><td>km</table></table>",
    ],
)
def test_a_cell_that_holds_a_table_keeps_its_row(cell: str) -> None:
    closed = cell if cell.endswith(("</table>", "</div>")) else f"{cell}</table>"
    assert html_rows(f"<tr><td>Coastline<td>1,129 km<td>{closed}") == [["Coastline", "1,129 km", "2,092 km"]]
    assert html_rows(f"<tr><td>Coastline</td><td>{closed}</td><td>9 km</td></tr>") == [
        ["Coastline", "2,092 km", "9 km"]
    ]


def test_a_table_for_the_layout_of_the_page_is_no_row() -> None:
    inner = "<table><tr><td><td>Fiji<td>Oman<tr><td>Coastline<td>1,129 km<td>2,092 km</table>"
    page = parse_html(f"<h1>Fiji vs. Oman</h1><table><tr><td>Home<td>{inner}<td>About us</table>")
    assert [[row.label, *(cell.text for cell in row.cells)] for row in page.rows] == [
        ["Coastline", "1,129 km", "2,092 km"]
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">see <b>more</b></span>',
        '<p style="color:red; DISPLAY : none !important">edit<br>this</p>',
        "<div hidden>map<table><tr><td>5</table></div>",
        '<span style="display:none">left open',
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    assert html_rows(f"<tr><td>Coastline<td>1,129 km<td>2,092 km{hidden}") == [["Coastline", "1,129 km", "2,092 km"]]
    assert html_rows(
        f"<tr><td>Coastline<td>1,129 km<td>2,092 km{hidden}</td></tr>{hidden if '</' in hidden else ''}"
    ) == [["Coastline", "1,129 km", "2,092 km"]]


def test_cells_and_rows_that_are_not_shown_are_none() -> None:
    rows = "<tr hidden><td>Area<td>1<td>2<tr><td>Coastline<td style='display:none'>x<td>1,129 km<td>2,092 km"
    assert html_rows(rows) == [["Coastline", "1,129 km", "2,092 km"]]


NAMES = {
    "misread": ("CÃ´te d'Ivoire", "Ghana", "Cote d'Ivoire", "Ghana"),
    "misread twice": ("Togo", "CuraÃƒÂ§ao", "Togo", "Curacao"),
    "misread quote": ("Cote dâ€™Ivoire", "TÃ¼rkiye", "Cote d'Ivoire", "Turkey (Turkiye)"),
    "entities": ("Antigua &amp; Barbuda", "Cote d&#39;Ivoire", "Antigua and Barbuda", "Cote d'Ivoire"),
    "named entities": ("Togo&nbsp;", "S&atilde;o Tom&eacute; and Pr&iacute;ncipe", "Togo", "Sao Tome and Principe"),
    "World Bank": ("Korea, Dem. People's Rep.", "Egypt, Arab Rep.", "Korea, North", "Egypt"),
    "United Nations": ("Iran (Islamic Republic of)", "Viet Nam", "Iran", "Vietnam"),
    "turned": ("Macedonia, Republic of", "Gambia The", "North Macedonia", "Gambia, The"),
    "shortened": ("Dem. Rep. of Congo", "Solomon Is.", "Congo, Democratic Republic of the", "Solomon Islands"),
}
NAMED_TABLE = "Coastline515 km539 km\nNatural hazardsstorms of sandlandslides in the rains\n"


@pytest.mark.parametrize(("a", "b", "first", "second"), NAMES.values(), ids=NAMES)
def test_names_as_other_lists_and_bad_scraping_write_them(a: str, b: str, first: str, second: str) -> None:
    for header in (f"{a}{b}\n", f"{a}\n{b}\n", f"| {a} | {b} |\n", f"{first}{second}\n", ""):
        page = parse(f"{a} vs. {b}\n\nGeography\n\n{header}{NAMED_TABLE}")
        assert page.countries == (first, second)
        assert [row.label for row in page.rows] == ["Coastline", "Natural hazards"]
        assert ("mojibake" in {remark.code for remark in page.diagnostics}) is ("Ã" in a + b)
    assert parse(f"Geography\n\n{a}\n{b}\n{NAMED_TABLE}").countries == (first, second)


def test_a_remark_on_misread_characters_shows_the_first() -> None:
    text = "Togo vs. Peru\n\nGeography\n\nTogoPeru\nNatural hazardsseasonal windsla niÃ±a, 12Â°\n"
    (remark,) = parse(text).diagnostics
    assert (remark.code, remark.span and remark.span.cut(text)) == ("mojibake", "Ã±")


CUT = {
    "paragraphs of one cell": (
        "Togo vs. Peru\n\nIntroduction\n\nTogoPeru\n\nBackground\n\nFrench Togoland became Togo in 1960, and a general "
        "ruled it for nearly forty years.\n\nHis son has held the office since, and the party of both has won every vo",
        "Background",
    ),
    "a word in brackets": (
        "Cuba vs. Iran\n\nGovernment\n\nCubaIran\n\nGovernment typecommunist statetheocratic republic\n"
        "Administrative divisions15 provinces (provincias, singular - provin",
        "Administrative divisions",
    ),
    "within a list": (
        "Fiji vs. Oman\n\nGeography\n\nFiji | Oman |\nCoastline | 1,129 km | 2,092 km |\nNatural resources | fish,",
        "Natural resources",
    ),
    "a sub-label": (
        "Togo vs. Peru\n\nDemographics\n\nTogo\nPeru\n\nMedian age\ntotal: 20 years\nmale:",
        "Median age",
    ),
}


@pytest.mark.parametrize(("text", "label"), CUT.values(), ids=CUT)
def test_the_last_row_of_a_page_that_is_cut_off_is_doubtful(text: str, label: str) -> None:
    page = parse(text, books=())
    last = page.rows[-1]
    assert (last.label, last.confidence <= 0.5) == (label, True)
    (remark,) = page.diagnostics
    assert (remark.code, remark.span and remark.span.end) == ("cut-off", len(text))


@pytest.mark.parametrize("ending", ["Source: CIA Factbook", "Source: CIA Factbook\nShare this page: mail"])
@pytest.mark.parametrize("text", [text for text, _ in CUT.values()], ids=CUT)
def test_a_page_with_its_source_line_is_not_cut_off(text: str, ending: str) -> None:
    assert parse(f"{text}\n{ending}", books=()).diagnostics == ()


@pytest.mark.parametrize("end", ["in 1960.", "and won (2021)", 'called the "lion."'])
def test_a_page_that_ends_with_a_whole_cell_is_not_cut_off(end: str) -> None:
    head = (
        "Togo vs. Peru\n\nIntroduction\n\nTogo\nPeru\n\nBackground\nTogo was ruled by France. It became free in 1960.\n"
    )
    page = parse(f"{head}Peru was ruled by Spain for three hundred years. It became free {end}\n", books=())
    assert page.diagnostics == ()
    assert page.rows[-1].confidence > 0.5


@pytest.mark.parametrize("begun", ["Infant mort", "Pop", "Mother's mean age at fir", "Governm", "Source: CI", "B"])
@pytest.mark.parametrize("lead", ["\n", "\n\n  ", "\n| "])
def test_the_beginning_of_a_label_on_the_last_line_is_no_cell(begun: str, lead: str) -> None:
    head = "Togo vs. Peru\n\nDemographics\n\nTogo\nPeru\n\n"
    page = parse(f"{head}Median age\ntotal: 20 years\nmale: 19 years\ntotal: 29.1 years\nmale: 28.3 years{lead}{begun}")
    (row,) = page.rows
    assert [cell.text for cell in row.cells] == [
        "total: 20 years\nmale: 19 years",
        "total: 29.1 years\nmale: 28.3 years",
    ]
    assert row.confidence > 0.9
    assert [remark.code for remark in page.diagnostics] == ["cut-off"]


def test_a_label_with_another_one_in_its_beginning_is_cut_off_too() -> None:
    text = "Togo vs. Peru\n\nEnergy\n\nTogoPeru\n\nElectricity access45% (2016)95% (2016)\nElectricity - from fossil fu"
    page = parse(text)
    assert [row.label for row in page.rows] == ["Electricity access"]
    assert [remark.code for remark in page.diagnostics] == ["cut-off"]


@pytest.mark.parametrize("word", ["provincia", "departements", "12,345"])
def test_no_border_stands_in_the_word_that_the_text_ends_in(word: str) -> None:
    head = "Togo vs. Peru\n\nGovernment\n\nTogoPeru\n\nAdministrative divisions"
    for end in range(2, len(word) + 1):
        (row,) = parse(f"{head}5 regions (regions, singular - {word[:end]}", books=()).rows
        assert not any(word[1:end].endswith(cell.text) for cell in row.cells if cell.text)


@pytest.mark.skipif("FACTPARSE_CORPUS" not in os.environ, reason="FACTPARSE_CORPUS names no corpus of pages")
def test_the_last_rows_of_cut_pages_are_right_where_they_are_sure() -> None:
    random = Random(50)
    with gzip.open(Path(os.environ["FACTPARSE_CORPUS"]), "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    sure = wrong = 0
    for _ in range(1000):
        entry = random.choice(entries)
        text = entry["text"][: 50 * random.randrange(4, max(5, len(entry["text"]) // 50))]
        rows = parse(text, books=()).rows if "Source: CIA" not in text else ()
        if rows and rows[-1].confidence >= 0.9:
            sure += 1
            wrong += not _is_right(rows[-1], entry["rows"])
    assert sure > 200
    assert wrong <= sure // 100


def _is_right(row: Row, truth: list[dict[str, str]]) -> bool:
    """Whether the cells of a cut row are what is left of the true ones."""
    found = ["".join(cell.text.split()).strip("*\\") for cell in row.cells]
    for true in (true for true in truth if true["label"] == row.label):
        a, b = ("".join(true[side].split()).strip("*\\") for side in "ab")
        left = "".join(found)
        if found in ([a, b], [left[: len(a)], left[len(a) :]]) and (a + b).startswith(left):
            return True
    return False


ANY_CASE = {
    "lines": (
        "Togo\nPeru\n\nbackground\n\nA colony.\n\nA seat of the Incas.\n\nmap references\n\nAfrica\n\nAmerica\n",
        [("background", "Background"), ("map references", "Map references")],
    ),
    "capitals": (
        "TogoPeru\nCLIMATE\ntropical\ntropical to dry\nNATURAL HAZARDS\nhot, dry harmattan\nearthquakes\n",
        [("CLIMATE", "Climate"), ("NATURAL HAZARDS", "Natural hazards")],
    ),
    "bars": (
        "Togo | Peru |\n---|---|---\ncoastline | 56 km | 2,414 km |\nland boundaries | 1,880 km | 7,062 km |\n",
        [("coastline", "Coastline"), ("land boundaries", "Land boundaries")],
    ),
}


@pytest.mark.parametrize(("table", "right"), ANY_CASE.values(), ids=ANY_CASE)
def test_labels_in_another_case(table: str, right: list[tuple[str, str]]) -> None:
    page = parse(f"Togo vs. Peru\n\nGeography\n\n{table}")
    assert [(row.label, row.field) for row in page.rows] == right
    assert all(len(row.cells) == 2 and all(cell.text for cell in row.cells) for row in page.rows)


def test_a_word_of_a_cell_is_no_label_where_labels_are_printed_as_ever() -> None:
    text = "Togo vs. Peru\n\nGeography\n\nTogoPeru\n\nLand use\nfarmland\nforest\nClimate\ntropical\nterrain\n"
    assert [row.label for row in parse(text).rows] == ["Land use", "Climate"]


EDITIONS = {
    "bars": ("Cuba (2004) | Cuba (2010 est.)\nMedian age | 35.4 years | 38.3 years |\n", ("2004", "2010")),
    "glued, no brackets": (
        "Cuba 2004Cuba 2010\nMedian age35.4 years (2004)38.3 years (2010)\n",
        ("2004", "2010"),
    ),
    "tabs, one of them": ("\tCuba\tCuba (July 2010)\nMedian age\t35.4 years\t38.3 years\n", (None, "2010")),
    "title": (
        "Cuba (2004) vs. Cuba (2010)\n\nDemographics\n\nMedian age\n35.4 years\n38.3 years\nBirth rate\n11.89\n10.92\n",
        ("2004", "2010"),
    ),
    "title and header": (
        "Cuba 2004 vs. Cuba 2010 - people\nDemographics\nCubaCuba\nMedian age35.4 years38.3 years\n",
        ("2004", "2010"),
    ),
}


@pytest.mark.parametrize(("text", "editions"), EDITIONS.values(), ids=EDITIONS)
def test_two_editions_of_one_country(text: str, editions: tuple[str | None, str | None]) -> None:
    page = parse(text if "vs." in text else f"Demographics\n\n{text}")
    assert (page.countries, page.editions) == (("Cuba", "Cuba"), editions)
    assert [cell.text[:4] for cell in page.rows[0].cells] == ["35.4", "38.3"]


def test_a_year_in_the_line_of_a_title_is_no_edition() -> None:
    page = parse(f"Togo vs. Peru - a comparison (2021)\n\nGeography\n\nTogoPeru\n{NAMED_TABLE}")
    assert (page.countries, page.editions) == (("Togo", "Peru"), ())


@pytest.mark.parametrize("heading", ["<tr><td><td>Cuba (2004)<td>Cuba 2010", "<h1>Cuba (2004) vs. Cuba (2010)</h1>"])
def test_two_editions_of_one_country_in_html(heading: str) -> None:
    page = parse_html(f"<table>{heading}<tr><td>Median age<td>35.4 years<td>38.3 years</table>")
    assert (page.countries, page.editions) == (("Cuba", "Cuba"), ("2004", "2010"))


EMPTY = {
    "lines": "Togo\nPeru\n\nCoastline\n-\n2,414 km\nNatural hazards\nhot, dry wind\nin the north\n-\n",
    "paragraphs": (
        "Togo\n\nPeru\n\nCoastline\n\n\u2014\n\n2,414 km\n\nNatural hazards\n\nhot, dry wind\nin the north\n\n--\n"
    ),
    "tabs": "\tTogo\tPeru\nCoastline\t-\t2,414 km\nNatural hazards\thot, dry wind\nin the north\t\u2013\n",
    "columns": (
        "                 Togo                      Peru\nCoastline        -                         2,414 km\n"
        "Natural hazards  hot, dry wind             -\n                 in the north\n"
    ),
    "bars": "Togo | Peru |\nCoastline | - | 2,414 km |\nNatural hazards | hot, dry wind\nin the north | - |\n",
}


@pytest.mark.parametrize("table", EMPTY.values(), ids=EMPTY)
def test_a_dash_for_an_empty_cell(table: str) -> None:
    page = parse(f"Togo vs. Peru\n\nGeography\n\n{table}\nSource: CIA Factbook\n")
    cells = [[" ".join(cell.text.split()) for cell in row.cells] for row in page.rows]
    assert cells == [["", "2,414 km"], ["hot, dry wind in the north", ""]]
    assert all(fact.text.strip("-\u2013\u2014") for fact in page.facts())


def test_a_dash_in_html_and_a_negative_number() -> None:
    assert html_rows("<tr><td>Coastline<td>-<td>2,092 km") == [["Coastline", "", "2,092 km"]]
    page = parse("Togo vs. Peru\n\nEconomy\n\nTogo | Peru\nCurrent account balance | -$250 million | -$2.4 billion\n")
    assert [cell.text for cell in page.rows[0].cells] == ["-$250 million", "-$2.4 billion"]


def test_labels_in_the_plural_and_words_that_go_on_with_a_hyphen() -> None:
    head = "Togo vs. Peru\n\nGovernment\n\nTogoPeru\n"
    text = (
        f"{head}Legal systemcustomary law\nConstitution-based courts\ncivil law\nCapital-and-province rule\n"
        "National symbolslionvicuna\nNational color(s)green, yellow, redred, white\n"
    )
    assert [(row.label, row.field) for row in parse(text).rows] == [
        ("Legal system", "Legal system"),
        ("National symbols", "National symbol(s)"),
        ("National color(s)", "National color(s)"),
    ]


NAMELESS = {
    "adjectives": (
        "Background\n\nLao princes ruled the river valleys, and the Lao kingdom was revived in 1949.\n\nBurmese kings "
        "ruled the plains until 1885, and a Burmese junta has ruled since 1962.\n\nMilitary branches\n\n"
        "Lao People's Armed Forces\n\nBurmese Defense Service\n\nNatural hazards\n\nfloods\n\ncyclones\n\n"
        "Judicial branch\n\nSupreme Court\n\nSupreme Court of the Union\n",
        ("Laos", "Burma"),
    ),
    "names": (
        "Nationality | noun: Togolese (singular and plural) | noun: Peruvian(s) |\n"
        "Natural hazards | dry wind in Togo | floods in Peru |\nDependency ratios | 76 | 50 |\n"
        "Judicial branch | Supreme Court of Togo | Supreme Court of Peru |\nElectricity access | 45% | 95% |\n",
        ("Togo", "Peru"),
    ),
}


@pytest.mark.parametrize(("text", "right"), NAMELESS.values(), ids=NAMELESS)
def test_cells_tell_the_countries_that_neither_title_nor_header_names(text: str, right: tuple[str, str]) -> None:
    page = parse(f"{text}\nSource: CIA Factbook\n", books=())
    assert page.countries == right
    assert all([cell.country for cell in row.cells] == list(right) for row in page.rows)
    assert [remark.code for remark in page.diagnostics] == ["no-header"]


@pytest.mark.parametrize(
    "cells",
    [
        ["Korean kings", "Peru's kings", "Korean army", "army of Peru"],
        ["traded with Togo", "flat", "a French colony", "Peru's hills"],
        ["Togo's army", "Togolese hills", "armies of Togo", "hills of Togo"],
    ],
    ids=["shared word", "one row", "one country"],
)
def test_cells_that_name_no_country_for_sure_are_nobodys(cells: list[str]) -> None:
    first, second, third, fourth = cells
    text = (
        f"Judicial branch | {first} | {second} |\nNatural hazards | {third} | {fourth} |\n"
        "Electricity access | 45% | 95% |\nSource: CIA Factbook\n"
    )
    page = parse(text, books=())
    assert page.countries == ()
    assert len(page.rows) == 3


PAGES = FIXTURES / "pages"


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_prefix_and_every_suffix_of_a_page_parses(path: Path) -> None:
    text = path.read_bytes().decode()
    step = max(1, len(text) // 150)
    for at in range(0, len(text), step):
        for piece in (text[:at], text[at:]):
            page = parse(piece, books=())
            assert all(cell.span.cut(piece) == cell.text for row in page.rows for cell in row.cells)
            assert page.rows or page.diagnostics


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_every_piece_of_a_page_parses(first: int, last: int) -> None:
    piece = (PAGES / "glued_blocks.txt").read_bytes().decode()[first:last]
    for page in parse_pages(piece, books=()):
        assert all(cell.span.cut(piece) == cell.text for row in page.rows for cell in row.cells)
        assert page or page.diagnostics


OTHER_SITE = "Togo vs. Peru: which is cheaper?\n\nPrices\nTogo\nPeru\nMilk\n1\n2\nPopulation\n8 million\n33 million\n\n"


def test_tables_of_other_sites_between_two_pages_cost_no_row() -> None:
    first = "Togo vs. Peru\n\nEnergy\n\nTogoPeru\nElectricity access45%95%\nCoal0 tons5 tons\nSource: CIA Factbook\n\n"
    second = "Cuba vs. Iran\n\nMilitary\n\nCubaIran\nMilitary branchesArmyNavy\nSource: CIA Factbook\n"
    pages = parse_pages(OTHER_SITE + first + OTHER_SITE + second + OTHER_SITE, books=())
    assert [(page.countries, [row.label for row in page.rows]) for page in pages] == [
        (("Togo", "Peru"), ["Electricity access", "Coal"]),
        (("Cuba", "Iran"), ["Military branches"]),
    ]


STRAY = {
    "lines": (
        "Togo\nPeru\n\nCoastline\n56 km\n2,414 km\nBeach huts\n31\n402\nMap references\nAfrica\nSouth America\n"
        "Irrigated land\n70 sq km (2012)\n25,800 sq km (2012)\n"
    ),
    "glued": (
        "TogoPeru\nCoastline56 km2,414 km\nBeach huts31402\nMap referencesAfricaSouth America\n"
        "Irrigated land70 sq km (2012)25,800 sq km (2012)\n"
    ),
    "paragraphs": (
        "Togo\n\nPeru\n\nCoastline\n\n56 km\n\n2,414 km\n\nMap references\n\nAfrica\n\nSouth America\n\nRoad signs\n\n"
        "red\n\nblue\n\nIrrigated land\n\n70 sq km (2012)\n\n25,800 sq km (2012)\n"
    ),
}


@pytest.mark.parametrize("table", STRAY.values(), ids=STRAY)
def test_a_row_of_the_editors_own_without_borders_is_in_no_sure_cell(table: str) -> None:
    page = parse(f"Togo vs. Peru\n\nGeography\n\n{table}\nSource: CIA Factbook\n", books=())
    assert [row.label for row in page.rows] == ["Coastline", "Map references", "Irrigated land"]
    strange = [row for row in page.rows if any(word in cell.text for cell in row.cells for word in ("huts", "signs"))]
    assert len(strange) == 1
    assert strange[0].confidence <= 0.5


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.split("\n"))


LONG_CELLS = (
    "Togo was a German colony until 1914, and France ruled the larger part of it until it became free in 1960. "
    "A general took power in 1967 and ruled for nearly forty years, with elections that his party always won.",
    "Peru was the seat of the empire of the Incas, which Spain conquered in 1533. It has been free since 1821, and "
    "after twelve years of military rule it returned to democratic leadership in 1980.",
    "refugees (country of origin): 8,391 (Ghana) (refugees and asylum seekers from the north), 3,120 (Niger) (2022)",
    "refugees (country of origin): 1,315,000 (Venezuela) (economic and political crisis; includes Venezuelans who have "
    "claimed asylum) (2022)\nIDPs: 73,000 (civil war from 1980 to 2000; most of them are peasants in the hills)",
)


@pytest.mark.parametrize("width", [60, 70, 100])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wrapped_lines_are_read_as_paragraphs(width: int, gap: str) -> None:
    a, b, c, d = LONG_CELLS
    text = (
        f"Togo vs. Peru\n\nIntroduction\n\nTogo{gap}Peru\n\nBackground\n{a}{gap}{b}\n\nTransnational Issues\n\n"
        f"Togo{gap}Peru\n\nRefugees and internally displaced persons\n{c}{gap}{d}\n\nSource: CIA Factbook\n"
    )
    broken = wrapped(text, width)
    page, whole = parse(broken, books=()), parse(text, books=())
    cells = [" ".join(cell.text.split()) for row in page.rows for cell in row.cells]
    assert cells == [" ".join(each.split()) for each in LONG_CELLS]
    assert [_values(fact) for fact in page.facts()] == [_values(fact) for fact in whole.facts()]
    assert all(fact.span.cut(broken) == fact.text for fact in page.facts())
    tree = parse_tree(broken, books=())
    assert "".join(str(token) for token in tree.scan_values(lambda _: True)) == broken


def _values(fact: AnyFact) -> dict[str, object]:
    """What a fact says, but for where it was read and how sure it is."""
    read = {"text", "span", "confidence"}
    return {each.name: getattr(fact, each.name) for each in attrs.fields(type(fact)) if each.name not in read}


def test_lines_that_only_happen_to_be_long_are_not_wrapped() -> None:
    cell = "the largest of the parties in the assembly of the year 2020\nthe second of them, which is in the opposition"
    text = f"Togo vs. Peru\n\nGovernment\n\nTogo\nPeru\n\nPolitical parties\n{cell}\n{cell}\n\nSource: CIA Factbook\n"
    assert unwrapped(text, 0, len(text)) is text
    assert parse(text).paragraphs is None


FILLERS = {
    "Background": (
        "Togo was ruled by France until 1960, and by one general for forty years after 1967.",
        "Peru was the seat of the Incas. Spain ruled it until it won its freedom in 1821.",
    ),
    "Illicit drugs": (
        "transit hub for heroin from Asia and for cocaine on its way to Europe; money laundering is not a problem",
        "until 1996 the largest grower of coca leaf in the world; most cocaine is shipped to neighbors",
    ),
}


@pytest.mark.parametrize("filler", ["\n\n\u00a0\n\n", "\n\n\u00a0\n\n\u00a0\n\n", "\n\u00a0\n"])
@pytest.mark.parametrize("label", FILLERS)
def test_a_paragraph_of_white_space_is_a_border(label: str, filler: str) -> None:
    a, b = FILLERS[label]
    topic = "Introduction" if label == "Background" else "Transnational Issues"
    (row,) = parse(
        f"Togo vs. Peru\n\n{topic}\n\nTogoPeru\n\n{label}{a}{filler}{b}\n\nSource: CIA Factbook\n", books=()
    ).rows
    assert [cell.text for cell in row.cells] == [a, b]


@pytest.mark.parametrize(
    "line",
    [
        "Loading...",
        "GO TOP",
        "Ads by Google",
        "COMPARE WITH ANOTHER COUNTRY \u00bb",
        "Expand | Collapse",
        "[Was this helpful?]",
    ],
)
@pytest.mark.parametrize("table", [NAMED_TABLE, "Coastline | 515 km | 539 km |\nNatural hazards | none | floods |\n"])
def test_lines_that_web_pages_put_between_rows_are_noise(line: str, table: str) -> None:
    clean = parse(f"Togo vs. Peru\n\nGeography\n\nTogoPeru\n{table}")
    noisy = parse(f"Togo vs. Peru\n\nGeography\n\nTogoPeru\n{table.replace(chr(10), f'{chr(10)}{line}{chr(10)}')}")
    assert rows(noisy) == rows(clean)


SET_OFF = {
    "Area - comparative": ("about a third of Kenya", "twice the size of Cuba"),
    "Coastline": ("56 km", "2,414 km"),
    "Natural hazards": ("dry harmattan wind", "floods; landslides"),
    "Railways": ("total: 568 km", "total: 1,854 km"),
}


def set_off(row: str) -> str:
    """The rows of a page that writes each as ``row`` says, with places for the label and both cells."""
    return "".join(row.format(label, *cells) for label, cells in SET_OFF.items())


@pytest.mark.parametrize(
    "row",
    [
        "{}:\n{}\n{}\n",
        "{}\n:\n{}\n{}\n",
        "{}\n\n :\r\n{}\n{}\n",
        "**{}**\n{}\n{}\n",
        "**{}**:\n{}\n{}\n",
        "**{}:**\n{}\n{}\n",
        "__{}__\n\n{}\n\n{}\n\n",
        "__{}:__\n\n{}\n\n{}\n\n",
        "### {}\n{}\n{}\n",
        "| {} | {} | {} |\n",
        "| {}: | {} | {} |\n",
        "| **{}** | {} | {} |\n",
        "| **{}:** | {} | {} |\n",
        "| **{}**: | {} | {} |\n",
        "| __{}__ | {} | {} |\n",
    ],
)
def test_colons_and_bold_type_set_labels_off(row: str) -> None:
    text = f"Togo vs. Peru\nGeography\nTogo\nPeru\n{set_off(row)}"
    page = parse(text)
    assert {row.field: tuple(cell.text for cell in row.cells) for row in page.rows} == SET_OFF
    assert all(cell.span.cut(text) == cell.text for row in page.rows for cell in row.cells)
    tree = parse_tree(text)
    assert "".join(tree.scan_values(lambda token: isinstance(token, Token))) == text


def test_marks_of_bold_type_that_no_label_opened_stay_in_the_cell() -> None:
    page = parse("Togo vs. Peru\nGeography\nTogo | Peru |\nCoastline | **56 km** | 2,414 km |\n")
    assert [cell.text.strip("*") for cell in page.rows[0].cells] == ["56 km", "2,414 km"]
    page = parse("Togo vs. Peru\nGeography\nTogo\nPeru\n" + set_off("{}\n__{}\n{}\n"), books=())
    assert page.rows[0].cells[0].text == f"__{SET_OFF['Area - comparative'][0]}"


@pytest.mark.parametrize("word", ["Field", "Indicator", "**Country**", "Statistics"])
def test_a_word_for_the_labels_stands_before_the_names_of_a_header_without_title(word: str) -> None:
    page = parse(f"## Geography\n| {word} | Togo | Peru |\n|---|---|---|\n" + set_off("| {} | {} | {} |\n"))
    assert page.countries == ("Togo", "Peru")
    assert {row.field: tuple(cell.text for cell in row.cells) for row in page.rows} == SET_OFF


@pytest.mark.parametrize(
    "names", ["togo vs. peru\nGeography\n", "togo vs. peru\ntogo | peru |\n", "TOGO | PERU |\n---|---|---\n"]
)
def test_titles_and_headers_in_one_case(names: str) -> None:
    page = parse(names + set_off("{} | {} | {} |\n"))
    assert page.countries == ("Togo", "Peru")
    assert {row.field: tuple(cell.text for cell in row.cells) for row in page.rows} == SET_OFF
