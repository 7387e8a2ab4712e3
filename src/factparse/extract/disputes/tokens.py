"""Cuts a clause into tokens, once: words that tell of the matter, names, and words beside names.

The words of the matter and the names are two passes over the same words, since a word may be in both: ``border`` tells
of a land boundary, and in ``the EU's border`` also that the EU is no forum.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from typing import NamedTuple

from factparse.extract.disputes.words import Entry, Name, Names, Word, known, longest, naming
from factparse.language.scanner import WordMemory, cell

Told = tuple[int, int, Word]
"""The range of a form that tells of the matter, of one word or several, and what it tells."""

Token = tuple[str, int, int, "Name | None"]
"""A name or a word beside names: the character of its terminal, its range, and the name (``None`` for a word)."""

NEAR = 6  # characters that may part two tokens of a phrase: ", the "


class Tokens(NamedTuple):
    """What :func:`cut` finds in a clause, in reading order.

    ``words`` are its words in small letters, ``told`` what tells of the matter, ``tokens`` the names and the words
    beside them.
    """

    text: str
    words: list[str]
    told: list[Told]
    tokens: list[Token]


def cut(text: str) -> Tokens:
    """Return the tokens of a clause; a longer form wins over a shorter one, and a name over the words in it.

    >>> found = cut("Chad and Niger dispute the border; talks mediated by Togo")
    >>> [found.text[start:end] for _, start, end, _ in found.tokens]
    ['Chad', 'and', 'Niger', 'mediated by', 'Togo']
    >>> [text for text in (found.text[start:end] for start, end, _ in found.told)]
    ['dispute', 'border', 'talks']
    """
    words, ends = cell(text)
    return Tokens(text, words, _told(words, ends), _naming(text, words, ends))


def _begun(table: WordMemory[Entry | None], words: list[str]) -> Iterator[tuple[int, Entry]]:
    """Yield the number of each word that begins something, and what; ``compress`` drops the others, two of three."""
    found = list(map(table.__getitem__, words))
    return compress(enumerate(found), found)  # type: ignore[arg-type]  # what is None is left out


def _told(words: list[str], ends: list[int]) -> list[Told]:
    """Return the forms that tell of the matter; none overlaps another."""
    told: list[Told] = []
    until = 0
    last = len(words) - 1
    for at, begun in _begun(known(), words):
        if at < until:
            continue
        longer, stems, word = begun
        size = 1
        # Most words begin no longer form that the next word could be of, and need no search.
        if stems or (longer and at < last and words[at + 1] in longer):
            met = longest(begun, words, at)
            word, size = met
        if word is not None:
            until = at + size
            # Between two words stands one character, so the number of a word is added to the letters before it.
            told.append((ends[at] - len(words[at]) + at, ends[until - 1] + until - 1, word))
    return told


def _naming(text: str, words: list[str], ends: list[int]) -> list[Token]:
    """Return the names and the words beside them; a word that only stands behind a name is left out elsewhere."""
    tokens: list[Token] = []
    done = -NEAR  # characters
    for at, (names, joints, leads) in _begun(naming(), words):
        start = ends[at] - len(words[at]) + at
        if start < done:
            continue
        name = _name(names, text, start, words, at) if names is not None else None
        if name is not None:
            done = start + len(name.form)
            if name.code:  # else it only hides the shorter names in it
                tokens.append((name.code, start, done, name))
        elif joints is not None and (leads or start - done <= NEAR):
            met = longest(joints, words, at)
            beside, size = met
            if beside is not None and (not beside.capital or text[start].isupper()):
                if beside.after and (not tokens or tokens[-1][0] not in beside.after):
                    continue
                done = ends[at + size - 1] + at + size - 1
                tokens.append((beside.code, start, done, None))
    return tokens


def _name(names: Names, text: str, start: int, words: list[str], at: int) -> Name | None:
    """Return the longest name that stands at ``start``, where word number ``at`` begins, or ``None``."""
    longer, alone, capital = names
    if capital and not text[start].isupper():
        return None
    second = longer.get(words[at + 1]) if longer and at + 1 < len(words) else None
    for name in (*second, *alone) if second else alone:
        if text.startswith(name.form, start) and _ends_a_word(text, start + len(name.form)):
            return name
    return None


def _ends_a_word(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return not (text[end - 1].isalnum() and (following.isalnum() or following == "_"))
