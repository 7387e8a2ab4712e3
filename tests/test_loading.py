"""What was written as JSON loads back: facts and pages, of every version."""

import json
from collections.abc import Callable
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import factparse
from factparse import Page, SourceError, UsageError, facts_from_json, parse
from factparse.core.facts import AnyFact
from factparse.core.spans import Span
from factparse.core.written import as_span
from factparse.output.json import SCHEMA_VERSION, facts_json, json_lines
from tests.made import FIXTURES
from tests.test_output import FACTS

TEXT = "Chad vs. Mali\nEnergy\nChad (2004) | Mali (2004) | |\nElectricity access | 11% (2021) | total: 53% (2021) |\n"


def spans() -> st.SearchStrategy[Span]:
    return (
        st.lists(st.integers(0, 10**9), min_size=2, max_size=6).filter(lambda x: len(x) % 2 == 0).map(sorted).map(Span)
    )


PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    NoneType: st.none(),
    Span: spans(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 (any annotation)
    """Values of a field of any fact, whatever it may hold."""
    options = get_args(hint)
    if get_origin(hint) is Literal:
        return st.sampled_from(options)
    if get_origin(hint) is tuple:
        return st.lists(values(options[0]), max_size=3).map(tuple)
    return st.one_of([values(each) for each in options]) if get_origin(hint) is UnionType else PLAIN[hint]


def facts_of(kind: type[AnyFact]) -> st.SearchStrategy[AnyFact]:
    hints = get_type_hints(kind)
    told = {field.name: values(hints[field.name]) for field in attrs.fields(kind) if field.init}
    return st.builds(kind, **told | {"confidence": st.floats(0, 1)})


FOUND = st.one_of([facts_of(kind) for kind in get_args(AnyFact)])


class TestFacts:
    @given(st.lists(FOUND, max_size=4))
    def test_json_loads_back(self, some: list[AnyFact]) -> None:
        for full in (False, True):
            assert list(facts_from_json(facts_json(some, full=full))) == some
            lines = "\n".join(json.dumps({**fact.to_dict(full=full), "source": {}}) for fact in some)
            assert list(facts_from_json(lines)) == some

    @given(FOUND)
    def test_a_dictionary_is_what_json_holds(self, fact: AnyFact) -> None:
        assert fact.to_dict() == json.loads(facts_json([fact]))[0]
        assert fact.to_dict(full=True) == json.loads(facts_json([fact], full=True))[0]
        assert factparse.Fact.from_dict(fact.to_dict()) == fact

    @given(FOUND)
    def test_msgspec_reads_it(self, fact: AnyFact) -> None:
        assert msgspec.convert(fact.to_dict(), type(fact), dec_hook=as_span) == fact

    @given(FOUND)
    def test_cattrs_reads_it(self, fact: AnyFact) -> None:
        cattrs = pytest.importorskip("cattrs")
        converter = cattrs.Converter()
        converter.register_structure_hook(Span, lambda value, _: Span(value))
        # Of a union of numbers cattrs must be told that a number is one; fields that are fixed are none of the class.
        converter.register_structure_hook(float | int | None, lambda value, _: value)
        fixed = [field.name for field in attrs.fields(type(fact)) if not field.init]
        told = {name: value for name, value in fact.to_dict().items() if name not in fixed}
        assert converter.structure(told, type(fact)) == fact

    def test_every_class_is_tried(self) -> None:
        assert {type(fact) for fact in FACTS} == set(get_args(AnyFact))
        assert facts_from_json(facts_json(FACTS)) == FACTS

    def test_lines_of_pages_give_their_facts(self) -> None:
        page = parse(TEXT)
        lines = f"{page.to_json()}\n{page.to_json(full=True)}\n"
        assert facts_from_json(lines) == facts_from_json(lines.encode()) == page.facts() * 2
        assert facts_from_json("\n".join(json_lines(page, "facts", editions=True))) == page.facts()
        assert facts_from_json("") == facts_from_json("[]") == ()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{", "not JSON"),
            ("7", "no fact has the type None"),
            ('[{"type": "Quality"}]', "no fact has the type 'Quality'; there are Quantity"),
            ('[{"type": "Item"}]', "this is no Item: Object missing required field"),
            ('[{"type": ["Item"]}]', "no fact has the type"),
        ],
    )
    def test_what_is_none_is_told(self, text: str, said: str) -> None:
        with pytest.raises(SourceError, match="bad-json") as told:
            facts_from_json(text)
        assert said in told.value.message

    @pytest.mark.parametrize("span", [5, [], [1], [1, "2"], [1, -2], None, [True, 2], [7, 3], [0, 5, 3, 9], [0, 2**60]])
    def test_a_span_that_is_none(self, span: object) -> None:
        with pytest.raises(SourceError, match=r"span|null|array"):
            factparse.Fact.from_dict({**FACTS[0].to_dict(), "span": span})

    @pytest.mark.parametrize("number", [2**53 + 1, -(2**64), 10**4000, float("nan"), float("inf")])
    def test_a_number_that_no_output_can_hold(self, number: float) -> None:
        for name in ("value", "low", "rank"):
            with pytest.raises(SourceError, match="bad-json"):
                factparse.Fact.from_dict({**FACTS[0].to_dict(), name: number})
        clause = next(fact for fact in FACTS if isinstance(fact, factparse.DisputeClause))
        with pytest.raises(SourceError, match="bad-json"):
            factparse.Fact.from_dict({**clause.to_dict(), "years": [number]})

    @pytest.mark.parametrize("sure", [-0.1, 1.1, float("nan")])
    def test_a_confidence_is_between_0_and_1(self, sure: float) -> None:
        with pytest.raises(SourceError, match="bad-json"):
            factparse.Fact.from_dict({**FACTS[0].to_dict(), "confidence": sure})

    def test_pages_of_a_newer_version_are_refused_among_lines_too(self) -> None:
        lines = f'{parse(TEXT).to_json()}\n{{"schema_version": {SCHEMA_VERSION + 1}, "facts": []}}\n'
        with pytest.raises(SourceError, match="newer-json"):
            facts_from_json(lines)

    @pytest.mark.parametrize("given", [None, 5, [], ["type"], "Item", {1: 2}, {"type": "\ud800" * 999}])
    def test_what_is_no_dictionary_of_a_fact(self, given: Any) -> None:  # noqa: ANN401 (whatever a caller gives)
        with pytest.raises(SourceError, match="bad-json") as told:
            factparse.Fact.from_dict(given)
        assert len(str(told.value).encode()) < 500


