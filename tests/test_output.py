"""A page's JSON, its schema, and the tables for the eye."""

import io
import json
from types import NoneType, UnionType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

import attrs
import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from factparse import json_schema, parse, parse_html
from factparse.book.shelf import Shelf
from factparse.columns.table import Cell, Row, Section
from factparse.core.errors import Diagnostic
from factparse.core.facts import AnyFact, Fact, TextValue
from factparse.core.spans import OffsetMap, Span
from factparse.known import PageEditions
from factparse.output.json import facts_json, page_json
from factparse.output.terminal import page_view
from factparse.page import Page, Source


def made(kind: type[Fact], *, full: bool) -> AnyFact:
    """A fact of a class: with a value in each of its fields, or, if not ``full``, in none that can be empty."""
    hints = get_type_hints(kind)
    own: dict[str, Any] = {}
    for field in attrs.fields(kind):
        if field.init and (full or field.default is attrs.NOTHING):
            own[field.name] = value_of(hints[field.name], full=full)
    return cast("AnyFact", kind(**{**own, "derived": False}))


def value_of(hint: Any, *, full: bool) -> object:  # noqa: ANN401 (any annotation)
    options = get_args(hint)
    if hint is Span:
        return Span((4, 7))
    if get_origin(hint) is Literal:
        return options[0]
    if get_origin(hint) is tuple:
        return (value_of(options[0], full=full),)
    if get_origin(hint) is UnionType:
        some = next(option for option in options if option is not NoneType)
        return value_of(some, full=full) if full or NoneType not in options else None
    return {str: "words", int: 2020, float: 0.75, bool: True}[hint]


FACTS = tuple(made(kind, full=full) for kind in get_args(AnyFact) for full in (True, False))


