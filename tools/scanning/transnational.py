"""Faults of Transnational Issues: kinds D of the list, and those of displaced persons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from factparse.core.facts import DisputeClause, DrugRole
from factparse.vocabulary import country_named
from tools.scanning.cells import Cell
from tools.scanning.detector import Detectors

transnational: Final = Detectors()

_BRACKET_INSIDE: Final = re.compile(
    r"(?P<first>[A-Z][\w'-]+) \((?P<other>[A-Z][^()]*)\) "
    r"(?:Islands?|Island Group|Sea|Strip|River|Triangle|Archipelago)\b"
)


@transnational("D1", "a place whose name holds a bracket, an apostrophe or an adjective is cut")
def cut_places(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        if not isinstance(fact, DisputeClause):
            continue
        yield from (
            place for place in fact.places if place in {"Islands", "Island", "Antarctic Territory", "Territory", "Sea"}
        )
        for found in _BRACKET_INSIDE.finditer(fact.text):
            if found["first"] in fact.places or found["other"] in fact.places:
                yield found[0]
        yield from (place for place in fact.places if re.search(rf"\b{re.escape(place)} ['‘’`][A-Z]", fact.text))


_BOUND: Final = re.compile(r"\b(?:bound|destined) for (?P<list>[^;.()\n]+)")
_PLACE: Final = re.compile(r"(?:the )?(?P<name>[A-Z][\w']+(?: (?:and |of |the )*[A-Z][\w']+)*)(?: markets?)?")
_ADJECTIVE_END: Final = re.compile(r"(?<=[a-z]{3})(?:i?ans?|ese|n)$")
# Behind the place begins what stands under the cell, or how the drug goes there.
_BEYOND: Final = re.compile(r" via | \[|(?<=[a-z]) (?=[A-Z]{4})")
_FROM: Final = re.compile(
    r"\b(?:(?:South|North)(?:west|east)?|West|East|Latin|[A-Z][a-z]+(?:an|ese|ine))(?: (?:Asian|American|African))? "
    r"(?:heroin|cocaine|opium|hashish|cannabis|marijuana|opiates|methamphetamine)\b"
)


@transnational("D2", "a destination of a list, or the origin of a drug, is lost")
def lost_flow(cell: Cell) -> Iterator[str]:
    roles = [fact for fact in cell.facts if isinstance(fact, DrugRole)]
    if not roles:
        return
    told = " ".join(place for role in roles for place in role.destinations)
    stems = f"{told} {told.replace('United States', 'US')}"
    for found in _BOUND.finditer(cell.text):
        for piece in re.split(r", (?:and )?| and (?=the |[A-Z])", _BEYOND.split(found["list"], maxsplit=1)[0]):
            place = _PLACE.fullmatch(piece.strip())
            # An adjective before "markets" is told by the name of its place: South African, South Africa.
            if place is not None and _ADJECTIVE_END.sub("", place["name"]) not in stems:
                yield found[0][:90]
                break
    # What a country makes comes from nowhere.
    taken = [role for role in roles if role.role in {"transit", "consumer"}]
    for role in taken if not any(role.origins for role in taken) else ():
        end = cell.text.find(";", role.span[-1])
        clause = cell.text[cell.text.rfind(";", 0, role.span[0]) + 1 : end if end > 0 else len(cell.text)]
        if drug := _FROM.search(clause):
            yield drug[0]


@transnational("D3", "one role of the drug trade twice")
def role_twice(cell: Cell) -> Iterator[str]:
    roles = Counter(fact.role for fact in cell.facts if isinstance(fact, DrugRole))
    yield from (f"{role} {times} times: {cell.text[:80]}" for role, times in roles.items() if times > 1)


@transnational("D4", "what is pending is resolved; who claims is no party")
def pending(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        if not isinstance(fact, DisputeClause):
            continue
        if (
            re.search(r"\bpending ratification|ratification (?:is )?pending|awaits? ratification", fact.text)
            and fact.status == "resolved"
        ):
            yield fact.text
        claimed = re.search(r"\bclaim(?:s|ed by)?\b", fact.text) and fact.kind == "territorial sovereignty"
        if claimed and len(fact.parties) > 1 and not _has_side(fact):
            yield fact.text


def _has_side(fact: DisputeClause) -> bool:
    """Tell whether the subject is a party, by whatever name; a territory that is claimed is none itself."""
    country = country_named(fact.subject or "")
    if country is None or country.kind != "country":
        return True
    return fact.subject in fact.parties or country.short in fact.parties or fact.subject_code in fact.party_codes


_GLUED: Final = re.compile(r"(?<![A-Za-z])[a-z]{4,}[A-Z][a-z]{3,} ")


@transnational("D5", "two clauses that lost their semicolon are one")
def glued_clauses(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        if isinstance(fact, DisputeClause):
            yield from (found[0] for found in _GLUED.finditer(fact.text))


@transnational("D6", "nothing is told, and a dispute is active")
def nothing_told(cell: Cell) -> Iterator[str]:
    for fact in cell.facts:
        empty = fact.text.strip(' .;"').lower() in {"na", "n/a", "undetermined", "nil", "none"}
        if isinstance(fact, DisputeClause) and empty and fact.kind != "no dispute":
            yield fact.text
