"""Records to output: counts, failures as values, and a file that is complete or not there."""

import pkgutil
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factparse
from factparse import FactparseError, OutputError, SourceError, Summary, UsageError
from factparse.convert import outfiles
from factparse.convert.job import Progress
from factparse.convert.records import convert_record
from factparse.convert.report import Report
from factparse.layout.kinds import may_be_page, pages_of
from factparse.layout.lexer import with_breaks
from factparse.layout.marks import VERSUS
from factparse.sources.record import Record
from factparse.vocabulary import labels
from tests.made import FIXTURES, PAGE, lines_of


def test_one_line_a_page_in_order_and_counts(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    summary = factparse.convert(inputs, out)
    first, second = lines_of(out)
    assert first["source"] == {"name": str(inputs / "a.txt"), "record": 0, "page": 0, "url": None}
    assert second["source"] == {"name": str(inputs / "c.jsonl"), "record": 0, "page": 0, "url": "http://example.org/x"}
    assert (summary.inputs, summary.records, summary.pages, summary.others, summary.rows) == (3, 5, 2, 1, 2)
    assert summary.facts.total() == sum(
        len(page["facts"]) for page in (first, second) if isinstance(page["facts"], list)
    )
    assert [(error.code, error.line) for error in summary.failures] == [("bad-json", 2), ("missing-key", 3)]
    assert (summary.failed, summary.read) == (2, 3)


def test_a_run_says_how_far_it_is_and_what_failed(inputs: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    failed: list[str] = []

    def note(progress: Progress) -> None:
        seen.append((progress.done, progress.total))

    factparse.convert(
        inputs, tmp_path / "out.jsonl", on_progress=note, on_failure=lambda error: failed.append(error.code)
    )
    total = sum(path.stat().st_size for path in inputs.iterdir())
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (total, total)
    assert failed == ["bad-json", "missing-key"]


def test_the_same_input_gives_the_same_output(inputs: Path, tmp_path: Path) -> None:
    factparse.convert(inputs, tmp_path / "1.jsonl")
    factparse.convert([inputs], str(tmp_path / "2.jsonl"))
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_the_output_in_an_input_folder_is_not_read(inputs: Path) -> None:
    factparse.convert(inputs, inputs / "z.jsonl")
    again = factparse.convert(inputs, inputs / "z.jsonl")
    assert (again.inputs, again.pages) == (3, 2)


def test_an_input_is_never_overwritten(inputs: Path) -> None:
    with pytest.raises(UsageError, match="also an input"):
        factparse.convert([inputs / "a.txt"], inputs / "a.txt")
    assert (inputs / "a.txt").read_text() == PAGE


def test_an_absent_input_stops_the_run_before_it_starts(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    with pytest.raises(SourceError, match="absent"):
        factparse.convert([inputs, tmp_path / "absent"], out)
    assert not out.exists()


@pytest.mark.parametrize("name", ["absent/out.jsonl", "absent/folder"])
def test_an_output_that_cannot_be_written_is_told(inputs: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as caught:
        factparse.convert(inputs, tmp_path / name)
    assert caught.value.source == str(tmp_path / name)


def test_broken_off_work_leaves_the_old_output_and_no_litter(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        factparse.convert(inputs, out, on_progress=stop)
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl"]


def test_a_full_disk_is_an_output_error(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outfiles, "_write", full)
    with pytest.raises(OutputError, match="no space left on device"):
        factparse.convert(inputs, tmp_path / "out.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_the_output_has_the_mode_of_any_new_file(inputs: Path, tmp_path: Path) -> None:
    factparse.convert(inputs, tmp_path / "out.jsonl")
    (tmp_path / "plain").touch()
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("out.jsonl", "plain")]
    assert modes[0] == modes[1]


def test_a_fault_in_one_record_is_a_failure_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, **_: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("factparse.reading.parse_pages", fail)
    done = convert_record(Record(PAGE, "dump.jsonl", number=6, line=7))
    assert (done.lines, done.rows) == ((), 0)
    assert str(done.failure).startswith("dump.jsonl:7: ZeroDivisionError: of all things")
    assert done.failure is not None
    assert done.failure.code == "internal-error"


def test_a_foreseen_error_is_placed_in_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, **_: object) -> None:
        raise UsageError("a-code", "a message")

    monkeypatch.setattr("factparse.reading.parse_pages", fail)
    failure = convert_record(Record(PAGE, "dump.jsonl", number=6, line=7)).failure
    assert isinstance(failure, UsageError)
    assert str(failure) == "dump.jsonl:7: a message [a-code]"


def test_a_summary_keeps_the_first_failures_and_counts_all() -> None:
    summary = Summary()
    for shard in range(2):
        report = Report(shard)
        for number in range(50):
            report.add(convert_record(SourceError("bad-json", "no", source="f", line=50 * shard + number + 1)))
        summary.add(report)
    assert (summary.failed, summary.records, len(summary.failures)) == (100, 100, 20)
    assert summary.failures[-1].line == 20


class TestRead:
    def test_every_record_gives_a_page_and_an_empty_one_says_why(self, inputs: Path) -> None:
        pages = list(factparse.read(inputs))
        assert [bool(page) for page in pages] == [True, False, True, False, False]
        assert [remark.code for page in pages for remark in page.diagnostics if not page] == [
            "not-a-comparison",
            "bad-json",
            "missing-key",
        ]
        assert [(Path(page.source.name or "").name, page.source.record) for page in pages][2:] == [
            ("c.jsonl", 0),
            ("c.jsonl", 1),
            ("c.jsonl", 2),
        ]

    def test_spans_cut_the_text_of_the_page(self, inputs: Path) -> None:
        page = next(iter(factparse.read(inputs / "a.txt")))
        assert page.text == PAGE
        cells = [cell for row in page.rows for cell in row.cells]
        assert [cell.text for cell in cells] == ["316 sq km", "180 sq km"]
        assert all(cell.span.cut(page.text) == cell.text for cell in cells)

    def test_what_was_remarked_on_the_bytes_is_on_the_page(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_bytes(PAGE.encode() + "é".encode() + b"\xff")
        (page,) = factparse.read(path)
        assert page
        assert "invalid-bytes" in [remark.code for remark in page.diagnostics]

    def test_an_absent_file_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError):
            next(iter(factparse.read(tmp_path / "absent")))

    @pytest.mark.parametrize(
        ("place", "fault", "code"),
        [
            *(
                (place, fault, code)
                for place in ("factparse.reading.parse_pages", "factparse.sources.text.decode_detected")
                for fault, code in (
                    (AssertionError("of all things"), "internal-error"),
                    (RecursionError(), "internal-error"),
                    (MemoryError(), "out-of-memory"),
                )
            ),
            ("factparse.reading.parse_pages", FactparseError("some-code", "of all things"), "some-code"),
        ],
    )
    def test_whatever_is_raised_stands_in_the_place_of_the_record(
        self, inputs: Path, monkeypatch: pytest.MonkeyPatch, place: str, fault: Exception, code: str
    ) -> None:
        well = pkgutil.resolve_name(place)
        calls = iter(range(100))

        def failing(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (as the function has them)
            if next(calls) == 0:
                raise fault
            return well(*arguments, **options)

        monkeypatch.setattr(place, failing)
        pages = list(factparse.read(inputs))
        assert [bool(page) for page in pages] == [False, False, True, False, False]
        assert (pages[0].source.name, pages[0].diagnostics[0].code) == (str(inputs / "a.txt"), code)
        assert pages[1].diagnostics[0].code == "not-a-comparison"

    def test_html_that_once_ended_the_reading_of_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_text("<h1>Malta vs. Aruba</h1><p>Area<p>Population<![>")
        (tmp_path / "b.txt").write_text(PAGE)
        pages = list(factparse.read(tmp_path))
        assert [(Path(page.source.name or "").name, page.countries) for page in pages] == [
            ("a.html", ()),
            ("b.txt", ("Malta", "Aruba")),
        ]


class TestHtml:
    """HTML that is told, without being rendered, to be no comparison."""

    HEADER = "<tr><td></td><td>Malta</td><td>Aruba</td></tr>"
    AREA = "<tr><td>Area</td><td>316 sq km</td><td>180 sq km</td></tr>"
    COAST = "<tr><td>\n <b>Coastline</b></td><td>197 km</td><td>69 km</td></tr>"

    @pytest.mark.parametrize(
        "html",
        [
            f"<h1>Malta vs. Aruba</h1><table>{AREA}</table>",
            f"<table>{HEADER}{AREA}</table>",
            f"<table>{HEADER}{COAST}</table>",
            f"<table>{HEADER}{AREA}{COAST}</table>",
            f"<table><tr><th></th><th>&nbsp;Malta</th><th><a href='#'>Aruba</a></th></tr>{AREA}</table>",
        ],
    )
    def test_what_is_one_is_seen(self, html: str) -> None:
        assert convert_record(Record(html, "page.html", html=True)).pages == bool(factparse.parse_html(html)) == 1

    @pytest.mark.parametrize("html", ["", "<p>Malta and Aruba", "<td>Area", "<table><tr><td>a<td>b<td>c</table>"])
    def test_what_is_none_is_not_rendered(self, html: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("factparse.reading.parse_html", None)
        done = convert_record(Record(html, "page.html", html=True))
        assert (done.pages, done.failure) == (0, None)


class TestText:
    """Text that is told, without being laid out, to be no comparison."""

    WORDS = (
        "v",
        "s",
        "vs",
        " vs. ",
        "versus",
        "Versus",
        ".",
        " ",
        "\t",
        "\xa0",
        "\n",
        "\r",
        "ersus",
        "Chad",
        "Mali",
        "Area",
    )

    @given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
    def test_the_middle_of_a_title_is_found_as_plainly_told(self, text: str) -> None:
        plain = re.search(r" (v(?:s?\.?|ersus)[ \t\xa0]+)", text)
        seen = VERSUS.search(text)
        assert (seen and seen.span()) == (plain and plain.span(1))

    @given(st.lists(st.sampled_from((*WORDS, *(label.text for label in labels()[:40]))), max_size=12).map("".join))
    def test_what_is_told_to_be_none_is_none(self, text: str) -> None:
        broken = with_breaks(text)
        assert may_be_page(broken) or not pages_of(broken)

    def test_pages_of_every_kind_are_seen(self) -> None:
        found = [path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "pages").glob("*.txt"))]
        assert all(may_be_page(with_breaks(text)) for text in found if pages_of(with_breaks(text)))
        assert len(found) > 10

    def test_it_is_not_laid_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("factparse.layout.tree.layout_tree", None)
        assert factparse.parse("Chad, very large; Area of peace").diagnostics[0].code == "not-a-comparison"
