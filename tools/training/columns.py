"""Fits the weights of the columns stage: what each kind of evidence is worth, and what their sum is."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import attrs

from factparse.book.shelf import Shelf
from factparse.columns.case import NOTHING, Alone, Case, TextRun
from factparse.columns.editions import Editions
from factparse.columns.evidence import (
    EVIDENCE,
    FIRST_FIGURES,
    KNOWN_EDGES,
    KNOWN_SIDE,
    KNOWN_WHOLE,
    RANKS,
    BorderOutcome,
    in_a_row,
    outcomes,
    shares,
)
from factparse.columns.rows import raw_pages
from factparse.columns.stage import Divider
from factparse.columns.weights import Weights
from factparse.layout.tree import layout_tree
from factparse.vocabulary import country_named
from tools.training.fields import canonical
from tools.training.fit import exp
from tools.training.pages import TrainingPage, Truth

UNSEEN = (KNOWN_WHOLE, KNOWN_SIDE, KNOWN_EDGES, RANKS, FIRST_FIGURES)
"""What the pages do not show: they are read without a book, and have no ranks. These weights stay as they are."""

FACTORS = tuple(name for kind in EVIDENCE if kind not in UNSEEN for name in kind.weights)
LIKELY = 8  # so many outcomes of a row are looked at, the likeliest
PRIOR = 4.0  # how many observations the first guess of a weight is worth
RAW = attrs.evolve(Weights(), **dict.fromkeys(FACTORS, 1.0))  # type: ignore[arg-type]  # each of them is a number
NONE = attrs.evolve(Weights(), **dict.fromkeys(FACTORS, 0.0))  # type: ignore[arg-type]
ONLY = {name: attrs.evolve(NONE, **{name: 1.0}) for name in FACTORS}  # type: ignore[arg-type]

Elsewhere = dict[int, Editions]
"""For each year what the editions of other years printed."""


class Example(NamedTuple):
    """A row to learn from: what each kind of evidence says of each outcome, and which outcome is right."""

    features: tuple[tuple[float, ...], ...]
    answer: int


class Result(NamedTuple):
    """A row read: how likely its best reading was, whether it was right; the same of its side if it has one cell."""

    chance: float
    right: bool
    lone: tuple[float, bool] | None


def dividers(page: TrainingPage, weights: Weights, known: Elsewhere) -> Iterator[Divider]:
    """Yield the readers of a page's text: without a book, and by what editions of other years print."""
    for raw in raw_pages(page.text, layout_tree(page.text)):
        divider = Divider(page.text, raw, weights, Shelf(), known[page.edition])
        divider.read()
        yield divider


def matched(page: TrainingPage, divider: Divider) -> Iterator[tuple[Case, list[BorderOutcome], Truth]]:
    """Yield what the runs of a page were judged by, and their outcomes, with the truth of their rows."""
    truths: defaultdict[str, deque[Truth]] = defaultdict(deque)
    for truth in page.rows:
        truths[truth.label].append(truth)
    for section in divider.page.sections:
        for row in section.rows:
            waiting = truths[row.label.text]
            if waiting and (verdict := divider.verdicts.get(row.start)):
                yield verdict.case, outcomes(verdict.case, divider.weights), waiting.popleft()


def answer(run: TextRun, found: Sequence[BorderOutcome], truth: Truth) -> int:
    """Which of the outcomes is the truth, -1 if none is."""
    for index, outcome in enumerate(found):
        at = outcome.at
        if isinstance(at, Alone):
            whole = _squeezed(run.text[run.start : run.end])
            cells = (whole, "") if at is Alone.FIRST else ("", whole)
        else:
            cells = (_squeezed(run.text[run.start : at]), _squeezed(run.text[at : run.end]))
        if cells == truth[1:]:
            return index
    return -1


def is_whole(run: TextRun, truth: Truth) -> bool:
    """Tell whether a run is the text of both cells: where the layout has cut a row short, no border can be right."""
    return "".join(run.body.split()) == "".join((truth.a + truth.b).split())


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def features(case: Case) -> list[tuple[float, ...]]:
    """What each of ``FACTORS`` is to be multiplied with, an outcome a line: its kind's score with that weight alone."""
    told = [(kind, ONLY[name]) for kind in EVIDENCE if kind not in UNSEEN for name in kind.weights]
    columns = [in_a_row(case, kind.score(case, weights) or NOTHING) for kind, weights in told]
    return list(zip(*columns, strict=True))


