"""The cells of the editions, each with the facts read of it, and what detectors ask of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from factparse.core.facts import AnyFact, Item, Quantity, Share, TextValue
from factparse.core.spans import Span
from factparse.extract import Context, field_facts
from factparse.extract.figures.extractor import table
from factparse.vocabulary import country_named, field_named
from tools.json_lines import CELLS, json_lines

Figure = Quantity | Share
Named = Share | Item


class Printed(NamedTuple):
    """A cell as an edition printed it."""

    country: str
    field: str
    text: str
    editions: tuple[str, ...] = ()


class Cell:
    """A printed cell with its facts, which are read when a detector first asks for them."""

    def __init__(self, printed: Printed) -> None:
        self.country, label, self.text, self.editions = printed
        self.field = field_named(label) or label

    @cached_property
    def shape(self) -> str:
        """How the field is read, a shape of ``shapes.tsv``; an empty string for a field of another module."""
        return table()[0].get(self.field, ("", None))[0]

    @cached_property
    def facts(self) -> tuple[AnyFact, ...]:
        named = country_named(self.country)
        name = named.name if named else self.country
        code = (named.alpha3 or None) if named else None
        return field_facts(Context(name, code, None, self.field, self.text, Span((0, len(self.text)))))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(fact for fact in self.facts if isinstance(fact, Quantity | Share))

    @cached_property
    def texts(self) -> tuple[TextValue, ...]:
        return tuple(fact for fact in self.facts if isinstance(fact, TextValue))

    @cached_property
    def names(self) -> tuple[Named, ...]:
        return tuple(fact for fact in self.facts if isinstance(fact, Share | Item))

    def at(self, place: int) -> Figure | None:
        """Return the figure whose text holds the character at ``place``."""
        return next((fact for fact in self.figures if holds(fact, place)), None)

    def near(self, place: int) -> str:
        """Return the text around ``place``, to show."""
        return " ".join(self.text[max(0, place - 40) : place + 50].split())


def holds(fact: AnyFact, place: int) -> bool:
    """Tell whether the character at ``place`` belongs to ``fact``."""
    span = fact.span
    return any(start <= place < end for start, end in zip(span[::2], span[1::2], strict=True))


def stream(folder: Path) -> Iterator[Printed]:
    """Yield the cells of ``folder``, the editions, one after the other."""
    for cell in json_lines(folder / CELLS):
        yield Printed(cell["country"], cell["field"], cell["text"], tuple(cell["editions"]))


def sample(cells: Iterator[Printed], size: int, seed: int) -> list[Printed]:
    """Return ``size`` of the cells, each as likely as any other, the same ones for the same ``seed``."""
    chance = random.Random(seed)
    kept: list[Printed] = []
    for number, cell in enumerate(cells):
        if number < size:
            kept.append(cell)
        elif (place := chance.randrange(number + 1)) < size:
            kept[place] = cell
    return kept
