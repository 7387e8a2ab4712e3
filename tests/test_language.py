"""The language of cells: nothing lost, nothing raised, nothing slow; and what its readers make of figures and dates."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.scaling import growth
from factparse.extract import figures
from factparse.language import Value, is_as_of, read_as_of, read_before, read_behind, read_figure, split_clauses
from factparse.language.parts import split

PIECES = st.sampled_from(
    [
        *'()[]“”";:,.|%$<-–\n\t ',
        "total: ",
        "IDPs: ",
        "note - ",
        "note: ",
        "(2020 est.)",
        "1,234",
        "1.27 million",
        "at least ",
        "km",
        "NA",
        "Kazakh",
        "&amp;",
        "refugees (country of origin): ",
        "0-14 years: ",
        "https://example.org/a;b",
        "\u00a0",
        "é",
        "İ",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


FIELDS = st.sampled_from(["Area", "Religions", "Natural resources", "Motto", "Elections", "Geographic coordinates"])


def leaves(tree: Value, text: str) -> str:
    return "".join(leaf.text(text) for leaf in tree.leaves())


def tree(text: str, field: str = "Area") -> Value:
    return figures.tree(field, text)


@given(FIELDS, TEXTS)
@example("Area", "total: 5 kmland: 3 km (2020 est.)male: 5")
@example("Motto", '"quoted (cell; with" brackets) and 5')
def test_leaves_joined_are_the_cell(field: str, text: str) -> None:
    assert leaves(tree(text, field), text) == text


@given(FIELDS, TEXTS)
def test_nodes_hold_their_children(field: str, text: str) -> None:
    for node in tree(text, field).walk():
        if node.children:
            assert node.start == node.children[0].start
            assert node.end == node.children[-1].end
            assert all(one.end == other.start for one, other in itertools.pairwise(node.children))


@given(TEXTS)
def test_clauses_are_what_semicolons_divide(text: str) -> None:
    clauses = split_clauses(text)
    ends = [0, *(offset for clause in clauses for offset in clause), len(text)]
    assert ends == sorted(ends)
    for start, end in clauses:
        assert text[start:end] == text[start:end].strip() != ""
    between = [text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]
    assert all(
        not gap.strip("; \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u2028\u2029") or not gap.strip() or ";" in gap
        for gap in between
    )


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("a; b (c; d); e", ["a", "b (c; d)", "e"]),
        ("a [b; c] d; e", ["a [b; c] d", "e"]),
        ('a "b; c" d; e', ['a "b; c" d', "e"]),
        ("a “b; c” d; e", ["a “b; c” d", "e"]),
        ("a (b; c; d", ["a (b", "c", "d"]),
        ("a) b; c", ["a) b", "c"]),
        ("a (b [c) d; e] f; g", ["a (b [c) d", "e] f", "g"]),
        ('5" pipe; 6" pipe; c', ['5" pipe', '6" pipe', "c"]),
        ("Trinidad &amp; Tobago; c", ["Trinidad &amp; Tobago", "c"]),
        ('"a; b (c; d)"', ['"a', 'b (c; d)"']),
        (" ; ;; ", []),
    ],
)
def test_split_clauses(text: str, clauses: list[str]) -> None:
    assert [text[start:end] for start, end in split_clauses(text)] == clauses


def kinds(text: str, *wanted: str) -> list[tuple[str, str]]:
    return [(node.kind, node.text(text)) for node in tree(text).find(*wanted)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("total: 5 sq km land: 3 sq km water: 2 sq km", ["total:", "land:", "water:"]),
        ("total: 5 kmland: 3 km", ["total:", "land:"]),
        ("1.2 (2020 est.)male: 5", ["male:"]),
        (
            "0-14 years: 33% 15-24 years: 20% 65 years and over: 4%",
            ["0-14 years:", "15-24 years:", "65 years and over:"],
        ),
        ("IDPs: 5 (2007)\n\nstateless persons: 3", ["IDPs:", "stateless persons:"]),
        ("IDPs: 5 | stateless persons: 3", ["IDPs:", "stateless persons:"]),
        ("note - some are citizens stateless persons: 3", ["stateless persons:"]),
        ("note - some are citizensstateless persons: 3", ["stateless persons:"]),
        ("see https://example.org: there", []),
        ("lost in the raids, among them: many", []),
    ],
)
def test_labels(text: str, labels: list[str]) -> None:
    assert [found for _, found in kinds(text, "sublabel")] == labels
    assert [part.label + ":" for part in split(text) if part.kind == "value" and part.path] == labels


@pytest.mark.parametrize(
    ("printed", "value", "low", "high", "unit", "qualifier"),
    [
        ("1,234,567", 1234567, None, None, None, None),
        ("1.27 million", 1270000, None, None, None, None),
        ("-$5 bn", -5000000000, None, None, "USD", None),
        ("$-5.5 billion", -5500000000, None, None, "USD", None),
        ("US$1.1 trillion", 1100000000000, None, None, "USD", None),
        ("2.5-3.0 million", None, 2500000, 3000000, None, None),
        ("954,000-1.2 million", None, 954000, 1200000, None, None),
        ("20,000 to 30,000", None, 20000, 30000, None, None),
        ("261,400 - 274,000", None, 261400, 274000, None, None),
        ("50%-60%", None, 50, 60, "%", None),
        ("15-20,000", None, 15000, 20000, None, None),
        ("<1%", 1, None, None, "%", "less than"),
        ("-2.1%", -2.1, None, None, "%", None),
        ("+3", 3, None, None, None, None),
        (".5", 0.5, None, None, None, None),
        ("€12 million", 12000000, None, None, "EUR", None),
        ("NA", None, None, None, None, None),
        ("NA%", None, None, None, "%", None),
        ("$NA", None, None, None, "USD", None),
        ("undetermined", None, None, None, None, None),
        ("9" * 40, None, None, None, None, None),
    ],
)
def test_figures_are_whole(
    printed: str, value: float | None, low: float | None, high: float | None, unit: str | None, qualifier: str | None
) -> None:
    figure = read_figure(printed)
    assert (figure.value, figure.low, figure.high, figure.unit, figure.qualifier) == (value, low, high, unit, qualifier)
    assert [type(each) for each in (figure.value, figure.low, figure.high)] == [
        type(each) for each in (value, low, high)
    ]


@pytest.mark.parametrize(
    ("words", "name", "qualifier"),
    [
        ("Belgium", "Belgium", None),
        ("Belgium at least", "Belgium", "at least"),
        ("more than an estimated", "", "more than an estimated"),
        ("and Malta", "Malta", None),
        ("overall", "overall", None),
    ],
)
def test_words_before_a_figure(words: str, name: str, qualifier: str | None) -> None:
    assert read_before(words) == (name, qualifier)


@pytest.mark.parametrize(
    ("words", "unit", "of", "rest"),
    [
        ("km of coast", "km", None, "of coast"),
        ("-m depth", "m", None, "depth"),
        ("km/h", "km/h", None, ""),
        ("births/1,000 population", "births/1,000 population", None, ""),
        ("cubic meters per person in all", "cubic meters per person", None, "in all"),
        ("of the population", None, "population", ""),
        ("metric tons of CO2", "metric tons of CO2", None, ""),
        ("million", None, None, "million"),
    ],
)
def test_words_behind_a_figure(words: str, unit: str | None, of: str | None, rest: str) -> None:
    assert read_behind(words)[:3] == (unit, of, rest)


@pytest.mark.parametrize(
    ("printed", "year", "estimated"),
    [
        ("2012", 2012, False),
        ("2020 est.", 2020, True),
        ("July 2021 est.", 2021, True),
        ("mid-year 2021", 2021, False),
        ("as of 13 December 2022", 2022, False),
        ("January 2015-August 2023", 2023, False),
        ("FY12/13", 2013, False),
        ("2007-08", 2008, False),
        ("1st quarter 2010", 2010, False),
        ("2011 census", 2011, False),
    ],
)
def test_as_of(printed: str, year: int, estimated: bool) -> None:
    assert kinds(f"5 ({printed})", "as_of") == [("as_of", f"({printed})")]
    as_of = read_as_of(f"({printed})")
    assert (as_of.date, as_of.year, as_of.estimated) == (printed, year, estimated)


@pytest.mark.parametrize("text", ["2015 floods", "conflict since 1990", "July-August 2006 war", "Angola", "5", ""])
def test_not_as_of(text: str) -> None:
    assert not is_as_of(text)
    assert kinds(f"5 ({text})", "as_of") == []


def test_what_no_rule_takes_is_a_node() -> None:
    text = "% 5 % to - 6"
    assert leaves(tree(text), text) == text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "5" + ")" * 10_000,
        "(" * 50_000,
        ")" * 50_000,
        '"' * 50_000,
        '" ' * 30_000,
        "(2020" * 20_000,
        "1," * 50_000,
        "a " * 50_000,
        "a" * 200_000,
        "at least " * 20_000,
        "total: " * 20_000,
        "total (" * 20_000,
        "note - " * 20_000,
        "12-" * 40_000,
        "- " * 40_000 + "5",
        "minus " * 30_000 + "5",
        "1 1/2 " * 20_000,
        "(" + "mid-" * 30_000 + "2021)",
        "oil--tin; " * 10_000,
        "NA a" * 20_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_cells_take_linear_time(text: str) -> None:
    def read(some: str) -> None:
        assert leaves(tree(some), some) == some
        assert split_clauses(some) is not None

    assert growth(lambda tenths: text[: len(text) * tenths // 10], read, 1, most=30).ratio <= 30
