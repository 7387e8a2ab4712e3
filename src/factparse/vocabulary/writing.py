"""Repairs the letters of a scraped name: entities left in the text, and bytes read in the wrong encoding."""

from __future__ import annotations

import re
from html import unescape

# The bytes of UTF-8 that Windows-1252 reads as characters that Latin-1 lacks.
_BYTES = {ord(char): byte for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
_HIGH = "".join(map(chr, _BYTES)) + "\x80-\xbf"
# A lead byte of UTF-8 and the bytes after it, each read as one character.
_MISREAD = re.compile(rf"[\xc2-\xdf][{_HIGH}]|[\xe0-\xef][{_HIGH}]{{2}}|[\xf0-\xf4][{_HIGH}]{{3}}")
_SIGNS = ("\xc3", "\xc2", "\xe2\u20ac", "\xe2\x80", "\xc4", "\xc5")
_TWICE = 2  # some text was misread, saved, and misread again


def as_meant(text: str) -> str:
    """The ``text`` with its entities decoded, and with what was read in the wrong encoding read anew.

    >>> as_meant("CÃ´te d&#39;Ivoire &amp; TÃ¼rkiye")
    "Côte d'Ivoire & Türkiye"
    """
    if "&" in text:
        text = unescape(text)
    for _ in range(_TWICE):
        if text.isascii():
            break
        text = _MISREAD.sub(_read_anew, text)
    return text


def _read_anew(found: re.Match[str]) -> str:
    try:
        return found[0].translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def misread(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first place between ``start`` and ``end`` that was read in the wrong encoding. ``None`` if there is none.

    >>> misread("12Â°30", 0, 6), misread("12°30 Côte", 0, 10)
    ((2, 4), None)
    """
    if text.isascii() or all(text.find(sign, start, end) < 0 for sign in _SIGNS):
        return None
    found = (match for match in _MISREAD.finditer(text, start, end) if _read_anew(match) != match[0])
    return next((match.span() for match in found), None)
