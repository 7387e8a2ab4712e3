"""Field labels as the editions of 1990-2026 print them, and the canonical field that each one names."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

import attrs

from factparse.core.trie import trie_pattern
from factparse.vocabulary.tables import fold_dashes, rows

_SPACED = " - "
_LOOSE = {_SPACED: r" ?(?:--?|[\u2013\u2014]) ?", "'": "['\u2019]"}  # how editions and extractors print these


@attrs.frozen(slots=True)
class Label:
    """A label as one or more editions print it.

    ``field`` is the canonical name of what it labels (the newest label for it). ``topic`` is the canonical topic under
    which comparison pages print it, ``topics`` are all under which any edition or page does. ``first_edition`` and
    ``last_edition`` are years. ``prose`` says that the cell is running text; ``part`` that the label names a piece of
    its field (``Senate`` within ``Legislative branch``, 1994-1996), which later editions do not print as a row.
    """

    text: str
    field: str
    topic: str
    topics: frozenset[str]
    first_edition: int
    last_edition: int
    prose: bool = False
    part: bool = False


@attrs.frozen(slots=True)
class Field:
    """A field: its canonical name, its topic in the newest edition that has it, all labels it was printed under."""

    name: str
    topic: str
    aliases: tuple[str, ...]
    prose: bool


@cache
def labels() -> tuple[Label, ...]:
    """Return every label that an edition printed, in the order of the data file.

    >>> len(labels()) > 400
    True
    """
    return tuple(
        Label(
            text,
            field,
            topic,
            frozenset((topic, *also.split("|"))) if also else frozenset((topic,)),
            int(first),
            int(last),
            kind == "prose",
            kind == "part",
        )
        for text, field, topic, also, first, last, kind in rows("labels")
    )


@cache
def _by_key() -> dict[str, Label]:
    found: dict[str, Label] = {}
    for label in labels():
        found.setdefault(fold_dashes(label.text), label)
    return found


@cache
def label_pattern() -> str:
    """Return a regular expression for the longest label; those that differ by the dash alone are one branch of it.

    Labels of parts are left out. What it matches is known to :func:`label_as_printed`.
    """
    texts = [label.text for label in labels() if not label.part]
    spaced = {fold_dashes(text) for text in texts if _SPACED in text}
    words = [text for text in texts if _SPACED in text or fold_dashes(text) not in spaced]
    return trie_pattern(words, _LOOSE)


@cache
def _at() -> Callable[[str, int], re.Match[str] | None]:
    return re.compile(label_pattern()).match


@cache
def label_as_printed(text: str) -> Label:
    """The label that :func:`label_pattern` matched as ``text``: of the few ways to print it, this one.

    >>> label_as_printed("Airports--with paved runways").text
    'Airports--with paved runways'
    """
    label = _by_text().get(text)
    return label or attrs.evolve(_by_key()[fold_dashes(text)], text=text)


@cache
def _by_text() -> dict[str, Label]:
    return {label.text: label for label in labels()}


def label_named(text: str) -> Label | None:
    """The label that ``text`` is, or None.

    Case, white space, the kind of dash and a closing colon do not matter.

    >>> label_named("economy \u2013 overview").field
    'Economic overview'
    >>> label_named("Internet hosts").field
    'Internet hosts'
    >>> label_named("Shoe size") is None
    True
    """
    if len(text) > 128:
        return None
    return _by_text().get(text) or _by_key().get(fold_dashes(text).removesuffix(":").rstrip())


def label_at(text: str, start: int = 0) -> Label | None:
    """The longest label that stands in ``text`` at ``start``, or None.

    Case matters, and whatever follows does not: in glued text nothing divides a label from its cell. The label found
    has the text that stands there, so it ends at ``start + len(label.text)``. Labels of parts are not looked for.

    >>> label_at("Airports - with paved runways12").text
    'Airports - with paved runways'
    >>> label_at("Airports12").text
    'Airports'
    >>> label_at("Airport codes") is None
    True
    """
    found = _at()(text, start)
    return label_as_printed(found.group()) if found else None


@cache
def _fields() -> dict[str, Field]:
    aliases: dict[str, list[Label]] = {}
    for label in labels():
        aliases.setdefault(label.field, []).append(label)
    return {
        name: Field(name, _by_key()[fold_dashes(name)].topic, tuple(x.text for x in found), any(x.prose for x in found))
        for name, found in aliases.items()
    }


def fields() -> tuple[Field, ...]:
    """Return every canonical field, in the order of the data file."""
    return tuple(_fields().values())


@lru_cache(2048)
def field_named(name: str) -> str | None:
    """The canonical field that ``name``, any label of it, stands for; None if it is not a label.

    >>> field_named("Highways")
    'Roadways'
    """
    label = label_named(name)
    return label.field if label else None


def field_info(field: str) -> Field:
    """What is known of a canonical field.

    Raises KeyError if ``field`` is not the canonical name of a field (see :func:`field_named`).

    >>> field_info("Waterways").aliases
    ('Waterways', 'Inland waterways')
    """
    return _fields()[field]
