"""``Disputes - international`` to :class:`~factparse.DisputeClause` facts, one a clause.

``docs/disputes.md`` tells the rules in their order of precedence; the tables they read lie beside this file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from factparse.core.facts import DisputeClause, DisputeKind, DisputeStatus
from factparse.core.frozen import maker
from factparse.extract.context import Context
from factparse.extract.disputes.clauses import Clause, clauses
from factparse.extract.disputes.instruments import instrument
from factparse.extract.disputes.judge import judge
from factparse.extract.disputes.names import names, once, shared_names
from factparse.extract.disputes.parties import implied
from factparse.extract.disputes.places import places
from factparse.language.scanner import cell
from factparse.vocabulary import country_named

FIELDS = ("Disputes - international",)

# A calendar year; not a decade, not part of a greater number, not a measure.
_YEAR = re.compile(
    r"(?:1[4-9]|20)\d\d(?<![\d,.$]\d{4})(?![\ds%]|[,.]\d|-strong|"
    r" ?(?:sq|square|km|mi|nm|miles|kilomet\w+|hectares?|people|refugees|troops)\b)"
)
_ARBITRATION = ("arbitration",)  # who arbitrates may be told
_KEPT = 4096
_LONGEST_KEPT = 2000
_made = maker(DisputeClause)


class _Reading(NamedTuple):
    """What a clause tells by itself, whatever stands around it."""

    kind: DisputeKind | None
    status: DisputeStatus
    parties: tuple[str, ...]
    third: tuple[str, ...]
    places: tuple[str, ...]
    instruments: tuple[str, ...]
    forum: tuple[str, ...]
    years: tuple[int, ...]


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
    sharing = subject if subject in shared_names() else None
    found: list[DisputeClause] = []
    previous: DisputeClause | None = None
    for clause in clauses(context.text):
        previous = _fact(context, clause, subject, sharing, previous)
        found.append(previous)
    return tuple(found)


def _fact(
    context: Context, clause: Clause, subject: str | None, sharing: str | None, previous: DisputeClause | None
) -> DisputeClause:
    start, end, heading = clause
    text = context.text[start:end]
    header = context.text[slice(*heading)] if heading[1] else None
    read = (_kept if end - start <= _LONGEST_KEPT else _read)(text, sharing)
    kind, status, printed, third, named, papers, forum, years = read
    meant: tuple[str, ...] = ()
    if header or kind != "no dispute":
        under = _of_heading(header) if header else ()
        meant = implied(text, printed, subject, under, previous.parties if previous else ())
        if third:
            meant = tuple(name for name in meant if name not in third)
    return _made(
        *(context.subject, context.subject_code, context.topic, context.field),
        *(text, context.span.part(start, end), context.confidence),
        *(printed + meant if meant else printed, meant, third),
        *(kind or _from_around(header, previous), status, named, papers, forum, years, header),
    )


def _from_around(header: str | None, previous: DisputeClause | None) -> DisputeKind:
    """Return the kind of a clause whose words tell none: its heading's, else that of the clause before it."""
    told = judge(header.lower()).kind if header else None
    return told or (previous.kind if previous and previous.kind != "no dispute" else "other")


def _read(text: str, subject: str | None) -> _Reading:
    """Read a clause; ``subject`` is given if it shares its name with others, so that it tells what the name means."""
    found = cell(text)
    lower = text.lower()
    kind, status, papers, bodies = judge(lower if len(lower) == len(text) else text, found)
    parties, third, forum, ranges = names(text, subject, found)
    instruments = [name for start, end in papers if (name := instrument(text, start, end))]
    return _Reading(
        kind,
        status,
        parties,
        third,
        places(text, ranges),
        once(instruments) if instruments else (),
        forum + bodies if bodies != _ARBITRATION or not forum else forum,
        tuple(dict.fromkeys(map(int, _YEAR.findall(text)))) if "1" in text or "2" in text else (),
    )


@lru_cache(maxsize=_KEPT)
def _kept(text: str, subject: str | None) -> _Reading:
    """Read a clause once: the same cell stands on many pages, and the same clause in several countries' cells."""
    return _read(text, subject)


@lru_cache(maxsize=_KEPT)
def _short(subject: str) -> str:
    country = country_named(subject)
    return country.short if country else subject


@lru_cache(maxsize=_KEPT)
def _of_heading(header: str) -> tuple[str, ...]:
    """Return the parties that a run-in heading names."""
    return names(header).parties
