"""``Disputes - international``: the tables, entries written from random facts, and texts from outside."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scaling import growth
from factparse.core.facts import AnyFact, DisputeClause, DisputeKind, DisputeStatus
from factparse.core.words import forms, mapping, rows
from factparse.extract import cell_tree, extract
from factparse.extract.disputes import tree
from factparse.extract.disputes.clauses import clauses
from factparse.extract.disputes.judge import judge
from factparse.extract.disputes.names import names as names_of
from factparse.extract.disputes.tokens import cut
from factparse.extract.disputes.words import KINDS, codes, known, longest, marks, words
from factparse.language import Value
from factparse.language.marks import unmarked
from factparse.language.scanner import cell
from tests.made import FIXTURES

FIELD = "Disputes - international"
CELLS = FIXTURES / "facts" / "disputes"


def read(text: str, subject: str | None = None) -> list[DisputeClause]:
    return [fact for fact in extract(FIELD, text, subject=subject) if isinstance(fact, DisputeClause)]


# -- the tables


def test_every_form_of_the_lexicon_is_met_once_and_found_as_itself() -> None:
    for form in forms("dispute_words"):
        assert "~" not in form[:-1], f"{form}: ~ may only end a form"
        bare = form.removesuffix("~")
        for printed in {bare, bare.replace("-", " "), bare.replace("-", "")}:
            split = cell(printed).words
            begun = known()[split[0]]
            assert begun is not None, form
            assert longest(begun, split, 0) == (words()[form], len(split)), form


def test_every_mark_of_a_rule_is_told_by_some_word() -> None:
    for when in forms("dispute_status"):
        for name in when.replace("!", "").replace("|", " ").replace(",", "").split():
            assert name == ".." or name in marks(), name


def test_the_tables_speak_of_kinds_and_statuses_that_facts_have() -> None:
    assert set(KINDS.values()) | {"no dispute"} == set(get_args(DisputeKind))
    assert set(mapping("dispute_status", "status").values()) == set(get_args(DisputeStatus))


def test_every_group_of_a_table_is_a_terminal() -> None:
    roles = {row["role"] for row in rows("dispute_words")} - {"", "hinge", "proper"}
    sides = {row[side] for row in rows("dispute_papers") for side in ("before", "behind")} - {""}
    groups = set(mapping("dispute_joints", "group").values())
    assert {name.upper() for name in roles | sides | groups} <= set(codes())


def test_the_fixtures_show_every_kind_and_status() -> None:
    facts = [fact for path in CELLS.glob("*.json") for fact in json.loads(path.read_text(encoding="utf-8"))]
    assert {fact["kind"] for fact in facts} == set(get_args(DisputeKind))
    assert {fact["status"] for fact in facts} == set(get_args(DisputeStatus))


# -- entries written from random facts

NAMES = {
    "Chad": "Chadian",
    "Niger": "Nigerien",
    "Peru": "Peruvian",
    "South Korea": "South Korean",
    "Guinea-Bissau": "Bissau-Guinean",
    "Trinidad and Tobago": "Trinidadian",
    "Kazakhstan": "Kazakh",
    "United Kingdom": "British",
}
SUBJECT = "Fiji"

# How the Factbook says it: "{us}" is the subject, "{x}" the other side, "{y}" another, "{when}" a year.
PHRASES: tuple[tuple[str, DisputeKind, DisputeStatus], ...] = (
    ("{us} and {x} demarcated their land boundary in {when}", "land boundary", "resolved"),
    ("demarcation of the boundary with {x} began in {when}", "land boundary", "ongoing demarcation or delimitation"),
    (
        "the {when} border treaty with {x} has yet to be ratified",
        "land boundary",
        "pending ratification or adjudication",
    ),
    ("talks with {x} to delimit the boundary stalled in {when}", "land boundary", "dormant or suspended"),
    ("the boundary with {x} remains undefined", "land boundary", "active"),
    ("maritime boundary dispute with {x}", "maritime boundary", "active"),
    (
        "since {when}, {x} and {us} continue to negotiate a maritime boundary",
        "maritime boundary",
        "ongoing demarcation or delimitation",
    ),
    (
        "{us} and {x} referred their maritime dispute to the ICJ in {when}",
        "maritime boundary",
        "pending ratification or adjudication",
    ),
    ("{x} claims {place}, occupied by {us} since {when}", "territorial sovereignty", "active"),
    ("{place} is claimed by {x} and {y}", "territorial sovereignty", "active"),
    ("{x} has a dormant claim to {place}", "territorial sovereignty", "dormant or suspended"),
    ("{x} protests dams that {us} built on the {place} in {when}", "water or resources", "active"),
    ("refugees from {x} and {y} live in camps near the border", "cross-border security or migration", "active"),
    ("{us} has fenced its border with {x} to stem smuggling", "cross-border security or migration", "active"),
)
PLACES = ("Long Island", "Dry Hills region", "Green River", "Cape Sand Peninsula")


@st.composite
def entries(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """An entry in the Factbook's manner, and the facts that it was written from."""
    texts, told = [], []
    for phrase, kind, status in draw(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=6)):
        x, y = draw(st.lists(st.sampled_from(sorted(NAMES)), min_size=2, max_size=2, unique=True))
        when, place = draw(st.integers(1850, 2023)), draw(st.sampled_from(PLACES))
        texts.append(phrase.format(us=SUBJECT, x=x, y=y, when=when, place=place))
        told.append(
            {
                "parties": {SUBJECT} if "{y}" not in phrase else set(),
                "named": {x} | ({y} if "{y}" in phrase else set()),
                "kind": kind,
                "status": status,
                "years": (when,) if "{when}" in phrase else (),
                "places": (place,) if "{place}" in phrase else (),
            }
        )
    return draw(st.sampled_from(["; ", ";  ", ";"])).join(texts) + draw(st.sampled_from(["", ";", "; "])), told


