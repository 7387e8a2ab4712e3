"""Turns bytes into text, whatever the bytes are."""

from __future__ import annotations

import codecs
import re

from factparse.core.errors import Diagnostic
from factparse.core.spans import Span

# The longest come first, because the mark of UTF-32 begins with that of UTF-16.
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
# A character of several bytes, as UTF-8 writes it.
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_SAMPLE = 1 << 14  # the number of bytes around the first byte beyond ASCII by which an encoding is detected
# The encodings of web pages that are not UTF-8. The first is the commonest, so it is taken wherever it fits.
_OF_THE_WEB = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("koi8_r", "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5"),
)


def encoding_of(data: bytes) -> tuple[str, int]:
    """The encoding that the byte order mark at the start of ``data`` names, and the length of the mark in bytes.

    Without a mark, these are UTF-8 and 0.

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
    """The bytes ``data`` as text without their byte order mark, and remarks on them.

    The encoding is that of the mark, or UTF-8. Bytes that are not valid become U+FFFD, and the diagnostic
    ``invalid-bytes`` says how many there are, and where the first is. Its message counts bytes of ``data``, its span
    counts characters of the text. ``nul-characters`` is the other diagnostic. No bytes raise an error.

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
        # The text may have had U+FFFD before. These do not count.
        replaced = text.count(_REPLACEMENT) - body.count(_REPLACEMENT.encode(encoding))
        remark = _invalid(encoding, error.start + skip, start, max(replaced, 1))
        return text, (remark, *_nulls(text))
    return text, _nulls(text)


def decode_detected(data: bytes, declared: str | None = None) -> tuple[str, tuple[Diagnostic, ...]]:
    """The bytes ``data`` as text, and remarks on them, for files whose encoding is not known for sure.

    The first of these that fits is taken: the encoding of a byte order mark; UTF-8, if all is valid; what was
    ``declared`` by a header, if that is valid; the one that charset-normalizer detects, with the diagnostic
    ``encoding-detected``; UTF-8 with U+FFFD for what is not valid (see :func:`decode`). None is detected if some of the
    bytes are a character of several bytes in UTF-8: that is UTF-8 with broken bytes. Nothing is raised.

    >>> decode_detected(b"Cura\\xe7ao", "latin-1")
    ('Curaçao', ())
    """
    if encoding_of(data)[1]:
        return decode(data)
    try:
        text = data.decode()
        return text, _nulls(text) if b"\0" in data else ()  # searching bytes is many times as fast
    except UnicodeDecodeError:
        named = _decoded(data, declared) if declared else None
    if named is not None:
        return named, _nulls(named)
    if _SEVERAL_BYTES.search(data) is None and (encoding := _detected(data)):
        text = data.decode(encoding, "replace")
        return text, (Diagnostic("encoding-detected", f"not valid UTF-8; read as {encoding}"), *_nulls(text))
    return decode(data)


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text of ``data`` in the encoding that it names itself. ``None`` if this encoding is unknown or wrong."""
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _detected(data: bytes) -> str | None:
    """The likeliest encoding of ``data``, by a sample around its first byte beyond ASCII."""
    from charset_normalizer import from_bytes

    first = next(found.start() for found in _NOT_ASCII.finditer(data))
    sample = data[max(first - _SAMPLE // 2, 0) : first + _SAMPLE // 2]
    found = [match.encoding for match in from_bytes(sample, cp_isolation=list(_OF_THE_WEB))]
    return _OF_THE_WEB[0] if _OF_THE_WEB[0] in found else found[0] if found else None


def without_surrogates(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The ``text`` with each lone surrogate replaced by U+FFFD, and the diagnostic ``lone-surrogate`` if it had one.

    A lone surrogate is half of a character and can be written to no file, but JSON can hold it (``"\\ud800"``). Offsets
    stay the same.

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
    """The diagnostic ``nul-characters``, if ``text`` has any. It is then no text, or UTF-16 without a mark."""
    at = text.find("\0")
    if at < 0:
        return ()
    message = f"{text.count(chr(0))} NUL characters: is this a text file? (UTF-16 needs a byte order mark)"
    return (Diagnostic("nul-characters", message, Span((at, at + 1))),)
