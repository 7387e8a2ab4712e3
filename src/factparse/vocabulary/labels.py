"""Field labels as the editions of 1990-2026 print them, and the canonical field of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache

import attrs

from factparse.core.trie import trie_pattern
from factparse.vocabulary.tables import fold_dashes, rows

_SPACED = " - "
_LONGEST_LABEL = 128  # longer texts are not folded
_WORDS_APART = re.compile(r"[^\w'()]+")  # the separators between the words of a label
# Patterns of all ways in which editions and text extractors print a dash and an apostrophe.
_LOOSE = {_SPACED: r" ?(?:--?|[\u2013\u2014]) ?", "'": "['\u2019]"}


@attrs.frozen(slots=True)
class Label:
    """A label as one or more editions print it.

    ``field`` is the canonical name of what it labels, its newest label. ``topic`` is the canonical topic under which
    comparison pages print it, and ``topics`` are all those under which any edition or page does. ``first_edition`` and
    ``last_edition`` are years. ``prose`` says that its cell is running text. ``part`` says that it names a piece of its
    field (``Senate`` within ``Legislative branch``, 1994-1996), which later editions do not print as a row. ``common``
    says that other sites that compare countries print it too (``Median age``). A label that no edition printed is not
    ``known``: it has no topic, and its ``field`` is its text.
    """

    text: str
    field: str
    topic: str
    topics: frozenset[str]
    first_edition: int
    last_edition: int
    prose: bool = False
    part: bool = False
    common: bool = False
    known: bool = True


@attrs.frozen(slots=True)
class Field:
    """A field: its canonical name, the topic of the label of that name, and all labels it was printed under.

    ``prose`` says that the cell is running text under at least one of them.
    """

    name: str
    topic: str
    aliases: tuple[str, ...]
    prose: bool


@cache
def labels() -> tuple[Label, ...]:
    """All labels that any edition printed, in the order of the data file. ``X(s)`` is also there as ``Xs``.

    >>> len(labels()) > 400, label_named("National colors").field
    (True, 'National color(s)')
    """
    printed = _printed()
    texts = {label.text for label in printed}
    plural = [attrs.evolve(label, text=label.text.replace("(s)", "s")) for label in printed if "(s)" in label.text]
    return (*printed, *(label for label in plural if label.text not in texts))


def _printed() -> tuple[Label, ...]:
    return tuple(
        Label(
            text,
            field,
            topic,
            frozenset((topic, *also.split("|"))) if also else frozenset((topic,)),
            int(first),
            int(last),
            "prose" in kind,
            "part" in kind,
            "common" in kind,
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
    """The text of a regular expression that matches the longest label at a place, however its dash is printed.

    Labels of parts are left out, since later cells have such words where a line starts. :func:`label_as_printed` gives
    the label of what it matched.
    """
    # Labels may differ only in the dash. The one with spaces stands for all, and matches any dash.
    texts = [label.text for label in labels() if not label.part]
    spaced = {fold_dashes(text) for text in texts if _SPACED in text}
    words = [text for text in texts if _SPACED in text or fold_dashes(text) not in spaced]
    return trie_pattern(words, _LOOSE)


@cache
def _at() -> Callable[[str, int], re.Match[str] | None]:
    return re.compile(label_pattern()).match


@cache
def label_as_printed(text: str) -> Label:
    """The label that :func:`label_pattern` matched as ``text``. Its own ``text`` is the one given, whatever the dash.

    Raises ``KeyError`` if ``text`` is not a label.

    >>> label_as_printed("Airports--with paved runways").text
    'Airports--with paved runways'
    """
    label = _by_text().get(text)
    return label or attrs.evolve(_by_key()[fold_dashes(text)], text=text)


@cache
def _texts() -> list[str]:
    return sorted(label.text for label in labels() if not label.part)


def label_begun(text: str) -> bool:
    """Whether a label of any edition begins with ``text`` and goes on, as in a text that is cut off.

    >>> label_begun("Infant mort"), label_begun("Terrain"), label_begun("Infants")
    (True, False, False)
    """
    texts = _texts()
    at = bisect_right(texts, text)
    return at < len(texts) and texts[at].startswith(text)


def unknown_label(text: str) -> Label:
    """A label for the ``text`` of a row that is no field of the Factbook.

    >>> unknown_label("Happiness index").known
    False
    """
    return Label(text, text, "", frozenset(), 0, 0, known=False)


def label_in_row(text: str) -> Label:
    """The label that a row prints as ``text``, in capitals or small letters. It is unknown if no edition has it.

    >>> label_in_row("median age").field, label_in_row("Happiness index").known
    ('Median age', False)
    """
    found = _by_text().get(text)
    if found is None and (found := label_named(text)) is not None:
        found = attrs.evolve(found, text=text)
    return found or unknown_label(text)


@cache
def _by_text() -> dict[str, Label]:
    return {label.text: label for label in labels()}


def label_named(text: str) -> Label | None:
    """The label that the whole of ``text`` is, or ``None``.

    Case, white space, the kind of dash and a closing colon do not matter. Labels of parts are known too.

    >>> label_named("economy \u2013 overview").field
    'Economic overview'
    >>> label_named("Internet hosts").field
    'Internet hosts'
    >>> label_named("Shoe size") is None
    True
    """
    if len(text) > _LONGEST_LABEL:
        return None
    return _by_text().get(text) or _by_key().get(fold_dashes(text).removesuffix(":").rstrip())


@cache
def _by_words() -> dict[str, Label]:
    found: dict[str, Label] = {}
    for label in sorted(labels(), key=lambda label: label.part):
        found.setdefault(_WORDS_APART.sub(" ", fold_dashes(label.text)).strip(), label)
    return found


@lru_cache(8192)
def label_of_words(text: str) -> Label | None:
    """The label that has the words of ``text``, or ``None``.

    Neither case matters nor marks between words, but for brackets. It is for lines that hold nothing but a label, as
    on the page of one country. Labels of parts are known too.

    >>> label_of_words("Disputes International").field, label_of_words("ECONOMY: OVERVIEW").field
    ('Disputes - international', 'Economic overview')
    >>> label_of_words("Shoe size") is None
    True
    """
    if len(text) > _LONGEST_LABEL:
        return None
    return _by_text().get(text) or _by_words().get(_WORDS_APART.sub(" ", fold_dashes(text)).strip())


def label_at(text: str, start: int = 0) -> Label | None:
    """The longest label that stands in ``text`` at ``start``, or ``None``.

    Case matters. What follows does not, since in glued text nothing divides a label from its cell. The label has the
    text that stands there, so it ends at ``start + len(label.text)``. Labels of parts are not looked for.

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
    """All canonical fields, in the order in which the data file names them first."""
    return tuple(_fields().values())


@lru_cache(2048)
def field_named(name: str) -> str | None:
    """The canonical name of the field of which ``name`` is any label. ``None`` if it is not a label.

    >>> field_named("Highways")
    'Roadways'
    """
    label = label_named(name)
    return label.field if label else None


def field_info(field: str) -> Field:
    """The topic and labels of the field with the canonical name ``field``.

    Raises ``KeyError`` if there is no such field; :func:`field_named` gives the canonical name of any label.

    >>> field_info("Waterways").aliases
    ('Waterways', 'Inland waterways')
    """
    return _fields()[field]
