"""The tables of words that clauses of disputes are read by, each indexed by the first word of its forms.

A clause looks up each of its words once and learns which forms may begin there. There are three kinds of forms: words
that tell of the matter (``dispute_words.tsv``), words that stand beside names (``dispute_joints.tsv``), and the names
themselves, of entries, movements and bodies.
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

# Terminals of words beside names, by where they stand: before a name, behind one, between two.
_BEFORE = ("PART_OF", "MEDIATED_BY", "VOICE_OF", "JOINS", "DIRECTION")
_BEHIND = ("PART", "MEDIATES", "VOICE", "MEMBERSHIP")
_JOINTS = ("AND", "COMMA", "HYPHEN")
_ENTRIES = ("SIDE", "SPEAKER", "AREA", "FORMER", "BODY")
# These words say nothing but right behind a token of these kinds: "claims" is a voice only of a territory.
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
_HEAD = 3  # letters that every stem of the table has, by which stems are looked up
_PARTS = re.compile(r"[ .-]")
_STATES = ("country", "former")
Entry = TypeVar("Entry")


@cache
def terminal(name: str) -> re.Pattern[str]:
    """Return the pattern of a terminal of the grammar that is told by its letters alone (``text`` in the grammar)."""
    return plans.terminal(GRAMMAR, name)


@cache
def codes() -> dict[str, str]:
    """Return the character that stands for each terminal in the shape of a phrase."""
    return plans.rules(GRAMMAR).codes


class Beside(NamedTuple):
    """The characters of the terminals that stand before a name, behind one, and between two."""

    before: frozenset[str]
    behind: frozenset[str]
    joints: frozenset[str]


@cache
def beside() -> Beside:
    """Return the characters of the terminals that stand beside names, by where they stand."""
    return Beside(*(frozenset(codes()[name] for name in names) for names in (_BEFORE, _BEHIND, _JOINTS)))


@cache
def entry_codes() -> frozenset[str]:
    """Return the characters of the terminals that are names; all others are words beside them."""
    return frozenset(codes()[name] for name in _ENTRIES)


class Word(NamedTuple):
    """What a word of the matter tells.

    ``mark`` is the character of what it says of the status (see :func:`marks`; empty if nothing), ``weights`` are pairs
    of a kind (its place in :data:`KINDS`) and what the word weighs for it, ``role`` is ``hinge``, the terminal of a
    paper's noun in small letters, ``proper``, or empty.
    """

    mark: str
    weights: tuple[tuple[int, int], ...]
    role: str


@cache
def marks() -> dict[str, str]:
    """Return the character of each mark of the table: so a rule of the status is an expression over a string."""
    names = set(mapping("dispute_words", "mark").values()) - {"."}
    return {"": "", ".": ""} | {mark: chr(0x100 + index) for index, mark in enumerate(sorted(names))}


@cache
def words() -> dict[str, Word]:
    """Return the table of words by form, in small letters; a form that ends in ``~`` stands for all that begin so."""
    order = list(KINDS)
    table = {}
    for row in rows("dispute_words"):
        parts = row["kinds"].split()
        weights = tuple((order.index(kind), int(weight)) for kind, weight in zip(parts[::2], parts[1::2], strict=True))
        table[row["form"]] = Word(marks()[row["mark"]], weights, row["role"])
    return table


# -- forms of several words


class Form(NamedTuple, Generic[Entry]):
    """What a form of several words asks of the words behind those by which it was looked up, and its entry.

    ``tail`` are further whole words, ``stem`` is how a last word begins (empty if all are whole), ``size`` the number
    of words of the form.
    """

    tail: list[str]
    stem: str
    size: int
    entry: Entry


class Begun(NamedTuple, Generic[Entry]):
    """The forms that begin with a word.

    ``longer`` are those that go on, by their second word; ``stems`` those of two words of which the second is a stem;
    ``alone`` is the entry of the word by itself.
    """

    longer: dict[str, list[Form[Entry]]]
    stems: list[Form[Entry]]
    alone: Entry | None


class Index(Generic[Entry]):
    """A table of forms, indexed by the word that they begin with, the longest first.

    A hyphen in a form may also be a space or be left out: ``cross-border`` is met as ``crossborder`` too.
    """

    def __init__(self, table: Iterable[tuple[str, Entry]]) -> None:
        self.first: dict[str, Begun[Entry]] = {}
        self.stems: dict[str, list[tuple[str, Entry]]] = {}  # by their first letters
        for form, entry in table:
            for printed in {form, form.replace("-", "")}:
                self._add(_PARTS.split(printed), entry)
        for begun in self.first.values():
            for some in (*begun.longer.values(), begun.stems):
                # More words before fewer, whole words before stems, long stems before short: the first that fits wins.
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
        """Return the forms that begin with a word, or ``None``; of stems that fit it the longest stands for it."""
        begun = self.first.get(printed)
        stems = [pair for pair in self.stems.get(printed[:_HEAD], ()) if printed.startswith(pair[0])]
        if stems and (begun is None or begun.alone is None):
            alone = max(stems, key=lambda pair: len(pair[0]))[1]
            return begun._replace(alone=alone) if begun else Begun({}, [], alone)
        return begun


def longest(begun: Begun[Entry], printed: list[str], at: int) -> tuple[Entry | None, int]:
    """Return the entry of the longest of the ``begun`` forms that stands in ``printed`` at word number ``at``.

    The number of its words is returned with it; where no form stands, that is ``None`` and one.

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
    """Return whether a form of two words or more goes on as printed; the words it was looked up by do stand there."""
    tail, stem, size, _ = form
    # Where the whole words of the form end: a stem, if it has one, begins the word there.
    last = at + size - bool(stem)
    if tail and printed[last - len(tail) : last] != tail:
        return False
    return not stem or (last < len(printed) and printed[last].startswith(stem))