@pytest.mark.parametrize("load", [Page.from_json, facts_from_json])
class TestWhatIsGiven:
    @pytest.mark.parametrize("opened", ["[", '{"a":', '{"facts":[', '{"sections":[{"rows":['])
    def test_json_that_is_nested_too_deep(self, load: Callable[[str], object], opened: str) -> None:
        with pytest.raises(SourceError, match=r"too deep.*bad-json"):
            load(opened * 100_000)

    @pytest.mark.parametrize("given", [None, 5, ["{}"], Path("page.json")])
    def test_what_is_no_text(self, load: Callable[[object], object], given: object) -> None:
        with pytest.raises(UsageError, match="not-text") as told:
            load(given)
        assert ("read_text()" in str(told.value)) == isinstance(given, Path)

    def test_bytes_of_any_kind(self, load: Callable[[object], object]) -> None:
        written = parse(TEXT).to_json()
        assert load(bytearray(written.encode())) == load(memoryview(written.encode())) == load(written)


def changed(place: str, value: object) -> str:
    """The JSON of a page with another ``value`` at ``place``: ``sections/0/topic``."""
    written = json.loads(parse(TEXT).to_json())
    *path, last = (int(key) if key.isdecimal() else key for key in place.split("/"))
    within = written
    for key in path:
        within = within[key]
    within[last] = value
    return json.dumps(written)


def old(page: Page, version: int) -> dict[str, Any]:
    """The JSON of a page as an earlier version wrote it: with all fields, and without what came later."""
    written: dict[str, Any] = json.loads(page.to_json(full=True))
    written["schema_version"] = version
    later = ("span", "editions") if version == 2 else ("span", "editions", "kind")
    for name in later:
        del written[name]
    del written["source"]["date"]
    for section in written["sections"]:
        del section["span"]
        for row in section["rows"]:
            del row["span"]
    for fact in written["facts"]:
        for name in ("derived", *(("subject_gec", "edition", "start", "end", "unit") if version == 1 else ())):
            if name != "unit" or fact["type"] == "Coordinates":
                fact.pop(name, None)
    return written


