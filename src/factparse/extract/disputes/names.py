"""Who is named in a clause: sides, mediators, bodies, and places that are entries.

``grammars/fields/disputes.lark`` (``names``) tells what a name is from what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from factparse.core.words import forms, mapping
from factparse.extract.disputes.tokens import Token, Tokens
from factparse.extract.disputes.words import GRAMMAR, codes, shared, terminal
from factparse.language.plans import Plan, shapes
from factparse.vocabulary import country_named, find_countries, holds_a_name

# What may stand between two tokens of a run, and which terminal it is (none for what only parts them).
_GAPS = {"": "", " ": "", " the ": "", "'s ": "", "’s ": "", "-": "HYPHEN", ", ": "COMMA", ", the ": "COMMA"}
_BEFORE = frozenset({"PART_OF", "MEDIATED_BY", "VOICE_OF", "JOINS"})
_BEHIND = frozenset({"PART", "MEDIATES", "VOICE", "MEMBERSHIP"})
_JOINTS = frozenset({"AND", "COMMA", "HYPHEN"})
_LONGEST_GAP = 6


class Read(NamedTuple):
    """A run of tokens and the plan that tells what belongs together in it."""

    tokens: list[Token]
    plan: Plan


class Names(NamedTuple):
    """Who is named: the sides with their ranges, the mediating states, the bodies.

    ``states`` and ``areas`` are where names of states and of entries that are places stand (the end by the start),
    ``bodies`` where those of courts and bodies do, ``runs`` what all was read from.
    """

    sides: list[tuple[int, int, str]]
    third: list[str]
    forums: list[str]
    states: dict[int, int]
    areas: dict[int, int]
    bodies: list[tuple[int, int]]
    runs: list[Read]


def names(found: Tokens, subject: str | None = None) -> Names:
    """Read whom a clause names.

    A name that several states share (``dispute_shared.tsv``) is the ``subject`` if that is one of them, else the one
    that the clause names in full, else the first of the table's row.

    >>> from factparse.extract.disputes.tokens import cut
    >>> read = names(cut("Kenya and Mali dispute the line in Lake Chad, talks mediated by Togo and the UN continue"))
    >>> [name for _, _, name in read.sides], read.third, read.forums
    (['Kenya', 'Mali'], ['Togo'], ['UN'])
    """
    made = Names([], [], [], {}, {}, [], [])
    text = found.text
    if found.named:
        for run in _runs(text, found.tokens):
            plan = shapes(GRAMMAR).plan("".join([codes()[token.terminal] for token in run]))
            if plan is not None:
                made.runs.append(Read(run, plan.parts[0]))
                _tell(made, text, run, plan.parts[0])
        _tell_apart(text, made.sides, subject)
    if any(noun in text for noun in forms("dispute_bands")):
        made.sides.extend(_bands(text, made.sides))
        made.sides.sort()
    return made


def _runs(text: str, tokens: list[Token]) -> Iterator[list[Token]]:
    """Cut tokens into runs that stand side by side and hold a name; what joins names stands only between two."""
    run: list[Token] = []
    named = False
    before, end = "", -1
    for token in tokens:
        kind = token.terminal
        gap = _GAPS.get(text[end : token.start]) if 0 <= token.start - end <= _LONGEST_GAP else None
        if gap is None or (gap == "COMMA" and (before in _JOINTS or kind in _BEHIND)):
            if named:
                yield _trimmed(run)
            run, named, before = [], False, ""
        elif gap and not (before in _BEFORE or before in _JOINTS or kind in _BEHIND):
            run.append(Token(gap, end, token.start, None))
        if kind == "APART" and before != "DIRECTION":
            before, end = "", -1
        elif kind != "AND" or (run and before not in _JOINTS):
            run.append(token)
            named = named or token.name is not None
            before, end = kind, token.end
        else:
            before, end = "", -1
    if named:
        yield _trimmed(run)


def _trimmed(run: list[Token]) -> list[Token]:
    while run[-1].terminal in _JOINTS:
        run.pop()
    return run


def _tell(made: Names, text: str, run: list[Token], plan: Plan) -> None:
    """Take what the nodes of a plan tell of the names in a run."""
    for kind, first, end, parts in plan.parts:
        if kind == "party_list":
            _tell(made, text, run, Plan(kind, first, end, parts))
            continue
        for token in run[first:end]:
            if token.name is not None:
                _take(made, text, kind, token)
        if kind == "half":
            made.sides[-1:-1] = _half(text, run[first], run[end - 1])


def _take(made: Names, text: str, kind: str, token: Token) -> None:
    """Take a name that stands in a node of that kind."""
    _, start, end, name = token
    assert name is not None
    if name.terminal == "BODY":
        made.bodies.append((start, end))
        if kind == "body":
            made.forums.append(name.named)
    elif name.place == "state" and not (kind == "part" and holds_a_name(text, start, end)):
        made.states[start] = end
    elif name.place == "area" and kind == "area":
        made.areas[start] = end
    if kind == "third_party":
        made.third.append(name.named)
    elif kind in ("party", "half"):
        made.sides.append((start, end, name.named))


def _half(text: str, side: Token, whole: Token) -> list[tuple[int, int, str]]:
    """Find the state of which a joined name prints only the side (``North and South Korea``)."""
    second, _, rest = text[whole.start : whole.end].partition(" ")
    named = country_named(f"{text[side.start : side.end]} {rest}") if second in forms("dispute_joints", "direction") else None
    return [(side.start, side.end, named.short)] if named is not None and named.kind == "country" else []


def _tell_apart(text: str, sides: list[tuple[int, int, str]], subject: str | None) -> None:
    """Replace what is printed with a shared name by the state that is meant."""
    table, sharing = shared()
    if sharing.isdisjoint([name for _, _, name in sides]):
        return
    unclear = [index for index, (start, end, _) in enumerate(sides) if text[start:end] in table and _stands_alone(text, end)]
    full = [name for index, (_, _, name) in enumerate(sides) if index not in unclear]
    for index in unclear:
        start, end, _ = sides[index]
        states = table[text[start:end]]
        likely = [subject, *full, states[0]]
        sides[index] = (start, end, next(name for name in likely if name and name in states))


def _stands_alone(text: str, end: int) -> bool:
    """Whether no other name follows (``Korean Airlines``)."""
    return not (text[end : end + 1] in (" ", "-") and text[end + 1 : end + 2].isupper())


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
