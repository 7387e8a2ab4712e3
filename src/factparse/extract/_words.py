"""Where the words of a grammar stand in a text: cut once into words, which are looked up; patterns are tried only there.

Most words of prose begin no terminal. So a cell is cut at everything that is no letter (three calls in C, no pattern),
and each distinct word is asked once which terminals may begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from factparse.values.openings import openings
from factparse.values.shapes import Cut, Plan, lexicon, shapes

_MOST = 20_000  # distinct words remembered
_TABLE = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() and len(chr(code).lower()) == 1 else 0x20 for code in range(256)
)


class Cell(NamedTuple):
    """A text as its words in small letters; ``ends`` are the letters up to the end of each.

    Between two words stands one character, so that a word begins at ``ends[i] - len(words[i]) + i``.
    """

    words: list[str]
    ends: list[int]

    def start(self, index: int) -> int:
        """Return where the word of that number begins."""
        return self.ends[index] - len(self.words[index]) + index


def cell(text: str) -> Cell:
    """Return the words of ``text``: what stands between characters that are neither letters nor digits.

    >>> found = cell("Opium-poppy (2,000 ha)")
    >>> [(found.start(i), word) for i, word in enumerate(found.words) if word]
    [(0, 'opium'), (6, 'poppy'), (13, '2'), (15, '000'), (19, 'ha')]
    """
    # Letters beyond Latin-1 begin no word that matters; each stays one character, so that places hold.
    words = text.encode("latin-1", "replace").translate(_TABLE).decode("latin-1").split(" ")
    return Cell(words, list(accumulate(map(len, words))))


class _Known(dict[str, "re.Pattern[str] | None"]):
    """Which pattern to try at a word: of the terminals that can begin so."""

    def __init__(self, groups: Sequence[tuple[str, frozenset[str]]]) -> None:
        self._groups = groups
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}

    def __missing__(self, word: str) -> re.Pattern[str] | None:
        able = tuple(group for group, begins in self._groups if any(map(word.startswith, begins)))
        found = None
        if able:
            found = self._patterns.get(able) or self._patterns.setdefault(able, re.compile("|".join(able)))
        if len(self) >= _MOST:
            self.clear()
        self[word] = found
        return found


class Words:
    """The terminals of a grammar, each of which begins with a word.

    >>> words = Words("fields/tiers.lark")
    >>> text = "moved up from Tier 3 to Tier 2"
    >>> words.tokens(text, cell(text))
    [('DECOY', 9, 20), ('TIER', 24, 30)]
    """

    def __init__(self, grammar: str) -> None:
        self.grammar = grammar
        terminals = lexicon(grammar).terminals
        groups = [(f"(?P<{name}>{pattern})", frozenset(openings(pattern))) for name, pattern in terminals.items()]
        self._known = _Known(groups)
        self._find = self._known.__getitem__
        self._table = shapes(grammar)

    def tries(self, found: Cell) -> list[tuple[int, re.Pattern[str]]]:
        """Return where a terminal may begin, and what to try there."""
        return [(found.start(i), able) for i, able in enumerate(map(self._find, found.words)) if able]

    def tokens(self, text: str, found: Cell) -> list[Cut]:
        """Return the tokens of ``text``, whose words are ``found``."""
        return list(_matches(text, self.tries(found), len(text)))

    def plan(self, tokens: Sequence[Cut]) -> Plan:
        """Return the plan for tokens; an empty one where no rule takes them."""
        codes = self._table.codes
        return self._table.plan("".join([codes[name] for name, _, _ in tokens])) or Plan("start", 0, 0)


def _matches(text: str, tries: list[tuple[int, re.Pattern[str]]], end: int) -> Iterator[Cut]:
    done = 0
    for at, able in tries:
        if at >= done and (match := able.match(text, at, end)):
            done = match.end()
            yield match.lastgroup or "", at, done


@cache
def words(grammar: str) -> Words:
    """Return the words of ``grammars/<grammar>``, read once."""
    return Words(grammar)
