"""The command: what it prints, and how it ends."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from rich.console import Console
from rich.progress import Progress as Bar

from factparse import __version__, json_schema
from factparse.cli import cli
from factparse.cli.progress import _Bar, reporter, summary_lines
from factparse.convert.job import Progress
from factparse.convert.summary import Summary
from tests.made import PAGE, lines_of


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def spawn(*arguments: str | Path, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "factparse", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


class TestHelp:
    def test_exit_codes_are_named(self) -> None:
        for command in ([], ["parse"], ["convert"]):
            done = run(*command, "--help")
            assert done.exit_code == 0
            for code in ("0  done", "1  nothing could be done", "2  the command", "3  done, but some"):
                assert code in done.stdout

    def test_version(self) -> None:
        assert run("--version").stdout == f"factparse {__version__}\n"

    def test_as_a_module(self) -> None:
        assert spawn("--version").stdout.decode().strip() == f"factparse {__version__}"

    def test_a_command_that_is_not_understood(self) -> None:
        assert run("convert").exit_code == 2
        assert run("parse", "-", "--format", "docx", stdin="").exit_code == 2
        assert run("prase").exit_code == 2


class TestSchema:
    def test_it_is_printed(self) -> None:
        assert json.loads(run("schema").stdout) == json_schema()


class TestParse:
    def test_a_page_as_tables(self, inputs: Path) -> None:
        done = run("parse", inputs / "a.txt")
        assert done.exit_code == 0
        for word in ("Malta vs. Aruba", "316 sq km", "180 sq km", "pipes", "Facts"):
            assert word in done.stdout

    def test_a_value_of_zero_is_shown(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_text("Chad vs. Mali\nGeography\nChad | Mali | |\nCoastline | 0 km (landlocked) | 0 km |\n")
        assert run("facts", path).stdout.count("value 0") == 2

    def test_a_page_as_json(self, inputs: Path) -> None:
        done = run("parse", "--json", inputs / "a.txt")
        page = json.loads(done.stdout)
        Draft202012Validator(json_schema()).validate(page)
        assert page["countries"] == ["Malta", "Aruba"]
        assert len(done.stdout.splitlines()) == 1
        assert json.loads(run("parse", "--json", "--indent", "2", inputs / "a.txt").stdout) == page

    def test_standard_input(self) -> None:
        page = json.loads(run("parse", "--json", "-", stdin=PAGE).stdout)
        assert page["source"]["name"] == "standard input"
        assert page["countries"] == ["Malta", "Aruba"]

    def test_standard_input_of_another_form(self) -> None:
        done = run("parse", "--json", "--format", "jsonl", "-", stdin=json.dumps({"text": PAGE}))
        assert json.loads(done.stdout)["countries"] == ["Malta", "Aruba"]

    def test_html(self, pages: Path) -> None:
        page = json.loads(run("parse", "--json", pages / "page.html").stdout)
        assert {row["layout"] for section in page["sections"] for row in section["rows"]} == {"html"}
        assert {row["confidence"] for section in page["sections"] for row in section["rows"]} == {1}

    def test_what_is_no_comparison(self, inputs: Path) -> None:
        done = run("parse", inputs / "b.txt")
        assert (done.exit_code, "not-a-comparison" in done.stdout) == (0, True)

    def test_broken_records_are_told_and_the_rest_is_shown(self, inputs: Path) -> None:
        done = run("parse", "--json", inputs / "c.jsonl")
        assert (done.exit_code, len(done.stdout.splitlines())) == (3, 1)
        assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
            f"{inputs / 'c.jsonl'}:{n}" for n in (2, 3)
        ]

    def test_an_absent_file(self, tmp_path: Path) -> None:
        done = run("parse", tmp_path / "absent\nfile")
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.splitlines() == [
            f"Error: {tmp_path}/absent\\nfile: there is no such file or folder [no-such-input]"
        ]

    def test_a_reader_that_stops_early_sees_no_traceback(self, pages: Path) -> None:
        command = f"{sys.executable} -m factparse parse --json {pages} | head -c 1"
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
        assert (done.stdout, done.stderr) == (b"{", b"")

    def test_a_terminal_of_few_characters(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt"
        path.write_text(PAGE.replace("316 sq km", "Ħal Qormi"), encoding="utf-8")
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        command = [sys.executable, "-m", "factparse", "parse", str(path)]
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"?al Qormi" in done.stdout


STEERING = "\u202e\x1b[31m\x9b\u2066\x7f\u200f"
STEERED = f"""<h1>Malta vs. Aruba</h1><h2>Geography</h2><table><tr><td><td>Malta<td>Aruba
<tr><td>Area<td>1 km<td>2 {STEERING} km[/]<tr><td>Label{STEERING}[/]<td>{STEERING}<td>2</table>"""


class TestForeignText:
    """No text of a page or name of a file is markup, or steers the terminal, whatever is printed of it."""

    @pytest.mark.parametrize("how", [[], ["--whole"], ["--explain"], ["--json"], ["--json", "--indent", "2"]])
    def test_of_a_page(self, tmp_path: Path, how: list[str]) -> None:
        path = tmp_path / f"{STEERING}.html"
        path.write_text(STEERED, encoding="utf-8")
        done = run("parse", *how, path)
        assert (done.exit_code, done.stderr) == (0, "")
        assert "[/]" in done.stdout
        assert not set(STEERING) - set("[31m") & set(done.stdout)
        if "--json" in how:
            page = json.loads(done.stdout)
            assert page["sections"][0]["rows"][1]["label"] == f"Label{STEERING}[/]"
            assert page["source"]["name"] == str(path)

    @pytest.mark.parametrize("how", [["--quiet"], [], ["--log-json"]])
    def test_of_a_name(self, tmp_path: Path, how: list[str]) -> None:
        folder = tmp_path / f"in[b]{STEERING}"
        folder.mkdir()
        (folder / "broken.jsonl").write_text("broken\n")
        done = run("convert", "--workers", "1", *how, folder, "-o", tmp_path / f"out[b]{STEERING}.jsonl")
        assert done.exit_code == 1
        assert "in[b]" in done.stderr
        assert not set(STEERING) - set("[31m") & set(done.stderr)

    def test_a_fault_of_ours_in_a_fact_is_told_like_a_broken_record(
        self, inputs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing(_page: object) -> None:
            raise AssertionError("of all things\n")

        monkeypatch.setattr("factparse.page.Page.facts", failing)
        done = run("parse", inputs / "a.txt")
        assert done.exit_code == 1
        assert done.stderr.splitlines() == [
            f"{inputs / 'a.txt'}: AssertionError: of all things\\n; please report it with this record [internal-error]"
        ]


class TestConvert:
    def test_the_output_and_the_summary(self, inputs: Path, tmp_path: Path) -> None:
        (inputs / "c.jsonl").unlink()
        done = run("convert", inputs, "-o", tmp_path / "out.jsonl")
        assert (done.exit_code, done.stdout) == (0, "")
        assert [page["countries"] for page in lines_of(tmp_path / "out.jsonl")] == [["Malta", "Aruba"]]
        counts = dict(line.rsplit(maxsplit=1) for line in done.stderr.splitlines())
        assert (counts["inputs"], counts["pages"], counts["not pages"], counts["rows"]) == ("2", "1", "1", "1")
        assert counts["failures"] == "0"

    def test_some_failures(self, inputs: Path, tmp_path: Path) -> None:
        done = run("convert", "--quiet", inputs, "-o", tmp_path / "out.jsonl")
        assert done.exit_code == 3
        assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
            f"{inputs / 'c.jsonl'}:{n}" for n in (2, 3)
        ]
        assert len(lines_of(tmp_path / "out.jsonl")) == 2

    def test_where_failures_are_put_aside(self, inputs: Path, tmp_path: Path) -> None:
        done = run("convert", inputs, "-o", tmp_path / "out.jsonl")
        assert done.stderr.splitlines()[-1].split() == ["put", "aside", "in", f"{tmp_path}/out.jsonl.quarantine"]
        done = run("convert", "--log-json", inputs, "-o", tmp_path / "out")
        events = [json.loads(line) for line in done.stderr.splitlines()]
        assert (events[-1]["quarantine"], events[-1]["failed"]) == (str(tmp_path / "out" / "quarantine"), 2)
        assert {path.name for path in (tmp_path / "out" / "quarantine").iterdir()} == {"part-00000.jsonl"}
        (inputs / "c.jsonl").unlink()
        assert "aside" not in run("convert", inputs, "-o", tmp_path / "out.jsonl").stderr

    def test_nothing_could_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        done = run("convert", "--quiet", tmp_path / "empty", "-o", tmp_path / "out.jsonl")
        assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)

    def test_another_key(self, inputs: Path, tmp_path: Path) -> None:
        done = run("convert", "--text-key", "body", inputs / "c.jsonl", "-o", tmp_path / "out.jsonl")
        assert (done.exit_code, len(lines_of(tmp_path / "out.jsonl"))) == (3, 1)

    def test_from_standard_input_to_standard_output(self) -> None:
        done = spawn("convert", "-", "-o", "-", "--quiet", stdin=PAGE.encode())
        assert (done.returncode, done.stderr) == (0, b"")
        assert json.loads(done.stdout)["countries"] == ["Malta", "Aruba"]

    def test_a_reader_that_stops_early_sees_no_traceback(self, inputs: Path) -> None:
        command = f"{sys.executable} -m factparse convert --quiet --emit facts {inputs / 'a.txt'} -o - | head -c 1"
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
        assert (done.stdout, done.stderr) == (b"{", b"")

    def test_going_on_and_beginning_anew(self, inputs: Path, tmp_path: Path) -> None:
        command: list[str | Path] = ["convert", "--quiet", inputs / "a.txt", "-o", tmp_path / "out"]
        assert run(*command).exit_code == run(*command, "--resume").exit_code == 0
        assert run(*command, "--emit", "rows").exit_code == 2
        assert run(*command, "--emit", "rows", "--no-resume").exit_code == 0
        assert [row["label"] for row in lines_of(tmp_path / "out" / "part-00000.jsonl")] == ["Area"]

    def test_an_output_that_cannot_be_written(self, inputs: Path, tmp_path: Path) -> None:
        done = run("convert", inputs, "-o", tmp_path / "absent" / "out.jsonl")
        assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
        assert "cannot be written" in done.stderr

    def test_an_output_that_is_an_input(self, inputs: Path) -> None:
        done = run("convert", inputs / "a.txt", "-o", inputs / "a.txt")
        assert (done.exit_code, "also an input" in done.stderr) == (2, True)

    def test_golden_files_are_no_input(self, pages: Path, tmp_path: Path) -> None:
        run("convert", "--quiet", pages, "-o", tmp_path / "out.jsonl")
        names = {Path(str(page["source"]["name"])).suffix for page in lines_of(tmp_path / "out.jsonl")}
        assert names == {".txt", ".html"}


class TestProgress:
    def test_a_line_now_and_then_where_there_is_no_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock = iter([0.0, 1.0, 6.0, 7.0])
        monkeypatch.setattr("time.monotonic", lambda: next(clock))
        with reporter(quiet=False) as report:
            for done in (1_000_000, 6_000_000, 7_000_000):
                report.progress(Progress(done, 12_000_000, pages=3, shards=1, of_shards=2))
        assert capsys.readouterr().err == "6.0 of 12.0 MB, 1.0 MB/s, 1 of 2 shards, 3 pages, 0 failures, 6 s left\n"

    def test_nothing_if_quiet_but_failures(self, capsys: pytest.CaptureFixture[str]) -> None:
        with reporter(quiet=True) as report:
            report.progress(Progress(1, 2))
            report.say("a failure")
        assert capsys.readouterr().err == "a failure\n"

    def test_a_bar_on_a_terminal(self, inputs: Path, tmp_path: Path) -> None:
        leader, follower = pty.openpty()
        command = [
            sys.executable,
            "-m",
            "factparse",
            "convert",
            str(inputs / "a.txt"),
            "-o",
            str(tmp_path / "out.jsonl"),
        ]
        done = subprocess.run(command, stderr=follower, check=False, env={**os.environ, "TERM": "xterm"})
        os.close(follower)
        seen = os.read(leader, 100_000).decode(errors="replace")  # it may end within a character
        os.close(leader)
        assert done.returncode == 0
        assert "\x1b[" in seen
        assert "pages" in seen

    def test_a_failure_above_the_bar_is_no_markup(self, capsys: pytest.CaptureFixture[str]) -> None:
        with Bar(console=Console(stderr=True, width=100)) as bar:
            _Bar(bar).say("in[/]:smile:[red].jsonl")
        assert "in[/]:smile:[red].jsonl" in capsys.readouterr().err

    def test_the_summary_tells_facts_by_type(self) -> None:
        summary = Summary(rows=1234)
        summary.facts.update({"Share": 3, "TextValue": 5})
        lines = [line.split() for line in summary_lines(summary)]
        facts = lines.index(["facts", "8"])
        assert lines[facts + 1 : facts + 3] == [["TextValue", "5"], ["Share", "3"]]
        assert ["rows", "1,234"] in lines[:facts]
