"""``Disputes - international`` to :class:`~factparse.facts.DisputeClause` facts, one a clause.

``docs/disputes.md`` tells the rules in their order of precedence; the tables they read lie in ``_disputes/``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from factparse.extract._disputes.clauses import Clause, clauses
from factparse.extract._disputes.instruments import instrument
from factparse.extract._disputes.judge import judge
from factparse.extract._disputes.names import names, once
from factparse.extract._disputes.parties import implied
from factparse.extract._disputes.places import places
from factparse.extract.context import Context
from factparse.facts import DisputeClause, DisputeKind, DisputeStatus
from factparse.vocabulary import country_named, find_countries

FIELDS = ("Disputes - international",)

# A calendar year; not a decade, not part of a greater number, not a measure.
_YEAR = re.compile(
    r"(?:1[4-9]|20)\d\d(?<![\d,.$]\d{4})(?![\ds%]|[,.]\d|-strong|"
    r" ?(?:sq|square|km|mi|nm|miles|kilomet\w+|hectares?|people|refugees|troops)\b)"
)
_KEPT = 4096


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

    >>> from factparse.span import Span
    >>> text = "claims Sand Island; in 2004 talks with Togo on a maritime boundary stalled"
    >>> cell = Context("Benin", "BEN", None, FIELDS[0], text, Span((0, len(text))))
    >>> for fact in facts(cell):
    ...     print(fact.parties, fact.kind, fact.status, fact.years)
    ('Benin',) territorial sovereignty active ()
    ('Togo', 'Benin') maritime boundary dormant or suspended (2004,)
    """
    country = country_named(context.subject) if context.subject else None
    subject = country.short if country else context.subject
    found: list[DisputeClause] = []
    previous: DisputeClause | None = None
    for clause in clauses(context.text):
        previous = _fact(context, clause, subject, previous)
        found.append(previous)
    return tuple(found)


def _fact(context: Context, clause: Clause, subject: str | None, previous: DisputeClause | None) -> DisputeClause:
    text = context.text[clause.start : clause.end]
    header = context.text[slice(*clause.heading)] or None
    kind, status, printed, third, places, instruments, forum, years = _read(text, subject)
    under = _of_heading(header) if header else ()
    if kind == "no dispute" and not header:
        meant: tuple[str, ...] = ()
    else:
        meant = implied(text, printed, subject, under, previous.parties if previous else ())
    meant = tuple(name for name in meant if name not in third)
    return DisputeClause(
        subject=context.subject,
        subject_code=context.subject_code,
        topic=context.topic,
        field=context.field,
        text=text,
        span=context.span.part(clause.start, clause.end),
        confidence=context.confidence,
        parties=printed + meant,
        implied=meant,
        third_parties=third,
        kind=kind or (previous.kind if previous and previous.kind != "no dispute" else "other"),
        status=status,
        places=places,
        instruments=instruments,
        forum=forum,
        years=years,
        header=header,
    )


@lru_cache(maxsize=_KEPT)
def _read(text: str, subject: str | None) -> _Reading:
    """Read a clause; the same country's cell stands on many pages, so readings are kept."""
    lower = text.lower()
    kind, status, papers, commission = judge(lower if len(lower) == len(text) else text)
    mentions = tuple(find_countries(text))
    parties, third, forum = names(text, mentions, subject)
    instruments = tuple(name for start, end in papers if (name := instrument(text, start, end)))
    return _Reading(
        kind,
        status,
        parties,
        third,
        places(text, mentions),
        once(instruments) if instruments else (),
        (*forum, "joint commission") if commission else forum,
        tuple(dict.fromkeys(map(int, _YEAR.findall(text)))),
    )


@lru_cache(maxsize=_KEPT)
def _of_heading(header: str) -> tuple[str, ...]:
    text = header.replace("-", " - ")
    return names(text, tuple(find_countries(text))).parties
