"""Mends text that was decoded with the wrong encoding (``CÃ´te``). It needs the optional package ``ftfy``.

Parsing never does this by itself, because spans refer to the text that was parsed. To have text mended, parse the text
that :func:`repair` makes. :meth:`Repaired.source_span` then gives the place of a span in the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import attrs

from factparse.core.errors import UsageError
from factparse.core.spans import OffsetMap, Run, Span

# A wrong encoding leaves at least two characters in a row, none of them ASCII. Nothing else is touched.
_FOREIGN = re.compile(r"[^\x00-\x7f]{2,}")


@attrs.frozen
class Repaired:
    """A mended ``text``, and the way back to the text as it came."""

    text: str
    # The start and end of each mended piece in turn: even indices are starts, odd ones ends. Both begin with an empty
    # piece at 0, and end with one at the end.
    _made: tuple[int, ...] = attrs.field(repr=False)  # in the mended text
    _read: tuple[int, ...] = attrs.field(repr=False)  # in the original text

    @property
    def offsets(self) -> OffsetMap:
        """The way back for the spans of pages."""
        pairs = pairwise(zip(self._made, self._read, strict=True))
        return OffsetMap(Run(made, read, to - made, end - read) for (made, read), (to, end) in pairs if to > made)

    def source_span(self, span: Span) -> Span:
        """The place of the characters of ``span`` in the original text. A mended piece is taken as a whole.

        >>> text = "TimbÃ©, Diaga"
        >>> repair(text).source_span(Span((0, 5))).cut(text)
        'TimbÃ©'
        """
        starts = [self._place(at, bisect_right(self._made, at) - 1) for at in span[::2]]
        ends = [self._place(at, bisect_left(self._made, at)) for at in span[1::2]]
        return Span(place for pair in zip(starts, ends, strict=True) for place in pair)

    def _place(self, at: int, index: int) -> int:
        """The place of ``at``, counted from the known place ``index``, unless that is beyond what was mended."""
        offset = at - self._made[index]
        if index % 2 == 0 and offset > 0:  # inside a mended piece: where the piece begins
            return self._read[index]
        if index % 2 == 1 and offset < 0:  # the same for an end: where the piece ends
            return self._read[index]
        return self._read[index] + offset


def repair(text: str) -> Repaired:
    """The ``text`` with its wrongly decoded characters mended where ftfy is sure of them, and the way back.

    Raises :class:`~factparse.UsageError` (``mojibake-missing``) if ``ftfy`` is not installed.

    >>> repair("CÃ´te dâ€™Ivoire: 12Â°30â€² N").text
    'Côte d’Ivoire: 12°30′ N'
    """
    mend = _mender()
    pieces: list[str] = []
    made, read = [0, 0], [0, 0]
    at = size = 0
    for match in _FOREIGN.finditer(text):
        mended = mend(match[0])
        if mended == match[0]:
            continue
        pieces += (text[at : match.start()], mended)
        size += match.start() - at
        made += (size, size + len(mended))
        read += match.span()
        size += len(mended)
        at = match.end()
    pieces.append(text[at:])
    end = size + len(text) - at
    return Repaired("".join(pieces), (*made, end, end), (*read, len(text), len(text)))


@cache
def _mender() -> Callable[[str], str]:
    try:
        from ftfy import fix_encoding
    except ImportError as error:
        raise UsageError("mojibake-missing", "mending needs ftfy: pip install 'factparse[mojibake]'") from error
    return fix_encoding
