"""Every field typed: sub-labels, figures whole, dates and ranks, hostile cells, outside texts where they are given."""

import gzip
import json
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import factparse
from benchmarks.scaling import growth, read_field
from factparse.core.facts import (
    Coordinates,
    Item,
    Quantity,
    Share,
    TextValue,
)
from factparse.core.spans import Span
from factparse.extract import Context, cell_tree, extract, extractors, figures
from factparse.extract.figures.extractor import READERS, table
from factparse.vocabulary import field_named
from factparse.vocabulary.labels import field_info, fields, labels
from tools.account_numbers import Account, account
from tools.list_fields import PAGE, page
from tools.regenerate import FIXTURES, facts_fixture, inputs
from tools.score_sublabels import cells as labelled_cells
from tools.score_sublabels import read as sublabels

PATHS = list(inputs([FIXTURES / "facts"]))
READ = [facts_fixture(path.read_text(encoding="utf-8")) for path in PATHS]
CELLS = [(head["field"], text) for head, text in READ]
each_cell = pytest.mark.parametrize(("field", "text"), CELLS, ids=[path.stem for path in PATHS])


def read(field: str, text: str) -> list[Any]:
    """Return facts of whatever class the test looks at."""
    return list(extract(field, text))


def one(field: str, text: str) -> Any:  # noqa: ANN401 (the same)
    (fact,) = extract(field, text)
    return fact


def shaped(*shapes: str) -> list[str]:
    """Return the fields that are read by one of the ``shapes``."""
    return [
        field.name
        for field in fields()
        if extractors()[field.name].facts is figures.facts and table()[0][field.name][0] in shapes
    ]


def test_every_field_has_an_extractor_and_a_shape() -> None:
    assert {field.name for field in fields()} <= set(extractors())
    assert {shape for shape, _ in (*table()[0].values(), *table()[1].values())} <= set(READERS)


def test_the_list_of_fields_holds() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run tools/list_fields.py"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.87 million", 1_870_000, None),
        ("21.72 billion cu m (2010 est.)", 21_720_000_000, "cu m"),
        ("$2.1 trillion", 2_100_000_000_000, "USD"),
        ("-$5 bn (2010 est.)", -5_000_000_000, "USD"),
        ("$-5 bn", -5_000_000_000, "USD"),
        ("-2.1%", -2.1, "%"),
        ("\u22123.5%", -3.5, "%"),
        ("1.04 male(s)/female", 1.04, "male(s)/female"),
        ("9.2 births/1,000 population", 9.2, "births/1,000 population"),
        ("16 deaths/100,000 live births", 16, "deaths/100,000 live births"),
        ("6.4 children born/woman", 6.4, "children born/woman"),
        ("43,800 bbl/day", 43_800, "bbl/day"),
        ("0 kWh", 0, "kWh"),
        ("NA%", None, "%"),
        ("$NA", None, "USD"),
        ("NA", None, None),
        (".5%", 0.5, "%"),
        ("7.12GW", 7.12, "GW"),
    ],
)
def test_numbers_are_whole(text: str, value: float | None, unit: str | None) -> None:
    fact = one("Birth rate", text)
    assert isinstance(fact, Quantity)
    assert (fact.value, fact.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50%-60%", 50, 60),
        ("1.5-2 million", 1_500_000, 2_000_000),
        ("500,000-1 million", 500_000, 1_000_000),
        ("15-20,000", 15_000, 20_000),
        ("500-1,000", 500, 1_000),
        ("$100 million to $300 million", 100_000_000, 300_000_000),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    fact = one("Labor force", text)
    assert (fact.value, fact.low, fact.high) == (None, low, high)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("<1%", "less than"), ("less than 0.1%", "less than"), ("about 5 km", "about"), ("at least 3", "at least")],
)
def test_qualifiers(text: str, qualifier: str) -> None:
    assert one("Unemployment rate", text).qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("22 10 N, 113 33 E", 22.1667, 113.55),
        ("12\u00b030' N, 69\u00b058' W", 12.5, -69.9667),
        ("8 S, 179 13 E", -8, 179.2167),
        ("41 54 N 12 27 E", 41.9, 12.45),
        ("15.25 N, 61.5 W", 15.25, -61.5),
    ],
)
def test_coordinates(text: str, latitude: float, longitude: float) -> None:
    fact = one("Geographic coordinates", text)
    assert isinstance(fact, Coordinates)
    assert (fact.latitude, fact.longitude, fact.unit) == (latitude, longitude, "degrees")


