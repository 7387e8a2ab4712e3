"""The disputes of many pages as a graph: who is at odds with whom, over what, and where it was read.

Each country's entry tells its own side. So most disputes stand in two entries or more, and are put together here.
``docs/disputes.md`` draws an example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact, DisputeClause, DisputeKind, DisputeStatus, Fact
from factparse.core.spans import Span
from factparse.output.json import PageLike
from factparse.vocabulary import country_named

if TYPE_CHECKING:
    from networkx import MultiGraph

# If two sides tell different states, the more open state is believed.
_OPENNESS: Final[tuple[DisputeStatus, ...]] = (
    "active",
    "ongoing demarcation or delimitation",
    "pending ratification or adjudication",
    "dormant or suspended",
    "resolved",
    "unclear",
)


@attrs.frozen
class Evidence:
    """A clause that tells of a dispute: ``subject`` is the country whose entry it stands in, ``text`` its words.

    ``source`` is where the page was read; it is ``None`` for a fact that was given without its page.
    """

    subject: str | None
    text: str
    span: Span
    source: attrs.AttrsInstance | None = None


@attrs.frozen
class Dispute:
    """A dispute of two parties, put together from the clauses in ``evidence``.

    ``parties`` are in alphabetical order, ``years`` rise, and all else is in the order in which it was read. Where
    clauses tell different states, ``status`` is the one that is most open.
    """

    parties: tuple[str, str]
    kind: DisputeKind
    status: DisputeStatus
    years: tuple[int, ...]
    places: tuple[str, ...]
    instruments: tuple[str, ...]
    forum: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@attrs.frozen
class Disputes:
    """The disputes of many pages, in the order of their parties' names.

    >>> from factparse.extract import extract
    >>> fiji = extract("Disputes - international", "maritime boundary dispute with Tonga", subject="Fiji")
    >>> tonga = extract("Disputes - international", "maritime boundary dispute with Fiji", subject="Tonga")
    >>> [(d.parties, d.kind, len(d.evidence)) for d in disputes([*fiji, *tonga])]
    [(('Fiji', 'Tonga'), 'maritime boundary', 2)]
    """

    edges: tuple[Dispute, ...]

    def __iter__(self) -> Iterator[Dispute]:
        return iter(self.edges)

    def __len__(self) -> int:
        return len(self.edges)

    def of(self, *parties: str) -> Disputes:
        """The disputes in which all of ``parties``, given by their short names, have a side."""
        return Disputes(tuple(edge for edge in self.edges if set(parties) <= set(edge.parties)))

    def to_networkx(self) -> MultiGraph:
        """A multigraph: each node is a party, each edge a dispute with its fields as attributes.

        Raises :class:`~factparse.UsageError` (``graph-missing``) if networkx is not installed.
        """
        from factparse.output.networks import multigraph

        return multigraph(map(_row, self.edges))

    def to_graphml(self) -> str:
        """The graph as GraphML, with lists joined by ``; ``. Raises what :meth:`to_networkx` raises."""
        from factparse.output.networks import graphml

        return graphml(map(_row, self.edges))

    def to_json(self, *, indent: int | None = None) -> str:
        """The graph as node-link JSON (``nodes``, ``edges``). Raises what :meth:`to_networkx` raises."""
        from factparse.output.networks import node_link

        return node_link(map(_row, self.edges), indent)

    def to_svg(self) -> str:
        """The graph as a picture, an SVG file: parties on a circle, a curve for each dispute.

        Colours show the kind. A dashed curve is a dispute that is not open. Pointing at a curve shows the rest. Sixty
        parties are still readable. Use :meth:`of`, or some of the ``edges``, to draw a part of a larger graph.
        """
        from factparse.output.dispute_svg import graph_svg

        return graph_svg(self.edges)

    def _repr_svg_(self) -> str:
        """The graph as a notebook shows it."""
        return self.to_svg()


Given = PageLike | AnyFact | Iterable[PageLike | AnyFact]
"""A page, a fact, or several of both."""


def disputes(pages: Given) -> Disputes:
    """The disputes that ``pages`` tell of. Each comes once, whichever side tells it.

    ``pages`` are :class:`factparse.Page` objects, facts, or both mixed, or a single one of these.

    A clause gives an edge between its subject and each other party. If the subject is not a party (an ocean, a
    territory), the clause gives an edge between each two of its parties. A clause that denies a dispute gives none.
    Raises :class:`~factparse.UsageError` (``not-facts``) if something else is given.

    Two clauses tell the same dispute if they have the same two parties and the same kind, and one of these holds: they
    name a common place; they have the same words; they stand in entries of different countries, and one of them names
    no place.

    >>> import factparse
    >>> text = "maritime boundary dispute with Tonga"
    >>> facts = factparse.extract("Disputes - international", text, subject="Fiji")
    >>> [(dispute.parties, dispute.kind, dispute.status) for dispute in disputes(facts)]
    [(('Fiji', 'Tonga'), 'maritime boundary', 'active')]
    """
    groups: dict[tuple[str, str, str], list[_Group]] = {}
    for clause, source in _clauses(pages):
        for pair in _pairs(clause):
            same = groups.setdefault((*pair, clause.kind), [])
            group = next((group for group in same if group.tells(clause)), None)
            if group is None:
                group = _Group()
                same.append(group)
            group.add(clause, source)
    made = [group.dispute((a, b)) for (a, b, _), same in sorted(groups.items()) for group in same]
    return Disputes(tuple(made))


def _clauses(pages: Given) -> Iterator[tuple[DisputeClause, attrs.AttrsInstance | None]]:
    several = [pages] if isinstance(pages, Fact) or callable(getattr(pages, "facts", None)) else pages
    for page in cast("Iterable[Any]", several):
        if isinstance(page, DisputeClause):
            yield page, None
        elif callable(getattr(page, "facts", None)):
            yield from ((fact, page.source) for fact in page.facts() if isinstance(fact, DisputeClause))
        elif not isinstance(page, Fact):
            message = f"disputes takes pages and facts, not {page.__class__.__name__}; factparse.read gives pages"
            raise UsageError("not-facts", message)


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    country = country_named(name)
    return country.short if country else name


def _pairs(clause: DisputeClause) -> list[tuple[str, str]]:
    """The pairs of parties that a clause sets against each other. A pair is in alphabetical order, whoever tells it."""
    if clause.kind == "no dispute":
        return []
    subject = _short(clause.subject) if clause.subject else None
    # A subject that is a party is at odds with the others. The clause does not say what these have against each other.
    if subject in clause.parties:
        return [(min(subject, party), max(subject, party)) for party in clause.parties if party != subject]
    return [(min(pair), max(pair)) for pair in combinations(clause.parties, 2)]


class _Group:
    """The clauses met so far that tell one dispute, with what identifies it."""

    def __init__(self) -> None:
        self.clauses: dict[tuple[str | None, str], tuple[DisputeClause, attrs.AttrsInstance | None]] = {}
        self.places: set[str] = set()
        self.subjects: set[str | None] = set()
        self.texts: set[str] = set()

    def tells(self, clause: DisputeClause) -> bool:
        """Whether ``clause`` tells this dispute too, by the rule of :func:`disputes`."""
        if not self.places.isdisjoint(clause.places) or _plain(clause.text) in self.texts:
            return True
        # A clause of another country tells the same dispute, unless both name places and have none in common.
        return clause.subject not in self.subjects and not (self.places and clause.places)

    def add(self, clause: DisputeClause, source: attrs.AttrsInstance | None) -> None:
        """Add ``clause``, unless another page had a clause with the same subject and words."""
        text = _plain(clause.text)
        self.clauses.setdefault((clause.subject, text), (clause, source))
        self.texts.add(text)
        self.subjects.add(clause.subject)
        self.places.update(clause.places)

    def dispute(self, parties: tuple[str, str]) -> Dispute:
        """The dispute that all the clauses tell together."""
        told = [clause for clause, _ in self.clauses.values()]
        return Dispute(
            parties,
            told[0].kind,
            min((clause.status for clause in told), key=_OPENNESS.index),
            tuple(sorted({year for clause in told for year in clause.years})),
            tuple(dict.fromkeys(place for clause in told for place in clause.places)),
            tuple(dict.fromkeys(paper for clause in told for paper in clause.instruments)),
            tuple(dict.fromkeys(body for clause in told for body in clause.forum)),
            tuple(Evidence(clause.subject, clause.text, clause.span, src) for clause, src in self.clauses.values()),
        )


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _row(dispute: Dispute) -> tuple[str, str, dict[str, Any]]:
    """The ends and the attributes of an edge, as plain values for the formats of ``output/networks.py``."""
    values = attrs.asdict(dispute, recurse=False)
    first, second = values.pop("parties")
    values["evidence"] = [
        {
            "subject": told.subject,
            "text": told.text,
            "span": list(told.span),
            "source": attrs.asdict(told.source) if told.source else None,
        }
        for told in dispute.evidence
    ]
    return first, second, values
