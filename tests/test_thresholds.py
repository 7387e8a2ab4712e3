"""Where one more or one less makes a difference: what changes of the source once outlived all other tests."""

import pytest

from factparse import DisplacedPersons, Quantity, extract
from factparse.language.parts import split
from factparse.layout.index import LEADING


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
