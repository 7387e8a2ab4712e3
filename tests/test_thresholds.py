"""Where one more or one less makes a difference: what changes of the source once outlived all other tests."""

import pytest

from factparse import DisplacedPersons, Quantity, extract, parse
from factparse.columns.words import words_of
from factparse.language.parts import split
from factparse.layout.index import LEADING
from factparse.vocabulary import country_named


def test_no_letter_and_no_digit_may_stand_before_a_heading() -> None:
    assert not any(character.isalnum() for character in LEADING)
    assert len(set(LEADING)) == len(LEADING)


@pytest.mark.parametrize("word", ["foot", "bank", "key"])
def test_a_word_that_ends_in_note_is_no_note(word: str) -> None:
    text = f"5 km {word}note: kept at the coast"
    assert [(part.path, text[part.start : part.end]) for part in split(text)] == [((), text)]


@pytest.mark.parametrize("behind", ["", " note: none serve abroad"])
def test_the_date_of_a_term_of_service_is_no_part_of_its_note(behind: str) -> None:
    found = extract("Military service age and obligation", f"9 months in the navy (2015){behind}", subject="Malta")
    assert isinstance(found[0], Quantity)
    assert (found[0].note, found[0].year) == ("in the navy", 2015)


@pytest.mark.parametrize("who", ["people", "nomads", "families"])
def test_whoever_is_counted_and_is_no_known_population_is_another_one(who: str) -> None:
    found = extract("Refugees and internally displaced persons", f"5,000 {who} (2019)", subject="Malta")
    assert [(fact.population, fact.count) for fact in found if isinstance(fact, DisplacedPersons)] == [("other", 5000)]


@pytest.mark.parametrize("books", [None, ()])
def test_a_row_at_the_end_of_a_text_may_go_on(books: tuple[()] | None) -> None:
    """Neither a line break nor a source line tells that it is whole; the rows before it are."""
    text = "Chad vs. Mali\n\nTransportation\n\nChadMali\nAirports59 (2013)25 (2013)\nHeliports4 (2013)3 (2013)"
    first, last = parse(text, books=books).rows
    assert 0.5 < last.confidence < 0.9 < first.confidence
    assert all(row.confidence > 0.9 for row in parse(text + "\n", books=books).rows)


def test_a_country_is_known_by_the_first_of_its_words_too() -> None:
    assert {"Abay", "Akmola"} <= words_of(country_named("Kazakhstan"))
