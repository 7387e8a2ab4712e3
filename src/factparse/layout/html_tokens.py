"""Cuts HTML into tags, text and character references, in one pass over it, and tells where each of them stands.

No package does: those in C tell no places, and Python's own ``html.parser`` looks at the rest of the document anew for
each mark that is never closed, which takes the square of the time, and raises on some. This goes by the tokens of the
HTML standard, without the tree that browsers build.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final

Attributes = tuple[tuple[str, str | None], ...]

_SPACE: Final = r" \t\r\n\f"
# Each branch takes at least a character that the others cannot, so nothing is tried twice. A quote that is never closed
# is a name like any other, as a page whose end is cut off has it.
_ATTRIBUTE: Final = (
    rf"(?P<name>[^{_SPACE}/>][^{_SPACE}/>=]*+)"
    rf"(?>(?:[{_SPACE}]*+=[{_SPACE}]*+(?P<value>\"[^\"]*+\"|'[^']*+'|[^{_SPACE}>\"'][^{_SPACE}>]*+|(?=[\"'>]|\Z)))?)"
)
_ONE_ATTRIBUTE: Final = re.compile(_ATTRIBUTE)
_ATTRIBUTES: Final = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
_TAG: Final = re.compile(rf"</?(?P<tag>[a-zA-Z][^{_SPACE}/>]*+)(?P<rest>(?>(?:[{_SPACE}/]++|{_ATTRIBUTES})*))>")
# A tag that the end of the document cuts off: nothing but its name, or attributes of which the first has a value.
_CUT: Final = re.compile(rf"</?[a-zA-Z][a-zA-Z0-9]*+(?:[{_SPACE}]++[^{_SPACE}<>=]++[{_SPACE}]*+=[^<>]*+)?/?\Z")
# As long as any that means something: a longer one is text.
_REFERENCE: Final = re.compile(r"&(?>#[0-9]{1,9}+;?|#[xX][0-9a-fA-F]{1,8}+;?|[a-zA-Z][a-zA-Z0-9]{0,40}+;?)")
_MARK: Final = re.compile(r"[<&]")
_SHORT_COMMENTS: Final = ("<!-->", "<!--->")
_RAW: Final = frozenset({"script", "style"})
"""What these hold is no HTML, up to their end tag."""


class HtmlTokens:
    """Reads a document and calls a method for each of its tokens; whoever wants them overrides the methods.

    Nothing is raised for any text, and the time grows with its length and no faster: that a mark is not closed is found
    out once, and is known of all that follow.
    """

    def __init__(self) -> None:
        self.at = 0
        """The offset of the token that is being handled."""
        self.cut = False
        """Whether the document ends within a tag."""
        self._html = ""
        self._missing: set[str] = set()  # what does not come any more

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        """Take a start tag: its name in small letters, and its attributes, without a value where there is none."""

    def handle_endtag(self, tag: str) -> None:
        """Take an end tag: its name in small letters."""

    def handle_data(self, data: str) -> None:
        """Take text, as it is written."""

    def handle_reference(self, meant: str, width: int) -> None:
        """Take the characters that a character reference of ``width`` characters stands for."""

    def feed(self, html: str) -> None:
        """Read the whole of ``html``.

        A comment that is not closed ends with the next tag's end. A tag that the end of the document cuts off is left
        out, and :attr:`cut` tells of it. Other tags that are not closed are text.
        """
        self._html, self._missing = html, set()
        at = 0
        while (mark := _MARK.search(html, at)) is not None:
            if mark.start() > at:
                self._data(at, mark.start())
            self.at = mark.start()
            at = self._reference() if mark[0] == "&" else self._marked()
        if at < len(html):
            self._data(at, len(html))

    def _data(self, start: int, end: int) -> int:
        self.at = start
        self.handle_data(self._html[start:end])
        return end

    def _reference(self) -> int:
        """Handle what begins with ``&``; return where it ends."""
        found = _REFERENCE.match(self._html, self.at)
        meant = unescape(found[0]) if found else ""
        if found is None or meant == found[0]:  # an ampersand is one
            return self._data(self.at, self.at + 1)
        self.handle_reference(meant, found.end() - self.at)
        return found.end()

    def _marked(self) -> int:
        """Handle what begins with ``<``; return where it ends."""
        html, at = self._html, self.at
        found = None if "tag" in self._missing else _TAG.match(html, at)
        if found is not None:
            return self._tag(found)
        if html.startswith("<!--", at):
            return self._comment()
        closing = html.startswith("</", at)
        letter = html[at + 1 + closing : at + 2 + closing]
        if letter.isascii() and letter.isalpha():  # a tag that goes on to the end of the document, as would each behind
            self._missing.add("tag")
            self.cut = _CUT.match(html, at) is not None
            return len(html) if self.cut else self._data(at, at + 1)
        if letter and (closing or letter in "!?"):  # a declaration, or what browsers take for a comment
            return self._behind(">", at + 2) or len(html)
        return self._data(at, at + 1)

    def _tag(self, found: re.Match[str]) -> int:
        name, rest = found.groups()
        tag = name.lower()
        if self._html[self.at + 1] == "/":
            self.handle_endtag(tag)
            return found.end()
        self.handle_starttag(tag, _attributes(rest) if rest else ())
        return self._behind_raw(tag, found.end()) if tag in _RAW else found.end()

    def _behind_raw(self, tag: str, start: int) -> int:
        """The place of the end tag of a script or style that holds what begins at ``start``, or the document's end."""
        found = _end_of(tag).search(self._html, start)
        return found.start() if found else len(self._html)

    def _comment(self) -> int:
        html, at = self._html, self.at
        for short in _SHORT_COMMENTS:
            if html.startswith(short, at):
                return at + len(short)
        return self._behind("-->", at + 4) or self._behind(">", at + 4) or len(html)

    def _behind(self, mark: str, start: int) -> int | None:
        """The place behind the next ``mark``; ``None`` if there is none, for which the document is searched once."""
        found = -1 if mark in self._missing else self._html.find(mark, start)
        if found < 0:
            self._missing.add(mark)
            return None
        return found + len(mark)


def _end_of(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}(?=[{_SPACE}/>])", re.IGNORECASE)


@lru_cache(4096)  # on a page of a template few are unlike all others
def _attributes(written: str) -> Attributes:
    """The names, in small letters, and values of a tag's attributes.

    >>> _attributes(' class="a b" hidden Title=x&amp;y')
    (('class', 'a b'), ('hidden', None), ('title', 'x&y'))
    """
    found = _ONE_ATTRIBUTE.finditer(written)
    return tuple((each["name"].lower(), _value(each["value"])) for each in found)


def _value(written: str | None) -> str | None:
    if not written:
        return written
    return unescape(written[1:-1] if written[0] in "\"'" else written)
