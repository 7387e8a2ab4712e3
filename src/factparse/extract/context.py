"""What an extractor is given (one cell, whose it is, where it stands), and how it makes facts of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from factparse.core.facts import Dated, Fact
from factparse.core.frozen import filler
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
        piece of the text that belongs to the fact, such as its world rank. A fact about another country than that of
        the cell is given ``subject`` and ``subject_code``, both.

        >>> from factparse.core.facts import TextValue
        >>> cell = Context("Chad", "TCD", None, "Capital", "name: N'Djamena", Span((40, 55)))
        >>> cell.fact(TextValue, 5, 15, value="N'Djamena").span
        (46, 55)
        """
        cell = self
        if "subject" in own:
            cell = replace(self, subject=own.pop("subject"), subject_code=own.pop("subject_code"))
        made: FactType = _maker(kind)(cell, start, end, as_of, **own)  # type: ignore[arg-type]  # a class is hashable
        return made


def fact_maker(kind: type[FactType]) -> Callable[..., FactType]:
    """Return the function behind :meth:`Context.fact` for one ``kind``: called directly it takes half the time.

    It is for extractors that make thousands of facts of one class. The context comes first, then the same arguments.

    >>> from factparse.core.facts import Item
    >>> make_item = fact_maker(Item)
    >>> make_item(Context("Chad", "TCD", None, "Natural resources", "uranium, gold", Span((0, 13))), 8, 13, name="gold")
    Item(subject='Chad', subject_code='TCD', topic=None, field='Natural resources', text='gold', span=(9, 13), ...
    """
    make: Callable[..., FactType] = _maker(kind)  # type: ignore[arg-type]  # a class is hashable
    return make


@cache
def _maker(kind: type) -> Callable[..., Any]:
    return filler(kind, _fill, Dated if issubclass(kind, Dated) else Fact)


def _fill(
    made: Any,  # noqa: ANN401 (a fact that can still be changed)
    context: Context,
    start: int,
    end: int,
    as_of: AsOf | None = None,
    tail: tuple[int, int] | None = None,
) -> None:
    """Set the fields that all facts have, and the date."""
    printed = context.text[start:end]
    text = printed.strip()
    if text is not printed and text:  # something was stripped, perhaps in front
        start += len(printed) - len(printed.lstrip())
    span = context.span
    # A cell in one piece, as most are, needs an addition; one in several pieces has its part looked for.
    if len(span) == 2:
        first = span[0] + start
        made.span = Span((first, first + len(text)))
    else:
        made.span = span.part(start, start + len(text))
    if tail is not None:
        made.span = join([made.span, span.part(*tail)])
        text += context.text[slice(*tail)]
    made.text = text
    made.subject = context.subject
    made.subject_code = context.subject_code
    made.topic = context.topic
    made.field = context.field
    made.confidence = context.confidence
    if as_of is not None:
        made.date, made.year, made.estimated = as_of.date or None, as_of.year, as_of.estimated
