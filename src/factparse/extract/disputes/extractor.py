"""Reads a cell of ``Disputes - international`` into :class:`~factparse.DisputeClause` facts, one for each clause.

Each clause is cut into tokens once (``tokens``). ``grammars/fields/disputes.lark`` tells names, papers and places;
tables of words tell kind and status. ``docs/disputes.md`` has the rules in their order of precedence.

The following stays in code, each for a reason that no grammar of tokens can meet:

- runs and windows of tokens: what parts them is letters;
- names that several states share: the whole clause and the subject tell what they mean;
- whether something leads to a name: the words stand before it, over articles and quotes;
- the kind: weights are sums;
- the status: "somewhere behind" and "nowhere" over any number of marks, which an expression says in short;
- who is implied: the heading, the subject and the clause before tell.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from factparse.core.facts import DisputeClause, DisputeKind
from factparse.extract.context import Context
from factparse.extract.disputes.clauses import Clause, clauses
from factparse.extract.disputes.judge import Judgement, judge
from factparse.extract.disputes.names import Names, names
from factparse.extract.disputes.papers import Paper, papers
from factparse.extract.disputes.parties import implied
from factparse.extract.disputes.places import places
from factparse.extract.disputes.tokens import Tokens, cut
from factparse.extract.disputes.words import shared, terminal
from factparse.vocabulary import codes_of, country_named

FIELDS = ("Disputes - international",)

_ARBITRATION = ("arbitration",)  # left out where the clause names who arbitrates


class Reading(NamedTuple):
    """What a clause tells by itself, whatever stands around it: facts and tree are both made of this.

    All places are offsets into the clause; ``places`` gives the end by the start.
    """

    tokens: Tokens
    judged: Judgement
    names: Names
    papers: list[Paper]
    places: dict[int, int]
    years: list[tuple[int, int]]


def read(text: str, subject: str | None = None) -> Reading:
    """Return what a clause tells by itself.

    ``subject`` is given only if its name is shared with other states, so that it tells which is meant.
    """
    tokens = cut(text)
    judged = judge(tokens)
    named = names(tokens, subject)
    return Reading(
        tokens,
        judged,
        named,
        papers(tokens) if judged.kind != "no dispute" else [],
        places(text, named),
        [match.span() for match in terminal("YEAR").finditer(text)] if "1" in text or "2" in text else [],
    )


def facts(context: Context) -> tuple[DisputeClause, ...]:
    """Return one fact for each clause of the cell, in reading order.

    >>> from factparse.core.spans import Span
    >>> text = "claims Sand Island; in 2004 talks with Togo on a maritime boundary stalled"
    >>> cell = Context("Benin", "BEN", None, FIELDS[0], text, Span((0, len(text))))
    >>> for fact in facts(cell):
    ...     print(fact.parties, fact.kind, fact.status, fact.years)
    ('Benin',) territorial sovereignty active ()
    ('Togo', 'Benin') maritime boundary dormant or suspended (2004,)
    """
    subject = _short(context.subject) if context.subject else None
    sharing = subject if subject in shared()[1] else None
    found: list[DisputeClause] = []
    for clause in clauses(context.text):
        reading = read(context.text[clause.start : clause.end], sharing)
        found.append(_fact(context, clause, subject, reading, found[-1] if found else None))
    return tuple(found)


def _fact(
    context: Context, clause: Clause, subject: str | None, reading: Reading, previous: DisputeClause | None
) -> DisputeClause:
    start, end, heading = clause
    text = reading.tokens.text
    header = context.text[slice(*heading)] if heading[1] else None
    kind, status, bodies, _ = reading.judged
    named = reading.names
    printed, third, forum = once([name for _, _, name in named.sides]), once(named.third), once(named.forums)
    meant: tuple[str, ...] = ()
    # "none" has no sides, unless a heading above it names them.
    if header or kind != "no dispute":
        under = _of_heading(header) if header else ()
        first = named.sides[0][0] if named.sides else 0
        meant = implied(text, printed, subject, under, previous.parties if previous else (), first)
        if third:
            meant = tuple([name for name in meant if name not in third])  # a mediator has no side
    parties = printed + meant if meant else printed
    return context.fact(
        DisputeClause,
        start,
        end,
        parties=parties,
        party_codes=_codes(parties),
        implied=meant,
        third_parties=third,
        kind=kind or _from_around(header, previous),
        status=status,
        places=once([text[first:last] for first, last in reading.places.items()]),
        instruments=once([text[slice(*name)] for paper in reading.papers if (name := paper.name())]),
        forum=forum + bodies if bodies != _ARBITRATION or not forum else forum,
        years=tuple(dict.fromkeys([int(text[first:last]) for first, last in reading.years])),
        header=header,
    )


def once(names: list[str]) -> tuple[str, ...]:
    """Return each of ``names`` once, in the order in which they first come."""
    return tuple(dict.fromkeys(names)) if names else ()


def _from_around(header: str | None, previous: DisputeClause | None) -> DisputeKind:
    """Return the kind of a clause whose words tell none: its heading's, else that of the clause before it."""
    told = judge(cut(header)).kind if header else None
    return told or (previous.kind if previous and previous.kind != "no dispute" else "other")


@lru_cache(maxsize=4096)
def _codes(parties: tuple[str, ...]) -> tuple[str | None, ...]:
    """Return the alpha-3 codes of parties, in their order; most clauses have the parties of another one."""
    return tuple([codes_of(name).alpha3 for name in parties])


@lru_cache(maxsize=4096)
def _short(subject: str) -> str:
    country = country_named(subject)
    return country.short if country else subject


def _of_heading(header: str) -> tuple[str, ...]:
    """Return the parties that a heading names."""
    return once([name for _, _, name in names(cut(header)).sides])
