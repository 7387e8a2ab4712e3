"""The book: what was added is known and nothing else is, the same cells make the same bytes, no damage goes unseen."""

import gzip
import json
import multiprocessing
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scaling import growth
from factparse import Book, BookError, FactparseError, OutputError, SourceError, UsageError, sightings
from factparse.book import BookMaker, KnownCell, packaged
from factparse.book.folding import folded, place_of, squeezed, ways
from factparse.book.format import HASH_BYTES, MAGIC, PREAMBLE, VERSION
from factparse.book.sublabels import sublabels
from factparse.cli import cli
from factparse.convert import books
from factparse.convert.books import build_book, known_cells
from factparse.reading import record_pages
from tests.made import PAGE
from tools import build_book as tool
from tools import order_sublabels as orders
from tools.json_lines import CELLS as EDITIONS

KENYA = KnownCell("KE", "Area", "total: 580,367 sq km\n\nland: 569,140 sq km", ("2014", "2015"))
CHAD = KnownCell("CD", "Climate", "dry in the north, wet in the south", ("2015",))
NAMES = ("2010", "2012", "2015-12", "2024")

CELLS = st.lists(
    st.builds(
        KnownCell,
        st.sampled_from(["KE", "EC", "CD"]),
        st.sampled_from(["Area", "Climate", "What nobody prints"]),
        st.one_of(st.sampled_from(["none", "no ne", "5 km", "5 km; 7 km (2019)"]), st.text(max_size=30)),
        st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
    ),
    max_size=12,
)


def made(cells: Sequence[KnownCell], hash_bytes: int = HASH_BYTES) -> bytes:
    maker = BookMaker(hash_bytes)
    for cell in cells:
        maker.add(cell)
    return maker.book()


def code_of(data: bytes) -> str:
    with pytest.raises(BookError) as caught:
        Book(data)
    return caught.value.code


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["book", *map(str, arguments)], input=stdin)


