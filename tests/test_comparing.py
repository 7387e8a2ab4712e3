"""Two country pages set side by side."""

import json

import pytest

from factparse import Page, UsageError, compare, diff, frame, parse

HEAD = (
    "{} Facts\nGeography\nLand use:\nforest: 3 sq km\nNatural hazards:\n{}\nEconomy\nLabor force:\n"
    "{} million (2020 est.)\n"
)
CHAD = parse(HEAD.format("Chad", "dust", 5) + "Energy\nElectricity access:\n11% (2021)\n")
MALI = parse(HEAD.format("Mali", "drought", 6) + "Ethnic groups:\nseveral\nCoastline:\n0 km\n")


def cells(page: Page) -> dict[str, list[str]]:
    return {row.name: [cell.text for cell in row.cells] for row in page.rows}


def test_rows_by_field_in_the_first_pages_order() -> None:
    both = compare(CHAD, MALI)
    assert (both.kind, both.countries) == ("comparison", ("Chad", "Mali"))
    assert cells(both)["Natural hazards"] == ["dust", "drought"]
    assert cells(both)["Electricity access"] == ["11% (2021)", ""]
    assert cells(both)["Coastline"] == ["", "0 km"]
    assert [row.field for row in both.rows][:2] == ["Land use", "Natural hazards"]
    assert all(cell.span.cut(both.text) == cell.text for row in both.rows for cell in row.cells)


def test_its_facts_are_those_of_both_pages() -> None:
    said = [(fact.subject, fact.field, fact.text, fact.confidence) for fact in compare(CHAD, MALI).facts()]
    assert sorted(said) == sorted(
        (fact.subject, fact.field, fact.text, fact.confidence) for page in (CHAD, MALI) for fact in page.facts()
    )


def test_whatever_takes_a_comparison_takes_it() -> None:
    both = compare(CHAD, MALI)
    assert json.loads(both.to_json())["countries"] == ["Chad", "Mali"]
    assert {change.kind for change in diff(both)} == {"changed", "added", "removed"}
    pytest.importorskip("pandas")
    assert len(frame(both.facts())) == len(both.facts())


def test_diff_of_two_editions_of_a_country() -> None:
    later = parse(HEAD.format("Chad", "dust", 7))
    changed = [change for change in diff(CHAD, later) if change.kind == "changed"]
    assert [(change.fact.field, change.differs) for change in changed] == [("Labor force", ("value",))]


@pytest.mark.parametrize("other", [compare(CHAD, MALI), parse("nothing")], ids=["comparison", "nothing"])
def test_only_country_pages_are_compared(other: Page) -> None:
    with pytest.raises(UsageError) as caught:
        compare(CHAD, other)
    assert caught.value.code == "not-a-country-page"
