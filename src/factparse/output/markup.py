"""HTML from small functions. A value that is not :class:`Html` is foreign text, and is escaped."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from factparse.core.plain import shown


class Html(str):
    """Finished markup, which goes into other markup unchanged."""

    __slots__ = ()


def text(value: object) -> Html:
    """``value`` as text of a page. It is escaped, and characters that turn or hide text become a middle dot.

    >>> text("<b> turned \\u202e")
    '&lt;b&gt; turned ·'
    """
    return value if isinstance(value, Html) else Html(escape(shown(str(value))))


def join(*parts: object) -> Html:
    """All ``parts`` in a row. ``None`` is left out.

    >>> join("a < b", Html("<hr>"), None)
    'a &lt; b<hr>'
    """
    return Html("".join([text(part) for part in parts if part is not None]))


def element(name: str, /, *children: object, **attributes: object) -> Html:
    """An element with its ``children``. An attribute that is ``None`` or ``False`` is left out; ``True`` has no value.

    The name of an attribute loses a last underscore, and other underscores become hyphens: ``class_``, ``data_type``.

    >>> element("td", "1 < 2", class_="sure", data_row=3, hidden=False)
    '<td class="sure" data-row="3">1 &lt; 2</td>'
    """
    return Html(f"{start(name, **attributes)}{join(*children)}</{name}>")


def start(name: str, /, **attributes: object) -> Html:
    """The start tag of an element. An element without content has only this tag.

    >>> start("meta", charset="utf-8")
    '<meta charset="utf-8">'
    """
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        key = key.removesuffix("_").replace("_", "-")
        written.append(f" {key}" if value is True else f' {key}="{text(value)}"')
    return Html(f"<{name}{''.join(written)}>")


def link(address: str) -> Html:
    """A link to a page of the web. Any other address is only text, because it may be a script.

    >>> link("javascript:alert(1)")
    'javascript:alert(1)'
    >>> link("https://example.org/")
    '<a href="https://example.org/" rel="noopener noreferrer">https://example.org/</a>'
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # of brackets that are no address
        return text(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return text(address)
    return element("a", address, href=address, rel="noopener noreferrer")
