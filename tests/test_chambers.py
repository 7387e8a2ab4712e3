"""Results of elections by chamber: under whose name they stand, and of which election they are."""

from __future__ import annotations

import pytest

from factparse.core.facts import AnyFact, Quantity, Share, TextValue
from factparse.extract import extract


def results(text: str) -> list[tuple[tuple[str, ...], str | None, float | None, str | None]]:
    """Return path, name, figure and date of each share and quantity."""

    def row(fact: AnyFact) -> tuple[tuple[str, ...], str | None, float | None, str | None] | None:
        if isinstance(fact, Share):
            return fact.path, fact.name, fact.percent, fact.date
        return (fact.path, fact.of, fact.value, fact.date) if isinstance(fact, Quantity) else None

    return [found for fact in extract("Legislative branch", text) if (found := row(fact))]


@pytest.mark.parametrize("dash", [" - ", "--", "-"])
@pytest.mark.parametrize("divider", ["; ", "\n"])
@pytest.mark.parametrize(("upper", "lower"), [("Senate", "House of Keys"), ("Council of the Isles", "Majlis al-Nuwab")])
def test_results_stand_under_their_chamber(dash: str, divider: str, upper: str, lower: str) -> None:
    text = (
        f"elections: {upper}{dash}last held 3 May 2010 (next to be held in 2014); {lower}{dash}last held on "
        f"4 June 2012 (next to be held in 2016) "
        f"election results: {upper}{dash}percent of vote by party{dash}Reds 61%, Blues 39%; "
        f"seats by party{dash}Reds 3, Blues 1{divider}{lower}{dash}seats by party{dash}Reds 30, Blues 20"
    )
    votes, seats = (
        ("election results", upper, "percent of vote by party"),
        ("election results", upper, "seats by party"),
    )
    assert results(text) == [
        (votes, "Reds", 61, "3 May 2010"),
        (votes, "Blues", 39, "3 May 2010"),
        (seats, "Reds", 3, "3 May 2010"),
        (seats, "Blues", 1, "3 May 2010"),
        (("election results", lower, "seats by party"), "Reds", 30, "4 June 2012"),
        (("election results", lower, "seats by party"), "Blues", 20, "4 June 2012"),
    ]


@pytest.mark.parametrize("aside", [" (first round)", " [2012]", " results", ""])
def test_what_is_said_of_a_chamber_is_no_part_of_its_name(aside: str) -> None:
    text = f"election results: Lower Hall{aside} - seats by party - Reds 30"
    (fact,) = [fact for fact in extract("Legislative branch", text) if isinstance(fact, Quantity)]
    assert fact.path == ("election results", "Lower Hall", "seats by party")
    assert fact.text == f"Lower Hall{aside} - seats by party - Reds 30"


def test_who_sits_in_a_chamber_and_since_when() -> None:
    text = (
        "election results: Upper Hall - seats by party - Reds 5; composition as of March 2021 (9 members) - men 4, "
        "women 5, percent of women 55.6%; Lower Hall - seats by party - Reds 8; composition - men 6, women 2; "
        "note - total Parliament percent of women 41.2%"
    )
    assert results(text)[1:4] == [
        (("election results", "Upper Hall", "composition"), "men", 4, "March 2021"),
        (("election results", "Upper Hall", "composition"), "women", 5, "March 2021"),
        (("election results", "Upper Hall", "composition"), "percent of women", 55.6, "March 2021"),
    ]
    assert results(text)[5:] == [
        (("election results", "Lower Hall", "composition"), "men", 6, None),
        (("election results", "Lower Hall", "composition"), "women", 2, None),
        (("election results", "note"), "percent of women", 41.2, None),
    ]


def test_a_chamber_without_a_date_of_its_own_has_that_of_the_last_election() -> None:
    held = "elections: last held 3 May 2010"
    text = f"{held} election results: Senate - seats by party - Reds 3; Hall - seats by party - Reds 9"
    assert [date for *_, date in results(text)] == ["3 May 2010", "3 May 2010"]


def test_semicolons_between_results() -> None:
    text = "percent of vote - Ann ODD (RP) 54.3%; Bo EVEN-Lee 41%; other 4.7%; Bo EVEN left; note - 2 seats vacant"
    votes = ("percent of vote",)
    assert results(text)[:3] == [
        (votes, "Ann ODD", 54.3, None),
        (votes, "Bo EVEN-Lee", 41, None),
        (votes, "other", 4.7, None),
    ]
    assert [(path, value) for path, _, value, _ in results(text)[3:]] == [(("note",), 2)]


@pytest.mark.parametrize("votes", ["131 votes out of 349", "A 131, B 218"])
def test_no_one_has_more_than_all_votes(votes: str) -> None:
    text = f"election results: Ann ODD elected; percent of Assembly vote--{votes}"
    assert not [fact for fact in extract("Executive branch", text) if isinstance(fact, Share)]


@pytest.mark.parametrize(
    "name", ["Court of Justice of the Northern Union", "Majlis al-Ayan", "Conseil General des Vallees"]
)
def test_the_whole_name_before_a_bracket(name: str) -> None:
    for field, count in (("Judicial branch", "consists of 9 judges"), ("Legislative branch", "40 seats")):
        (fact,) = [fact for fact in extract(field, f"unicameral {name} ({count})") if isinstance(fact, Quantity)]
        assert fact.path == (name,)


def test_a_name_before_a_bracket_goes_no_further_back_than_it_begins() -> None:
    text = "parliament consists of the Senate (3 seats) and the House of the People (6 seats)"
    assert [path for path, *_ in results(text)] == [("Senate",), ("House of the People",)]


@pytest.mark.parametrize("area", ["Republic of Cyprus", "north Cyprus", "area administered by Turkish Cypriots"])
def test_chambers_of_two_areas(area: str) -> None:
    text = (
        "elections: area under government control: last held 27 May 2001; "
        f"{area}: last held 14 December 2003 election results: area under government control: "
        f"House - seats by party - Reds 20; {area}: Hall - seats by party - Blues 19"
    )
    assert [(path, date) for path, _, _, date in results(text)] == [
        (("election results", "area under government control", "House", "seats by party"), "27 May 2001"),
        (("election results", area, "Hall", "seats by party"), "14 December 2003"),
    ]
    held = [(fact.path, fact.date) for fact in extract("Legislative branch", text) if isinstance(fact, TextValue)]
    assert held == [
        (("elections", "area under government control"), "27 May 2001"),
        (("elections", area), "14 December 2003"),
    ]


def test_votes_that_are_no_percent() -> None:
    text = "percent of vote by the House of Elders - 79%; percent of Hall of Elders vote - 33 out of 65"
    facts = extract("Executive branch", f"election results: Ann ODD elected; {text}")
    assert not [fact for fact in facts if isinstance(fact, Share)]
    assert [(fact.value, fact.unit, fact.of) for fact in facts if isinstance(fact, Quantity)] == [
        (79, "%", "percent of vote"),
        (33, None, "percent of Hall of Elders vote"),
        (65, None, None),
    ]
