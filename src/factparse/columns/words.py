"""The words by which a country's text is known besides its names: places, people, parties, neighbours.

``tools/train_border_model.py`` collects them from the public editions: capitalised words that few other countries use.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from factparse.columns.owners import Mentions
from factparse.vocabulary import Country

#: A capitalised word; in glued text it may begin behind a small letter.
WORD = re.compile(r"[A-Z][a-z]{3,}+")


@cache
def _table() -> dict[str, str]:
    text = (Path(__file__).parent / "data" / "words.txt").read_text(encoding="ascii")
    return {line[:2]: line for line in text.splitlines()}


@cache
def words_of(country: Country | None) -> frozenset[str]:
    """The words by which ``country`` is known; an empty set for ``None`` and for a country without an entry.

    >>> from factparse.vocabulary import country_named
    >>> "Astana" in words_of(country_named("Kazakhstan")), words_of(None)
    (True, frozenset())
    """
    line = _table().get(country.gec.lower(), "") if country is not None and country.gec else ""
    return frozenset(line.split()[1:])


def known_words(text: str, start: int, end: int, a: frozenset[str], b: frozenset[str]) -> Mentions | None:
    """The places where ``text[start:end]`` has words of one of the two countries only; ``None`` if there are none.

    >>> found = known_words("Almaty and Volga", 0, 16, frozenset({"Almaty"}), frozenset({"Volga"}))
    >>> found.a, found.b
    ((0,), (11,))
    """
    first: list[int] = []
    second: list[int] = []
    for match in WORD.finditer(text, start, end):
        word = match.group()
        in_a, in_b = word in a, word in b
        if in_a is not in_b:  # a word of both, or of neither, tells nothing
            (first if in_a else second).append(match.start())
    return Mentions(tuple(first), tuple(second)) if first or second else None
