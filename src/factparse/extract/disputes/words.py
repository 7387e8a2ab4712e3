"""The words of disputes: what may begin with a word, looked up once for each word of a clause.

Three kinds of forms begin with words: those that tell of the matter (``dispute_words.tsv``), those that stand beside
names (``dispute_joints.tsv``), and names themselves, of entries, movements and bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import Final, Generic, Literal, NamedTuple, TypeVar

from factparse.core.facts import DisputeKind
from factparse.core.words import mapping, rows
from factparse.language import plans
from factparse.language.scanner import WordMemory, cell
from factparse.vocabulary import Country, prose_names

_BEFORE = ("PART_OF", "MEDIATED_BY", "VOICE_OF", "JOINS", "DIRECTION")
_BEHIND = ("PART", "MEDIATES", "VOICE", "MEMBERSHIP")
_JOINTS = ("AND", "COMMA", "HYPHEN")
_ENTRIES = ("SIDE", "SPEAKER", "AREA", "FORMER", "BODY")
_AFTER = {"VOICE": ("SPEAKER",), "MEMBERSHIP": ("BODY",), "APART": ("DIRECTION",), "AND": (*_ENTRIES, "DIRECTION")}
GRAMMAR = "fields/disputes.lark"
KINDS: Final[dict[str, DisputeKind]] = {
    "land": "land boundary",
    "sea": "maritime boundary",
    "own": "territorial sovereignty",
    "water": "water or resources",
    "cross": "cross-border security or migration",
    "law": "treaty or legal",
    "other": "other",
}
_HEAD = 3  # letters that every stem has
_PARTS = re.compile(r"[ .-]")
_STATES = ("country", "former")
Entry = TypeVar("Entry")


@cache
def terminal(name: str) -> re.Pattern[str]:
    """Give the pattern of a terminal of the grammar that letters alone tell."""
    return plans.terminal(GRAMMAR, name)


@cache
def codes() -> dict[str, str]:
    """Give each terminal its character, of which the shapes of phrases are made."""
    return plans.rules(GRAMMAR).codes


class Beside(NamedTuple):
    """The characters of terminals by where they stand: before a name, behind one, between two."""

    before: frozenset[str]
    behind: frozenset[str]
    joints: frozenset[str]


@cache
def beside() -> Beside:
    """Sort the terminals of words beside names by where they stand."""
    return Beside(*(frozenset(codes()[name] for name in names) for names in (_BEFORE, _BEHIND, _JOINTS)))


@cache
def entry_codes() -> frozenset[str]:
    """The characters of the terminals that are names."""
    return frozenset(codes()[name] for name in _ENTRIES)


class Word(NamedTuple):
    """What a word tells: its mark (a character; ``marks`` has the names), what it weighs for which kind (an index into
    ``KINDS``), and its role (``hinge``, or the terminal of a paper's noun).
    """

    mark: str
    weights: tuple[tuple[int, int], ...]
    role: str


@cache
def marks() -> dict[str, str]:
    """Give each mark that the table names a character, so that rules can be expressions over a string."""
    names = set(mapping("dispute_words", "mark").values()) - {"."}
    return {"": "", ".": ""} | {mark: chr(0x100 + index) for index, mark in enumerate(sorted(names))}


@cache
def words() -> dict[str, Word]:
    """Read the table of words by form; a form that ends in ``~`` stands for all that begin so."""
    order = list(KINDS)
    table = {}
    for row in rows("dispute_words"):
        parts = row["kinds"].split()
        weights = tuple((order.index(kind), int(weight)) for kind, weight in zip(parts[::2], parts[1::2], strict=True))
        table[row["form"]] = Word(marks()[row["mark"]], weights, row["role"])
    return table


# -- forms of several words


class Form(NamedTuple, Generic[Entry]):
    """A form by what follows its first two words (or one): further words, how a last one begins, how many there are."""

    tail: list[str]
    stem: str
    size: int
    entry: Entry


class Begun(NamedTuple, Generic[Entry]):
    """The forms that begin with a word: those that go on, by their second word or its beginning; and the word alone."""

    longer: dict[str, list[Form[Entry]]]
    stems: list[Form[Entry]]
    alone: Entry | None


class Index(Generic[Entry]):
    """Forms by the word that they begin with, the longest first.

    A hyphen in a form also stands for nothing: ``cross-border`` is also met as ``crossborder``.
    """

    def __init__(self, table: Iterable[tuple[str, Entry]]) -> None:
        self.first: dict[str, Begun[Entry]] = {}
        self.stems: dict[str, list[tuple[str, Entry]]] = {}  # by their first letters
        for form, entry in table:
            for printed in {form, form.replace("-", "")}:
                self._add(_PARTS.split(printed), entry)
        for begun in self.first.values():
            for some in (*begun.longer.values(), begun.stems):
                some.sort(key=lambda form: (-form.size, bool(form.stem), -len(form.stem)))

    def _add(self, parts: list[str], entry: Entry) -> None:
        first = parts[0]
        if first.endswith("~"):
            self.stems.setdefault(first[:_HEAD], []).append((first[:-1], entry))
            return
        begun = self.first.setdefault(first, Begun({}, [], None))
        if len(parts) == 1:
            self.first[first] = begun._replace(alone=entry)
            return
        stem = parts[-1].endswith("~")
        made = Form(parts[2 : -1 if stem else None], parts[-1][:-1] if stem else "", len(parts), entry)
        if stem and len(parts) == 2:
            begun.stems.append(made)
        else:
            begun.longer.setdefault(parts[1], []).append(made)

    def get(self, printed: str) -> Begun[Entry] | None:
        """Find what begins with a word, if anything does."""
        begun = self.first.get(printed)
        stems = [pair for pair in self.stems.get(printed[:_HEAD], ()) if printed.startswith(pair[0])]
        if stems and (begun is None or begun.alone is None):
            alone = max(stems, key=lambda pair: len(pair[0]))[1]
            return begun._replace(alone=alone) if begun else Begun({}, [], alone)
        return begun


def longest(begun: Begun[Entry], printed: list[str], at: int) -> tuple[Entry | None, int]:
    """Find the entry of the longest form that stands in ``printed``, whose word number ``at`` has begun it.

    With it goes the number of its words; if no form stands there, ``None`` and one.

    >>> printed = "talks on the land boundary stalled".split()
    >>> longest(known()["land"], printed, 3)[1]
    2
    """
    longer, stems, alone = begun
    forms = longer.get(printed[at + 1], []) if longer and at + 1 < len(printed) else []
    for form in [*forms, *stems] if stems else forms:
        if _stands(form, printed, at):
            return form.entry, form.size
    return alone, 1


def _stands(form: Form[Entry], printed: list[str], at: int) -> bool:
    """Whether a form of two words or more, whose first (and second, if it is whole) stand at ``at``, goes on so."""
    tail, stem, size, _ = form
    last = at + size - bool(stem)
    if tail and printed[last - len(tail) : last] != tail:
        return False
    return not stem or (last < len(printed) and printed[last].startswith(stem))


# -- names


class Territory(NamedTuple):
    """An entry that is no state: who answers for it (if somebody does), and when it is a party itself."""

    state: str | None
    acts: str


@cache
def territories() -> dict[str, Territory]:
    """Read the entries that are no states, by name."""
    return {
        row["form"]: Territory(None if row["state"] == "-" else row["state"], row["acts"])
        for row in rows("dispute_territories")
    }


class Name(NamedTuple):
    """A name as printed: its terminal's character (none if it only keeps others from being met), whom it names.

    ``place``: it is the name of a ``state``, which is no place, or that of another entry, which is an ``area``.
    """

    form: str
    code: str
    named: str
    place: Literal["state", "area", ""] = ""


class Names(NamedTuple):
    """The names that begin with a word, the longest first: those of two words or more by the second, and the rest."""

    longer: dict[str, list[Name]]
    alone: list[Name]
    capital: bool  # whether all begin with one


@cache
def _names() -> dict[str, Names]:
    found = {form: Name(form, "", "") for form, country, _ in chain(*prose_names().values()) if country is None}
    for form, country, _ in chain(*prose_names().values()):
        if country is not None:
            found[form] = Name(form, codes()[_terminal(country)], country.short, _place(form, country))
    found.update(
        (form, Name(form, codes()["SIDE"], party)) for form, party in mapping("dispute_actors", "party").items()
    )
    found.update((form, Name(form, codes()["BODY"], body)) for form, body in mapping("dispute_bodies", "forum").items())
    table: dict[str, Names] = {}
    small = {cell(form).words[0] for form in found if form[0].islower()}
    for name in sorted(found.values(), key=lambda name: -len(name.form)):
        parts = cell(name.form).words
        first = table.setdefault(parts[0], Names({}, [], parts[0] not in small))
        (first.longer.setdefault(parts[1], []) if len(parts) > 1 and parts[1] else first.alone).append(name)
    return table


def _terminal(country: Country) -> str:
    territory = territories().get(country.short)
    if territory is None:
        return "SIDE" if country.kind == "country" else "FORMER" if country.kind in _STATES else "AREA"
    if territory.acts == "yes":
        return "SIDE"
    if territory.acts == "speaks":
        return "SPEAKER"
    return "AREA"


def _place(form: str, country: Country) -> Literal["state", "area", ""]:
    if country.kind in _STATES:
        return "state"
    return "area" if form in country.names and country.kind != "other" else ""


@cache
def shared() -> tuple[dict[str, list[str]], frozenset[str]]:
    """Read which states a name may mean that several share, the likeliest first; and all such states."""
    table = {form: names.split("|") for form, names in mapping("dispute_shared", "parties").items()}
    return table, frozenset(chain(*table.values()))


class Joint(NamedTuple):
    """A word beside names: its terminal's character, whether it begins with a capital, behind which terminals alone it
    tells anything (none: behind any).
    """

    code: str
    capital: bool
    after: frozenset[str]


class Start(NamedTuple):
    """What begins with a word: names, and words beside names."""

    names: Names | None
    joints: Begun[Joint] | None
    leads: bool  # whether a joint may stand before a name; others are of use behind one only


@cache
def known() -> WordMemory[Begun[Word] | None]:
    """Build the table of words that tell of the matter: what begins with each, if anything does."""
    return WordMemory(Index(words().items()).get)


@cache
def naming() -> WordMemory[Start | None]:
    """Build the table of names and of words beside names: what begins with each, if anything does."""
    named = _names()
    groups = mapping("dispute_joints", "group").items()
    after = {group: frozenset(codes()[name] for name in names) for group, names in _AFTER.items()}
    joints = Index(
        (form.lower(), Joint(codes()[group.upper()], form[0].isupper(), after.get(group.upper(), frozenset())))
        for form, group in groups
    )
    leading = {form.split(" ")[0].lower() for form, group in groups if group.upper() in _BEFORE}

    def find(word: str) -> Start | None:
        start = Start(named.get(word), joints.get(word), word in leading)
        return start if start.names or start.joints else None

    return WordMemory(find)
