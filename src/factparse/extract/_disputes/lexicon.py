"""The words of disputes: one table, compiled to one expression that reads a clause in a single pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from factparse.facts import DisputeKind

KINDS: Final[dict[str, DisputeKind]] = {
    "land": "land boundary",
    "sea": "maritime boundary",
    "own": "territorial sovereignty",
    "water": "water or resources",
    "cross": "cross-border security or migration",
    "law": "treaty or legal",
    "other": "other",
}
_LONGEST = 40  # no form of the table has more letters
_WILD = {"~": "[a-z]*+", "-": r"[-\s]?", " ": r"\s"}


class Word(NamedTuple):
    """What a word tells: its mark (a character; ``marks`` has the names), what it weighs for which kind (an index into
    ``KINDS``), and its role (``hinge``, ``paper``).
    """

    mark: str
    weights: tuple[tuple[int, int], ...]
    role: str


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a table of this package, split at tabs, without comments and the line of column names."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    body = [line.split("\t") for line in lines if line and not line.startswith("#")]
    width = len(body[0])
    for row in body[1:]:
        yield row + [""] * (width - len(row))


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


def trie(forms: Iterable[str], *, literal: bool = False) -> str:
    """Return one expression for all ``forms``, branching letter by letter; the longest form that fits is taken.

    ``~`` stands for any further letters, a space for any white space, a hyphen for either or nothing, unless the
    forms are ``literal``.

    >>> trie(["dam", "dams", "drug~"])
    'd(?:am(?:s)?|rug[a-z]*+)'
    """
    root: dict[str, Any] = {}
    for form in forms:
        node = root
        for letter in form:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root, {} if literal else _WILD)


def _branches(node: dict[str, Any], wild: dict[str, str]) -> str:
    # "~" takes all letters there are, so it stands behind the branches that know more.
    letters = sorted((letter for letter in node if letter), key="~".__eq__)
    parts = [(wild.get(letter) or re.escape(letter)) + _branches(node[letter], wild) for letter in letters]
    if not parts:
        return ""
    if len(parts) == 1 and "" not in node:
        return parts[0]
    return f"(?:{'|'.join(parts)}){'?' if '' in node else ''}"


def _plain(form: str) -> str:
    return "".join(form.replace("-", "").split())


@cache
def _plain_words() -> dict[str, Word]:
    return {_plain(form): word for form, word in words().items()}


@lru_cache(maxsize=4096)
def word(printed: str) -> Word:
    """Return the entry of the table that ``printed`` (lower case, found by :func:`pattern`) is a form of.

    >>> word("cross border").weights == word("cross-border").weights
    True
    """
    table = _plain_words()
    plain = _plain(printed)
    if plain in table:
        return table[plain]
    size = max(size for size in range(min(len(plain), _LONGEST) + 1) if plain[:size] + "~" in table)
    return table[plain[:size] + "~"]


@cache
def pattern() -> re.Pattern[str]:
    """Return the expression that finds every word of the table in a text in lower case."""
    return re.compile(rf"\b(?:{trie(words())})\b")