@given(entries())
def test_an_entry_written_from_facts_is_read_back(entry: tuple[str, list[dict[str, Any]]]) -> None:
    text, told = entry
    found = read(text, SUBJECT)
    assert len(found) == len(told)
    for fact, want in zip(found, told, strict=True):
        assert set(fact.parties) >= want["named"] | want["parties"]
        assert set(fact.parties) <= want["named"] | {SUBJECT}
        assert set(fact.implied) == set(fact.parties) - {name for name in fact.parties if name in fact.text}
        assert (fact.kind, fact.status) == (want["kind"], want["status"]), fact.text
        assert fact.years == want["years"]
        assert fact.places == want["places"]


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(NAMES)))
def test_a_peoples_name_means_its_state(first: str, second: str) -> None:
    (fact,) = read(f"{NAMES[first]} troops and {NAMES[second]} fishermen clash", None)
    assert set(fact.parties) == {first, second}


@given(
    st.lists(st.tuples(st.sampled_from(sorted(NAMES)), st.integers(1, 3)), min_size=1, max_size=4),
    st.sampled_from([":", " :"]),
)
def test_run_in_headings_open_clauses_and_name_sides(parts: list[tuple[str, int]], colon: str) -> None:
    text = " ".join(f"{SUBJECT}-{name}{colon} " + "; ".join(["talks continue"] * count) for name, count in parts)
    found = read(text, SUBJECT)
    assert [fact.header for fact in found] == [f"{SUBJECT}-{name}" for name, count in parts for _ in range(count)]
    assert all(set(fact.parties) == set(fact.implied) == {SUBJECT, (fact.header or "")[5:]} for fact in found)


# -- clauses of every kind and status


