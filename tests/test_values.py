"""Values, units and dates: each kind of figure that was read wrong, with others of its kind that must not change."""

from __future__ import annotations

import pytest

import factparse
from factparse.core.facts import DisplacedPersons, Item, Quantity, Share, TextValue
from factparse.language import read_as_of, read_figure
from factparse.output.json import facts_json
from factparse.output.tables import fact_kinds, fact_row


def quantities(field: str, text: str) -> list[Quantity]:
    """The quantities in a field's text; each is checked to be cut out of it by its span."""
    found = factparse.extract(field, text, subject="Chad")
    assert all(fact.span.cut(text) == fact.text for fact in found)
    return [fact for fact in found if isinstance(fact, Quantity)]


def values(field: str, text: str) -> list[float | None]:
    return [fact.value for fact in quantities(field, text)]


def shares(text: str, field: str = "Languages") -> list[tuple[str, float | None]]:
    return [(f.name, f.percent) for f in factparse.extract(field, text) if isinstance(f, Share)]


@pytest.mark.parametrize(
    ("field", "text", "right"),
    [
        ("Net migration rate", "- 4 migrants/1,000 population (1990)", [-4]),
        ("Inflation rate (consumer prices)", "- 2.4% (1988)", [-2.4]),
        ("Inflation rate (consumer prices)", "– 2.4% (1988), - 3% (1987); 4% (1986)", [-2.4, -3, 4]),
        ("Inflation rate (consumer prices)", "− 0.7% (1988)", [-0.7]),
        ("Inflation rate (consumer prices)", "— 0.7% (1988)", [-0.7]),
        ("Population growth rate", "(-)0.3% (1991)", [-0.3]),
        ("Population growth rate", "(–) 0.3% (1991)", [-0.3]),
        ("Real GDP growth rate", "minus 6.5% (1990)", [-6.5]),
        ("Real GDP growth rate", "Minus 6.5% (1990), negative 1% (1989)", [-6.5, -1]),
        ("Current account balance", "- $3.2 billion (2011 est.)", [-3_200_000_000]),
        ("Budget surplus (+) or deficit (-)", "+ 3% of GDP (2017 est.)", [3]),
        ("GNP", "$4 billion, per capita $900; real growth rate - 0.5% (1991)", [4_000_000_000, 900, -0.5]),
        ("Industrial production growth rate", "growth rate - 7% (1989); accounts for 12% of GDP", [-7, 12]),
        ("Unemployment rate", "total: - 5%", [-5]),
        ("Population", "9,300 (July 1990), Growth rate – 0.3% (1990)", [9300, -0.3]),
        ("Industrial production growth rate", "growth rate (-)2% (1990)", [-2]),
        ("Industrial production growth rate", "growth rate of - 2% (1990)", [-2]),
    ],
)
def test_a_minus_may_stand_apart_from_its_digits(field: str, text: str, right: list[float]) -> None:
    assert values(field, text) == right


@pytest.mark.parametrize(
    ("field", "text", "right"),
    [
        ("Budget", "revenues $1.2 billion; unemployment - 5% (1990)", [1_200_000_000, 5]),
        ("Real GDP (purchasing power parity)", "purchasing power parity - $4.3 billion (2003 est.)", [4_300_000_000]),
        ("Real GDP (purchasing power parity)", "purchasing power parity--$4.3 billion (1999)", [4_300_000_000]),
        ("Merchant marine", "9 ships; - 7 - container; - 2 - bulk", [9, 7, 2]),
        ("Exchange rates", "francs per US dollar - 5.5 (2001), 6.1 (2000)", [5.5, 6.1]),
        ("Internet users", "total: 12 - 4", [None]),
    ],
)
def test_a_dash_behind_a_label_is_no_minus(field: str, text: str, right: list[float]) -> None:
    assert values(field, text) == right
    assert shares("Muslim - 5%, other - 95%", "Religions") == [("Muslim", 5), ("other", 95)]


