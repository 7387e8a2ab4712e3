"""More pages of each kind that scrapers leave behind: other countries, fields and layouts than in the other tests.

Each page is read without a book. The rows are those that a reader would see: label, first cell, second cell, with white
space collapsed.
"""

from __future__ import annotations

import textwrap

import pytest

from factparse import Page, parse, parse_html
from factparse.core.words import RANK

Rows = list[tuple[str, str, str]]
SURE = 0.9


def page(names: str, topic: str, *rows: str, header: str = "", end: str = "\n\nSource: CIA Factbook\n") -> str:
    one, two = names.split(" vs. ")
    body = "\n".join(rows)
    return f"Home\n\n{names}\n\n{topic}\n\n{header or one + two}\n{body}{end}"


def rows_of(read: Page) -> Rows:
    found = []
    for row in read.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        found.append((row.label, *cells))
    return found  # type: ignore[return-value]  # every row here has two cells


GLUED_AND_BLOCKS = {
    "notes in both": (
        page(
            "Serbia vs. Croatia",
            "Transnational Issues",
            "Refugees and internally displaced personsIDPs: 196,140 (most are Serbs from the south) (2019)\n\n"
            "stateless persons: 1,951 (2019); note - a good part of them are Roma whose births were never put down\n"
            "refugees (country of origin): 17,334 (Bosnia) (2018)\n\nstateless persons: 2,900 (2019); note - many of "
            "them had the papers of the old federation",
            "Illicit drugstransshipment point for heroin on its way northtransit point for cocaine bound for the west",
        ),
        [
            (
                "Refugees and internally displaced persons",
                "IDPs: 196,140 (most are Serbs from the south) (2019) stateless persons: 1,951 (2019); note - a good "
                "part of them are Roma whose births were never put down",
                "refugees (country of origin): 17,334 (Bosnia) (2018) stateless persons: 2,900 (2019); note - many of "
                "them had the papers of the old federation",
            ),
            (
                "Illicit drugs",
                "transshipment point for heroin on its way north",
                "transit point for cocaine bound for the west",
            ),
        ],
    ),
    "one line before blocks": (
        page(
            "Latvia vs. Moldova",
            "Transnational Issues",
            "Refugees and internally displaced personsstateless persons: 209,168 (2020)refugees (country of origin): "
            "6,100 (Ukraine) (2019)\n\nstateless persons: 3,372 (2020); note - most of them live beyond the river",
        ),
        [
            (
                "Refugees and internally displaced persons",
                "stateless persons: 209,168 (2020)",
                "refugees (country of origin): 6,100 (Ukraine) (2019) stateless persons: 3,372 (2020); note - most of "
                "them live beyond the river",
            )
        ],
    ),
    "a row of the editor's own, tabs": (
        page(
            "Chad vs. Mali",
            "Geography",
            "Coastline\t0 km\t0 km",
            "Surfing spots\tnone\tfew",
            "Climate\thot\tsubtropical to arid",
            header="Chad\tMali",
        ),
        [
            ("Coastline", "0 km", "0 km"),
            ("Surfing spots", "none", "few"),
            ("Climate", "hot", "subtropical to arid"),
        ],
    ),
    "a row of the editor's own, bars": (
        page(
            "Kenya vs. Uganda",
            "Demographics",
            "Population | 53,527,936 (July 2020 est.) | 43,252,966 (July 2020 est.) |",
            "Happiest town | Nakuru | Jinja |",
            "Median age | 20 years | 15.7 years |",
            header="Kenya | Uganda |",
        ),
        [
            ("Population", "53,527,936 (July 2020 est.)", "43,252,966 (July 2020 est.)"),
            ("Happiest town", "Nakuru", "Jinja"),
            ("Median age", "20 years", "15.7 years"),
        ],
    ),
    "no header, glued": (
        "Oman vs. Yemen\n\n\nBackgroundThe people of the coast have lived by trade for ages. A sultan took power in "
        "1970.North Yemen left the old empire in 1918. The south became free in 1967.\n\n\n"
        "LocationMiddle East, bordering the Arabian SeaMiddle East, bordering the Red Sea\n"
        "Geographic coordinates21 00 N, 57 00 E15 00 N, 48 00 E\n",
        [
            (
                "Background",
                "The people of the coast have lived by trade for ages. A sultan took power in 1970.",
                "North Yemen left the old empire in 1918. The south became free in 1967.",
            ),
            ("Location", "Middle East, bordering the Arabian Sea", "Middle East, bordering the Red Sea"),
            ("Geographic coordinates", "21 00 N, 57 00 E", "15 00 N, 48 00 E"),
        ],
    ),
    "no header, lines": (
        "Oman vs. Yemen\n\nTransportation\nAirports\n132 (2013)\n57 (2013)\nRailways\nNA\nNA\n"
        "Pipelines\ngas 4,224 km\ngas 641 km\n",
        [
            ("Airports", "132 (2013)", "57 (2013)"),
            ("Railways", "NA", "NA"),
            ("Pipelines", "gas 4,224 km", "gas 641 km"),
        ],
    ),
    "the first label is lost": (
        "Gabon vs. Congo, Republic of the\n\nIntroduction\n\nGabonCongo, Republic of the\n\nAfter its freedom in 1960 "
        "two men ruled the country for five decades.\n\nThe middle of the country fell to a party that spoke of Marx "
        "until 1990.\n",
        [
            (
                "Background",
                "After its freedom in 1960 two men ruled the country for five decades.",
                "The middle of the country fell to a party that spoke of Marx until 1990.",
            )
        ],
    ),
    "the first label is lost, lines": (
        page(
            "Gabon vs. Ghana",
            "Demographics",
            "2,230,908 (July 2020 est.)\n29,340,248 (July 2020 est.)\nMedian age\n21 years\n21.4 years",
            header="Gabon\nGhana",
        ),
        [
            ("Population", "2,230,908 (July 2020 est.)", "29,340,248 (July 2020 est.)"),
            ("Median age", "21 years", "21.4 years"),
        ],
    ),
    "a filler between paragraphs": (
        page(
            "Nepal vs. Bhutan",
            "Introduction",
            "BackgroundA king in the hills made one realm of many in 1768 and kept strangers out.\n\n\u00a0\n\nMonks "
            "and lords ruled the valleys until a house of kings rose in 1907.",
        ),
        [
            (
                "Background",
                "A king in the hills made one realm of many in 1768 and kept strangers out.",
                "Monks and lords ruled the valleys until a house of kings rose in 1907.",
            )
        ],
    ),
    "a filler between clauses": (
        page(
            "Nepal vs. Bhutan",
            "Transnational Issues",
            "Disputes - international\n\na commission with India works on small disputed stretches\n\n\u00a0\n\n"
            "lacks a treaty on its border with China in the north",
        ),
        [
            (
                "Disputes - international",
                "a commission with India works on small disputed stretches",
                "lacks a treaty on its border with China in the north",
            )
        ],
    ),
    "one heading for all": (
        page(
            "Kenya vs. Togo",
            "Government",
            "Government typepresidential republicpresidential republic",
            "Coastline536 km56 km",
            "Nationalitynoun: Kenyan(s)adjective: Kenyannoun: Togolese (singular and plural)adjective: Togolese",
            "Railwaystotal: 3,819 kmtotal: 568 km",
        ),
        [
            ("Government type", "presidential republic", "presidential republic"),
            ("Coastline", "536 km", "56 km"),
            (
                "Nationality",
                "noun: Kenyan(s)adjective: Kenyan",
                "noun: Togolese (singular and plural)adjective: Togolese",
            ),
            ("Railways", "total: 3,819 km", "total: 568 km"),
        ],
    ),
    "one heading for all, lines": (
        page(
            "Kenya vs. Togo",
            "Economy",
            "Coastline\n536 km\n56 km",
            "Railways\ntotal: 3,819 km\ntotal: 568 km",
            "Waterways\nnone\n50 km",
            header="Kenya\nTogo",
        ),
        [
            ("Coastline", "536 km", "56 km"),
            ("Railways", "total: 3,819 km", "total: 568 km"),
            ("Waterways", "none", "50 km"),
        ],
    ),
    "noise between glued rows": (
        page(
            "Peru vs. Chile",
            "Geography",
            "Coastline2,414 km6,435 km",
            "[Show less]",
            "Climatevaries from tropical in east to dry desert in westtemperate; desert in north",
            "Share this page: Facebook Twitter",
            "Terraincoastal plainlow coastal mountains",
        ),
        [
            ("Coastline", "2,414 km", "6,435 km"),
            ("Climate", "varies from tropical in east to dry desert in west", "temperate; desert in north"),
            ("Terrain", "coastal plain", "low coastal mountains"),
        ],
    ),
    "noise between lines": (
        page(
            "Peru vs. Chile",
            "Geography",
            "Coastline\n2,414 km\n6,435 km",
            "ADVERTISEMENT",
            "Natural hazards\nearthquakes\ntsunamis",
            "Print | Email | Share",
            "Climate\nhot\nmild",
            header="Peru\nChile",
        ),
        [
            ("Coastline", "2,414 km", "6,435 km"),
            ("Natural hazards", "earthquakes", "tsunamis"),
            ("Climate", "hot", "mild"),
        ],
    ),
    "glued ranks": (
        page(
            "Cuba vs. Haiti",
            "Energy",
            f"Electricity - production18.5 billion kWh (2011 est.){RANK}: 75650 million kWh (2011 est.){RANK}: 155",
            f"Crude oil - production50,150 bbl/day (2012 est.){RANK}: 580 bbl/day (2012 est.){RANK}: 188",
            f"Refined petroleum products - exports0 bbl/day (2010 est.){RANK}: 1870 bbl/day (2010 est.){RANK}: 197",
        ),
        [
            (
                "Electricity - production",
                f"18.5 billion kWh (2011 est.){RANK}: 75",
                f"650 million kWh (2011 est.){RANK}: 155",
            ),
            ("Crude oil - production", f"50,150 bbl/day (2012 est.){RANK}: 58", f"0 bbl/day (2012 est.){RANK}: 188"),
            (
                "Refined petroleum products - exports",
                f"0 bbl/day (2010 est.){RANK}: 187",
                f"0 bbl/day (2010 est.){RANK}: 197",
            ),
        ],
    ),
    "ranks in lines, behind spaces and before signs": (
        page(
            "Cuba vs. Haiti",
            "Demographics",
            f"Death rate\n7.58 deaths/1,000 population (2013 est.)\n{RANK}: 109\n7.98 deaths/1,000 population "
            f"(2013 est.)\n{RANK}: 96",
            f"Total fertility rate1.46 children born/woman (2013 est.){RANK}: 1922.88 children born/woman (2013 est.)"
            f"{RANK}: 73",
            f"HIV/AIDS - adult prevalence rate0.1% (2009 est.) {RANK}: 146 1.9% (2009 est.) {RANK}: 31",
            f"Net migration rate-3.64 migrant(s)/1,000 population (2013 est.){RANK}: 178-4.12 migrant(s)/1,000 "
            f"population (2013 est.){RANK}: 185",
        ),
        [
            (
                "Death rate",
                f"7.58 deaths/1,000 population (2013 est.) {RANK}: 109",
                f"7.98 deaths/1,000 population (2013 est.) {RANK}: 96",
            ),
            (
                "Total fertility rate",
                f"1.46 children born/woman (2013 est.){RANK}: 192",
                f"2.88 children born/woman (2013 est.){RANK}: 73",
            ),
            (
                "HIV/AIDS - adult prevalence rate",
                f"0.1% (2009 est.) {RANK}: 146",
                f"1.9% (2009 est.) {RANK}: 31",
            ),
            (
                "Net migration rate",
                f"-3.64 migrant(s)/1,000 population (2013 est.){RANK}: 178",
                f"-4.12 migrant(s)/1,000 population (2013 est.){RANK}: 185",
            ),
        ],
    ),
    "bare counts": (
        page(
            "Cuba vs. Haiti",
            "Telecommunications",
            "Telephones - main lines in use1,217,00050,000",
            "Telephones - mobile cellular1,682,0006,095,000",
            "Internet hosts3,244555",
        ),
        [
            ("Telephones - main lines in use", "1,217,000", "50,000"),
            ("Telephones - mobile cellular", "1,682,000", "6,095,000"),
            ("Internet hosts", "3,244", "555"),
        ],
    ),
    "bare decimals and signs": (
        page(
            "Norway vs. Sweden",
            "Economy",
            "Unemployment rate3.2%8%",
            "Industrial production growth rate-1.1%-3.8%",
            "Distribution of family income - Gini index25.823",
        ),
        [
            ("Unemployment rate", "3.2%", "8%"),
            ("Industrial production growth rate", "-1.1%", "-3.8%"),
            ("Distribution of family income - Gini index", "25.8", "23"),
        ],
    ),
    "labels in small letters": (
        page(
            "Iceland vs. Malta",
            "Geography",
            "coastline\n\n4,970 km\n\n253 km\n",
            "natural resources\n\nfish, hydropower\n\nlimestone, salt\n",
            header="Iceland\nMalta",
        ),
        [("coastline", "4,970 km", "253 km"), ("natural resources", "fish, hydropower", "limestone, salt")],
    ),
    "dashes in lines": (
        page(
            "Guam vs. Niue",
            "Economy",
            "Public debt\n-\n4.1% of GDP (2012 est.)",
            "Exports\n$45 million (2011 est.)\n\u2014",
            header="Guam\nNiue",
        ),
        [("Public debt", "", "4.1% of GDP (2012 est.)"), ("Exports", "$45 million (2011 est.)", "")],
    ),
    "dashes behind tabs": (
        page(
            "Guam vs. Niue",
            "Economy",
            "Public debt\t-\t4.1% of GDP (2012 est.)",
            "Exports\t$45 million (2011 est.)\t--",
            header="Guam\tNiue",
        ),
        [("Public debt", "", "4.1% of GDP (2012 est.)"), ("Exports", "$45 million (2011 est.)", "")],
    ),
}


