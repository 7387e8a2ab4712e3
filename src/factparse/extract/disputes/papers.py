"""Finds treaties, agreements, rulings and other papers that a clause names.

A paper is found by its noun. The words around the noun are cut into tokens, and the rule ``paper`` of
``grammars/fields/disputes.lark`` says which of them are its name, and whether it has one at all. How far to look is
decided here, before there are tokens, so that the grammar meets few distinct strings.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from factparse.core.words import forms, mapping
from factparse.extract.disputes.tokens import Tokens, Told
from factparse.extract.disputes.words import GRAMMAR, codes, terminal
from factparse.language.plans import Cut, Plan, rules
from factparse.language.scanner import WordMemory

_REACH = 120  # characters before a noun that are looked at
_QUOTES = '"“”'
_LONGEST = 12  # words of a name, with what is said of it
_OF = " of"
_LOW = 3  # words in small letters before what a paper is about
# Terminals before a noun of which its name can be made, and two words that say something of the paper together.
_NAME = frozenset({"NAMED", "DIGITS", "PLAIN", "AND"})
_UNNAMED = _NAME | {"ARTICLE", "THE"}  # in 1991 a treaty: an article parts the year from the name
_PAIRS = frozenset({("LACK", "OF"), ("REFER", "TO"), ("ABIDE", "BY")})
# Terminals behind a noun: that join what the paper is about, stand within that, begin a phrase, may end one.
_JOINS = frozenset({"OF", "ON", "TO", "FOR", "FURTHER"})
_WITHIN = _JOINS | {"IN", "AND", "THE", "CAPITAL", "MONTH", "DIGITS", "SHELF"}
_BEGINS = _JOINS | {"IN", "NUMBER"}
_ENDS = frozenset({"CAPITAL", "MONTH", "SHELF", "AIM", "NUMBER"})
_DATED = frozenset({"RULING", "RULINGS", "FILING", "FILINGS"})  # of which the year is part of the name


class Paper(NamedTuple):
    """The noun of a paper with the words around it, and the plan that says which of them belong together."""

    tokens: list[Cut]
    plan: Plan

    def name(self) -> tuple[int, int] | None:
        """Return where its name stands, or ``None`` for a paper that is denied or only spoken of (``a treaty``)."""
        for kind, first, end, _ in self.plan.parts:
            if kind in ("instrument", "only"):
                return self.tokens[first][1], self.tokens[end - 1][2]
        return None


def _known(table: dict[str, str], *patterns: str) -> WordMemory[str]:
    """Return the terminals of words on one side of a noun: the table's, else the first of ``patterns`` that fits."""
    matches = [(name, terminal(name).fullmatch) for name in patterns]
    return WordMemory(lambda word: table.get(word) or next((name for name, match in matches if match(word)), "OTHER"))


@cache
def _before() -> WordMemory[str]:
    return _known(mapping("dispute_papers", "before"), "DIGITS", "NAMED")


@cache
def _behind() -> WordMemory[str]:
    months = dict.fromkeys(forms("months"), "MONTH")
    return _known(mapping("dispute_papers", "behind") | months, "DIGITS", "NUMBER", "CAPITAL", "LOW")


def papers(found: Tokens) -> list[Paper]:
    """Return the papers of a clause in reading order, those without a name too, since the tree shows them.

    >>> from factparse.extract.disputes.tokens import cut
    >>> text = "both ratified the June 2006 Lake Ore Agreement, lacking any treaty on the Low River"
    >>> [text[slice(*name)] for paper in papers(cut(text)) if (name := paper.name())]
    ['June 2006 Lake Ore Agreement']
    """
    text = found.text
    nouns = [told for told in found.told if told[2].role and told[2].role != "hinge"]
    read = [_paper(text, told) for told in nouns if _is_noun(text, told)]
    return [paper for paper in read if paper is not None]


def _is_noun(text: str, told: Told) -> bool:
    """Return whether a word is a noun here: no part of a compound (``treaty-based``), and with a capital if need be."""
    start, end, word = told
    return not text.startswith("-", end) and (word.role != "proper" or text[start].isupper())


