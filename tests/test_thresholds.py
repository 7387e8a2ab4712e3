"""Where one more or one less makes a difference: what changes of the source once outlived all other tests."""

import pytest

from factparse import Coordinates, DisplacedPersons, Quantity, Share, extract, parse, parse_html
from factparse.columns.table import Row
from factparse.columns.words import words_of
from factparse.core.spans import Span
from factparse.language.parts import split
from factparse.layout.country.template import ASIDE, kind_of
from factparse.layout.index import LEADING
from factparse.layout.wrapped import unwrapped
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


def quantity(field: str, text: str) -> Quantity:
    """Return the first quantity in a cell."""
    return next(fact for fact in extract(field, text, subject="Malta") if isinstance(fact, Quantity))


@pytest.mark.parametrize(("told", "unit"), [("4-year", "years"), ("6-month", "months"), ("5 years", "years")])
def test_terms_are_counted_in_the_plural(told: str, unit: str) -> None:
    found = quantity("Legislative branch", f"members serve {told} terms")
    assert (found.unit, found.of) == (unit, "terms")


@pytest.mark.parametrize("opened", ["(", "(2012 est.) ("])
def test_a_bracket_that_nothing_closes_is_a_remark(opened: str) -> None:
    found = quantity("Coastline", f"5 km {opened}paved and dry")
    assert (found.value, found.unit, found.note) == (5, "km", "paved and dry")


def test_a_number_has_at_most_24_digits_and_signs() -> None:
    assert quantity("Area", f"0.{'1' * 22} sq km").value == pytest.approx(1 / 9)
    assert quantity("Area", f"0.{'1' * 23} sq km").value is None


def test_shares_behind_an_entry_without_a_figure_have_no_sign() -> None:
    found = extract("Ethnic groups", "Maltese, group -5%, other -7%", subject="Malta")
    assert [(fact.name, fact.percent) for fact in found if isinstance(fact, Share)] == [("group", 5), ("other", 7)]


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"), [("0 00 N, 14 30 E", 0, 14.5), ("35 30 N, 0 00 E", 35.5, 0)]
)
def test_the_equator_and_the_first_meridian_are_at_0(text: str, latitude: float, longitude: float) -> None:
    (place,) = extract("Geographic coordinates", text, subject="Malta")
    assert isinstance(place, Coordinates)
    assert (place.latitude, place.longitude) == (latitude, longitude)


@pytest.mark.parametrize(("between", "origin"), [(" and ", "Somalia"), ("; ", None)])
def test_figures_that_and_joins_are_of_one_origin(between: str, origin: str | None) -> None:
    text = f"refugees: 5,000{between}3,000 (Somalia) (2019)"
    found = extract("Refugees and internally displaced persons", text, subject="Malta")
    told = [(fact.count, fact.origin) for fact in found if isinstance(fact, DisplacedPersons)]
    assert told == [(5000, origin), (3000, "Somalia")]


ASIDES = """
    tooltip-content field-listing-link sr-only attachment wfb-modal modal modal-dialog category-menu category-choices
    footer wfb-footer wfb-site-footer breadcrumb navbar GeoSectionFooter region1-footer btn-print carousel go-top
    photogallery_captiontext popPyramid relAffiliation areaComp
"""


@pytest.mark.parametrize("name", ASIDES.split())
def test_what_templates_put_beside_a_field(name: str) -> None:
    assert kind_of("div", [("class", f"{name} wide")]) == ASIDE
    assert kind_of("div", [("class", f"{name}s")]) == ""


HTML = "<h1>Malta vs. Aruba</h1><table><thead><tr><td><td>Malta<td>Aruba<tbody><tr><td>Area<td>{}<td>180 sq km</table>"


@pytest.mark.parametrize("tag", ["script", "style", "noscript", "template", "svg"])
def test_elements_that_nobody_sees(tag: str) -> None:
    (row,) = parse_html(HTML.format(f"316 <{tag}>hidden</{tag}>sq km"))
    assert [cell.text for cell in row] == ["316 sq km", "180 sq km"]


@pytest.mark.parametrize("end", ["</td>", "</th>", "</tr>", "</table>", "</thead>", "</tbody>", "</tfoot>"])
def test_what_is_hidden_ends_with_the_part_of_the_table_around_it(end: str) -> None:
    whole = HTML.format(f"<div style='display:none'>hidden{end}<tr><td>Coastline<td>197 km")
    assert ("197 km" in parse_html(whole).text, "hidden" in parse_html(whole).text) == (True, False)


def test_what_is_hidden_does_not_end_with_what_was_not_opened_in_it() -> None:
    assert "hidden" not in parse_html(HTML.format("<div style='display:none'></b></p>hidden</div>316 sq km")).text


def test_a_row_is_its_cells() -> None:
    row = parse("Geography\nChad | Mali | |\nArea | 9 sq km | 7 sq km |\n").rows[0]
    assert isinstance(row, Row)
    assert (tuple(row), row.cells[0].span) == (row.cells, Span((33, 40)))


@pytest.mark.parametrize("mark", '.!?:|)"\u201d')
def test_a_full_line_that_ends_a_sentence_is_no_wrapped_one(mark: str) -> None:
    """What stands below goes on only if it begins with a small letter, a digit or a sign."""
    full = "the kings of old ruled the shores of the lake and left nothing behind them"
    text = "\n".join([*[full] * 4, f"{full[:-1]}{mark}", "Nobody came"])
    breaks = [at for at, one in enumerate(unwrapped(text, 0, len(text))) if one == "\n"]
    assert breaks == [len(text) - len("Nobody came") - 1]