@pytest.mark.parametrize(("text", "right"), GLUED_AND_BLOCKS.values(), ids=GLUED_AND_BLOCKS)
def test_rows_are_those_that_a_reader_sees(text: str, right: Rows) -> None:
    assert rows_of(parse(text, books=())) == right


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("SÃ£o TomÃ© and PrÃ\u00adncipe vs. Cape Verde", ("Sao Tome and Principe", "Cabo Verde")),
        ("Yemen, Rep. vs. Iran, Islamic Rep.", ("Yemen", "Iran")),
        (
            "Saint Vincent &amp; the Grenadines vs. Tanzania, United Republic of",
            ("Saint Vincent and the Grenadines", "Tanzania"),
        ),
    ],
)
def test_names_of_other_lists_and_encodings(title: str, names: tuple[str, str]) -> None:
    read = parse(page(title, "Geography", "Coastline1,906 km2,440 km", "Climatemostly desertmostly arid"), books=())
    assert read.countries == names
    assert [row.label for row in read.rows] == ["Coastline", "Climate"]


@pytest.mark.parametrize(
    ("text", "last", "most"),
    [
        (
            page(
                "Benin vs. Niger",
                "Introduction",
                "Background\n\nThe coast was for two hundred years the seat of a kingdom that sold captives. France "
                "took the land in 1894.\n\nFree since 1960, the country had one coup after the other until a soldier "
                "took power and called him",
                end="",
            ),
            "Background",
            0.5,
        ),
        (
            page(
                "Latvia vs. Finland",
                "Government",
                "Capitalname: Rigageographic coordinates: 56 57 N, 24 06 Ename: Helsinkigeographic coordinates: "
                "60 10 N, 24 56 E",
                "Administrative divisions36 municipalities (novadi, singular - novads) and 7 cities: Ados, Aizkra",
                end="",
            ),
            "Administrative divisions",
            0.89,
        ),
    ],
)
def test_the_last_row_of_a_cut_page_is_not_sure(text: str, last: str, most: float) -> None:
    row = parse(text, books=()).rows[-1]
    assert (row.label, row.confidence <= most) == (last, True)


