"""What an extractor is given (one cell, whose it is, where it stands), and how it makes facts of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from factparse.core.facts import Dated, Fact
from factparse.core.frozen import copied, filler
from factparse.core.spans import Span, join
from factparse.language import AsOf

FactType = TypeVar("FactType", bound=Fact)


class Context(Struct, gc=False):
    """One cell to read: its ``text``, its canonical ``field``, and what its facts will carry.

    ``span`` is where ``text`` stands in the source, ``subject`` the country it speaks of, if known. Each cell has one,
    and nobody changes it.
    """

    subject: str | None
    subject_code: str | None
    topic: str | None
    field: str
    text: str
    span: Span
    confidence: float = 1.0
    subject_gec: str | None = None

    def fact(
        self,
        kind: type[FactType],
        /,  # a fact may have a field of this name
        start: int,
        end: int,
        as_of: AsOf | None = None,
        **own: Any,  # noqa: ANN401 (any field of the fact)
    ) -> FactType:
        """Return a fact of class ``kind`` read from ``text[start:end]``, less the white space at its ends.

        ``own`` are the fact's own fields; ``as_of`` gives a dated fact its date. A ``tail=(start, end)`` is a further
        piece of the text that belongs to the fact, such as its world rank; several are ``(start, end, start, end)``, in
        reading order. A fact about another country than that of the cell is given ``subject``, ``subject_code`` and
        ``subject_gec``.

        >>> from factparse.core.facts import TextValue
        >>> cell = Context("Chad", "TCD", None, "Capital", "name: N'Djamena", Span((40, 55)))
        >>> cell.fact(TextValue, 5, 15, value="N'Djamena").span
        (46, 55)
        """
        cell = self
        if "subject" in own:
            code, gec = own.pop("subject_code"), own.pop("subject_gec", None)
            cell = replace(self, subject=own.pop("subject"), subject_code=code, subject_gec=gec)
        made: FactType = _maker(kind)(cell, start, end, as_of, **own)  # type: ignore[arg-type]  # a class is hashable
        return made


def fact_maker(kind: type[FactType]) -> Callable[..., FactType]:
    """Return the function behind :meth:`Context.fact` for one ``kind``: called directly it takes half the time.

    It is for extractors that make thousands of facts of one class. The context comes first, then the same arguments.

    >>> from factparse.core.facts import Item
    >>> make_item = fact_maker(Item)
    >>> make_item(Context("Chad", "TCD", None, "Natural resources", "uranium, gold", Span((0, 13))), 8, 13, name="gold")
    Item(subject='Chad', subject_code='TCD', subject_gec=None, topic=None, field='Natural resources', edition=None, ...
    """
    make: Callable[..., FactType] = _maker(kind)  # type: ignore[arg-type]  # a class is hashable
    return make


def common_filler() -> Callable[..., None]:
    """Return a function that sets, on an open fact, what all facts carry, and the date: a copy for one class.

    It is for :func:`~factparse.core.frozen.filler`, and takes the arguments of :meth:`Context.fact` up to the tail.
    """
    return copied(_fill)


@cache
def _maker(kind: type) -> Callable[..., Any]:
    return filler(kind, _fill, Dated if issubclass(kind, Dated) else Fact)


def _fill(
    made: Any,  # noqa: ANN401 (a fact that can still be changed)
    context: Context,
    first: int,
    last: int,
    as_of: AsOf | None = None,
    tail: tuple[int, ...] = (),
) -> None:
    """Set the fields that all facts have, and the date."""
    printed = context.text[first:last]
    text = printed.strip()
    if text is not printed and text:  # something was stripped, perhaps in front
        first += len(printed) - len(printed.lstrip())
    span = context.span
    # A cell in one piece, as most are, needs an addition; one in several pieces has its part looked for.
    if len(span) == 2:
        begin = span[0] + first
        made.span = Span((begin, begin + len(text)))
    else:
        made.span = span.part(first, first + len(text))
    if tail:
        pieces = [(tail[at], tail[at + 1]) for at in range(0, len(tail), 2)]
        made.span = join([made.span, *(span.part(*piece) for piece in pieces)])
        text += "".join([context.text[slice(*piece)] for piece in pieces])
    made.text = text
    made.subject = context.subject
    made.subject_code = context.subject_code
    made.subject_gec = context.subject_gec
    made.topic = context.topic
    made.field = context.field
    made.confidence = context.confidence
    if as_of is not None:
        made.date, made.year, made.estimated = as_of.date or None, as_of.year, as_of.estimated
        made.start, made.end = as_of.start, as_of.end
