"""Reports of what ``convert`` wrote."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import factparse
from factparse.cli import cli
from factparse.converted import converted_pages
from factparse.core.errors import FactparseError, UsageError
from factparse.output.report.page import page_html
from tests.made import PAGE


@pytest.fixture
def written(tmp_path: Path, pages: Path) -> Path:
    """The folder of a conversion of the fixtures, and of a line that is broken."""
    source = tmp_path / "in"
    source.mkdir()
    for path in pages.glob("*.txt"):
        (source / path.name).write_bytes(path.read_bytes())
    (source / "z.jsonl").write_text(json.dumps({"text": PAGE}) + "\nbroken\n", encoding="utf-8")
    factparse.convert([source], tmp_path / "out", workers=0)
    return tmp_path / "out"


def found(path: Path) -> list[factparse.Page | FactparseError]:
    outcomes = converted_pages(str(path))
    assert outcomes is not None
    return list(outcomes)


def test_pages_come_back_with_their_facts_and_what_was_put_aside(written: Path) -> None:
    outcomes = found(written)
    loaded = [outcome for outcome in outcomes if isinstance(outcome, factparse.Page)]
    read = [page for page in factparse.read(written.parent / "in") if page]
    assert sorted(page.countries for page in loaded) == sorted(page.countries for page in read)
    assert sum(len(page.facts()) for page in loaded) == sum(len(page.facts()) for page in read)
    (error,) = (outcome for outcome in outcomes if isinstance(outcome, FactparseError))
    assert (error.code, error.line) == ("bad-json", 2)


def test_a_page_without_its_text_shows_its_cells_with_the_same_facts(pages: Path) -> None:
    for path in sorted(pages.glob("*.txt")):
        for page in filter(None, factparse.read(path)):
            html = page_html(factparse.Page.from_json(page.to_json()))
            assert "loaded without its text" in html
            shown = html.partition('id="text"')[2].partition("</pre>")[0]
            marked = {int(number) for each in re.findall(r'data-facts="([\d ]+)"', shown) for number in each.split()}
            assert marked == {number for number, fact in enumerate(page.facts()) if fact.span.size}


def test_a_file_of_pages_is_told_from_other_lines(written: Path, tmp_path: Path) -> None:
    (part,) = written.glob("part-*.jsonl")
    assert len(found(part)) == len(found(written)) - 1  # what was put aside stands elsewhere
    other = tmp_path / "dump.jsonl"
    for text in ("", "broken\n", json.dumps({"text": PAGE, "schema_version": 2}) + "\n", "[]\n"):
        other.write_text(text, encoding="utf-8")
        assert converted_pages(str(other)) is None
    assert converted_pages(str(tmp_path / "nowhere.jsonl")) is None
    assert converted_pages(str(tmp_path)) is None
    assert converted_pages("-") is None


def test_a_line_that_is_no_page_costs_itself_only(written: Path) -> None:
    (part,) = written.glob("part-*.jsonl")
    lines = part.read_bytes().splitlines(keepends=True)
    part.write_bytes(
        b"".join([lines[0], b"broken\n", b'{"schema_version": 999, "sections": []}\n', b"[]\n", *lines[1:]])
    )
    outcomes = found(part)
    errors = [outcome for outcome in outcomes if isinstance(outcome, FactparseError)]
    assert [error.line for error in errors] == [2, 3, 4]
    assert len(outcomes) == len(lines) + 3


def test_rows_and_facts_make_no_report(tmp_path: Path, pages: Path) -> None:
    factparse.convert([pages / "glued.txt"], tmp_path / "out", workers=0, emit="facts")
    with pytest.raises(UsageError, match="no-pages-kept"):
        converted_pages(str(tmp_path / "out"))


def test_the_command_reports_a_conversion(written: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", str(written), "-o", str(tmp_path / "reports")])
    assert done.exit_code == 3
    assert "[bad-json]" in done.output
    assert (tmp_path / "reports" / "index.html").exists()