def test_sub_labels_without_anything_between() -> None:
    found = [(fact.path, fact.value) for fact in read("Area", "total: 5 kmland: 3 kmwater: 2 km")]
    assert found == [(("total",), 5), (("land",), 3), (("water",), 2)]
    named = read("Country name", "conventional long form: Republic of Nauruconventional short form: Nauru")
    assert [fact.value for fact in named] == ["Republic of Nauru", "Nauru"]


def test_groups_of_sub_labels() -> None:
    text = "improved: urban: 44% rural: 4% unimproved: urban: 56% rural: 96%"
    paths = [fact.path for fact in read("Sanitation facility access", text)]
    assert paths == [("improved", "urban"), ("improved", "rural"), ("unimproved", "urban"), ("unimproved", "rural")]


def test_a_rank_belongs_to_the_figure_before_it_and_its_text() -> None:
    text = "total: 14.8% country comparison to the world: 77 male: 11.9% (2006)"
    first, second = read("Youth unemployment rate (ages 15-24)", text)
    assert (first.rank, first.year, second.rank) == (77, 2006, None)
    assert first.span.cut(text) == first.text == "14.8%country comparison to the world: 77"


def test_a_breakdown_has_the_date_of_its_total() -> None:
    text = "total: 25 (2023) by type: general cargo 8, other 17"
    assert [(fact.value, fact.year) for fact in read("Merchant marine", text)] == [(25, 2023), (8, 2023), (17, 2023)]
    first, second = read("Electricity", "consumption: 5 kWh (2023) exports: 3 kWh")
    assert (first.year, second.year) == (2023, None)


def test_a_mistyped_date_is_no_figure() -> None:
    fact, _ = read("Total water withdrawal", "municipal: 2.4 million cubic meters (202 est.) industrial: 1 cu m (2022)")
    assert (fact.value, fact.note) == (2_400_000, "202 est.")


@pytest.mark.parametrize(
    ("date", "year"),
    [("2008 Census", 2008), ("2010 survey", 2010), ("2016 ests.", 2016), ("Q4 2014", 2014), ("FY12/13", 2013)],
)
def test_other_dates_are_dates(date: str, year: int) -> None:
    fact = one("Literacy", f"total population: 92.8% ({date})")
    assert (fact.value, fact.date, fact.year) == (92.8, date, year)


def test_a_year_in_words_is_no_figure() -> None:
    assert not [
        f for f in read("Maritime claims", "since late 1970s a polygon; between 2010 and 2012") if f.value == 2010
    ]


def test_a_count_in_a_sub_label_is_no_figure() -> None:
    found = read("Land boundaries", "total: 930 km border countries (2): Burundi 315 km; Uganda 615 km")
    assert [(fact.path, fact.value) for fact in found] == [
        (("total",), 930),
        (("border countries (2)",), 315),
        (("border countries (2)",), 615),
    ]


def test_a_gauge_is_no_figure_and_what_is_electrified_is_one() -> None:
    found = read("Railways", "total: 95 km (2014) narrow gauge: 95 km (2014) 1.000-m gauge (12 km electrified)")
    assert [(fact.value, fact.of, fact.year) for fact in found] == [
        (95, None, 2014),
        (95, "1.000-m gauge", 2014),
        (12, "electrified", 2014),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("18-27 years of age for voluntary service", [(None, 18, 27, "years")]),
        ("17 years of age with consent; 12-month obligation", [(17, None, None, "years"), (12, None, None, "months")]),
        ("reserve service to age 60", [(60, None, None, "years")]),
        ("no conscription since 2008; volunteers outnumber places by 3:1", []),
    ],
)
def test_ages_and_terms_of_service(text: str, found: list[tuple[Any, ...]]) -> None:
    facts = [fact for fact in read("Military service age and obligation", text) if isinstance(fact, Quantity)]
    assert [(fact.value, fact.low, fact.high, fact.unit) for fact in facts] == found


