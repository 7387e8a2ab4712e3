"""Who is named in a clause: sides, mediators, bodies, and places that are entries.

``grammars/fields/disputes.lark`` (``names``) tells what a name is from what stands beside it.
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

# What may stand between two tokens of a run, and which terminal it is (none for what only parts them).
_GAPS = {"": "", " ": "", " the ": "", "'s ": "", "’s ": "", "-": "HYPHEN", ", ": "COMMA", ", the ": "COMMA"}


Run = tuple[list[Token], Plan]
"""Tokens that stand side by side, and the plan that tells what belongs together among them."""


class Names(NamedTuple):
    """Who is named: the sides with their ranges, the mediating states, the bodies.

    ``states`` and ``areas`` are where names of states and of entries that are places stand (the end by the start),
    ``bodies`` where those of courts and bodies do. ``runs`` is what all was read from; ``bands`` is where movements
    stand that no table knows.
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
    """Read whom a clause names.

    A name that several states share (``dispute_shared.tsv``) is the ``subject`` if that is one of them, else the one
    that the clause names in full, else the first of the table's row.

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
        made.sides.sort()
    return made


@cache
def _gaps() -> dict[str, str]:
    return {gap: codes()[name] if name else "" for gap, name in _GAPS.items()}


def _runs(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """Cut tokens into runs that stand side by side and hold a name; what joins names stands only between two."""
    run: list[Token] = []
    named = False
    last, end = "", -NEAR - 1
    gaps, code = _gaps(), codes()
    before, behind, joints = beside()
    for token in tokens:
        kind, start, till, name = token
        gap = gaps.get(text[end:start]) if start - end <= NEAR else None
        if gap is None or (gap == code["COMMA"] and (last in joints or kind in behind)):
            if named:
                yield _trimmed(run, joints)
            run, named, last = [], False, ""
        elif gap and not (last in before or last in joints or kind in behind):
            run.append((gap, end, start, None))
        if not run and kind in joints:
            end = -NEAR - 1
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
    """Plan a run, and list its names: in what node each stands, and which token it is."""
    plan = rules(GRAMMAR).plan(shape)
    if plan is None:
        return Plan("names", 0, 0), ()
    entries = entry_codes()
    flat = chain(*(part.parts if part.kind == "party_list" else (part,) for part in plan.parts[0].parts))
    return plan.parts[0], tuple(
        [(node.kind, at) for node in flat for at in range(node.first, node.end) if shape[at] in entries]
    )


def _tell(made: Names, text: str, run: list[Token], kind: str, at: int) -> None:
    """Take what the node that it stands in tells of a name."""
    _, start, till, name = run[at]
    assert name is not None
    _, _, named, place = name
    if kind == "party":
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
    if place == "state" and not (kind == "inner" and holds_a_name(text, start, till)):
        made.states[start] = till


def _half(text: str, side: Token, whole: Token) -> list[tuple[int, int, str]]:
    """Find the state of which a joined name prints only the side (``North and South Korea``)."""
    second, _, rest = text[whole[1] : whole[2]].partition(" ")
    if second not in forms("dispute_joints", "direction"):
        return []
    named = country_named(f"{text[side[1] : side[2]]} {rest}")
    return [(side[1], side[2], named.short)] if named is not None and named.kind == "country" else []


def _tell_apart(text: str, sides: list[tuple[int, int, str]], subject: str | None) -> None:
    """Replace what is printed with a shared name by the state that is meant."""
    table, sharing = shared()
    if sharing.isdisjoint([name for _, _, name in sides]):
        return
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
    """Whether no other name follows (``Korean Airlines``)."""
    return not (text[end : end + 1] in (" ", "-") and text[end + 1 : end + 2].isupper())


@cache
def _band_nouns() -> frozenset[str]:
    return frozenset(map(str.lower, forms("dispute_bands")))


def _bands(text: str, sides: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Find movements that no table knows, where no other name stands."""
    found = [(*match.span(), match[0]) for match in terminal("BAND").finditer(text) if not _is_known(match[0])]
    return [band for band in found if not any(start < band[1] and band[0] < end for start, end, _ in sides)]


def _is_known(name: str) -> bool:
    """Whether ``name`` is no band of its own: an army of a state, or one that the table of actors names."""
    return (
        any(name.endswith(form) for form in mapping("dispute_actors", "party"))
        or terminal("STATE_FORCE").search(name) is not None
        or next(iter(find_countries(name)), None) is not None
    )
