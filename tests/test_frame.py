"""Facts as tables of pandas and polars."""

from typing import Any

import pytest

import factparse
from factparse.output.frame import columns
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
    table = factparse.frame(FACTS, engine=engine)
    assert tuple(table.columns) == columns()
    area, catholic, place, name, refugees = records(table)
    assert (area["type"], area["path"], area["value"], area["unit"]) == ("Quantity", "total", 180.0, "sq km")
    assert (catholic["name"], catholic["value"], catholic["unit"], catholic["year"]) == (
        "Roman Catholic",
        75.3,
        "%",
        2010,
    )
    assert (place["latitude"], place["longitude"]) == (12.5, -69.9667)
    assert (name["words"], name["path"]) == ("Aruba", "conventional short form")
    assert (refugees["count"], refugees["origin"], refugees["subject_code"]) == (17000, "Venezuela", "ABW")


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_no_facts_make_an_empty_table(engine: Any) -> None:  # noqa: ANN401
    pytest.importorskip(engine)
    table = factparse.frame((), engine=engine)
    assert (len(table), tuple(table.columns)) == (0, columns())


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
    assert {str(number) for name in ("value", "count") for number in table[name]} <= {"nan", "<NA>", "None"}
    assert list(table["text"]) == [f"{'7' * 17} sq km", f"{'7' * 20} (2020)"]
