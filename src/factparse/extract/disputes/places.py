"""Places that a clause is about: runs of capitals, told by ``grammars/fields/disputes.lark`` (``places``)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from factparse.core.words import forms
from factparse.extract.disputes.names import Names
from factparse.extract.disputes.words import GRAMMAR, codes, terminal
from factparse.language.plans import Cut, Plan, shapes

_ARTICLES = ("the", "historic")
_GOVERNED = ("-administered", "-occupied")
_REACH = 40
_POSSESSIVE = ("'s", "’s")
_END = ("'s", "’s", "'", "’", ".")


class Place(NamedTuple):
    """A run of capitals, and the plan that tells which of its words are places."""

    tokens: list[Cut]
    plan: Plan


@cache
def _kinds() -> dict[str, str]:
    """Give each word of ``dispute_places.tsv`` that stands in names its terminal."""
    known = dict.fromkeys((*forms("dispute_places", "feature"), *forms("dispute_places", "tail")), "FEATURE")
    return known | {"and": "AND"} | dict.fromkeys(forms("dispute_places", "never"), "NEVER")


@cache
def _leading() -> frozenset[str]:
    return frozenset(forms("dispute_places", "before"))


def places(text: str, named: Names) -> dict[int, int]:
    """Find where the places stand (the end by the start) that ``text`` is about; states are none.

    ``named`` is whom the text names.

    >>> from factparse.extract.disputes.names import names
    >>> from factparse.extract.disputes.tokens import cut
    >>> def read(text):
    ...     return [text[start:end] for start, end in places(text, names(cut(text))).items()]
    >>> read("Chad claims Niger's Blue Hills region along the Long River")
    ['Blue Hills region', 'Long River']
    >>> read("Fiji and Tonga dispute Sand Island and the Low Reefs")
    ['Sand Island', 'Low Reefs']
    """
    found = {start: start + len(text[start:end].partition(" (")[0]) for start, end in named.areas.items()}
    states = named.states | found if found else named.states
    for run in terminal("RUN").finditer(text):
        start, end = run.span()
        if states.get(start) == end or (named.bodies and any(first <= start < last for first, last in named.bodies)):
            continue
        tokens = _tokens(text, start, end, states)
        plan = shapes(GRAMMAR).plan("".join([codes()[name] for name, _, _ in tokens]))
        for kind, first, last, _ in plan.parts[0].parts if plan else ():
            if kind == "place":
                low, high = tokens[first][1], tokens[last - 1][2]
                name = _name(text[low:high])
                if name:
                    found = {at: till for at, till in found.items() if not low <= at < high}
                    found[low] = low + len(name)
    return dict(sorted(found.items())) if len(found) > 1 else found


def _tokens(text: str, start: int, end: int, states: dict[int, int]) -> list[Cut]:
    """Cut a run into its words, told what each is: part of a state's name, a feature, a word that no place has."""
    tokens: list[Cut] = []
    known = _kinds()
    at, state = start, 0
    for word in text[start:end].split(" "):
        till = at + len(word)
        state = max(state, states.get(at, 0))
        if state > at:
            kind = "OWNER" if word.endswith(_POSSESSIVE) else "STATE"
            if word.endswith(_GOVERNED):
                tokens, kind = [], "LED"
        else:
            kind = known.get(word) or known.get(_name(word), "CAP")
        if word != "the" or tokens[-1][0] != "AND":  # "and the" is one joint
            tokens.append((kind, at, till))
        at += len(word) + 1
    if terminal("DATED").match(text, end):
        tokens.append(("DATE", end, end))
    if tokens[0][0] not in ("OWNER", "STATE", "LED") and _is_led_to(text, start, end):
        tokens.insert(0, ("LED", start, start))
    return tokens


def _name(printed: str) -> str:
    """Leave out of a name what is no part of it; nothing is left if it does not begin with a capital."""
    if not printed[:1].isupper():
        return ""
    if not printed[-1].isalpha() or printed[-2:-1] in ("'", "’"):
        for ending in _END:
            printed = printed.removesuffix(ending)
    return printed


def _is_led_to(text: str, start: int, end: int) -> bool:
    """Whether what stands around a name tells that it is a place: ``over X``, ``French-administered X``, ``(X Y)``."""
    before = text[start - 1 : start]
    if before == " ":
        word = text[max(0, text.rfind(" ", 0, start - 1) + 1, start - _REACH) : start - 1]
        if word.isalpha() and word not in _ARTICLES:
            return word in _leading()
    if before == "(" and text[end : end + 1] == ")":
        return not text[start:end].isupper()
    words = text[max(0, start - _REACH) : start].rstrip('"“ ').rsplit(None, 3)[-3:]
    while words and words[-1] in _ARTICLES:
        words.pop()
    return bool(words) and (words[-1] in _leading() or words[-1].endswith(_GOVERNED))
