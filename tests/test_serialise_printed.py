"""Facts printed cell by cell: the same bytes as a page's own JSON, whatever was printed before, within a bound."""

import json
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

import factparse
from factparse import Page, Span
from factparse.columns.table import Cell, Row, Section
from factparse.convert.records import convert_record
from factparse.output.json import facts_json
from factparse.output.printed import Memory, printed_facts, printed_page
from factparse.sources.record import Record

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def fixture_pages() -> Iterator[Page]:
    for path in sorted((FIXTURES / "pages").iterdir()):
        if path.suffix == ".txt":
            yield from factparse.parse_pages(path.read_bytes())
        elif path.suffix == ".html":
            yield factparse.parse_html(path.read_bytes())


def cells(text: str, field: str, *spans: Span, confidence: float = 0.5) -> Page:
    row = Row(
        field, field, "Geography", tuple(Cell("Malta", text, span) for span in spans), confidence, "lines", spans[0]
    )
    return Page("", ("Malta", "Aruba"), (Section("Geography", (row,), spans[0]),))


def printed(page: Page, memory: Memory) -> list[str]:
    return printed_facts(page, memory)[1]


class TestPrinted:
    def test_pages_are_printed_as_they_print_themselves(self) -> None:
        memory, count = Memory(), 0
        for page in [*fixture_pages(), *fixture_pages()]:
            kinds, found = printed_facts(page, memory)
            assert printed_page(page, found) == page.to_json()
            assert kinds == [type(fact).__name__ for fact in page.facts()]
            count += len(found)
        assert count > 500

    def test_what_was_printed_before_makes_no_difference(self) -> None:
        some = [page for page in fixture_pages() if page]
        alone = [printed(page, Memory()) for page in some]
        memory = Memory(20_000)
        assert [printed(page, memory) for page in some] == alone
        assert [printed(page, memory) for page in reversed(some)] == alone[::-1]

    def test_a_cell_is_printed_where_it_stands_and_as_sure_as_its_row(self) -> None:
        memory = Memory()
        for start, confidence in ((0, 1.0), (70, 0.25), (1234, 0.9987)):
            page = cells("total: 5 sq km", "Area", Span((start, start + 14)), confidence=confidence)
            (fact,) = map(json.loads, printed(page, memory))
            assert (fact["span"], fact["confidence"]) == ([start + 7, start + 14], confidence)

    def test_a_cell_in_pieces(self) -> None:
        page = cells("total: 5 sq km land: 4 sq km", "Area", Span((0, 15, 40, 53)))
        assert printed(page, Memory()) == [facts_json([fact])[1:-1] for fact in page.facts()]
        assert json.loads(printed(page, Memory())[1])["span"] == [46, 53]

    def test_halves_of_pairs(self) -> None:
        page = cells("lime\ud800stone", "Natural resources", Span((0, 9)))
        assert json.loads(printed(page, Memory())[0])["text"] == "lime\ufffdstone"

    def test_words_that_look_like_no_facts(self) -> None:
        page = cells('"facts":[] and more', "Terrain", Span((0, 19)))
        assert printed_page(page, printed(page, Memory())) == page.to_json()

    def test_what_is_kept_is_bounded_and_the_latest(self, monkeypatch: pytest.MonkeyPatch) -> None:
        memory = Memory(10_000)
        for number in range(200):
            printed(cells(f"{number} km", "Coastline", Span((0, 8))), memory)
        assert 0 < len(memory._cells) < 40
        assert 0 < memory._held <= 10_000
        last = printed(cells("199 km", "Coastline", Span((0, 8))), memory)
        monkeypatch.setattr("factparse.output.printed.row_facts", None)
        assert printed(cells("199 km", "Coastline", Span((0, 8))), memory) == last
        with pytest.raises(TypeError):
            printed(cells("0 km", "Coastline", Span((0, 8))), memory)

    def test_a_cell_larger_than_what_may_be_kept(self) -> None:
        memory = Memory(500)
        page = cells("; ".join(f"item {n}" for n in range(500)), "Natural resources", Span((0, 5000)))
        assert len(printed(page, memory)) > 100
        assert (memory._held, len(memory._cells)) == (0, 0)


@pytest.mark.parametrize("emit", ["pages", "facts"])
def test_records_give_what_their_pages_give(emit: str) -> None:
    for path in sorted((FIXTURES / "pages").glob("*.txt"))[:10]:
        text = path.read_text(encoding="utf-8")
        pages = [page for page in factparse.parse_pages(text) if page]
        done = convert_record(Record(text, "a.txt", 4, url="http://example.org/"), emit)  # type: ignore[arg-type]
        facts = [{**json.loads(facts_json([fact]))[0]} for page in pages for fact in page.facts()]
        assert done.facts.total() == len(facts)
        if emit == "facts":
            source = {"name": "a.txt", "record": 4, "url": "http://example.org/"}
            found = [json.loads(line) for line in done.lines]
            assert [list(each) for each in found] == [["source", *fact] for fact in facts]
            assert all(each.pop("source").items() >= source.items() for each in found)
            assert found == facts
        else:
            sources = [
                attrs.evolve(page, source=factparse.Source("a.txt", 4, page.source.page, "http://example.org/"))
                for page in pages
            ]
            assert list(done.lines) == [page.to_json() for page in sources]
