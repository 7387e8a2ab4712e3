"""Pages of one country: recognised, cut into rows, owned, and told apart from comparisons and from other sites."""

from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Token

from factparse import Book, Page, Source, extract, parse, parse_pages, parse_tree
from factparse.book import KnownCell
from factparse.columns.country import SURE
from factparse.columns.cut_end import CUT
from factparse.columns.lost_labels import DOUBTED, KNOWN
from factparse.core.facts import AnyFact
from factparse.layout.country.choice import country_pages
from factparse.layout.country.headings import heading_of
from factparse.output.schema import json_schema
from factparse.vocabulary import country_named, label_in_row, label_named
from factparse.vocabulary.addresses import country_of_address
from tests.made import FIXTURES

PAGES = FIXTURES / "pages"
COUNTRY_PAGES = sorted(PAGES.glob("country_*.txt"))

BODY = """Geography
Area:
total: 180 sq km
Natural hazards:
storms
Geography - note:
a low island (2001)
Population growth rate:
1.2% (2020 est.)
"""


def said(page: Page) -> dict[str, str]:
    return {row.name: row.cells[0].text for row in page.rows}


@pytest.mark.parametrize("path", COUNTRY_PAGES, ids=lambda path: path.stem)
def test_a_country_page_has_one_cell_a_row_of_one_country(path: Path) -> None:
    for page in parse_pages(path.read_text(encoding="utf-8")):
        assert page.kind == "country"
        assert page.rows
        assert len(page.countries) == 1
        assert all([cell.country for cell in row.cells] == list(page.countries) for row in page.rows)
        assert all(cell.span.cut(page.text) == cell.text for row in page.rows for cell in row.cells)


@pytest.mark.parametrize("path", COUNTRY_PAGES, ids=lambda path: path.stem)
def test_the_facts_of_a_page_are_those_of_its_cells(path: Path) -> None:
    for page in parse_pages(path.read_text(encoding="utf-8")):
        assert page.facts()
        for row in page.rows:
            (cell,) = row.cells
            alone = extract(row.name, cell.text, subject=cell.country, topic=row.topic)
            read = [fact for fact in page.facts() if row.span.start <= fact.span.start < row.span.end]
            assert [(fact.type, fact.text) for fact in read] == [(fact.type, fact.text) for fact in alone]


