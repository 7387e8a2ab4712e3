"""Illicit drugs: what the country does in the trade, and with which substances.

``grammars/fields/drugs.lark`` has the words, ``substances.tsv`` the canonical names. What a clause denies (from ``not``
to the next ``but``) is passed over. The word printed decides the role (``cultivation of cannabis`` a cultivator,
``producer of cannabis`` a producer). Substances belong to the role word that they stand right before (``cannabis
cultivation``), else to the one before them (``producer of cannabis``), else to the next one (``cocaine ... is
used locally``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import attrs

from factparse.core.facts import DrugRole
from factparse.core.frozen import maker
from factparse.extract.context import Context
from factparse.extract.drugs.flows import NO_FLOW, Flow, flow, leads
from factparse.language import is_as_of, read_as_of, split_clauses
from factparse.language.plans import Cut
from factparse.language.scanner import cell, words
from factparse.vocabulary import country_named

FIELDS = ("Illicit drugs",)

_ROLES = {
    "CULTIVATION": "cultivator",
    "PRODUCTION": "producer",
    "TRANSIT": "transit",
    "CONSUMPTION": "consumer",
    "LAUNDERING": "money laundering",
}
_LONGEST_KEPT = 2000
_UNDATED = (None, None, False)
_made = maker(DrugRole)
_PRECURSORS = "precursor chemicals"
_NEAR = 2  # words that may stand between a role word and "is low"
# What may stand between a substance and the role word it qualifies, between two of a list, between two role words.
_COMPOUND = re.compile(r"[ -](?:(?:also|abuse|often|then|still) )?|\s?\([^()]*\) ")
_PASSIVE = re.compile(
    r"(?:\s?\([^()]*\))?,? (?:is|are|was|were|(?:has|have|had) been|continues? to be)(?: (?:also|still|[a-z]++ly))*+ "
)
_LISTED = re.compile(
    r"\s?(?:\([^()]*\))?(?:[,/]|,? ?(?:and|or|as well as))(?:,? to an? (?:much )?lesser (?:extent|degree),)?"
    r"(?: (?:and|or|some|more recently|illicit|limited|small amounts of|high-quality|[a-z]+ing))*"
    r"\s?(?:[A-Z][\w-]*\s){0,4}"
)
_JOINED = re.compile(
    r"(?:-|\s)?(?:country|nation|point|area|center|hub|zone|route|location)?(?: for| of)?,?(?: and/or| and| or|,)"
    r"(?: is| also| an?| the)*(?: [\w'-]+){0,3}? ?"
)
_ATTRIBUTIVE = re.compile(r"(?:grown|cultivated|-produced|-made|y (?:produced|made|manufactured))$", re.IGNORECASE)
_EITHER = re.compile(r"\band/or\b")
_VERB = re.compile(r"transit(?:ing|ed|s)", re.IGNORECASE)
_NEEDS_SUBSTANCE = re.compile(
    r"use(?: of)?|usage|users|demand(?: for)?|grown|cultivated|grows|sources?|process\w*", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:for|used|needed|to make|to produce)\b")
_GUARDED = re.compile(
    r"(?:against|combat|counter|prevent|fight|curb|address|stop|deter|criminaliz)(?:ing|e?s)? "
    r"(?:drug |narcotics |the )?$"
    r"|^[ -](?:controls|laws?|legislation|regime|measures)"
)
_EXPOSED = re.compile(r"vulnerab|suscept|\blax\b|\bweak|concern|problem", re.IGNORECASE)
_OTHERS = re.compile(
    r"[A-Za-z() ]{0,90}?\b(?:groups?|organizations?|syndicates|traffickers|cartels)\b[A-Za-z() ]{0,30}? (?:are|is) "
)
_PLACE = re.compile(r" in (?:the )?([A-Z][\w'’]*+(?: (?:of |the |and )?[A-Z][\w'’]*+)*+)(?! (?:and|or)\b|[,/-])")
_MAKING = frozenset({"cultivator", "producer"})
_CLOSING = re.compile(r"\(([^()]+)\)\W*$")


@attrs.define
class _Act:
    """A role word of a clause, with the tokens of the substances it is said of."""

    name: str
    start: int
    end: int
    substances: list[Cut]
    hedged: bool = False
    licit: bool = False  # a substance of it is called legal
    generic: bool = False  # drugs are named right behind it, though not which
    fallback: list[Cut] = attrs.field(factory=list)


class _Told(NamedTuple):
    """A role as its clause tells it: where, which, and the rest of the fact."""

    start: int
    end: int
    role: str
    substances: tuple[str, ...]
    hedged: bool
    flow: Flow


@cache
def _canonical() -> dict[str, str]:
    lines = files(__package__).joinpath("substances.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


_DRUGS = frozenset({"SUBSTANCE", "GENERIC"})
_FLOWING = frozenset({"TRANSIT", "PRODUCTION"})
_OTHER_NOUNS = frozenset({"group", "groups", "organization", "organizations", "syndicates", "traffickers", "cartels"})


@lru_cache(maxsize=1024)
def substance(printed: str) -> str:
    """Return the canonical name of a substance.

    >>> substance("Marijuana"), substance("opium poppy"), substance("heroin precursor chemicals"), substance("kush")
    ('cannabis', 'opium', 'precursor chemicals', 'kush')
    """
    name = printed.lower()
    if "precursor" in name or "essential chemical" in name:
        return _PRECURSORS
    return _canonical().get(name, name)


def facts(context: Context) -> tuple[DrugRole, ...]:
    """Return one fact a role and clause, in reading order. What a text denies, or calls legal, is no role.

    >>> from factparse.extract import extract
    >>> for fact in extract("Illicit drugs", "transit point for heroin and cocaine; limited cannabis cultivation"):
    ...     print(fact.role, fact.substances)
    transit ('heroin', 'cocaine')
    cultivator ('cannabis',)
    """
    text = context.text
    closing = _CLOSING.search(text, max(0, len(text) - 40))
    date = read_as_of(closing[1]) if closing and is_as_of(closing[1]) else None
    printed, year, estimated = (date.date, date.year, date.estimated) if date else _UNDATED
    subject, code, topic, field = context.subject, context.subject_code, context.topic, context.field
    part, sure = context.span.part, context.confidence
    found: list[DrugRole] = []
    for start, end in split_clauses(text):
        clause = text[start:end]
        for told in (_kept if end - start <= _LONGEST_KEPT else _read)(clause):
            first, last, role, substances, hedged, (origins, destinations) = told
            if subject and role in _MAKING and _elsewhere(subject, clause, last):
                continue
            found.append(
                _made(
                    *(subject, code, topic, field, clause[first:last], part(start + first, start + last), sure),
                    *(printed, year, estimated, role, substances, hedged, origins, destinations),
                )
            )
    return tuple(found)


def _elsewhere(subject: str, clause: str, last: int) -> bool:
    """Whether a role that ends at ``last`` is said of another country (``the cultivation of coca in Peru``)."""
    place = _PLACE.match(clause, last)
    country = country_named(place[1]) if place else None
    return country is not None and country.kind == "country" and country.name != subject


def _read(clause: str) -> tuple[_Told, ...]:
    """Return what a clause tells by itself."""
    split = cell(clause)
    tokens = words("fields/drugs.lark").of(clause, split)
    acts = _acts(clause, tokens) if tokens else ()
    if not acts:
        return ()
    names = [act.name for act in acts]
    if not _OTHER_NOUNS.isdisjoint(split.words) and "LAUNDERING" not in names and _OTHERS.match(clause):
        return ()
    flows = NO_FLOW
    if not _FLOWING.isdisjoint(names):
        drugs = [at for name, at, _ in tokens if name in _DRUGS] if "TRANSIT" in names else ()
        flows = flow(clause, leads(split), drugs)
    return tuple([told for act in acts for told in _told(clause, act, flows if act.name in _FLOWING else NO_FLOW)])


@lru_cache(maxsize=4096)
def _kept(clause: str) -> tuple[_Told, ...]:
    """Read a clause once: the same one stands in many cells, of other years and countries."""
    return _read(clause)


def _acts(text: str, tokens: Sequence[Cut]) -> list[_Act]:
    """Return the acts of a clause: those of its stretches that no word denies."""
    acts: list[_Act] = []
    stretch: _Stretch | None = _Stretch(text)
    for token in tokens:
        name = token[0]
        if name == "NEG" or name == "BUT":
            if stretch is not None:
                acts += stretch.finish()
            stretch = _Stretch(text) if name == "BUT" else None
        elif stretch is not None:
            stretch.read(token)
    return acts + stretch.finish() if stretch is not None else acts


def _told(text: str, act: _Act, flow: Flow) -> list[_Told]:
    """Return what an act tells: two roles where a country makes both a drug and precursors."""
    role = _ROLES[act.name]
    first, last = act.start, act.end
    names: tuple[str, ...] = ()
    if act.substances:
        first = min(first, *[start for _, start, _ in act.substances])
        last = max(last, *[end for _, _, end in act.substances])
        names = tuple(dict.fromkeys([substance(text[start:end]) for _, start, end in act.substances]))
    told: list[_Told] = []
    if role == "producer" and _PRECURSORS in names:
        others = tuple([name for name in names if name != _PRECURSORS])
        if others:
            told.append(_Told(first, last, role, others, act.hedged, flow))
        role, names = "source of precursors", (_PRECURSORS,)
    told.append(_Told(first, last, role, names if role != "money laundering" else (), act.hedged, flow))
    return told


class _Stretch:
    """A stretch of statements as it is read: its acts, the substances nobody has claimed, and who claims the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.acts: list[_Act] = []
        self.loose: list[Cut] = []
        self.scope: _Act | None = None
        self.next_only: _Act | None = None
        self.hedged = self.licit = False

    def read(self, token: Cut) -> None:
        name, first, _ = token
        if name in _ROLES:
            self.role(token)
        elif name == "SUBSTANCE":
            self.substance(token)
        elif name == "GENERIC" and self.scope is not None:
            self.scope.generic = True
        elif name == "HEDGE":
            self.hedged = True
        elif name == "LICIT":
            self.licit = self.text[first - 1 : first] != "("
        elif name == "PURPOSE" and self.scope is not None:
            if self.scope.substances and _only_precursors(self.scope, self.text):
                self.scope = None  # what precursors are for is not what the country makes
        elif name == "INTO" and self.scope is not None:
            self.scope.substances.clear()  # what is turned into a drug is not what is made
        elif name == "LOW" and self.acts and len(self.text[self.acts[-1].end : first].split()) <= _NEAR:
            self.acts.pop()
            self.scope = None

    def substance(self, token: Cut) -> None:
        self.loose.append(token)
        if self.scope is not None:
            if self.licit:
                self.scope.licit, self.licit = True, False
            elif self._for_precursors(token):
                self.scope = None
            else:
                self.scope.substances.append(token)
        if self.next_only is not None:
            self.next_only.substances.append(token)
            self.next_only = None

    def _for_precursors(self, token: Cut) -> bool:
        """Whether a substance is what precursors before it are for (``precursors for heroin and cocaine``)."""
        known = self.scope.substances if self.scope is not None else []
        return bool(
            known
            and substance(self.text[known[-1][1] : known[-1][2]]) == _PRECURSORS
            and _FOR.search(self.text, known[-1][2], token[1])
        )

    def role(self, token: Cut) -> None:
        name, first, last = token
        if self.scope is not None and self.scope.name == name and _VERB.fullmatch(self.text, first, last):
            return  # heroin transiting the Balkans: the flow of which a role word before has told
        act = _Act(name, first, last, [], hedged=self.hedged)
        run = _run_before(self.loose, first, self.text)
        attributive = not run and _ATTRIBUTIVE.search(self.text, first, last) is not None
        if run and self.scope is not None:
            run = run[-1:]
            self.scope.substances = [token for token in self.scope.substances if token not in run]
        act.substances = run
        keep = not self.licit and _is_act(act, self.text)
        self.licit = False
        if keep:
            self.acts.append(act)
        if attributive and self.scope is not None:
            self.next_only = act if keep else None
            return
        if keep and not run and self.loose and self.scope is None and name in ("TRANSIT", "CONSUMPTION"):
            act.fallback = self.loose
        self.loose = []
        self.scope = act if keep and not run else None

    def finish(self) -> list[_Act]:
        """Return the role words with their substances; those of which no drug is said are left out."""
        acts = self.acts
        if len(acts) > 1:
            _share(acts, self.text)
        if not [act for act in acts if not act.substances]:
            return acts
        for act in acts:
            act.substances = act.substances or act.fallback
        better = {act.name for act in acts if act.substances and not _only_precursors(act, self.text)}
        return [act for act in acts if act.substances or _says_enough(act, better, self.text)]


