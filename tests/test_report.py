"""Reports as files: what stands in them, that no text of a page is markup, and folders of many."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import factparse
from benchmarks.scaling import growth
from factparse.cli import cli
from factparse.core.errors import OutputError, SourceError, UsageError
from factparse.core.facts import AnyFact
from factparse.core.plain import shown
from factparse.core.spans import Span
from factparse.output.markup import Html, element, link, start, text
from factparse.output.report.document import asset, code_of
from factparse.output.report.facts import facts_table, value_text
from factparse.output.report.index import LISTED, Entry, Totals, address, index_html
from factparse.output.report.marks import MarkedText
from factparse.reporting import write_report
from tests.made import PAGE
from tests.test_output import FACTS

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<!--",
    "]]>",
    "&lt;b&gt;",
    "turned \u202e back",
    "half \ud800 pair",
    "' onmouseover='alert(1)",
    "{{7*7}} ${x} `x`",
)
VOID = {"meta", "input", "br", "img", "hr", "link"}


class Read(HTMLParser):
    """What a browser would make of a page: its elements, the text of each of some kinds; it fails at broken nesting."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def data(self, name: str) -> Any:  # noqa: ANN401
        at = [found.get("id") for tag, found in self.elements if tag == "script"].index(name)
        return json.loads(self.texts["script"][at])


def page_of(text: str) -> factparse.Page:
    return factparse.parse(text)


def test_a_page_is_one_file_that_asks_for_nothing(pages: Path) -> None:
    for path in sorted(pages.glob("*.txt")):
        for page in factparse.read(path):
            read = Read(page.to_html())
            asked = [found[name] for _, found in read.elements for name in ("src", "href", "action") if name in found]
            assert asked == ["#source"]
            assert not any(tag in ("link", "img", "iframe", "object", "base") for tag, _ in read.elements)


def test_rows_stand_side_by_side_with_their_confidence(pages: Path) -> None:
    page = next(iter(factparse.read(pages / "pipe_table.txt")))
    read = Read(page.to_html())
    bodies = [found for tag, found in read.elements if tag == "tbody" and "data-row" in found]
    assert [found["data-field"] for found in bodies] == [row.name for row in page.rows]
    levels = ["sure" if row.confidence >= 0.9 else "fair" if row.confidence >= 0.5 else "doubtful" for row in page.rows]
    assert [found["class"] for found in bodies] == levels
    assert {"sure", "fair"} <= set(levels)
    cells = [found["data-country"] for tag, found in read.elements if tag == "td" and "data-country" in found]
    both = [row for row in page.rows if len(row.cells) == 2]
    assert cells == [country for _ in both for country in page.countries]
    assert "Whose cell this is cannot be told; Portugal's is likelier." in "".join(read.texts["small"])


def test_why_a_row_is_divided_is_told_in_words() -> None:
    page = page_of("Chad vs. Mali\nEnergy\nChadMali\nElectricity access11% (2021)53% (2021)\n")
    words = re.sub(r"<[^>]+>", "", page.to_html())
    assert "… 11% (2021)┃53% (2021) …" in words
    said = page.explanation(page.rows[0]).readings[0]
    strongest = max(said.evidence.values(), key=abs)
    assert f"{'strongly' if abs(strongest) >= 3 else 'clearly'} for it:" in words
    assert 'class="edge"' in page.to_html()


def test_every_fact_is_marked_where_it_was_read(pages: Path) -> None:
    for path in sorted(pages.glob("*.txt")):
        for page in factparse.read(path):
            facts = page.facts()
            marked = MarkedText(page.text, facts)
            written = Read(marked.html(Span((0, len(page.text)))))
            printed: dict[int, str] = {}
            marks = [found for tag, found in written.elements if tag == "mark"]
            for found, words in zip(marks, written.texts.get("mark", ()), strict=True):
                for number in map(int, (found["data-facts"] or "").split()):
                    printed[number] = printed.get(number, "") + words
            assert set(printed) == {number for number, fact in enumerate(facts) if fact.span.size}
            assert printed == {number: shown(facts[number].text) for number in printed}


def test_the_innermost_fact_gives_the_colour() -> None:
    outer, inner = (
        factparse.Item(subject=None, subject_code=None, topic=None, field="F", text="", span=span, name="x")
        for span in (Span((0, 9)), Span((3, 5)))
    )
    html = MarkedText("gold coal", [outer, inner]).html(Span((0, 9)))
    assert re.findall(r'data-facts="([\d ]+)"', html) == ["0", "1 0", "0"]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)), max_size=8),
    st.text(max_size=40),
)
def test_no_character_is_lost_or_doubled_whatever_overlaps(spans: list[tuple[int, ...]], words: str) -> None:
    made = [Span(min(number, len(words)) for number in sorted(span)) for span in spans]
    facts = [
        factparse.Item(subject=None, subject_code=None, topic=None, field="F", text="", span=span, name="x")
        for span in made
    ]
    html = MarkedText(words, facts).html(Span((0, len(words))))
    assert re.sub(r"</?mark[^>]*>", "", html) == text(words)
    covered = {at for span in made for low, high in zip(span[::2], span[1::2], strict=True) for at in range(low, high)}
    marked = sum(len(each) for each in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.S))
    assert marked == sum(len(text(words[at])) for at in covered) or "\r\n" in words


