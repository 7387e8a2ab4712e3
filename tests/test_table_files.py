"""Tables as CSV, DuckDB and SQLite: the same columns and rows as anywhere else, from the same shards."""

import csv
import gzip
import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import factparse
from factparse.convert.headed import records
from factparse.core.errors import UsageError
from factparse.output.csv_lines import csv_records, defused
from factparse.output.database import database_tables
from factparse.output.tables import columns

PAGE = """Home

Malta vs. Aruba

Geography

Malta | Aruba | |
Area | {0} sq km | 18{0} sq km |
Background | =1+{0} is no formula, and "quoted" | - none, nothing |

Demographics

Malta | Aruba | |
Religions | Roman Catholic 90% | Roman Catholic 75.3% (2010 est.) |
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(PAGE.format(number))
    (folder / "9.txt").write_text(PAGE.format(0))  # a page of the same text
    (folder / "html.html").write_text(
        "<h1>Malta vs. Aruba</h1><table><tr><th><th>Malta<th>Aruba<tr><td>Coastline<td>=196.8 km<td>@68.5 km</table>"
    )
    return folder


def read(path: Path) -> list[dict[str, str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


class TestCsv:
    def test_it_holds_what_the_lines_hold(self, inputs: Path, tmp_path: Path) -> None:
        factparse.convert(inputs, tmp_path / "a.csv")
        factparse.convert(inputs, tmp_path / "a.jsonl", emit="facts")
        found = read(tmp_path / "a.csv")
        assert [*found[0]] == [column.name for column in columns("facts")]
        facts = factparse.facts_from_json((tmp_path / "a.jsonl").read_text())
        assert len(facts) == len(found) > 5
        for fact, row in zip(facts, found, strict=True):
            assert (row["type"], row["subject"], row["field"]) == (fact.type, fact.subject, fact.field)
            assert row["text"].removeprefix("'") == fact.text.removeprefix("'")
            assert row["derived"] == "false"
            if isinstance(fact, factparse.Quantity):
                assert float(row["value"]) == fact.value

    def test_formulas_are_defused(self, inputs: Path, tmp_path: Path) -> None:
        factparse.convert(inputs, tmp_path / "a.csv", emit="rows")
        row = read(tmp_path / "a.csv")[-1]
        assert (row["text_a"], row["text_b"], row["country_a"]) == ("'=196.8 km", "'@68.5 km", "Malta")

    @pytest.mark.parametrize("emit", ["facts", "rows"])
    @pytest.mark.parametrize("kind", [".csv", ".csv.gz"])
    def test_how_it_is_cut_makes_no_difference(self, inputs: Path, tmp_path: Path, kind: str, emit: Any) -> None:  # noqa: ANN401
        for size in (1, 500, 1 << 20):
            factparse.convert(inputs, tmp_path / f"{size}{kind}", emit=emit, shard_bytes=size)
        found = [read(tmp_path / f"{size}{kind}") for size in (1, 500, 1 << 20)]
        assert found[0] == found[1] == found[2] != []
        if kind == ".csv":
            assert len({(tmp_path / f"{size}.csv").read_bytes() for size in (1, 500, 1 << 20)}) == 1
        factparse.convert(inputs, tmp_path / f"2{kind}", emit=emit, shard_bytes=500, workers=2)
        assert (tmp_path / f"2{kind}").read_bytes() == (tmp_path / f"500{kind}").read_bytes()

    def test_a_folder_has_headers_everywhere(self, inputs: Path, tmp_path: Path) -> None:
        factparse.convert(inputs, tmp_path / "out", kind=".csv", shard_bytes=300)
        factparse.convert(inputs, tmp_path / "one.csv")
        parts = [read(part) for part in sorted((tmp_path / "out").glob("part-*.csv"))]
        assert len(parts) > 2
        assert [row for part in parts for row in part] == read(tmp_path / "one.csv")

    @pytest.mark.parametrize("kind", [".csv", ".csv.gz"])
    def test_pages_and_facts_kept_once(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        plain = factparse.convert(inputs, tmp_path / f"plain{kind}", shard_bytes=300)
        once = factparse.convert(inputs, tmp_path / f"once{kind}", once=True, shard_bytes=300)
        every, kept = read(tmp_path / f"plain{kind}"), read(tmp_path / f"once{kind}")
        assert (plain.repeated, once.repeated) == (0, 1)
        assert kept == [row for row in every if not row["source"].endswith("9.txt")]
        factparse.convert(inputs, tmp_path / f"distinct{kind}", distinct=True, emit="facts", shard_bytes=300)
        found = read(tmp_path / f"distinct{kind}")
        assert {row["sightings"] for row in found} >= {"1", "2"}
        assert len(found) < len(every)

    def test_no_input_gives_the_header(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        factparse.convert(tmp_path / "in", tmp_path / "a.csv")
        assert (tmp_path / "a.csv").read_text().startswith("type,subject,")
        assert read(tmp_path / "a.csv") == []

    def test_standard_output(self, inputs: Path) -> None:
        command = [sys.executable, "-m", "factparse", "convert", str(inputs), "-o", "-", "--to", "csv", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.startswith("type,subject,subject_code")

    @given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=5))
    def test_any_text_comes_back(self, texts: list[list[str]]) -> None:
        made = csv_records([{"subject": one, "text": other} for one, other in texts], "facts")
        whole = "".join(f"{record}\n" for record in made)
        names = [column.name for column in columns("facts")]
        found = list(csv.DictReader(io.StringIO(whole, newline=""), names))
        assert [[row["subject"], row["text"]] for row in found] == [
            [defused(clean(text)) for text in pair] for pair in texts
        ]
        lines = [line.encode() + b"\n" for line in whole.split("\n")[:-1]]
        assert b"".join(records(lines)) == whole.encode()
        assert len(list(records(lines))) == len(texts)

    @given(st.text(max_size=6))
    @example("\uff1d1")  # some programs take wide signs for the others
    @example("'\uff0b1")
    @example("@a")
    def test_defusing_can_be_undone(self, text: str) -> None:
        safe = defused(text)
        assert not safe or safe[0] not in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
        assert text == (safe[1:] if safe != text else safe)


def clean(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    order = {**dict.fromkeys(database_tables(), "1"), "facts": "fact_id"}
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as base:
            return {
                name: base.execute(f'SELECT * FROM "{name}" ORDER BY {by}').fetchall() for name, by in order.items()
            }
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(path), read_only=True) as base:
        return {name: base.execute(f'SELECT * FROM "{name}" ORDER BY {by}').fetchall() for name, by in order.items()}


def asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    if path.suffix == ".sqlite":
        with sqlite3.connect(path) as base:
            return base.execute(question).fetchall()
    with pytest.importorskip("duckdb").connect(str(path), read_only=True) as base:
        found: list[tuple[Any, ...]] = base.execute(question).fetchall()
        return found


@pytest.mark.parametrize("kind", [".sqlite", ".duckdb"])
class TestDatabases:
    @pytest.fixture(autouse=True)
    def _installed(self, kind: str) -> None:
        if kind == ".duckdb":
            pytest.importorskip("duckdb")

    def test_the_view_is_the_table_of_facts(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        factparse.convert(inputs, tmp_path / f"a{kind}")
        factparse.convert(inputs, tmp_path / "a.csv")
        names = ", ".join(f'"{column.name}"' for column in columns("facts"))
        found = asked(tmp_path / f"a{kind}", f"SELECT {names} FROM facts ORDER BY fact_id")
        told = read(tmp_path / "a.csv")
        assert len(found) == len(told)
        for row, line in zip(found, told, strict=True):
            for value, (column, text) in zip(row, zip(columns("facts"), line.values(), strict=True), strict=True):
                if column.kind == "text":
                    assert defused(value or "") == text, column.name
                elif column.kind.endswith("[]"):
                    printed = value if kind == ".duckdb" else json.loads(value or "null")
                    assert printed == json.loads(text or "null"), column.name
                elif column.kind == "boolean":
                    assert text == {None: "", False: "false", True: "true"}[value], column.name
                else:
                    assert (None if value is None else float(value)) == (float(text) if text else None), column.name

    def test_keys_lead_from_facts_to_cells_rows_and_pages(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        factparse.convert(inputs, tmp_path / f"a{kind}")
        found = asked(
            tmp_path / f"a{kind}",
            "SELECT facts.subject, cells.country, facts.field, rows.field, facts.page_id = rows.page_id, "
            "facts.span_start >= cells.span_start AND facts.span_end <= cells.span_end "
            "FROM facts JOIN cells USING (cell_id) JOIN rows ON rows.row_id = cells.row_id",
        )
        assert len(found) == asked(tmp_path / f"a{kind}", "SELECT count(*) FROM facts")[0][0] > 5
        assert all(one == two and three == four and same and inside for one, two, three, four, same, inside in found)
        (sides,) = asked(tmp_path / f"a{kind}", "SELECT count(DISTINCT side) FROM cells")
        assert sides == (2,)

    def test_how_it_is_cut_makes_no_difference(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        for size, workers in ((1, 0), (500, 2), (1 << 20, 0)):
            factparse.convert(inputs, tmp_path / f"{size}{kind}", shard_bytes=size, workers=workers)
        found = [tables(tmp_path / f"{size}{kind}") for size in (1, 500, 1 << 20)]
        assert found[0] == found[1] == found[2]
        assert len(found[0]["pages"]) == 7

    def test_pages_kept_once_and_editions(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        factparse.convert(inputs, tmp_path / f"a{kind}", once=True, editions=True)
        assert asked(tmp_path / f"a{kind}", "SELECT count(*), max(page_id) FROM pages") == [(6, 6)]

    def test_a_run_that_was_broken_off_goes_on(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        out = tmp_path / f"a{kind}"

        def stop(progress: Any) -> None:  # noqa: ANN401
            if progress.shards == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            factparse.convert(inputs, out, shard_bytes=1, on_progress=stop)
        parts = tmp_path / f".a{kind}.parts"
        assert (len(list((parts / ".done").iterdir())), out.exists()) == (3, False)
        factparse.convert(inputs, out, shard_bytes=1)
        assert not parts.exists()
        factparse.convert(inputs, tmp_path / f"b{kind}", shard_bytes=1)
        assert tables(out) == tables(tmp_path / f"b{kind}")

    def test_other_options_begin_anew(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        def stop(progress: Any) -> None:  # noqa: ANN401
            if progress.shards == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            factparse.convert(inputs, tmp_path / f"a{kind}", shard_bytes=1, on_progress=stop)
        summary = factparse.convert(inputs, tmp_path / f"a{kind}", once=True)
        assert (summary.pages, summary.repeated) == (7, 1)

    def test_an_empty_input_gives_empty_tables(self, tmp_path: Path, kind: str) -> None:
        (tmp_path / "in").mkdir()
        factparse.convert(tmp_path / "in", tmp_path / f"a{kind}")
        assert not any(tables(tmp_path / f"a{kind}").values())

    def test_one_that_is_there_is_replaced(self, inputs: Path, tmp_path: Path, kind: str) -> None:
        (tmp_path / f"a{kind}").write_text("something else")
        factparse.convert(inputs, tmp_path / f"a{kind}")
        assert len(tables(tmp_path / f"a{kind}")["pages"]) == 7


LISTS = """Malta vs. Aruba