def written(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def record(country: str, field: str, text: str, *editions: object, **more: object) -> dict[str, object]:
    return {"country": country, "field": field, "text": text, "editions": list(editions), **more}


class TestWhatIsKnown:
    @given(CELLS)
    def test_what_was_added_with_its_editions(self, cells: list[KnownCell]) -> None:
        book = Book(made(cells))
        known: dict[tuple[str, str, bytes], set[str]] = {}
        for cell in cells:
            known.setdefault((cell.country, cell.field, folded(cell.text)), set()).update(cell.editions)
        for cell in cells:
            found = known[cell.country, cell.field, folded(cell.text)]
            if folded(cell.text):
                assert book.editions_of(cell.country, cell.field, cell.text) == tuple(sorted(found))
        assert set(book.keys()) == {(country, field) for country, field, text in known if text}
        assert book.layout.head.cells == sum(bool(text) for _, _, text in known)

    @given(CELLS, st.text(min_size=1, max_size=30))
    def test_nothing_else(self, cells: list[KnownCell], text: str) -> None:
        book = Book(made(cells))
        there = {(cell.country, cell.field, folded(cell.text)) for cell in cells}
        for country in ("KE", "EC", "FR"):
            for field in ("Area", "Terrain"):
                if (country, field, folded(text)) not in there:
                    assert book.editions_of(country, field, text) is None

    @given(CELLS)
    def test_how_many_cells_an_edition_prints(self, cells: list[KnownCell]) -> None:
        there: dict[str, set[tuple[str, str, bytes]]] = {}
        for cell in cells:
            for name in cell.editions if folded(cell.text) else ():
                there.setdefault(name, set()).add((cell.country, cell.field, folded(cell.text)))
        assert Book(made(cells)).counts() == {name: len(some) for name, some in sorted(there.items())}

    def test_white_space_quotes_and_ranks_do_not_matter(self) -> None:
        book = Book.build([KENYA])
        text = "total: 580,367 sq km country comparison to the world: 50 land: \u201c569,140\u201d sq\u00a0km"
        assert book.editions_of("KE", "Area", text) == ("2014", "2015")

    def test_a_cell_of_no_edition(self) -> None:
        book = Book.build([KnownCell("KE", "Area", "large")])
        assert (book.editions, book.counts()) == ((), {})
        assert book.editions_of("KE", "Area", "large") == ()

    def test_a_cell_that_is_too_long_is_left_out(self) -> None:
        book = Book.build([KnownCell("KE", "Area", "a" * size, ("2015",)) for size in (0, 65_535, 65_536)])
        assert [book.editions_of("KE", "Area", "a" * size) for size in (0, 65_535, 65_536)] == [None, ("2015",), None]

    def test_hashes_of_a_byte(self) -> None:
        texts = [f"{number} km" for number in range(400)]
        book = Book(made([KnownCell("KE", "Area", text, ("2015",)) for text in texts], 1))
        assert book.layout.hash_bytes == 1
        assert all(book.editions_of("KE", "Area", text) == ("2015",) for text in texts)
        assert book.layout.head.cells < 400  # some have the same hash
        for size in (0, 65):
            with pytest.raises(UsageError, match="1 to 64 bytes") as caught:
                BookMaker(size)
            assert caught.value.code == "bad-hash-bytes"

    def test_more_sets_of_editions_than_two_bytes_number(self) -> None:
        maker, names = BookMaker(), [f"{number:02}" for number in range(17)]
        count = 0x10000 + 5
        some = [frozenset(name for bit, name in enumerate(names) if number >> bit & 1) for number in range(count)]
        for number, editions in enumerate(some):
            maker.put("KE", "Area", (10, number.to_bytes(HASH_BYTES, "little")), editions, ())
        book = Book(maker.book())
        assert (book.layout.head.sets, book.layout.set_bytes) == (count, 4)
        known = {each: editions for _, each, editions in book.cells("KE", "Area")}
        assert all(
            book.named(known[number.to_bytes(HASH_BYTES, "little")]) == tuple(sorted(some[number]))
            for number in (0, 1, 0xFFFF, 0x10000, count - 1)
        )
        assert book.counts()["16"] == 5
        assert bytes(Book.merge([book])._data) == bytes(book._data)

    def test_sets_are_numbered_by_two_bytes_up_to_the_bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("factparse.book.making._MANY", 2)
        assert Book(made([KENYA, CHAD])).layout.set_bytes == 2
        book = Book(made([KENYA, CHAD, KnownCell("CD", "Area", "large", ("2014",))]))
        assert book.layout.set_bytes == 4
        assert book.editions_of("KE", "Area", KENYA.text) == KENYA.editions

    def test_more_than_a_book_can_hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("making._MOST_FIELDS", "format._MOST_BYTES"):
            with monkeypatch.context() as patch:
                patch.setattr(f"factparse.book.{name}", 1)
                with pytest.raises(BookError, match="make several books") as caught:
                    made([KENYA, CHAD])
            assert caught.value.code == "book-too-large"


class TestSameBytes:
    @given(CELLS, st.randoms(use_true_random=False))
    def test_in_any_order(self, cells: list[KnownCell], random: Any) -> None:  # noqa: ANN401 (as hypothesis has it)
        other = [*cells, *cells[:2]]
        random.shuffle(other)
        assert made(other) == made(cells)

    @given(CELLS, CELLS, CELLS)
    def test_a_merged_book_is_that_of_all_cells(
        self, one: list[KnownCell], two: list[KnownCell], three: list[KnownCell]
    ) -> None:
        merged = Book.merge([Book(made(some)) for some in (one, two, three)])
        assert bytes(merged._data) == made([*three, *one, *two])

    def test_nothing_merged_is_an_empty_book(self) -> None:
        assert list(Book.merge([]).keys()) == list(Book.build([]).keys()) == []

    def test_hashes_of_several_lengths_do_not_merge(self) -> None:
        with pytest.raises(BookError) as caught:
            Book.merge([Book(made([KENYA])), Book(made([KENYA], 4))])
        assert caught.value.code == "books-differ"


class TestFiles:
    def test_round_trip(self, tmp_path: Path) -> None:
        book = Book.build([KENYA, CHAD], tmp_path / "a.book")
        assert (book.name, book.size) == (str(tmp_path / "a.book"), (tmp_path / "a.book").stat().st_size)
        assert (tmp_path / "a.book").read_bytes() == made([CHAD, KENYA])
        assert Book.open(str(tmp_path / "a.book")).editions == ("2014", "2015")

    def test_who_has_it_open_keeps_the_book_that_was(self, tmp_path: Path) -> None:
        old = Book.build([KENYA] * 3, tmp_path / "a.book")
        new = Book.build([CHAD], tmp_path / "a.book")
        assert old.editions_of("KE", "Area", KENYA.text) == KENYA.editions
        assert new.editions_of("KE", "Area", KENYA.text) is None
        assert [path.name for path in tmp_path.iterdir()] == ["a.book"]

    @pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
    def test_processes_read_the_same_book(self, tmp_path: Path) -> None:
        Book.build([KENYA], tmp_path / "a.book")
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            assert pool.map(_kenya, [tmp_path / "a.book"] * 2) == [KENYA.editions] * 2

    def test_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError) as caught:
            Book.build([KENYA], tmp_path / "absent" / "a.book")
        assert caught.value.code == "unwritable"

    def test_missing_empty_and_foreign_files(self, tmp_path: Path) -> None:
        (tmp_path / "empty").touch()
        (tmp_path / "foreign").write_bytes(b"SQLite format 3\0" * 100)
        codes = {"absent": "book-missing", ".": "book-missing", "empty": "not-a-book", "foreign": "not-a-book"}
        for name, code in codes.items():
            with pytest.raises(BookError) as caught:
                Book.open(tmp_path / name)
            assert (caught.value.code, caught.value.source) == (code, str(tmp_path / name))

    def test_a_file_that_is_cut_off_anywhere(self) -> None:
        data = made([KENYA, CHAD])
        codes = [code_of(data[:size]) for size in range(len(data))]
        assert codes == ["not-a-book"] * len(MAGIC) + ["book-damaged"] * (len(data) - len(MAGIC))
        assert code_of(data + b"\0") == "book-damaged"

    def test_a_file_that_is_changed_anywhere(self) -> None:
        data = made([KENYA, CHAD])
        for place in range(len(data)):
            for bit in range(8):
                changed = bytearray(data)
                changed[place] ^= 1 << bit
                assert code_of(bytes(changed)) in ("not-a-book", "book-newer", "book-damaged")

    def test_a_newer_file(self) -> None:
        data = bytearray(made([KENYA]))
        data[len(MAGIC)] = VERSION + 1
        assert code_of(bytes(data)) == "book-newer"

    @pytest.mark.parametrize(
        "head", [b"", b"{}", b"\xff\xfe", b'{"editions":[1],"fields":[],"countries":{}}', b"[" * 9]
    )
    def test_a_whole_file_with_a_head_of_something_else(self, head: bytes) -> None:
        fields = (MAGIC, VERSION, 6, 2)
        crc = zlib.crc32(head, zlib.crc32(PREAMBLE.pack(*fields, 0, len(head), len(head))))
        assert code_of(PREAMBLE.pack(*fields, crc, len(head), len(head)) + head) == "book-damaged"


