"""Finds the places that a clause is about.

A place is looked for in each run of words with capitals. The rule ``places`` of ``grammars/fields/disputes.lark`` finds
it by a feature in its name (``Blue Hills region``); a name without one is a place only where the words around it lead
to it (``over X``), which is asked here.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from itertools import pairwise

from factparse.core.words import forms
from factparse.extract.disputes.names import Names
from factparse.extract.disputes.words import GRAMMAR, codes, terminal
from factparse.language.plans import rules
from factparse.language.scanner import WordMemory
from factparse.vocabulary import country_named

_ARTICLES = ("the", "historic")
_GOVERNED = ("-administered", "-occupied")
_AND, _AND_THE = " and ", " and the "
_LIST_REACH = 100  # characters before a place in which a list that it ends begins
_REACH = 40  # characters before a name in which words may lead to it
_POSSESSIVE = ("'s", "’s")
# What a run takes along at the end of a name and is no part of it.
_END = ("'s", "’s", "'", "’", ".")


@cache
def _known() -> WordMemory[str]:
    """Return the character of the terminal of each word of a run; a word that no table has is a plain capital."""
    tables = ("never", "NEVER"), ("feature", "FEATURE"), ("tail", "FEATURE")
    code = codes()
    table = {form: code[name] for group, name in tables for form in forms("dispute_places", group)}
    table |= {"and": code["AND"], "the": code["THE"]}
    return WordMemory(lambda word: table.get(word) or table.get(_name(word), code["CAP"]))


@cache
def _leading() -> frozenset[str]:
    return frozenset(forms("dispute_places", "before"))


@cache
def _alone() -> frozenset[str]:
    return frozenset(forms("dispute_places", "alone"))


@cache
def _claimed() -> frozenset[str]:
    return frozenset(forms("dispute_places", "claimed"))


def places(text: str, named: Names) -> dict[int, int]:
    """Return where the places stand that ``text`` is about, the end by the start; states are no places.

    ``named`` is whom the same text names.

    >>> from factparse.extract.disputes.names import names
    >>> from factparse.extract.disputes.tokens import cut
    >>> def read(text):
    ...     return [text[start:end] for start, end in places(text, names(cut(text))).items()]
    >>> read("Chad claims Niger's Blue Hills region along the Long River")
    ['Blue Hills region', 'Long River']
    >>> read("Fiji and Tonga dispute Sand Island and the Low Reefs")
    ['Sand Island', 'Low Reefs']
    >>> read("Fiji claims the islands of Sand, Reed, Long Cay, and the Low group")
    ['Sand', 'Reed', 'Long Cay', 'Low']
    """
    # Of "Falkland Islands (Islas Malvinas)" the place is what stands before the bracket.
    found = {start: start + len(text[start:end].partition(" (")[0]) for start, end in named.areas.items()}
    states = named.states | found if found else named.states
    starts = sorted(states)
    for run in terminal("RUN").finditer(text):
        start, end = run.span()
        # A state alone is no place, and neither is what the name of a court or body holds ("Continental Shelf").
        if states.get(start) == end or (named.bodies and any(first <= start < last for first, last in named.bodies)):
            continue
        words = text[start:end].split(" ")
        for kind, first, last in _planned(_shape(words, start, states, starts)):
            if kind == "plain" and not _is_led_to(text, start, end):
                continue
            low = start + sum(map(len, words[:first])) + first
            name = _name(" ".join(words[first:last]))
            # A capital with a year behind it is a date: "Fall 2011".
            if name and name not in _alone() and (low + len(name) < end or not terminal("DATED").match(text, end)):
                if named.areas:  # an entry's name within that of a greater place gives way to it
                    found = {at: till for at, till in found.items() if not low <= at < low + len(name)}
                found.update(_divided(text, low, low + len(name), states) if _AND in name else {low: low + len(name)})
    if not found:
        return found
    _add_before(text, found, states)
    _add_listed(text, sorted(found.items()), found, states)
    return dict(sorted(found.items()))


def _divided(text: str, start: int, end: int, states: dict[int, int]) -> dict[int, int]:
    """Return where the places stand in the name ``text[start:end]``: an article behind ``and`` begins another.

    A state behind ``and`` is none: ``over the Ganges and Pakistan over the Indus``.
    """
    made: dict[int, int] = {}
    for part in text[start:end].split(_AND_THE):
        till = start + len(part)
        behind = next((at for at, end in states.items() if start < at < end == till), till)
        made[start] = behind - len(_AND) if text.endswith(_AND, start, behind) else till
        start += len(part) + len(_AND_THE)
    return made


def _add_before(text: str, found: dict[int, int], states: dict[int, int]) -> None:
    """Add to ``found`` the names of a list that ends with several places: ``Alpha, Beta, and Gamma Islands``."""
    for start, end in list(found.items()):
        feature = text[start:end].rpartition(" ")[2]
        listed = (
            _before_many(text, start) if feature.endswith("s") and _known()[feature] == codes()["FEATURE"] else None
        )
        for name in terminal("RUN").finditer(text, *listed) if listed else ():
            if name.start() not in states and name.start() not in found:
                found[name.start()] = name.start() + len(_name(name[0]))


def _before_many(text: str, start: int) -> tuple[int, int] | None:
    listed = terminal("LISTED").search(text, max(0, start - _LIST_REACH), start)
    return listed.span() if listed else None


def _add_listed(text: str, known: list[tuple[int, int]], found: dict[int, int], states: dict[int, int]) -> None:
    """Add to ``found`` the names that a list has between two ``known`` places; only its ends show what they are."""
    for (_, end), (start, _) in pairwise(known):
        if text.startswith(", ", end) and terminal("BETWEEN").fullmatch(text, end, start):
            for name in terminal("RUN").finditer(text, end, start):
                told = any(_known()[word] == codes()["NEVER"] for word in name[0].split(" "))
                if not told and not any(name.start() <= state < name.end() for state in states):
                    found[name.start()] = name.start() + len(_name(name[0]))


@lru_cache(maxsize=4096)
def _planned(shape: str) -> tuple[tuple[str, int, int], ...]:
    """Return what is a place in a run of that shape, and what is one if something leads to it (``plain``).

    Only the start of a run can be led to, since that is where the words before it stand.
    """
    plan = rules(GRAMMAR).plan(shape)
    parts = plan.parts[0].parts if plan else ()
    return tuple([(p.kind, p.first, p.end) for p in parts if p.kind == "place" or (p.kind == "plain" and not p.first)])


def _shape(words: list[str], start: int, states: dict[int, int], starts: list[int]) -> str:
    """Return the shape of a run: whether each word is part of a state's name, a feature, one that no place has."""
    shape = "".join(map(_known().__getitem__, words))
    next_state = bisect_left(starts, start)
    if next_state == len(starts) or starts[next_state] >= start + sum(map(len, words)) + len(words):
        return shape  # no state begins in the run, as in most
    code = codes()
    made = []
    at = state = 0
    for word, kind in zip(words, shape, strict=True):
        state = states.get(start + at, state)  # where the state's name ends that began last
        if state > start + at:
            kind = code[_owns(word, state - start - at)]
        made.append(kind)
        at += len(word) + 1
    named = code["STATE"]
    for index, kind in enumerate(made[:-1], 1):
        if kind == named:
            _join(words, made, index)
    return "".join(made)


