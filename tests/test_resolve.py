"""Rows in doubt that other pages settle: the library, and both passes of a conversion, whatever happens to them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

import factparse
from factparse import Book, Page, UsageError
from factparse.book import BookMaker, KnownCell
from factparse.cli import cli
from factparse.convert.first_pass import first_pass
from factparse.convert.report import Report, Shard, Task
from factparse.convert.settings import Settings
from factparse.core.errors import OutputError
from factparse.sightings import Sightings, Witnessed, sure_cells
from tests.faulty import AT
from tests.test_convert_engines import ENGINES, children, files, rows, same_files, until

LABEL = "Natural hazards"
CELLS = {
    "Chad": "floods\ndroughts",
    "Mali": "storms\nearthquakes",
    "Cuba": "heavy rains in late spring",
    "Peru": "earthquakes along the coast",
    "Malta": "droughts in dry years",
    "Aruba": "hurricanes pass to the north",
}


def table(one: str, two: str) -> str:
    """A page whose cells bars divide, so that they are sure."""
    cells = " | ".join(CELLS[name].replace("\n", " ") for name in (one, two))
    return f"{one} vs. {two}\n\nGeography\n\n{one} | {two} | |\n{LABEL} | {cells} |\n"


def glued(one: str, two: str) -> str:
    """A page whose cells and their lines a line break divides."""
    return f"{one} vs. {two}\n\nGeography\n\n{one}{two}\n{LABEL}{CELLS[one]}\n{CELLS[two]}\n"


def html(one: str, two: str) -> str:
    """The same page as HTML."""
    cells = "".join(f"<td>{text}" for text in (LABEL, CELLS[one], CELLS[two]))
    return f"<h1>{one} vs. {two}</h1><table><tr><td><td>{one}<td>{two}<tr>{cells}</table>"


DOUBTFUL = glued("Chad", "Mali")
SHOWN = [table("Chad", "Peru"), table("Cuba", "Chad"), table("Mali", "Peru"), table("Mali", "Cuba")]


def parsed(texts: Sequence[str]) -> list[Page]:
    return [factparse.parse(text, books=()) for text in texts]


def cells_of(page: Page) -> list[str]:
    return [cell.text for cell in page.rows[0].cells]


def in_doubt(page: Page) -> bool:
    return page.rows[0].confidence < 0.9


class TestLibrary:
    def test_a_row_that_others_settle(self) -> None:
        pages = parsed([DOUBTFUL, *SHOWN])
        assert in_doubt(pages[0])
        again = factparse.resolve(iter(pages))
        assert (cells_of(again[0]), again[0].rows[0].confidence) == ([CELLS["Chad"], CELLS["Mali"]], 0.9995)
        assert [page.countries for page in again] == [page.countries for page in pages]
        assert "known" in again[0].explain(again[0].rows[0])
        assert again[0].facts() != pages[0].facts()

    @pytest.mark.parametrize("missing", range(4))
    def test_a_cell_must_be_seen_beside_two_countries(self, missing: int) -> None:
        shown = [text for number, text in enumerate(SHOWN) if number != missing]
        assert in_doubt(factparse.resolve(parsed([DOUBTFUL, *shown]))[0])

    def test_copies_of_a_page_are_no_more_witnesses(self) -> None:
        shown = [table("Chad", "Peru"), table("Mali", "Peru")]
        assert in_doubt(factparse.resolve(parsed([DOUBTFUL, *shown * 3]))[0])

    def test_rows_in_doubt_are_no_witnesses(self) -> None:
        again = factparse.resolve(parsed([glued("Chad", other) for other in ("Mali", "Aruba", "Malta")]))
        assert not any(page.rows[0].confidence == 0.9995 for page in again)

    def test_html_stays_and_counts(self) -> None:
        shown = [factparse.parse_html(html(*pair)) for pair in (("Chad", "Peru"), ("Mali", "Peru"))]
        pages = [*shown, *parsed([DOUBTFUL, SHOWN[1], SHOWN[3]])]
        again = factparse.resolve(pages)
        assert (again[0] is shown[0], again[1] is shown[1]) == (True, True)
        assert not in_doubt(again[2])

    def test_several_pages_of_one_text_and_none(self) -> None:
        text = "\n".join([*SHOWN, DOUBTFUL])
        pages = [*factparse.parse_pages(text, books=()), factparse.parse("nothing to compare")]
        remarked = attrs.evolve(pages[4], diagnostics=(factparse.Diagnostic("said", "before", None),))
        again = factparse.resolve([*pages[:4], remarked, pages[5]])
        assert [page.source.page for page in again] == [0, 1, 2, 3, 4, 0]
        assert not in_doubt(again[4])
        assert (again[4].diagnostics, again[5]) == (remarked.diagnostics, pages[5])
        assert factparse.resolve([]) == []

    def test_the_books_of_a_page_are_asked_too(self) -> None:
        maker = BookMaker(hash_bytes=8)
        for country, name in (("CD", "Chad"), ("MT", "Malta")):
            maker.add(KnownCell(country, LABEL, CELLS[name], ("1999",)))
        own = [Book(maker.book())]
        pages = [factparse.parse(text, books=own) for text in (glued("Chad", "Malta"), DOUBTFUL, *SHOWN)]
        again = factparse.resolve(pages)
        assert [page.rows[0].confidence for page in again[:2]] == [0.9995, 0.9995]
        assert again[0].shelf is not None
        assert len(again[0].shelf.books) == 2


class TestSightings:
    def test_only_sure_cells_with_text_and_country_are_taken(self) -> None:
        page = factparse.parse_html(html("Chad", "Mali").replace(f"<td>{CELLS['Chad']}", "<td>"))
        assert [(column, cell.country, cell.text) for column, cell in sure_cells(page)] == [
            (1, "ML", "storms earthquakes")
        ]
        assert list(sure_cells(parsed([DOUBTFUL])[0])) == []

    def test_a_country_beside_itself_says_nothing(self) -> None:
        seen = Sightings()
        seen.add(factparse.parse(f"{LABEL}\nChad (1999) | Chad (2003) | |\n{LABEL} | none | floods |\n", books=()))
        assert list(Book(seen.book()).keys()) == []

    def test_the_order_of_pages_and_books_does_not_matter(self) -> None:
        pages = parsed([*SHOWN, table("Chad", "Malta"), table("Chad", "Aruba")])
        made = set()
        for order in (pages, pages[::-1]):
            for size in (1, 2, len(pages)):
                witnessed = Witnessed()
                for start in range(0, len(order), size):
                    seen = Sightings()
                    for page in order[start : start + size]:
                        seen.add(page)
                    witnessed.pour(Book(seen.book()))
                made.add(witnessed.book())
        (book,) = map(Book, made)
        assert book.editions_of("CD", LABEL, CELLS["Chad"]) == ()
        assert book.editions_of("PE", LABEL, CELLS["Peru"]) == ()
        assert book.editions_of("MT", LABEL, CELLS["Malta"]) is None

    def test_what_is_remembered_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole, bounded = Sightings(), Sightings()
        for page in parsed(SHOWN):
            whole.add(page)
        monkeypatch.setattr(sys.modules["factparse.sightings"], "_REMEMBERED", 1)
        for page in parsed(SHOWN):
            bounded.add(page)
        assert len(bounded._witnesses) == 1
        assert bounded.book() == whole.book()


def dump(folder: Path, extra: Sequence[str] = ()) -> Path:
    """A file a page, the row in doubt first, so that nothing that settles it has been read before."""
    folder.mkdir()
    texts = [DOUBTFUL, *SHOWN, *extra, *(f"nothing to compare in text {number}" for number in range(12))]
    for number, text in enumerate(texts):
        (folder / f"{number:02}.txt").write_text(text)
    return folder


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return dump(tmp_path / "in")


def convert(inputs: Path, output: Path, **options: Any) -> factparse.Summary:  # noqa: ANN401 (as Settings has them)
    given = {"shard_bytes": 100, "books": ("none",), "emit": "rows", "resolve": True, **options}
    return factparse.convert(inputs, output, **given)


class TestConvert:
    def test_a_row_that_other_shards_settle(self, inputs: Path, tmp_path: Path) -> None:
        plain = convert(inputs, tmp_path / "plain", resolve=False)
        summary = convert(inputs, tmp_path / "out")
        assert summary.shards > 3
        first = json.loads(rows(tmp_path / "out")[0])
        assert ([cell["text"] for cell in first["cells"]], first["confidence"]) == (
            [CELLS["Chad"], CELLS["Mali"]],
            0.9995,
        )
        assert (plain.low, summary.low) == (1, 0)
        assert attrs.evolve(summary, low=1) == plain
        assert not list((tmp_path / "out").glob(".sightings"))
        assert convert(inputs, tmp_path / "out") == summary

    def test_it_is_what_the_library_says(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "out.jsonl", emit="pages")
        pages = [page for page in factparse.read(inputs, books=()) if page]
        said = [page.to_json() for page in factparse.resolve(pages)]
        assert (tmp_path / "out.jsonl").read_text().splitlines() == said

    @pytest.mark.parametrize("workers", [1, 2])
    def test_workers(self, inputs: Path, tmp_path: Path, workers: int) -> None:
        assert same_files(convert, inputs, tmp_path, workers=workers)

    @pytest.mark.filterwarnings("ignore")  # what the packages warn of is not ours
    @pytest.mark.parametrize("engine", ENGINES)
    def test_engines(self, inputs: Path, tmp_path: Path, engine: Any) -> None:  # noqa: ANN401 (a literal)
        assert same_files(convert, inputs, tmp_path, workers=1, engine=engine)

    @pytest.mark.parametrize("kind", [".jsonl", ".jsonl.gz", ".parquet"])
    def test_one_file(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        convert(inputs, tmp_path / f"one{kind}")
        convert(inputs, tmp_path / f"whole{kind}", shard_bytes=1 << 20, workers=1)
        assert (tmp_path / f"one{kind}").exists()
        if kind == ".jsonl":
            assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in", f"one{kind}", f"whole{kind}"]

    def test_a_book_of_other_hashes_beside_it(self, inputs: Path, tmp_path: Path) -> None:
        maker = BookMaker(hash_bytes=8)
        maker.add(KnownCell("MT", LABEL, CELLS["Malta"], ("1999",)))
        (tmp_path / "own.book").write_bytes(maker.book())
        assert convert(inputs, tmp_path / "out", books=("none", str(tmp_path / "own.book"))).low == 0

    def test_no_input(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        assert convert(tmp_path / "in", tmp_path / "out").pages == 0

    def test_what_can_be_read_once_is_refused(self, tmp_path: Path) -> None:
        done = CliRunner().invoke(cli, ["convert", "-", "-o", str(tmp_path / "out.jsonl"), "--resolve"], input=DOUBTFUL)
        assert (done.exit_code, "read twice" in done.stderr) == (2, True)
        with pytest.raises(UsageError) as caught:
            factparse.convert("-", tmp_path / "out", resolve=True)
        assert caught.value.code == "read-once"

    def test_the_progress_counts_both_passes(self, inputs: Path, tmp_path: Path) -> None:
        seen: list[tuple[int, int, int]] = []
        factparse.convert(
            inputs,
            tmp_path / "out",
            resolve=True,
            shard_bytes=100,
            on_progress=lambda progress: seen.append((progress.done, progress.total, progress.records)),
        )
        size = sum(path.stat().st_size for path in inputs.iterdir())
        assert seen[-1] == (2 * size, 2 * size, 17)
        assert any(size > done > 0 == records for done, _, records in seen)

    def test_other_options(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "out")
        with pytest.raises(UsageError, match="resolve"):
            convert(inputs, tmp_path / "out", resolve=False)


class TestFaults:
    @pytest.mark.parametrize("attempts", [1, 2])
    def test_a_record_that_kills_both_passes(self, tmp_path: Path, attempts: int) -> None:
        calm = dump(tmp_path / "calm")
        convert(calm, tmp_path / "undisturbed")
        inputs = dump(tmp_path / "in", ["KILL"])
        faulty = {"reader": "tests.faulty:read", "converter": "tests.faulty:convert_record"}
        summary = convert(inputs, tmp_path / "out", workers=1, attempts=attempts, **faulty)
        assert (summary.failed, summary.low) == (1, 0)
        assert [json.loads(row)["cells"] for row in rows(tmp_path / "out")] == [
            json.loads(row)["cells"] for row in rows(tmp_path / "undisturbed")
        ]

    @pytest.mark.parametrize("second", [False, True])
    def test_kill_9_in_either_pass(
        self, inputs: Path, tmp_path: Path, second: bool, gate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(AT, "convert 12" if second else "read 12")
        convert(inputs, tmp_path / "undisturbed")
        out = tmp_path / "out"
        options = ["--shard-size", "100", "--book", "none", "--emit", "rows", "--resolve", "--workers", "1"]
        command = [sys.executable, "-m", "tests.slow_command", "convert", *options, str(inputs), "-o", str(out)]
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until(lambda: bool(list(out.glob("part-*" if second else ".sightings/part-*.json"))))
        workers = children(running.pid)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        assert (out / ".sightings" / "all.book").exists() == second
        assert not (out / "summary.json").exists()
        (out / ".sightings" / ".all.book.x.part").touch()
        gate.touch()
        done = subprocess.run(command, check=False)
        assert (done.returncode, rows(out)) == (0, rows(tmp_path / "undisturbed"))
        assert not (out / ".sightings").exists()

    def test_a_run_that_begins_anew(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "calm")
        broken_off(inputs, tmp_path / "out", after=11)
        assert (tmp_path / "out" / ".sightings").exists()
        convert(inputs, tmp_path / "out", resume=False)
        assert files(tmp_path / "out") == files(tmp_path / "calm")
        broken_off(inputs, tmp_path / "again", after=11)
        convert(inputs, tmp_path / "again", resume=False, resolve=False)
        assert not (tmp_path / "again" / ".sightings").exists()

    def test_sightings_that_are_there_are_not_collected_again(self, inputs: Path, tmp_path: Path) -> None:
        broken_off(inputs, tmp_path / "out", after=3)
        done: list[int] = []

        def run(tasks: Sequence[Task], _note: object) -> Any:  # noqa: ANN401 (an iterator)
            for task in tasks:
                done.append(task.shard.number)
                yield Report(task.shard.number)
                return

        tasks = [Task(Shard(number, ()), tmp_path / "out", Settings(resolve=True), first=True) for number in range(4)]
        with pytest.raises(OutputError):  # of the others there are none
            first_pass(tasks, run, lambda _: None, lambda _, **_before: None)
        assert done == [3]
        (tmp_path / "out" / ".sightings" / "all.book").touch()
        first_pass(tasks, run, lambda _: None, lambda _, **_before: None)
        assert done == [3]


def broken_off(inputs: Path, output: Path, after: int) -> None:
    """Convert, and break off after so many shards of both passes."""
    shards = 0

    def stop(_: object) -> None:
        nonlocal shards
        shards = len(list(output.glob(".sightings/part-*.json"))) + len(list(output.glob(".done/*.json")))
        if shards >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        factparse.convert(inputs, output, resolve=True, shard_bytes=100, books=("none",), emit="rows", on_progress=stop)