def _kenya(path: Path) -> tuple[str, ...] | None:
    return Book.open(path).editions_of("KE", "Area", KENYA.text)


class TestFolding:
    @given(st.text('ab 1\t\u00a0\u2014\u00e9"', max_size=20))
    def test_each_byte_has_its_place(self, text: str) -> None:
        bytes_of = squeezed(text)
        for count in range(len(bytes_of)):
            place = place_of(text, count)
            assert (squeezed(text[:place]), squeezed(text[place])) == (bytes_of[:count], bytes_of[count : count + 1])

    def test_behind_the_last_byte_is_the_end(self) -> None:
        assert [place_of("5 km ", count) for count in (3, 4, 99)] == [5, 5, 5]
        assert place_of("", 0) == 0

    def test_time_grows_with_the_length(self) -> None:
        def read(texts: tuple[str, str]) -> None:
            gap, ranks = texts
            assert place_of(gap, 1) == len(gap) - 1
            assert {len(way) for way in ways(ranks)} == {len(ranks)}

        def made(size: int) -> tuple[str, str]:
            return f"a{' ' * 30 * size}b", "country comparison to the world: 200 " * size

        assert growth(made, read, 1000, most=30).ratio <= 30


class TestPackaged:
    def test_it_is_there_or_not(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(packaged, "FILE", str(tmp_path / "a.book"))
        assert packaged.packaged.__wrapped__() is None
        Book.build([KENYA], tmp_path / "a.book")
        found = packaged.packaged.__wrapped__()
        assert found is not None
        assert found.editions == KENYA.editions

    def test_it_is_opened_once(self) -> None:
        assert packaged.packaged() is packaged.packaged()

    @pytest.mark.skipif(packaged.packaged() is None, reason="there is no packaged book")
    def test_it_is_small(self) -> None:
        book = packaged.packaged()
        assert book is not None
        assert book.size <= 12_000_000
        assert {"1990", "2024-12"} <= set(book.editions)


class TestJsonLines:
    def test_cells_in_the_words_of_the_vocabulary(self, tmp_path: Path) -> None:
        path = written(
            tmp_path / "cells.jsonl",
            record("Zaire", "Highways", "none", "1990", 1991),
            record("Ruritania", "Shoe size", "large", code="rx"),
            {"country": "C\u00f4te d\u2019Ivoire", "field": "area", "text": "some \ud800"},
        )
        assert list(known_cells([path])) == [
            KnownCell("CG", "Roadways", "none", ("1990", "1991")),
            KnownCell("RX", "Shoe size", "large"),
            KnownCell("IV", "Area", "some \ufffd"),
        ]

    def test_a_bad_line_is_told_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        path = written(
            tmp_path / "cells.jsonl",
            "broken",
            record("Ruritania", "Area", "large"),
            {"country": "Chad", "field": "Area"},
            {**record("Chad", "Area", "large"), "editions": "2015"},
            record("Chad", "Area", "large", None),
            record("Chad", "Area", "large", True),
            record("Chad", " ", "large"),
            record("Chad", "Area", "large", code=5),
            {"something": "else"},
            record("Chad", "Area", "large", "2015"),
        )
        told: list[FactparseError] = []
        assert list(known_cells([path], on_failure=told.append)) == [KnownCell("CD", "Area", "large", ("2015",))]
        codes = ["bad-json", "no-such-country", *["bad-cell"] * 6, "missing-key"]
        assert [(error.code, error.line) for error in told] == [(code, line + 1) for line, code in enumerate(codes)]
        with pytest.raises(SourceError, match="not JSON"):
            list(known_cells([path]))

    def test_packed_and_broken_off(self, tmp_path: Path) -> None:
        lines = "\n".join(json.dumps(record("Chad", "Area", f"{n:x}" * 40, "2015")) for n in range(3000))
        whole = gzip.compress(lines.encode(), mtime=0)
        (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) * 3 // 4])
        told: list[FactparseError] = []
        assert len(list(known_cells([tmp_path], on_failure=told.append))) > 100
        assert told[-1].code == "unreadable"


def kenya_json(name: str = "Kenya", **more: object) -> dict[str, object]:
    return {
        "Geography": {"Area": {"total": {"text": "580,367 sq km"}, "land": {"text": "569,140 sq km"}}},
        "Government": {"Country name": {"conventional short form": {"text": name}}},
        **more,
    }


class TestFactbookJson:
    def test_a_country_of_its_own_name(self, tmp_path: Path) -> None:
        path = written(tmp_path / "entry.json", kenya_json("<b>C&ocirc;te d'Ivoire</b> (Ivory Coast)"))
        found = list(known_cells([path], edition="2024-12"))
        assert [(cell.country, cell.field, cell.editions) for cell in found] == [
            ("IV", "Area", ("2024-12",)),
            ("IV", "Country name", ("2024-12",)),
        ]
        assert found[0].text == "total: 580,367 sq km\n\nland: 569,140 sq km"

    @pytest.mark.parametrize("name", ["none", "", "Ruritania"])
    def test_a_country_of_its_files_name(self, tmp_path: Path, name: str) -> None:
        path = written(tmp_path / "ke.json", kenya_json(name))
        assert {cell.country for cell in known_cells([path])} == {"KE"}

    def test_a_folder_of_them(self, tmp_path: Path) -> None:
        (tmp_path / "africa").mkdir()
        written(tmp_path / "africa" / "ke.json", kenya_json())
        written(tmp_path / "africa" / "notes.md", "nothing")
        written(tmp_path / "xx.json", {"Introduction": {"Background": {"text": "Years went by.++And more."}}})
        assert {(cell.country, cell.text) for cell in known_cells([tmp_path])} >= {
            ("XX", "Years went by.\nAnd more."),
            ("KE", "conventional short form: Kenya"),
        }

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            ("no json", "bad-json"),
            ("[" * 100_000, "bad-json"),
            ([1, 2], "not-factbook-json"),
            ({"scripts": {"test": "run"}}, "not-factbook-json"),
            (kenya_json("Ruritania"), "no-such-country"),
        ],
    )
    def test_another_file_is_told_once(self, tmp_path: Path, value: object, code: str) -> None:
        path, good = written(tmp_path / "package.json", value), written(tmp_path / "ke.json", kenya_json())
        told: list[FactparseError] = []
        assert len(list(known_cells([path, good], on_failure=told.append))) == 2
        assert [(error.code, error.source) for error in told] == [(code, str(path))]


