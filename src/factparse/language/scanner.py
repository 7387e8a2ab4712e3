"""Where the words of a grammar stand in a text: it is cut into words, and only at some of these patterns are tried.

Most words of prose begin no terminal. So a cell is cut at everything that is no letter (three calls in C, no pattern),
and each distinct word is asked once which terminals may begin with it, unless its first letters begin none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeVar

import regex

from factparse.language.plans import Cut, Plan, rules

_MOST = 20_000  # distinct words remembered
_HEAD = 3  # letters by which a word that begins nothing is told
_HEADS = 4096  # such letters remembered
_LOOKBEHIND = re.compile(r"\(\?<[=!][^()]*\)")
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
        """Where the word of that number begins."""
        return self.ends[index] - len(self.words[index]) + index


def cell(text: str) -> Cell:
    """The words of ``text``: what stands between characters that are neither letters nor digits.

    >>> found = cell("Opium-poppy (2,000 ha)")
    >>> [(found.start(i), word) for i, word in enumerate(found.words) if word]
    [(0, 'opium'), (6, 'poppy'), (13, '2'), (15, '000'), (19, 'ha')]
    """
    # Letters beyond Latin-1 begin no word that matters; each stays one character, so that places hold.
    words = text.encode("latin-1", "replace").translate(_TABLE).decode("latin-1").split(" ")
    return Cell(words, list(accumulate(map(len, words))))


def lowered(text: str) -> str:
    """A ``text`` in small letters, each character one: what has no such small letter stays."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join([c if len(c.lower()) > 1 else c.lower() for c in text])


def finds(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands in a text, be it within others.

    >>> list(finds("source and transit, source", "source"))
    [0, 20]
    """
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


Found = TypeVar("Found")


class WordMemory(dict[str, Found]):
    """What ``find`` tells of a word, asked once for each; when as many are remembered as may be, it begins anew."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Found:
        if len(self) >= _MOST:
            self.clear()
        made = self[word] = self._find(word)
        return made


Able = tuple[tuple[str, Callable[..., "re.Match[str] | None"]], ...]


class _Beginnings:
    """How the terminals of a grammar begin."""

    def __init__(self, terminals: Mapping[str, str]) -> None:
        self._terminals = [(name, re.compile(pattern).match) for name, pattern in terminals.items()]
        # What stands before a word is not known here, so that a terminal may look behind and still begin with it.
        self._begins = [regex.compile(_LOOKBEHIND.sub("", pattern)).match for pattern in terminals.values()]
        self._begun = lru_cache(_HEADS)(self._beginning)

    def _beginning(self, head: str) -> Sequence[int]:
        """The numbers of the terminals that may begin so: of those that may begin with one letter less."""
        return self._numbers(head, self._begun(head[:-1])) if head else range(len(self._begins))

    def _numbers(self, letters: str, numbers: Iterable[int]) -> list[int]:
        """Those of some terminals that can match a text of which these ``letters`` are the beginning."""
        return [number for number in numbers if self._begins[number](letters, partial=True)]

    def able(self, word: str) -> Able:
        """The terminals to try at a word, by priority: those of which it may be the beginning."""
        numbers = self._numbers(word, self._begun(word[:_HEAD])) if word else ()
        return tuple([self._terminals[number] for number in numbers])


class Words:
    """The terminals of a grammar, each of which begins with a word.

    >>> words = Words("fields/tiers.lark")
    >>> text = "moved up from Tier 3 to Tier 2"
    >>> words.tokens(text, cell(text))
    [('DECOY', 9, 20), ('TIER', 24, 30)]
    """

    def __init__(self, grammar: str) -> None:
        self._rules = rules(grammar)
        self._find = WordMemory(_Beginnings(self._rules.terminals).able).__getitem__

    def tokens(self, text: str, found: Cell, start: int = 0, end: int | None = None) -> list[Cut]:
        """The tokens that begin with a word of ``found``, cut from ``text`` at ``start``; none goes over ``end``.

        A grammar whose words are written in small letters is given the ``text`` so (:func:`lowered`).
        """
        last = len(text) if end is None else end
        words, ends = found
        tokens: list[Cut] = []
        done = 0
        for i, able in enumerate(map(self._find, words)):
            if able and (at := start + ends[i] - len(words[i]) + i) >= done:
                for name, match in able:
                    if met := match(text, at, last):
                        done = met.end()
                        tokens.append((name, at, done))
                        break
        return tokens

    def plan(self, tokens: Sequence[Cut]) -> Plan:
        """The plan for tokens; an empty one where no rule takes them."""
        codes = self._rules.codes
        return self._rules.plan("".join([codes[name] for name, _, _ in tokens])) or Plan("start", 0, 0)


@cache
def words(grammar: str) -> Words:
    """The words of ``grammars/<grammar>``, read once."""
    return Words(grammar)