def _join(words: list[str], made: list[str], index: int) -> None:
    """Make the state before a word part of the place that the word names; ``made`` are the terminals of the words.

    So it is before a feature that would be the whole name (``Brunei Bay``), and before a word that states put their
    adjective to (``Chilean Antarctic Territory``); but the place is ``Gujarat State`` in ``Indian Gujarat State``.
    """
    state, feature = codes()["STATE"], codes()["FEATURE"]
    first = index - 1
    while first and made[first - 1] == state:
        first -= 1
    lone = made[index] == feature and made[index + 1 : index + 2] not in ([feature], [codes()["CAP"]])
    if words[index] in _claimed() or (lone and country_named(" ".join(words[first:index])) is not None):
        made[first:index] = codes()["CAP"] * (index - first)


def _owns(word: str, named: int) -> str:
    """Return the terminal of a word of which the first ``named`` letters are of a state's name."""
    if word.endswith(_GOVERNED):
        return "GOVERNED"
    if word.endswith(_POSSESSIVE):
        return "OWNER"
    return "JOINED" if word[named : named + 1] == "-" and word[named + 1 : named + 2].isupper() else "STATE"


def _name(printed: str) -> str:
    """Return a name less what is no part of it; nothing if it does not begin with a capital."""
    if not printed[:1].isupper():
        return ""
    if not printed[-1].isalpha() or printed[-2:-1] in ("'", "’"):
        for ending in _END:
            printed = printed.removesuffix(ending)
    return printed


def _is_led_to(text: str, start: int, end: int) -> bool:
    """Return whether what stands around a name shows it to be a place.

    ``over X``, ``French-administered X`` and ``(X Y)`` do; articles and quotes may stand between.
    """
    before = text[start - 1 : start]
    if before == " ":
        word = text[max(0, text.rfind(" ", 0, start - 1) + 1, start - _REACH) : start - 1]
        if word.isalpha() and word not in _ARTICLES:
            return word in _leading()  # the usual case, decided without cutting out more words
    if before == "(" and text[end : end + 1] == ")":
        return not text[start:end].isupper()  # all capitals are an abbreviation
    words = text[max(0, start - _REACH) : start].rstrip('"“ ').rsplit(None, 3)[-3:]
    while words and words[-1] in _ARTICLES:
        words.pop()
    return bool(words) and (words[-1] in _leading() or words[-1].endswith(_GOVERNED))
