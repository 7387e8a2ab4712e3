"""The commands that ask pages for something, and what they look like at any width."""

import csv
import io
import json
import re
import sqlite3
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import factparse
from factparse.cli import cli, options
from factparse.convert.launch import Engine
from factparse.convert.settings import KINDS
from factparse.output.json import EMITS
from factparse.output.tables import columns
from factparse.output.terminal import _widths, changes_view, disputes_view, page_view, show
from factparse.output.verification import verification_view
from tests.made import FIXTURES

PAGES = FIXTURES / "pages"
FIRST = PAGES / "first_page.txt"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(FIRST.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "b.txt").write_text("nothing to compare")
    (tmp_path / "c.txt").write_text("Chad vs. Mali\nGeography\nChad | Mali | |\nCoastline | 0 km | 5 km |\n")
    return tmp_path


class TestFacts:
    def test_a_table_with_confidence(self, inputs: Path) -> None:
        done = run("facts", inputs)
        assert done.exit_code == 0
        assert all(word in done.stdout for word in ("sure", "DrugRole", "Kenya vs. Ecuador", "Chad vs. Mali", "1.00"))

    def test_lines_of_json_are_facts(self, inputs: Path) -> None:
        done = run("facts", "--json", inputs)
        found = factparse.facts_from_json(done.stdout)
        assert found == tuple(fact for page in factparse.read(inputs) for fact in page.facts())
        assert json.loads(done.stdout.splitlines()[0])["source"]["name"].endswith("a.txt")

    def test_csv_is_the_table(self, inputs: Path) -> None:
        found = list(csv.DictReader(io.StringIO(run("facts", "--csv", inputs).stdout)))
        assert [*found[0]] == [column.name for column in columns("facts")]
        assert len(found) == len(factparse.facts_from_json(run("facts", "--json", inputs).stdout))

    def test_what_is_asked_for(self, inputs: Path) -> None:
        asked = ["--type", "DrugRole", "--country", "KEN", "--field", "Illicit drugs", "--min-confidence", "0.5"]
        found = factparse.facts_from_json(run("facts", "--json", inputs, *asked).stdout)
        assert [(fact.type, fact.subject) for fact in found] == [("DrugRole", "Kenya")] * 2
        first = factparse.facts_from_json(run("facts", "--json", inputs, "--limit", "1").stdout)
        assert len([fact for fact in first if not fact.derived]) == 8

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            (["--field", "Ilicit drugs"], "did you mean 'Illicit drugs'?"),
            (["--country", "Kenia"], "did you mean 'Kenya'?"),
            (["--type", "Drugs"], "'--type': 'Drugs' is not one of 'Quantity'"),
            (["--csv", "--json"], "leave --csv or --json out"),
        ],
    )
    def test_what_makes_no_sense(self, inputs: Path, asked: list[str], said: str) -> None:
        done = run("facts", inputs, *asked)
        assert (done.exit_code, said in done.stderr) == (2, True)


class TestDiff:
    def test_two_pages(self, inputs: Path) -> None:
        (inputs / "d.txt").write_text((inputs / "c.txt").read_text().replace("5 km", "7 km"))
        done = run("diff", "--json", inputs / "c.txt", inputs / "d.txt")
        (change,) = map(json.loads, done.stdout.splitlines())
        assert (change["kind"], change["differs"]) == ("changed", ["value"])
        assert (change["before"]["value"], change["after"]["value"]) == (5, 7)
        seen = run("diff", inputs / "c.txt", inputs / "d.txt").stdout
        assert all(word in seen for word in ("changed", "Mali", "Coastline", "value 5", "value 7"))
        assert run("diff", inputs / "c.txt", inputs / "c.txt").stdout == "nothing changed\n"
        assert run("diff", inputs / "c.txt", inputs / "d.txt", "--field", "Area").stdout == "nothing changed\n"

    def test_two_columns(self, inputs: Path) -> None:
        assert "value 0" in run("diff", inputs / "c.txt").stdout

    def test_a_file_without_a_page(self, inputs: Path) -> None:
        done = run("diff", inputs / "b.txt", inputs / "c.txt")
        assert (done.exit_code, "b.txt: there is no page in it" in done.stderr) == (1, True)


class TestDisputes:
    def test_a_table_and_json(self) -> None:
        pytest.importorskip("networkx")
        seen = run("disputes", PAGES, "--of", "Ghana")
        assert (seen.exit_code, "maritime boundary" in seen.stdout) == (0, True)
        graph = json.loads(run("disputes", PAGES, "--json").stdout)
        told = factparse.disputes(factparse.read(PAGES))
        assert len(graph["edges"]) == len(told) > 3
        misspelt = run("disputes", PAGES, "--of", "Ghanna")
        assert (misspelt.exit_code, "there is no party 'Ghanna'; did you mean 'Ghana'?" in misspelt.stderr) == (2, True)
        assert "no disputes" in run("disputes", PAGES, "--of", "Iceland").stdout
        assert run("disputes", PAGES, "--graphml", "--of", "Ghana").stdout.startswith("<graphml")
        assert run("disputes", FIRST).stdout == "no disputes\n"


