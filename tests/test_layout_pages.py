"""Pages as the web has them: headings, headers and labels lost, and tables of other sites that are no pages."""

import gzip
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from lark import Token

from factparse import Page, parse
from factparse.layout.tree import layout_tree


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
