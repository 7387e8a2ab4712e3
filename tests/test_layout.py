"""The layout tree: lossless for every text, and the parts of a page where they stand."""

import gzip
import json
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from benchmarks.scaling import growth
from factparse import parse_pages, parse_tree
from factparse.celltrees import within
from factparse.columns.rows import RawPage, raw_pages
from factparse.core.words import forms
from factparse.language import Value
from factparse.layout.evidence import EVIDENCE, weigh
from factparse.layout.html import render
from factparse.layout.index import label_lines, lines, telling_lines
from factparse.layout.lexer import with_breaks
from factparse.layout.tables import LAYOUTS, Layout
from factparse.layout.tree import cells_tree, layout_tree, parser
from factparse.vocabulary import labels as labels_printed
from factparse.vocabulary import topic_headings
from tests.made import FIXTURES

PAGES = FIXTURES / "pages"
HEAD = "Malta vs. Aruba\n\nGeography\n\nMaltaAruba\n"

PARTS = st.sampled_from(
    [
        *("Malta vs. Aruba", "MaltaAruba", "Malta | Aruba | |", "|  | Malta | Aruba |", "\t\tMalta\t\tAruba", "Home"),
        *("Geography", "GOVERNMENT", "Area", "Area - comparative", "Coastline", "Airports12", "Area | 5 | 7 |"),
        *("Coastline\t\t1 km\t\t2 km", "Source: CIA Factbook", "---|---|---", "=====", "|", "||", "\t", " ", "  "),
        *("Advertisement", "[Show more]", "GeographyShare this page: mail", "Malta Aruba Read more"),
        *("\n", "\n\n", "\r\n", "\r", "\u00a0", "\u200b", "total: 5 sq km", "{a|b}", '"', "(2020 est.)"),
    ]
)
TEXTS = st.lists(PARTS | st.text(max_size=5), max_size=30).map("".join) | st.text(max_size=80)


def leaves(tree: Tree[Token]) -> str:
    return "".join(str(token) for token in tree.scan_values(lambda _: True))


def tokens(tree: Tree[Token], kind: str) -> list[Token]:
    return list(tree.scan_values(lambda leaf: isinstance(leaf, Token) and leaf.type == kind))


def only(text: str) -> RawPage:
    (page,) = raw_pages(text, layout_tree(text))
    return page


def labels(text: str) -> list[str]:
    return [row.label.text for page in raw_pages(text, layout_tree(text)) for s in page.sections for row in s.rows]


@given(TEXTS)
@example("Malta vs. Aruba\rGeography\rMaltaAruba\rArea1 km2 km\r")
@example("Malta vs. ArubaHomeMalta vs. ArubaGeographyMaltaArubaArea1 km2 kmCoastline3 km4 km" + "x" * 400)
def test_the_leaves_joined_are_the_text(text: str) -> None:
    assert leaves(layout_tree(text)) == text
    assert leaves(parse_tree(text)) == text


@given(TEXTS)
def test_every_token_stands_where_it_says(text: str) -> None:
    at = 0
    for token in parse_tree(text).scan_values(lambda _: True):
        assert token.start_pos == at
        at += len(token)


