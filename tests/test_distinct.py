"""Facts kept once: what makes two the same, their counts and editions, in every format and by every engine."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import factparse
from factparse import OutputError, UsageError
from factparse.book import Book, KnownCell
from factparse.convert import distinct
from factparse.core.facts import Fact
from factparse.output.arrow_tables import arrow_schema
from factparse.output.tables import fact_row
from tests.faulty import AT
from tests.made import lines_of
from tests.test_convert_engines import ENGINES, children, files, rows, same_files, until
from tests.test_resolve import dump as in_doubt

AREA = "total: 316 sq km land: 316 sq km water: 0 sq km"


def page(one: str, two: str, cells: dict[str, str], label: str = "Area", gap: str = " | ") -> str:
    return f"{one} vs. {two}\n\nGeography\n\n{one} | {two} | |\n{label}{gap}{cells[one]}{gap}{cells[two]}{gap}\n"


CELLS = {
    "Malta": AREA,
    "Aruba": "total: 180 sq km land: 180 sq km water: 0 sq km",
    "Chad": "total: 1.284 million sq km",
}
COAST = {"Malta": "196.8 km", "Aruba": "68.5 km", "Chad": "0 km"}
TEXTS = [
    page("Malta", "Aruba", CELLS),
    page("Chad", "Malta", CELLS),
    page("Aruba", "Chad", COAST, "Coastline"),
    "nothing to compare",
    page("Malta", "Chad", {**CELLS, "Malta": AREA.replace(" land", "\n\nland")}, gap="\t"),
    page("Malta", "Aruba", COAST, "Coastline"),
    page("Malta", "Aruba", CELLS),
]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text)
    return folder


def convert(inputs: Path, output: Path, **options: Any) -> factparse.Summary:  # noqa: ANN401 (as Settings has them)
    given = {"shard_bytes": 100, "emit": "facts", "books": ("none",), "distinct": True, **options}
    return factparse.convert(inputs, output, **given)


def said(fact: dict[str, Any]) -> str:
    """What a fact says, wherever it stands."""
    left_out = ("source", "sightings", "editions", "topic", "span", "confidence")
    return json.dumps({name: value for name, value in fact.items() if name not in left_out})


class TestFacts:
    def test_each_fact_once_with_its_count_and_first_source(self, inputs: Path, tmp_path: Path) -> None:
        every = convert(inputs, tmp_path / "every.jsonl", distinct=False)
        summary = convert(inputs, tmp_path / "out.jsonl")
        facts, found = lines_of(tmp_path / "every.jsonl"), lines_of(tmp_path / "out.jsonl")
        counts = Counter(map(said, facts))
        first = {said(fact): fact for fact in reversed(facts)}
        assert [said(fact) for fact in found] == list(dict.fromkeys(map(said, facts)))
        assert {said(fact): fact["sightings"] for fact in found} == counts
        assert max(counts.values()) == 4
        assert [(fact["source"], fact["span"]) for fact in found] == [
            (first[said(fact)]["source"], first[said(fact)]["span"]) for fact in found
        ]
        assert (summary.distinct, summary.facts) == (len(found), every.facts)
        assert list(found[0])[:4] == ["source", "sightings", "editions", "type"]

    def test_the_same_text_may_say_two_things(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "out.jsonl")
        paths = [fact["path"] for fact in lines_of(tmp_path / "out.jsonl") if fact["text"] == "316 sq km"]
        assert sorted(map(str, paths)) == ["['land']", "['total']"]

    def test_how_a_text_is_broken_into_lines_makes_no_difference(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        for number, break_ in enumerate((" ", "\n", "\xa0")):
            cells = {"Malta": f"mostly low,{break_}rocky plains", "Aruba": f"flat{break_}hills"}
            one = "Malta vs. Aruba\n\nGeography\n\nMalta\tAruba\nTerrain\t{Malta}\t{Aruba}\n".format(**cells)
            (folder / f"{number}.txt").write_text(one)
        convert(folder, tmp_path / "every.jsonl", distinct=False)
        convert(folder, tmp_path / "out.jsonl")
        every = lines_of(tmp_path / "every.jsonl")
        collapsed = Counter(" ".join(fact["text"].split()) for fact in every)
        found = lines_of(tmp_path / "out.jsonl")
        assert {" ".join(fact["text"].split()): fact["sightings"] for fact in found} == collapsed
        assert max(collapsed.values()) > 1

    def test_the_highest_confidence(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        cells = "<tr><th><th>Malta<th>Aruba<tr><td>Coastline<td>196.8 km<td>68.5 km"
        (folder / "0.txt").write_text("Malta vs. Aruba\n\nGeography\n\nMaltaAruba\nCoastline196.8 km68.5 km\n")
        (folder / "1.html").write_text(f"<h1>Malta vs. Aruba</h1><h2>Geography</h2><table>{cells}</table>")
        convert(folder, tmp_path / "every.jsonl", distinct=False)
        each = [
            fact.get("confidence", 1.0) for fact in lines_of(tmp_path / "every.jsonl") if fact["subject"] == "Malta"
        ]
        convert(folder, tmp_path / "out.jsonl")
        (fact, _) = lines_of(tmp_path / "out.jsonl")
        assert (fact.get("confidence", 1.0), fact["sightings"]) == (each[1], 2)
        assert each[0] < each[1]

    def test_the_editions_of_all_cells_that_say_it(self, inputs: Path, tmp_path: Path) -> None:
        cells = [
            KnownCell("MT", "Area", AREA, ("2013", "2014")),
            KnownCell("MT", "Coastline", COAST["Malta"], ("2012",)),
            KnownCell("AA", "Coastline", COAST["Aruba"], ()),
        ]
        Book.build(cells, tmp_path / "own.book")
        convert(inputs, tmp_path / "out.jsonl", books=("none", str(tmp_path / "own.book")))
        found = {(fact["subject"], fact["field"]): fact["editions"] for fact in lines_of(tmp_path / "out.jsonl")}
        assert (found["Malta", "Area"], found["Malta", "Coastline"]) == (["2013", "2014"], ["2012"])
        assert (found["Aruba", "Coastline"], found["Chad", "Area"]) == ([], [])

    def test_editions_are_put_together(self, tmp_path: Path) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        texts = {"1 (2013)": "2014", "1 (2013) note: roads are few": "2015"}
        Book.build([KnownCell("MT", "Airports", text, (name,)) for text, name in texts.items()], tmp_path / "own.book")
        for number, text in enumerate(texts):
            both = {"Malta": text, "Chad": "58 (2013)", "Aruba": "1 (2013)"}
            (folder / f"{number}.txt").write_text(page("Malta", "Chad", both, "Airports"))
        for size in (100, 1 << 20):
            convert(folder, tmp_path / "out.jsonl", books=("none", str(tmp_path / "own.book")), shard_bytes=size)
            first = lines_of(tmp_path / "out.jsonl")[0]
            assert (first["text"], first["sightings"], first["editions"]) == ("1 (2013)", 2, ["2014", "2015"])


class TestOutputs:
    @pytest.mark.parametrize("kind", [".jsonl", ".jsonl.gz", ".parquet"])
    def test_a_folder_holds_what_a_file_does(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        one = convert(inputs, tmp_path / f"out{kind}")
        many = convert(inputs, tmp_path / "out", kind=kind)
        assert one == many
        assert convert(inputs, tmp_path / "out", kind=kind) == many
        assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out", f"out{kind}"]
        assert not (tmp_path / "out" / ".all").exists()
        parts = sorted((tmp_path / "out").glob("part-*"))
        assert len(parts) == many.shards > 3
        if kind == ".parquet":
            whole = pq.read_table(tmp_path / "out.parquet")
            assert whole.schema.equals(arrow_schema("facts", distinct=True))
            assert [row for part in parts for row in pq.read_table(part).to_pylist()] == whole.to_pylist()
        else:
            opened = gzip.decompress if kind.endswith(".gz") else bytes
            joined = b"".join(opened(part.read_bytes()) for part in parts)
            assert joined == opened((tmp_path / f"out{kind}").read_bytes())

    def test_parquet_holds_what_the_lines_hold(self, inputs: Path, tmp_path: Path) -> None:
        convert(inputs, tmp_path / "a.jsonl")
        convert(inputs, tmp_path / "a.parquet")
        lines, table = lines_of(tmp_path / "a.jsonl"), pq.read_table(tmp_path / "a.parquet").to_pylist()
        for line, row in zip(lines, table, strict=True):
            told = {**fact_row(Fact.from_dict(line)), "sightings": line["sightings"]}
            plain = {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}
            assert {name: row[name] for name in plain} == plain
            assert row["editions"] == (line["editions"] or None)
            assert [row[name] for name in ("source", "record", "page", "url")] == [*line["source"].values()]

    def test_memory_does_not_hold_the_batches(
        self, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        convert(inputs, tmp_path / "out.jsonl")
        monkeypatch.setattr(distinct, "_BATCH", 2)
        convert(inputs, tmp_path / "small.jsonl")
        assert (tmp_path / "small.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()

    def test_how_it_is_cut_makes_no_difference(self, inputs: Path, tmp_path: Path) -> None:
        for size in (1, 300, 1 << 20):
            convert(inputs, tmp_path / f"{size}.jsonl", shard_bytes=size)
        assert len({path.read_bytes() for path in tmp_path.glob("*.jsonl")}) == 1

    @pytest.mark.parametrize("options", [{"emit": "rows"}, {"emit": "pages"}, {"once": True}])
    def test_what_does_not_go_with_it(self, inputs: Path, tmp_path: Path, options: dict[str, Any]) -> None:
        with pytest.raises(UsageError, match="distinct"):
            convert(inputs, tmp_path / "out", **options)
        assert not (tmp_path / "out").exists()

    def test_with_rows_that_are_resolved(self, tmp_path: Path) -> None:
        inputs = in_doubt(tmp_path / "in")
        found = []
        for resolve in (False, True):
            convert(inputs, tmp_path / "out.jsonl", resolve=resolve)
            found.append({(fact["subject"], fact["text"]) for fact in lines_of(tmp_path / "out.jsonl")})
        assert found[1] - found[0] == {("Mali", "storms")}

    def test_no_room_for_the_counts(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="TMPDIR"):
            distinct._Tallies(tmp_path / "absent" / "facts")


class TestRuns:
    def test_workers(self, inputs: Path, tmp_path: Path) -> None:
        assert same_files(convert, inputs, tmp_path, workers=2)

    @pytest.mark.filterwarnings("ignore")  # what the packages warn of is not ours
    @pytest.mark.parametrize("engine", ENGINES)
    def test_engines(self, inputs: Path, tmp_path: Path, engine: Any) -> None:  # noqa: ANN401 (a literal)
        assert same_files(convert, inputs, tmp_path, workers=1, engine=engine)

    def test_kill_9(self, inputs: Path, tmp_path: Path, gate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(AT, "convert 3")
        convert(inputs, tmp_path / "undisturbed")
        out = tmp_path / "out"
        options = ["--shard-size", "100", "--book", "none", "--emit", "facts", "--distinct", "--workers", "1"]
        command = [sys.executable, "-m", "tests.slow_command", "convert", *options, str(inputs), "-o", str(out)]
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until(lambda: bool(list(out.glob(".done/*"))))
        workers = children(running.pid)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        assert not list(out.glob("part-*"))
        gate.touch()
        done = subprocess.run(command, check=False)
        assert (done.returncode, rows(out)) == (0, rows(tmp_path / "undisturbed"))

    def test_broken_off_while_facts_are_put_together(
        self, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        convert(inputs, tmp_path / "undisturbed")
        with monkeypatch.context() as patch:
            patch.setattr(distinct, "_completed", lambda *_: iter([1 / 0]))
            with pytest.raises(ZeroDivisionError):
                convert(inputs, tmp_path / "out")
        assert not (tmp_path / "out" / "summary.json").exists()
        convert(inputs, tmp_path / "out")
        assert files(tmp_path / "out") == files(tmp_path / "undisturbed")
