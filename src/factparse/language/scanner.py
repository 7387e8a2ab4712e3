"""Finds the words of a grammar in prose: a text is cut into words, and patterns are tried only where they can begin.

Most words of prose begin no terminal. So a cell is cut at everything that is neither letter nor digit, by three calls
in C and without a pattern. Of each distinct word it is found once which terminals may begin with it, and not even that
where its first letters begin none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeVar

from factparse.language.plans import Cut, Plan, rules

_MOST = 20_000  # distinct words remembered
_HEAD = 3  # first letters of a word, by which most words that begin no terminal are ruled out
_HEADS = 4096  # such beginnings remembered
_LOOKBEHIND = re.compile(r"\(\?<[=!][^()]*\)")
# For bytes.translate: letters become small, everything else a space. A letter must stay one byte, so that offsets hold.
_TABLE = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() and len(chr(code).lower()) == 1 else 0x20 for code in range(256)
)


class Cell(NamedTuple):
    """A text as its words in small letters, some of them empty. ``ends`` counts the letters up to the end of each.

    Exactly one character stands between two words, so word ``i`` begins at ``ends[i] - len(words[i]) + i``.
    """

    words: list[str]
    ends: list[int]

    def start(self, index: int) -> int:
        """The offset in the text at which word ``index`` begins."""
        return self.ends[index] - len(self.words[index]) + index


def cell(text: str) -> Cell:
    """The words of ``text``: what stands between characters that are neither letters nor digits.

    Only letters of Latin-1 count. Two dividers in a row have an empty word between them.

    >>> found = cell("Opium-poppy (2,000 ha)")
    >>> [(found.start(i), word) for i, word in enumerate(found.words) if word]
    [(0, 'opium'), (6, 'poppy'), (13, '2'), (15, '000'), (19, 'ha')]
    """
    # Letters beyond Latin-1 begin no word that matters; each stays one character, so that places hold.
    words = text.encode("latin-1", "replace").translate(_TABLE).decode("latin-1").split(" ")
    return Cell(words, list(accumulate(map(len, words))))


def lowered(text: str) -> str:
    """The ``text`` in small letters and of the same length: a character that would become several stays as it is."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join([c if len(c.lower()) > 1 else c.lower() for c in text])


def finds(text: str, word: str) -> Iterator[int]:
    """Yield the offsets at which ``word`` stands in ``text``, also inside other words.

    >>> list(finds("source and transit, source", "source"))
    [0, 20]
    """
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


Found = TypeVar("Found")


class WordMemory(dict[str, Found]):
    """A dictionary of what ``find`` returns for a word: it is asked once for each, at the first look-up.

    At 20,000 words it is emptied and begins anew, so that no run of texts can fill the memory.
    """

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
    """Tells which terminals of a grammar may begin with a word, so that the others are not tried."""

    def __init__(self, terminals: Mapping[str, str]) -> None:
        self._terminals = list(terminals.items())
        self._compiled = cache(re.compile)  # most pages need few of them
        import regex

        # The regex package can say that a text is the beginning of a match, which re cannot. What stands before a word
        # is not known here, so lookbehinds are cut out: such a terminal may begin with the word, and is tried.
        self._begins = [regex.compile(_LOOKBEHIND.sub("", pattern)).match for pattern in terminals.values()]
        self._begun = lru_cache(_HEADS)(self._beginning)

    def _beginning(self, head: str) -> Sequence[int]:
        """The numbers of the terminals that may begin with ``head``, sought among those for one letter less."""
        return self._numbers(head, self._begun(head[:-1])) if head else range(len(self._begins))

    def _numbers(self, letters: str, numbers: Iterable[int]) -> list[int]:
        """Those of the terminals ``numbers`` that can match some text beginning with ``letters``."""
        return [number for number in numbers if self._begins[number](letters, partial=True)]

    def able(self, word: str) -> Able:
        """The terminals to try at ``word``, by priority: those that may begin with it. An empty word has none."""
        numbers = self._numbers(word, self._begun(word[:_HEAD])) if word else ()
        met = [self._terminals[number] for number in numbers]
        return tuple([(name, self._compiled(pattern).match) for name, pattern in met])


class Words:
    """Finds the tokens of a grammar in which every terminal begins with a word.

    >>> words = Words("fields/tiers.lark")
    >>> text = "moved up from Tier 3 to Tier 2"
    >>> words.tokens(text, cell(text))
    [('DECOY', 9, 20), ('TIER', 24, 30)]
    """

    def __init__(self, grammar: str) -> None:
        self._rules = rules(grammar)
        self._find = WordMemory(_Beginnings(self._rules.terminals).able).__getitem__

    def tokens(self, text: str, found: Cell, start: int = 0, end: int | None = None) -> list[Cut]:
        """The tokens of ``text`` that begin with a word of ``found``, in order; they do not overlap.

        ``found`` are the words of the piece of ``text`` that begins at ``start``; no token goes over ``end``. A grammar
        that is written in small letters needs its ``text`` so (:func:`lowered`).
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
        """The plan of ``tokens``; one without parts if no rule takes them."""
        codes = self._rules.codes
        return self._rules.plan("".join([codes[name] for name, _, _ in tokens])) or Plan("start", 0, 0)


@cache
def words(grammar: str) -> Words:
    """The :class:`Words` of ``grammars/<grammar>``, made once."""
    return Words(grammar)
