"""The classes of facts.

JSON has the same names, and ``type`` names the class. ``docs/facts.md`` describes each with examples. Every fact says
where it was read: ``span`` cuts ``text`` out of the page's text, character for character.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import attrs

from factparse.core.spans import Span


@attrs.frozen(kw_only=True)
class Fact:
    """The fields of every fact.

    ``subject`` is the country as the Factbook writes it (``None`` if the page does not show whose cell it is).
    ``subject_code`` is its ISO 3166-1 alpha-3 code (``None`` if it has none), and ``subject_gec`` is the Factbook's own
    code of two letters. ``field`` is the canonical name of the field. ``edition`` is the year that the header of the
    column prints. If it prints none, ``edition`` is ``None``, or the edition of the page if that was asked for.
    ``confidence`` (0 to 1) says how sure it is that the text belongs to ``subject``. A ``derived`` fact was not read,
    but sums up other facts of its cell.

    ``about`` names the fields of the class that say what a fact is about, within its field of the Factbook. Facts of
    two pages that agree in them are one fact to :func:`factparse.diff`, perhaps with another value.
    """

    about: ClassVar[tuple[str, ...]] = ()
    subject: str | None
    subject_code: str | None
    subject_gec: str | None = None
    topic: str | None
    field: str
    edition: str | None = None
    text: str
    span: Span
    confidence: float = 1.0
    derived: bool = False

    def to_dict(self, *, full: bool = False) -> dict[str, Any]:
        """The fact as plain values, as in JSON. Fields at their default are left out, unless ``full`` is true.

        :meth:`from_dict` reads it back.

        >>> from factparse import extract
        >>> [fact] = extract("Coastline", "5 km", subject="Togo")
        >>> fact.to_dict()
        {'type': 'Quantity', 'value': 5, 'unit': 'km', 'subject': 'Togo', 'subject_code': 'TGO', 'subject_gec': 'TO', \
'topic': None, 'field': 'Coastline', 'text': '5 km', 'span': [0, 4]}
        """
        from factparse.core.written import fact_dict

        return fact_dict(self, full=full)

    @staticmethod
    def from_dict(written: Mapping[str, Any]) -> AnyFact:
        """The fact that ``written`` describes. It comes from :meth:`to_dict`, or from JSON of any version.

        Raises :class:`~factparse.SourceError` (``bad-json``) if ``written`` is no fact, or if no output can hold one of
        its numbers.
        """
        from factparse.core.written import fact_of

        return fact_of(dict(written) if isinstance(written, Mapping) else written)


@attrs.frozen(kw_only=True)
class Dated(Fact):
    """A fact with the date for which it holds: ``date`` as printed (``2020 est.``), and the last ``year`` in it.

    ``start`` and ``end`` are the first and last day of the date in ISO 8601 (``2020-01-01``, ``2020-12-31``), so that
    facts can be sorted. ``estimated`` says that the date calls the fact an estimate.
    """

    date: str | None = None
    start: str | None = None
    end: str | None = None
    year: int | None = None
    estimated: bool = False


@attrs.frozen(kw_only=True)
class Quantity(Dated):
    """A number with all that belongs to it.

    ``value`` is multiplied out (``1.27 million`` is 1270000). It is ``None`` for ``NA``, and for a range, which has
    ``low`` and ``high`` instead. ``unit`` is ``%``, the ISO 4217 code of a currency, ``persons``, or as printed.
    ``of`` is what the number counts or is a part of. ``path`` has the sub-labels above the number. ``qualifier`` is
    ``at least`` and the like. ``rank`` is its place in the country comparison. ``period`` is set if the date spans
    years (``2010-15``).
    """

    about = ("path", "of")
    type: Literal["Quantity"] = attrs.field(default="Quantity", init=False)
    path: tuple[str, ...] = ()
    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    of: str | None = None
    qualifier: str | None = None
    period: str | None = None
    rank: int | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class Share(Dated):
    """A named part of a whole, in percent: ``Kazakh 68%``. A range has ``low`` and ``high`` and no ``percent``."""

    about = ("path", "name")
    type: Literal["Share"] = attrs.field(default="Share", init=False)
    path: tuple[str, ...] = ()
    name: str
    percent: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    qualifier: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class Item(Dated):
    """An entry of a list that has no figure, such as one of ``coal, iron ore``."""

    about = ("path", "name")
    type: Literal["Item"] = attrs.field(default="Item", init=False)
    path: tuple[str, ...] = ()
    name: str
    note: str | None = None


@attrs.frozen(kw_only=True)
class Coordinates(Dated):
    """A place in decimal degrees. North and east are positive. It is as exact as the print, mostly to the minute."""

    about = ("path",)
    type: Literal["Coordinates"] = attrs.field(default="Coordinates", init=False)
    path: tuple[str, ...] = ()
    latitude: float
    longitude: float
    unit: Literal["degrees"] = attrs.field(default="degrees", init=False)


@attrs.frozen(kw_only=True)
class TextValue(Dated):
    """Text that is not read further: prose, names, dates in words."""

    about = ("path",)
    type: Literal["TextValue"] = attrs.field(default="TextValue", init=False)
    path: tuple[str, ...] = ()
    value: str


Tier = Literal["Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3"]


@attrs.frozen(kw_only=True)
class TierRating(Dated):
    """The US State Department's trafficking tier of the subject, with the reason given for it."""

    type: Literal["TierRating"] = attrs.field(default="TierRating", init=False)
    tier: Tier
    rationale: str | None = None