def test_how_many_times_the_size() -> None:
    fact = one("Area - comparative", "slightly more than 2.5 times the size of Delaware")
    assert (fact.value, fact.unit, fact.qualifier, fact.note) == (
        2.5,
        "times",
        "slightly more than",
        "the size of Delaware",
    )
    assert isinstance(one("Area - comparative", "slightly larger than Delaware"), TextValue)


@pytest.mark.parametrize(
    ("words", "factor"),
    [("twice", 2), ("half", 0.5), ("one-third", 0.333), ("nine times", 9), ("three-tenths", 0.3), ("two-fifths", 0.4)],
)
def test_a_factor_in_words(words: str, factor: float) -> None:
    fact = one("Area - comparative", f"slightly less than {words} the size of Ohio")
    assert (fact.value, fact.unit, fact.qualifier, fact.note) == (
        factor,
        "times",
        "slightly less than",
        "the size of Ohio",
    )


def test_who_sits_in_a_chamber() -> None:
    text = "election results: percent of vote by party - NA; composition - men 31, women 49, percentage women 61.3%"
    found = [fact for fact in read("Legislative branch", text) if isinstance(fact, Quantity)]
    assert [(fact.value, fact.unit, fact.of) for fact in found] == [
        (31, "seats", "men"),
        (49, "seats", "women"),
        (61.3, "%", "percentage women"),
    ]


def test_results_are_read_as_far_as_they_are_results() -> None:
    text = "election results: percent of vote - Ann BELL, Jr. (NP) 52%, Cid DOLL 48% 2016: Cid DOLL elected president"
    *shares, rest = read("Executive branch", text)
    assert [(fact.name, fact.percent) for fact in shares] == [("Ann BELL, Jr.", 52), ("Cid DOLL", 48)]
    assert rest.value == "2016: Cid DOLL elected president"


def test_one_date_holds_for_the_parts_before_it() -> None:
    text = "total: 11 years male: 13 years female: 8 years (2014)"
    assert {fact.year for fact in read("School life expectancy (primary to tertiary education)", text)} == {2014}


def test_a_note_inside_a_series_ends_where_the_series_goes_on() -> None:
    text = (
        "$31 million note: data are in 2017 dollars (2020 est.) $33 million note: data are in 2017 dollars (2019 est.)"
    )
    found = read("Real GDP (purchasing power parity)", text)
    assert [(f.value, f.year) for f in found if isinstance(f, Quantity)] == [
        (31_000_000, 2020),
        (33_000_000, 2019),
    ]
    assert [f.value for f in found if isinstance(f, TextValue)] == [
        "data are in 2017 dollars (2020 est.)",
        "data are in 2017 dollars (2019 est.)",
    ]


@pytest.mark.parametrize(
    ("date", "period"), [("FY94/95", "FY94/95"), ("2010-15 est.", "2010-15"), ("mid-year 2021", None)]
)
def test_periods(date: str, period: str | None) -> None:
    assert one("Birth rate", f"2.8% ({date})").period == period


def test_shares_and_their_breakdown() -> None:
    found = read("Ethnic groups", "Fang 85.7%, Bubi 6.5%, other 7.8% (includes 5% Mdowe and 2% Annobon)")
    assert [(fact.path, fact.name, fact.percent) for fact in found if isinstance(fact, Share)] == [
        ((), "Fang", 85.7),
        ((), "Bubi", 6.5),
        ((), "other", 7.8),
        (("other",), "Mdowe", 5),
        (("other",), "Annobon", 2),
    ]


def test_lists() -> None:
    found = read("Political parties", "One Party or OP [Ann A, Bob B] Other Party [Cid C]")
    assert [(fact.name, fact.note) for fact in found if isinstance(fact, Item)] == [
        ("One Party or OP", "Ann A, Bob B"),
        ("Other Party", "Cid C"),
    ]
    assert [fact.name for fact in read("Industries", "mining; oil, gas, and steel") if isinstance(fact, Item)] == [
        "mining",
        "oil",
        "gas",
        "steel",
    ]