def test_a_range_of_negative_numbers() -> None:
    for text in ("-7% to -9%", "growth rate - 7% to - 9%"):
        (fact,) = quantities("Industrial production growth rate", text)
        assert (fact.low, fact.high, fact.unit) == (-9, -7, "%")
    figure = read_figure("-1 to 2%")
    assert (figure.low, figure.high) == (-1, 2)


@pytest.mark.parametrize(
    ("text", "date", "year", "estimated"),
    [
        ("9,300 (1 January 2013 es)", "1 January 2013 es", 2013, True),
        ("9,300 (2001 census provisional data)", "2001 census provisional data", 2001, False),
        ("9,300 (yearend 2004 est.)", "yearend 2004 est.", 2004, True),
        ("9,300 (3rd Quarter, 2005)", "3rd Quarter, 2005", 2005, False),
        ("9,300 (est.)", None, None, True),
        ("9,300 (estimate)", None, None, True),
        ("9,300 (est.), 8,100 (2004)", "2004", 2004, True),
    ],
)
def test_words_of_dates(text: str, date: str | None, year: int | None, estimated: bool) -> None:
    fact = quantities("Population", text)[0]
    assert (fact.value, fact.date, fact.year, fact.estimated, fact.note) == (9300, date, year, estimated, None)


@pytest.mark.parametrize(("printed", "unit"), [("NM", "nm"), ("nm", "nm"), ("KM", "km"), ("Km", "km")])
def test_a_unit_in_other_capitals_is_the_usual_one(printed: str, unit: str) -> None:
    (first, second) = quantities("Maritime claims", f"territorial sea: 12 {printed} contiguous zone: 24 {printed}")
    assert (first.value, first.unit, first.of, second.unit) == (12, unit, None, unit)


@pytest.mark.parametrize(
    ("field", "text", "unit", "of"),
    [
        ("Military expenditures", "NA% of GDP (2001)", "%", "GDP"),
        ("Public debt", "NA% of GDP", "%", "GDP"),
        ("Death rate", "NA deaths/1,000 population", "deaths/1,000 population", None),
        ("Birth rate", "NA births/1,000 population (1999)", "births/1,000 population", None),
        ("Sex ratio", "NA male(s)/female", "male(s)/female", None),
        ("Area", "total: NA km2", "km2", None),
        ("Land use", "NA% arable land", "%", "arable land"),
        ("Electricity", "NA kWh", "kWh", None),
    ],
)
def test_what_has_no_figure_keeps_its_unit(field: str, text: str, unit: str, of: str | None) -> None:
    (fact,) = quantities(field, text)
    assert (fact.value, fact.unit, fact.of) == (None, unit, of)


