"""Tells which elements of an HTML page the CIA's templates mark: labels of fields, and what stands beside the text.

``id``, ``class`` and headings of the templates of 2001 to 2025 are known. What stands beside the text (explanations
that open when touched, windows, menus) is rendered like all text, and no part of a cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

FIELD, HEADED, ASIDE = "field", "headed", "aside"
"""Kinds of parts: a label that the CIA's template marks; one that any page may mark so; what is no text of a cell."""

_ASIDES: Final = frozenset(
    {
        *("tooltip-content", "field-listing-link", "sr-only", "attachment", "wfb-modal", "modal", "modal-dialog"),
        *("category-menu", "category-choices", "footer", "wfb-footer", "wfb-site-footer", "breadcrumb", "navbar"),
        *("GeoSectionFooter", "region1-footer", "btn-print", "photogallery_captiontext", "carousel", "go-top"),
        *("popPyramid", "relAffiliation", "areaComp"),  # a caption of a picture
    }
)
_FIELDS: Final = {"FieldLabel": FIELD, "fieldLabel": FIELD, "field-label": HEADED}
_LABEL_TAGS: Final = frozenset({"h3", "h4", "dt"})  # the page of 2021 and later, and copies of older ones
_TAGS: Final = frozenset({"div", "span", "ul", "ol", "li", "p", "nav", "footer", "section", "td", "th", "a"})


class Part(NamedTuple):
    """An element of a known kind, and its range in the rendered text."""

    kind: str
    start: int
    end: int


def kind_of(tag: str, attributes: Iterable[tuple[str, str | None]]) -> str:
    """The kind of an element, by what templates write into its tag: ``field``, ``headed``, ``aside``, or none, ``""``.

    >>> kind_of("div", [("id", "field-anchor-geography-area")]), kind_of("span", [("class", "sr-only")])
    ('field', 'aside')
    """
    if tag in _LABEL_TAGS:
        return HEADED
    if tag not in _TAGS:
        return ""
    if tag in ("nav", "footer"):
        return ASIDE
    for name, value in attributes:
        if name == "id" and value and (value == "field" or value.startswith("field-anchor-")):
            return FIELD
        if value and name in ("class", "id"):
            words = value.split()
            if not _ASIDES.isdisjoint(words):
                return ASIDE
            if (marked := next(filter(None, map(_FIELDS.get, words)), None)) is not None:
                return marked
    return ""


class Parts:
    """Collects the parts of a page while it is rendered; of parts within each other, all."""

    def __init__(self) -> None:
        self.found: list[Part] = []
        self._open: list[tuple[str, str, int]] = []  # the tag, its kind ("" within a part of the same tag), the start
        self._counts: Counter[str] = Counter()  # of the open tags: broken pages leave thousands open

    def start(self, tag: str, kind: str, at: int) -> None:
        """Take note that an element of the ``kind`` opens where the text is ``at`` characters long."""
        if kind or self._counts.get(tag):
            self._open.append((tag, kind, at))
            self._counts[tag] += 1

    def end(self, tag: str, at: int) -> None:
        """Take note that an element closes; what was left open within it closes too."""
        if self._counts.get(tag):
            while self._close(at) != tag:
                pass

    def all(self, at: int) -> tuple[Part, ...]:
        """The parts in the order of their starts; those still open end at ``at``."""
        while self._open:
            self._close(at)
        return tuple(sorted(self.found, key=lambda part: part.start))

    def _close(self, at: int) -> str:
        """Close the innermost open element; return its tag."""
        tag, kind, start = self._open.pop()
        self._counts[tag] -= 1
        if kind:
            self.found.append(Part(kind, start, at))
        return tag
