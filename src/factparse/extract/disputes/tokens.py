"""A clause cut into tokens, once: words that tell of the matter, names, and words beside names."""

from __future__ import annotations

from typing import NamedTuple

from factparse.extract.disputes.words import Name, Names, Word, known, longest
from factparse.language.scanner import cell


class Told(NamedTuple):
    """A word (or several) that tells of the matter."""

    start: int
    end: int
    word: Word


class Token(NamedTuple):
    """A name, or a word that stands beside names: its terminal, its range, and the name that it is."""

    terminal: str
    start: int
    end: int
    name: Name | None


class Tokens(NamedTuple):
    """What :func:`cut` found in a clause, each in reading order; ``named`` if there is a name among the ``tokens``."""

    text: str
    told: list[Told]
    tokens: list[Token]
    named: bool


def cut(text: str) -> Tokens:
    """Cut a clause into its tokens; a longer form wins over a shorter one, a name over the words in it.

    >>> found = cut("Chad and Niger dispute the border; talks mediated by Togo")
    >>> [token.terminal for token in found.tokens]
    ['SIDE', 'AND', 'SIDE', 'VOICE', 'MEMBERSHIP', 'MEDIATED_BY', 'SIDE']
    >>> [text for text in (found.text[told.start : told.end] for told in found.told)]
    ['dispute', 'border', 'talks', 'mediated']
    """
    clause = cell(text)
    words, ends = clause
    told: list[Told] = []
    tokens: list[Token] = []
    told_until = until = 0  # words
    done = 0  # characters
    named = False
    for at, begun in enumerate(map(known().__getitem__, words)):
        if begun is None:
            continue
        matter, joints, names = begun
        start = ends[at] - len(words[at]) + at
        if matter is not None and at >= told_until:
            word, size = longest(matter, words, at)
            if word is not None:
                told_until = at + size
                told.append(Told(start, ends[told_until - 1] + told_until - 1, word))
        if names is not None and start >= done and (name := _name(names, text, start, words, at)):
            done = start + len(name.form)
            if name.terminal:
                tokens.append(Token(name.terminal, start, done, name))
                named = True
        elif joints is not None and at >= until and start >= done:
            joint, size = longest(joints, words, at)
            if joint is not None and (not joint[1] or text[start].isupper()):
                until = at + size
                tokens.append(Token(joint[0], start, ends[until - 1] + until - 1, None))
    return Tokens(text, told, tokens, named)


def _name(names: Names, text: str, start: int, words: list[str], at: int) -> Name | None:
    """Find the longest name that stands at ``start``, which is the word number ``at``."""
    longer, alone = names
    second = longer.get(words[at + 1]) if longer and at + 1 < len(words) else None
    for name in (*second, *alone) if second else alone:
        if text.startswith(name.form, start) and _ends_a_word(text, start + len(name.form)):
            return name
    return None


def _ends_a_word(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return not (text[end - 1].isalnum() and (following.isalnum() or following == "_"))
