"""Finds the marks of pages whose line breaks are lost, so that all of a page stands in one line behind its title."""

from __future__ import annotations

from collections.abc import Iterable

from factparse.layout.headers import glued_header
from factparse.layout.index import any_label, other_word
from factparse.layout.marks import GLUED, LABEL, SOURCE, TOPIC, Mark
from factparse.vocabulary import label_as_printed, topic_headings


def streamed_marks(text: str, titles: list[Mark]) -> list[Mark]:
    """The marks that stand in the same line as one of the ``titles``, behind it.

    Only ``GLUED`` titles are looked at. One that repeats another in the same line belongs to the same page.
    """
    found: list[Mark] = []
    done = 0
    for title in titles:
        if title.form != GLUED or title.start < done:
            continue
        stop = text.find("\n", title.end)
        stop = len(text) if stop < 0 else stop
        a, b = text[title.spots[0] : title.spots[1]], text[title.spots[2] : title.spots[3]]
        found += _stream_marks(text, title.end, stop, a, b)
        done = stop
    return found


def _stream_marks(text: str, start: int, end: int, a: str, b: str) -> list[Mark]:
    """The topics, headers, labels and source line of a stream; none if no header in it names ``a`` and ``b``.

    Here no line break tells that a label is one, so what stands on either side of it must.
    """
    heads = list(_stream_headers(text, start, end, a, b))
    if not heads:
        return []
    found = heads
    for match in any_label().finditer(text, min(mark.end for mark in heads), end):
        label = label_as_printed(match[0])
        stop = match.end()
        # Behind a space, bracket or hyphen a label's words are prose; so is a quotation that begins with them.
        before = text[match.start() - 1]
        quoted = before in "'\"\u2019" and text[match.start() - 2] in " (\n"
        if before in " (-" or quoted or not _glued_value(text, stop):
            continue
        # A single word is no label either behind a slash or a quotation mark, or where it goes on as a longer word.
        if " " not in label.text and (before in "/'\"\u2019" or other_word().match(text, stop)):
            continue
        found.append(Mark(LABEL, match.start(), match.start(), stop, GLUED, label))
    tail = text.rfind("Source:", start, end)
    if tail >= 0 and "Factbook" in text[tail:end]:
        found.append(Mark(SOURCE, tail, tail, end))
    return found


def _glued_value(text: str, at: int) -> bool:
    """Whether a cell can start at ``at``, right behind a label. In prose a space or a punctuation mark stands there."""
    after = text[at : at + 1]
    return after not in " ,;:)'" and (after != "-" or text[at + 1 : at + 2].isdigit() or text[at + 1 : at + 2] == "$")


def _stream_headers(text: str, start: int, end: int, a: str, b: str) -> Iterable[Mark]:
    """Yield the topic and header marks of a stream: each topic heading that has the two names glued behind it.

    The names alone are not enough, since a title or a cell may hold them too.
    """
    topics = sorted(topic_headings(), key=len, reverse=True)
    for pair in {a + b, b + a}:
        at = text.find(pair, start, end)
        while at >= 0:
            header = glued_header(text, at, a, b)
            heading = next((topic for topic in topics if text.endswith(topic, start, at)), None)
            if header is not None and heading is not None:
                yield Mark(TOPIC, at - len(heading), at - len(heading), at, GLUED, None, topic_headings()[heading])
                yield header
            at = text.find(pair, at + len(pair), end)
