"""``Disputes - international`` to :class:`~factparse.facts.DisputeClause` facts, one a clause.

``docs/disputes.md`` tells the rules in their order of precedence; the tables they read lie in ``_disputes/``.
"""

from __future__ import annotations

import re

from factparse.extract._disputes.clauses import clauses
from factparse.extract._disputes.instruments import instrument
from factparse.extract._disputes.judge import judge
from factparse.extract._disputes.parties import named, sides
from factparse.extract._disputes.places import forums, places
from factparse.extract.context import Context
from factparse.facts import DisputeClause
from factparse.vocabulary import country_named, find_countries

FIELDS = ("Disputes - international",)

# A calendar year; not a decade, not part of a greater number, not a measure.
_YEAR = re.compile(
    r"(?<![\d,.$])(?:1[4-9]|20)\d\d(?![\ds%]|[,.]\d|-strong| ?(?:sq|square|km|mi|nm|miles|kilomet\w+|hectares?|people|refugees|troops)\b)"
)


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
    text = context.text
    country = country_named(context.subject) if context.subject else None
    subject = country.short if country else context.subject
    found: list[DisputeClause] = []
    previous: DisputeClause | None = None
    for start, end, heading in clauses(text):
        header = text[slice(*heading)] or None
        under = named(header.replace("-", " - "))[0] if header else []
        previous = _fact(context, start, end, subject, header, under, previous)
        found.append(previous)
    return tuple(found)


def _fact(
    context: Context,
    start: int,
    end: int,
    subject: str | None,
    header: str | None,
    under: list[str],
    previous: DisputeClause | None,
) -> DisputeClause:
    text = context.text[start:end]
    lower = text.lower()
    kind, status, papers = judge(lower if len(lower) == len(text) else text)
    mentions = list(find_countries(text))
    before = previous.parties if previous else ()
    parties, implied, third = sides(text, mentions, subject, under, before, nothing=kind == "no dispute")
    ranges = dict.fromkeys(place for paper in papers if (place := instrument(text, *paper)))
    return DisputeClause(
        subject=context.subject,
        subject_code=context.subject_code,
        topic=context.topic,
        field=context.field,
        text=text,
        span=context.span.part(start, end),
        confidence=context.confidence,
        parties=parties,
        implied=implied,
        third_parties=third,
        kind=kind or (previous.kind if previous and previous.kind != "no dispute" else "other"),
        status=status,
        places=places(text, mentions),
        instruments=tuple(dict.fromkeys(text[low:high] for low, high in ranges)),
        forum=forums(text),
        years=tuple(dict.fromkeys(int(match[0]) for match in _YEAR.finditer(text))),
        header=header,
    )
