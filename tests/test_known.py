"""The editions that a page and its cells are printed in."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import factparse
from factparse import Book, Cell, KnownEdition, Page, Span, UsageError, json_schema, parse, parse_html
from factparse.book import KnownCell
from factparse.cli import cli
from factparse.output.json import json_lines
from tests.made import lines_of

REAL_PAGE = os.environ.get("FACTPARSE_REAL_PAGE")

CELLS = [
    KnownCell("MT", "Climate", "mild winters with rain, hot summers without any", ("2004", "2005", "2006")),
    KnownCell("AA", "Climate", "tropical at sea, and the wind never rests", ("2004", "2005")),
    KnownCell("MT", "Area", "total: 316 sq km", ("2003", "2004", "2005")),
    KnownCell("AA", "Area", "total: 193 sq km", ("2003",)),
    KnownCell("AA", "Area", "total: 180 sq km", ("2005", "2006")),
]
TEXT = """Malta vs. Aruba

Geography

Malta | Aruba | |
Climate | mild winters with rain, hot summers without any | tropical at sea, and the wind never rests |
Area | total: 316 sq km | total: 180 sq km |
Coastline | 197 km | |
"""
HTML = (
    "<h1>Malta vs. Aruba</h1><table><tr><td><td>Malta<td>Aruba"
    "<tr><td>Area<td>total: 316 sq km<td>total: 180 sq km</table>"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "own.book"
    Book.build(CELLS, path)
    return path


@pytest.fixture
def page(book: Path) -> Page:
    return parse(TEXT, books=[Book.open(book)])


class TestPage:
    def test_the_editions_that_print_most_cells_are_known_best_first(self, page: Page) -> None:
        # Four cells have text and a country; 2006 and 2003 print no more than two of them.
        assert page.known == (KnownEdition("2005", 4, 4), KnownEdition("2004", 3, 4))
        assert page.editions == ()

    def test_editions_that_print_as_many_stand_in_their_order(self) -> None:
        books = [Book.build([KnownCell("MT", "Area", "total: 316 sq km", ("2009", "2007", "2008"))])]
        page = parse("Malta vs. Aruba\nGeography\nMalta | Aruba | |\nArea | total: 316 sq km | |\n", books=books)
        assert [each.edition for each in page.known] == ["2007", "2008", "2009"]

    def test_half_of_the_cells_is_not_most(self) -> None:
        page = parse(
            "Malta vs. Aruba\nGeography\nMalta | Aruba | |\nArea | total: 316 sq km | 1 sq km |\n",
            books=[Book.build(CELLS)],
        )
        assert page.known == ()
        assert page.cells[0].editions == ("2003", "2004", "2005")

    def test_cells_have_their_editions_label_and_field(self, page: Page) -> None:
        assert [(cell.country, cell.field, cell.editions) for cell in page.cells] == [
            ("Malta", "Climate", ("2004", "2005", "2006")),
            ("Aruba", "Climate", ("2004", "2005")),
            ("Malta", "Area", ("2003", "2004", "2005")),
            ("Aruba", "Area", ("2005", "2006")),
            (None, "Coastline", ()),
        ]
        assert [cell.span.cut(page.text) for cell in page.cells] == [cell.text for cell in page.cells]

    def test_of_a_cell_and_of_a_row(self, page: Page) -> None:
        climate, area, _ = page.rows
        assert page.editions_of(climate.cells[1]) == ("2004", "2005")
        assert page.editions_of(area) == ("2005",)
        assert page.editions_of(page.cells[2]) == ("2003", "2004", "2005")

    def test_of_a_row_with_an_empty_cell(self) -> None:
        cells = [KnownCell("MT", "Airports", "one, by the sea, since 1920", ("2004",))]
        text = "Malta vs. Aruba\nTransportation\nMaltaAruba\nAirportsone, by the sea, since 1920\n"
        (row,) = parse(text, books=[Book.build(cells)]).rows
        page = parse(text, books=[Book.build(cells)])
        assert [cell.text for cell in row.cells] == ["one, by the sea, since 1920", ""]
        assert (page.editions_of(row), page.editions_of(row.cells[1])) == (("2004",), ())

    def test_a_cell_of_another_page_is_refused(self, page: Page) -> None:
        with pytest.raises(UsageError, match="not-of-this-page"):
            page.editions_of(Cell("Malta", "total: 316 sq km", Span((0, 16))))

    def test_without_a_book_nothing_is_known(self) -> None:
        page = parse(TEXT, books=())
        assert page.known == ()
        assert all(cell.editions == () for cell in page.cells)

    def test_html_is_looked_up_in_the_books_it_was_read_with(self, book: Path) -> None:
        page = parse_html(HTML, books=[Book.open(book)])
        assert page.known == (KnownEdition("2005", 2, 2),)
        assert parse_html(HTML, books=()).known == ()

    def test_nobodys_cell_counts_for_no_edition(self) -> None:
        # Both countries print the only cell, so that nothing tells whose it is.
        cells = [KnownCell(code, "Coastline", "some 40 km of cliffs", ("2004",)) for code in ("MT", "AA")]
        page = parse(
            "Malta vs. Aruba\nGeography\nMaltaAruba\nCoastlinesome 40 km of cliffs\n", books=[Book.build(cells)]
        )
        assert [cell.country for cell in page.cells] == [None]
        assert page.known == ()

    def test_layout_and_ranks_do_not_matter(self) -> None:
        cells = "total:  316 sq km country comparison to the world: 207 | total: 1 sq km"
        text = f"Malta vs. Aruba\nGeography\nMalta | Aruba | |\nArea | {cells} |\n"
        assert parse(text, books=[Book.build(CELLS)]).cells[0].editions == ("2003", "2004", "2005")

    @pytest.mark.skipif(REAL_PAGE is None, reason="FACTPARSE_REAL_PAGE does not name the real page")
    def test_the_real_page_is_of_july_2021(self) -> None:
        page = parse(Path(REAL_PAGE or "").read_text(encoding="utf-8"))
        assert page.known[0] == KnownEdition("2021-07", 8, 8)


def cells_in(row: dict[str, Any]) -> list[list[str] | None]:
    return [cell.get("editions") for cell in row["cells"]]


AREA = [["2003", "2004", "2005"], ["2005", "2006"]]


class TestOutput:
    def test_a_page_has_them_on_request(self, page: Page) -> None:
        written = json.loads(page.to_json(editions=True))
        Draft202012Validator(json_schema()).validate(written)
        assert written["known"][0] == {"edition": "2005", "cells": 4, "of": 4}
        rows = written["sections"][0]["rows"]
        assert cells_in(rows[1]) == AREA
        assert cells_in(rows[2]) == [[]]

    def test_and_only_then(self, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise AssertionError("nobody asked")

        monkeypatch.setattr(Page, "looked_up", refuse)
        written = [line for emit in ("pages", "rows", "facts") for line in json_lines(page, emit)]
        assert not any('"editions"' in line or '"known"' in line for line in [page.to_json(), *written])

    def test_rows_and_facts(self, page: Page) -> None:
        rows = [json.loads(line) for line in json_lines(page, "rows", editions=True)]
        assert cells_in(rows[1]) == AREA
        facts = [json.loads(line) for line in json_lines(page, "facts", editions=True)]
        found = {(fact["subject"], fact["field"]): fact["editions"] for fact in facts}
        assert found["Malta", "Area"] == AREA[0]
        assert found["Aruba", "Area"] == AREA[1]
        assert found[None, "Coastline"] == []

    def test_facts_of_columns_that_alternate_line_by_line(self) -> None:
        text = (
            "Malta vs. Aruba\n\nGeography\n\n                 Malta                 Aruba\n"
            "Area             total: 316 sq km      total: 180 sq km\n"
            "                 land: 316 sq km       land: 180 sq km\n"
        )
        books = [
            Book.build(
                [
                    KnownCell("MT", "Area", "total: 316 sq km land: 316 sq km", ("2004",)),
                    KnownCell("AA", "Area", "total: 180 sq km land: 180 sq km", ("2005",)),
                ]
            )
        ]
        page = parse(text, books=books)
        assert [len(cell.span) for cell in page.cells] == [4, 4]
        facts = [json.loads(line) for line in json_lines(page, "facts", editions=True)]
        assert {(fact["subject"], *fact["editions"]) for fact in facts} == {("Malta", "2004"), ("Aruba", "2005")}

    @pytest.mark.parametrize("kind", [".jsonl", ".parquet"])
    def test_conversions_have_them_on_request(self, book: Path, tmp_path: Path, kind: str) -> None:
        (tmp_path / "page.txt").write_text(TEXT)
        read: dict[str, Callable[[Path], list[dict[str, Any]]]] = {".jsonl": lines_of, ".parquet": table_of}
        found = {}
        for emit in ("pages", "rows", "facts"):
            out = tmp_path / f"{emit}{kind}"
            factparse.convert(tmp_path / "page.txt", out, emit=emit, editions=True, books=[str(book)])
            found[emit] = read[kind](out)
            plain = tmp_path / f"plain-{emit}{kind}"
            factparse.convert(tmp_path / "page.txt", plain, emit=emit, books=[str(book)])
            first = read[kind](plain)[0]
            assert not {"known", "editions_a"} & {*first}
            assert emit == "pages" or "editions" not in first
        (page,) = found["pages"]
        # The packaged book is asked too, and may know more editions.
        assert {each["edition"] for each in page["known"]} >= {"2005"}
        assert set(cells_in(page["sections"][0]["rows"][1])[1] or ()) >= set(AREA[1])
        row = found["rows"][1]
        printed = row["editions_b"] if kind == ".parquet" else cells_in(row)[1]
        assert set(printed or ()) >= set(AREA[1])
        (fact,) = [fact for fact in found["facts"] if (fact["subject"], fact["field"]) == ("Aruba", "Area")]
        assert set(fact["editions"]) >= set(AREA[1])

    def test_batches_have_them_on_request(self) -> None:
        arrow = pytest.importorskip("pyarrow")
        from factparse.arrow import arrow_schema, facts

        batch = arrow.RecordBatch.from_pydict({"text": [TEXT]})
        for texts in (batch, batch.slice(0, 0)):
            assert facts(texts, editions=True).schema == arrow_schema("facts", editions=True)
            assert "editions" not in facts(texts).schema.names
        assert {type(row["editions"]) for row in facts(batch, editions=True).to_pylist()} <= {str, type(None)}

    def test_the_command(self, book: Path, tmp_path: Path) -> None:
        (tmp_path / "page.txt").write_text(TEXT)
        asked = ["parse", str(tmp_path / "page.txt"), "--editions", "--book", "none", "--book", str(book)]
        written = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).stdout)
        assert written["known"][0]["edition"] == "2005"
        shown = CliRunner().invoke(cli, asked, env={"COLUMNS": "160"}).stdout
        assert "editions: 2005 (4 of 4 cells), 2004 (3 of 4 cells)" in shown
        assert "2003 … 2005 (3)" in shown
        assert "editions" not in CliRunner().invoke(cli, asked[:2]).stdout


def table_of(path: Path) -> list[dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return rows
