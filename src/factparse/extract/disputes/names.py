"""Whom a clause names: sides, mediators, bodies, and places that are entries of the Factbook.

What a name is depends on the words beside it: Togo is a mediator in ``mediated by Togo``, and Guinea no side in ``Gulf
of Guinea``. The rules are ``names`` in ``grammars/fields/disputes.lark``; this module makes the runs they read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from factparse.core.words import forms, mapping
from factparse.extract.disputes.tokens import NEAR, Token, Tokens
from factparse.extract.disputes.words import GRAMMAR, beside, codes, entry_codes, shared, terminal
from factparse.language.plans import Plan, rules
from factparse.vocabulary import country_named, find_countries, holds_a_name

_LED = 24  # characters before a name in which what leads to it stands
# What may stand between two tokens of a run, and which terminal it is (none for what only parts them).
_GAPS = {"": "", " ": "", " the ": "", "'s ": "", "’s ": "", "-": "HYPHEN", ", ": "COMMA", ", the ": "COMMA"}


Run = tuple[list[Token], Plan]
"""Tokens that stand side by side, and the plan that says which of them belong together."""


class Names(NamedTuple):
    """Whom a clause names: ``sides`` with their ranges, ``third`` the mediating states, ``forums`` the bodies.

    ``states``, ``areas`` and ``bodies`` are where names of states, of entries that are places, and of courts and bodies
    stand; the first two give the end by the start. ``bands`` is where movements stand that no table knows, ``runs`` is
    what all the rest was read from.
    """

    sides: list[tuple[int, int, str]]
    third: list[str]
    forums: list[str]
    states: dict[int, int]
    areas: dict[int, int]
    bodies: list[tuple[int, int]]
    runs: list[Run]
    bands: list[tuple[int, int]]


def names(found: Tokens, subject: str | None = None) -> Names:
    """Return whom a clause names.

    A name that several states share (``dispute_shared.tsv``) means the ``subject`` if that is one of them, else the one
    that the clause names in full, else the first in the table, which is the likeliest.

    >>> from factparse.extract.disputes.tokens import cut
    >>> read = names(cut("Kenya and Mali dispute the line in Lake Chad, talks mediated by Togo and the UN continue"))
    >>> [name for _, _, name in read.sides], read.third, read.forums
    (['Kenya', 'Mali'], ['Togo'], ['UN'])
    """
    made = Names([], [], [], {}, {}, [], [], [])
    text = found.text
    if found.tokens:
        for run in _runs(text, found.tokens):
            plan, places = _planned("".join([token[0] for token in run]))
            made.runs.append((run, plan))
            for kind, at in places:
                _tell(made, text, run, kind, at)
        _tell_apart(text, made.sides, subject)
    if not _band_nouns().isdisjoint(found.words):
        bands = _bands(text, made.sides)
        made.bands.extend([(start, end) for start, end, _ in bands])
        made.sides.extend(bands)
        made.sides.sort()  # movements were found last, but parties are told in reading order
    return made


@cache
def _gaps() -> dict[str, str]:
    return {gap: codes()[name] if name else "" for gap, name in _GAPS.items()}


def _runs(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the runs of tokens: those that stand side by side, if there is a name among them.

    A joint begins and ends no run, since it joins nothing there.
    """
    run: list[Token] = []
    named = False
    last, end = "", -NEAR - 1
    gaps, code = _gaps(), codes()
    before, behind, joints = beside()
    for token in tokens:
        kind, start, till, name = token
        # The terminal of what parts two tokens: "" if that says nothing, None if they are not side by side.
        gap = gaps.get(text[end:start]) if start - end <= NEAR else None
        if gap is None or (gap == code["COMMA"] and (last in joints or kind in behind)):
            if named:
                yield _trimmed(run, joints)
            run, named, last = [], False, ""
        # A hyphen between a name and the word beside it ("Swiss-brokered") joins no two names.
        elif gap and not (last in before or last in joints or kind in behind):
            run.append((gap, end, start, None))
        if not run and kind in joints:
            end = -NEAR - 1  # the next token stands beside nothing
            continue
        run.append(token)
        named = named or name is not None
        last, end = kind, till
    if named:
        yield _trimmed(run, joints)


def _trimmed(run: list[Token], joints: frozenset[str]) -> list[Token]:
    while run[-1][0] in joints:
        run.pop()
    return run


