"""Puts whole comparison pages together from the cells of two countries, with the truth of every row beside them.

A page has a title, topics, column headers and rows, one style throughout as pages have; a field that only one of the
two countries has makes a row of one cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from factparse.vocabulary import Country, countries, label_named
from tools.training.editions import EditionCell
from tools.training.render import PAGE_STYLES, Style, gap_between, is_block, print_cell

_FEW_TOPICS = 3


class Truth(NamedTuple):
    """A row as it is: its label as printed, both cells' text with its white space collapsed; empty if there is none."""

    label: str
    a: str
    b: str


class TrainingPage(NamedTuple):
    """A page's text, the year of its edition, and its rows in reading order."""

    text: str
    edition: int
    rows: tuple[Truth, ...]


def named_countries() -> dict[str, Country]:
    """The countries of the packages by their codes there."""
    return {country.gec.lower(): country for country in countries() if country.gec}


def training_pages(cells: Sequence[EditionCell], rounds: int, random: Random) -> Iterator[TrainingPage]:
    """Yield pages: ``rounds`` times, every country beside a random other of the same edition."""
    names = named_countries()
    entries: dict[tuple[int, str], dict[str, EditionCell]] = {}
    for cell in cells:
        if cell.country in names:
            entries.setdefault((cell.edition, cell.country), {})[cell.field] = cell
    styles = [style for style in PAGE_STYLES for _ in range(style.weight)]
    for edition in sorted({edition for edition, _ in entries}):
        codes = sorted(code for year, code in entries if year == edition)
        for _ in range(rounds):
            order = [code for _, code in sorted((random.random(), code) for code in codes)]
            for one, two in zip(order[::2], order[1::2], strict=False):
                style = styles[int(random.random() * len(styles))]
                pair = (entries[edition, one], entries[edition, two])
                yield _page((names[one].short, names[two].short), pair, edition, style, random)


def _page(
    names: tuple[str, str],
    pair: tuple[dict[str, EditionCell], dict[str, EditionCell]],
    edition: int,
    style: Style,
    random: Random,
) -> TrainingPage:
    topics: dict[str, list[str]] = {}
    for field in sorted({**pair[0], **pair[1]}):
        label = label_named(field)
        if label is not None and label.text == field:
            topics.setdefault(label.topic, []).append(field)
    chosen = sorted(topics, key=lambda topic: (random.random(), topic))[:_FEW_TOPICS]
    parts = [f"{names[0]} vs. {names[1]}\n\n"]
    rows = []
    for topic in chosen:
        between = " " if style.spaced else style.gap
        parts.append(f"{topic}\n\n{names[0]}{between}{names[1]}\n\n")
        for field in topics[topic]:
            text, truth = _row(field, pair[0].get(field), pair[1].get(field), style)
            parts.append(text)
            rows.append(truth)
        parts.append("\n")
    return TrainingPage("".join([*parts, "Source: CIA Factbook\n"]), edition, tuple(rows))


def _row(field: str, one: EditionCell | None, two: EditionCell | None, style: Style) -> tuple[str, Truth]:
    first = print_cell(one.parts, style) if one else ""
    second = print_cell(two.parts, style) if two else ""
    gap = gap_between(one.parts, style) if one and two else ""
    filled = one or two
    lead = " " if style.spaced else style.gap
    tail = "\n\n" if filled is not None and is_block(filled.parts) and "\n\n" in style.part else "\n"
    truth = Truth(field, " ".join(first.split()), " ".join(second.split()))
    return f"{field}{lead}{first}{gap}{second}{tail}", truth