@pytest.mark.skipif("FACTPARSE_CORPUS" not in os.environ, reason="FACTPARSE_CORPUS names no corpus of pages")
def test_every_page_of_the_corpus_is_lossless() -> None:
    with gzip.open(Path(os.environ["FACTPARSE_CORPUS"]), "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            assert leaves(parse_tree(text)) == text


def test_the_parts_of_a_page() -> None:
    tree = parse_tree("Home\n" + HEAD + "Coastline196.8 km68.5 km\n\nSource: CIA Factbook\n")
    kinds = [token.type for token in tree.scan_values(lambda _: True)]
    head = "NOISE NAME VERSUS NAME TAIL TOPIC TAIL NAME NAME TAIL"
    assert kinds == f"{head} LABEL NUMBER SPACE UNIT BORDER NUMBER SPACE UNIT GAP SOURCE".split()


@pytest.mark.parametrize(
    "label", ["Airports - with paved runways", "Airports", "Area - comparative", "Area", "Map references"]
)
def test_of_labels_within_labels_the_longest(label: str) -> None:
    assert labels(HEAD + "Coastline1 km2 km\n" + label + "12 (2013)9 (2013)\n") == ["Coastline", label]


@pytest.mark.parametrize(
    "line",
    [
        "Area, in square kilometres, is small",
        "Areas of peat are common",
        "Airports: see the note",
        "Independence Day, 21 September (1964)",
        "Constitutional reform was begun in 1974",
        "Coalition for Change",
    ],
)
def test_a_line_of_a_cell_that_starts_like_a_label(line: str) -> None:
    page = HEAD + f"Map referencesEuropeCentral America\nNatural hazardsnone\n{line}\nnone\nCoastline196.8 km68.5 km\n"
    assert labels(page) == ["Map references", "Natural hazards", "Coastline"]


def test_a_label_that_comes_twice_is_a_row_once() -> None:
    assert labels(HEAD + "Coastline1 km2 km\nCoastline3 km\nMap referencesEuropeCaribbean\n") == [
        "Coastline",
        "Map references",
    ]


def test_topics_told_from_labels() -> None:
    text = "Malta | Aruba | |\nArea | 5 | 7 |\nCoastline | 1 km | 2 km |\nMalta | Aruba | |\nMedian age | 41 | 39 |\n"
    assert [section.topic for section in only(text).sections] == ["Geography", "Demographics"]


def test_a_heading_without_rows() -> None:
    page = only(HEAD + "Area1 km2 km\n\nEnergy\n\nMilitary\n\nMaltaAruba\nMilitary branchesArmynone\n")
    assert [(section.topic, len(section.rows)) for section in page.sections] == [
        ("Geography", 1),
        ("Energy", 0),
        ("Military", 1),
    ]


@pytest.mark.parametrize(
    "header",
    ["MaltaAruba", "Malta\nAruba", "Malta | Aruba | |", "\t\tMalta\t\tAruba", "   Malta        Aruba  ", "ArubaMalta"],
)
def test_headers_in_every_shape(header: str) -> None:
    (section,) = only(f"Malta vs. Aruba\nGeography\n{header}\nCoastline | 1 km | 2 km |\n").sections
    assert section.header is not None
    assert sorted(section.header.names) == ["Aruba", "Malta"]
    assert section.header.names[0] == header.strip()[:5]


def test_a_header_with_editions() -> None:
    (section,) = only("Togo (2002) | Togo (2010)\nMedian age | 17.1 years (2002) | 18.7 years (2010) |\n").sections
    assert section.header is not None
    assert section.header.editions == (2002, 2010)


def test_several_pages_in_one_text() -> None:
    text = HEAD + "Area1 km2 km\nSource: CIA Factbook\n\nTogo vs. Peru\nEnergy\nTogoPeru\nElectricity access45%95%\n"
    assert [page.names for page in raw_pages(text, layout_tree(text))] == [("Malta", "Aruba"), ("Togo", "Peru")]


def test_a_page_whose_line_breaks_are_lost() -> None:
    text = (
        "Malta vs. ArubaHomeMalta vs. ArubaGeographyMaltaArubaMap referencesEuropeCentral America and the Caribbean"
        "Coastline196.8 km68.5 kmClimateMediterranean; mild, rainy winterstropical marine; little seasonal change"
        "Terrainmostly low, rocky, flat to dissected plains; many coastal cliffsflat with a few hills"
        "Source: CIA Factbook"
    )
    assert labels(text) == ["Map references", "Coastline", "Climate", "Terrain"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Area\n",
        "Background\nWe are a small company.\n",
        "Portugal vs. Spain\n\nClimate\nsunny\n",
        "Note\nType\nNames\nOverview\n",
        "Kazakhstan vs. Russia ended 2-1 after extra time.\n",
        "Compare Chad vs Mali\nCountry | Chad | Mali\nPopulation | 16 m | 20 m\nGDP per capita | $660 | $870\n",
        "Spain vs Peru: prices\nSpain\nPeru\nMilk\n1\n2\nUnemployment rate\n12%\n6%\nMedian age\n44\n29\n",
        "Japan vs. Cuba\n\nPopulation\nJapan has more people\nEconomy\nBoth export\nExports\nCars\n",
    ],
)
def test_what_is_no_page(text: str) -> None:
    assert list(raw_pages(text, layout_tree(text))) == []


