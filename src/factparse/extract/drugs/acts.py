"""Reads what a clause says of drugs: its role words (*acts*), each with the substances that it is said of.

Substances belong to the role word right behind them (``cannabis cultivation``), else to the one before them (``producer
of cannabis``), else to the next one (``cocaine ... is used locally``). The words between may change that: what
precursors are for, what is turned into a drug, or what is legal, is not what the country makes.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache
from typing import Final

import attrs

from factparse.core.words import mapping
from factparse.extract.drugs.joints import DRUGS, ROLES, is_a
from factparse.language.plans import Cut, Plan, terminal

PRECURSORS: Final = "precursor chemicals"
_NAMING: Final = frozenset({"qualified", "substances", "substance"})
_JOINTS: Final = frozenset({"JOINED", "EITHER"})
_NEAR: Final = 2  # words that may stand between a role word and what takes it back, "is low"
_BEFORE: Final = 24  # characters before a role word in which a measure against it is named
_BEHIND: Final = 12  # and those behind it


@attrs.define
class Act:
    """A role word of a clause, with the tokens of the substances it is said of; its places are those of the clause.

    ``name`` is its terminal, a key of :data:`factparse.extract.drugs.joints.ROLES`; ``fallback`` are substances before
    it, which are its own if it gets no others.
    """

    name: str
    start: int
    end: int
    substances: list[Cut]
    hedged: bool = False
    legal: bool = False  # a substance of it is called legal
    generic: bool = False  # drugs are named right behind it, though not which
    fallback: list[Cut] = attrs.field(factory=list)
    joint: str | None = None  # how it is joined to the act before it


@cache
def _canonical() -> dict[str, str]:
    return mapping("substances", "canonical")


def substance(printed: str) -> str:
    """Return the canonical name of a substance in small letters.

    What the table does not name is a precursor: the grammar meets those by pattern, for there are many names for them.

    >>> substance("Marijuana"), substance("opium poppy"), substance("heroin precursor chemicals"), substance("kush")
    ('cannabis', 'opium', 'precursor chemicals', 'kush')
    """
    return _canonical().get(printed.lower(), PRECURSORS)


class Statement:
    """What a clause says up to a denial or ``but``, read word by word: its acts, and which one claims what comes next.

    ``scope`` is the act that claims the substances that follow, ``next_only`` one that claims a single one.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.acts: list[Act] = []
        self.loose: list[Cut] = []  # the substances that no role word has claimed
        self.scope: Act | None = None
        self.next_only: Act | None = None
        self.joint: str | None = None  # what joins the next role word to the last one, if that is an act
        self.kept = False  # whether the last role word is an act
        self.hedged = self.legal = False

    def read(self, tokens: Sequence[Cut], plan: Plan) -> None:
        """Read the tokens of a clause as the plan groups them: role words with their substances, and other words."""
        for part in plan.parts:
            inside = tokens[part.first : part.end]
            if part.kind == "roles":
                self.read(tokens, part)
            elif part.kind in _NAMING:
                named = [token for token in inside if token[0] == "SUBSTANCE"]
                for token in named:
                    self._substance(token)
                if part.kind == "qualified":
                    self._role(inside[-1], named)
            else:
                self._word(inside[0])

    def _word(self, token: Cut) -> None:
        """Read a word that is no substance: a role word by itself, or one that changes what stands around it."""
        name, first, _ = token
        if name in ROLES:
            self._role(token, [])
        elif name in _JOINTS:
            self.joint = name if self.kept else None
        elif name == "GENERIC" and self.scope is not None:
            self.scope.generic = True
        elif name == "HEDGE":
            self.hedged = True  # of all that follows in the statement
        elif name == "LEGAL":
            self.legal = self.text[first - 1 : first] != "("
        elif name == "PURPOSE" and self.scope is not None:
            if self.scope.substances and _only_precursors(self.scope, self.text):
                self.scope = None  # what precursors are for is not what the country makes
        elif name == "INTO" and self.scope is not None:
            self.scope.substances.clear()  # what is turned into a drug is not what is made
        elif name == "LOW" and self.acts and len(self.text[self.acts[-1].end : first].split()) <= _NEAR:
            self.acts.pop()
            self.scope = self.joint = None
            self.kept = False

    def _substance(self, token: Cut) -> None:
        """Give a substance to the act that claims it, unless it is called legal or is what precursors are for."""
        self.loose.append(token)
        if self.scope is not None:
            if self.legal:
                self.scope.legal, self.legal = True, False
            elif self._for_precursors(token):
                self.scope = None
            else:
                self.scope.substances.append(token)
        if self.next_only is not None:
            self.next_only.substances.append(token)
            self.next_only = None

    def _for_precursors(self, token: Cut) -> bool:
        """Return whether a substance is what the precursors before it are for: ``precursors for heroin``."""
        known = self.scope.substances if self.scope is not None else []
        return bool(
            known
            and substance(self.text[known[-1][1] : known[-1][2]]) == PRECURSORS
            and terminal(DRUGS, "MADE_FOR").search(self.text, known[-1][2], token[1])
        )

    def _role(self, token: Cut, run: list[Cut]) -> None:
        """Read a role word with the ``run`` of substances right before it, which may be empty.

        A word that is no act (measures against laundering, a legal crop) is passed over, and claims no substances.
        """
        name, first, last = token
        joint, self.joint, self.kept = self.joint, None, False
        if self.scope is not None and self.scope.name == name and is_a("FLOWING", self.text, first, last):
            return  # heroin transiting the Balkans: the flow of which a role word before has told
        act = Act(name, first, last, run, hedged=self.hedged, joint=joint)
        attributive = not run and terminal(DRUGS, "ATTRIBUTIVE").search(self.text, first, last) is not None
        # "producer of heroin and cannabis cultivation": of a run that an act claims, the last one is taken from it.
        if run and self.scope is not None:
            run = run[-1:]
            self.scope.substances = [token for token in self.scope.substances if token not in run]
            act.substances = run
        keep = self.kept = not self.legal and _is_act(act, self.text)
        self.legal = False
        if keep:
            self.acts.append(act)
        # "consumer of locally produced cannabis and cocaine": the participle claims one substance, the consumer both.
        if attributive and self.scope is not None:
            self.next_only = act if keep else None
            return
        # Drugs stand before what becomes of them ("cocaine ... is used locally"), but not before who makes them.
        if keep and not run and self.loose and self.scope is None and name in ("TRANSIT", "CONSUMPTION"):
            act.fallback = self.loose
        self.loose = []
        self.scope = act if keep and not run else None  # an act that has its run claims no more

    def finish(self) -> list[Act]:
        """Return the acts with their substances; an act of which no drug is said stays only if it says enough alone."""
        acts = self.acts
        if len(acts) > 1:
            _share(acts)
        if not [act for act in acts if not act.substances]:
            return acts
        for act in acts:
            act.substances = act.substances or act.fallback
        better = {act.name for act in acts if act.substances and not _only_precursors(act, self.text)}
        return [act for act in acts if act.substances or _says_enough(act, better, self.text)]