@given(st.text(), st.text(), st.text())
def test_any_text_gives_sound_html(one: str, two: str, label: str) -> None:
    page = page_of(
        f"Aruba vs. Malta\nGeography\nAruba | Malta | |\nArea | {one} | {two} |\n{label} | {two} | {one} |\n"
    )
    read = Read(page.to_html())
    assert sum(tag == "script" for tag, _ in read.elements) == 2
    assert len(read.data("facts")) == len(page.facts())


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_of_a_page_is_markup(words: str) -> None:
    page = page_of(
        f"Aruba vs. Malta\nGeography\nAruba | Malta | |\n{words} | {words} 5 km | {words} |\n"
        f"Area | {words} | 316 sq km ({words}) |\nBackground | {words} | {words} |\n"
    )
    source = factparse.Source(words, 3, url=f"javascript:alert({words})", date=words)
    html = attrs.evolve(page, source=source).to_html()
    read = Read(html)
    assert page.rows
    assert not any(tag in ("img", "svg") for tag, _ in read.elements)
    assert sum(tag == "script" for tag, _ in read.elements) == 2
    handlers = [name for _, found in read.elements for name in found if name.startswith("on")]
    assert handlers == []
    assert not any("javascript" in (found.get("href") or "") for _, found in read.elements)
    assert "\u202e" not in html
    assert len(read.data("facts")) == len(page.facts())


def test_the_rule_for_the_browser_names_the_script_that_is_there() -> None:
    html = page_of(PAGE).to_html()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert html.count(code_of("page")) == 1


@pytest.mark.parametrize(
    ("address_", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("https:", False),
        ("http://[", False),
    ],
)
def test_only_pages_of_the_web_are_linked(address_: str, linked: bool) -> None:
    assert ("<a " in link(address_)) is linked


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_what_a_fact_says_is_in_its_line(fact: AnyFact) -> None:
    (cell,) = re.findall(r'<td class="says">(.*?)</td>', facts_table([fact]))
    said = dict(re.findall(r"<span><i>([^<]+)</i> (.*?)</span>", cell))
    own = {"unit", "value", "name", "percent", "count", "tier", "role", "kind", "status", "latitude", "places", "note"}
    told = {name: value for name, value in fact.to_dict().items() if name in own}
    assert told
    assert said.items() >= {name: text(value_text(name, value)) for name, value in told.items()}.items()


@pytest.mark.parametrize("kind", get_args(AnyFact), ids=lambda kind: kind.__name__)
def test_every_type_of_fact_has_a_line_of_its_own(kind: type) -> None:
    style = asset("report.css")
    rules = re.findall(r"\[data-type=(\w+)\] \{([^}]+)\}", style)
    assert kind.__name__ in dict(rules)
    assert len({rule for _, rule in rules}) == len(rules), "two types look alike"


def test_foreign_text_is_escaped_and_markup_is_not() -> None:
    assert element("p", "a < b", Html("<hr>"), title='"x"') == '<p title="&quot;x&quot;">a &lt; b<hr></p>'
    assert start("input", hidden=True, value=None, for_="x") == '<input hidden for="x">'


def test_a_page_of_no_country_and_one_of_a_single_country(pages: Path) -> None:
    empty = page_of("nothing to compare").to_html()
    assert "not-a-comparison" in empty
    assert "nothing to compare" in empty
    one = next(iter(factparse.read(pages / "country_2020.html")))
    assert one.kind == "country"
    assert 'class="rows of1"' in one.to_html()


def test_a_notebook_shows_a_page_in_a_frame_of_its_own() -> None:
    shown = page_of(PAGE)._repr_html_()
    read = Read(shown)
    ((tag, found),) = read.elements
    assert tag == "iframe"
    assert found["sandbox"] == "allow-scripts"
    assert found["srcdoc"] == page_of(PAGE).to_html()


# ---- folders


def outcomes(count: int) -> Iterator[factparse.Page]:
    for number in range(count):
        yield page_of(PAGE.replace("316 sq km", f"{number} sq km"))


