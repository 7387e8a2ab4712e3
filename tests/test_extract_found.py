"""What the extract package finds by its being there: extractors, derived facts; and how facts are made."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import attrs
import pytest

import factparse
from factparse import DisputeClause, ExtractorError, FactparseError, Quantity, Span
from factparse.core import facts as core_facts
from factparse.core.facts import AnyFact, Dated, Fact
from factparse.extract import CELLS, Context, cell_tree, claimed, derived, extractors, field_facts
from factparse.extract.context import fact_maker
from factparse.language import AsOf, Value
from tests.made import ROOT
from tools import compare_nodes
from tools.list_fields import own

DERIVING = '''
"""What the parts of an area leave of its total."""
from factparse import Quantity
from factparse.extract.derived import derived

FIELDS = ("Area",)

def derive(facts):
    parts = [fact for fact in facts if fact.path in (("land",), ("water",))]
    if len(parts) == 2:
        yield derived(Quantity, parts, path=("sum",), value=sum(fact.value for fact in parts), unit=parts[0].unit)
'''
AREA = "total: 180 sq km land: 170 sq km water: 10 sq km"
PAGE = f"Aruba vs. Malta\nGeography\nAruba | Malta | |\nArea | {AREA} | 316 sq km |\nCoastline | 5 km | 6 km |\n"


def module(name: str, *fields: str) -> ModuleType:
    made: Any = ModuleType(name)
    made.FIELDS, made.facts, made.tree = fields, lambda context: (), lambda field, text: Value("cell", 0, len(text))
    return made  # type: ignore[no-any-return]


class TestExtractors:
    def test_each_field_has_the_one_that_claims_it(self) -> None:
        one, other = module("one", "Area", "Coastline"), module("other", "Religions")
        found = claimed([one, other, ModuleType("helper")])
        assert {field: extractor.facts for field, extractor in found.items()} == {
            "Area": one.facts,
            "Coastline": one.facts,
            "Religions": other.facts,
        }

    def test_two_that_claim_a_field_are_an_error(self) -> None:
        with pytest.raises(ExtractorError, match=r"one and two both claim the field 'Area'.*\[field-claimed-twice\]"):
            claimed([module("one", "Area", "Coastline"), module("two", "Religions", "Area")])
        assert issubclass(ExtractorError, FactparseError)

    def test_a_module_in_the_package_that_claims_what_another_has(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "zzz_second.py").write_text("FIELDS = ('Illicit drugs',)\ndef facts(context): return ()\n")
        monkeypatch.setattr(sys.modules["factparse.extract"], "__path__", [*factparse_path(), str(tmp_path)])
        extractors.cache_clear()
        try:
            with pytest.raises(ExtractorError, match="zzz_second"):
                extractors()
        finally:
            extractors.cache_clear()
            sys.modules.pop("factparse.extract.zzz_second", None)

    def test_a_module_takes_a_field_over_from_the_table(self, symbols: ModuleType) -> None:
        found = extractors()
        assert (found[SYMBOLS].facts, found[SYMBOLS].tree) == (symbols.facts, symbols.tree)
        assert found["Natural resources"].facts.__module__ == "factparse.extract.figures.extractor"


SYMBOLS = "National symbol(s)"
CELL = 'lion, stylized palm;; national colors: red, yellow note: the lion is "of Judah"'


@pytest.fixture
def symbols(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The example of the recipe for a fact: its class among the facts, its module where extractors are found."""
    recipe = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    kind, reader = re.findall(r"```python\n(.*?)```", recipe.partition("## How to add a fact\n")[2], re.DOTALL)[:2]
    scope = dict(vars(core_facts))
    exec(kind, scope)
    monkeypatch.setattr(core_facts, "NationalSymbol", scope["NationalSymbol"], raising=False)
    (tmp_path / "symbols.py").write_text(reader, encoding="utf-8")
    monkeypatch.setattr(sys.modules["factparse.extract"], "__path__", [*factparse_path(), str(tmp_path)])
    extractors.cache_clear()
    CELLS.clear()
    yield import_module("factparse.extract.symbols")
    extractors.cache_clear()
    CELLS.clear()
    sys.modules.pop("factparse.extract.symbols", None)