@attrs.frozen
class MadePage:
    """A page with given facts: what the serialisers ask for, and no parser behind it."""

    countries: tuple[str, ...] = ("Malta", "Aruba")
    sections: tuple[Section, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source = attrs.field(factory=lambda: Source("dump.jsonl", 3, 1, "http://example.org/"))
    made: tuple[AnyFact, ...] = ()
    text: str = ""
    kind: str = "comparison"
    offsets: OffsetMap | None = None
    span: Span = attrs.field(factory=lambda: Span((0, 9)))
    editions: tuple[str | None, ...] = ()

    def facts(self) -> tuple[AnyFact, ...]:
        return self.made

    def looked_up(self) -> PageEditions:
        return PageEditions(self.sections, Shelf())


def test_only_a_page_of_html_carries_the_text_its_spans_cut() -> None:
    html = "<h1>Malta vs. Aruba</h1><table><tr><td><td>Malta<td>Aruba<tr><td>Coastline<td>197 km<td>69 km</table>"
    page = parse_html(html)
    written = json.loads(page.to_json())
    span = written["sections"][0]["rows"][0]["cells"][1]["span"]
    assert written["text"][slice(*span)] == "69 km"
    assert page.source_span(page.rows[0].cells[1].span).cut(html) == "69 km"
    assert "text" not in json.loads(parse("Malta vs. Aruba").to_json())


def table(*texts: str | None) -> Section:
    cells = tuple(Cell(name, text or "", Span((0, 1))) for name, text in zip(("Malta", "Aruba"), texts, strict=True))
    return Section("Geography", (Row("Area", "Area", "Geography", cells, 0.75, "glued", Span((0, 9))),), Span((0, 9)))


ALONE = Section(None, (Row("Area", "Area", None, (Cell(None, "316", Span((4, 7))),), 0.4, "lines", Span((0, 9))),),
                Span((0, 9)))  # fmt: skip
FULL = MadePage(
    sections=(table("316 [bold]sq km[/nothing]", "180 sq km"), ALONE),
    diagnostics=(Diagnostic("a-code", "a remark", Span((1, 2, 4, 5))), Diagnostic("other", "no place")),
    made=FACTS,
)


def valid(text: str) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(text)
    Draft202012Validator(json_schema()).validate(page)
    return page


def told(page: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(fact for fact in page["facts"] if fact["type"] == kind)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {kind.__name__ for kind in get_args(AnyFact)} <= set(json_schema()["$defs"])


def test_there_is_a_fact_of_every_class_here() -> None:
    assert {type(fact) for fact in FACTS} == set(get_args(AnyFact))
    full = {type(fact): fact for fact in reversed(FACTS)}
    for kind, fact in full.items():
        assert all(getattr(fact, field.name) not in (None, ()) for field in attrs.fields(kind))
    assert any(fact.subject is None and fact.topic is None for fact in FACTS)


def test_a_page_with_every_class_of_fact_is_valid() -> None:
    page = valid(page_json(FULL))
    assert list(page) == ["schema_version", "kind", "source", "countries", "span", "sections", "facts", "diagnostics"]
    assert page["source"] == {"name": "dump.jsonl", "record": 3, "page": 1, "url": "http://example.org/"}
    assert page["sections"][1]["rows"][0]["cells"] == [{"country": None, "text": "316", "span": [4, 7]}]
    assert page["diagnostics"][0] == {"code": "a-code", "message": "a remark", "span": [1, 2, 4, 5]}
    assert page["diagnostics"][1]["span"] is None


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_a_fact_is_written_type_first_without_what_has_its_default(fact: AnyFact) -> None:
    (written,) = json.loads(facts_json([fact]))
    (full,) = json.loads(facts_json([fact], full=True))
    assert next(iter(written)) == next(iter(full)) == "type"
    assert full == json.loads(json.dumps(attrs.asdict(fact)))
    usual = json_schema()["$defs"][fact.type]["properties"]
    assert {name: usual[name]["default"] for name in full if name not in written} | written == full
    assert not [name for name, value in written.items() if usual[name].get("default", ...) == value]
    assert {"subject", "text", "span", "topic", "subject_code"} <= {*written}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_a_derived_fact_says_so(fact: AnyFact) -> None:
    (written,) = valid(page_json(MadePage(made=(attrs.evolve(fact, derived=True),))))["facts"]
    assert (list(written)[-1], written["derived"]) == ("derived", True)


@pytest.mark.parametrize("name", ["value", "percent", "count"])
def test_figures_that_are_not_known_are_written_as_null(name: str) -> None:
    kinds = {"value": "Quantity", "percent": "Share", "count": "DisplacedPersons"}
    fact = next(fact for fact in reversed(FACTS) if fact.type == kinds[name])
    (written,) = json.loads(facts_json([attrs.evolve(fact, **{name: None, "subject": None})]))  # type: ignore[arg-type]
    assert (written[name], written["subject"]) == (None, None)


def test_a_full_page_is_valid_and_says_the_same() -> None:
    full = valid(page_json(FULL, full=True))
    assert full["source"] == {**valid(page_json(FULL))["source"], "date": None}
    assert full["editions"] == []
    assert {"derived", "confidence"} <= {*full["facts"][0]}


def test_the_schema_has_a_name_and_a_version() -> None:
    assert json_schema()["version"] == valid(page_json(FULL))["schema_version"] == 3
    assert json_schema()["$id"] == "urn:factparse:page:3"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.pop("countries"),
        lambda page: page.update(extra=1),
        lambda page: told(page, "Quantity").pop("value"),
        lambda page: told(page, "Quantity").update(type="Quality"),
        lambda page: told(page, "TierRating").update(tier="Tier 4"),
        lambda page: page["facts"][0].update(span=[1]),
        lambda page: page["facts"][0].update(derived="no"),
        lambda page: page["sections"][0]["rows"][0].update(confidence=1.5),
        lambda page: page["sections"][0]["rows"][0].update(cells=[]),
    ],
)
def test_the_schema_refuses_what_is_wrong(spoil: Any) -> None:  # noqa: ANN401
    page = valid(page_json(FULL))
    spoil(page)
    assert not Draft202012Validator(json_schema()).is_valid(page)