@pytest.mark.parametrize(
    "text",
    [
        "Peru Chile\nCurrency Sol (PEN) Peso (CLP)\nPopulation 32 million 19 million\nCapital Lima Santiago\n"
        "Average wage 380 USD 820 USD\nInternet users 60% 82%\n",
        "| Peru | Chile\nCost of a meal | $4 | $9\nPopulation | 32 million | 19 million\n"
        "Languages | Spanish | Spanish\nAirports | 191 | 481\nBest beach | Mancora | Renaca\n",
    ],
)
def test_tables_of_other_sites(text: str) -> None:
    assert [remark.code for remark in parse(text).diagnostics] == ["not-a-comparison"]


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        (
            "Ghana (2001) vs. Ghana (2009)\n\nEconomy\n\nGhana (2001) | Ghana (2009) |\nExports | $1.6 billion | "
            "$5.6 billion |\nPublic debt | 120% of GDP | 67.5% of GDP |\n",
            {"2001", "2009"},
        ),
        (
            "Ghana (1999) vs. Ghana (2012)\n\nGeography\n\nGhana (1999)Ghana (2012)\nCoastline539 km538 km\n"
            "Irrigated land60 sq km (1993 est.)310 sq km (2003)\n",
            {"1999", "2012"},
        ),
    ],
)
def test_one_country_in_two_editions(text: str, editions: set[str]) -> None:
    read = parse(text, books=())
    assert len(read.rows) == 2
    assert {fact.edition for fact in read.facts()} == editions


