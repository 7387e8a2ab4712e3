"""What the figures of sentences count: where its name begins and where it ends."""

from __future__ import annotations

import pytest

from factparse.core.facts import Item, Quantity
from factparse.core.words import forms
from factparse.extract import extract


def counted(text: str, field: str = "Broadcast media") -> list[tuple[float | None, str | None, str | None, str | None]]:
    """Return value, unit, what is counted, and the qualifier of each quantity."""
    found = [fact for fact in extract(field, text) if isinstance(fact, Quantity)]
    return [(fact.value, fact.unit, fact.of, fact.qualifier) for fact in found]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("2 radio stations operated by the state", "radio stations"),
        ("9 judges organized into 3 chambers", "judges"),
        ("4 networks broadcasting on all islands", "networks"),
        ("6 cinemas located mostly in the south", "cinemas"),
        ("14 repeaters located", "repeaters"),
        ("3 privately owned stations", "privately owned stations"),
        ("3 channels, 2 of them privately owned", "channels"),
        ("5 licensed operators", "licensed operators"),
    ],
)
def test_what_is_done_with_it_is_no_part_of_the_name(text: str, of: str) -> None:
    assert counted(text)[0][2] == of


@pytest.mark.parametrize("act", [form for form in forms("told_acts") if form != "owned"])
def test_each_word_of_the_table_ends_a_name(act: str) -> None:
    assert counted(f"7 relay towers {act} by the port")[0][2] == "relay towers"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("the survey tells of a total population of 1,508", "total population"),
        ("service is spreading, with a combined density of some 90", "combined density"),
        ("the ridge is long, reaching an average depth of about 2,400 m", "average depth"),
        ("line density approaching 151", "line density"),
        ("shared by 3 villages", "villages"),
    ],
)
def test_the_number_of_what_stands_before_the_figure(text: str, of: str) -> None:
    assert counted(text)[0][2] == of


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("some 250 commercial and community radio stations are on air", "commercial and community radio stations"),
        ("29 land and maritime terminals", "land and maritime terminals"),
        ("900 army and police personnel", "army and police personnel"),
        ("12 ships and a tanker", "ships"),
        ("30% copper and zinc", "copper"),
    ],
)
def test_two_kinds_of_what_is_counted(text: str, of: str) -> None:
    assert counted(text)[0][2] == of


def test_a_unit_is_no_kind() -> None:
    assert counted("waves of 5 m and currents")[0][:2] == (5, "m")


@pytest.mark.parametrize(
    ("text", "unit", "of"),
    [
        ("a 12-member Council of Elders", "members", "Council"),
        ("5-judge panels", "judges", "panels"),
        ("an 80-seat hall", "seats", "hall"),
        ("a 9-nation court", "nations", "court"),
    ],
)
def test_how_many_parts_something_has(text: str, unit: str, of: str) -> None:
    assert [row[1:3] for row in counted(text, "Judicial branch")] == [(unit, of)]


@pytest.mark.parametrize("more", ["or more", "or fewer", "or less"])
def test_a_qualifier_behind_its_figure(more: str) -> None:
    assert counted(f"must win 25% {more} of the votes cast") == [(25, "%", "votes cast", more)]


@pytest.mark.parametrize("words", ["broadcasting, of which 2 are state-run", "located, of which 2", "and 2"])
def test_a_part_of_what_was_counted(words: str) -> None:
    assert [row[:3] for row in counted(f"3 relay towers {words}")] == [
        (3, None, "relay towers"),
        (2, None, "relay towers"),
    ]


def landed(text: str) -> list[tuple[str, str | None]]:
    return [(fact.name, fact.date) for fact in extract("Telecommunication systems", text) if isinstance(fact, Item)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("the OddSea-3, -4, and Isle North-1 & 2", ["OddSea-3", "OddSea-4", "Isle North-1", "Isle North-2"]),
        ("Lagoon Link -West, & -East", ["Lagoon Link -West", "Lagoon Link -East"]),
        ("both the REEF and the Atoll 7", ["REEF", "Atoll 7"]),
        ("the Lagoon Ring System (LARS-1), Reef 1, and 2Oceans", ["Lagoon Ring System (LARS-1)", "Reef 1", "2Oceans"]),
    ],
)
@pytest.mark.parametrize("kind", ["submarine cable", "fiber-optic submarine cables", "subsea optical cable systems"])
def test_numbers_in_the_names_of_cables_are_no_figures(names: str, expected: list[str], kind: str) -> None:
    cables = f"landing points for {names} {kind} with links to 13 islands"
    text = f"international: country code - 690; {cables}; 2 antennas (2019)"
    assert landed(text) == [(name, "2019") for name in expected]
    found = [fact for fact in extract("Telecommunication systems", text) if isinstance(fact, Quantity)]
    assert [(fact.value, fact.of, fact.date) for fact in found] == [
        (690, "country code", "2019"),
        (13, "islands", "2019"),
        (2, "antennas", "2019"),
    ]