def test_lone_returns_become_line_feeds_at_the_same_offsets() -> None:
    text = "a\rb\r\nc\n\r\rd"
    assert with_breaks(text) == "a\nb\r\nc\n\n\nd"
    assert len(with_breaks(text)) == len(text)


TAGS = st.sampled_from(["<td>", "<tr>", "<table>", "a", "&amp;", "<br>", "</td>", " ", "<h2>", "<title>", "\t"])


@given(st.text(max_size=60) | st.lists(TAGS).map("".join))
def test_rendered_html_leads_back_to_its_source(html: str) -> None:
    page = render(html)
    for row in page.rows:
        for cell in row.cells:
            start, end = page.offsets.to_source(cell)
            assert 0 <= start <= end <= len(html)


@pytest.mark.parametrize("piece", ["| ", "\t ", "|"])
def test_empty_cells_behind_the_last_text_are_few_pieces(piece: str) -> None:
    text = f"{HEAD}Area | 5 | 7 {piece * 50_000}\nCoastline | 1 | 2 |\n"
    rows = only(text).sections[0].rows
    assert [row.label.text for row in rows] == ["Area", "Coastline"]
    pieces = rows[0].pieces
    assert len(pieces) < 100
    assert "".join(text[one.start : one.end] for one in pieces) == text[pieces[0].start : rows[0].end]


def cells(text: str) -> list[list[str]]:
    (page,) = parse_pages(text)
    return [[cell.text for cell in row.cells] for row in page.rows]


