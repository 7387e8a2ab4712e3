"""Treaties, agreements, rulings and other papers that a clause names.

The words round a paper's noun are its tokens; ``grammars/fields/disputes.lark`` (``paper``) tells which of them are its
name, and whether it has one at all.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from factparse.core.words import forms, mapping
from factparse.extract.disputes.tokens import Tokens, Told
from factparse.extract.disputes.words import GRAMMAR, codes, terminal
from factparse.language.plans import Cut, Plan, rules
from factparse.language.scanner import WordMemory

_REACH = 120
_QUOTES = '"“”'
_LONGEST = 12  # words of a name, with what is said of it
_OF = " of"
_LOW = 3  # words in small letters before what a paper is about
_NAME = frozenset({"NAMED", "DIGITS", "PLAIN", "AND"})
_PAIRS = frozenset({("LACK", "OF"), ("REFER", "TO"), ("ABIDE", "BY")})
_JOINS = frozenset({"OF", "ON", "TO", "FOR", "FURTHER"})
_WITHIN = _JOINS | {"IN", "AND", "THE", "CAPITAL", "MONTH", "DIGITS", "SHELF"}
_BEGINS = _JOINS | {"IN", "NUMBER"}
_ENDS = frozenset({"CAPITAL", "MONTH", "SHELF", "AIM", "NUMBER"})
_DATED = frozenset({"RULING", "RULINGS", "FILING", "FILINGS"})  # of which the year is part of the name


class Paper(NamedTuple):
    """A noun of a paper with the words round it, and the plan that tells what belongs together."""

    tokens: list[Cut]
    plan: Plan

    def name(self) -> tuple[int, int] | None:
        """Where its name stands, if it has one."""
        for kind, first, end, _ in self.plan.parts:
            if kind in ("instrument", "only"):
                return self.tokens[first][1], self.tokens[end - 1][2]
        return None


def _known(table: dict[str, str], *patterns: str) -> WordMemory[str]:
    """The terminal of each word on one side of the noun: the table's, else the first of ``patterns`` that takes it."""
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
    """Read the papers of a clause.

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
    """Whether the word is no part of a compound (``treaty-based``), and has the capital that it needs."""
    start, end, word = told
    return not text.startswith("-", end) and (word.role != "proper" or text[start].isupper())


def _paper(text: str, told: Told) -> Paper | None:
    """Read the paper of a noun; if no rule takes what follows the noun, without that."""
    start, end, word = told
    noun = "NOUN" if word.role == "proper" else word.role.upper()
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
    """Cut out the words of the name before the noun, and what is said of it right before them."""
    words = text[max(0, start - _REACH) : start].split(" ")
    if words.pop():
        return []
    words = words[-_LONGEST:]
    known = _before()
    names = [known[word.strip(_QUOTES)] for word in words]
    at = len(words)
    if names[-2:-1] == ["DIGITS"] and names[-1] not in _NAME and words[-1].strip(_QUOTES).isalpha():
        names[-1] = "OTHER"
        at -= 1
    while at and names[at - 1] in _NAME:
        at -= 1
    while at < len(words) and names[at] == "AND":
        at += 1
    first = _said(names, at)
    tokens: list[Cut] = []
    end = start
    for word, name in zip(reversed(words[first:]), reversed(names[first:]), strict=True):
        end -= len(word) + 1
        opened = word[:1] in _QUOTES
        tokens.append((name, end + opened, end + len(word)))
    return tokens[::-1]


def _said(names: list[str], at: int) -> int:
    """Return from which word on something is said of the paper whose name begins with word ``at``: made, or denied."""
    article = names[at - 1] if at else ""
    last = at - (article in ("ARTICLE", "THE"))
    pair = tuple(names[max(0, last - 2) : last])
    size = 2 if pair in _PAIRS else 1 if pair[-1:] in (("DENY",), ("MADE",)) else 0
    made = size and pair[-size] not in ("DENY", "LACK")
    return at if not size or (made and article == "THE") else last - size


def _right(text: str, start: int, end: int, noun: str) -> list[Cut]:
    """Cut out the words behind the noun that may tell what it is about, and when it was made."""
    if text.endswith(_OF, start, end):
        end -= len(_OF)
    tokens: list[Cut] = []
    low = 0
    capital = False
    letters = terminal("LETTERS").match
    while text.startswith(" ", end) and (word := letters(text, end + 1)):
        name = _behind()[word[0]]
        if not tokens and name in ("DIGITS", "NUMBER"):
            tokens.append(("NUMBER", *word.span()))
            end = word.end()
            continue
        low += name == "LOW"
        if not tokens and name not in _BEGINS:
            return []
        if name not in _WITHIN and (capital or low > _LOW or name not in ("AIM", "LOW")):
            break
        capital = capital or name == "CAPITAL"
        tokens.append((name, *word.span()))
        end = word.end()
        if name == "AIM" or (name == "DIGITS" and (capital or tokens[0][0] not in _JOINS)):
            break
        if text.startswith(",", end):
            tokens.append(("COMMA", end, end + 1))
            end += 1
    return _whole(tokens, noun)


def _whole(tokens: list[Cut], noun: str) -> list[Cut]:
    """Leave out what ends no phrase, and all if it begins none."""
    ends = _ENDS | {"DIGITS"} if noun in _DATED else _ENDS
    while tokens and tokens[-1][0] not in ends:
        tokens.pop()
    if not tokens:
        return []
    first, last = tokens[0][0], tokens[-1][0]
    if noun in ("RULING", "RULINGS") and first in ("TO", "FOR") and last != "AIM":
        return []  # a ruling is not "for Chad" by name
    return [] if first == "IN" and noun not in _DATED else tokens
