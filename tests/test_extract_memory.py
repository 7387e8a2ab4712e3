"""The memory of cells: what comes out of it equals what is read anew, whatever was read before, within a bound."""

import json
import threading
from collections.abc import Iterator

import attrs
import pytest
from msgspec.structs import replace

import factparse
from factparse import Page, Span
from factparse.columns.table import Cell, Row, Section
from factparse.convert.records import convert_record
from factparse.core.facts import AnyFact
from factparse.extract import CELLS, Context, field_facts, row_facts
from factparse.extract.memory import CellMemory
from factparse.output.json import facts_json, json_lines
from factparse.sources.record import Record
from tests.made import FIXTURES


def fixture_pages() -> Iterator[Page]:
    for path in sorted((FIXTURES / "pages").iterdir()):
        if path.suffix == ".txt":
            yield from factparse.parse_pages(path.read_bytes())
        elif path.suffix == ".html":
            yield factparse.parse_html(path.read_bytes())


def contexts(page: Page) -> Iterator[Context]:
    for row in page.rows:
        for cell in row.cells:
            if cell.text:
                yield Context(cell.country, None, row.topic, row.name, cell.text, cell.span, row.confidence)


def cell(text: str, field: str, *span: int, confidence: float = 0.5) -> Context:
    return Context("Malta", "MLT", "Geography", field, text, Span(span), confidence)


def a_page(text: str, field: str, *span: int) -> Page:
    row = Row(field, field, "Geography", (Cell("Malta", text, Span(span)),), 0.5, "lines", Span(span))
    return Page("", ("Malta", "Aruba"), (Section("Geography", (row,), Span(span)),))


class TestMemory:
    @pytest.mark.parametrize("most", [20_000, 12 << 20])
    def test_cells_of_pages_give_what_is_read_of_them_anew(self, most: int) -> None:
        memory, count = CellMemory(field_facts, most), 0
        pages = [page for page in fixture_pages() if page]
        for page in [*pages, *reversed(pages)]:
            for each in contexts(page):
                facts = memory.facts(each)
                assert facts == field_facts(each)
                count += len(facts)
        assert count > 500

    def test_pages_are_written_alike_cold_and_warm(self) -> None:
        texts = [path.read_bytes() for path in sorted((FIXTURES / "pages").glob("*.txt"))[:8]]
        cold = []
        for text in texts:
            CELLS.clear()
            cold.append(factparse.parse(text).to_json())
        assert [factparse.parse(text).to_json() for text in texts] == cold

    def test_a_cell_is_read_where_it_stands_and_as_sure_as_its_row(self) -> None:
        memory = CellMemory(field_facts)
        for start, confidence in ((0, 1.0), (70, 0.25), (1234, 0.9987), (70, 0.25)):
            (fact,) = memory.facts(cell("total: 5 sq km", "Area", start, start + 14, confidence=confidence))
            assert (fact.span, fact.confidence) == (Span((start + 7, start + 14)), confidence)
        assert len(memory) == 1

    def test_a_fact_of_two_pieces_is_moved_whole(self) -> None:
        text = "total: 5 sq km country comparison to the world: 7"
        memory = CellMemory(field_facts)
        for start in (0, 30):
            each = cell(text, "Area", start, start + len(text))
            assert memory.facts(each) == field_facts(each)

    def test_a_cell_in_pieces_is_read_each_time(self) -> None:
        memory = CellMemory(field_facts)
        (_, land) = memory.facts(cell("total: 5 sq km land: 4 sq km", "Area", 0, 15, 40, 53))
        assert (land.span, len(memory)) == ((46, 53), 0)

    def test_what_is_kept_is_bounded_and_the_latest(self) -> None:
        read: list[str] = []

        def reading(context: Context) -> tuple[AnyFact, ...]:
            read.append(context.text)
            return field_facts(context)

        memory = CellMemory(reading, 20_000)
        for number in range(200):
            memory.facts(cell("0 km", "Coastline", 0, 4))
            memory.facts(cell(f"{number} km", "Coastline", 0, 8))
        assert 2 < len(memory) < 40
        assert 0 < memory.held <= 20_000
        assert read == [f"{number} km" for number in range(200)]  # what is asked for again and again stays
        memory.facts(cell("199 km", "Coastline", 0, 8))
        assert len(read) == 200
        memory.facts(cell("1 km", "Coastline", 0, 8))
        assert len(read) == 201

    def test_a_cell_larger_than_what_may_be_kept(self) -> None:
        memory = CellMemory(field_facts, 500)
        text = "; ".join(f"item {n}" for n in range(500))
        assert len(memory.facts(cell(text, "Natural resources", 0, len(text)))) > 100
        assert (memory.held, len(memory)) == (0, 0)

    def test_country_topic_and_field_make_another_cell(self) -> None:
        memory = CellMemory(field_facts)
        one = cell("5 km", "Coastline", 0, 4)
        others = [replace(one, subject="Mali"), replace(one, topic="Mali"), replace(one, field="Mali")]
        for each in (one, *others):
            assert memory.facts(each) == field_facts(each)
        assert len(memory) == 4

    def test_several_threads(self) -> None:
        memory = CellMemory(field_facts, 20_000)
        cells = [cell(f"{number % 60} km", "Coastline", 0, 8) for number in range(600)]
        wanted = [field_facts(each) for each in cells]
        found: list[list[tuple[AnyFact, ...]]] = []
        threads = [
            threading.Thread(target=lambda: found.append([memory.facts(each) for each in cells])) for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [wanted] * 4
        assert memory.held <= 20_000

    def test_rows_and_texts_are_read_by_the_same_memory(self) -> None:
        CELLS.clear()
        (fact,) = factparse.extract("Coastline", "5 km", subject="Malta", topic="Geography")
        assert len(CELLS) == 1
        (row,) = a_page("5 km", "Coastline", 9, 13).rows
        assert row_facts(row) == (attrs.evolve(fact, span=Span((9, 13)), confidence=0.5),)
        assert len(CELLS) == 1


class TestLines:
    def test_halves_of_pairs(self) -> None:
        page = a_page("lime\ud800stone", "Natural resources", 0, 10)
        (line,) = json_lines(page, "facts")
        assert json.loads(line)["text"] == "lime\ufffdstone"

    def test_a_line_is_what_the_page_has(self) -> None:
        page = factparse.parse("Aruba vs. Malta\nGeography\nAruba | Malta | |\nArea | 180 sq km | 316 sq km |\n")
        whole = json.loads(page.to_json())
        rows = [{"topic": part["topic"], **row} for part in whole["sections"] for row in part["rows"]]
        for emit, objects in (("rows", rows), ("facts", whole["facts"])):
            found = [json.loads(line) for line in json_lines(page, emit)]  # type: ignore[arg-type]
            assert found == [{"source": whole["source"], **each} for each in objects]
            assert [list(each) for each in found] == [["source", *each] for each in objects]


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