ROWS = [["196.8 km", "68.5 km"], ["45%", "95%"]]
LINES = [
    "Advertisement",
    "[Show more]",
    "-- ADVERTISEMENT --",
    "Share this page: Nest, mail",
    "| Read more |",
    "\tSee all",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("heading", ["", "\nEnergy\nMaltaAruba\n"], ids=["row", "heading"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_of_noise_behind_a_row(line: str, heading: str, ending: str) -> None:
    noise = f"{line}\n\nFacebook\n"
    text = f"{HEAD}Coastline196.8 km68.5 km\n{noise}{heading}Electricity access45%95%\n{noise}".replace("\n", ending)
    assert cells(text) == ROWS
    assert [str(token).strip() for token in tokens(layout_tree(text), "NOISE")] == [line.strip(), "Facebook"] * 2


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Coastline196.8 km68.5 kmShare this page on Chirper\nEnergy\nMaltaAruba\nElectricity access45%95%\n",
        HEAD + "Coastline196.8 km68.5 km\nEnergyShare this page\nMaltaAruba[Show more]\nElectricity access45%95%\n",
        HEAD + "Coastline | 196.8 km | 68.5 km |\nElectricity access | 45% | 95% | Show more\n",
        "MaltaArubaShow more\nRead more\nCoastline196.8 km68.5 km\nElectricity access45%95%\nSource: CIA Factbook\n",
    ],
    ids=["cell", "headings", "bar", "no title"],
)
def test_noise_glued_to_what_stands_before(text: str) -> None:
    assert cells(text) == ROWS


@pytest.mark.parametrize(
    "cell",
    [
        "villages ask to learn more",
        "a club of readers who Read more",
        "the reader of the Malta Advertisement",
        "a network kept by MyFacebook",
        "small islands\nshow more than they hide",
    ],
)
def test_what_only_looks_like_noise_stays_in_its_cell(cell: str) -> None:
    text = f"{HEAD}Natural hazards | none | {cell} |\nCoastline | 1 km | {cell}\n\nEnergy\n"
    assert cells(text) == [["none", cell], ["1 km", cell]]


def test_noise_within_a_cell_is_no_end_of_it() -> None:
    text = f"{HEAD}Natural hazards | none | storms\nAdvertisement\ndroughts |\nCoastline | 1 km | 2 km |\n"
    assert cells(text)[0] == ["none", "storms\nAdvertisement\ndroughts"]


def test_no_phrase_of_noise_begins_like_a_row_or_a_heading() -> None:
    page = "".join(f"\n{form}\n{form.capitalize()}" for form in forms("noise"))
    assert [match[0] for match in lines().finditer(page)] == []


def kinds(tree: Tree[Token]) -> list[str]:
    return [str(child.data) if isinstance(child, Tree) else child.type for child in tree.children]


def test_what_follows_what_is_said_by_rules() -> None:
    text = f"Home\n{HEAD}---\nArea5 km7 km\nrumours\n\nSource: CIA Factbook\nEnergy\nElectricity access45%95%\n"
    _, page = layout_tree(text).children
    assert isinstance(page, Tree)
    _, geography, energy = (child for child in page.children if isinstance(child, Tree))
    assert kinds(page) == ["title", "section", "section"]
    assert kinds(geography) == ["topic", "header", "RULE", "row", "SOURCE"]
    assert kinds(energy) == ["topic", "row"]


@pytest.mark.parametrize(
    "wrong", ["_PAGE _SECTION LABEL RUN TOPIC", "TOPIC", "_PAGE _SECTION LABEL RUN NAME NAME", "_PAGE NAME VERSUS"]
)
def test_the_grammar_takes_no_other_order(wrong: str) -> None:
    with pytest.raises(UnexpectedInput):
        parser().parse(tuple(Token(kind, "") for kind in wrong.split()), start="start")


@pytest.mark.parametrize("wrong", ["CELL_B CELL_A", "CELL_A CELL_A", "CELL_UNKNOWN CELL_A", "CELL_A BORDER GAP"])
def test_cells_stand_in_the_order_of_the_columns(wrong: str) -> None:
    with pytest.raises(UnexpectedInput):
        cells_tree(Token(kind, "") for kind in wrong.split())


@pytest.mark.parametrize(
    ("behind", "token"),
    [(" | 5 | 7 |", "BARS"), ("\t5\t7", "TABS"), ("   5   7", "WIDE"), (" 5 7", "SPACED"), ("57", "RUN")],
)
def test_the_token_behind_a_label_tells_the_layout(behind: str, token: str) -> None:
    labelled = "".join(f"{label}{behind}\n" for label in ("Land use", "Natural hazards", "Area"))
    rows = layout_tree(HEAD + labelled).find_data("row")
    assert [kinds(row) for row in rows] == [["LABEL", token]] * 3


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_grammar_has_the_tokens_of_every_layout(layout: Layout) -> None:
    row = [Token(kind, "") for kind in ("_PAGE", "_SECTION", "LABEL", layout.token)]
    assert [kinds(tree) for tree in parser().parse(tuple(row), start="start").find_data("row")] == [
        ["LABEL", layout.token]
    ]
    made = cells_tree(Token(kind, "") for kind in (layout.border, "CELL_A", "CELL_B"))
    assert kinds(made) == [layout.border, "cell_a", "cell_b"]


def test_evidence_is_named_once() -> None:
    names = [(each.of, each.name) for each in EVIDENCE]
    assert len(set(names)) == len(names)
    assert all(each.why and each.weight for each in EVIDENCE)
    with pytest.raises(KeyError):
        weigh("country", {"nothing of the kind": 1})


def test_more_of_a_kind_of_evidence_counts_no_more_than_it_may() -> None:
    assert weigh("page", {"topics": 9, "own labels": 1}) == weigh("page", {"topics": 2, "own labels": 1}) == 3.0
    assert weigh("country", {"topics": 99}) == weigh("country", {"topics": 4}) == 2.0


PADDED = """Malta vs. Aruba
Geography
              Malta               Aruba
Area          total: 316 sq km    total: 180 sq km
              land: 316 sq km     land: 180 sq km
                                  note: about as
                                  large as a town
"""


def is_number(leaf: object) -> bool:
    return isinstance(leaf, Token) and leaf.type == "NUMBER"


def test_padded_cells_are_opened_piece_by_piece() -> None:
    (row,) = parse_tree(PADDED).find_data("row")
    pieces = [child for child in row.children if isinstance(child, Tree)]
    assert [piece.data for piece in pieces] == ["cell_a", "cell_b", "cell_a", "cell_b", "cell_b", "cell_b"]
    figures = [[str(leaf) for leaf in piece.scan_values(is_number)] for piece in pieces]
    assert figures == [["316"], ["180"], ["316"], ["180"], [], []]
    notes = [leaves(note) for piece in pieces for note in piece.find_data("note")]
    assert notes == ["note: about as"]
    assert leaves(parse_tree(PADDED)) == PADDED


def test_what_crosses_a_line_stands_in_both_pieces_of_a_cell() -> None:
    inside = Value("cell", 0, 6, (Value("number", 0, 2), Value("words", 2, 6)))
    first = list(within(inside, "12abcd", (0, 4), 10))
    second = list(within(inside, "12abcd", (4, 6), 20))
    assert [(token.type, token, token.start_pos) for token in first if isinstance(token, Token)] == [
        ("NUMBER", "12", 10),
        ("WORDS", "ab", 12),
    ]
    assert [(token.type, token, token.start_pos) for token in second if isinstance(token, Token)] == [
        ("WORDS", "cd", 24)
    ]


MUTATIONS = (
    "",
    "\n",
    "\r",
    "\t",
    "|",
    " | ",
    "  ",
    "\u00a0",
    "Malta vs. Aruba\n",
    "Energy\n",
    "Source: CIA Factbook\n",
    "\nAdvertisement\n",
    "Share this page: mail",
)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_mutilated_pages_are_lossless(path: Path) -> None:
    random, text = Random(path.stem), path.read_text(encoding="utf-8")
    for _ in range(20):
        piece = text[random.randrange(len(text)) :][: random.randrange(40, 3000)]
        for _ in range(random.randrange(1, 6)):
            at = random.randrange(len(piece) + 1)
            piece = piece[:at] + random.choice(MUTATIONS) + piece[at + random.randrange(30) :]
        assert leaves(parse_tree(piece)) == piece


BARRED = ("Malta | Aruba |\nLand use | ", "5 km | 7 km |\n")
PADDING = ("              Malta               Aruba\nLand use", "      land: 316 sq km     land: 180 sq km\n")


@pytest.mark.parametrize(("head", "line"), [BARRED, PADDING], ids=["bars", "padded columns"])
def test_the_time_of_a_tree_grows_as_the_text_does(head: str, line: str) -> None:
    def page(lines: int) -> str:
        return f"Malta vs. Aruba\nGeography\n{head}{line * lines}"

    assert growth(page, parse_tree, 600, most=30).ratio <= 30


def test_no_label_or_topic_is_passed_over_by_the_look_at_first_letters() -> None:
    written = [label.text for label in labels_printed() if not label.part]
    texts = [f"Home\n\t{text.replace(' - ', dash)} | 5 |" for text in written for dash in (" - ", "--", "-", "\u2013")]
    missed = [text for text in texts if label_lines().search(text) and not [*telling_lines(text)]]
    assert sum(label_lines().search(text) is not None for text in texts) > len(written)
    assert missed == []
    headed = [f"{before}{topic}: Area: 5" for before in ("", "Category: ") for topic in topic_headings()]
    assert [text for text in headed if not [match for match in telling_lines(text) if match["headed"]]] == []
