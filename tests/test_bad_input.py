"""Any text at all: an answer or a clear error, never a traceback, in a time that grows with the size and no faster."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import factparse
from benchmarks.hostile import HEAD, HOSTILE
from factparse import Page
from tests.made import FIXTURES, PAGE

VALIDATOR = Draft202012Validator(factparse.json_schema())
MILLION = 1_000_000


def holds(page: Page, text: str) -> None:
    """What is true of every page of every text."""
    assert page.text == text
    for cell in (cell for row in page.rows for cell in row.cells):
        assert cell.span.cut(text) == cell.text
    for fact in page.facts():
        assert fact.span.cut(text) == fact.text
        assert 0 <= fact.confidence <= 1
    assert page or "not-a-comparison" in {remark.code for remark in page.diagnostics}
    assert all(remark.span is None or remark.span.end <= len(text) for remark in page.diagnostics)
    VALIDATOR.validate(json.loads(page.to_json()))


def check(text: str) -> Page:
    """Parse ``text`` in every way and see that the promises hold."""
    page = factparse.parse(text)
    holds(page, text)
    assert "".join(str(leaf) for leaf in factparse.parse_tree(text).scan_values(lambda _: True)) == text
    assert factparse.parse_pages(text)
    return page


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\r\n\r\n", "\0", "\ufeff", "|", "\t", "\u00a0", "a", "Area", "\u2028\x85\x0b\x0c"]
)
def test_next_to_nothing(text: str) -> None:
    assert not check(text)


def test_nothing_as_bytes() -> None:
    assert [remark.code for remark in factparse.parse(b"").diagnostics] == ["not-a-comparison"]


def test_binary() -> None:
    page = factparse.parse(bytes(range(256)) * 100)
    assert not page
    assert {"not-a-comparison", "invalid-bytes"} <= {remark.code for remark in page.diagnostics}
    VALIDATOR.validate(json.loads(page.to_json()))


def test_invalid_utf8_in_a_page_costs_one_character_and_tells_where() -> None:
    data = PAGE.replace("316 sq km", "316 sq km (Filfla ? included)").encode().replace(b"?", b"\xe9")
    page = factparse.parse(data)
    assert [cell.text for cell in page.rows[0].cells] == ["316 sq km (Filfla \ufffd included)", "180 sq km"]
    (remark,) = [remark for remark in page.diagnostics if remark.code == "invalid-bytes"]
    assert f"at byte {data.index(0xE9)};" in remark.message
    assert remark.span is not None
    assert remark.span.cut(page.text) == "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark(encoding: str) -> None:
    assert factparse.parse(PAGE.encode(encoding)).countries == ("Malta", "Aruba")


def test_nul_characters_in_a_page() -> None:
    page = check(PAGE.replace("316", "31\x006"))
    assert page.countries == ("Malta", "Aruba")
    assert "nul-characters" in [remark.code for remark in factparse.parse(page.text.encode()).diagnostics]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n", " \n", "\n\r\n"])
def test_other_line_ends(end: str) -> None:
    page = check(PAGE.replace("\n", end))
    assert page.countries == ("Malta", "Aruba")
    assert [cell.text for cell in page.rows[0].cells] == ["316 sq km", "180 sq km"]


def test_mixed_line_ends() -> None:
    ends = ("\n", "\r\n", "\r")
    text = "".join(line + ends[number % 3] for number, line in enumerate(PAGE.split("\n")))
    assert [cell.text for cell in check(text).rows[0].cells] == ["316 sq km", "180 sq km"]


@pytest.mark.parametrize("mark", ["\u200f", "\u202e", "\u200b", "\u0301", "\u2066", "\U0001f1f2\U0001f1f9"])
def test_marks_inside_cells_are_kept(mark: str) -> None:
    page = check(PAGE.replace("316 sq", f"316 s{mark}q"))
    assert page.rows[0].cells[0].text == f"316 s{mark}q km"


def test_half_a_surrogate_pair() -> None:
    page = factparse.parse(PAGE.replace("316", "31\ud8006"))
    assert page.countries == ("Malta", "Aruba")
    assert "\\ud800" not in page.to_json()
    page.to_json().encode()


@pytest.mark.parametrize(
    ("name", "step"),
    [("first_page.txt", 1), ("transnational_mixed.txt", 5), ("broken_pipes.txt", 1), ("filler_paragraphs.txt", 1)],
)
def test_a_page_cut_anywhere(pages: Path, name: str, step: int) -> None:
    text = (pages / name).read_bytes().decode()
    for end in range(0, len(text), step):
        part = text[:end]
        page = factparse.parse(part)
        assert all(cell.span.cut(part) == cell.text for row in page.rows for cell in row.cells)
        assert all(fact.span.cut(part) == fact.text for fact in page.facts())


def test_a_page_cut_at_the_front(pages: Path) -> None:
    text = (pages / "transnational_mixed.txt").read_bytes().decode()
    for start in range(0, len(text), 41):
        part = text[start:]
        page = factparse.parse(part)
        assert all(fact.span.cut(part) == fact.text for fact in page.facts())


def test_two_pages_glued(pages: Path) -> None:
    text = (pages / "two_pages.txt").read_bytes().decode()
    found = factparse.parse_pages(text)
    assert [page.countries for page in found] == [("Chile", "Kenya"), ("Kenya", "Samoa")]
    for page in found:
        assert all(cell.span.cut(page.text) == cell.text for row in page.rows for cell in row.cells)


def test_two_pages_without_anything_between() -> None:
    assert len(factparse.parse_pages(PAGE + PAGE)) == 2


@pytest.mark.parametrize("name", ["not_attributes.txt", "not_travel.txt", "not_encyclopaedia.txt"])
def test_what_is_no_comparison_page(pages: Path, name: str) -> None:
    page = check((pages / name).read_text(encoding="utf-8"))
    assert not page
    assert page.facts() == ()
    assert [remark.code for remark in page.diagnostics] == ["not-a-comparison"]


@pytest.mark.parametrize("kind", HOSTILE)
def test_much_of_one_thing(kind: str) -> None:
    check(HOSTILE[kind](50_000))


def test_ten_megabytes_on_one_line() -> None:
    text = f"{HEAD}Illicit drugs" + "transit point for heroin, cocaine and hashish " * (10 * MILLION // 46)
    page = factparse.parse(text)
    assert sum(len(cell.text) for row in page.rows for cell in row.cells) > 9 * MILLION
    assert all(fact.span.cut(text) == fact.text for fact in page.facts())


def test_ten_thousand_nested_brackets() -> None:
    page = check(f"{HEAD}Illicit drugs\n\n{'(' * 10_000}{')' * 10_000}\n\ntransit point for heroin\n")
    assert page.countries == ("Malta", "Aruba")


def test_deeply_nested_html() -> None:
    page = factparse.parse_html("<div>" * 10_000 + "<table><tr><td>" * 2_000)
    assert not page
    VALIDATOR.validate(json.loads(page.to_json()))


@pytest.mark.parametrize(
    "html", ["", "<", "<td", "<table><tr><td>Area", "&#xFFFFFFF;&nosuch;", "<!--", "<script>", "</td></tr>"]
)
def test_broken_html(html: str) -> None:
    assert not factparse.parse_html(html)


@pytest.mark.parametrize(
    "broken", ["<![>", "<![foo[", "<![foo>", "<![", "<![ ]>", "<![CDATA[x]]>", "<![if !IE]>", "<!x[>"]
)
def test_declarations_nobody_knows_are_passed_over(broken: str) -> None:
    html = f"<h1>Malta vs. Aruba</h1>{broken}<p>x</p><table><tr><td><td>Malta<td>Aruba<tr><td>Area<td>1<td>2</table>"
    page = factparse.parse_html(html)
    assert [cell.text for cell in page.rows[0].cells] == ["1", "2"]
    assert factparse.parse_html(f"Area{broken}").text.startswith("Area")


@given(st.lists(st.sampled_from(["<", "<!", "<![", "]", "]]>", ">", "--", "CDATA[", "if", "x", "&#", "</", "?", "="])))
def test_any_mixture_of_marks_is_read_as_html(parts: list[str]) -> None:
    html = "".join(parts)
    page = factparse.parse_html(f"Area {html}")
    assert page.text.startswith("Area")


def test_html_of_bytes_that_are_no_text_says_so_without_a_table_too() -> None:
    page = factparse.parse_html(b"<p>Cura\xe7ao</p>")
    assert [remark.code for remark in page.diagnostics] == ["invalid-bytes", "not-a-comparison"]


def test_html_cut_anywhere(pages: Path) -> None:
    text = (pages / "page.html").read_bytes().decode()
    for end in range(0, len(text), 7):
        page = factparse.parse_html(text[:end])
        assert all(fact.span.cut(page.text) == fact.text for fact in page.facts())


PIECES = st.sampled_from(
    [
        "Malta vs. Aruba",
        "MaltaAruba",
        "Malta | Aruba | |",
        "Malta v Aruba",
        "Source:Factbook",
        "Geography",
        "Transnational Issues",
        "Natural gas - exports",
        "Natural gas",
        "Area",
        "Illicit drugs",
        "Home",
        "\n",
        "\n\n",
        " | ",
        "|",
        "Refugees and internally displaced persons",
        "Disputes - international",
        "Trafficking in persons",
        "Source: CIA Factbook",
        "\t",
        '"',
        '""',
        "(",
        ")",
        ";",
        ": ",
        "total: 5 sq km",
        "Tier 2 (2020)",
        "none",
        "NA",
        "\u00a0",
        "\r\n",
        "---|---|---",
        "note - ",
        "IDPs: 5,000 (2019)",
        "  ",
        "heroin",
        "{a|b}",
        "Kazakhstanis",
        "\u202e",
    ]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_any_mixture_of_the_parts_of_a_page(text: str) -> None:
    check(text)


PATHS = sorted((FIXTURES / "pages").glob("*.txt"))
TEXTS = [path.read_bytes().decode() for path in PATHS]
EDITS = st.tuples(st.sampled_from(["insert", "cut", "again", "mix"]), st.floats(0, 1), st.integers(1, 200), PIECES)


def mutilated(text: str, edits: list[tuple[str, float, int, str]]) -> str:
    """Return ``text`` after each of ``edits``: what to do, where (0 to 1), with how many characters, what to insert."""
    for what, place, size, piece in edits:
        at = int(place * len(text))
        if what == "insert":
            text = text[:at] + piece + text[at:]
        elif what == "cut":
            text = text[:at] + text[at + size :]
        elif what == "again":
            text = text[: at + size] + text[at:]
        else:
            other = TEXTS[size % len(TEXTS)]
            text = text[:at] + other[int(place * len(other)) :][: 20 * size] + text[at:]
    return text


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in PATHS])
@given(edits=st.lists(EDITS, min_size=1, max_size=12))
@settings(max_examples=40)
def test_mutilated_pages(text: str, edits: list[tuple[str, float, int, str]]) -> None:
    check(mutilated(text, edits))


@pytest.mark.parametrize(
    "text",
    [
        "Natural gas-exports\nNatural gas-imports\nNatural gasA South Sandwich Islands v Turks and Caicos",
        "North Macedonia v San MarinoMilitaryNorth MacedoniaSan MarinoSource:Factbook"
        "Manpower reaching militarily significant age annuallye % f l d p",
    ],
)
def test_marks_that_would_overlap(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    VALIDATOR.validate(json.loads(factparse.parse(data).to_json()))


@pytest.mark.parametrize("field", ["Area", "Trafficking in persons", "Illicit drugs", "Disputes - international",
                                   "Refugees and internally displaced persons", "no such field"])  # fmt: skip
@given(text=st.lists(PIECES | st.text(max_size=6), max_size=20).map("".join))
def test_any_text_of_a_field(field: str, text: str) -> None:
    for fact in factparse.extract(field, text, subject="Malta"):
        assert fact.span.cut(text) == fact.text
