"""What the figures of sentences count: where its name begins and where it ends."""

from __future__ import annotations

import pytest

from factparse.core.facts import Item, Quantity, Share
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


# -- ages and terms of service ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of", "note"),
    [
        ("women may volunteer up to the age of 35", "women", "may volunteer"),
        ("males are registered for the draft at 17 years of age", "males", "are registered for the draft"),
        ("after completing their term, guards have a reserve duty until age 45", "guards", "have a reserve duty"),
        ("conscript service obligation varies from 4-12 months", "conscript service obligation", "varies"),
        ("cooks (including bakers, grillers) serve 6 months", "cooks", "serve"),
        ("draft duty for men and women 24 months", "draft duty", "for men and women"),
        ("mandatory retirement at age 55", "mandatory retirement", None),
        ("with a 9-year obligation", None, "obligation"),
        ("18 months of compulsory service", "compulsory service", None),
    ],
)
def test_who_serves_is_told_apart_from_what_is_said_of_them(text: str, of: str | None, note: str | None) -> None:
    (fact,) = extract("Military service age and obligation", text)
    assert isinstance(fact, Quantity)
    assert (fact.of, fact.note, fact.text) == (of, note, text)


# -- words around other figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remark", "year"), [("f.o.b. 1993", 1993), ("c.i.f. 1991 est.", 1991), ("c.i.f., 1992", 1992)]
)
def test_a_year_behind_a_remark_is_no_figure(remark: str, year: int) -> None:
    (fact,) = extract("Exports", f"$12.5 million ({remark})")
    assert isinstance(fact, Quantity)
    assert (fact.value, fact.year, fact.note) == (12_500_000, year, remark)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("275 km with the Gambia", "Gambia"),
        ("8 km with Upper Volta", "Upper Volta"),
        ("5 km with lights", "with lights"),
    ],
)
def test_the_neighbour_behind_with(text: str, of: str) -> None:
    (fact,) = extract("Land boundaries", text)
    assert isinstance(fact, Quantity)
    assert fact.of == of


@pytest.mark.parametrize("verb", ["spoken by", "used by"])
def test_who_speaks_is_no_part_of_the_language(verb: str) -> None:
    (fact,) = extract("Languages", f"Upper Moru {verb} about 80% of the population")
    assert isinstance(fact, Share)
    assert (fact.name, fact.percent, fact.qualifier, fact.note) == ("Upper Moru", 80, "about", "of population")


def test_what_a_figure_is_estimated_at() -> None:
    _, fact = extract("Unemployment rate", "5% (1987); underemployment estimated at 25-40%")
    assert isinstance(fact, Quantity)
    assert (fact.of, fact.low, fact.qualifier) == ("underemployment", 25, "estimated at")


@pytest.mark.parametrize("ships", ["some foreign-owned ships", "a foreign-owned ship", "foreign-owned ships"])
def test_the_owners_of_ships_stand_under_the_words_before_them(ships: str) -> None:
    label = f"includes {ships} registered here as a flag of convenience"
    facts = extract("Merchant marine", f"total: 9 ships note: {label}: Cyprus 1, Oman 2")
    assert [(fact.path, fact.of) for fact in facts[1:] if isinstance(fact, Quantity)] == [
        ((label,), "Cyprus"),
        ((label,), "Oman"),
    ]


@pytest.mark.parametrize(("words", "factor"), [("slightly larger than twice", 2), ("smaller than 0.4 times", 0.4)])
def test_larger_than_a_factor(words: str, factor: float) -> None:
    (fact,) = extract("Area - comparative", f"{words} the size of Ohio")
    assert isinstance(fact, Quantity)
    assert (fact.value, fact.of, fact.qualifier) == (factor, None, words.rpartition(" than")[0] + " than")


@pytest.mark.parametrize("code", ["PC 5", "PC 3 or 4"])
def test_the_class_of_an_icebreaker_counts_nothing(code: str) -> None:
    facts = extract("Transportation - note", f"the navy operates 2 vessels of {code}")
    assert [fact.value for fact in facts if isinstance(fact, Quantity)] == [2]


# -- by whom, and what is said ---------------------------------------------------------------------------------------