@pytest.mark.parametrize("path", COUNTRY_PAGES, ids=lambda path: path.stem)
def test_the_tree_has_every_cell(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = parse_tree(text)
    rows = [row for page in parse_pages(text) for row in page.rows]
    assert len(list(tree.find_data("country"))) == len(parse_pages(text))
    assert len(list(tree.find_data("cell"))) >= sum(bool(row.cells[0].text) for row in rows)
    assert "".join(tree.scan_values(lambda leaf: isinstance(leaf, Token))) == text


def _made_cells() -> list[tuple[str, str]]:
    found = []
    for path in sorted((PAGES.parent / "facts").glob("*/*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
        field = next(line.partition(":")[2].strip() for line in head.splitlines() if line.startswith("field:"))
        found.append((field, text.strip()))
    return [(field, text) for field, text in found if " " in field and label_named(field) is not None]


def _plain(fact: AnyFact) -> dict[str, object]:
    """What a fact says, less where it was read."""
    return {name: value for name, value in attrs.asdict(fact).items() if name not in ("span", "confidence")}


@given(
    st.lists(
        st.sampled_from(_made_cells()), min_size=5, max_size=9, unique_by=lambda cell: label_in_row(cell[0]).field
    ),
    st.sampled_from(["{}:\n{}\n", "{}\n\n{}\n\n"]),
)
def test_the_facts_of_a_made_page_are_those_of_its_cells(cells: list[tuple[str, str]], shape: str) -> None:
    page = parse("Chad Facts\n" + BODY + "".join(shape.format(*cell) for cell in cells), books=())
    assert page.kind == "country"
    read = [_plain(fact) for fact in page.facts()]
    alone = [
        _plain(fact)
        for row in page.rows
        for fact in extract(row.name, row.cells[0].text, subject="Chad", topic=row.topic)
    ]
    assert read == alone


@given(st.sampled_from(COUNTRY_PAGES), st.floats(0, 1))
def test_a_page_cut_in_the_middle_keeps_what_stands_before(path: Path, part: float) -> None:
    whole = path.read_text(encoding="utf-8")
    text = whole[: int(part * len(whole))]
    for page in parse_pages(text):
        assert page.kind == "country" or not page
        assert all(cell.span.cut(text) == cell.text for row in page.rows for cell in row.cells)
        page.to_json()


@pytest.mark.parametrize(("end", "cut"), [("hot winds in the", True), ("dust (every", True), ("dust and sand", False)])
def test_a_text_that_ends_within_its_last_cell_says_so(end: str, cut: bool) -> None:
    page = parse(f"Chad\n{BODY}Climate:\n{end}")
    assert ("cut-off" in [remark.code for remark in page.diagnostics]) == cut
    assert (page.rows[-1].cells[0].text, page.rows[-1].confidence) == (end, CUT if cut else SURE)
    assert {row.confidence for row in page.rows[:-1]} == {SURE}


def test_two_pages_in_turn_are_no_comparison() -> None:
    text = "Chad Facts\n" + BODY + "Mali Facts\n" + BODY
    assert [(page.kind, page.countries) for page in parse_pages(text)] == [
        ("country", ("Chad",)),
        ("country", ("Mali",)),
    ]


@pytest.mark.parametrize(
    "text", ["Chad Facts\n", "Chad\nGeography\nPeople and Society\nEconomy\n", "Africa :: CHAD\n\n"]
)
def test_a_country_without_any_value_is_no_page(text: str) -> None:
    assert (bool(parse(text)), parse(text).diagnostics[0].code) == (False, "not-a-comparison")


def test_of_two_languages_the_one_of_the_labels_counts() -> None:
    french = "Tchad\nGéographie\nRessources naturelles:\npétrole, uranium (2001)\nTaux de natalité:\n41 pour 1 000\n"
    assert not parse(french)
    both = parse("Chad Facts\n" + BODY + "Natural resources:\nsans accès à la mer; 5 km\n")
    assert said(both)["Natural resources"] == "sans accès à la mer; 5 km"


LINES = st.sampled_from(
    [*BODY.splitlines(), "Chad", "Mali", "Economy :: CHAD", "Exports:", " | 5 km |", "", "[time series]"]
)


@given(st.lists(LINES | st.text(max_size=8), max_size=25).map("\n".join))
def test_any_lines_give_a_lossless_tree_and_cells_that_their_spans_cut(text: str) -> None:
    assert "".join(parse_tree(text).scan_values(lambda leaf: isinstance(leaf, Token))) == text
    for page in parse_pages(text):
        assert all(cell.span.cut(text) == cell.text for row in page.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("head", "source", "country", "code"),
    [
        ("Africa :: CHAD\n", None, "Chad", "country-by-heading"),
        ("The World Factbook: Cote d'Ivoire\n", None, "Cote d'Ivoire", "country-by-heading"),
        ("Nationality:\nnoun: Malian(s)\n", None, "Mali", "country-by-text"),
        ("Country name:\nconventional short form: Peru\n", None, "Peru", "country-by-text"),
        ("", Source("pages/kazakhstan.txt"), "Kazakhstan", "country-by-source"),
        ("", Source("a.jsonl", url="https://example.org/geos/kz.html"), "Kazakhstan", "country-by-source"),
        ("", Source("notes.txt"), None, "no-country"),
    ],
)
def test_what_tells_the_country(head: str, source: Source | None, country: str | None, code: str) -> None:
    page = parse(head + BODY, source=source)
    assert page.countries == ((country,) if country else ())
    assert [remark.code for remark in page.diagnostics] == [code]
    assert {fact.subject for fact in page.facts()} == {country}


def test_a_heading_goes_before_the_name_of_the_source() -> None:
    assert parse("Africa :: CHAD\n" + BODY, source=Source("mali.txt")).countries == ("Chad",)


def test_a_name_that_stands_twice_above_its_fields_is_no_header_of_two_columns() -> None:
    fields = (
        "Birth rate: 41 births/1,000 population (2022 est.)\nNatural hazards: winds\nLand boundaries: total: 9 km\n"
    )
    page = parse(f"Chad\nChad\n{fields}")
    assert (page.kind, page.countries) == ("country", ("Chad",))
    rows = "Birth rate | 41 (2002) | 39 (2010) |\nMedian age | 17 | 18 |\n"
    assert parse(f"Chad | Chad | |\n{rows}").kind == parse(f"Chad (2002)\nChad (2010)\n{rows}").kind == "comparison"


def test_the_caption_of_a_picture_is_no_part_of_a_cell() -> None:
    page = parse(
        "Chad\nPeople\nAge structure:\n0-14 years: 47% (2020 est.)\npopulation pyramid:\nMedian age:\ntotal: 16 years\n"
        "Birth rate:\n41 births/1,000 population (2020 est.)\n"
    )
    assert [row.cells[0].text for row in page.rows][:2] == ["0-14 years: 47% (2020 est.)", "total: 16 years"]


def test_words_of_several_countries_and_lists_of_names_tell_none() -> None:
    korean = parse(f"{BODY}Nationality:\nnoun: Korean(s)\n", source=Source("https://x.org/geos/kn.html"))
    assert (korean.countries, korean.diagnostics[0].code) == (("Korea, North",), "country-by-source")
    name = "Country name:\nconventional short form: Baker Island, Howland Island, Jarvis Island\n"
    assert parse(BODY + name).countries == ()
    assert parse(BODY + "Country name:\nconventional short form: Peru\n").countries == ("Peru",)


def test_dashes_without_spaces_and_headings_with_no_break_spaces_change_nothing() -> None:
    head = "South America :: CHILE\n"
    text = f"{head}{BODY}Debt - external:\n$5 billion (2020 est.)\n"
    for changed in (text.replace(" - ", "-"), text.replace(head, head.replace(" ", "\xa0"))):
        assert (parse(changed).countries, list(said(parse(changed)))) == (("Chile",), list(said(parse(text))))


MENU = "Geography\nArea\nNatural hazards\nGeography - note\nPopulation growth rate\n"


@pytest.mark.parametrize(
    "text", [f"Chad\n{MENU}{BODY}", f"{MENU}Africa :: CHAD\n{BODY}", f"Chad\n{BODY}{MENU}", f"Chad\n{MENU}{BODY}{MENU}"]
)
def test_a_menu_of_labels_is_no_part_of_the_page(text: str) -> None:
    assert (parse(text).countries, said(parse(text))) == (("Chad",), said(parse(f"Chad\n{BODY}")))
    tree = parse_tree(text)
    assert "".join(str(token) for token in tree.scan_values(lambda token: isinstance(token, Token))) == text


def test_what_a_field_means_is_no_part_of_its_cell() -> None:
    text = "".join(
        f"{line}\nThis entry tells what {line[:-1].lower()} is . . .\nmore\n"
        if line.endswith(":") and line[0].isupper()
        else f"{line}\n"
        for line in BODY.splitlines()
    )
    assert said(parse(f"Geography :: CHAD\n{text}")) == said(parse(f"Geography :: CHAD\n{BODY}"))


def parted(text: str, between: str) -> str:
    """The ``text`` as an extractor gives it that ends a line at every tag: a label's colon stands on its own line."""
    lines = text.split("\n")
    return "\n".join(f"{line[:-1]}{between}:" if line[:1].isupper() and line[-1:] == ":" else line for line in lines)


@pytest.mark.parametrize("between", ["\n", "\n\n\n", " \r\n \n\t", "\n\xa0"])
def test_the_colon_of_a_label_may_stand_on_a_line_of_its_own(between: str) -> None:
    page = parse(f"Europe\n::\nMALTA\nGeography ::\nMALTA\n{parted(BODY, between)}")
    assert (page.countries, said(page)) == (("Malta",), said(parse(f"Geography :: MALTA\n{BODY}")))
    assert {row.confidence for row in page.rows} == {SURE}


def test_a_colon_that_begins_a_line_of_a_cell_stays_in_it() -> None:
    page = parse(f"Chad\n{BODY}Languages:\nArabic\n: French and others\n")
    assert said(page)["Languages"] == "Arabic\n: French and others"


@pytest.mark.parametrize("heading", ["People and Society ::", "Transnational Issues::", "ECONOMY ::"])
def test_a_heading_whose_name_is_on_the_next_line_ends_the_cell_above(heading: str) -> None:
    page = parse(f"Geography ::\nCHAD\n{BODY}{heading}\nCHAD\nMedian age:\n16 years\n")
    assert said(page) == said(parse(f"Chad\n{BODY}Median age:\n16 years\n"))


def test_values_below_their_sub_labels_show_no_lost_label() -> None:
    fields = ("Area", "Land boundaries", "Coastline", "Land use", "Elevation")
    rows = "".join(f"{field}:\ntotal:\n{number} sq km\nnote:\nas measured\n" for number, field in enumerate(fields))
    page = parse(f"Geography :: CHAD\n{rows}Geography - note:\na dry land\n")
    assert said(page)["Elevation"] == "total:\n4 sq km\nnote:\nas measured"
    assert {row.confidence for row in page.rows} == {SURE}


@pytest.mark.parametrize("end", [" . . .\nmore", " . . . more", "... more", "\u2026\n\nmore"])
def test_a_definition_of_several_lines_that_is_cut_short_is_no_part_of_the_cell(end: str) -> None:
    meant = f"For most countries, this entry tells what is meant:\n\nStorm - a strong wind{end}\n"
    text = BODY.replace("hazards:\n", f"hazards:\n{meant}").replace("note:\n", f"note:\n{meant}")
    assert said(parse(f"Geography :: CHAD\n{text}")) == said(parse(f"Geography :: CHAD\n{BODY}"))


def test_a_field_of_two_sections_has_two_rows() -> None:
    twice = "Population distribution:\nmost live on the coast\n"
    page = parse(f"Chad\n{BODY}{twice}People and Society\nMedian age:\ntotal: 16 years\n{twice}")
    assert [row.topic for row in page.rows if row.label == "Population distribution"] == ["Geography", "Demographics"]


def test_labels_within_a_cell_are_no_rows() -> None:
    page = parse(
        f"{BODY}Economy - overview:\nfarming\nIndustries:\ntextiles\nPublic debt:\nNA\nEconomy of the islands:\n"
        "Industries: boats;\nPublic debt: none;\nExchange rates:\nCurrency: kroner per US dollar - 5.6 (2009)\n"
    )
    cells = said(page)
    assert (cells["Industries"], cells["Public debt"].split("\n")[0]) == ("textiles", "NA")
    assert cells["Exchange rates"] == "Currency: kroner per US dollar - 5.6 (2009)"


def test_a_name_in_a_cell_begins_no_page() -> None:
    (page,) = parse_pages(
        "Monaco Facts\n" + BODY + "Capital:\nMonaco\nBirth rate:\n9 births/1,000 population\nPorts:\nMali\n"
    )
    assert (page.countries, said(page)["Capital"], page.rows[-1].cells[0].text) == (("Monaco",), "Monaco", "Mali")


def test_a_name_above_fields_anew_begins_one() -> None:
    found = parse_pages("Chad\n\n" + BODY + "\nMali\n\n" + BODY)
    assert [(page.countries, len(page.rows)) for page in found] == [(("Chad",), 4), (("Mali",), 4)]


def test_labels_in_other_case_and_without_dash_are_known() -> None:
    page = parse("CHAD Facts\n\n" + BODY.replace("Geography - note", "Geography Note").replace("hazards", "Hazards"))
    assert list(said(page)) == ["Area", "Natural hazards", "Geography - note", "Population growth rate"]


def test_old_labels_count_on_old_pages_only() -> None:
    new = parse("Chad Facts\n" + BODY + "Major urban areas - population:\nN'Djamena 1.5 million\nNote: a remark\n")
    assert "Note: a remark" in new.rows[-1].cells[0].text
    old = (
        "Kenya Facts\n"
        "Total area:\n5 sq km\nNatural resources:\ngold\nNational product per capita:\n$320 (1992 est.)\n"
        "Note:\na remark\n"
    )
    assert said(parse(old))["Note"] == "a remark"


def test_where_labels_are_lost_nothing_is_sure() -> None:
    lost = parse((PAGES / "country_lost_labels.txt").read_text(encoding="utf-8"), books=())
    assert {row.confidence for row in lost.rows} == {DOUBTED}
    assert {row.confidence for row in parse("Chad Facts\n" + BODY).rows} == {SURE}


LOST = """\u2022 Geography :: CHAD
0 km
Terrain :
flat plains
tropical in the south
Coastline :
0 km (landlocked)
temperate
Natural hazards :
hot winds
note : rare
Land use :
arable land : 3%
other : 97% (2001)
"""


def test_where_labels_are_lost_the_book_tells_where_a_cell_ends() -> None:
    cells = {"Coastline": "0 km (landlocked)", "Natural hazards": "hot winds", "Terrain": "flat plains"}
    book = Book.build([KnownCell("CD", field, text, ("2001",)) for field, text in cells.items()])
    page = parse(LOST, books=[book])
    assert said(page) == {**cells, "Land use": "arable land : 3%\nother : 97% (2001)"}
    assert {row.name: row.confidence for row in page.rows} == {
        "Terrain": KNOWN,
        "Coastline": KNOWN,
        "Natural hazards": DOUBTED,  # a note may go on with a cell that is known without it
        "Land use": DOUBTED,
    }
    lost = [each.span.cut(LOST) for each in page.diagnostics if each.code == "no-label" and each.span is not None]
    assert lost == ["tropical in the south", "temperate", "note : rare"]
    assert not any(fact.text in lost for fact in page.facts())
    nameless = LOST.replace(" :: CHAD", "") + "Birth rate :\n41 births/1,000 population (2001 est.)\nDeath rate :\n15\n"
    addressed = parse(nameless, source=Source("td-chad.txt"), books=[book])
    assert said(page).items() <= said(addressed).items()
    without = parse(LOST, books=())
    assert {row.confidence for row in without.rows} == {DOUBTED}


def test_rows_of_one_value_make_a_country_page_and_rows_of_two_a_comparison() -> None:
    fields = ("Death rate", "Birth rate", "Net migration rate", "Total fertility rate", "Labor force")
    one = "".join(f"{field}\n\n{number} km (2020 est.)\n\n" for number, field in enumerate(fields))
    two = "".join(
        f"{field}\n{number} km (2020 est.)\n{number}3 km (2020 est.)\n" for number, field in enumerate(fields)
    )
    assert (parse("\n" + one).kind, len(parse("\n" + one).rows)) == ("country", 5)
    assert (parse("\n" + two).kind, len(parse("\n" + two).rows)) == ("comparison", 5)


@pytest.mark.parametrize(
    "text",
    [
        (PAGES / "not_a_city.txt").read_text(encoding="utf-8"),
        "Chad\nCapital: N'Djamena\nPopulation: 17 million (2012)\nArea: 5 sq km\nLanguages: French\nClimate: hot\n",
        "Acme\nBackground: founded 1990\nLocation: Paris\nIndustries: steel (2012)\nExports: 20% of GDP\nBudget: 5\n",
        "Fields\nBirth rate:\nDeath rate:\nNatural hazards:\nGeography - note:\nLabor force:\n1% (2020)\n5 km\n",
    ],
    ids=["city", "travel", "firm", "list of fields"],
)
def test_the_page_of_another_site_is_none(text: str) -> None:
    assert not parse(text)
    assert parse(text).diagnostics[0].code == "not-a-comparison"


@pytest.mark.parametrize(
    ("line", "name", "topic"),
    [
        ("South America :: CHILE", "CHILE", None),
        ("Introduction - Cote d'Ivoire", "Cote d'Ivoire", "Introduction"),
        ("Transnational Issues Burma", "Burma", "Transnational Issues"),
        ("Bahamas, The - Economy", "Bahamas, The", "Economy"),
        ("Kazakhstan Transnational Issues 2018", "Kazakhstan", "Transnational Issues"),
    ],
)
def test_headings_of_all_kinds(line: str, name: str, topic: str | None) -> None:
    found = heading_of(line)
    assert found is not None
    assert line[slice(*found.name)] == name
    assert (line[slice(*found.topic)] if found.topic else None) == topic


@pytest.mark.parametrize(
    "line", ["Chad and Mali", "Chad is landlocked", "Mali - Niger", "Geography", "New Zealand won"]
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert heading_of(line) is None


def test_addresses() -> None:
    for address, name in (
        ("geos/print_cd.html", "Chad"),
        ("x/guinea-bissau.txt.gz", "Guinea-Bissau"),
        ("KZ.json", "Kazakhstan"),
    ):
        assert country_of_address(address) is country_named(name)
    assert country_of_address(None) is country_of_address("page.html") is None


def test_the_kind_stands_in_the_json() -> None:
    assert json_schema()["properties"]["kind"] == {"enum": ["comparison", "country"]}
    assert '"kind":"country"' in parse("Chad Facts\n" + BODY).to_json()


def test_a_text_without_labels_is_not_looked_at_twice() -> None:
    assert country_pages("nothing but prose, line by line\n" * 50) == []
