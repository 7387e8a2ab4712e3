"""Fits the weights of the columns stage: what each kind of evidence is worth, and what their sum is."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

import attrs

from factparse.book.shelf import Shelf
from factparse.columns.border_model import BorderModel
from factparse.columns.editions import Editions
from factparse.columns.evidence import (
    EVIDENCE,
    NOTHING,
    Alone,
    BorderOutcome,
    Case,
    TextRun,
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

FACTORS = tuple(name for kind in EVIDENCE for name in kind.weights)
LIKELY = 8  # so many outcomes of a row are looked at, the likeliest
PRIOR = 4.0  # how many observations the first guess of a weight is worth
RAW = attrs.evolve(Weights(), **dict.fromkeys(FACTORS, 1.0))  # type: ignore[arg-type]  # each of them is a number
NONE = attrs.evolve(Weights(), **dict.fromkeys(FACTORS, 0.0))  # type: ignore[arg-type]
ONLY = {name: attrs.evolve(NONE, **{name: 1.0}) for name in FACTORS}  # type: ignore[arg-type]

WordsElsewhere = dict[int, dict[str, frozenset[str]]]
"""For each year the words of countries that editions of other years have, by their codes."""

EditionsElsewhere = dict[int, Editions]
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


class Elsewhere(NamedTuple):
    """What is known of each year without what that year's editions tell."""

    words: WordsElsewhere
    editions: EditionsElsewhere


def dividers(page: TrainingPage, weights: Weights, model: BorderModel, known: Elsewhere) -> Iterator[Divider]:
    """Yield the readers of a page's text, which have not seen its edition nor, by ``model``, its countries."""
    for raw in raw_pages(page.text, layout_tree(page.text)):
        divider = Divider(page.text, raw, weights, Shelf(), known.editions[page.edition], model)
        words = known.words[page.edition]
        one, two = (_words(words, name) for name in divider.columns.printed)
        divider.scorer.words = (one, two)
        divider.read()
        yield divider


def _words(words: dict[str, frozenset[str]], name: str) -> frozenset[str]:
    country = country_named(name)
    return words.get(country.gec.lower(), frozenset()) if country is not None else frozenset()


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


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def features(case: Case) -> list[tuple[float, ...]]:
    """What each of ``FACTORS`` is to be multiplied with, an outcome a line: its kind's score with that weight alone."""
    told = [(kind, ONLY[name]) for kind in EVIDENCE for name in kind.weights]
    columns = [in_a_row(case, kind.score(case, weights) or NOTHING) for kind, weights in told]
    return list(zip(*columns, strict=True))


def examples(
    pages: Iterable[TrainingPage], model: BorderModel, known: Elsewhere, weights: Weights
) -> Iterator[Example]:
    """Yield what is to be learned from ``pages``."""
    raw = attrs.evolve(RAW, presence_held=weights.presence_held, presence_lacking=weights.presence_lacking)
    for page in pages:
        for divider in dividers(page, raw, model, known):
            for case, found, truth in matched(page, divider):
                right = answer(case.run, found, truth)
                if right < 0:
                    continue
                likely = sorted(range(len(found)), key=lambda index: -found[index].score)[:LIKELY]
                likely = sorted({*likely, right, len(found) - 2, len(found) - 1})
                lines = features(case)
                yield Example(tuple(lines[index] for index in likely), likely.index(right))


def presence_shares(pages: Iterable[TrainingPage], known: Elsewhere) -> tuple[float, float]:
    """How many countries have a printed field: of those that had it in the edition next to the page's, and of others."""
    counts = [[1, 2], [1, 2]]
    for page in pages:
        editions = known.editions[page.edition]
        near = min(range(len(editions.years)), key=lambda at: abs(editions.years[at] - page.edition - 0.5))
        codes = [country_named(name) for name in page.text.partition("\n")[0].split(" vs. ")]
        for truth in page.rows:
            field = canonical(truth.label)
            if editions.shown(field) >> near & 1:
                for country, cell in zip(codes, truth[1:], strict=True):
                    code = country.gec.lower() if country is not None else ""
                    if editions.there(code) >> near & 1:
                        held = editions.held(code, field) >> near & 1
                        counts[held][0] += bool(cell)
                        counts[held][1] += 1
    (lacking, others), (held, many) = counts
    return round(held / many, 3), round(lacking / others, 3)


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