class TestPages:
    def test_a_page_loads_back(self) -> None:
        page = parse(TEXT)
        for written in (page.to_json(), page.to_json(indent=2), page.to_json(full=True), page.to_json().encode()):
            loaded = Page.from_json(written, text=TEXT)
            assert (loaded, loaded.facts(), loaded.editions) == (page, page.facts(), ("2004", "2004"))
            assert loaded.to_json() == page.to_json()

    @pytest.mark.parametrize("path", sorted((FIXTURES / "pages").glob("*.txt")), ids=lambda path: path.stem)
    def test_every_fixture_loads_back(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for page in factparse.parse_pages(text):
            loaded = Page.from_json(page.to_json(editions=True), text=text)
            assert loaded == page
            assert loaded.to_json(editions=True) == page.to_json(editions=True)

    def test_html_brings_its_text(self) -> None:
        html = "<h1>Malta vs. Aruba</h1><table><tr><td><td>Malta<td>Aruba<tr><td>Coastline<td>197 km<td>69 km</table>"
        page = factparse.parse_html(html)
        loaded = Page.from_json(page.to_json())
        assert (loaded, loaded.to_json()) == (page, page.to_json())
        assert loaded.facts()[0].span.cut(loaded.text) == "197 km"

    def test_without_its_text_it_goes_on_working(self) -> None:
        loaded = Page.from_json(parse(TEXT).to_json())
        fact = loaded.facts(country="Mali")[0]
        assert loaded.text == ""
        assert loaded.sentence(fact) == "total: 53% (2021)"
        assert loaded["Electricity access"]["Chad"].text == "11% (2021)"
        with pytest.raises(factparse.UsageError, match="no-text"):
            loaded.explain(loaded.rows[0])

    @pytest.mark.parametrize("version", [1, 2])
    def test_earlier_versions_load(self, version: int) -> None:
        page = parse("Chad vs. Mali\nEnergy\nChadMali\nElectricity access11% (2021)53% (2021)\n")
        loaded = Page.from_json(json.dumps(old(page, version)))
        assert [(row.name, row.cells) for row in loaded] == [(row.name, row.cells) for row in page]
        facts, read = loaded.facts(factparse.Quantity), page.facts(factparse.Quantity)
        assert [(fact.text, fact.span, fact.year) for fact in facts] == [
            (fact.text, fact.span, fact.year) for fact in read
        ]
        assert loaded.rows[0].span.cut(page.text) == "11% (2021)53% (2021)"
        assert loaded.kind == "comparison"

    @pytest.mark.parametrize("editions", [[], [None], [None, None]])
    def test_editions_of_which_none_is_printed_are_none(self, editions: list[None]) -> None:
        loaded = Page.from_json(changed("editions", editions))
        assert (loaded.editions, Page.from_json(loaded.to_json())) == ((), loaded)

    def test_keys_that_are_not_known_are_passed_over(self) -> None:
        written = json.loads(parse(TEXT).to_json())
        written["more"] = written["sections"][0]["more"] = written["facts"][0]["more"] = 5
        assert Page.from_json(json.dumps(written), text=TEXT) == parse(TEXT)

    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("", "bad-json"),
            ("[]", "bad-json"),
            ('{"type": "Item"}', "bad-json"),
            ('{"schema_version": 99}', "newer-json"),
            (changed("schema_version", 10**400), "newer-json"),
            (changed("schema_version", 0), "bad-json"),
            (changed("schema_version", True), "bad-json"),
            (changed("countries", ["Chad", "Mali", "Togo"]), "bad-json"),
            (changed("editions", ["2004"] * 3), "bad-json"),
            (changed("source/page", -1), "bad-json"),
            (changed("source/record", 2**64), "bad-json"),
            (changed("span", [9, 3]), "bad-json"),
            (changed("sections", []), "bad-json"),  # the facts stand nowhere
            (changed("sections/0/rows/0/cells", []), "bad-json"),
            (changed("sections/0/rows/0/cells/0/span", [0, 10**30]), "bad-json"),
            (changed("sections/0/rows/0/confidence", 1.5), "bad-json"),
            (changed("facts/0/value", 2**53 + 1), "bad-json"),
            (b"\xff", "bad-json"),
            ("\ud800", "bad-json"),
        ],
    )
    def test_what_is_no_page_is_told(self, written: str | bytes, code: str) -> None:
        with pytest.raises(SourceError) as told:
            Page.from_json(written)
        assert told.value.code == code
