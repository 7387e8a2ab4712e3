"""Editions and countries compared fact by fact."""

from typing import get_args

import attrs
import pytest

import factparse
from factparse.core.facts import AnyFact

OLD = """Chad vs. Mali
Geography
Chad | Mali | |
Coastline | 0 km | 0 km |
Irrigated land | 300 sq km (2003) | 2,360 sq km (2003) |
Energy
Chad | Mali | |
Electricity access | 4% (2013) | 26% (2013) |
"""
NEW = """Chad vs. Mali
Geography
Chad | Mali | |
Coastline | 0 km | 0 km |
Irrigated land | 300 sq km (2012) | 3,780 sq km (2012) |
Natural resources | gold, uranium | gold |
"""


def test_two_editions() -> None:
    changes = factparse.diff(factparse.parse(OLD), factparse.parse(NEW))
    seen = [(c.kind, c.fact.subject, c.fact.field, c.differs) for c in changes]
    assert seen == [
        ("changed", "Chad", "Irrigated land", ("date", "year")),
        ("changed", "Mali", "Irrigated land", ("date", "year", "value")),
        ("removed", "Chad", "Electricity access", ()),
        ("removed", "Mali", "Electricity access", ()),
        ("added", "Chad", "Natural resources", ()),
        ("added", "Chad", "Natural resources", ()),
        ("added", "Mali", "Natural resources", ()),
    ]


def test_the_same_page_has_not_changed() -> None:
    assert factparse.diff(factparse.parse(OLD), factparse.parse("\n\n" + OLD)) == ()


def test_two_countries_of_a_page() -> None:
    changes = factparse.diff(factparse.parse(NEW))
    assert [(c.kind, c.fact.field, c.differs) for c in changes] == [
        ("changed", "Irrigated land", ("value",)),
        ("removed", "Natural resources", ()),
    ]


def test_series_are_matched_by_year() -> None:
    page = "Chad vs. Mali\nEconomy\nChad | Mali | |\nUnemployment rate | {} | 1% (2015) |\n"
    old, new = page.format("5% (2012 est.) 6% (2011 est.)"), page.format("7% (2013 est.) 5.5% (2012 est.)")
    (first, second) = factparse.diff(factparse.parse(old), factparse.parse(new))
    assert (first.kind, first.differs) == ("changed", ("value",))
    assert (second.kind, second.before and second.before.text, second.after and second.after.text) == (
        "changed",
        "6% (2011 est.)",
        "7% (2013 est.)",
    )


@pytest.mark.parametrize("kind", get_args(AnyFact), ids=lambda kind: kind.__name__)
def test_what_a_fact_is_about_are_fields_of_its_own(kind: type[factparse.Fact]) -> None:
    assert set(kind.about) <= {field.name for field in attrs.fields(kind)} - {
        field.name for field in attrs.fields(factparse.Dated)
    }


def test_facts_are_matched_by_what_they_are_about() -> None:
    page = (
        "Chad vs. Mali\nTransnational Issues\nChad | Mali | |\nRefugees and internally displaced persons | {} | NA |\n"
    )
    cells = "refugees: 5 (Sudan), 6 (Niger) (2020)", "refugees: 7 (Niger), 5 (Sudan) (2020)"
    (change,) = factparse.diff(*(factparse.parse(page.format(cell)) for cell in cells))
    assert (change.kind, change.differs, change.fact.text) == ("changed", ("count",), "7 (Niger)")