def test_who_chooses_them() -> None:
    chosen = "3 nominated by the king, 2 by the Hall of Elders, and 1 by the bar"
    text = f"High Court judges - {chosen}; 8 elected by vote of all"
    found = [fact for fact in extract("Judicial branch", text) if isinstance(fact, Quantity)]
    assert [(fact.value, fact.of, fact.note) for fact in found] == [
        (3, "nominated", "by the king"),
        (2, "nominated", "by the Hall of Elders"),
        (1, "nominated", "by the bar"),
        (8, "elected", "by vote of all"),
    ]
    assert [fact.text for fact in found[1:]] == [
        "2 by the Hall of Elders",
        "and 1 by the bar",
        "8 elected by vote of all",
    ]


@pytest.mark.parametrize(("text", "note"), [("by an 800-member body", None), ("by the king - for life", "by the king")])
def test_who_chooses_them_ends(text: str, note: str | None) -> None:
    fact = extract("Judicial branch", f"8 elected {text}")[0]
    assert isinstance(fact, Quantity)
    assert fact.note == note


@pytest.mark.parametrize(
    ("text", "of", "note"),
    [
        ("80 km of the western lines are electrified", "western lines", "are electrified"),
        ("7 km that are disused", None, "that are disused"),
        ("12 km of the old canal and is silted", "old canal", "and is silted"),
    ],
)
def test_what_is_said_of_a_length_is_no_part_of_its_name(text: str, of: str | None, note: str) -> None:
    (fact,) = extract("Railways", text)
    assert isinstance(fact, Quantity)
    assert (fact.value is not None, fact.unit, fact.of, fact.note) == (True, "km", of, note)


@pytest.mark.parametrize("field", ["Exports - partners", "Religions"])
def test_the_share_of_what_includes_another_is_its_own(field: str) -> None:
    facts = extract(field, "Alpha 40%, Beta, including Gamma 37%, other 23%")
    assert [(fact.name, fact.percent, fact.note) for fact in facts if isinstance(fact, Share)] == [
        ("Alpha", 40, None),
        ("Beta", 37, "including Gamma"),
        ("other", 23, None),
    ]
    assert len(facts) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 24 of Alpha's 36 states", [(24, None, "states"), (36, None, "states")]),
        ("won 58 of the 67 seats", [(58, "seats", None), (67, "seats", None)]),
        ("3 of 9 judges", [(3, None, "judges"), (9, None, "judges")]),
        ("Hall vote - Ann ODD 81 of 98 votes", [(81, "votes", "Ann ODD"), (98, "votes", None)]),
        ("votes of confidence - 59 of 98", [(59, None, "votes of confidence"), (98, None, None)]),
    ],
)
def test_so_many_of_all_that_there_are(text: str, expected: list[tuple[float, str | None, str | None]]) -> None:
    assert [row[:3] for row in counted(text, "Executive branch")] == expected


@pytest.mark.parametrize(
    ("unit", "text"), [("mt", "a catch of 12,248 mt"), ("mi", "a cave of 405 mi"), ("ft", "6 ft of rain")]
)
def test_units_of_sentences(unit: str, text: str) -> None:
    assert counted(text, "Marine fisheries")[0][1] == unit


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("combined fixed-line and mobile density is about 7", "combined fixed-line and mobile density"),
        ("combined fixed line and mobile density exceeds 70", "combined fixed line and mobile density"),
        ("fixed-line and mobile-cellular use of 65", "fixed-line and mobile-cellular use"),
        ("service is poor and mobile use 30", "mobile use"),
    ],
)
def test_two_kinds_before_their_figure(text: str, of: str) -> None:
    assert counted(f"{text} per 100 persons")[0][1:3] == ("per 100 persons", of)


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("Alpha 51%, Beta (north), Gamma, and other 5%", [("Alpha", 51), ("Beta, Gamma, and other", 5)]),
        ("Luba, Kongo, and Moru make up about 45%", [("Luba, Kongo, and Moru", 45)]),
        ("Alpha 60%, Beta, 7%, Gamma 3%", [("Alpha", 60), ("Beta", 7), ("Gamma", 3)]),
        ("Alpha 60%, Beta, including Moru, 7%", [("Alpha", 60), ("Beta", 7)]),
        ("Alpha 60%, and Beta 7%", [("Alpha", 60), ("Beta", 7)]),
    ],
)
def test_the_share_of_several(text: str, shares: list[tuple[str, float]]) -> None:
    facts = extract("Religions", text)
    assert [(fact.name, fact.percent) for fact in facts if isinstance(fact, Share)] == shares
    assert len(facts) == len(shares)