NAMELESS = {
    "lines": (
        "Nationality\n\nnoun: Swede(s)\nadjective: Swedish\n\nnoun: Dane(s)\nadjective: Danish\n\nMilitary "
        "branches\n\nSwedish Armed Forces\n\nDanish Defense Command\n\nJudicial branch\n\nSupreme Court\n\n"
        "Supreme Court\n\nDependency ratios\n\n58\n\n56\n\nNatural hazards\n\nice floes\n\nflooding\n",
        ("Sweden", "Denmark"),
    ),
    "bars": (
        "Nationality | noun: Cuban(s) | noun: Haitian(s) |\nElectricity access | 100% | 45% |\n"
        "Judicial branch | People's Supreme Court of Cuba | Supreme Court of Haiti |\nTerrain | rolling plains | "
        "rough |\nDependency ratios | 47 | 62 |\n",
        ("Cuba", "Haiti"),
    ),
}


@pytest.mark.parametrize(("text", "right"), NAMELESS.values(), ids=NAMELESS)
def test_cells_name_the_countries(text: str, right: tuple[str, str]) -> None:
    assert parse(f"{text}\nSource: CIA Factbook\n", books=()).countries == right


@pytest.mark.parametrize(
    ("names", "topic", "row"),
    [
        (
            "Lesotho vs. South Africa",
            "Telecommunications",
            "Broadcast media1 state-owned TV station; South African stations are received",
        ),
        (
            "Gambia, The vs. Senegal",
            "Telecommunications",
            "Telecommunication systemsgeneral assessment: few lines; international: a cable leads to Senegal, and "
            "calls abroad go through Senegal",
        ),
        (
            "Brunei vs. Malaysia",
            "Telecommunications",
            "Broadcast mediathe state owns all stations; Malaysian programs can be seen throughout the land",
        ),
    ],
)
def test_a_lone_cell_that_names_the_neighbor_is_not_given_to_it_for_sure(names: str, topic: str, row: str) -> None:
    (read,) = parse(page(names, topic, row), books=()).rows
    assert len(read.cells) == 1 or not read.cells[1].text