@pytest.mark.parametrize(
    ("date", "period"),
    [
        ("2015/16", "2015/16"),
        ("2012–13", "2012–13"),
        ("2012-2013 est.", "2012-2013"),
        ("FY94/95", "FY94/95"),
        ("FY 1994/95", "FY 1994/95"),
        ("2012", None),
        ("1 July 2010 - 30 June 2011", None),
    ],
)
def test_a_period(date: str, period: str | None) -> None:
    (fact,) = quantities("Budget", f"$2 billion ({date})")
    assert (fact.date, fact.period) == (date, period)


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2013", "2013-01-01", "2013-12-31"),
        ("1 January 2013", "2013-01-01", "2013-01-01"),
        ("July 2021 est.", "2021-07-01", "2021-07-31"),
        ("2015/16", "2015-01-01", "2016-12-31"),
        ("1999/00", "1999-01-01", "2000-12-31"),
        ("FY93/94", "1993-01-01", "1994-12-31"),
        ("FY2010", "2010-01-01", "2010-12-31"),
        ("FY99/00", "1999-01-01", "2000-12-31"),
        ("mid-2021", "2021-05-01", "2021-08-31"),
        ("early 2021", "2021-01-01", "2021-04-30"),
        ("late May 1990", "1990-05-21", "1990-05-31"),
        ("yearend 2002 est.", "2002-12-31", "2002-12-31"),
        ("end of June 2019", "2019-06-30", "2019-06-30"),
        ("2nd half 1990", "1990-07-01", "1990-12-31"),
        ("Q3 2019", "2019-07-01", "2019-09-30"),
        ("as of 29 February 2024", "2024-02-29", "2024-02-29"),
        ("January 2015-August 2023", "2015-01-01", "2023-08-31"),
        ("May-June 2019", "2019-05-01", "2019-06-30"),
        ("12-15 March 1990", "1990-03-12", "1990-03-15"),
        ("31 February 2001", "2001-02-01", "2001-02-28"),
        ("37257", "2002-01-01", "2002-01-01"),
        ("FY0000", "2000-01-01", "2000-12-31"),
        ("no date", None, None),
    ],
)
def test_the_first_and_last_day_of_a_date(date: str, start: str | None, end: str | None) -> None:
    as_of = read_as_of(date)
    assert (as_of.start, as_of.end) == (start, end)


def test_facts_sort_by_their_dates() -> None:
    printed = ["2019", "mid-2018", "1 January 2013", "FY93/94", "yearend 2002", "July 2018"]
    facts = quantities("Population", ", ".join(f"5 ({date})" for date in printed))
    ordered = sorted(facts, key=lambda fact: (fact.start or "", fact.end or ""))
    assert [fact.date for fact in ordered] == [
        *("FY93/94", "yearend 2002", "1 January 2013", "mid-2018", "July 2018", "2019")
    ]


def test_a_number_with_a_fraction() -> None:
    assert values("Suffrage", "17 1/2 years of age; universal") == [17.5]
    assert values("Suffrage", "16 3/4 years of age") == [16.75]
    assert shares("Muslim 5½%, other 94 1/2%", "Religions") == [("Muslim", 5.5), ("other", 94.5)]
    assert read_figure("2 1/2 million").value == 2_500_000
    assert read_figure("3 1/0").value == 3
    assert values("Maritime claims", "200 nm 1/2") != [200.5]


@pytest.mark.parametrize("grades", ["5 or more years of schooling", "6 grades", "12 years of school"])
def test_no_figure_of_a_definition_is_a_rate(grades: str) -> None:
    text = f"71% (male 80%, female 62%) age 15 and over having completed {grades} (1972)"
    assert values("Literacy", text) == [71, 80, 62]
    assert {fact.year for fact in quantities("Literacy", text)} == {1972}
    definition, rate = factparse.extract("Literacy", f"age 15 and over has completed {grades} (1972) total: 71%")
    assert isinstance(definition, TextValue)
    assert isinstance(rate, Quantity)
    assert (rate.value, rate.year) == (71, 1972)


def test_parts_that_are_not_available_are_parts() -> None:
    facts = quantities("Literacy", "NA% (male NA%, female NA%)")
    assert [(fact.path, fact.value, fact.unit) for fact in facts] == [
        *(((), None, "%"), (("male",), None, "%"), (("female",), None, "%")),
    ]


@pytest.mark.parametrize("gap", [" ", "\n\n"])
@pytest.mark.parametrize("age", ["age 15 and over can read and write", "age 7 and above who can read"])
def test_the_definition_of_literacy_dates_its_rates(age: str, gap: str) -> None:
    text = f"{age} (1991 est.){gap}total population: 52%{gap}male: 60%{gap}female: 44%"
    definition, *rates = factparse.extract("Literacy", text)
    assert isinstance(definition, TextValue)
    assert definition.year == 1991
    assert [(rate.value, rate.year, rate.estimated) for rate in rates if isinstance(rate, Quantity)] == [
        *((52, 1991, True), (60, 1991, True), (44, 1991, True))
    ]