@lru_cache(maxsize=4096)
def _planned(shape: str) -> tuple[Plan, tuple[tuple[str, int], ...]]:
    """Return the plan of a run, and its names: the kind of node in which each stands, and the number of its token.

    Runs differ in their names and not in their shapes, so few shapes are planned.
    """
    plan = rules(GRAMMAR).plan(shape)
    if plan is None:
        return Plan("names", 0, 0), ()
    entries = entry_codes()
    # Names of a list count one by one, as names that stand alone do; a state that is no more has a side among others.
    flat = chain(*(_members(part) for part in plan.parts[0].parts))
    return plan.parts[0], tuple(
        [(kind, at) for kind, node in flat for at in range(node.first, node.end) if shape[at] in entries]
    )


def _members(part: Plan) -> list[tuple[str, Plan]]:
    """Return the names that a node is or lists, each with what it is there."""
    if part.kind != "party_list":
        return [(part.kind, part)]
    return [("party" if name.kind == "former" else name.kind, name) for name in part.parts]


def _tell(made: Names, text: str, run: list[Token], kind: str, at: int) -> None:
    """Note the name that is token ``at`` of a run as what the kind of its node says it is."""
    _, start, till, name = run[at]
    assert name is not None
    _, _, named, place = name
    if kind == "party" or (kind == "former" and terminal("WITH").search(text, max(0, start - _LED), start)):
        made.sides.append((start, till, named))
    elif kind == "forum" or kind == "member":
        made.bodies.append((start, till))
        if kind == "forum":
            made.forums.append(named)
    elif kind == "third_party":
        made.third.append(named)
    elif kind == "half":
        made.sides.extend([*_half(text, run[at - 2], run[at]), (start, till, named)])
    elif kind == "area" and place == "area":
        made.areas[start] = till
    # A state's name that is part of a place ("Congo River") must not keep that place from being read.
    if place == "state" and not (kind == "inner" and holds_a_name(text, start, till)):
        made.states[start] = till


def _half(text: str, side: Token, whole: Token) -> list[tuple[int, int, str]]:
    """Return the state of which only the side is printed, as a list: the first in ``North and South Korea``."""
    second, _, rest = text[whole[1] : whole[2]].partition(" ")
    if second not in forms("dispute_joints", "direction"):
        return []
    named = country_named(f"{text[side[1] : side[2]]} {rest}")
    return [(side[1], side[2], named.short)] if named is not None and named.kind == "country" else []


def _tell_apart(text: str, sides: list[tuple[int, int, str]], subject: str | None) -> None:
    """Set the sides that are printed by a shared name to the state that is meant; :func:`names` has the rule."""
    table, sharing = shared()
    if sharing.isdisjoint([name for _, _, name in sides]):
        return  # most clauses: no state is named that shares its name
    unclear = [
        index for index, (start, end, _) in enumerate(sides) if text[start:end] in table and _stands_alone(text, end)
    ]
    full = [name for index, (_, _, name) in enumerate(sides) if index not in unclear]
    for index in unclear:
        start, end, _ = sides[index]
        states = table[text[start:end]]
        likely = [subject, *full, states[0]]
        sides[index] = (start, end, next(name for name in likely if name and name in states))


def _stands_alone(text: str, end: int) -> bool:
    """Return whether no capital follows, which would make the word part of another name (``Korean Airlines``)."""
    return not (text[end : end + 1] in (" ", "-") and text[end + 1 : end + 2].isupper())


@cache
def _band_nouns() -> frozenset[str]:
    return frozenset(map(str.lower, forms("dispute_bands")))


def _bands(text: str, sides: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the movements that no table knows, told by the last word of their names, where no side stands yet."""
    found = [(*match.span(), match[0]) for match in terminal("BAND").finditer(text) if not _is_known(match[0])]
    return [band for band in found if not any(start < band[1] and band[0] < end for start, end, _ in sides)]


def _is_known(name: str) -> bool:
    """Return whether ``name`` is no band of its own: the army of a state, or one that the table of actors names."""
    return (
        any(name.endswith(form) for form in mapping("dispute_actors", "party"))
        or terminal("STATE_FORCE").search(name) is not None
        or next(iter(find_countries(name)), None) is not None
    )