Transnational Issues

Malta | Aruba | |
Illicit drugs | minor transit point for cocaine and hashish; consumer of "ecstasy", heroin | none |
Disputes - international | Aruba and Atlantis dispute the "Green Bank" | NA |
Area | total: 316 sq km (2020) | total: 180 sq km |
"""
LIST_COLUMNS = ["path", "substances", "origins", "parties", "party_codes", "places", "years", "span"]


class TestLists:
    """What JSON has as a list is a list in every table; CSV and SQLite write it as JSON."""

    @pytest.fixture
    def told(self) -> list[list[list[object] | None]]:
        facts = [fact.to_dict() for fact in factparse.parse(LISTS).facts()]
        found = [[fact.get(name) or None for name in LIST_COLUMNS] for fact in facts]
        assert all(
            any(row[at] for row in found) for at, name in enumerate(LIST_COLUMNS) if name not in ("origins", "years")
        )
        return found

    @pytest.fixture
    def dump(self, tmp_path: Path) -> Path:
        (tmp_path / "page.txt").write_text(LISTS)
        return tmp_path / "page.txt"

    def test_csv(self, told: Any, dump: Path, tmp_path: Path) -> None:  # noqa: ANN401
        factparse.convert(dump, tmp_path / "a.csv")
        rows = read(tmp_path / "a.csv")
        assert [[json.loads(row[name] or "null") for name in LIST_COLUMNS] for row in rows] == told

    @pytest.mark.parametrize("kind", [".sqlite", ".duckdb"])
    def test_databases(self, told: Any, dump: Path, tmp_path: Path, kind: str) -> None:  # noqa: ANN401
        if kind == ".duckdb":
            pytest.importorskip("duckdb")
        out = tmp_path / f"a{kind}"
        factparse.convert(dump, out)
        rows = asked(out, f"SELECT {', '.join(LIST_COLUMNS)} FROM facts ORDER BY fact_id")
        if kind == ".sqlite":
            rows = [tuple(json.loads(value or "null") for value in row) for row in rows]
        assert [[*row] for row in rows] == told
        each = {
            ".sqlite": "SELECT value FROM DrugRole, json_each(substances)",
            ".duckdb": "SELECT unnest(substances) FROM DrugRole",
        }
        want = [name for row in told for name in row[1] or ()]
        assert [name for (name,) in asked(out, each[kind])] == want != []

    def test_parquet(self, told: Any, dump: Path, tmp_path: Path) -> None:  # noqa: ANN401
        parquet = pytest.importorskip("pyarrow.parquet")
        factparse.convert(dump, tmp_path / "a.parquet", emit="facts")
        rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
        assert [[row[name] for name in LIST_COLUMNS] for row in rows] == told

    @pytest.mark.parametrize("engine", ["pandas", "polars"])
    def test_frames(self, told: Any, engine: Any) -> None:  # noqa: ANN401
        pytest.importorskip(engine)
        table = factparse.frame(factparse.parse(LISTS), engine=engine, keep_empty=True)
        rows = table[LIST_COLUMNS].to_dict("records") if engine == "pandas" else table[LIST_COLUMNS].to_dicts()
        assert [[None if value is None else [*value] for value in row.values()] for row in rows] == told

    def test_pandas_groups_and_splits_by_them(self) -> None:
        pytest.importorskip("pandas")
        table = factparse.frame(factparse.parse(LISTS), engine="pandas")
        assert table.groupby("path")["value"].max().to_dict() == {("total",): 316.0}
        assert {"cocaine", "hashish", "heroin"} <= set(table.explode("substances")["substances"])
        assert set(table["path"].str.join(" > ").dropna()) == {"total"}

    @given(st.lists(st.none() | st.text(max_size=6), min_size=1, max_size=3))
    def test_any_text_comes_back_from_csv(self, entries: list[str | None]) -> None:
        (record,) = csv_records([{"party_codes": entries}], "facts")
        (row,) = csv.DictReader(io.StringIO(record + "\n", newline=""), [column.name for column in columns("facts")])
        assert json.loads(row["party_codes"]) == [None if each is None else clean(each) for each in entries]


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("a.csv", {"emit": "pages"}, "not-a-table"),
        ("a.sqlite", {"emit": "facts"}, "all-tables"),
        ("out", {"kind": ".sqlite"}, "other-kind"),
        ("a.db", {}, "other-kind"),
    ],
)
def test_what_cannot_be_is_told(inputs: Path, tmp_path: Path, name: str, options: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as told:
        factparse.convert(inputs, tmp_path / name, **options)
    assert told.value.code == code
    assert not (tmp_path / name).exists()


def test_duckdb_that_is_missing_is_told(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match="duckdb-missing"):
        factparse.convert(inputs, tmp_path / "a.duckdb")