@pytest.mark.parametrize(
    "gauge",
    [
        *("1.435-meter standard gauge", "1.000-m gauge", "0.762-meter narrow gauge", "1.067 meter narrow gauge"),
        *("1.520-meter broad gauge", "narrow gauge 1.000 meter", "broad gauge 1.676-m"),
        *("1.435 m", "1.000-m or 0.750-m gauge", "1.520-m/1.524-m gauge", "0.950-m to 1.000-m gauge", "0.914-mm gauge"),
        *("1.000-meter or other narrow gauge", "1.435-meter government-owned standard gauge", "1.067-meter-gauge"),
        *("0.750- and 0.760-meter narrow gauge", "1.000-, and 1.435-m gauge"),
    ],
)
def test_a_gauge_is_no_length(gauge: str) -> None:
    first, second = quantities("Railways", f"total: 640 km {gauge}; 12 km siding (1995)")
    assert (first.value, first.unit, first.of) == (640, "km", gauge)
    assert second.value == 12


@pytest.mark.parametrize(
    "field", ["Freshwater withdrawal (domestic/industrial/agricultural)", "Total water withdrawal"]
)
@pytest.mark.parametrize("parts", ["(13%/5%/82%)", "(13% / 5% / 82%)"])
def test_parts_are_named_by_the_label_of_their_field(field: str, parts: str) -> None:
    facts = quantities(field, f"total: 0.6 cu km/yr {parts}\n\nper capita: 90 cu m/yr (2004)")
    assert [(fact.path, fact.value) for fact in facts] == [
        (("total",), 0.6),
        (("total", "domestic"), 13),
        (("total", "industrial"), 5),
        (("total", "agricultural"), 82),
        (("per capita",), 90),
    ]


def test_parts_of_another_number_stay_nameless() -> None:
    facts = quantities("Total water withdrawal", "total: 0.6 cu km/yr (18%/82%)")
    assert [fact.path for fact in facts] == [("total",)] * 3


def test_a_count_of_divisions_with_its_gloss() -> None:
    text = "8 provinces (French: provinces, singular - province; Arabic: wilayat, singular - wilaya); Atar, Rosso"
    count, *names = factparse.extract("Administrative divisions", text)
    assert isinstance(count, Quantity)
    assert (count.value, count.unit) == (8, "provinces")
    assert [name.name for name in names if isinstance(name, Item)] == ["Atar", "Rosso"]


def test_a_day_number_of_a_spreadsheet_is_a_date() -> None:
    (fact,) = quantities("Crude oil - proved reserves", "70 million bbl (37257)")
    assert (fact.value, fact.year, fact.start) == (70_000_000, 2002, "2002-01-01")
    assert values("Labor force", "72,000 (37,257 in the towns)") == [72_000, 37_257]


def test_a_share_without_its_sign_or_its_blank() -> None:
    assert shares("Chewa 57%, Nyanja 8.1, Tumbuka 7.6%") == [("Chewa", 57), ("Nyanja", 8.1), ("Tumbuka", 7.6)]
    assert shares("Catholic 20%, Baptist6.6%, Lutheran12%", "Religions") == [
        *(("Catholic", 20), ("Baptist", 6.6), ("Lutheran", 12))
    ]
    # A count, or decimals where nothing is a share, is none.
    assert shares("Chewa 57%, speakers 300") == [("Chewa", 57)]
    assert shares("Nyanja 8.1, Tumbuka 7.6") == []


def test_start_and_end_are_in_the_outputs() -> None:
    facts = factparse.extract("Population", "9,300 (July 2010)")
    assert '"date":"July 2010","start":"2010-07-01","end":"2010-07-31","year":2010' in facts_json(facts)
    assert {"start", "end"} < set(fact_kinds())
    assert fact_row(facts[0])["end"] == "2010-07-31"