def told_clauses() -> list[list[str]]:
    lines = (Path(__file__).parent / "dispute_clauses.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[2:]]


@pytest.mark.parametrize(("subject", "kind", "status", "text"), told_clauses())
def test_what_a_clause_is_about_and_how_it_stands(subject: str, kind: str, status: str, text: str) -> None:
    fact = read(text, subject)[0]
    assert kind in ("", fact.kind)
    assert status in ("", fact.status)


def test_the_clauses_ask_for_every_kind_and_status() -> None:
    assert {kind for _, kind, _, _ in told_clauses()} >= set(get_args(DisputeKind))
    assert {status for _, _, status, _ in told_clauses()} >= set(get_args(DisputeStatus)) - {"unclear"}


@pytest.mark.parametrize(
    ("text", "places", "forum"),
    [
        ("Chad and Niger dispute Sand Island and the Low Reefs", ("Sand Island", "Low Reefs"), ()),
        ("claims the Matthew and Hunter Islands", ("Matthew and Hunter Islands",), ()),
        ("claims the islands of Sand, Reed, and the Low group", ("Sand", "Reed", "Low"), ()),
        ("control over the ports of Alba, Porto Rey, or Blue Bay", ("Alba", "Porto Rey", "Blue Bay"), ()),
        ("Chad disputes Sand Island, Niger, and Low Reef", ("Sand Island", "Low Reef"), ()),
        ("talks on India's Arun Pradesh in Fall 2011", ("Arun Pradesh",), ()),
        ("submissions to the Commission on the Limits of the Continental Shelf were made", (), ("CLCS",)),
        ("an arbitration panel heard both sides in the Red Hills", ("Red Hills",), ("arbitration",)),
        ("the ICJ rejected arbitration over the Red Hills", ("Red Hills",), ("ICJ",)),
        ("Bulgaria guards the EU's external border", (), ()),
        ("the EU sent observers to the Dry Valley", ("Dry Valley",), ("EU",)),
        ("Spain disapproves of plans for Gibraltar", ("Gibraltar",), ()),
    ],
)
def test_places_and_forums(text: str, places: tuple[str, ...], forum: tuple[str, ...]) -> None:
    (fact,) = read(text, SUBJECT)
    assert (fact.places, fact.forum) == (places, forum)


def test_the_side_of_a_joined_name_is_a_state() -> None:
    (fact,) = read("a line has divided North from South Korea since 1953", None)
    assert fact.parties == ("North Korea", "South Korea")


# -- any text

WORDS = st.sampled_from(
    [*(form.rstrip("~") for form in words()), *NAMES, *PLACES, "ICJ", "2001", "(", ")", '"', ";", ":", "-", "the", "of"]
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_no_text_raises_and_every_span_cuts_out_its_text(text: str) -> None:
    found = read(text, SUBJECT)
    done = 0
    for fact in found:
        assert fact.span.cut(text) == fact.text == fact.text.strip()
        assert fact.span.start >= done
        done = fact.span.end
        assert set(fact.implied) <= set(fact.parties)
        assert not set(fact.third_parties) & set(fact.parties) or not fact.implied


def test_the_judge_takes_letters_whose_small_form_is_longer() -> None:
    (fact,) = read("İİİ the border with Chad remains undefined")
    assert fact.parties == ("Chad",)
    assert fact.kind == "land boundary"


@pytest.mark.parametrize("text", ["none", "none identified", "no known disputes", "there are no territorial issues"])
def test_that_nothing_is_disputed_implies_nobody(text: str) -> None:
    (fact,) = read(text, SUBJECT)
    assert (fact.kind, fact.status, fact.parties) == ("no dispute", "unclear", ())


def test_no_dispute_in_one_respect_is_not_no_dispute() -> None:
    assert judge(cut("no maritime boundary exists with chad")).kind == "maritime boundary"
    assert judge(cut("no border disputes with chad, but niger claims an island")).kind != "no dispute"


# -- the phrases of a clause


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Chad, Niger, and Mali continue to dispute the line", "party_list", ["Chad, Niger, and Mali"]),
        ("Chad and Niger and the UN met", "forum", ["UN"]),
        ("a line parts North from South Korea", "party", ["North", "South Korea"]),
        ("oil in the Gulf of Guinea and the Guinea Current", "inner", ["Gulf of Guinea", "Guinea Current"]),
        ("ethnic Armenians and Fiji", "party", ["Fiji"]),
        ("talks mediated by Togo and Swiss-brokered talks", "third_party", ["mediated by Togo", "Swiss-brokered"]),
        ("the Government of Gibraltar and Aruba", "party", ["Government of Gibraltar"]),
        ("accession to the EU", "member", ["accession to the EU"]),
        ("the June 2006 Lake Ore Agreement", "instrument", ["June 2006 Lake Ore Agreement"]),
        ("the Treaty of Low River and the Red Hills failed", "instrument", ["Treaty of Low River and the Red Hills"]),
        ("the ICJ ruling of May 2004", "instrument", ["ICJ ruling of May 2004"]),
        ("a ruling on the border; lacking any Lake Ore Treaty", "denied", ["lacking any Lake Ore Treaty"]),
        ("the ruling of the ITLOS in 2017 holds", "instrument", ["ruling of the ITLOS in 2017"]),
        ("a resolution 502 was passed; UN Resolution 502 stands", "instrument", ["UN Resolution 502"]),
        ("both signed a treaty", "only", ["treaty"]),
        ("both signed the treaty", "only", []),
        ("Sand Island and Low Reef", "place", ["Sand Island", "Low Reef"]),
        ("the Matthew and Hunter Islands", "place", ["Matthew and Hunter Islands"]),
        ("French-administered Basse", "place", ["Basse"]),
        ("the Chad-Niger-Mali tripoint and the Kazakh-Uzbek border", "place", ["Chad-Niger-Mali tripoint"]),
        ("since 1990, talks (2001) stalled", "year", ["1990", "2001"]),
        ("despite talks, Chad claims it", "opening", ["despite talks,"]),
    ],
)
def test_what_belongs_together(text: str, kind: str, found: list[str]) -> None:
    assert [node.text(text) for node in tree(FIELD, text).find(kind)] == found