def test_a_file_is_for_one_page(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    totals = write_report(outcomes(1), out)
    assert (totals.pages, totals.rows) == (1, 1)
    assert Read(out.read_text(encoding="utf-8")).data("facts")
    with pytest.raises(UsageError, match="several-pages"):
        write_report(outcomes(2), tmp_path / "two.html")
    assert not (tmp_path / "two.html").exists()
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_without_a_page_says_why(tmp_path: Path) -> None:
    totals = write_report([page_of("nothing")], tmp_path / "none.HTM")
    assert (totals.pages, totals.none) == (0, 1)
    assert "not-a-comparison" in (tmp_path / "none.HTM").read_text(encoding="utf-8")


def test_a_folder_has_a_file_for_each_page_and_an_index(tmp_path: Path) -> None:
    error = SourceError("unreadable", "broken <b>", source="x.jsonl")
    told: list[factparse.FactparseError] = []
    totals = write_report([*outcomes(3), error, page_of("nothing")], tmp_path / "out", told.append)
    assert (totals.pages, totals.none, totals.failures) == (3, 1, 1)
    assert told == [error]
    names = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.html"))
    assert names == ["index.html", *(address(number) for number in range(3))]
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "broken &lt;b&gt;" in index
    assert len(Read(index).data("pages")["pages"]) == 3
    page = (tmp_path / "out" / address(0)).read_text(encoding="utf-8")
    assert ("a", {"class": "home", "href": "../../index.html"}) in Read(page).elements


def test_a_report_replaces_an_earlier_one_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_report(outcomes(3), out)
    write_report(outcomes(1), out)
    assert [path.name for path in out.rglob("0*.html")] == ["000.html"]
    (out / "index.html").unlink()  # as after a run that was broken off
    write_report(outcomes(1), out)
    for stranger in ("notes.txt", "pages/0000/mine.txt", "index.html"):
        folder = tmp_path / f"of {len(stranger)}"
        path = folder / stranger
        path.parent.mkdir(parents=True)
        path.write_text("<p>mine</p>", encoding="utf-8")
        with pytest.raises(UsageError, match="folder-in-use"):
            write_report(outcomes(1), folder)
        assert path.read_text(encoding="utf-8") == "<p>mine</p>"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="unwritable"):
        write_report(outcomes(1), tmp_path / "file" / "out")


def entry(number: int, least: float = 1.0, doubtful: int = 0) -> Entry:
    return Entry(number, ("Chad", "Mali"), least, "Coastline", 5, doubtful, 9, f"dump-{number % 7}.jsonl", number)


def test_the_worst_come_first() -> None:
    entries = [entry(0), entry(1, 0.2), entry(2, 0.2, 3), entry(3, 0.95)]
    assert [each.number for each in sorted(entries, key=lambda each: each.order)] == [2, 1, 3, 0]


def test_an_index_of_ten_thousand_pages_is_small() -> None:
    names = [(f"{first}land", f"{second}stan") for first, second in pairwise("abcdefghijklmnopqrstuvwxyz")]
    field = "Refugees and internally displaced persons"
    entries = [
        Entry(
            number, names[number % 25], number / LISTED, field, 12, 3, 140, f"crawl/{number % 900:04}.warc.gz", number
        )
        for number in range(LISTED)
    ]
    html = index_html(entries, Totals(pages=2 * LISTED))
    assert len(html.encode()) <= 5_000_000
    assert "10,000 least sure are listed" in html


def test_names_in_an_index_are_no_markup() -> None:
    for words in HOSTILE:
        html = index_html([Entry(0, (words, "Mali"), 0.4, words, 3, 1, 5, words, 7)], Totals(pages=1), [words])
        read = Read(html)
        assert sum(tag == "script" for tag, _ in read.elements) == 2
        assert not any(tag in ("img", "svg") for tag, _ in read.elements)
        assert "\u202e" not in html


# ---- the command


def test_the_command_writes_a_file_or_a_folder(tmp_path: Path, pages: Path) -> None:
    run = CliRunner().invoke
    done = run(cli, ["report", str(pages / "glued.txt"), "-o", str(tmp_path / "page.html")])
    assert (done.exit_code, "1 page, 11 rows" in done.output) == (0, True)
    done = run(cli, ["report", str(pages), "-o", str(tmp_path / "all")])
    assert done.exit_code == 0
    assert (tmp_path / "all" / "index.html").exists()
    done = run(cli, ["report", str(pages), "-o", str(tmp_path / "two.html")])
    assert (done.exit_code, "several-pages" in done.output) == (2, True)


def test_the_command_tells_what_cannot_be_read(tmp_path: Path, inputs: Path) -> None:
    done = CliRunner().invoke(cli, ["report", str(inputs), "-o", str(tmp_path / "all")])
    assert done.exit_code == 3
    assert "c.jsonl:2" in done.output


def test_time_grows_with_the_rows_the_facts_and_the_pages_of_a_text() -> None:
    head = (
        "Aruba vs. Malta\nGeography\nAruba | Malta | |\nArea | 180 sq km | 316 sq km |\nCoastline | 68 km | 197 km |\n"
    )
    page = f"{head}Source: CIA Factbook\n\n"

    def reported(text: str) -> None:
        for found in factparse.parse_pages(text):
            found.to_html()

    for made in (
        lambda times: head + "My row | 1 km | 2 km |\n" * times + "Source: CIA Factbook\n",
        lambda times: head + f"Natural resources | {'ore, ' * times}tin | iron |\nSource: CIA Factbook\n",
        lambda times: page * (times // 4),
    ):
        assert growth(made, reported, 120, most=30).ratio <= 30