def said(field: str, text: str) -> list[tuple[tuple[str, ...], str | float | None]]:
    """The path of each fact with what it says: its value, its percent or its name."""
    found: list[tuple[tuple[str, ...], str | float | None]] = []
    for fact in factparse.extract(field, text):
        assert isinstance(fact, Quantity | Share | Item | TextValue)
        assert fact.span.cut(text) == fact.text
        found.append((fact.path, fact.name if isinstance(fact, Item | Share) else fact.value))
    return found


@pytest.mark.parametrize(
    ("field", "text", "right"),
    [
        ("Exports - partners", "partners--Japan 40%, US 20%", [(("partners",), "Japan"), (("partners",), "US")]),
        (
            "Exports",
            "$30 million (f.o.b., FY88); commodities--oil 90%, tin; partners--US 25%",
            [((), 30_000_000), (("commodities",), "oil"), (("commodities",), "tin"), (("partners",), "US")],
        ),
        (
            "Agriculture",
            "cash crops--tea, sisal; livestock--goats; self-sufficient in food",
            [
                *((("cash crops",), "tea"), (("cash crops",), "sisal"), (("livestock",), "goats")),
                ((), "self-sufficient in food"),
            ],
        ),
        (
            "Nationality",
            "noun--Manxman, Manxwoman, adjective--Manx",
            [(("noun",), "Manxman, Manxwoman"), (("adjective",), "Manx")],
        ),
        (
            "Budget",
            "revenues $100 million; note--excludes $40 million in grants",
            [((), 100_000_000), (("note",), "excludes $40 million in grants")],
        ),
        (
            "Administrative divisions",
            "2 provinces (wilayat, singular--wilaya); Atar, Rosso; note--there may be 3",
            [((), 2), ((), "Atar"), ((), "Rosso"), (("note",), "there may be 3")],
        ),
        (
            "Railways",
            "total: 26 km; note--owned by the state",
            [(("total",), 26), (("total", "note"), "owned by the state")],
        ),
    ],
)
def test_labels_and_notes_before_two_dashes(
    field: str, text: str, right: list[tuple[tuple[str, ...], str | float | None]]
) -> None:
    assert said(field, text) == right


def test_two_dashes_that_end_no_label() -> None:
    islands = quantities("Roadways", "Rio Muni--1,024 km; Bioko--216 km")
    assert [(fact.of, fact.value) for fact in islands] == [("Rio Muni", 1024), ("Bioko", 216)]
    (parity,) = quantities("Real GDP (purchasing power parity)", "purchasing power parity--$21.8 billion")
    assert (parity.path, parity.of) == ((), "purchasing power parity")
    assert said("Coastline", "none--landlocked") == [((), "none--landlocked")]
    prose = "growth--the highest in years--ended; the economy--driven by tin--grew."
    assert said("Economic overview", prose) == [((), prose)]
    assert said("International organization participation", "FAO, IDB--Islamic Development Bank") == [
        *(((), "FAO"), ((), "IDB"))
    ]


def test_a_note_within_a_bracket_is_a_part_of_it() -> None:
    (fact,) = quantities("Railways", "total: 602 km (single track; note--some of it is abandoned)")
    assert (fact.value, fact.note) == (602, "single track; note--some of it is abandoned")


