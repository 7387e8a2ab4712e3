"""Facts as tables of pandas and polars."""

from typing import Any

import pytest

import factparse
from factparse.output.frame import frame_columns
from factparse.output.units import to_si

FACTS = (
    *factparse.extract("Area", "total: 180 sq km", subject="Aruba"),
    *factparse.extract("Religions", "Roman Catholic 75.3% (2010 est.)", subject="Aruba"),
    *factparse.extract("Geographic coordinates", "12 30 N, 69 58 W", subject="Aruba"),
    *factparse.extract("Country name", "conventional short form: Aruba", subject="Aruba"),
    *factparse.extract(
        "Refugees and internally displaced persons", "refugees: 17,000 (Venezuela) (2023)", subject="Aruba"
    ),
)


def records(table: Any) -> list[dict[str, Any]]:  # noqa: ANN401 (either library's table)
    return list(table.to_dict("records") if hasattr(table, "iloc") else table.to_dicts())


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_one_row_a_fact(engine: Any) -> None:  # noqa: ANN401 (a literal)
    pytest.importorskip(engine)
    table = factparse.frame(FACTS, engine=engine, keep_empty=True)
    assert [*table.columns] == [column.name for column in frame_columns()]
    area, catholic, place, name, refugees = records(table)
    listed = tuple if engine == "pandas" else list
    assert (area["type"], area["path"], area["value"], area["unit"]) == ("Quantity", listed(["total"]), 180.0, "sq km")
    assert (catholic["name"], catholic["percent"], catholic["year"]) == ("Roman Catholic", 75.3, 2010)
    assert (place["latitude"], place["longitude"]) == (12.5, -69.9667)
    assert (name["value_text"], name["path"]) == ("Aruba", listed(["conventional short form"]))
    assert (refugees["count"], refugees["origin"], refugees["subject_code"]) == (17000, "Venezuela", "ABW")


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_no_facts_make_an_empty_table(engine: Any) -> None:  # noqa: ANN401
    pytest.importorskip(engine)
    table = factparse.frame((), engine=engine)
    assert (len(table), [*table.columns]) == (0, [column.name for column in frame_columns()])


def test_si_units() -> None:
    pytest.importorskip("pint")
    pytest.importorskip("pandas")
    area, catholic, *_ = records(factparse.frame(FACTS, engine="pandas", normalise=True))
    assert (area["value_si"], area["unit_si"]) == (180_000_000, "m**2")
    assert catholic["value_si"] == pytest.approx(0.753)
    value, unit = to_si(1, "bbl/day") or (0, "")
    assert value == pytest.approx(1.84013e-6, rel=1e-4)
    assert unit == "m**3/s"
    assert to_si(5, "USD") is None


def test_a_page_to_a_frame() -> None:
    pytest.importorskip("pandas")
    page = factparse.parse("Chad vs. Mali\nEnergy\nChadMali\nElectricity access11% (2021)53% (2021)\n")
    assert page.to_frame(engine="pandas")["value"].tolist() == [11, 53]


def test_an_engine_nobody_knows() -> None:
    with pytest.raises(factparse.UsageError, match="frame-engine"):
        factparse.frame((), engine="excel")  # type: ignore[arg-type]


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    with pytest.raises(factparse.UsageError, match="frame-missing"):
        factparse.frame((), engine="polars")


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_a_number_too_large_has_no_value_and_its_digits_in_the_text(engine: Any) -> None:  # noqa: ANN401 (a literal)
    pytest.importorskip(engine)
    persons = "Refugees and internally displaced persons"
    facts = factparse.extract("Area", f"{'7' * 17} sq km") + factparse.extract(persons, f"IDPs: {'7' * 20} (2020)")
    table = factparse.frame(facts, engine=engine)
    assert not {"value", "count"} & {*table.columns}
    assert list(table["text"]) == [f"{'7' * 17} sq km", f"{'7' * 20} (2020)"]


PAGES = (
    "Chad vs. Malta\nGeography\nChad | Malta | |\nCoastline | 0 km | 196.8 km |\nArea | total: 9 sq km | 7 sq km |\n",
    "Mali vs. Malta\nGeography\nMali | Malta | |\nCoastline | 0 km | 196.8 km |\n",
)


@pytest.mark.parametrize("engine", ["pandas", "polars"])
class TestPages:
    def test_facts_of_pages_say_where_they_were_read(self, engine: Any) -> None:  # noqa: ANN401 (a literal)
        pages = [
            factparse.parse(text, source=factparse.Source(f"{name}.txt"))
            for name, text in zip("ab", PAGES, strict=True)
        ]
        found = records(factparse.frame(pages, engine=engine))
        assert [row["source"] for row in found] == ["a.txt"] * 4 + ["b.txt"] * 2
        assert {(row["country_a"], row["country_b"]) for row in found} == {("Chad", "Malta"), ("Mali", "Malta")}
        one = factparse.frame(pages[0], engine=engine)
        assert (records(one), records(pages[0].to_frame(engine=engine))) == (found[:4], found[:4])

    def test_rows_are_chosen(self, engine: Any) -> None:  # noqa: ANN401
        page = factparse.parse(PAGES[0])
        table = factparse.frame(page, engine=engine, type=factparse.Quantity, field="Coastline", country="Malta")
        assert [row["value"] for row in records(table)] == [196.8]
        assert len(factparse.frame(page.facts(), engine=engine, country="MLT")) == 2
        assert len(factparse.frame(page, engine=engine, min_confidence=1)) == 0

    def test_empty_columns_are_dropped(self, engine: Any) -> None:  # noqa: ANN401
        table = factparse.frame(factparse.parse(PAGES[1]), engine=engine)
        assert {"value", "unit", "subject", "country_a"} <= {*table.columns}
        assert not {"count", "tier", "date", "source", "url"} & {*table.columns}
        some = factparse.frame(factparse.parse(PAGES[1]), engine=engine, columns=["count", "subject"])
        assert [*some.columns] == ["count", "subject"]

    def test_the_row_as_printed(self, engine: Any) -> None:  # noqa: ANN401
        found = records(factparse.frame(factparse.parse(PAGES[0]), engine=engine, row_text=True))
        assert found[0]["row_text"].strip() == "Coastline | 0 km | 196.8 km |"
        assert found[-1]["row_text"].startswith("Area | total: 9 sq km")


@pytest.mark.parametrize(
    ("given", "options", "said"),
    [
        ("a text", {}, "frame takes facts, a page, or pages, not str; factparse.parse makes a page of text"),
        ([1], {}, "not int"),
        (None, {}, "not NoneType"),
        ((), {"columns": ["cuont"]}, "there is no column 'cuont'; did you mean 'count'?"),
        ((), {"type": "Tier"}, "there is no type of facts 'Tier'"),
        ((), {"field": "Coastlime"}, "did you mean 'Coastline'?"),
        ((), {"country": "Mlata"}, "did you mean 'Malta'?"),
        ((), {"min_confidence": 90}, "a confidence is a number between 0 and 1"),
    ],
)
def test_what_makes_no_sense_is_told(given: Any, options: dict[str, Any], said: str) -> None:  # noqa: ANN401
    with pytest.raises(factparse.UsageError) as told:
        factparse.frame(given, **options)
    assert said in told.value.message