def examples(pages: Iterable[TrainingPage], known: Elsewhere, weights: Weights) -> Iterator[Example]:
    """Yield what is to be learned from ``pages``."""
    raw = attrs.evolve(RAW, presence_held=weights.presence_held, presence_lacking=weights.presence_lacking)
    for page in pages:
        for divider in dividers(page, raw, known):
            for case, found, truth in matched(page, divider):
                right = answer(case.run, found, truth)
                if right < 0:
                    continue
                likely = sorted(range(len(found)), key=lambda index: -found[index].score)[:LIKELY]
                likely = sorted({*likely, right, len(found) - 2, len(found) - 1})
                lines = features(case)
                yield Example(tuple(lines[index] for index in likely), likely.index(right))


def presence_shares(pages: Iterable[TrainingPage], known: Elsewhere) -> tuple[float, float]:
    """How many countries have a printed field: of those that had it in the edition next to the page's, and of others.

    Of rows that the other country had there: a row that neither had says nothing of either.
    """
    counts = [[1, 2], [1, 2]]
    for page in pages:
        editions = known[page.edition]
        near = min(range(len(editions.years)), key=lambda at: abs(editions.years[at] - page.edition - 0.5))
        codes = [_code(name) for name in page.text.partition("\n")[0].split(" vs. ")]
        if not all(editions.there(code) >> near & 1 for code in codes):
            continue
        for truth in page.rows:
            having = editions.holders(canonical(truth.label))[1]
            a, b = (having.get(code, 0) >> near & 1 for code in codes)
            for own, other, cell in ((a, b, truth.a), (b, a, truth.b)):
                counts[own][0] += other and bool(cell)
                counts[own][1] += other
    (lacking, others), (held, many) = counts
    return round(held / many, 3), round(lacking / others, 3)


def _code(name: str) -> str:
    country = country_named(name)
    return country.gec.lower() if country is not None else ""


def fit_factors(rows: Sequence[Example], rounds: int = 120, step: float = 0.15) -> dict[str, float]:
    """The weights under which the right outcomes are likeliest: a softmax fitted by steps of changing length."""
    first = [1.0 if not name.startswith("alone") else 0.0 for name in FACTORS]
    weights = list(first)
    steps = [step] * len(weights)
    before = [0.0] * len(weights)
    for _ in range(rounds):
        slopes = [PRIOR * (start - weight) for start, weight in zip(first, weights, strict=True)]
        for row in rows:
            _add_slopes(row, weights, slopes)
        slopes[FACTORS.index("prior")] = 0.0  # it is a probability already, and sharper where less time lies between
        for index, slope in enumerate(slopes):
            turned = slope * before[index]
            steps[index] = min(steps[index] * (1.2 if turned > 0 else 0.5 if turned < 0 else 1.0), 0.5)
            weights[index] += steps[index] if slope > 0 else -steps[index] if slope < 0 else 0.0
            before[index] = slope
    return {name: round(weight, 3) for name, weight in zip(FACTORS, weights, strict=True)}


def _add_slopes(row: Example, weights: list[float], slopes: list[float]) -> None:
    scores = [sum([w * f for w, f in zip(weights, each, strict=True)]) for each in row.features]
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    total = sum(odds)
    for index, each in enumerate(row.features):
        error = (index == row.answer) - odds[index] / total
        if -1e-4 < error < 1e-4:
            continue
        for place, feature in enumerate(each):
            slopes[place] += error * feature


def results(pages: Iterable[TrainingPage], known: Elsewhere, weights: Weights) -> Iterator[Result]:
    """Yield what the fitted weights make of ``pages``: of the rows whose text is whole.

    A curve says how sure a border is. A row that the layout has cut short tells nothing of that.
    """
    for page in pages:
        for divider in dividers(page, weights, known):
            for case, found, truth in matched(page, divider):
                if not is_whole(case.run, truth):
                    continue
                chances = shares(found)
                right = answer(case.run, found, truth)
                best = max(range(len(found)), key=chances.__getitem__)
                one, two = shares(found[-2:])
                single = bool(truth.a) != bool(truth.b)
                lone = (max(one, two), (one >= two) == bool(truth.a)) if single else None
                yield Result(chances[best], best == right, lone)