def test_results_take_the_year_of_the_election() -> None:
    text = "elections: held on 9 August 2022 (next to be held in 2027) election results: percent of vote - A 60%, B 40%"
    shares = [fact for fact in read("Executive branch", text) if isinstance(fact, Share)]
    assert [(fact.name, fact.percent, fact.year) for fact in shares] == [("A", 60, 2022), ("B", 40, 2022)]


@pytest.mark.parametrize("field", shaped("prose"))
def test_prose_has_no_quantities(field: str) -> None:
    text = "Output grew by 4.5% in 2019 to $2 billion; 3 of 4 people, or 12,000, work in services."
    assert not any(isinstance(fact, Quantity | Share) for fact in extract(field, text))


def test_telephone_numbers_are_text() -> None:
    (fact,) = extract("Diplomatic representation in the US", "telephone: [1] (202) 612-6700")
    assert isinstance(fact, TextValue)
    assert fact.value == "[1] (202) 612-6700"


NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(0, 10**9).map("{:,}".format),
    st.floats(0, 10**6).map("{:.2f}".format),
    st.integers(1, 9999).map("{:,} million".format),
    st.sampled_from(
        ["0", "00", "1999", "2012", "2150", "1850", "2.1999", "(3)", "7 January", "10%", "per 5,000", "1-2"]
    ),
)


@given(st.sampled_from([cell for cell in CELLS if field_named(cell[0]) in shaped("figures")]), st.data())
def test_a_figure_is_read_where_the_tree_has_one(cell: tuple[str, str], data: st.DataObject) -> None:
    """Whatever figures a cell has: each quantity has its figure as a node, at its place."""
    field, text = cell
    pieces = re.split(r"\d[\d,]*(?:\.\d+)?", text)
    shaken = "".join(part for piece in pieces for part in (piece, data.draw(NUMBERS)))[: len(text) + 40]
    for one_text in (text, shaken):
        tree = figures.tree(field_named(field) or "", one_text)
        assert "".join(leaf.text(one_text) for leaf in tree.leaves()) == one_text
        nodes = [(node.start, node.end) for node in tree.find("figure")]
        for fact in extract(field, one_text):
            if isinstance(fact, Quantity) and (fact.value is not None or fact.low is not None):
                assert any(fact.span.start <= start and end <= fact.span.end for start, end in nodes), fact.text


@pytest.mark.parametrize("white", ["", " ", "\t", "\r", "\u2028", "\xa0"])
def test_white_space_behind_a_sign(white: str) -> None:
    found = extract("Capital", f"name: Bridgetown time difference: UTC-{white}4 (1 hour ahead of Washington, DC)")
    assert [fact.value for fact in found if isinstance(fact, Quantity)] == [-4]


def test_what_is_asked_again_is_answered_alike() -> None:
    text = "total: 1,219,090 sq km (2015)"
    found = [extract("Area", text, subject=subject) for subject in ("Chad", "Chad", "Mali", "Chad", "Mali")]
    assert [facts[0].subject for facts in found] == ["Chad", "Chad", "Mali", "Chad", "Mali"]
    assert found[0] == found[1] == found[3]
    assert extract("Coastline", text)[0].field == "Coastline"


def spoilt(text: str) -> Iterator[str]:
    """Yield ``text`` as scrapers and careless copies leave it."""
    yield re.sub(r"(?<= )(\w+)", r"\1 \1", text)  # words doubled
    yield re.sub(r" (?=\d)", " <b>", text).replace(" (", "</b><br> (")  # HTML left in
    yield text.replace(" ", "&nbsp;").replace("'", "&#39;")
    yield text.replace("'", "").replace("’", "")  # apostrophes lost
    yield text.encode().decode("cp1252", "replace")  # mojibake
    yield text.replace("(", "").replace("]", "")
    yield text.replace(")", "").replace("[", "")
    yield text.replace(" ", "\u00a0").upper()