def test_the_place_between_bars_tells_whose_a_lone_cell_is() -> None:
    text = page(
        "Gambia, The vs. Senegal",
        "Transnational Issues",
        "Disputes - international | attacks across the border by rebels from Senegal's Casamance | ",
        "Illicit drugs | | transshipment point for heroin from the Gambia |",
        header="Gambia, The | Senegal |",
    )
    assert rows_of(parse(text, books=())) == [
        ("Disputes - international", "attacks across the border by rebels from Senegal's Casamance", ""),
        ("Illicit drugs", "", "transshipment point for heroin from the Gambia"),
    ]


TABLE = "<h1>Peru vs. Chile</h1><h2>Geography</h2><table><tr><th></th><th>Peru</th><th>Chile</th></tr>{}</table>"


def test_nested_tables_keep_their_row() -> None:
    inner = "<table><tr><td>arable land: 3%</td></tr><tr><td>other: 97%</td></tr></table>"
    row = f"<tr><td>Land use</td><td>{inner}</td><td>arable land: 2%</td></tr>"
    assert rows_of(parse_html(TABLE.format(row))) == [("Land use", "arable land: 3% other: 97%", "arable land: 2%")]


@pytest.mark.parametrize("hidden", ["hidden", 'style="visibility:hidden"', 'style="color: red; display: none;"'])
def test_hidden_text_and_rows_stay_out(hidden: str) -> None:
    rows = (
        f"<tr {hidden}><td>Climate</td><td>hot</td><td>mild</td></tr>"
        f"<tr><td>Coastline</td><td>2,414 km<span {hidden}>see map</span></td><td>6,435 km</td></tr>"
    )
    assert rows_of(parse_html(TABLE.format(rows))) == [("Coastline", "2,414 km", "6,435 km")]


WRAPPED = [
    (
        "Background",
        "The Incas built an empire in the mountains that fell to men from across the sea in 1533. The country won its "
        "freedom in 1824. Soldiers held power for twelve years until 1980, when the people chose a president again.",
        "Before the ships of Spain came, the north was held by the Incas and the south by the Mapuche. The land became "
        "free in 1818, and beat its neighbors in a war over nitrate that ended in 1883. A general ruled from 1973.",
        "Introduction",
    ),
    (
        "Illicit drugs",
        "until 1996 the largest grower of coca leaf in the world; second producer of coca leaf now; most cocaine goes "
        "to the ports of the Pacific for shipment to markets abroad",
        "transshipment country for cocaine bound for Europe and the region; some money laundering in the free zone of "
        "the north; imported precursors pass on to the east",
        "Transnational Issues",
    ),
]


@pytest.mark.parametrize(("label", "a", "b", "topic"), WRAPPED)
@pytest.mark.parametrize("width", [70, 74])
def test_wrapped_cells(label: str, a: str, b: str, topic: str, width: int) -> None:
    one, two = (textwrap.fill(cell, width) for cell in (a, b))
    text = page("Peru vs. Chile", topic, f"{label}\n{one}\n\n{two}", header="Peru\nChile")
    assert rows_of(parse(text, books=())) == [(label, a, b)]
