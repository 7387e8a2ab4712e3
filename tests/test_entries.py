"""Lists: what an entry is (a name, a count, a party with its leader, a short name, none at all), in any words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse import extract
from factparse.core.facts import AnyFact, Item, Quantity, Share, TextValue
from factparse.language import unquoted


def items(field: str, text: str) -> list[tuple[str, str | None]]:
    return [(fact.name, fact.note) for fact in extract(field, text) if isinstance(fact, Item)]


def told(facts: tuple[AnyFact, ...]) -> list[object]:
    """What each fact says: a figure with its unit, a name, or the type of a text."""
    return [
        (fact.value, fact.unit) if isinstance(fact, Quantity) else fact.name if isinstance(fact, Item) else fact.type
        for fact in facts
    ]


# -- parties and leaders ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "name", "note"),
    [
        ("Sand and Sea Party (SSP), Ann ODD", "Sand and Sea Party", "SSP; Ann ODD"),
        ("Sand and Sea Party (SSP), Bo van der EVEN, chairman", "Sand and Sea Party", "SSP; Bo van der EVEN, chairman"),
        ("Dune Movement, Ann al-ODD, secretary general", "Dune Movement", "Ann al-ODD, secretary general"),
        ("Dune Movement, leader NA", "Dune Movement", "leader NA"),
        ("Dune Movement (inactive), Cid Doll, head", "Dune Movement", "inactive; Cid Doll, head"),
        ("Dune Movement (DM)", "Dune Movement", "DM"),
        ("Dune Movement or DM [Ann ODD]", "Dune Movement or DM", "Ann ODD"),
        ("New Front (NF), a coalition of three parties", "New Front (NF), a coalition of three parties", None),
        ("Work, Sand, and Water Party", "Work, Sand, and Water Party", None),
    ],
)
def test_the_leader_of_a_party_is_its_note(entry: str, name: str, note: str | None) -> None:
    assert items("Political parties", f"{entry}; Hill League (HL)") == [(name, note), ("Hill League", "HL")]


@given(
    st.lists(st.from_regex(r"[A-Z][a-z]{2,9}", fullmatch=True), min_size=1, max_size=4),
    st.from_regex(r"[A-Z]{2,5}", fullmatch=True),
    st.from_regex(r"[A-Z][a-z]{1,7} [A-Z]{3,9}", fullmatch=True),
)
def test_any_party_with_its_short_name_and_leader(words: list[str], short: str, leader: str) -> None:
    name = " ".join(words) + " Party"
    assert items("Political parties", f"{name} ({short}), {leader}; Hill League") == [
        (name, f"{short}; {leader}"),
        ("Hill League", None),
    ]


# -- counts of what is listed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "mainland - 12 shires (shiren, singular - shira) and 2 towns* (torp, singular - torpa); Alba, Bora*",
            [(12, "shires"), (2, "towns"), "Alba", "Bora"],
        ),
        (
            "mainland--3 shires (shiren, singular--shira) and 1 town* (torp); Alba",
            [(3, "shires"), (1, "town"), "Alba"],
        ),
        ("there are 9 wards (wardu, singular - warda) Alba, Bora", [(9, "wards"), "Alba", "Bora"]),
        (
            "none; there are no divisions of the first order, but there are 4 wards (wardu, singular - warda); Alba",
            ["TextValue", "TextValue", (4, "wards"), "Alba"],
        ),
        (
            "7 shires (shiren, singular - shira): Alba, Bora; 2 isles; Cova",
            [(7, "shires"), "Alba", "Bora", "2 isles", "Cova"],
        ),
        (
            "3 shires; Alba, Bora, Cova; there are also 6 town councils",
            [(3, "shires"), "Alba", "Bora", "Cova", (6, "town councils")],
        ),
        ("Northland--31 shires; Alba, Bora", [(31, "shires"), "Alba", "Bora"]),
    ],
)
def test_a_count_is_no_entry(text: str, expected: list[object]) -> None:
    facts = extract("Administrative divisions", text)
    assert told(facts) == expected
    assert all(fact.span.cut(text) == fact.text for fact in facts)


@pytest.mark.parametrize("field", ["Industries", "Ports", "Political pressure groups and leaders"])
@pytest.mark.parametrize("nothing", ["none", "None", "NA", "none (a dependency)"])
def test_none_is_no_entry(field: str, nothing: str) -> None:
    (fact,) = extract(field, nothing)
    assert isinstance(fact, TextValue)
    assert fact.value == nothing


def test_what_only_begins_with_none_is_an_entry() -> None:
    assert items("Industries", "nonesuch, nutmeg") == [("nonesuch", None), ("nutmeg", None)]


@pytest.mark.parametrize("label", ["commodities: ", "partners: ", "commodities--"])
def test_goods_and_partners_of_trade_are_a_list(label: str) -> None:
    facts = extract(
        "Exports", f"$3.1 billion (f.o.b., 1991); {label}tin 44%, Sandia 29% (Alba 21%), hides and skins (1990)"
    )
    assert [(fact.path[1:], fact.name, fact.percent, fact.year) for fact in facts if isinstance(fact, Share)] == [
        *(((), "tin", 44, 1990), ((), "Sandia", 29, 1990), (("Sandia",), "Alba", 21, 1990)),
    ]
    assert [(fact.name, fact.year) for fact in facts if isinstance(fact, Item)] == [("hides and skins", 1990)]
    assert [(fact.value, fact.year) for fact in facts if isinstance(fact, Quantity)] == [(3_100_000_000, 1991)]


# -- dashes and quotes -----------------------------------------------------------------------------------------------


def test_a_short_name_in_a_list_has_its_meaning_as_note() -> None:
    text = "SDB--Sand Development Bank, ILO, DWC--Dune and Water Council"
    assert items("International organization participation", text) == [
        *(("SDB", "Sand Development Bank"), ("ILO", None), ("DWC", "Dune and Water Council")),
    ]


@pytest.mark.parametrize("label", ["Westland", "West Sandia", "Sand nationals", "St. Ann Island"])
def test_a_name_before_two_dashes_is_a_label(label: str) -> None:
    facts = extract("Religions", f"{label}--Muslim 38%, Christian 17%; Eastland--Buddhist 24%")
    assert [(fact.path, fact.name) for fact in facts if isinstance(fact, Share)] == [
        *(((label,), "Muslim"), ((label,), "Christian"), (("Eastland",), "Buddhist")),
    ]


def test_two_dashes_within_the_name_of_a_party_are_no_label() -> None:
    text = "Sand Union--Progress Party or SUP [Ann ODD]; Hill League"
    assert items("Political parties", text)[0] == ("Sand Union--Progress Party or SUP", "Ann ODD")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('name: "Ode to Sand""', '"Ode to Sand"'),
        ('name: Ode to Sand"', "Ode to Sand"),
        ('name: "Ode to Sand" (The King"s Song)', '"Ode to Sand" (The King"s Song)'),
        ('name: " Ode to Sand', "Ode to Sand"),
    ],
)
def test_a_quote_without_its_half_is_left_off(text: str, value: str) -> None:
    (fact,) = extract("National anthem(s)", text)
    assert isinstance(fact, TextValue)
    assert (fact.value, fact.text) == (value, value)
    assert fact.span.cut(text) == value


@given(st.text('ab" ', max_size=30))
def test_unquoted_cuts_at_most_one_quote_and_blanks(text: str) -> None:
    start, end = unquoted(text, 0, len(text)) if text.strip() and text[0] != " " != text[-1] else (0, len(text))
    assert (text[:start] + text[end:]).replace(" ", "") in ("", '"')


# -- labels that nobody knows ----------------------------------------------------------------------------------------


def test_a_chamber_may_be_a_label() -> None:
    text = "elections last held 4 May 1991; results - Reds 52%, Blues 48%; seats - (88 total) Reds 60, Blues 28"
    facts = extract("Great Hural of the Dunes", text)
    assert [(fact.name, fact.percent) for fact in facts if isinstance(fact, Share)] == [("Reds", 52), ("Blues", 48)]
    seats = [(fact.of, fact.value, fact.year) for fact in facts if isinstance(fact, Quantity)]
    assert seats == [("total", 88, 1991), ("Reds", 60, 1991), ("Blues", 28, 1991)]


def test_a_currency_may_be_a_label() -> None:
    facts = extract("Sandian pesos", "(P) per US$ - 0.6350 (January 1995), 0.6529 (1994)")
    assert [(fact.value, fact.year) for fact in facts if isinstance(fact, Quantity)] == [(0.635, 1995), (0.6529, 1994)]


@pytest.mark.parametrize("text", ["12 seats of sand", "Malay 12%, English", "the law of 1990"])
def test_any_other_unknown_label_stays_a_text(text: str) -> None:
    assert [fact.type for fact in extract("Motto", text)] == ["TextValue"]


# -- a party that holds a comma, or has several leaders --------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "name", "note"),
    [
        (
            "Union of Patriots, Farmers, and Youth (UPFY), Ann ODD",
            "Union of Patriots, Farmers, and Youth",
            "UPFY; Ann ODD",
        ),
        (
            "Blue Party (BP), Ann ODD, chair, Bob EVEN, secretary",
            "Blue Party",
            "BP; Ann ODD, chair, Bob EVEN, secretary",
        ),
        ("Green League (GL), Air Marshal (Ret.) Bob EVEN", "Green League", "GL; Air Marshal (Ret.) Bob EVEN"),
        ("Whites (WP), Ann ODD (formerly the GP)", "Whites", "WP; Ann ODD; formerly the GP"),
        ("Dry Coast Tomorrow (DCT), right-wing, Cy ONE", "Dry Coast Tomorrow", "DCT; right-wing, Cy ONE"),
        # What stays: a bracket that belongs to the name, no leader behind the comma.
        ("Reds (formerly Pinks) [Cy ONE]", "Reds (formerly Pinks)", "Cy ONE"),
        ("farmers (all of them), fishers", "farmers (all of them), fishers", None),
    ],
)
def test_a_short_name_parts_a_party_from_all_its_leaders(entry: str, name: str, note: str | None) -> None:
    assert items("Political parties and leaders", f"Old Guard [Di TWO]; {entry}")[1:] == [(name, note)]


# -- stars -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "called"),
    [
        ("18 districts and 2 free regions*", "free regions"),
        ("18 districts (singular - distrito) and 2 free regions* (regioes, singular - regiao)", "free regions"),
        ("18 districts and 2 free regions (singular - regiao)*", "free regions"),
        ("18 districts and some free regions*", "*"),
    ],
)
def test_a_star_tells_which_of_the_counts_a_name_is_of(counts: str, called: str) -> None:
    found = items("Administrative divisions", f"{counts}; Low Bay, Sand*, Reed (Old Reed)*, Dry* (Wet)")
    assert found == [("Low Bay", None), ("Sand", called), ("Reed", f"Old Reed; {called}"), ("Dry", f"Wet; {called}")]


def test_stars_of_two_kinds() -> None:
    text = "7 divisions* and 7 states**, 1 city; Low**, Sand*, Reed"
    assert items("Administrative divisions", text) == [("Low", "states"), ("Sand", "divisions"), ("Reed", None)]
    counts = [fact for fact in extract("Administrative divisions", text) if isinstance(fact, Quantity)]
    assert [fact.unit for fact in counts] == ["divisions", "states", "city"]
    assert [fact.text for fact in counts][:2] == ["7 divisions*", "and 7 states**"]


@given(st.lists(st.sampled_from(["Low Bay", "Sand", "Reed"]), min_size=1, unique=True), st.integers(1, 4))
def test_no_star_is_part_of_a_name(names: list[str], stars: int) -> None:
    mark = "*" * stars
    text = f"5 districts and 3 cities{mark}; " + ", ".join(f"{name}{mark}" for name in names)
    assert items("Administrative divisions", text) == [(name, "cities") for name in names]


# -- what is not there -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        ("Military branches", "no regular military forces"),
        ("Military and security forces", "No regular armed forces - small coast guard"),
        ("Political parties and leaders", "no formal parties"),
        ("Political parties and leaders", "none allowed"),
        ("Ports", "none - landlocked"),
        ("Natural resources", "none presently mined"),
    ],
)
def test_what_is_not_there_is_no_entry(field: str, entry: str) -> None:
    facts = extract(field, f"{entry}; Low Bay")
    assert [(fact.type, fact.text) for fact in facts] == [("TextValue", entry), ("Item", "Low Bay")]


@pytest.mark.parametrize("entry", ["No More Masts", "Nonaligned Front", "Norse Guard", "nodules of iron"])
def test_a_name_that_only_begins_so_is_an_entry(entry: str) -> None:
    assert items("Political pressure groups and leaders", f"{entry}; Low Bay League") == [
        (entry, None),
        ("Low Bay League", None),
    ]
