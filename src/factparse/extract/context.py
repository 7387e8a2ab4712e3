"""What an extractor is given: one cell, whose it is, and where it stands in the page."""

from __future__ import annotations

from typing import Any, TypeVar

import attrs

from factparse.core.facts import Fact
from factparse.core.spans import Span
from factparse.language import AsOf

FactType = TypeVar("FactType", bound=Fact)


@attrs.define
class Context:
    """One cell to read: its ``text``, its canonical ``field``, and what its facts will carry.

    ``span`` is where ``text`` stands in the source; ``subject`` the country it speaks of, if known. One is made a
    cell and nobody changes it; it is not frozen, for making it would take three times as long.
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
        **values: Any,  # noqa: ANN401 (any field of the fact)
    ) -> FactType:
        """Return a fact of class ``kind`` read from ``text[start:end]``, white space at its ends left out.

        ``values`` are the fact's own fields; they may also replace what the context gives (``subject``). ``as_of``
        gives a dated fact its date.

        >>> from factparse.core.facts import TextValue
        >>> cell = Context("Chad", "TCD", None, "Capital", "name: N'Djamena", Span((40, 55)))
        >>> cell.fact(TextValue, 5, 15, value="N'Djamena").span
        (46, 55)
        """
        text = self.text[start:end].strip()
        if text:
            start = self.text.index(text, start)
        values["text"] = text
        values["span"] = self.span.part(start, start + len(text))
        if as_of is not None:
            values["date"], values["year"], values["estimated"] = as_of.date, as_of.year, as_of.estimated
        common: dict[str, Any] = {
            "subject": self.subject,
            "subject_code": self.subject_code,
            "topic": self.topic,
            "field": self.field,
            "confidence": self.confidence,
        }
        return kind(**{**common, **values})
