"""The words of disputes: one table, in which each word of a clause is looked up."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from factparse.core.facts import DisputeKind

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
_MOST = 20_000  # distinct words remembered
_PARTS = re.compile(r"[ .-]")
_NO_FORMS: list[Form] = []


class Word(NamedTuple):
    """What a word tells: its mark (a character; ``marks`` has the names), what it weighs for which kind (an index into
    ``KINDS``), and its role (``hinge``, ``paper``).
    """

    mark: str
    weights: tuple[tuple[int, int], ...]
    role: str


@cache
def rows(name: str) -> tuple[list[str], ...]:
    """Return the rows of a table of this package, split at tabs, without comments and the line of column names."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    body = [line.split("\t") for line in lines if line and not line.startswith("#")]
    width = len(body[0])
    return tuple(row + [""] * (width - len(row)) for row in body[1:])


@cache
def marks() -> dict[str, str]:
    """Return one character for each mark that the table names, so that rules can be expressions over a string."""
    names = {mark for _, mark, *_ in rows("lexicon.tsv") if mark != "."}
    return {"": "", ".": ""} | {mark: chr(0x100 + index) for index, mark in enumerate(sorted(names))}


@cache
def words() -> dict[str, Word]:
    """Return the table of words by form; a form that ends in ``~`` stands for all that begin so."""
    order = list(KINDS)
    table = {}
    for form, mark, kinds, role in rows("lexicon.tsv"):
        parts = kinds.split()
        weights = tuple((order.index(kind), int(weight)) for kind, weight in zip(parts[::2], parts[1::2], strict=True))
        table[form] = Word(marks()[mark], weights, role)
    return table


class Form(NamedTuple):
    """A form by what follows its first two words (or one): further words, how a last one begins, how many there are."""

    tail: list[str]
    stem: str
    size: int
    word: Word


class Begun(NamedTuple):
    """The forms that begin with a word: those that go on, by their second word or its beginning; and the word alone."""

    longer: dict[str, list[Form]]
    stems: list[Form]
    alone: Word | None


class Index(dict[str, Begun | None]):
    """The forms that begin with a word, the longest first; each word is looked up once.

    A hyphen in a form also stands for nothing: ``cross-border`` is also met as ``crossborder``.
    """

    def __init__(self) -> None:
        self._first: dict[str, Begun] = {}
        self._stems: dict[str, list[tuple[str, Word]]] = {}  # by their first letters
        for form, entry in words().items():
            for printed in {form, form.replace("-", "")}:
                self._add(_PARTS.split(printed), entry)
        for begun in self._first.values():
            for forms in (*begun.longer.values(), begun.stems):
                forms.sort(key=lambda form: (-form.size, bool(form.stem), -len(form.stem)))
        self._know()

    def _know(self) -> None:
        """Fill the table with the words that stand in forms."""
        self.update({first: self._begun(first) for first in self._first})

    def _add(self, parts: list[str], entry: Word) -> None:
        first = parts[0]
        if first.endswith("~"):
            self._stems.setdefault(first[:_HEAD], []).append((first[:-1], entry))
            return
        begun = self._first.setdefault(first, Begun({}, [], None))
        if len(parts) == 1:
            self._first[first] = begun._replace(alone=entry)
            return
        stem = parts[-1].endswith("~")
        made = Form(parts[2 : -1 if stem else None], parts[-1][:-1] if stem else "", len(parts), entry)
        if stem and len(parts) == 2:
            begun.stems.append(made)
        else:
            begun.longer.setdefault(parts[1], []).append(made)

    def _begun(self, printed: str) -> Begun | None:
        begun = self._first.get(printed)
        stems = [pair for pair in self._stems.get(printed[:_HEAD], ()) if printed.startswith(pair[0])]
        if stems and (begun is None or begun.alone is None):
            alone = max(stems, key=lambda pair: len(pair[0]))[1]
            return begun._replace(alone=alone) if begun else Begun({}, [], alone)
        return begun

    def __missing__(self, printed: str) -> Begun | None:
        if len(self) >= _MOST:
            self.clear()
            self._know()
        begun = self[printed] = self._begun(printed) if printed[:_HEAD] in self._stems else None
        return begun


@cache
def index() -> Index:
    """Return the table by first words."""
    return Index()


def longest(begun: Begun, printed: list[str], at: int) -> tuple[Word | None, int]:
    """Return the entry of the longest form that stands in ``printed``, whose word number ``at`` has begun it.

    With it goes the number of its words; if no form stands there, ``None`` and one.

    >>> printed = "talks on the land boundary stalled".split()
    >>> longest(index()["land"], printed, 3)[1]
    2
    """
    longer, stems, alone = begun
    forms = longer.get(printed[at + 1], _NO_FORMS) if longer and at + 1 < len(printed) else _NO_FORMS
    for form in [*forms, *stems] if stems else forms:
        if _stands(form, printed, at):
            return form.word, form.size
    return alone, 1


def _stands(form: Form, printed: list[str], at: int) -> bool:
    """Whether a form of two words or more, whose first (and second, if it is whole) stand at ``at``, goes on so."""
    tail, stem, size, _ = form
    last = at + size - bool(stem)
    if tail and printed[last - len(tail) : last] != tail:
        return False
    return not stem or (last < len(printed) and printed[last].startswith(stem))