@pytest.mark.usefixtures("symbols")
class TestRecipeOfAFact:
    def test_it_reads_what_it_says(self) -> None:
        *found, note = read = factparse.extract(SYMBOLS, CELL, subject="Ethiopia")
        assert [(fact.type, fact.name, fact.color) for fact in map(vague, found)] == [
            ("NationalSymbol", "lion", False),
            ("NationalSymbol", "stylized palm", False),
            ("NationalSymbol", "red", True),
            ("NationalSymbol", "yellow", True),
        ]
        assert (vague(note).type, vague(note).value) == ("TextValue", 'the lion is "of Judah"')
        assert all(fact.span.cut(CELL) == fact.text for fact in read)

    def test_its_tree_loses_nothing_and_has_its_nodes(self) -> None:
        tree = cell_tree(SYMBOLS, CELL)
        assert "".join(leaf.text(CELL) for leaf in tree.leaves()) == CELL
        assert all(compare_nodes.has_node(fact, CELL, tree, 0) for fact in factparse.extract(SYMBOLS, CELL)[:-1])
        assert not compare_nodes.has_node(factparse.extract(SYMBOLS, CELL)[0], CELL, cell_tree("Motto", CELL), 0)

    def test_what_is_made_of_facts_is_made_of_it(self) -> None:
        page = "Chad vs. Mali\nGovernment\nChad | Mali | |\n" + SYMBOLS + " | {}; national colors: red | lion | |\n"
        old, new = (factparse.parse(page.format(symbol)) for symbol in ("goat, lion", "lion, ox"))
        assert [(change.kind, vague(change.fact).name) for change in factparse.diff(old, new)] == [
            ("removed", "goat"),
            ("added", "ox"),
        ]
        first = json.loads(old.to_json(full=True))["facts"][0]
        assert list(first)[:4] == ["type", "name", "color", "subject"]
        assert [fact.get("color", False) for fact in json.loads(old.to_json())["facts"]] == [False, False, True, False]
        assert own(extractors()[SYMBOLS]) == ("`extract/symbols`", "NationalSymbol, TextValue")


def vague(fact: AnyFact) -> Any:  # noqa: ANN401 (a class that type checkers do not know)
    return fact


def factparse_path() -> list[str]:
    return list(sys.modules["factparse.extract"].__path__)


@pytest.mark.parametrize("field", ["Motto", *sorted(extractors())])
def test_the_tree_of_a_cell_loses_nothing(field: str) -> None:
    text = " total: 5 sq km (2020 est.); IDPs: 9,100 (Chad)\n\nTier 2 - claims [unclear "
    tree = cell_tree(field, text)
    assert (tree.start, tree.end) == (0, len(text))
    assert "".join(leaf.text(text) for leaf in tree.leaves()) == text