# -- labels that a line break cuts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n\n", " "])
@pytest.mark.parametrize("label", ["industry and services", "trade or finance", "soil and water works"])
def test_a_label_goes_on_behind_a_line_break(gap: str, label: str) -> None:
    first, joint, last = label.rpartition(" and ") if " and " in label else label.rpartition(" or ")
    text = f"agriculture: 47%\n\n{first}{joint.rstrip()}{gap}{last}: 53% (2005)"
    found = [fact for fact in extract("Labor force - by occupation", text) if isinstance(fact, Quantity)]
    assert [(fact.path, fact.value) for fact in found] == [(("agriculture",), 47), ((label,), 53)]


def test_a_line_that_ends_in_and_behind_more_words_is_no_label() -> None:
    text = "total: 5 km of roads, tracks, lanes, and\nother: 3 km"
    assert [fact.path for fact in extract("Roadways", text) if isinstance(fact, Quantity)] == [("total",), ("other",)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chicago, Miami and New York", ["Chicago", "Miami", "New York"]),
        ("Agana (Guam) and San Jose (closed)", ["Agana", "San Jose"]),
        ("Atlanta, Boston, and Los Angeles", ["Atlanta", "Boston", "Los Angeles"]),
        ("offices in Mobile and Tampa are closed", ["offices in Mobile and Tampa are closed"]),
    ],
)
@pytest.mark.parametrize("label", ["consulate(s) general", "consulate(s)"])
def test_cities_that_and_joins(text: str, names: list[str], label: str) -> None:
    facts = extract("Diplomatic representation in the US", f"chancery: 12 Elm Street {label}: {text}")
    assert [fact.name for fact in facts if isinstance(fact, Item)] == names
    assert not any(fact.text.strip(" ,") != fact.text for fact in facts)


def test_a_dash_ends_no_name_of_a_cable() -> None:
    assert landed("landing points for Reef 2 & 3 - submarine cables (2019)") == [("Reef 2", "2019"), ("Reef 3", "2019")]


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize("field", ["Sanitation facility access", "Drinking water source"])
def test_a_label_stands_over_those_of_the_next_lines(gap: str, field: str) -> None:
    parts = gap.join(["improved:", "urban: 44%", "total: 26%", "unimproved:", "urban: 56%", "total: 74%"])
    assert [(fact.path, fact.value) for fact in extract(field, parts) if isinstance(fact, Quantity)] == [
        (("improved", "urban"), 44),
        (("improved", "total"), 26),
        (("unimproved", "urban"), 56),
        (("unimproved", "total"), 74),
    ]


def test_a_label_without_a_text_stands_over_no_other_of_its_kind() -> None:
    (fact,) = extract("Sanitation facility access", "improved:\n\nunimproved:\n\nurban: 3%")
    assert isinstance(fact, Quantity)
    assert fact.path == ("unimproved", "urban")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("55 per 100 fixed-line, 153 per 100 mobile-cellular", [(55, "fixed-line"), (153, "mobile-cellular")]),
        ("fixed-line 5 per 100 and mobile 84 per 100 lines", [(5, "fixed-line"), (84, "mobile")]),
        ("some 19 per 100 persons", [(19, None)]),
    ],
)
def test_what_so_many_per_hundred_are(text: str, expected: list[tuple[float, str | None]]) -> None:
    assert [(value, of) for value, _, of, _ in counted(text, "Telecommunication systems")] == expected


@pytest.mark.parametrize("length", ["over 3,659 m", "1,220-2,439 m"])
def test_there_are_no_runways_of_a_length(length: str) -> None:
    facts = extract("Airports", f"4 total; none with runways {length}; 3 with runways 2,440-3,659 m")
    assert [(fact.value, fact.unit, fact.of, fact.note) for fact in facts if isinstance(fact, Quantity)] == [
        (4, None, "total", None),
        (None, None, f"with runways {length}", "none"),
        (3, None, "with runways 2,440-3,659 m", None),
    ]


@pytest.mark.parametrize("count", ["2", "none"])
@pytest.mark.parametrize("rank", [7, 143])
def test_a_rank_behind_the_length_of_runways_is_the_headlines(count: str, rank: int) -> None:
    first, last = extract("Airports", f"6 total; {count} with runways 1,220-2,439 m {rank}")
    assert isinstance(first, Quantity)
    assert isinstance(last, Quantity)
    assert (first.value, first.rank) == (6, rank)
    assert (last.of, last.rank, last.text) == (
        "with runways 1,220-2,439 m",
        None,
        f"{count} with runways 1,220-2,439 m",
    )
