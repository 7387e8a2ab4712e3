"""The answer for every field that has no extractor of its own: its text, one value a sub-label."""

from __future__ import annotations

from factparse.core.facts import TextValue
from factparse.extract.context import Context
from factparse.language import Value, parse, read_as_of


def label_path(label: Value | None, cell: str) -> tuple[str, ...]:
    """The path that a sub-label gives: its words without the colon, or nothing."""
    return (label.text(cell).rstrip(": \t"),) if label is not None else ()


def tree(text: str) -> Value:
    """The tree that :func:`facts` reads: sub-labels with their parts, lists, clauses and brackets."""
    return parse(text)


def facts(context: Context) -> tuple[TextValue, ...]:
    """A :class:`~factparse.TextValue` for each part of the cell; its date is the bracket that closes it.

    >>> from factparse.extract import extract
    >>> [(fact.path, fact.value, fact.year) for fact in extract("Motto", "name: Sand and Sea\\nadopted: 1958 (2020)")]
    [(('name',), 'Sand and Sea', None), (('adopted',), '1958 (2020)', 2020)]
    """
    found: list[TextValue] = []
    for part in tree(context.text).children:
        if part.kind != "part":
            continue
        label = part.child("label")
        start = label.end if label is not None else part.start
        value = context.text[start : part.end].strip()
        if not value:
            continue
        last = list(part.leaves())[-1]
        date = read_as_of(last.text(context.text)) if last.kind == "as_of" else None
        found.append(context.fact(TextValue, start, part.end, date, path=label_path(label, context.text), value=value))
    if not found and context.text.strip():
        found.append(context.fact(TextValue, 0, len(context.text), value=context.text.strip()))
    return tuple(found)