@attrs.frozen(kw_only=True)
class TraffickingRole(Dated):
    """The role of the subject in human trafficking.

    ``hedged`` says that the role is only possible, or of a lesser extent.
    """

    about = ("role",)
    type: Literal["TraffickingRole"] = attrs.field(default="TraffickingRole", init=False)
    role: Literal["source", "transit", "destination"]
    hedged: bool = False


Population = Literal["refugees", "idps", "stateless", "asylum seekers", "other"]


@attrs.frozen(kw_only=True)
class DisplacedPersons(Dated):
    """One figure of displaced or stateless persons.

    ``count`` is ``None`` for ``undetermined`` and ``NA``. ``count_max`` is the upper end of a range. ``origin`` is as
    printed. ``origin_code`` is the ISO 3166-1 alpha-3 code of the country that ``origin`` names, if it names one.
    """

    about = ("population", "origin")
    type: Literal["DisplacedPersons"] = attrs.field(default="DisplacedPersons", init=False)
    population: Population
    count: int | None
    count_max: int | None = None
    qualifier: str | None = None
    origin: str | None = None
    origin_code: str | None = None
    cause: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class DrugRole(Dated):
    """The role of the subject in the drug trade, with the ``substances`` (canonical names in lower case).

    A cell gives one fact for each role. It sums up all mentions of the role. The span has a piece for each mention.

    ``origins`` and ``destinations`` are the regions or countries from and to which the text says the drugs go.
    ``hedged`` says that the role is only possible, or of a lesser extent.
    """

    about = ("role",)
    type: Literal["DrugRole"] = attrs.field(default="DrugRole", init=False)
    role: Literal["cultivator", "producer", "transit", "consumer", "source of precursors", "money laundering"]
    substances: tuple[str, ...] = ()
    hedged: bool = False
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()


DisputeKind = Literal[
    "land boundary",
    "maritime boundary",
    "territorial sovereignty",
    "water or resources",
    "cross-border security or migration",
    "treaty or legal",
    "no dispute",
    "other",
]
DisputeStatus = Literal[
    "active",
    "ongoing demarcation or delimitation",
    "resolved",
    "dormant or suspended",
    "pending ratification or adjudication",
    "unclear",
]


@attrs.frozen(kw_only=True)
class DisputeClause(Fact):
    """One clause of ``Disputes - international``. ``text`` is the clause as printed, without its semicolon.

    ``parties`` are short canonical names (``North Korea``). ``implied`` are the parties that the clause does not print.
    ``party_codes`` are the ISO 3166-1 alpha-3 codes of the parties, in order. A party without a code has ``None``.
    """

    type: Literal["DisputeClause"] = attrs.field(default="DisputeClause", init=False)
    parties: tuple[str, ...] = ()
    party_codes: tuple[str | None, ...] = ()
    implied: tuple[str, ...] = ()
    third_parties: tuple[str, ...] = ()
    kind: DisputeKind
    status: DisputeStatus
    places: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    forum: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    header: str | None = None


AnyFact = (
    Quantity
    | Share
    | Item
    | Coordinates
    | TextValue
    | TierRating
    | TraffickingRole
    | DisplacedPersons
    | DrugRole
    | DisputeClause
)