def read_at(root: Value, kind: str, text: str) -> set[str]:
    return {node.text(text) for node in root.find(kind)}


def cells_of_fixtures() -> list[str]:
    return [path.read_text(encoding="utf-8").partition("---\n")[2].rstrip("\n") for path in CELLS.glob("*.txt")]


@pytest.mark.parametrize("text", cells_of_fixtures())
def test_the_tree_holds_what_the_facts_tell(text: str) -> None:
    root = cell_tree(FIELD, text)
    assert "".join(leaf.text(text) for leaf in root.leaves()) == text
    facts = read(text, SUBJECT)
    nodes = list(root.find("clause"))
    assert [(node.start, node.end) for node in nodes] == [tuple(fact.span) for fact in facts]
    for fact, node in zip(facts, nodes, strict=True):
        assert set(fact.places) <= read_at(node, "place", text)
        assert set(fact.instruments) <= read_at(node, "instrument", text) | read_at(node, "only", text)
        assert {str(year) for year in fact.years} <= read_at(node, "year", text)
        assert len(list(node.find("party"))) >= len(set(fact.parties) - set(fact.implied))


BESIDE = st.sampled_from(
    [
        *(form.rstrip("~") for form in forms("dispute_joints")),
        "Chad",
        "Gibraltar",
        "ICJ",
        "Svalbard",
        "Yugoslavia",
        ",",
        "-",
    ]
)