@each_cell
def test_spoilt_cells_read(field: str, text: str) -> None:
    for cell in spoilt(text):
        facts = extract(field, cell)
        assert facts
        assert all(fact.span.cut(cell) == fact.text for fact in facts)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("total: 1,200 sq km (2012 est.", [1200]),
        ("total: <b>1,200</b> sq km land: <i>900 sq km</i>", [1200, 900]),
        ("total: 1,200 sq km sq km land: land: 900 sq km", [1200, 900]),
        ("total: 1,200 sq km) land: (900 sq km", [1200, 900]),
        ("total:&nbsp;1,200 sq&nbsp;km land:&nbsp;900 sq km", [1200, 900]),
    ],
)
def test_what_is_whole_in_a_spoilt_cell_is_a_fact(text: str, values: list[int]) -> None:
    assert [fact.value for fact in read("Area", text) if isinstance(fact, Quantity)] == values


@each_cell
def test_every_character_of_a_cell_is_under_a_node(field: str, text: str) -> None:
    assert "".join(leaf.text(text) for leaf in cell_tree(field_named(field) or field, text).leaves()) == text


@each_cell
def test_every_prefix_reads(field: str, text: str) -> None:
    for end in range(len(text) + 1):
        for cut in (text[:end], text[end:], text[:end] + "(" + text[end:], text[:end] + " " + text[max(0, end - 5) :]):
            found = extract(field, cut)
            assert found or not cut.strip(' "|\n')
            assert all(fact.span.cut(cut) == fact.text for fact in found)


@given(
    st.sampled_from(sorted(extractors())),
    st.text(alphabet='a1%$(),;:[]"|.-/ \n\u00a0ne', max_size=60) | st.text(max_size=30),
)
def test_any_text_reads(field: str, text: str) -> None:
    assert all(fact.span.cut(text) == fact.text for fact in extract(field, text))


def test_spans_follow_the_cell() -> None:
    from factparse.extract import field_facts

    context = Context("Chad", "TCD", None, "Area", "total: 5 km land: 3 km", Span((10, 20, 30, 42)))
    assert [fact.span for fact in field_facts(context)] == [(17, 20, 30, 31), (38, 42)]
    again = replace(context, span=Span((0, 22)))
    assert [fact.span for fact in field_facts(again)] == [(7, 11), (18, 22)]
    assert [fact.span for fact in field_facts(again)] == [(7, 11), (18, 22)]


@pytest.mark.parametrize(
    "unit",
    [
        *("(", "((1)", "[", '"', "1 ", "1,", "a: ", "note: ", "note - ", "5%", "seats by a - ", "x (1", "<b>", "<"),
        *("a 1 (b 2) (2012), ", "men 1, women 2, ", "seats by a - b, Jr. 1, ", "18 years of age; ", "1 (2012 est. "),
        *("&amp;", '""', "oil--x; ", "(a; oil--x", "Aa Bb ", "(1 total, 1 elected, ", "1 (est.), "),
    ],
)
def test_hostile_cells_take_linear_time(unit: str) -> None:
    others = ("Military service age and obligation", "Military deployments", "Area - comparative")
    for field in (
        "Area",
        "Religions",
        "Industries",
        "Political parties",
        "Legislative branch",
        "Exchange rates",
        "Suffrage",
        *others,
    ):
        made = partial(_cell_of, field, unit)
        assert growth(made, read_field, 800, most=30).ratio <= 30, field


def _cell_of(field: str, unit: str, times: int) -> tuple[str, str]:
    return field, unit * times


def test_figures_of_the_fixtures_belong_to_one_fact() -> None:
    found = account(iter(CELLS))
    assert found
    for field, one_account in found.items():
        assert set(one_account.figures) <= {1}, (field, one_account.missed)


def test_figures_of_a_dump_belong_to_one_fact() -> None:
    dump = os.environ.get("FACTPARSE_CORPUS")
    if not dump:
        pytest.skip("FACTPARSE_CORPUS names no dump of pages")
    total = Account()
    with gzip.open(dump, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(60), lines, strict=False):
            for row in json.loads(line)["rows"]:
                field = field_named(row["label"])
                if field and field in table()[0] and not field_info(field).prose:
                    for side in ("a", "b"):
                        total.add(field, row[side])
    assert total.figures[1] >= 0.999 * total.figures.total()
    assert total.figures[2] <= 0.001 * total.figures.total()
    assert total.unparsed <= 0.0002 * total.characters