class TestPages:
    def test_cells_of_sure_rows(self, tmp_path: Path) -> None:
        written(tmp_path / "a.txt", PAGE)
        written(tmp_path / "b.jsonl", {"text": PAGE}, {"body": PAGE})
        told: list[FactparseError] = []
        found = list(known_cells([tmp_path], edition="2020", on_failure=told.append))
        cells = [KnownCell("MT", "Area", "316 sq km", ("2020",)), KnownCell("AA", "Area", "180 sq km", ("2020",))]
        assert found == cells * 2
        assert [(error.code, error.line) for error in told] == [("missing-key", 2)]
        assert [cell.editions for cell in known_cells([tmp_path / "a.txt"])] == [(), ()]
        assert list(known_cells([tmp_path / "b.jsonl"], text_key="body", on_failure=told.append)) == [
            KnownCell("MT", "Area", "316 sq km"),
            KnownCell("AA", "Area", "180 sq km"),
        ]

    def test_the_year_that_a_column_prints(self, pages: Path) -> None:
        found = list(known_cells([pages / "broken_pipes.txt"]))
        assert {(cell.country, cell.editions) for cell in found} == {("TO", ("2002",)), ("TO", ("2010",))}
        found = list(known_cells([pages / "broken_pipes.txt"], edition="2015"))
        assert {cell.editions for cell in found} == {("2015",)}

    def test_rows_in_doubt_are_left_out(self, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        sure = len(list(known_cells([pages / "quoted.txt"])))
        monkeypatch.setattr(sightings, "SURE", 0.0)
        assert len(list(known_cells([pages / "quoted.txt"]))) > sure

    def test_a_fault_of_ours_costs_one_record(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = written(tmp_path / "a.jsonl", {"text": PAGE}, {"text": f"!{PAGE}"}, {"text": PAGE})
        read = record_pages

        def failing(record: Any) -> Any:  # noqa: ANN401 (as the reader has it)
            if record.text.startswith("!"):
                raise ZeroDivisionError("of all things")
            return read(record)

        monkeypatch.setattr(books, "record_pages", failing)
        told: list[FactparseError] = []
        assert len(list(known_cells([path], on_failure=told.append))) == 4
        assert [(error.code, error.line) for error in told] == [("internal-error", 2)]


class TestCommand:
    def test_build_in_any_order(self, tmp_path: Path) -> None:
        one = written(
            tmp_path / "a.jsonl", record("Chad", "Area", "large", "2014"), record("Mali", "Area", "wide", "2015")
        )
        two = written(tmp_path / "ke.json", kenya_json())
        three = written(tmp_path / "page.txt", PAGE)
        done = run("build", one, two, three, "-o", tmp_path / "a.book")
        assert (done.exit_code, done.stdout) == (0, "")
        counts = dict(line.split() for line in done.stderr.splitlines())
        assert (counts["cells"], counts["countries"], counts["editions"], counts["failures"]) == ("6", "5", "2", "0")
        assert run("build", three, one, two, "-o", tmp_path / "b.book").exit_code == 0
        assert (tmp_path / "a.book").read_bytes() == (tmp_path / "b.book").read_bytes()

    def test_bad_lines(self, tmp_path: Path) -> None:
        path = written(tmp_path / "a.jsonl", "broken", record("Chad", "Area", "large", "2014"))
        done = run("build", path, "-o", tmp_path / "a.book")
        assert done.exit_code == 3
        assert done.stderr.splitlines()[0].startswith(f"{path}:1: the line is not JSON")
        assert Book.open(tmp_path / "a.book").editions_of("CD", "Area", "large") == ("2014",)

    def test_no_cells(self, tmp_path: Path) -> None:
        written(tmp_path / "a.txt", "nothing to compare here")
        done = run("build", tmp_path / "a.txt", "-o", tmp_path / "a.book")
        assert (done.exit_code, "[no-cells]" in done.stderr) == (1, True)
        assert not (tmp_path / "a.book").exists()

    def test_an_absent_input_and_an_output_that_is_an_input(self, tmp_path: Path) -> None:
        assert run("build", tmp_path / "absent", "-o", tmp_path / "a.book").exit_code == 1
        path = written(tmp_path / "a.jsonl", record("Chad", "Area", "large"))
        assert run("build", path, "-o", path).exit_code == 2
        with pytest.raises(UsageError, match="also an input"):
            build_book([path], path)

    def test_standard_input(self, tmp_path: Path) -> None:
        line = json.dumps(record("Chad", "Area", "large", "2014"))
        done = run("build", "-", "--format", "jsonl", "-o", tmp_path / "a.book", stdin=line)
        assert done.exit_code == 0
        assert list(Book.open(tmp_path / "a.book").keys()) == [("CD", "Area")]

    def test_merge(self, tmp_path: Path) -> None:
        Book.build([KENYA], tmp_path / "a.book")
        Book.build([CHAD], tmp_path / "b.book")
        done = run("merge", tmp_path / "b.book", tmp_path / "a.book", "-o", tmp_path / "a.book")
        assert done.exit_code == 0
        assert (tmp_path / "a.book").read_bytes() == made([KENYA, CHAD])

    def test_a_damaged_book_is_not_merged(self, tmp_path: Path) -> None:
        Book.build([KENYA], tmp_path / "a.book")
        (tmp_path / "b.book").write_bytes(made([CHAD])[:-1])
        done = run("merge", tmp_path / "a.book", tmp_path / "b.book", "-o", tmp_path / "c.book")
        assert (done.exit_code, (tmp_path / "c.book").exists()) == (1, False)
        assert done.stderr.startswith(f"Error: {tmp_path / 'b.book'}: the book is cut off")

    def test_info(self, tmp_path: Path) -> None:
        book = Book.build([KENYA, CHAD], tmp_path / "a.book")
        done = run("info", tmp_path / "a.book")
        assert [line.split(maxsplit=1) for line in done.stdout.splitlines()] == [
            ["file", str(tmp_path / "a.book")],
            ["format", "1"],
            ["checksum", "all right"],
            ["hashes", "48 bits"],
            ["pieces", str(book.layout.head.pieces)],
            ["cells", "2"],
            ["countries", "2"],
            ["fields", "2"],
            ["editions", "2"],
            ["bytes", f"{book.size:,}"],
            ["2014", "1"],
            ["2015", "2"],
        ]

    def test_info_of_what_is_no_book(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run("info", written(tmp_path / "a.book", "no book")).exit_code == 1
        monkeypatch.setattr("factparse.book.packaged.packaged", lambda: None)
        done = run("info")
        assert (done.exit_code, "[book-missing]" in done.stderr) == (1, True)


class TestTool:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        lines = [
            record("Chad", "Area", "large", "2014"),
            record("Mali", "Area", "wide", "2014", "2015", topic="Geography"),
        ]
        (tmp_path / EDITIONS).write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
        return tmp_path

    def test_all_or_without_some_editions(self, folder: Path) -> None:
        large, wide = KnownCell("CD", "Area", "large", ("2014",)), KnownCell("ML", "Area", "wide", ("2014", "2015"))
        assert tool.made(folder) == made([large, wide])
        assert tool.made(folder, {"2014"}.__contains__) == made([KnownCell("ML", "Area", "wide", ("2015",))])

    def test_writing_and_checking(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = folder / "data" / "a.book"
        monkeypatch.setattr(sys, "argv", ["build_book", str(folder), "-o", str(path)])
        tool.main()
        assert path.read_bytes() == tool.made(folder)
        monkeypatch.setattr(sys, "argv", [*sys.argv, "--check"])
        tool.main()
        path.write_bytes(b"")
        with pytest.raises(SystemExit, match="is not the book"):
            tool.main()
        assert path.read_bytes() == b""


class TestSublabels:
    def test_orders_are_counted_by_edition(self, tmp_path: Path) -> None:
        def cells(text: str, *editions: str) -> list[dict[str, object]]:
            return [record("Chad", "Area", f"{text} {number}", *editions) for number in range(3)]

        lines = [
            *cells("total: 5 sq km land: 4 sq km", "2001", "2002"),
            *cells("land: 4 sq km total: 5 sq km", "2003"),
            record("Mali", "Area", "water: 1 sq km", "2003"),  # one cell is an accident
            *cells("no sub-label", "2004"),
            *cells("land: 4 sq km", "2005"),
            *[record("Chad", "Coastline", f"total: {number} km", "2004") for number in range(3)],
        ]
        (tmp_path / EDITIONS).write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
        assert orders.table(tmp_path).splitlines()[1:] == [
            "Area\t2001\t2002\ttotal|land",
            "Area\t2003\t2003\tland|total",
            "Area\t2005\t2005\tland",
            "Coastline\t2004\t2004\ttotal",
        ]

    def test_of_later_editions_the_newest_counts(self) -> None:
        newest = sublabels("Refugees and internally displaced persons", "2024-12")
        assert newest == sublabels("Refugees and internally displaced persons", "2026")
        assert sublabels("Refugees and internally displaced persons", "1990") == ()
