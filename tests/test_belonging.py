"""What a figure belongs to: its rank, its sub-label, its date, what it counts and is a part of, and its own text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.core.facts import Quantity, Share
from factparse.extract import cell_tree, extract

WORDS = "country comparison to the world:"


def read(field: str, text: str) -> list[Any]:
    """Return facts of whatever class the test looks at."""
    return list(extract(field, text))


def ranks(field: str, text: str) -> list[tuple[float | None, int | None]]:
    return [(fact.value, fact.rank) for fact in read(field, text) if isinstance(fact, Quantity)]


@pytest.mark.parametrize(
    ("field", "text", "headline"),
    [
        # The newest of a series, in whatever order it is printed.
        ("Military expenditures - dollar figure", "$152,300 (2016 est.) $149,800 (2015 est.)", 152_300),
        ("Public debt", "41.2% of GDP (2011 est.)\n38.7% of GDP (2012 est.)", 38.7),
        ("Exports", "NA (2014 est.) $2.1 million (2013 est.)", 2_100_000),
        ("Industrial production growth rate", "-1.2% (2009 est.); 0.4% (2008 est.); 3% (2007 est.)", -1.2),
        # The total of a breakdown, else its first part.
        ("Area", "total: 912 sq km land: 870 sq km water: 42 sq km", 912),
        ("Life expectancy at birth", "male: 61 years female: 66 years total population: 63.4 years", 63.4),
        ("Budget", "revenues: $3.1 billion expenditures: $3.6 billion (2012 est.)", 3_100_000_000),
        ("Telephones - fixed lines", "total subscriptions: 7,000 subscriptions per 100 inhabitants: 4", 7000),
        # What stands in brackets says more of the figure before it.
        ("Waterways", "1,300 km (900 km navigable by barges) (2011)", 1300),
        ("Population", "92,500 (males 45,000; females 47,500) (July 2003 est.)", 92_500),
        ("Railways", "total: 780 km narrow gauge: 780 km 1.067-m gauge (60 km electrified) (2008)", 780),
    ],
)
@pytest.mark.parametrize("rank", [f" {WORDS} 61", f"\n{WORDS} 61", f"{WORDS} 61", " 61", "\n61", "\n\n61\n"])
def test_a_rank_at_the_end_is_that_of_the_headline_figure(field: str, text: str, headline: float, rank: str) -> None:
    plain, ranked = read(field, text), read(field, text + rank)
    assert [(fact.value, fact.rank) for fact in ranked if isinstance(fact, Quantity) and fact.rank] == [(headline, 61)]
    # The rank changes nothing else, and its words belong to the fact that has it.
    assert [(type(fact), fact.year) for fact in ranked] == [(type(fact), fact.year) for fact in plain]
    for before, fact in zip(plain, ranked, strict=True):
        printed = (rank.strip() if WORDS in rank else rank.rstrip()[-3:]) if getattr(fact, "rank", None) else ""
        assert fact.text == before.text + printed == fact.span.cut(text + rank)


def test_each_rank_has_its_own_figures() -> None:
    text = f"production: 5 kWh {WORDS} 3 exports: 2 kWh (2011) 1 kWh (2010) {WORDS} 8 imports: 4 kWh"
    assert ranks("Electricity", text) == [(5, 3), (2, 8), (1, None), (4, None)]
    assert ranks("Area", f"{WORDS} 9 total: 5 sq km") == [(5, None)]
    assert ranks("Area", f"total: 5 sq km {WORDS} 9 {WORDS} 10") == [(5, 9)]


@pytest.mark.parametrize(
    "text",
    [
        "total: 3,270 by type: bulk carrier 4, tanker 12",  # named
        "AM 5, FM 7, shortwave 2",
        "total: 31 over 3,047 m: 2",  # labelled
        "12, 14",  # divided from the figure before
        "subscriptions per 100 inhabitants: 0.2 (2020 est.) less than 1",  # qualified
        "45 (2010) 1,204",  # too large for a place among countries
        "45 (2010) 640",
        "7 (2003)\nNA",
        "212",  # the only figure
    ],
)
def test_a_figure_of_its_own_at_the_end_is_no_rank(text: str) -> None:
    assert not [rank for _, rank in ranks("Heliports", text) if rank]
    assert "rank" not in [node.kind for node in cell_tree("Heliports", text).walk()]


def test_a_rank_without_its_words_may_stand_behind_a_bare_count_or_a_note() -> None:
    assert ranks("Heliports", "1 212") == [(1, 212)]
    assert (
        ranks("Telephones - mobile cellular", "total: 12,000 (2018) per 100: 4\nnote: data of 2018\n133")[0][1] == 133
    )
    assert [node.text("9 (2013) 88") for node in cell_tree("Heliports", "9 (2013) 88").find("rank")] == ["88"]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("4,100 (men 2,300; women 1,800) (2007 est.)", ["4,100(2007 est.)", "men 2,300", "women 1,800"]),
        ("810 (urban 500/rural 310), (May 1999)", ["810(May 1999)", "urban 500", "rural 310"]),
        ("1,300 km (800 km dredged) in the delta (2011)", ["1,300 kmin the delta (2011)", "800 km dredged"]),
        ("$6 billion (oil 70%) (2012)", ["$6 billion(2012)", "oil 70%"]),
        ("Delta dam (45 MW; backup 3 MW) (2004)", ["Delta dam45 MW(2004)", "backup 3 MW"]),
        ("Delta dam (45 MW) (2004)", ["Delta dam (45 MW) (2004)"]),
        (
            "3 km 1.435-m gauge (2 km steep) (2004), 1 km (2004)",
            ["3 km 1.435-m gauge(2004)", "2 km steep", "1 km (2004)"],
        ),
    ],
)
def test_the_text_of_a_breakdown_ends_before_its_bracket(text: str, texts: list[str]) -> None:
    facts = read("Natural gas", text)
    assert [fact.text for fact in facts] == texts
    assert len({fact.year for fact in facts}) == 1
    assert facts[0].year
    assert all(fact.span.cut(text) == fact.text for fact in facts)


@given(
    st.lists(st.tuples(st.sampled_from(["old", "new"]), st.integers(1, 999)), min_size=1, max_size=3),
    st.sampled_from(["", " (2011)", ", (2011)", " by rail (2011)", f" {WORDS} 4", " (2011) 4"]),
)
def test_texts_of_a_breakdown_are_balanced_and_apart(parts: list[tuple[str, int]], behind: str) -> None:
    text = f"5,000 ({'; '.join(f'{name} {count}' for name, count in parts)}){behind}"
    facts = [fact for fact in extract("Labor force", text) if isinstance(fact, Quantity | Share)]
    assert all(fact.text.count("(") == fact.text.count(")") for fact in facts)
    places = [at for fact in facts for i in range(0, len(fact.span), 2) for at in range(*fact.span[i : i + 2])]
    assert len(places) == len(set(places))


def told(fact: Any) -> dict[str, Any]:  # noqa: ANN401 (facts of whatever class)
    """Return what a figure says of itself, without what it does not say."""
    names = ("path", "value", "low", "high", "unit", "of", "note", "qualifier", "period")
    return {name: value for name in names if (value := getattr(fact, name)) not in (None, ())}


def one(field: str, text: str) -> dict[str, Any]:
    (fact,) = read(field, text)
    return told(fact)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("18.7% (of GDP) (2016 est.)", {"of": "GDP"}),
        ("-4% (of the budget)", {"of": "budget"}),
        ("accounts for 12% of GNP", {"of": "GNP"}),
        ("mining accounts for about 8% of GDP (1990)", {"path": ("mining",), "of": "GDP", "qualifier": "about"}),
        ("fisheries contributed 3% of exports", {"path": ("fisheries",), "of": "exports"}),
        ("40% (of which half is gas)", {"note": "of which half is gas"}),
    ],
)
def test_what_a_figure_is_a_part_of(text: str, whole: dict[str, Any]) -> None:
    said = one("Taxes and other revenues", text)
    del said["value"], said["unit"]
    assert said == whole


def test_a_named_share_keeps_what_it_is_a_share_of_as_its_note() -> None:
    (share,) = read("Religions", "Lutheran 20% of the islanders")
    assert (share.name, share.percent, share.note) == ("Lutheran", 20, "of islanders")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("350 nm or to the foot of the slope", {"unit": "nm", "note": "or to the foot of the slope"}),
        (
            "100-m depth or to the limit of drilling",
            {"unit": "m", "of": "depth", "note": "or to the limit of drilling"},
        ),
        ("200 m (depth) or to the limit", {"unit": "m", "note": "depth; or to the limit"}),
        ("12 nm except in the strait", {"unit": "nm", "note": "except in the strait"}),
        ("$3 million f.o.b.", {"unit": "USD", "note": "f.o.b."}),
        ("90 km double or single track", {"unit": "km", "of": "double or single track"}),
        ("$41 million from the Northern League (2003)", {"unit": "USD", "note": "from the Northern League"}),
        ("$41 million to states outside the League", {"unit": "USD", "note": "to states outside the League"}),
        ("6 NM in the Alpha Sea", {"unit": "nm", "note": "in the Alpha Sea"}),
        ("12 in Port Alpha", {"note": "in Port Alpha"}),
        ("in the Gulf of Alpha - 3 nm", {"unit": "nm", "note": "in the Gulf of Alpha"}),
        ("Alpha's segment of the 31 km line", {"unit": "km", "of": "Alpha's segment", "note": "line"}),
        ("7 are in Oceania", {"note": "in Oceania"}),
        (
            "4 cantons (singular - canton) and one free city* (vrystad)",
            {"unit": "cantons", "note": "singular - canton; and one free city* (vrystad)"},
        ),
        # What money is in, and what of a length is in use, is what it is of.
        ("$41 million in trade credits", {"unit": "USD", "of": "trade credits"}),
        ("310 km in regular use", {"unit": "km", "of": "regular use"}),
        ("6.5% in rural areas", {"unit": "%", "of": "rural areas"}),
        ("310 km of which are toll roads", {"unit": "km", "of": "toll roads"}),
    ],
)
def test_a_remark_is_no_name_of_what_is_counted(text: str, said: dict[str, Any]) -> None:
    assert {name: value for name, value in one("Exports", text).items() if name != "value"} == said


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Kenya (Moyale) 9 km and Kenya (Mandera) 4.5 km",
            [
                {"value": 9, "unit": "km", "of": "Kenya", "note": "Moyale"},
                {"value": 4.5, "unit": "km", "of": "Kenya", "note": "Mandera"},
            ],
        ),
        (
            "70 km (includes the 31-km Salt Channel and 8 km of lagoons)",
            [
                {"value": 70, "unit": "km"},
                {"value": 31, "unit": "km", "of": "Salt Channel"},
                {"value": 8, "unit": "km", "of": "lagoons"},
            ],
        ),
        (
            "620 km (410 km on the Delta and 210 km on reservoirs)",
            [
                {"value": 620, "unit": "km"},
                {"value": 410, "unit": "km", "of": "Delta"},
                {"value": 210, "unit": "km", "of": "reservoirs"},
            ],
        ),
        (
            "9 salt, spice, and cloth (SSC) traders, 4 ferry",
            [{"value": 9, "of": "salt, spice, and cloth (SSC) traders"}, {"value": 4, "unit": "ferry"}],
        ),
        ("6 km gravel, clay, and sand", [{"value": 6, "unit": "km", "of": "gravel, clay, and sand"}]),
        (
            "Togo 90 km (40 km on rivers), Mali 7 km (there are 2 km of walls)",
            [
                {"value": 90, "unit": "km", "of": "Togo"},
                {"path": ("Togo",), "value": 40, "unit": "km", "of": "rivers"},
                {"value": 7, "unit": "km", "of": "Mali"},
                {"path": ("Mali",), "value": 2, "unit": "km", "of": "walls"},
            ],
        ),
        ("12/24 nm", [{"value": 12, "unit": "nm"}, {"value": 24, "unit": "nm"}]),
        (
            "30% of GDP and 20% of exports",
            [{"value": 30, "unit": "%", "of": "GDP"}, {"value": 20, "unit": "%", "of": "exports"}],
        ),
        (
            "9 km (mostly on the 4-km Elk Bend; of which 3 km are navigable)",
            [
                {"value": 9, "unit": "km"},
                {"value": 4, "unit": "km", "of": "Elk Bend"},
                {"value": 3, "unit": "km", "of": "navigable"},
            ],
        ),
        ("5 Army and 3 Navy", [{"value": 5, "of": "Army"}, {"value": 3, "of": "Navy"}]),
        ("Laos 5 km Togo 7 km", [{"value": 5, "unit": "km", "of": "Laos"}, {"value": 7, "unit": "km", "of": "Togo"}]),
    ],
)
def test_what_each_figure_counts(text: str, facts: list[dict[str, Any]]) -> None:
    assert [told(fact) for fact in read("Waterways", text)] == facts


@pytest.mark.parametrize(
    "words",
    ["electrified", "traditional", "high-speed", "narrow-gauge", "unpaved", "operational", "with paved runways"],
)
def test_words_that_tell_the_kind_are_no_unit(words: str) -> None:
    assert one("Railways", f"1,240 {words}") == one("Railways", f"1,240 are {words}") == {"value": 1240, "of": words}
    assert one("Railways", f"1,240 km {words}") == {"value": 1240, "unit": "km", "of": words}


@pytest.mark.parametrize(
    "words", ["main lines", "bulk carrier", "cable", "seed", "provinces", "roll-on/roll-off cargo"]
)
def test_words_that_name_what_is_counted_are_its_unit(words: str) -> None:
    assert one("Railways", f"12 {words}") == {"value": 12, "unit": words}


@pytest.mark.parametrize(
    ("text", "date", "said"),
    [
        ("about 3% in 1991", "1991", {"qualifier": "about"}),
        ("3% in March 1991 under a program of the bank", "March 1991", {"of": "under a program of the bank"}),
        ("3% in grants in 1991", "1991", {"of": "grants"}),
        ("3% in loans pledged by a bank for 1991", "1991", {"of": "loans pledged by a bank"}),
        ("3% for 1990-91", "1990-91", {"period": "1990-91"}),
        ("3% in 1991 (an official estimate)", "1991", {"note": "an official estimate"}),
        ("3% (1991 - survey of towns)", "1991", {"note": "survey of towns"}),
        ("3% (June 1991; the peg holds since 1976)", "June 1991", {"note": "the peg holds since 1976"}),
        ("3% (1991, at 1985 exchange rates)", "1991", {"note": "at 1985 exchange rates"}),
        ("3% (1991 estimate by a bank for 1990)", "1991 estimate", {"note": "by a bank for 1990"}),
        ("3% (1991 est., includes the isles)", "1991 est.", {"note": "includes the isles"}),
        ("3% (June 1991 over June 1990)", "June 1991", {"note": "over June 1990"}),
        ("3% (1991 annual average)", "1991", {"note": "annual average"}),
        ("3% (first 7 months, 1991)", "1991", {"note": "first 7 months, 1991"}),
        ("3% (1991 budget est.)", "1991 budget est.", {}),
        ("3% (FY91 budget)", "FY91 budget", {"period": "FY91"}),
        ("3% 1991 (est)", "1991 (est)", {}),
        ("3% f.o.b., 1991)", "1991", {"note": "f.o.b."}),
    ],
)
def test_a_year_is_no_count(text: str, date: str, said: dict[str, Any]) -> None:
    (fact,) = read("Industrial production", text)
    assert (fact.date, fact.year) == (date, 1991)
    assert told(fact) == {"value": 3, "unit": "%", **said}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3,236 km (1830 km in use)", [(3236, None), (1830, None)]),
        ("5,100 (1990 m above the sea)", [(5100, None), (1990, None)]),
        ("9,100 km (1,990 km paved) (2003)", [(9100, 2003), (1990, 2003)]),
    ],
)
def test_a_count_of_four_digits_is_no_year(text: str, parts: list[tuple[int, int | None]]) -> None:
    assert [(fact.value, fact.year) for fact in read("Waterways", text)] == parts


def test_entries_of_a_list_that_tell_a_figure_are_figures() -> None:
    text = (
        "accounts for 31% of GDP (including hunting) and over 40% of exports; yams and taro make up almost 60% of "
        "food; 70-80% self-sufficient in meat; a catch of 1,265,000 metric tons (FY88), copra, vanilla"
    )
    *figures, copra, vanilla = read("Agricultural products", text)
    assert [told(fact) | {"year": fact.year} for fact in figures] == [
        {"value": 31, "unit": "%", "of": "GDP", "note": "including hunting", "year": None},
        {"value": 40, "unit": "%", "of": "exports", "qualifier": "over", "year": None},
        {"path": ("yams and taro",), "value": 60, "unit": "%", "of": "food", "qualifier": "almost", "year": None},
        {"low": 70, "high": 80, "unit": "%", "of": "self-sufficient in meat", "year": None},
        {"value": 1_265_000, "unit": "metric tons", "of": "a catch", "period": "FY88", "year": 1988},
    ]
    assert [(fact.name, fact.year) for fact in (copra, vanilla)] == [("copra", None), ("vanilla", None)]


@pytest.mark.parametrize("name", ["Forum 90", "Movement of 5 April", "Law 1,204", "Annex 4, Part 2", "A1 Ring"])
def test_names_with_numbers_stay_names(name: str) -> None:
    facts = read("Political parties", f"{name}; Reds")
    assert [fact.name for fact in facts][-1] == "Reds"
    assert all(fact.type == "Item" for fact in facts)


def test_a_remark_with_a_year_dates_no_name() -> None:
    [fact] = read("Diplomatic representation from the US", "consulate(s): none (Alphaville closed June 1993)")
    assert (fact.path, fact.value, fact.year) == (("consulate(s)",), "none (Alphaville closed June 1993)", None)
    facts = read("Diplomatic representation from the US", "consulate(s): Alphaville (closed June 1993)")
    assert [(fact.name, fact.note, fact.year) for fact in facts] == [("Alphaville", "closed June 1993", None)]
    facts = read("Agricultural products", "copra, sugar (June 1993)")
    assert [(fact.name, fact.note, fact.year) for fact in facts] == [("copra", None, 1993), ("sugar", None, 1993)]


@pytest.mark.parametrize("word", ["totaling", "totalling"])
def test_what_ships_total_is_not_what_is_counted(word: str) -> None:
    facts = read("Merchant marine", f"9 ships (1,000 GRT or over) {word} 16,700 GRT/19,500 DWT, cargo 7, oil tanker 2")
    assert [(fact.value, fact.unit, fact.of) for fact in facts] == [
        (9, "ships", None),
        (16_700, "GRT", None),
        (19_500, "DWT", None),
        (7, None, "cargo"),
        (2, None, "oil tanker"),
    ]


def test_a_note_may_stand_before_the_date_of_an_entry() -> None:
    facts = read("Military and security forces", "Army (Maavoimat), Border Guard (Rajavartiolaitos) (2019)")
    assert [(fact.name, fact.note, fact.year) for fact in facts] == [
        ("Army", "Maavoimat", 2019),
        ("Border Guard", "Rajavartiolaitos", 2019),
    ]
    [fact] = read("Industries", "mining (copper) (cobalt)")
    assert (fact.name, fact.note) == ("mining (copper)", "cobalt")


def test_what_people_who_arrive_are_called_is_no_cause() -> None:
    text = "note: 8,400 estimated refugee and migrant arrivals (January 2015-October 2022)"
    [fact] = read("Refugees and internally displaced persons", text)
    assert (fact.count, fact.cause, fact.year) == (8_400, None, 2022)


def test_the_words_of_one_figure_end_before_those_of_the_next() -> None:
    facts = read("Labor force", "15,300 of which 4,120 are foreigners")
    assert [(fact.value, fact.of) for fact in facts] == [(15_300, None), (4120, "foreigners")]
    facts = read("Industrial production", "12% of GDP and employs about 30% of the labor force")
    assert [(fact.value, fact.of, fact.qualifier) for fact in facts] == [
        (12, "GDP", None),
        (30, "labor force", "about"),
    ]


def test_a_term_is_of_what_is_served() -> None:
    facts = read("Military service age and obligation", "18-30 years of age; 9 months of basic training, then reserve")
    assert [(fact.value or fact.low, fact.unit, fact.of, fact.note) for fact in facts] == [
        (18, "years", None, None),
        (9, "months", "basic training", "then reserve"),
    ]


def test_a_sentence_tells_what_is_not_known_for_a_year() -> None:
    facts = read("Telecommunication systems", "international: satellite earth stations - NA (2002)")
    assert [(fact.path, fact.of, fact.value, fact.year) for fact in facts] == [
        (("international",), "satellite earth stations", None, 2002)
    ]


def test_each_commitment_has_its_own_period() -> None:
    text = (
        "Northern commitments, including loans (FY71-84), $31 million; Eastern (non-bloc) banks (1975-89), "
        "$1.4 billion; others (1980), $NA"
    )
    facts = read("Economic aid", text)
    assert [(fact.of, fact.value, fact.date, fact.period) for fact in facts] == [
        ("Northern commitments, including loans", 31_000_000, "FY71-84", "FY71-84"),
        ("Eastern (non-bloc) banks", 1_400_000_000, "1975-89", "1975-89"),
        ("others", None, "1980", None),
    ]
    assert all(fact.span.cut(text) == fact.text for fact in facts)
    # A series is none of this: each date stands behind its figure.
    series = read("Economic aid", "$31 million (1990), $28 million (1989)")
    assert [(fact.value, fact.year) for fact in series] == [(31_000_000, 1990), (28_000_000, 1989)]


@pytest.mark.parametrize("unit", ["per US dollar", "Sea crowns (SEC) per US dollar", "shells per US$1"])
def test_a_rate_that_is_not_known_has_its_year(unit: str) -> None:
    facts = read("Exchange rates", f"{unit} - NA (2002), 830.35 (2001)")
    assert [(fact.value, fact.year, fact.unit) for fact in facts] == [(None, 2002, unit), (830.35, 2001, unit)]


@pytest.mark.parametrize("date", ["yearend 2002 est.", "year-end 2002 est.", "midyear 2002 est."])
def test_the_end_and_the_middle_of_a_year_are_dates(date: str) -> None:
    (fact,) = read("Internet users", f"1,400 ({date})")
    assert (fact.date, fact.year, fact.estimated, fact.note) == (date, 2002, True, None)


def test_none_has_no_date() -> None:
    for text in ("none (part of the Realm; ceded by the treaty of 4 May 1903)", "none; on 4 May 1903 it was ceded"):
        (fact,) = read("Independence", text)
        assert (fact.value, fact.date, fact.year) == (text, None, None)
    (fact,) = read("Independence", "4 May 1903 (from the Realm)")
    assert fact.year == 1903


def test_about_how_many_soldiers() -> None:
    facts = read("Military and security service personnel strengths", "est. 41,000 Guard; estimated 3,000 Marines")
    assert [told(fact) for fact in facts] == [
        {"value": 41_000, "unit": "persons", "of": "Guard", "qualifier": "est."},
        {"value": 3000, "unit": "persons", "of": "Marines", "qualifier": "estimated"},
    ]


def paths(field: str, text: str) -> list[tuple[tuple[str, ...], float | None]]:
    return [(fact.path, getattr(fact, "value", None)) for fact in read(field, text)]


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        # Labels nobody knows: behind a semicolon, and behind a figure, whatever capitals and figures they hold.
        ("Land use", "upper valley: 3.5%; lower valley: 9%", [("upper valley", 3.5), ("lower valley", 9)]),
        ("Coastline", "West Bay: 14 km East Bay: 11.5 km", [("West Bay", 14), ("East Bay", 11.5)]),
        ("Coastline", "West Bay: 14 km (2010) East Bay: 11 km", [("West Bay", 14), ("East Bay", 11)]),
        (
            "Airports",
            "total: 9 closed: 2 with grass strips: 6",
            [("total", 9), ("closed", 2), ("with grass strips", 6)],
        ),
        (
            "Airports",
            "total: 3 with paved runways over 3,047 m: 1 with unpaved runways under 914 m: 2",
            [("total", 3), ("with paved runways over 3,047 m", 1), ("with unpaved runways under 914 m", 2)],
        ),
        (
            "Airports",
            "total: 2 with runways over 3,659 m: 0 with runways 2,440-3,659 m: 2",
            [("total", 2), ("with runways over 3,659 m", 0), ("with runways 2,440-3,659 m", 2)],
        ),
        (
            "Airports",
            "military: 1 shared use (civil-military) fields: 6",
            [("military", 1), ("shared use (civil-military) fields", 6)],
        ),
        (
            "Manpower available for military service",
            "males age 18-49: 1,200 females age 21-49: 1,100 (2005 est.)",
            [("males age 18-49", 1200), ("females age 21-49", 1100)],
        ),
        (
            "Television broadcast stations",
            "stations: NA receivers: 12,000",
            [("stations", None), ("receivers", 12_000)],
        ),
        ("Telephones", "4,700 sets; rural stations: 40", [((), 4700), ("rural stations", 40)]),  # "stations" is known
        # A list of words that begins the cell or a line, or stands behind a semicolon.
        (
            "Labor force - by occupation",
            "hunting, trapping, and sealing: 4%\ncrafts, trade: 11%; water, gas, and light: 2%",
            [("hunting, trapping, and sealing", 4), ("crafts, trade", 11), ("water, gas, and light", 2)],
        ),
    ],
)
def test_each_figure_has_its_own_label(field: str, text: str, found: list[tuple[str, float]]) -> None:
    assert paths(field, text) == [((label,) if isinstance(label, str) else label, value) for label, value in found]


@pytest.mark.parametrize(
    ("field", "text", "labels"),
    [
        ("Exports", "share: 40% of GDP per capita: 5", {"share", "per capita"}),
        ("Sex ratio", "at birth: 1.05 male(s)/female 15-64 years: 0.9 male(s)/female", {"at birth", "15-64 years"}),
        (
            "Real GDP growth rate",
            "2.9% (upper valley: 4%; lower valley: 1%) (1996 est.)",
            {"upper valley", "lower valley"},
        ),
        ("Merchant marine", "total: 12 hulls by type: cargo 9, tanker 3", {"total", "by type"}),
        ("Railways", "narrow gauge: 17 km (state: 9 km, mines: 8 km)", {"narrow gauge", "state", "mines"}),
    ],
)
def test_units_brackets_and_known_labels_are_no_part_of_a_label(field: str, text: str, labels: set[str]) -> None:
    assert {label for fact in read(field, text) for label in fact.path} <= labels


def test_words_within_a_line_are_no_label_in_prose() -> None:
    text = "the delta floods; worst years: 1953 and 1991; the dam: 3 km of stone: 5 gates"
    (fact,) = read("Economic overview", text)
    assert (fact.path, fact.value) == ((), text)


def test_a_label_may_have_many_words() -> None:
    text = "Republic of Nine Isles Regular Forces or Army of Nine Isles (ANI): Guard, Scouts"
    assert {fact.path for fact in read("Military and security forces", text)} == {(text.partition(":")[0],)}


FORCES = "Harbor Forces (a bracket; with more than forty characters (and another) in it): Coast Guard, Divers; "


def test_each_force_has_its_own_branches() -> None:
    text = FORCES + "Palace Guard (PG; aka Old Guard): Horse Guard, Band; Ministry of Mines: Mine Police (2021)"
    found = [(fact.path[-1].partition(" (")[0], fact.name) for fact in read("Military and security forces", text)]
    assert found == [
        ("Harbor Forces", "Coast Guard"),
        ("Harbor Forces", "Divers"),
        ("Palace Guard", "Horse Guard"),
        ("Palace Guard", "Band"),
        ("Ministry of Mines", "Mine Police"),
    ]


def named(field: str, text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(fact.path, fact.name) for fact in read(field, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Words in small letters behind a name; a surname in capitals may have one behind it.
        (
            "Union Party, Ann ODD opposition: League, Bo EVEN moderate reformers: Greens, Cy LAST",
            [
                ((), "Union Party"),
                ((), "Ann ODD"),
                (("opposition",), "League"),
                (("opposition",), "Bo EVEN"),
                (("moderate reformers",), "Greens"),
                (("moderate reformers",), "Cy LAST"),
            ],
        ),
        ("Beta, Alpha Front hard left: Reds", [((), "Beta"), ((), "Alpha Front"), (("hard left",), "Reds")]),
        ("Union of Cypriot area: Reds", [(("Union of Cypriot area",), "Reds")]),
        # Names with brackets, and with short forms behind "or".
        ("Union (Unia) or UN: Reds; Blues", [(("Union (Unia) or UN",), "Reds"), (("Union (Unia) or UN",), "Blues")]),
        (
            "8 May Coalition: Reds; Blues (BL) or B: Greens",
            [(("8 May Coalition",), "Reds"), (("Blues (BL) or B",), "Greens")],
        ),
        # Words that say what follows may hold commas.
        (
            "the two large, ruling parties are: Reds; others, all small, include: Greens",
            [(("the two large, ruling parties are",), "Reds"), (("others, all small, include",), "Greens")],
        ),
        ("Front for unity; Movement of the sea: Reds", [((), "Front for unity"), (("Movement of the sea",), "Reds")]),
    ],
)
def test_a_label_within_a_list_of_names(text: str, found: list[tuple[tuple[str, ...], str]]) -> None:
    assert named("Political parties", text) == found


def test_what_is_set_off_behind_an_entry_remarks_on_it() -> None:
    text = (
        "Reds or R [Ann ODD], is the ruling party; Blues [Bo EVEN] - merged with Greens; Union [Cy LAST], Front or F "
        "[Di NEW], and League [Ed OLD]; Old Bloc - (nine groups; all small); North [[; Guild (G), "
    )
    facts = read("Political parties", text)
    assert [(fact.name, fact.note) for fact in facts] == [
        ("Reds or R", "Ann ODD; is the ruling party"),
        ("Blues", "Bo EVEN; merged with Greens"),
        ("Union", "Cy LAST"),
        ("Front or F", "Di NEW"),
        ("League", "Ed OLD"),
        ("Old Bloc", "nine groups; all small"),
        ("North", None),
        ("Guild (G)", None),
    ]
    assert all(fact.span.cut(text) == fact.text for fact in facts)


@pytest.mark.parametrize(
    ("words", "label", "date"),
    [
        ("seats by party as of March 2011", "seats by party", "March 2011"),
        ("seats by party/grouping (as of 6 March 2011)", "seats by party/grouping", "6 March 2011"),
        ("seats by party in the Diet as of March 2011", "seats by party in the Diet", "March 2011"),
        ("seats by party in the Diet were as follows", "seats by party in the Diet were as follows", "3 May 2010"),
    ],
)
def test_results_of_a_later_day_have_that_day(words: str, label: str, date: str) -> None:
    text = f"elections: last held on 3 May 2010 election results: {words} - Reds 31, Bloc 2001 10, DA '91 2"
    facts = [fact for fact in read("Legislative branch", text) if fact.path[0] == "election results"]
    assert [(fact.path[1:], fact.of, fact.value, fact.date) for fact in facts if isinstance(fact, Quantity)] == [
        ((label,), "Reds", 31, date),
        ((label,), "Bloc 2001", 10, date),
        ((label,), "DA '91", 2, date),
    ]


def test_an_entry_in_brackets_remarks_on_the_one_before() -> None:
    facts = read("Political parties", "Reds [Ann ODD] (formed in 1994); Union [Bo EVEN] (2018); (Greens)")
    assert [(fact.name, fact.note, fact.year) for fact in facts] == [
        ("Reds", "Ann ODD; formed in 1994", 2018),
        ("Union", "Bo EVEN; Greens", 2018),
    ]


@pytest.mark.parametrize("when", ["8 May and 10 July 2011", "8 and 10 May 2011", "May 2011"])
def test_each_election_has_its_office_and_its_day(when: str) -> None:
    text = (
        "President: last held 2 May 1999; results - Ann ODD was elected president House of the Isles: last held on "
        f"{when} (next to be held 2014); seats - (9 total) Reds 6, Blues 3 Senate: last held May 1990; seats - Reds 2"
    )
    facts = [fact for fact in read("Elections", text) if isinstance(fact, Quantity)]
    assert [(fact.path, fact.of, fact.value, fact.year) for fact in facts] == [
        (("House of the Isles", "seats"), "total", 9, 2011),
        (("House of the Isles", "seats"), "Reds", 6, 2011),
        (("House of the Isles", "seats"), "Blues", 3, 2011),
        (("Senate", "seats"), "Reds", 2, 1990),
    ]
    # Where words in small letters stand before it, nothing tells where the name begins.
    text = "Diet: last held 1990; area held by Beta Settlers: last held 1991"
    assert {fact.path for fact in read("Elections", text)} == {("Diet",)}


@pytest.mark.parametrize("label", ["2016", "September 2016"])
def test_results_by_year_stay_under_their_label(label: str) -> None:
    text = f"election results: percent of vote - Ann ODD 75%\n{label}: Bo EVEN elected; percent of vote - Bo EVEN 62%"
    shares = [fact for fact in read("Executive branch", text) if isinstance(fact, Share)]
    assert [(fact.path, fact.name) for fact in shares] == [
        (("election results", "percent of vote"), "Ann ODD"),
        (("election results", label, "percent of vote"), "Bo EVEN"),
    ]


@pytest.mark.parametrize("code", ["1-869", "1-340"])
def test_a_code_to_dial_is_no_range(code: str) -> None:
    facts = read("Telecommunication systems", f"international: country code - {code}; earth stations - 2")
    assert [(fact.type, getattr(fact, "value", None)) for fact in facts] == [
        ("TextValue", f"country code - {code}"),
        ("Quantity", 2),
    ]
    (fact,) = read("Telecommunication systems", "international: country code - 869")
    assert (fact.of, fact.value) == ("country code", 869)


@pytest.mark.parametrize("words", ["2,300Gb/s links", "3.5GHz bands", "1,204.5km"])
def test_a_number_is_not_cut_at_its_point_or_comma(words: str) -> None:
    facts = read("Telecommunication systems", f"domestic: {words} and 12 stations")
    assert [fact.value for fact in facts if isinstance(fact, Quantity)] == [12]


@pytest.mark.parametrize("mark", [")", "."])
def test_the_numbers_of_a_list_count_nothing(mark: str) -> None:
    text = f"the system includes: 1{mark} the Isles Treaty; 2{mark} an annex; it has 12 members: 9 voting"
    facts = [fact for fact in read("Government type", text) if isinstance(fact, Quantity)]
    assert [(fact.of, fact.value) for fact in facts] == [("members", 12), ("voting", 9)]


def test_an_area_is_compared_under_its_label_too() -> None:
    (*_, fact) = read("Area", "land area: 90 km2 comparative area: slightly more than twice the size of Ohio")
    assert told(fact) == {
        "path": ("comparative area",),
        "value": 2,
        "unit": "times",
        "qualifier": "slightly more than",
        "note": "the size of Ohio",
    }


def test_a_name_goes_on_behind_its_comma() -> None:
    text = "lowest point: salt pan, near Old Quay -2 m highest point: Mount Alpha, on Cat Island 63 m; in addition 4 m"
    assert [(fact.of, fact.value) for fact in read("Elevation", text)] == [
        ("salt pan, near Old Quay", -2),
        ("Mount Alpha, on Cat Island", 63),
        (None, 4),
    ]
    assert read("Elevation", text)[-1].note == "in addition"


@pytest.mark.parametrize("dollar", ["US$1", "US $1"])
@pytest.mark.parametrize("dash", [" - ", "--", "-"])
def test_each_of_several_rates_has_its_label(dollar: str, dash: str) -> None:
    text = f"shells (SH) per {dollar}{dash}official rate: 8.1 (1997), 8.3 (1996); black market rate: 12 (1996)"
    assert [(fact.path, fact.value, fact.unit) for fact in read("Exchange rates", text)] == [
        (("official rate",), 8.1, f"shells (SH) per {dollar}"),
        (("official rate",), 8.3, f"shells (SH) per {dollar}"),
        (("black market rate",), 12, f"shells (SH) per {dollar}"),
    ]


def test_terms_of_service_behind_semicolons_have_labels() -> None:
    text = "18-30 years of age for service; conscript obligation: 7 months (Army), 9 months (Navy); officers: 21 years"
    assert [(fact.path, fact.value, fact.note) for fact in read("Military service age and obligation", text)] == [
        ((), None, "for service"),
        (("conscript obligation",), 7, "Army"),
        (("conscript obligation",), 9, "Navy"),
        (("officers",), 21, None),
    ]


@pytest.mark.parametrize("divider", [" ", "\n\n", "; "])
def test_the_parts_of_a_list_stand_under_its_label(divider: str) -> None:
    text = f"major seaport(s): Alpha Ocean: Anse, Beck; Beta Sea: Cove{divider}oil terminal(s): Dune"
    assert named("Ports and terminals", text) == [
        (("major seaport(s)", "Alpha Ocean"), "Anse"),
        (("major seaport(s)", "Alpha Ocean"), "Beck"),
        (("major seaport(s)", "Beta Sea"), "Cove"),
        (("oil terminal(s)",), "Dune"),
    ]
    text = "major seaport(s):\nAlpha Ocean: Anse\nBeta Sea: Cove\noil terminal(s): Dune\nothers: Edge"
    assert [path for path, _ in named("Ports and terminals", text)] == [
        ("major seaport(s)", "Alpha Ocean"),
        ("major seaport(s)", "Beta Sea"),
        ("oil terminal(s)",),
        ("others",),
    ]


@pytest.mark.parametrize("words", ["Northern Isle", "area held by settlers", "Isle of Beta (main)"])
def test_a_label_right_behind_a_label_stands_under_it(words: str) -> None:
    text = f"paved: {words}: 4 km; South Isle: 6 km unpaved: {words}: 1 km; South Isle: 2 km total: 13 km"
    assert [(fact.path, fact.value) for fact in read("Roadways", text)] == [
        (("paved", words), 4),
        (("paved", "South Isle"), 6),
        (("unpaved", words), 1),
        (("unpaved", "South Isle"), 2),
        (("total",), 13),
    ]
    # What is not known is no label.
    assert [fact.path for fact in read("Roadways", "paved: NA km unpaved: NA km")] == [("paved",), ("unpaved",)]


def test_names_in_a_known_list_keep_their_colons() -> None:
    text = "selected World Heritage Site locales: Old Quay (c); Salt Roads: Northern Way (c); Bay of Reeds (n)"
    assert [fact.name for fact in read("National heritage", text)] == [
        "Old Quay",
        "Salt Roads: Northern Way",
        "Bay of Reeds",
    ]
    (party, *_) = read("Political parties", "Union or U [disputed leadership: A and B]; League or L [contested: C]")
    assert (party.name, party.note) == ("Union or U", "disputed leadership: A and B")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Chief of State: Queen A. Head of Government: Premier B",
            [("Chief of State", "Queen A."), ("Head of Government", "Premier B")],
        ),
        ("CHIEF OF STATE: Queen A CABINET: Council", [("CHIEF OF STATE", "Queen A CABINET: Council")]),
        (
            "CHIEF OF STATE: Queen A (2001) CABINET: Council",
            [("CHIEF OF STATE", "Queen A (2001)"), ("CABINET", "Council")],
        ),
    ],
)
def test_known_labels_in_other_capitals(text: str, found: list[tuple[str, str]]) -> None:
    assert [(fact.path[-1], fact.value) for fact in read("Executive branch", text)] == found


def test_a_name_in_capitals_is_no_label() -> None:
    text = "Armed Forces: Army, Royal Air Force: fighters"
    assert {fact.path for fact in read("Military and security forces", text)} == {("Armed Forces",)}


@pytest.mark.parametrize("divider", ["; ", " ", "\n", ";\n"])
def test_each_island_has_its_own_place(divider: str) -> None:
    text = divider.join(
        ["Salt Cay: 21 20 N, 71 11 W", "Pine Cay: 21 53 N, 72 05 W", "Ambergris (east): 21 18 S, 71 37 E"]
    )
    found = [(fact.path, fact.latitude, fact.longitude) for fact in read("Geographic coordinates", text)]
    assert found == [
        (("Salt Cay",), 21.3333, -71.1833),
        (("Pine Cay",), 21.8833, -72.0833),
        (("Ambergris (east)",), -21.3, 71.6167),
    ]


def years(field: str, text: str) -> list[int | None]:
    return [fact.year for fact in read(field, text)]


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        # A date between others is that of its own label.
        ("National air transport system", "lines: 3 (2019) planes: 21 travelers: 90,000 (2017)", [2019, None, 2017]),
        (
            "Ports",
            "seaports: Aran, Bel container ports: Aran (2,000) (2018) LNG terminals: Cor",
            [None, None, 2018, None],
        ),
        ("Ports", "seaports: Aran container ports: Aran (2,000) (2018)", [None, 2018]),
        (
            "Exports",
            "total value: $4 million (1995) commodities: tin 80% partners: Fiji 60% (1993)",
            [1995, None, 1993],
        ),
        # Parts of one whole share the date behind the last of them.
        ("Labor force - by occupation", "agriculture: 30% industry: 20% services: 50% (2010)", [2010, 2010, 2010]),
        ("Electricity - production by source", "hydro: 60% other: 3% (2001) nuclear: 37%", [2001, 2001, None]),
        ("Youth unemployment rate (ages 15-24)", "total: 9% (2004) male: 8% female: 10% (2006)", [2004, 2006, 2006]),
        ("Airports", "total: 9 usable: 7 closed: 2 (2010)", [2010, 2010, 2010]),
        ("National heritage", "total World Heritage Sites: 2 key ports: Aran, Bel (2023)", [2023, 2023, 2023]),
        # So does the date that closes a note on them.
        ("Exports", "$4 million note: without re-exports (2019 est.)", [2019, 2019]),
    ],
)
def test_how_far_a_date_reaches_back(field: str, text: str, found: list[int | None]) -> None:
    assert years(field, text) == found


@pytest.mark.parametrize("gap", [" | ", " |\n\n", "\n", "\n\n"])
def test_a_date_behind_a_break_is_that_of_the_figure_before_it(gap: str) -> None:
    text = f"exports: 23.2%{gap}imports: -25.5%{gap}(2014 est.)"
    facts = read("GDP - composition, by end use", text)
    assert [(fact.path, fact.year, fact.estimated) for fact in facts] == [
        *((("exports",), 2014, True), (("imports",), 2014, True)),
    ]
    assert facts[-1].text == "-25.5%(2014 est.)"
    lone = read("GDP - composition, by end use", f"exports: 23.2% (2010){gap}(2014 est.)")
    assert [fact.year for fact in lone] == [2010, 2014]
