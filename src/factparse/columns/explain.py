"""The reasons why a row was divided where it was: every reading weighed, and what each kind of evidence says."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from factparse.columns.case import Alone, Looked, TextRun
from factparse.columns.decide import Verdict
from factparse.columns.evidence import EVIDENCE, BorderOutcome, outcomes, shares
from factparse.columns.stage import Divider

_AROUND = 24  # characters shown on each side of a border
_SHOWN = 0.05  # nats: less would be printed as 0.0
_LEAST = 0.0005  # a smaller chance would be printed as 0.0%


@attrs.frozen
class Reading:
    """A way to read a row. ``before`` and ``behind`` are the text around the border, both empty if the row is one cell.

    ``at`` is where the second cell begins in the page's text; ``alone`` names the country whose cell the whole row is.
    ``chance`` is the probability among all readings, ``evidence`` what each kind adds to the log-odds, in nats;
    ``known`` tells which editions print the cells, where the book knows them.
    """

    at: int | None
    alone: str | None
    before: str
    behind: str
    chance: float
    evidence: dict[str, float]
    known: str = ""


@attrs.frozen
class Explanation:
    """The readings of a row, the likeliest first, and the confidence of the best one.

    ``readings`` is empty for a row whose own layout divides it: bars, tabs, columns, HTML.
    """

    label: str
    layout: str
    confidence: float
    readings: tuple[Reading, ...]

    def lines(self) -> Iterator[str]:
        """The explanation as lines of text: one for the row, one for each reading, one for each kind of evidence."""
        yield f"{self.label}: {self.layout}, confidence {self.confidence:.3f}"
        if not self.readings:
            yield "  the layout shows the cells"
        for reading in self.readings:
            what = (
                f"all of it is {reading.alone}'s" if reading.at is None else f"{reading.before!r} | {reading.behind!r}"
            )
            strongest = sorted(reading.evidence.items(), key=lambda item: -abs(item[1]))
            told = ", ".join(f"{kind} {value:+.1f}" for kind, value in strongest if abs(value) >= _SHOWN)
            told = "; ".join(filter(None, (reading.known, told)))
            yield f"  {reading.chance:6.1%}  {what}  ({told})"
        said = {kind for reading in self.readings for kind, value in reading.evidence.items() if abs(value) >= _SHOWN}
        yield from (f"  {kind.name}: {kind.why}" for kind in EVIDENCE if kind.name in said)

    def __str__(self) -> str:
        return "\n".join(self.lines())


def readings(divider: Divider) -> Iterator[tuple[int, str, tuple[Reading, ...]]]:
    """Of each row of a page that was read: where its label begins, the label, and the readings, the likeliest first."""
    for section in divider.page.sections:
        for row in section.rows:
            verdict = divider.verdicts.get(row.start)
            found = tuple(_readings(divider, verdict)) if verdict is not None else ()
            yield row.start, row.label.text, found


def _readings(divider: Divider, verdict: Verdict) -> Iterator[Reading]:
    """The readings of a run, the likeliest first: the one that the book tells, or those that were weighed."""
    names, run, case = divider.columns.names, verdict.run, verdict.case
    if verdict.looked is not None:
        known = _known(divider, verdict.looked, names)
        yield attrs.evolve(_reading(run, BorderOutcome(verdict.at, {}), 1.0, names), known=known)
        return
    found = outcomes(case, divider.weights)
    weighed = sorted(zip(shares(found), found, strict=True), key=lambda each: -each[0])
    for number, (chance, outcome) in enumerate(weighed):
        if not number or chance >= _LEAST:
            looked = case.whole.get(outcome.at) or case.sides.get(outcome.at)
            known = _known(divider, looked, names) if looked is not None else ""
            yield attrs.evolve(_reading(run, outcome, chance, names), known=known)


def _known(divider: Divider, looked: Looked, names: tuple[str | None, str | None]) -> str:
    """Since when the book knows the cells, and where it met them last: ``Kenya's known since 2016, last 2021-07``."""
    if divider.lookup is None:
        return ""
    told = []
    for name, editions in zip(names, looked[1:], strict=True):
        if editions is None:
            continue
        named = divider.lookup.shelf.named(editions)
        since = f"known since {named[0]}, last {named[-1]}" if named else "known"
        told.append(f"{name or 'cell'}: {since}")
    return "; ".join(told)


def _reading(run: TextRun, outcome: BorderOutcome, chance: float, names: tuple[str | None, str | None]) -> Reading:
    at = outcome.at
    if isinstance(at, Alone):
        owner = names[at is Alone.SECOND] or at.value
        return Reading(None, owner, "", "", chance, outcome.parts)
    before, behind = run.text[max(run.start, at - _AROUND) : at], run.text[at : min(run.end, at + _AROUND)]
    return Reading(at, None, before, behind, chance, outcome.parts)
