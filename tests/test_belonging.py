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
        printed = rank.strip() if getattr(fact, "rank", None) else ""
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