def test_elections_behind_the_age_of_suffrage() -> None:
    text = (
        "universal at age 18 Regional Council--last held 16 March 1986 (next to be held March 1991); "
        "results--APP 33.9%, NLP 28%, other 38.1%; seats--(41 total, 40 elected) APP 18, NLP 12; "
        "Senate--last held May 1992 (next to be held NA 1997); results--percent of vote by party NA; "
        "seats--(9 total) APP 9"
    )
    facts = factparse.extract("Suffrage", text)
    ages = [(f.value, f.year) for f in facts if isinstance(f, Quantity) and f.unit == "years"]
    seats = [(f.of, f.value, f.date) for f in facts if isinstance(f, Quantity) and f.unit == "seats"]
    percent = [(f.path, f.name, f.percent, f.date) for f in facts if isinstance(f, Share)]
    assert ages == [(18, None)]
    assert seats == [
        *(("total", 41, "16 March 1986"), ("elected", 40, "16 March 1986")),
        *(("APP", 18, "16 March 1986"), ("NLP", 12, "16 March 1986")),
        *(("total", 9, "May 1992"), ("APP", 9, "May 1992")),
    ]
    assert percent == [
        *((("results",), "APP", 33.9, "16 March 1986"), (("results",), "NLP", 28, "16 March 1986")),
        (("results",), "other", 38.1, "16 March 1986"),
    ]
    assert values("Suffrage", "18 years of age; universal and compulsory") == [18]
    senate = quantities("Elections", "Senate--last held June 1989; seats--(27 seats total) APP 27")
    assert [(fact.of, fact.value) for fact in senate] == [("total", 27), ("APP", 27)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "18-35 years of age (men) and 18-27 years of age (women) for compulsory service",
            [("men", 18, 35, None), ("women", 18, 27, "for compulsory service")],
        ),
        (
            "17-30 years of age for men and 17-25 years of age for women (2015)",
            [("men", 17, 30, None), ("women", 17, 25, None)],
        ),
        (
            "20-40 years of age (males), 21-45 years of age (officers)",
            [("males", 20, 40, None), ("officers", 21, 45, None)],
        ),
        (
            "18-28 years of age for male and female voluntary military service",
            [(None, 18, 28, "for male and female voluntary military service")],
        ),
        (
            "reserve obligation to age 41-51 (men), 23-24 (women) (2008)",
            [("men", 41, 51, "reserve obligation to age"), ("women", 23, 24, None)],
        ),
        (
            "19-26 years of age for conscripted military service (males)",
            [("males", 19, 26, "for conscripted military service")],
        ),
    ],
)
def test_whose_age_it_is(text: str, right: list[tuple[str | None, int, int, str | None]]) -> None:
    facts = quantities("Military service age and obligation", text)
    assert [(fact.of, fact.low, fact.high, fact.note) for fact in facts] == right
    assert not any(fact.text.endswith(" and") for fact in facts)


def test_ages_of_forces_in_a_bracket() -> None:
    text = "16-18 years of age for voluntary service (Army 17 1/2, Air Force 17, Navy 16 1/2); no conscription (2012)"
    facts = quantities("Military service age and obligation", text)
    assert [(fact.of, fact.value, fact.note) for fact in facts[1:]] == [
        *(("Army", 17.5, None), ("Air Force", 17, None), ("Navy", 16.5, None)),
    ]
    assert (facts[0].low, facts[0].note, facts[0].text.count("(")) == (16, "for voluntary service", 0)


def test_ages_of_careers_in_a_bracket() -> None:
    text = "18-22 years of age for voluntary service (18-24 for cadets; 18-30 for technical personnel)"
    facts = quantities("Military service age and obligation", text)
    assert [(fact.low, fact.high, fact.note) for fact in facts] == [
        *((18, 22, "for voluntary service"), (18, 24, "for cadets"), (18, 30, "for technical personnel")),
    ]


def test_what_half_a_bracket_divides_is_not_lost() -> None:
    text = (
        "18-23 years of age for voluntary service (17 with parental consent; 18-28 years of age for reserves); 2 years"
    )
    facts = quantities("Military service age and obligation", text)
    assert [(fact.value or fact.low, fact.unit, fact.note) for fact in facts] == [
        *((18, "years", "for voluntary service"), (17, "years", "with parental consent")),
        *((18, "years", "for reserves"), (2, "years", None)),
    ]


