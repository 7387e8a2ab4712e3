"""Figures of natural prose, offered to whoever asks: each with the words around it, and less sure than what is read.

A few fields are natural prose (shape ``prose`` of ``figures/shapes.tsv``), and so are notes. They stay text. What their
sentences count is read by the rule that reads the sentences of other fields, but a sentence that tells a story counts
what it likes: figures of prose are right less often, and their confidence says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from factparse.core.facts import AnyFact, Quantity, TextValue
from factparse.extract.context import Context
from factparse.extract.figures.drafts import NO_DATE, make
from factparse.extract.figures.extractor import table
from factparse.extract.figures.items import Reader
from factparse.extract.figures.told import told
from factparse.extract.memory import of_edition
from factparse.language import read_as_of
from factparse.language.parts import Part

READING: Final = 0.85
"""How sure it is that a figure of prose is of what its fact says, of 46 read by hand 40 were."""


def with_prose(facts: Iterable[AnyFact]) -> Iterator[AnyFact]:
    """Yield ``facts``, and behind each text of natural prose the figures in it.

    >>> from factparse.extract import extract
    >>> [fact.type for fact in with_prose(extract("Background", "some 40 of its 300 islands have no water"))]
    ['TextValue', 'Quantity', 'Quantity']
    """
    for fact in facts:
        yield fact
        if isinstance(fact, TextValue) and _is_prose(fact):
            yield from _offered(fact)


def _is_prose(fact: TextValue) -> bool:
    shape, _ = table()[0].get(fact.field, ("", None))
    return shape == "prose" or fact.path[-1:] == ("note",)


def _offered(fact: TextValue) -> Iterator[AnyFact]:
    reader = Reader(fact.text)
    told(reader, Part("value", fact.path, 0, len(fact.text), 0), rest=lambda _reader, _part: None)
    drafts = [draft for draft in reader.drafts if draft.kind is Quantity]
    for draft in drafts:
        if draft.date == NO_DATE and fact.date is not None:
            draft.date = read_as_of(fact.date)
    confidence = fact.confidence * READING
    gec = fact.subject_gec
    cell = Context(fact.subject, fact.subject_code, fact.topic, fact.field, fact.text, fact.span, confidence, gec)
    made = make(cell, drafts)
    yield from made if fact.edition is None else of_edition(made, fact.edition)
