"""Reads a cell of ``Trafficking in persons``: the tier with its year and reason, and what the country is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from factparse.core.facts import TierRating, TraffickingRole
from factparse.extract.context import Context, fact_maker
from factparse.extract.trafficking.ratings import Section, ratings, sections
from factparse.extract.trafficking.roles import Statement, roles, statements
from factparse.language import Value, read_as_of
from factparse.language.plans import expanded, filled, worded
from factparse.vocabulary import codes_of, country_named

FIELDS: Final = ("Trafficking in persons",)

_role_made = fact_maker(TraffickingRole)


def facts(context: Context) -> tuple[TierRating | TraffickingRole, ...]:
    """Return the roles and ratings of the cell, in reading order.

    A list of countries by tier gives one rating for each, with that country as its subject.

    >>> from factparse.extract import extract
    >>> text = ("current situation: Chad is a source and, to a lesser extent, destination country for children "
    ...         "tier rating: Tier 2 Watch List - up from Tier 3; a plan was drawn up (2009)")
    >>> for fact in extract("Trafficking in persons", text, subject="Chad"):
    ...     print(getattr(fact, "tier", None) or (fact.role, fact.hedged), fact.year)
    ('source', False) None
    ('destination', True) None
    Tier 2 Watch List 2009
    """
    found: list[TierRating | TraffickingRole] = [
        _role_made(context, start, end, role=role, hedged=hedged)
        for start, end, role, hedged in roles(context.text, context.subject)
    ]
    for section in sections(context.text):
        found += _rated(context, section)
    return tuple(sorted(found, key=lambda fact: fact.span.start))


def _rated(context: Context, section: Section) -> Iterator[TierRating]:
    """Yield the facts of the ratings of a section; those of a list have the countries that it names as subjects."""
    text = context.text
    for start, end, tier, _, date, reason, listed in ratings(text, section):
        as_of = read_as_of(text[date[0] : date[1]]) if date else None
        if listed:
            country = country_named(text[start:end])
            name = country.name if country else text[start:end]
            code, gec = codes_of(name)
            yield context.fact(
                TierRating, start, end, as_of, subject=name, subject_code=code, subject_gec=gec, tier=tier
            )
        else:
            yield context.fact(TierRating, start, end, as_of, tier=tier, rationale=reason)


def tree(_field: str, text: str) -> Value:
    """Return the lossless tree of a cell: its sections, in them tiers, dates and listed names, and who is called what.

    >>> cell = "tier rating: Tier 3 (2008)"
    >>> print(tree("Trafficking in persons", cell).pretty(cell))
    cell
      section
        heading 'tier rating:'
        space ' '
        tier 'Tier 3'
        space ' '
        as_of
          open '('
          years '2008'
          close ')'
    """
    stated = [_stated_node(statement) for statement in statements(text)]
    found: list[Value] = []
    for section in sections(text):
        start = section.heading[1] if section.heading else section.start
        inside = [*_section_nodes(text, section), *(node for node in stated if start <= node.start < section.end)]
        found.append(filled("section", start, section.end, _apart(inside, start, section.end)))
    # Statements outside all sections: a cell need have neither a heading nor a tier.
    found += [node for node in stated if not any(part.start <= node.start < part.end for part in found)]
    return worded(filled("cell", 0, len(text), _apart(found, 0, len(text))), text)


def _section_nodes(text: str, section: Section) -> Iterator[Value]:
    """Yield the nodes of a section's heading and tiers, and of the names and dates of its ratings; some overlap."""
    if section.heading:
        yield Value("heading", *section.heading[1:])
    for name, start, end in section.tokens:
        yield Value("decoy" if name == "DECOY" else "tier", start, end)
    for rating in ratings(text, section):
        if rating.listed:
            yield Value("name", rating.start, rating.end)
        if rating.date:
            yield expanded("date", text, Value("as_of", *rating.date))


def _stated_node(statement: Statement) -> Value:
    leaves = [Value(name.lower(), start, end) for name, start, end in statement.tokens]
    return filled("statement", leaves[0].start, leaves[-1].end, leaves)


def _apart(nodes: list[Value], start: int, end: int) -> list[Value]:
    """Return the ``nodes`` that lie in ``text[start:end]``, in reading order; of two that overlap only the first."""
    found: list[Value] = []
    for node in sorted(nodes, key=lambda node: (node.start, -node.end)):
        if node.start >= start and node.end <= end:
            found.append(node)
            start = node.end
    return found