def test_gold_numbers() -> None:
    gold = os.environ.get("FACTPARSE_GOLD")
    if not gold:
        pytest.skip("FACTPARSE_GOLD names no folder of labelled texts")
    wanted = found = 0
    for line in (Path(gold) / "typed.dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if re.match("Refugees", record["field"]):
            continue
        numbers = {
            getattr(fact, name, None)
            for fact in extract(record["field"], record["text"], subject=record["country"])
            for name in ("value", "low", "high", "percent", "latitude", "longitude")
        }
        values = [value.get(key) for value in record["values"] for key in ("value", "share", "low", "high")]
        printed = [value for value in values if isinstance(value, int | float)]
        wanted += len(printed)
        found += sum(value in numbers for value in printed)
    assert found >= 0.99 * wanted


def test_sublabels_of_a_cell_by_level() -> None:
    inner, outer = sublabels("improved: urban: 44% rural: 4%unimproved: urban: 56% note: x")
    assert inner == [("urban", "44%"), ("rural", "4%"), ("urban", "56%"), ("note", "x")]
    assert outer == [("improved", "urban:44%rural:4%"), ("unimproved", "urban:56%"), ("note", "x")]
    assert sublabels("$5 bn (2012) $4 bn (2011)") == ([("", "$5bn(2012)$4bn(2011)")],) * 2


def test_sublabels_of_a_dump() -> None:
    dump = os.environ.get("FACTPARSE_CORPUS")
    if not dump:
        pytest.skip("FACTPARSE_CORPUS names no dump of pages")
    found = [wanted in sublabels(cell) for _, cell, wanted in labelled_cells(Path(dump))]
    assert sum(found) >= 0.989 * len(found)


def test_what_other_parsers_type_is_typed() -> None:
    folder = os.environ.get("FACTPARSE_VOCABULARY")
    if not folder:
        pytest.skip("FACTPARSE_VOCABULARY names no folder of peer_fields.tsv")
    known = {re.sub(r"[^a-z0-9]", "", label.text.lower()): label.field for label in labels()}
    seen = 0
    for line in (Path(folder) / "peer_fields.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, _, shape, anchor = [*line.split("\t"), ""][:4]
        words = anchor.split("-")
        names = ("".join(words[start:]) for start in range(len(words)))
        field = next((known[name] for name in names if name in known), None)
        if field in table()[0] and re.search("value|number|percent", shape):
            seen += 1
            assert table()[0][field][0] not in ("text", "prose"), line
    assert seen > 80


@pytest.mark.parametrize(
    ("field", "text", "kind", "figure"),
    [
        ("Area - comparative", "about 2.5 times the size of Rhode Island", "comparison", "2.5"),
        ("Military service age and obligation", "18 is the legal minimum age for service", "term", "18"),
        ("Capital", "name: Bridgetown time difference: UTC-4 (1 hour ahead of Washington, DC)", "hours", "-4"),
    ],
)
def test_a_figure_in_a_sentence_is_a_node(field: str, text: str, kind: str, figure: str) -> None:
    (node,) = figures.tree(field, text).find(kind)
    assert [part.text(text) for part in node.find("figure")] == [figure]


FACTS = FIXTURES / "facts"


def swollen() -> list[tuple[str, str]]:
    """The field and the text of every fixture, each of its numbers with many more digits."""
    found = []
    for path in sorted(FACTS.rglob("*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("---\n")
        (field,) = re.findall(r"^field: (.*)$", head, re.MULTILINE)
        found += [(field, re.sub(r"(\d+)", r"\1" * by, text)) for by in (4, 6, 9)]
    return found


def test_no_number_of_a_fact_is_larger_than_every_output_can_hold() -> None:
    whole = [
        value
        for field, text in swollen()
        for fact in factparse.extract(field, text)
        for value in attrs.astuple(fact, recurse=False)
        if isinstance(value, int)
    ]
    assert max(map(abs, whole)) > 10**12
    assert max(map(abs, whole)) <= 2**53