@given(st.lists(BESIDE), st.sampled_from([" ", ", ", "-", " the "]))
def test_every_name_is_in_a_run_that_some_rule_takes(pieces: list[str], gap: str) -> None:
    found = cut(gap.join(pieces))
    taken = [token for run, _ in names_of(found).runs for token in run if token[3] is not None]
    assert taken == [token for token in found.tokens if token[3] is not None]


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_a_tree_loses_nothing(text: str) -> None:
    root = tree(FIELD, text)
    assert "".join(leaf.text(text) for leaf in root.leaves()) == text
    for node in root.walk():
        assert all(a.end == b.start for a, b in zip(node.children, node.children[1:], strict=False))
        if node.children:
            assert (node.start, node.end) == (node.children[0].start, node.children[-1].end)


@pytest.mark.parametrize(
    "piece",
    [
        "Chad and ",
        "Sand Island and ",
        "the 1990 Treaty of Rome and ",
        "mediated by ",
        "(Chad, ",
        "North ",
        "with the USSR and ",
        "Sand, Low Islands and the ",
        "CHAD ",
    ],
)
def test_time_is_linear_in_the_text(piece: str) -> None:
    def read_both(text: str) -> None:
        read(text, SUBJECT)
        tree(FIELD, text)

    assert growth(lambda times: piece * times, read_both, 800, most=30).ratio <= 30


# -- texts from outside


def folder(variable: str) -> Path:
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"set {variable} to run this on real texts")
    return Path(value)


def corpus_cells(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            for row in page["rows"]:
                if row["label"].startswith("Disputes"):
                    yield from ((country, row[side]) for country, side in zip(page["countries"], "ab", strict=True))


def test_every_clause_of_the_corpus_is_in_exactly_one_fact() -> None:
    cells = [(country, text) for country, text in corpus_cells(folder("FACTPARSE_CORPUS")) if text.strip()]
    assert cells
    for country, printed in cells:
        plain = unmarked(printed)
        text = plain.text if plain else printed
        found = read(text, country)
        assert [fact.span for fact in found] == [(clause.start, clause.end) for clause in clauses(text)]
        taken = [False] * len(text)
        for fact in found:
            for at in range(*fact.span):
                assert not taken[at]
                taken[at] = True
        headings = {at for clause in clauses(text) for at in range(*clause.heading)}
        left = "".join(text[at] for at in range(len(text)) if not taken[at] and at not in headings)
        assert not left.strip(" ;:\"'“”\u00a0"), (country, left)


def names(values: list[str]) -> set[str]:
    return {value.lower().removeprefix("the ") for value in values}


def test_labelled_texts() -> None:
    path = folder("FACTPARSE_GOLD") / "disputes.dev.jsonl"
    kinds = statuses = years = clauses_found = total = asked = 0
    hit = said = want = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found: dict[str, DisputeClause] = {
            " ".join(fact.text.split()): fact for fact in read(record["text"], record["country"])
        }
        for gold in record["clauses"]:
            total += 1
            fact = found.get(" ".join(gold["clause"].split()))
            if fact is None:
                continue
            clauses_found += 1
            kinds += fact.kind in (gold["kind"], gold["kind_alt"])
            if gold["kind"] != "no dispute":
                asked += 1
                statuses += fact.status in (gold["status"], gold["status_alt"])
            years += list(fact.years) == gold["years"]
            neutral = names(gold["opt"]["parties"]) | names(gold["parties_implied"])
            parties, mine = names(gold["parties"]) - names(gold["parties_implied"]), names(list(fact.parties))
            hit, want, said = hit + len(parties & mine), want + len(parties), said + len(mine - (neutral - parties))
    assert clauses_found / total >= 0.99
    assert kinds / clauses_found >= 0.88
    assert statuses / asked >= 0.85
    assert years / clauses_found >= 0.98
    assert 2 * hit / (want + said) >= 0.93


def test_facts_of_other_fields_are_no_clauses() -> None:
    facts: tuple[AnyFact, ...] = extract("Capital", "claims nothing; borders nobody", subject=SUBJECT)
    assert not any(isinstance(fact, DisputeClause) for fact in facts)