def _paper(text: str, told: Told) -> Paper | None:
    """Return the paper of a noun, or ``None``; what follows the noun is left out if no rule takes it."""
    start, end, word = told
    noun = "NOUN" if word.role == "proper" else word.role.upper()
    # "submissions" is met by the stem of "submission", but a plural has no name of its own.
    if noun == "FILING" and text.startswith("s", end - 1):
        noun = "FILINGS"
    left = _left(text, start)
    for right in (_right(text, start, end, noun), []):
        tokens = [*left, (noun, start, end), *right]
        plan = rules(GRAMMAR).plan("".join([codes()[name] for name, _, _ in tokens]))
        if plan is not None:
            return Paper(tokens, plan.parts[0])
    return None


def _left(text: str, start: int) -> list[Cut]:
    """Return the tokens before a noun: the words of its name, and before these what is said of the paper."""
    words = text[max(0, start - _REACH) : start].split(" ")
    if words.pop():
        return []  # no space before the noun: a bracket or a hyphen, which part it from what stands before
    words = words[-_LONGEST:]
    known = _before()
    names = [known[word.strip(_QUOTES)] for word in words]
    at = len(words)
    # Right behind a year any word is of the name, and cannot be what else it may be: "2004 trade treaty".
    if names[-2:-1] == ["DIGITS"] and names[-1] not in _UNNAMED and words[-1].strip(_QUOTES).isalpha():
        names[-1] = "OTHER"
        at -= 1
    while at and names[at - 1] in _NAME:
        at -= 1
    while at < len(words) and names[at] == "AND":  # no name begins with it
        at += 1
    first = _said(names, at)
    tokens: list[Cut] = []
    end = start
    # From the noun leftwards, since only there is it known where a word ends.
    for word, name in zip(reversed(words[first:]), reversed(names[first:]), strict=True):
        end -= len(word) + 1
        opened = word[:1] in _QUOTES
        tokens.append((name, end + opened, end + len(word)))
    return tokens[::-1]


def _said(names: list[str], at: int) -> int:
    """Return the first word of what is said of a paper (that it is made, or denied) whose name begins with word ``at``.

    If nothing is said, that is ``at``. A paper that is made needs no name of its own (``signed a treaty``); but
    ``signed the treaty`` refers to one told before, so there nothing is said.
    """
    article = names[at - 1] if at else ""
    last = at - (article in ("ARTICLE", "THE"))
    pair = tuple(names[max(0, last - 2) : last])
    size = 2 if pair in _PAIRS else 1 if pair[-1:] in (("DENY",), ("MADE",)) else 0
    made = size and pair[-size] not in ("DENY", "LACK")
    return at if not size or (made and article == "THE") else last - size


def _right(text: str, start: int, end: int, noun: str) -> list[Cut]:
    """Return the tokens behind a noun: what the paper is about, and when it was made."""
    # Some forms of nouns hold the "of" that the grammar wants as a token: "Congress of".
    if text.endswith(_OF, start, end):
        end -= len(_OF)
    tokens: list[Cut] = []
    low = 0
    capital = False
    letters = terminal("LETTERS").match
    while text.startswith(" ", end) and (word := letters(text, end + 1)):
        name = _behind()[word[0]]
        if not tokens and name in ("DIGITS", "NUMBER"):
            tokens.append(("NUMBER", *word.span()))  # Resolution 502
            end = word.end()
            continue
        low += name == "LOW"
        if not tokens and name not in _BEGINS:
            return []
        # Small words lead to the first capital, and no further: behind it a new phrase begins.
        if name not in _WITHIN and (capital or low > _LOW or name not in ("AIM", "LOW")):
            break
        capital = capital or name == "CAPITAL"
        tokens.append((name, *word.span()))
        end = word.end()
        # A year or what a paper is about in small letters ("on the boundary") is the last that belongs to it.
        if name == "AIM" or (name == "DIGITS" and (capital or tokens[0][0] not in _JOINS)):
            break
        if text.startswith(",", end):
            tokens.append(("COMMA", end, end + 1))
            end += 1
    return _whole(tokens, noun)


def _whole(tokens: list[Cut], noun: str) -> list[Cut]:
    """Return the tokens behind a noun up to the last that can end a phrase; none if the phrase is not of its name."""
    ends = _ENDS | {"DIGITS"} if noun in _DATED else _ENDS
    while tokens and tokens[-1][0] not in ends:
        tokens.pop()
    if not tokens:
        return []
    first, last = tokens[0][0], tokens[-1][0]
    if noun in ("RULING", "RULINGS") and first in ("TO", "FOR") and last != "AIM":
        return []  # a ruling is not "for Chad" by name
    return [] if first == "IN" and noun not in _DATED else tokens