def test_indented_and_not() -> None:
    assert "\n" not in page_json(FULL)
    assert page_json(FULL, indent=2).startswith('{\n  "schema_version": 3,\n')
    assert json.loads(page_json(FULL, indent=2)) == json.loads(page_json(FULL))


def test_half_a_surrogate_pair_does_not_stop_the_writing() -> None:
    words = next(fact for fact in FACTS if isinstance(fact, TextValue))
    page = MadePage(countries=("a\ud800", "b"), made=(attrs.evolve(words, text="\udc00", value="\udc00x"),))
    written = valid(page_json(page))
    assert written["countries"] == ["a\ufffd", "b"]
    assert written["facts"][0]["value"] == "\ufffdx"


def test_an_empty_page_is_valid() -> None:
    valid(Page("", (), ()).to_json())


def drawn(page: MadePage, *, whole: bool = False, width: int = 160) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    for part in page_view(page, whole=whole):
        console.print(part)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class TestTerminal:
    def test_both_columns_confidence_layout_and_facts(self) -> None:
        seen = drawn(FULL)
        assert "Malta vs. Aruba" in seen
        for word in ("180 sq km", "0.75", "glued", "(whose is not known) 316", "tier Tier 1", "a-code at 1"):
            assert word in seen

    def test_text_is_no_markup(self) -> None:
        assert "316 [bold]sq km[/nothing]" in drawn(FULL)

    def test_characters_that_steer_a_terminal_are_not_sent(self) -> None:
        seen = drawn(MadePage(countries=("\x1b]0;title\x07", "\x9b2J"), sections=(table("\x1b[31mred\r", "b\0"),)))
        assert not set(seen) & set("\x1b\x07\x9b\0\r")
        assert "·[31mred" in seen

    @pytest.mark.parametrize("name", ["Foo[/]", "[/", "[red]Foo", "Foo[/nothing]", ":smile:", "[link=x]y", "\\[/]"])
    def test_markup_in_any_place_is_text(self, name: str) -> None:
        row = attrs.evolve(table(f"cell {name}", "b").rows[0], label=name)
        section = attrs.evolve(table("a", "b"), topic=f"topic {name}", rows=(row,))
        fact = attrs.evolve(FULL.facts()[0], subject=name, field=name)
        remark = Diagnostic(name, name)
        seen = drawn(MadePage((name, f"other {name}"), (section,), (remark,), made=(fact,)), width=1000)
        assert seen.count(name) == 11

    @pytest.mark.parametrize(
        "mark", ["\u202e", "\u2066", "\u200f", "\u061c", "\x1b", "\x9b", "\x7f", "\u2028", "\ufeff"]
    )
    def test_no_character_steers_a_terminal_from_any_place(self, mark: str) -> None:
        name = f"Fo{mark}o"
        row = attrs.evolve(table(f"cell {name}", "b").rows[0], label=name)
        section = attrs.evolve(table("a", "b"), topic=name, rows=(row,))
        fact = attrs.evolve(FULL.facts()[0], subject=name, field=name)
        seen = drawn(MadePage((name, name), (section,), (Diagnostic(name, name),), made=(fact,)), width=1000)
        assert (seen.count("Fo·o"), mark in seen) == (11, False)

    def test_a_long_cell_is_cut_unless_whole_is_asked_for(self) -> None:
        page = MadePage(sections=(table("x" * 500, "b"),))
        assert drawn(page).count("x") == 400
        assert drawn(page, whole=True).count("x") == 500

    def test_the_empty_cell_of_a_row_stays_empty(self) -> None:
        row = [
            line for line in drawn(MadePage(sections=(table(None, "only second"),))).splitlines() if "second" in line
        ]
        assert row[0].split("only second")[0].strip() == "Area"