def _says_enough(act: Act, better: Set[str], text: str) -> bool:
    """Return whether an act without a substance is a role all the same.

    Words as vague as ``use`` need drugs behind them, and an act says nothing new if a ``better`` one of its name, with
    a drug, is told.
    """
    if act.legal or (not act.generic and is_a("NEEDS_SUBSTANCE", text, act.start, act.end)):
        return False
    return act.name not in better


def _only_precursors(act: Act, text: str) -> bool:
    return all(substance(text[first:last]) == PRECURSORS for _, first, last in act.substances)


def _is_act(act: Act, text: str) -> bool:
    """Return whether a role word says what the country does, and hedge it where only a weakness says so.

    Measures against money laundering show that there is some only if the clause calls the country exposed to it.
    """
    if act.name != "LAUNDERING":
        return True
    guarded = (
        text[act.start : act.start + 4].lower() == "anti"
        or terminal(DRUGS, "GUARD_BEFORE").search(text[max(0, act.start - _BEFORE) : act.start])
        or terminal(DRUGS, "GUARD_BEHIND").search(text[act.end : act.end + _BEHIND])
    )
    if guarded:
        act.hedged = True
        return terminal(DRUGS, "EXPOSED").search(text) is not None
    return True


def _share(acts: list[Act]) -> None:
    """Give acts that are joined (``production and use of heroin``) the substances of one another, where one has none.

    From the last to the first, so that the substances reach through a chain of three. ``and/or`` hedges both.
    """
    for act, following in zip(reversed(acts[:-1]), reversed(acts[1:]), strict=True):
        if following.joint:
            act.substances = act.substances or list(following.substances)
            following.substances = following.substances or list(act.substances)
            act.generic = act.generic or following.generic
            if following.joint == "EITHER":
                act.hedged = following.hedged = True
