"""Bytes to text, for any bytes at all."""

from __future__ import annotations

import codecs
import re

from factparse.core.errors import Diagnostic
from factparse.core.spans import Span

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_SAMPLE = 1 << 14
# What pages that are not UTF-8 are written in. The first is taken where it is as good as another: it is the commonest.
_OF_THE_WEB = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("koi8_r", "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5"),
)


def encoding_of(data: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark at the start of ``data`` names, and the mark's length.

    Without a mark it is UTF-8.

    >>> encoding_of(b"\\xff\\xfeA\\x00")
    ('utf-16-le', 2)
    >>> encoding_of(b"A")
    ('utf-8', 0)
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return "utf-8", 0


def decode(data: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return ``data`` as text without its byte order mark, and what had to be remarked.

    Bytes that are not valid become U+FFFD, and the diagnostic ``invalid-bytes`` says how often and where first (its
    message counts bytes from the start of ``data``, its span characters of the text). Nothing is raised.

    >>> decode(b"Curacao vs. Malta")
    ('Curacao vs. Malta', ())
    >>> text, (remark,) = decode(b"Cura\\xe7ao")
    >>> text, remark.code, remark.span
    ('Cura�ao', 'invalid-bytes', (4, 5))
    >>> remark.message
    'not valid UTF-8 at byte 4; 1 sequence of bytes was replaced by U+FFFD'
    """
    encoding, skip = encoding_of(data)
    body = data[skip:]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        text = body.decode(encoding, "replace")
        start = len(body[: error.start].decode(encoding, "replace"))
        replaced = text.count(_REPLACEMENT) - body.count(_REPLACEMENT.encode(encoding))
        remark = _invalid(encoding, error.start + skip, start, max(replaced, 1))
        return text, (remark, *_nulls(text))
    return text, _nulls(text)


def decode_detected(data: bytes, declared: str | None = None) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return ``data`` as text, of whatever encoding: for files, of which nobody says it.

    In this order: a byte order mark; UTF-8, if it is valid; what was ``declared`` (by a header), if that is valid; what
    charset-normalizer makes of it, unless some of it is UTF-8 of more than one byte, with a diagnostic
    (``encoding-detected``); UTF-8 with U+FFFD for what is not valid (see :func:`decode`).

    >>> decode_detected(b"Cura\\xe7ao", "latin-1")
    ('Curaçao', ())
    """
    if encoding_of(data)[1]:
        return decode(data)
    try:
        text = data.decode()
        return text, _nulls(text) if b"\0" in data else ()  # bytes are searched many times as fast
    except UnicodeDecodeError:
        named = _decoded(data, declared) if declared else None
    if named is not None:
        return named, _nulls(named)
    if _SEVERAL_BYTES.search(data) is None and (encoding := _detected(data)):
        text = data.decode(encoding, "replace")
        return text, (Diagnostic("encoding-detected", f"not valid UTF-8; read as {encoding}"), *_nulls(text))
    return decode(data)


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return ``data`` in an encoding named by a stranger; ``None`` if it is unknown, no encoding of text, or wrong."""
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    first = next(found.start() for found in _NOT_ASCII.finditer(data))
    sample = data[max(first - _SAMPLE // 2, 0) : first + _SAMPLE // 2]
    found = [match.encoding for match in from_bytes(sample, cp_isolation=list(_OF_THE_WEB))]
    return _OF_THE_WEB[0] if _OF_THE_WEB[0] in found else found[0] if found else None


def without_surrogates(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return ``text`` with each lone surrogate replaced by U+FFFD, and a diagnostic (``lone-surrogate``) if it had one.

    Half of a pair is no character: it can be written to no file. JSON can hold it (``"\\ud800"``). Offsets stay.

    >>> without_surrogates("a\\ud800b")[0]
    'a�b'
    """
    found = _SURROGATE.search(text)
    if found is None:
        return text, ()
    clean, count = _SURROGATE.subn(_REPLACEMENT, text)
    message = f"{count} lone surrogate{'s were' if count > 1 else ' was'} replaced by U+FFFD"
    return clean, (Diagnostic("lone-surrogate", message, Span(found.span())),)


def _invalid(encoding: str, at: int, start: int, count: int) -> Diagnostic:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    replaced = f"{count} sequence{'s of bytes were' if count > 1 else ' of bytes was'} replaced by U+FFFD"
    return Diagnostic("invalid-bytes", f"not valid {name} at byte {at}; {replaced}", Span((start, start + 1)))


def _nulls(text: str) -> tuple[Diagnostic, ...]:
    """A text with NUL characters is hardly one: say so."""
    at = text.find("\0")
    if at < 0:
        return ()
    message = f"{text.count(chr(0))} NUL characters: is this a text file? (UTF-16 needs a byte order mark)"
    return (Diagnostic("nul-characters", message, Span((at, at + 1))),)