@pytest.mark.parametrize("when", ["in", "during", "as of", "at the end of"])
def test_a_year_within_the_words_of_a_figure_dates_it_alone(when: str) -> None:
    text = f"30% in villages, 9% registered unemployment in towns {when} 2004"
    assert [(fact.value, fact.year) for fact in quantities("Unemployment rate", text)] == [(30, None), (9, 2004)]


@pytest.mark.parametrize("dash", [": ", " - "])
def test_a_note_in_a_bracket_ends_with_it(dash: str) -> None:
    text = f"180 sq km (note{dash}includes Sand Bank) (2003)"
    figure, note = factparse.extract("Irrigated land", text)
    assert isinstance(note, TextValue)
    assert (figure.text, note.value, note.year) == ("180 sq km", "includes Sand Bank", 2003)
    assert isinstance(figure, Quantity)
    assert figure.year == 2003
    text = f"12-month obligation (note{dash}9 months for teachers); 17 years of age for volunteers (2012)"
    facts = quantities("Military service age and obligation", text)
    assert [(fact.path, fact.value) for fact in facts] == [((), 12), (("note",), 9), ((), 17)]
    assert {fact.year for fact in facts} == {2012}


def test_a_note_may_stand_behind_other_words_of_its_bracket() -> None:
    text = "760 Sandia (MISAN; note - the contingents draw down to an end in 2024); 30 Dunia (2023)"
    found = factparse.extract("Military deployments", text)
    assert [fact.text for fact in found if isinstance(fact, TextValue)] == [
        "the contingents draw down to an end in 2024"
    ]
    facts = quantities("Military deployments", text)
    assert [(fact.value, fact.of, fact.note) for fact in facts] == [(760, "Sandia", "MISAN"), (30, "Dunia", None)]


@pytest.mark.parametrize(
    "places", ["Sandia/Dunia", "Sandia/Dunia/Alba", "West Sandia/Dunia/Alba/Bora", "Air/Air Defense"]
)
def test_places_that_slashes_join_are_no_rate(places: str) -> None:
    (fact,) = quantities("Military deployments", f"5,100 {places} (Operation Sand) (2021)")
    assert (fact.value, fact.of, fact.unit, fact.note) == (5100, places, "persons", "Operation Sand")
    assert quantities("Birth rate", "30 births/1,000 population")[0].unit == "births/1,000 population"


def test_a_bracket_that_nothing_closes_is_a_remark() -> None:
    (fact,) = quantities("Administrative divisions", "9 towns* (kampa; Alba")
    assert (fact.value, fact.unit, fact.of) == (9, "towns", None)


@pytest.mark.parametrize("place", ["%s 60%%", "crops %s 60%%"])
def test_an_estimate_may_stand_before_its_figure(place: str) -> None:
    (fact,) = quantities("Labor force - by occupation", place.replace("%s", "(est.)").replace("%%", "%"))
    assert (fact.value, fact.estimated, fact.note) == (60, True, None)


def test_a_stray_number_before_the_first_label() -> None:
    assert values("Median age", "24total: 19.7 years\n\nmale: 19 years") == [19.7, 19]
    assert values("Area", "5 kmland: 3 km") == [5, 3]
    assert values("Area", "24\ntotal: 3 km") == [24, 3]


def test_parts_of_a_whole_and_people_are_never_negative() -> None:
    assert shares("- 90% Bantu, - 10% other", "Ethnic groups") == [("Bantu", 90), ("other", 10)]
    (fact,) = factparse.extract("Refugees and internally displaced persons", "IDPs: - 5,000 (2020)")
    assert isinstance(fact, DisplacedPersons)
    assert fact.count == 5000


def test_an_estimate_of_displaced_persons() -> None:
    field = "Refugees and internally displaced persons"
    (fact,) = factparse.extract(field, "refugees (country of origin): 12,300 (Chad) (est.)")
    assert isinstance(fact, DisplacedPersons)
    assert (fact.count, fact.origin, fact.cause, fact.estimated, fact.date) == (12_300, "Chad", None, True, None)
