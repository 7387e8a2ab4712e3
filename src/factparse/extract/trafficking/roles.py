"""Finds what a cell calls the country: a source, transit or destination of trafficked people.

The words of ``grammars/fields/trafficking.lark`` make up a statement: ``is a source and, to a lesser extent, transit``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from factparse.core.words import forms, mapping
from factparse.language import split_clauses
from factparse.language.plans import Cut, terminal
from factparse.language.scanner import cell, finds, words
from factparse.vocabulary import find_countries

ROLES: Final = "fields/trafficking.lark"
_JOINTS: Final = ("-", "'", "’")  # a word right behind one is the end of another word


class Statement(NamedTuple):
    """A run of tokens that gives roles to somebody, and where the clause that holds it begins.

    One that ``follows`` is about whomever the statement before it is: ``and a transit point for men``.
    """

    clause: int
    tokens: Sequence[Cut]
    follows: bool


class Role(NamedTuple):
    """A role as a statement gives it: where that stands, which role it is, and whether it is hedged."""

    start: int
    end: int
    role: str
    hedged: bool


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a cell, whoever they are about.

    Only clauses that hold a word of some role are cut into tokens.
    """
    places = sorted(at for word in _role_words() for at in finds(text, word))
    for start, end in split_clauses(text) if places else ():
        index = bisect_left(places, start)
        if index < len(places) and places[index] < end:
            told = False
            for run in _runs(text, words(ROLES).tokens(text, cell(text[start:end]), start, end)):
                for statement in _stated(text, start, run) if any(token[0] == "ROLE" for token in run) else ():
                    if told or not statement.follows:
                        yield statement
                        told = True


def roles(text: str, subject: str | None) -> list[Role]:
    """Return the roles that a cell gives to the ``subject``, each once: where it is stated plainly, if it ever is."""
    found: dict[str, Role] = {}
    about = False
    for statement in statements(text):
        about = about if statement.follows else _about(text, subject, statement)
        for role in _roles(text, statement.tokens) if about else ():
            known = found.get(role.role)
            if known is None or (known.hedged and not role.hedged):
                found[role.role] = role
    return list(found.values())


@cache
def _role_words() -> tuple[str, ...]:
    """Return the words of which each role's name holds one."""
    return tuple(form for form in forms("trafficking_roles") if " " not in form)


def _runs(text: str, tokens: Sequence[Cut]) -> Iterator[list[Cut]]:
    """Yield the runs of tokens: those with nothing between them but white space or one comma, which is a link too."""
    run: list[Cut] = []
    for token in tokens:
        at = token[1]
        if run:
            gap = text[run[-1][2] : at].strip()
            if gap == ",":
                comma = text.index(",", run[-1][2])
                run.append(("LINK", comma, comma + 1))
            elif gap:
                yield run
                run = []
        if text[at - 1 : at] in _JOINTS and at:
            continue
        run.append(token)
    yield run


def _stated(text: str, clause: int, run: Sequence[Cut]) -> Iterator[Statement]:
    """Yield the statements of a run; a destination for sex tourists is none, for these are no victims."""
    for part in words(ROLES).plan(run).parts:
        if part.kind == "stated" and not terminal(ROLES, "TOURISM").match(text, run[part.end - 1][2]):
            yield Statement(clause, run[part.first : part.end], run[part.first][0] == "MORE")


def _roles(text: str, tokens: Sequence[Cut]) -> Iterator[Role]:
    """Yield the roles of a statement, each with the range up to the last of them.

    A hedge is of the next role only, but ``to a lesser extent`` of all that follow.
    """
    start = next(first for name, first, _ in tokens if name != "MORE" and text[first] != ",")
    end = max(last for name, _, last in tokens if name == "ROLE")
    known = mapping("trafficking_roles", "role")
    lasting = hedged = False
    for name, first, last in tokens:
        word = text[first:last].lower()
        if name == "HEDGE":
            hedged, lasting = True, lasting or word.startswith("to a")
        elif name == "ROLE":
            yield Role(start, end, known[word], hedged or lasting)
            hedged = False


def _about(text: str, subject: str | None, statement: Statement) -> bool:
    """Return whether a statement is about the subject: no other country stands right before it or in its first words.

    ``Turkey is a destination ...`` in the cell of Turkmenistan says nothing of Turkmenistan.
    """
    if subject is None:
        return True
    clause, (_, first, last) = statement.clause, statement.tokens[0]
    opening = text[clause:last]
    before = opening[: first - clause].rstrip()
    for mention in find_countries(opening):
        if mention.how == "name" and (mention.end >= len(before)) and mention.country.name != subject:
            return False
    return True