def _says_enough(act: _Act, better: Set[str], text: str) -> bool:
    """Whether a role word without a substance is a role: ``use`` must be of drugs, and no ``better`` one be told."""
    if act.licit or (not act.generic and _NEEDS_SUBSTANCE.fullmatch(text, act.start, act.end)):
        return False
    return act.name not in better


def _only_precursors(act: _Act, text: str) -> bool:
    return all(substance(text[first:last]) == _PRECURSORS for _, first, last in act.substances)


def _run_before(loose: Sequence[Cut], at: int, text: str) -> list[Cut]:
    """Return the list of substances that stands right before the role word at ``at``."""
    run: list[Cut] = []
    gap = _COMPOUND
    if loose and _PASSIVE.fullmatch(text, loose[-1][2], at):
        run, loose, gap = [loose[-1]], loose[:-1], _LISTED  # cannabis and coca are grown
        at = run[0][1]
    for token in reversed(loose):
        if not gap.fullmatch(text, token[2], at):
            break
        run.insert(0, token)
        at, gap = token[1], _LISTED
    return run


def _is_act(act: _Act, text: str) -> bool:
    """Whether a role word says what the country does: measures against laundering do so only where they are weak."""
    if act.name != "LAUNDERING":
        return True
    guarded = (
        text[act.start : act.start + 4].lower() == "anti"
        or _GUARDED.search(text[max(0, act.start - 24) : act.start])
        or _GUARDED.search(text[act.end : act.end + 12])
    )
    if guarded:
        act.hedged = True
        return _EXPOSED.search(text) is not None
    return True


def _share(acts: list[_Act], text: str) -> None:
    """Give role words joined by ``and`` the substances of the other, the last one's first."""
    for act, following in zip(reversed(acts[:-1]), reversed(acts[1:]), strict=True):
        if _JOINED.fullmatch(text, act.end, following.start):
            act.substances = act.substances or list(following.substances)
            following.substances = following.substances or list(act.substances)
            act.generic = act.generic or following.generic
            if _EITHER.search(text, act.end, following.start):
                act.hedged = following.hedged = True
