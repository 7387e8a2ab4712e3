"""What a run that goes on tells, how small inputs are divided, what killed runs leave, and text mended on the way."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import factparse
from factparse.cli import cli
from factparse.cli.progress import reporter, summary_lines
from factparse.convert.job import Progress
from factparse.convert.split import usual_size
from factparse.core import scratch
from factparse.core.scratch import scratch_folder, scratch_prefix, sweep_scratch
from tests.made import PAGE, lines_of


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(PAGE.replace("316", str(number + 1)))
    return folder


class TestResumed:
    def broken_off(self, inputs: Path, out: Path) -> None:
        def stop(progress: Progress) -> None:
            if progress.shards == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            factparse.convert(inputs, out, shard_bytes=1, on_progress=stop)

    def test_what_was_done_before_is_counted_apart(self, inputs: Path, tmp_path: Path) -> None:
        self.broken_off(inputs, tmp_path / "out")
        told: list[Progress] = []
        summary = factparse.convert(inputs, tmp_path / "out", shard_bytes=1, on_progress=told.append)
        assert (summary.before, summary.shards, summary.records, summary.pages) == (2, 5, 5, 5)
        assert {(each.shards_before, each.before) for each in told} == {(2, told[0].before)}
        assert 0 < told[0].before < told[-1].done == told[-1].total
        lines = [line.split() for line in summary_lines(summary)]
        assert {("done", "before", "2"), ("records", "5"), ("shards", "5")} <= set(map(tuple, lines))

    def test_the_command_tells_it(self, inputs: Path, tmp_path: Path) -> None:
        self.broken_off(inputs, tmp_path / "out")
        command = ["convert", str(inputs), "-o", str(tmp_path / "out"), "--shard-size", "1", "--workers", "0"]
        done = CliRunner().invoke(cli, command)
        assert (done.exit_code, done.stderr.splitlines()[0]) == (0, "2 of 5 shards done before")
        assert "done before" not in CliRunner().invoke(cli, [*command[:-1], "0", "--no-resume"]).stderr

    def test_the_rest_takes_as_long_as_this_run_says(self, capsys: pytest.CaptureFixture[str]) -> None:
        with reporter(quiet=False) as report:
            report.progress(Progress(50, 100, of_shards=4, before=50, shards_before=2))
        assert capsys.readouterr().err == "2 of 4 shards done before\n"

    def test_the_output_is_the_same(self, inputs: Path, tmp_path: Path) -> None:
        self.broken_off(inputs, tmp_path / "out")
        factparse.convert(inputs, tmp_path / "out", shard_bytes=1)
        factparse.convert(inputs, tmp_path / "other", shard_bytes=1)
        for path in sorted(path for path in (tmp_path / "other").iterdir() if path.is_file()):
            assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


class TestDivision:
    @pytest.mark.parametrize(("total", "shards"), [(0, 0), (1 << 19, 1), (16 << 20, 32), (64 << 20, 32), (4 << 30, 64)])
    def test_many_processes_have_work(self, total: int, shards: int) -> None:
        assert -(-total // usual_size(total)) == shards

    def test_a_small_file_is_divided(self, tmp_path: Path) -> None:
        line = json.dumps({"text": "nothing to compare " * 50})
        (tmp_path / "a.jsonl").write_text(f"{line}\n" * 2500)
        summary = factparse.convert(tmp_path / "a.jsonl", tmp_path / "out")
        assert (summary.shards >= 4, summary.records) == (True, 2500)
        again = factparse.convert(tmp_path / "a.jsonl", tmp_path / "out", workers=1)
        assert again.before == summary.shards


class TestLeftovers:
    def test_those_of_processes_that_are_gone_are_removed(
        self, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        code = "import os; from factparse.core.scratch import *; print(scratch_prefix())"
        gone = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        left = tmp_path / f"{gone}abcd1234"
        (left / "deep").mkdir(parents=True)
        (tmp_path / f"{gone}file1234").touch()
        others = [tmp_path / "factparse-elsewhere-1-abcd1234", tmp_path / "other"]
        for path in others:
            path.mkdir()
        with scratch_folder() as mine:
            factparse.convert(inputs, tmp_path / "out.jsonl")
            assert mine.is_dir()
        assert not left.exists()
        assert not (tmp_path / f"{gone}file1234").exists()
        assert all(path.is_dir() for path in others)
        sweep_scratch()

    def test_the_name_says_whose_it_is(self) -> None:
        assert scratch_prefix().split("-")[-2] == str(os.getpid())

    def test_no_process_is_asked_where_that_would_stop_it(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def asked(process: int, sent: int) -> None:
            raise AssertionError(f"{sent} was sent to {process}")

        monkeypatch.setattr(scratch, "_CAN_ASK", False)
        monkeypatch.setattr(os, "kill", asked)
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        left = tmp_path / f"{scratch_prefix()}left"
        left.touch()
        sweep_scratch()
        assert left.exists()


class TestRepair:
    SPOILT = (
        "CÃ´te d'Ivoire vs. Chad\nGeography\nCÃ´te d'Ivoire | Chad | |\nCoastline | 515 km â€“ estimated | 0 km |\n"
    )

    def test_text_is_mended_with_the_way_back(self, tmp_path: Path) -> None:
        pytest.importorskip("ftfy")
        (tmp_path / "a.txt").write_text(self.SPOILT, encoding="utf-8")
        (tmp_path / "b.txt").write_text(PAGE, encoding="utf-8")
        factparse.convert([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out.jsonl", repair=True)
        first, second = lines_of(tmp_path / "out.jsonl")
        assert first["countries"] == ["Cote d'Ivoire", "Chad"]
        assert "–" in first["text"]
        assert "text" not in second
        cell = first["sections"][0]["rows"][0]["cells"][0]
        assert first["text"][slice(*cell["span"])] == cell["text"] == "515 km – estimated"
        mended = factparse.repair(self.SPOILT)
        span = factparse.Span(cell["span"])
        assert mended.offsets.to_source(span) == mended.source_span(span)
        assert mended.source_span(span).cut(self.SPOILT) == "515 km â€“ estimated"

    def test_html_too(self, tmp_path: Path) -> None:
        pytest.importorskip("ftfy")
        html = (
            "<h1>Malta vs. Aruba</h1><table><tr><th><th>Malta<th>Aruba<tr><td>Coastline<td>5 km<td>7 km â€“ so</table>"
        )
        (tmp_path / "a.html").write_text(html, encoding="utf-8")
        factparse.convert(tmp_path / "a.html", tmp_path / "out.jsonl", repair=True)
        (page,) = lines_of(tmp_path / "out.jsonl")
        assert page["sections"][0]["rows"][0]["cells"][1]["text"] == "7 km – so"

    def test_the_remark_suggests_it(self) -> None:
        page = factparse.parse(self.SPOILT)
        (remark,) = [remark for remark in page.diagnostics if remark.code == "mojibake"]
        assert "convert --repair" in remark.message

    def test_what_is_missing_is_told_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "ftfy", None)
        from factparse.sources import mojibake

        mojibake._mender.cache_clear()
        (tmp_path / "a.txt").write_text(PAGE)
        with pytest.raises(factparse.UsageError, match="mojibake-missing"):
            factparse.convert(tmp_path / "a.txt", tmp_path / "out.jsonl", repair=True)