# -- names


class Territory(NamedTuple):
    """An entry that is no state: who answers for it (if anyone does), and when it is a party itself.

    ``acts`` is ``yes`` (always), ``speaks`` (only its government or people) or ``no``.
    """

    state: str | None
    acts: str


@cache
def territories() -> dict[str, Territory]:
    """Return the entries that are no states, by name (``dispute_territories.tsv``)."""
    return {
        row["form"]: Territory(None if row["state"] == "-" else row["state"], row["acts"])
        for row in rows("dispute_territories")
    }


class Name(NamedTuple):
    """A name as printed, the character of its terminal, and whom it names.

    ``code`` is empty for names that are there only to keep shorter ones from being met: ``New Guinea`` is not Guinea.
    ``place`` tells whether it is the name of a ``state``, which is no place, or of another entry, an ``area``.
    """

    form: str
    code: str
    named: str
    place: Literal["state", "area", ""] = ""


class Names(NamedTuple):
    """The names that begin with a word, the longest first: ``longer`` ones by their second word, the rest ``alone``."""

    longer: dict[str, list[Name]]
    alone: list[Name]
    capital: bool  # whether all begin with a capital: then a word in small letters needs no comparing


@cache
def _names() -> dict[str, Names]:
    # Later tables win over earlier ones: the European Union is an entry, but in a dispute a body.
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
    """Return the states that each shared name may mean, the likeliest first; and the set of all those states."""
    table = {form: names.split("|") for form, names in mapping("dispute_shared", "parties").items()}
    return table, frozenset(chain(*table.values()))


class Joint(NamedTuple):
    """A word beside names: the character of its terminal, and whether it has to begin with a capital.

    ``after`` are the terminals behind which alone it tells anything; if there are none, it tells something anywhere.
    """

    code: str
    capital: bool
    after: frozenset[str]


class Start(NamedTuple):
    """What begins with a word, as far as names go: names, and words beside names."""

    names: Names | None
    joints: Begun[Joint] | None
    leads: bool  # whether a joint may stand before a name; others are of use behind one only


@cache
def known() -> WordMemory[Begun[Word] | None]:
    """Return the words that tell of the matter: for any word in small letters what begins with it, or ``None``."""
    return WordMemory(Index(words().items()).get)


@cache
def naming() -> WordMemory[Start | None]:
    """Return names and words beside them: for any word in small letters what begins with it, or ``None``."""
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