def results(
    pages: Iterable[TrainingPage], model: BorderModel, known: Elsewhere, weights: Weights
) -> Iterator[Result]:
    """Yield what the fitted weights make of ``pages``."""
    for page in pages:
        for divider in dividers(page, weights, model, known):
            for case, found, truth in matched(page, divider):
                chances = shares(found)
                right = answer(case.run, found, truth)
                best = max(range(len(found)), key=chances.__getitem__)
                one, two = shares(found[-2:])
                single = bool(truth.a) != bool(truth.b)
                lone = (max(one, two), (one >= two) == bool(truth.a)) if single else None
                yield Result(chances[best], best == right, lone)


def isotonic(points: Iterable[tuple[float, bool]], least: int = 60) -> list[list[float]]:
    """The rising curve nearest to how often readings of each probability were right (pool adjacent violators).

    Neighbours are pooled until each point of the curve stands for ``least`` readings at least.

    >>> isotonic([(0.2, False)] * 60 + [(0.5, True), (0.5, False)] * 500 + [(0.9, True)] * 400)
    [[0.2, 0.0], [0.5, 0.468393], [0.9, 0.995229]]
    """
    blocks: list[list[float]] = []  # sums: chances, rights, how many
    last = -1.0
    for chance, right in sorted(points):
        if blocks and (chance == last or blocks[-1][2] < least):
            blocks[-1] = [blocks[-1][0] + chance, blocks[-1][1] + right, blocks[-1][2] + 1]
        else:
            _pool(blocks)
            blocks.append([chance, float(right), 1.0])
        last = chance
    if len(blocks) > 1 and blocks[-1][2] < least:
        _join(blocks)
    _pool(blocks)
    return [[round(block[0] / block[2], 6), round(_share(block), 6)] for block in blocks]


def with_mark(curve: list[list[float]], mark: float = 0.9, relied: float = 0.988) -> list[list[float]]:
    """Return ``curve`` with a step: readings of which fewer than ``relied`` are right are kept below ``mark``.

    So ``mark`` can be used to tell rows that can be relied upon; what is kept below it is better than it claims.

    >>> with_mark([[0.5, 0.5], [0.9, 0.9], [1.0, 1.0]], relied=0.95)
    [[0.5, 0.5], [0.9, 0.89], [0.949999, 0.89], [0.95, 0.95], [1.0, 1.0]]
    """
    low = [point for point in curve if point[1] < relied]
    high = curve[len(low) :]
    if not low or not high:
        return curve
    (before, below), (behind, above) = low[-1], high[0]
    at = round(before + (behind - before) * (relied - below) / (above - below), 6)
    capped = [[chance, min(share, mark - 0.01)] for chance, share in low]
    return [*capped, [round(at - 1e-6, 6), mark - 0.01], [at, relied], *(high[1:] if at == behind else high)]


def _join(blocks: list[list[float]]) -> None:
    last = blocks.pop()
    blocks[-1] = [one + two for one, two in zip(blocks[-1], last, strict=True)]


def _pool(blocks: list[list[float]]) -> None:
    """Join the last blocks as long as the curve falls."""
    while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
        _join(blocks)


def _share(block: list[float]) -> float:
    """The share that is right: two standard errors less than was seen, so that it is not less in earnest."""
    share = (block[1] + 0.5) / (block[2] + 1.0)
    return max(0.0, share - 2.0 * sqrt(share * (1.0 - share) / (block[2] + 1.0)))
