"""A clause cut into tokens, once: words that tell of the matter, names, and words beside names."""

from __future__ import annotations

from typing import NamedTuple

from factparse.extract.disputes.words import Name, Names, Word, known, longest
from factparse.language.scanner import cell

Told = tuple[int, int, Word]
"""A word (or several) that tells of the matter, and its range."""

Token = tuple[str, int, int, "Name | None"]
"""A name, or a word that stands beside names: its terminal's character, its range, and the name that it is."""

NEAR = 6  # characters that may part two tokens of a phrase: ", the "


class Tokens(NamedTuple):
    """What :func:`cut` found in a clause, in reading order.

    Its words in small letters, what tells of the matter, and names with the words beside them.
    """

    text: str
    words: list[str]
    told: list[Told]
    tokens: list[Token]


def cut(text: str) -> Tokens:
    """Cut a clause into its tokens; a longer form wins over a shorter one, a name over the words in it.

    >>> found = cut("Chad and Niger dispute the border; talks mediated by Togo")
    >>> [found.text[start:end] for _, start, end, _ in found.tokens]
    ['Chad', 'and', 'Niger', 'dispute', 'mediated by', 'Togo']
    >>> [text for text in (found.text[start:end] for start, end, _ in found.told)]
    ['dispute', 'border', 'talks', 'mediated']
    """
    words, ends = cell(text)
    told: list[Told] = []
    tokens: list[Token] = []
    told_until = until = 0  # words
    done = -NEAR  # characters
    last = len(words) - 1
    for at, begun in enumerate(map(known().__getitem__, words)):
        if begun is None:
            continue
        matter, joints, names, leads = begun
        start = ends[at] - len(words[at]) + at
        if matter is not None and at >= told_until:
            longer, stems, word = matter
            told_until = at + 1
            if stems or (longer and at < last and words[told_until] in longer):
                met, size = longest(matter, words, at)
                word, told_until = met, at + size
            if word is not None:
                told.append((start, ends[told_until - 1] + told_until - 1, word))
        if names is not None and start >= done and (name := _name(names, text, start, words, at)):
            done = start + len(name.form)
            if name.code:
                tokens.append((name.code, start, done, name))
        elif joints is not None and (leads or start - done <= NEAR) and start >= done and at >= until:
            beside, size = longest(joints, words, at)
            if beside is not None and (not beside[1] or text[start].isupper()):
                until = at + size
                tokens.append((beside[0], start, ends[until - 1] + until - 1, None))
                done = tokens[-1][2]
    return Tokens(text, words, told, tokens)


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
