"""Fits the first look of the border model, which ranks the likely places of a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from factparse.columns.border_model import SCALE
from factparse.columns.first_look import AGAIN, BEGUN, ENDED, NONE, echo, look_keys, looks_of
from factparse.columns.likely_places import coarse_digits
from tools.training.fit import Choice, Numbers, fit

LEAST = 4  # a feature must be seen this often
WEAK = 0.15  # nats; what adds less is left out
MANY = 60  # rows of more places teach little and cost much


class PrintedRow(NamedTuple):
    """A row as a page prints it: ``border`` is where the second cell begins, or -1."""

    field: str
    countries: tuple[str, ...]
    text: str
    border: int
    spaced: bool


Spotted = tuple[PrintedRow, list[int]]
"""A row with its likely places."""

Tables = tuple[dict[str, int], dict[str, int]]


class FirstLook(NamedTuple):
    """The weights of a first look: of what stands around a place, and in each field before and behind it."""

    around: dict[str, int]
    fields: dict[str, Tables]


def first_look_of(rows: Iterable[Spotted], seed: int) -> FirstLook:
    """The first look that tells the borders of ``rows`` best."""
    numbers = Numbers()
    chosen = [_choice(row, likely, numbers) for row, likely in rows if len(likely) <= MANY]
    kept = [choice.often(numbers.counts, LEAST) for choice in chosen]
    weights = fit(kept, len(numbers.of), rounds=2, rate=0.15, decay=0.05, bare=0.2, seed=seed)
    first_look = FirstLook({AGAIN: 0, BEGUN: 0, ENDED: 0, NONE: 0}, {row.field: ({}, {}) for row, _ in rows})
    fours = {}
    for key, number in numbers.of.items():
        kind, _, rest = key.partition("\t")
        weight = weights[number]
        if kind == "4":
            fours[rest] = weight
        elif kind == "2":
            first_look.around[rest] = round(SCALE * weight)
        elif abs(weight) >= WEAK:
            field, _, text = rest.partition("\t")
            first_look.fields[field][kind == "H"][text] = round(SCALE * weight)
    for text, weight in fours.items():
        if abs(weight) >= WEAK:
            first_look.around[text] = round(SCALE * weight) + first_look.around.get(text[1:-1], 0)
    return first_look


WIDE = 320  # in 64ths of a nat: how much worse than the best a place may look that the border model learns from


def rivals(row: PrintedRow, likely: Sequence[int], first_look: FirstLook) -> list[int]:
    """Those of a row's likely places that the first look does not rule out."""
    coarse = coarse_digits(row.text)
    found = looks_of(coarse, likely, first_look.around, *first_look.fields[row.field])
    again, kind = (0, NONE) if row.spaced else echo(coarse)
    found = [look + first_look.around[kind] * (at == again) for at, look in zip(likely, found, strict=True)]
    return [at for at, look in zip(likely, found, strict=True) if look >= max(found) - WIDE]


def _choice(row: PrintedRow, likely: Sequence[int], numbers: Numbers) -> Choice:
    coarse = coarse_digits(row.text)
    first = coarse[:4]
    again, kind = (0, NONE) if row.spaced else echo(coarse)
    general, own = [], []
    for at in likely:
        four, two, tail, head = look_keys(coarse, at)
        keys = [f"4\t{four}", f"2\t{two}"]
        if coarse.startswith(first, at):
            keys.append(f"2\t{AGAIN}")
        if at == again:
            keys.append(f"2\t{kind}")
        general.append(numbers.number(keys))
        own.append(numbers.number((f"T\t{row.field}\t{tail}", f"H\t{row.field}\t{head}")))
    return Choice(tuple(general), tuple(own), likely.index(row.border) if row.border >= 0 else -1)
