"""Value trees: nothing lost, nothing raised, nothing slow; and what the readers make of the phrases."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factparse.language import Value, is_as_of, last_year, parse, read_as_of, read_number, split_clauses

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


def leaves(tree: Value, text: str) -> str:
    return "".join(leaf.text(text) for leaf in tree.leaves())


@given(TEXTS)
@example("total: 5 kmland: 3 km (2020 est.)male: 5")
@example('"quoted (cell; with" brackets) and 5')
def test_leaves_joined_are_the_cell(text: str) -> None:
    assert leaves(parse(text), text) == text
    assert leaves(parse(text, shallow=True), text) == text


@given(TEXTS)
def test_nodes_hold_their_children(text: str) -> None:
    for node in parse(text).walk():
        if node.children:
            assert node.start == node.children[0].start
            assert node.end == node.children[-1].end


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
    return [(node.kind, node.text(text)) for node in parse(text).find(*wanted)]


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
    assert [found for _, found in kinds(text, "label")] == labels


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "qualifier", "unit"),
    [
        ("1,234,567", 1234567, None, None, None, None),
        ("at least 1.27 million", 1270000, None, None, "at least", None),
        ("-$5 bn", -5000000000, None, None, None, "USD"),
        ("$-5.5 billion", -5500000000, None, None, None, "USD"),
        ("US$1.1 trillion", 1100000000000, None, None, None, "USD"),
        ("2.5-3.0 million", None, 2500000, 3000000, None, None),
        ("954,000-1.2 million", None, 954000, 1200000, None, None),
        ("20,000 to 30,000", None, 20000, 30000, None, None),
        ("261,400 - 274,000", None, 261400, 274000, None, None),
        ("50%-60%", None, 50, 60, None, "%"),
        ("<1%", 1, None, None, "<", "%"),
        ("more than an estimated 3,000", 3000, None, None, "more than an estimated", None),
        ("-2.1%", -2.1, None, None, None, "%"),
        (".5 km", 0.5, None, None, None, "km"),
        ("9.2 births/1,000 population", 9.2, None, None, None, "births/1,000 population"),
        ("NA", None, None, None, None, None),
        ("undetermined", None, None, None, None, None),
    ],
)
def test_numbers_are_whole(
    text: str, value: float | None, low: float | None, high: float | None, qualifier: str | None, unit: str | None
) -> None:
    found = list(parse(text).find("quantity", "money", "share", "missing"))
    assert [node.text(text) for node in found] == [text]
    number = read_number(found[0], text)
    assert (number.value, number.low, number.high, number.qualifier, number.unit) == (value, low, high, qualifier, unit)


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
    assert last_year(printed) == year


@pytest.mark.parametrize("text", ["2015 floods", "conflict since 1990", "July-August 2006 war", "Angola", "5", ""])
def test_not_as_of(text: str) -> None:
    assert not is_as_of(text)
    assert kinds(f"5 ({text})", "as_of") == []


def test_what_no_rule_takes_is_a_node() -> None:
    text = "% 5 % to - 6"
    assert leaves(parse(text), text) == text


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
    ],
    ids=lambda text: text[:8],
)
def test_hostile_cells_take_linear_time(text: str) -> None:
    start = time.process_time()
    assert leaves(parse(text), text) == text
    assert split_clauses(text) is not None
    assert time.process_time() - start < 20