@pytest.fixture
def deriving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A module in the folder of derived facts, as somebody would put it there."""
    (tmp_path / "area_parts.py").write_text(DERIVING)
    monkeypatch.setattr(derived, "__path__", [*derived.__path__, str(tmp_path)])
    derived._found.cache_clear()
    CELLS.clear()
    yield
    derived._found.cache_clear()
    CELLS.clear()
    sys.modules.pop("factparse.extract.derived.area_parts", None)


def figures(facts: Sequence[AnyFact]) -> list[tuple[Any, bool]]:
    return [(fact.value, fact.derived) for fact in facts if isinstance(fact, Quantity)]


@pytest.mark.usefixtures("deriving")
class TestDerived:
    def test_it_comes_behind_what_it_sums_up_and_has_its_span(self) -> None:
        facts = factparse.extract("Area", AREA, subject="Aruba")
        assert figures(facts) == [(180, False), (170, False), (10, False), (180, True)]
        *_, land, water, total = facts
        assert total.span == (*land.span, *water.span)
        assert (total.text, total.text) == (total.span.cut(AREA), land.text + water.text)
        assert (total.subject_code, total.field, total.confidence) == ("ABW", "Area", 1.0)

    @pytest.mark.parametrize(
        ("years", "date"),
        [(("2019 est.", "2019 est."), ("2019 est.", "2019-01-01", "2019-12-31", 2019, True)),
         (("2019", "2020"), (None, None, None, None, False)), (("2019", ""), (None, None, None, None, False))],
    )  # fmt: skip
    def test_it_has_the_date_that_all_have(self, years: tuple[str, str], date: tuple[object, ...]) -> None:
        land, water = (f" ({year})" * bool(year) for year in years)
        *_, total = factparse.extract("Area", f"land: 170 sq km{land}; water: 10 sq km{water}")
        assert isinstance(total, Quantity)
        assert total.derived
        assert (total.date, total.start, total.end, total.year, total.estimated) == date

    def test_a_class_without_a_date_gets_none(self) -> None:
        facts = factparse.extract("Area", "land: 170 sq km (2019); water: 10 sq km (2019)")
        clause = derived.derived(DisputeClause, facts[:2], parties=("Aruba",), kind="other", status="unclear")
        assert (clause.text, clause.derived) == ("170 sq km (2019)10 sq km (2019)", True)

    def test_only_the_fields_it_names_are_asked(self) -> None:
        assert all(not fact.derived for fact in factparse.extract("Area - comparative", AREA))
        assert not derived.derivers("Coastline")
        assert len(derived.derivers("Area")) == 1

    def test_pages_say_it_in_json_and_elsewhere_not(self) -> None:
        page = factparse.parse(PAGE)
        assert figures(page.facts()) == [(180, False), (170, False), (10, False), (180, True), (316, False), (5, False),
                                         (6, False)]  # fmt: skip
        (total,) = (fact for fact in page.facts() if fact.derived)
        assert total.text == total.span.cut(PAGE)
        assert page.to_json().count('"derived":true}') == page.to_json().count("derived") == 1

    def test_a_figure_belongs_to_one_fact_that_is_not_derived(self) -> None:
        page = factparse.parse(PAGE)
        places = [fact.span for fact in page.facts() if not fact.derived]
        assert len(places) == len(set(places))

    def test_it_is_remembered_and_moved_with_its_cell(self) -> None:
        for start in (0, 40):
            cell = Context("Aruba", "ABW", None, "Area", AREA, Span((start, start + len(AREA))), 0.5)
            assert CELLS.facts(cell) == field_facts(cell)
        assert len(CELLS) == 1


@pytest.mark.parametrize("kind", get_args(AnyFact), ids=lambda kind: kind.__name__)
def test_a_fact_made_from_keywords_is_the_one_the_class_makes(kind: Any) -> None:  # noqa: ANN401
    cell = Context("Malta", "MLT", "Geography", "Area", "about  316 sq km ", Span((40, 57)), 0.5)
    carried = {field.name for field in attrs.fields(Fact)}
    needed = [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]
    given: dict[str, Any] = {name: f"some {name}" for name in needed if name not in carried}
    common = {"subject": "Malta", "subject_code": "MLT", "topic": "Geography", "field": "Area", "confidence": 0.5}
    dates = {"date": "2020 est.", "year": 2020, "estimated": True} if issubclass(kind, Dated) else {}
    as_of = AsOf("2020 est.", 2020, estimated=True) if dates else None
    wanted = kind(**common, **dates, **given, text="316 sq km", span=Span((47, 56)))
    assert cell.fact(kind, 6, 17, as_of, **given) == wanted
    assert fact_maker(kind)(cell, 6, 17, as_of, **given) == wanted
    assert cell.fact(kind, 6, 17, **given) == kind(**common, **given, text="316 sq km", span=Span((47, 56)))


def test_a_fact_with_a_tail_of_another_country() -> None:
    cell = Context("Malta", "MLT", None, "Area", "316 sq km, rank: 207", Span((40, 60)))
    fact = cell.fact(Quantity, 0, 9, tail=(11, 20), value=316, rank=207)
    assert (fact.text, fact.span) == ("316 sq kmrank: 207", (40, 49, 51, 60))
    fact = cell.fact(Quantity, 0, 9, value=316, subject="Chad", subject_code="TCD")
    assert (fact.subject, fact.subject_code, cell.subject) == ("Chad", "TCD", "Malta")
    assert cell.fact(Quantity, 9, 9, value=None).span == (49, 49)


def test_fields_a_class_has_not_are_refused() -> None:
    cell = Context("Malta", "MLT", None, "Area", "316 sq km", Span((40, 49)))
    with pytest.raises(TypeError):
        cell.fact(Quantity, 0, 9, value=316, sizes=3)
    with pytest.raises(TypeError):
        cell.fact(Quantity, 0, 9)