class TestParse:
    def test_many_files_a_limit_and_only_pages(self, inputs: Path) -> None:
        files = [inputs / name for name in ("b.txt", "c.txt", "a.txt")]

        def told(*more: object) -> list[list[str]]:
            return [json.loads(line)["countries"] for line in run("parse", "--json", *files, *more).stdout.splitlines()]

        assert told() == [[], ["Chad", "Mali"], ["Kenya", "Ecuador"]]
        assert told("--limit", 2) == [[], ["Chad", "Mali"]]
        assert told("--limit", 1, "--only-pages") == [["Chad", "Mali"]]
        assert run("parse", *files, inputs / "none.txt").exit_code == 1


def drawn(path: Path, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    for page in factparse.parse_pages(path.read_text(encoding="utf-8")):
        for part in page_view(page, width=width):
            show(console, part)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 70, 80, 100, 160, 200])
def test_no_word_is_broken_in_other_tables(width: int) -> None:
    page = factparse.parse(FIRST.read_text(encoding="utf-8"))
    disputes = factparse.disputes(factparse.read(PAGES))
    console = Console(file=io.StringIO(), width=width)
    for part in (
        *changes_view(factparse.diff(page), width=width),
        *disputes_view(disputes, width=width),
        *verification_view(page, factparse.verify(page), width=width),
    ):
        show(console, part)
    assert isinstance(console.file, io.StringIO)
    seen = console.file.getvalue()
    assert max(map(len, seen.splitlines())) <= width
    words = {*re.findall(r"\w+", seen)}
    assert {"substances", "Refugees", "internally", "sovereignty", "maritime"} <= words


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 200)), min_size=1, max_size=7), st.integers(0, 90))
def test_no_column_is_too_narrow(columns: list[tuple[int, int]], spare: int) -> None:
    least = [narrow for narrow, _ in columns]
    wide = [narrow + more for narrow, more in columns]
    room = sum(least) + spare
    widths = _widths(least, wide, room)
    assert all(size >= narrow for size, narrow in zip(widths, least, strict=True))
    assert sum(widths) <= room
    assert sum(widths) == room or widths == wide


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, 200])
@pytest.mark.parametrize("name", ["first_page", "tabs", "transnational_mixed", "country_colons", "glued"])
def test_no_word_is_broken_at_any_width(name: str, width: int) -> None:
    path = PAGES / f"{name}.txt"
    seen = drawn(path, width)
    assert max(map(len, seen.splitlines())) <= width
    assert not [line for line in seen.splitlines() if line != line.rstrip()]
    words = set(seen.split())
    for page in factparse.parse_pages(path.read_text(encoding="utf-8")):
        cells = [cell.text[:300].rsplit(None, 1)[0] for row in page for cell in row if cell.text]
        assert {word for cell in cells for word in cell.split() if len(word) <= 30} - words == set()


def test_choices_are_those_of_the_library() -> None:
    assert "TierRating" in options.TYPES
    assert options.EMITS == EMITS
    assert tuple(f".{kind}" for kind in options.KINDS) == KINDS
    assert get_args(Engine) == options.ENGINES


class TestHelp:
    def test_commands_stand_in_groups(self) -> None:
        seen = run("--help").stdout
        assert (
            seen.index("Look at pages:") < seen.index("facts ") < seen.index("Convert dumps:") < seen.index("schema ")
        )
        assert all(name in seen for name in cli.commands)
        assert "..." not in seen.partition("Look at")[2].partition("Exit codes")[0]

    @pytest.mark.parametrize("name", ["parse", "facts", "diff", "disputes", "convert"])
    def test_every_option_is_told_with_examples(self, name: str) -> None:
        seen = run(name, "--help").stdout
        assert "Examples:" in seen
        for param in cli.commands[name].params:
            if isinstance(param, click.Option):
                assert all(option in seen for option in param.opts)

    def test_shells_complete_choices(self) -> None:
        command: Any = cli.commands["convert"]
        (emit,) = [param for param in command.params if param.name == "emit"]
        found = emit.type.shell_complete(click.Context(command), emit, "f")
        assert [item.value for item in found] == ["facts"]


def test_an_earlier_run_is_told_of_in_options(inputs: Path) -> None:
    assert run("convert", inputs / "a.txt", "-o", inputs / "out", "--quiet").exit_code == 0
    done = run("convert", inputs / "a.txt", "-o", inputs / "out", "--to", "csv", "--quiet")
    assert (done.exit_code, "(--emit = 'pages', --to = '.jsonl')" in done.stderr) == (2, True)


def test_a_table_of_a_database_is_chosen(tmp_path: Path) -> None:
    text = FIRST.read_text(encoding="utf-8")
    with sqlite3.connect(tmp_path / "two.sqlite") as base:
        for name in ("old", "new"):
            base.execute(f"CREATE TABLE {name} (text TEXT)")
            base.execute(f"INSERT INTO {name} VALUES (?)", (text if name == "new" else "nothing",))
    base.close()
    both = tmp_path / "two.sqlite"
    assert "choose one by its name (--table)" in run("facts", both).stderr
    for command in ("parse", "facts", "diff", "verify", "disputes"):
        done = run(command, both, "--table", "new")
        assert (done.exit_code, done.stdout == run(command, FIRST).stdout) == (0, True)
    assert run("report", both, "--table", "new", "-o", tmp_path / "page.html").exit_code == 0
    assert [len(page.facts()) for page in factparse.read(both, table="new")] == [8]
