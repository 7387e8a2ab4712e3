"""Figures that sentences tell: ``the forces have about 14,000 troops (10,000 Army)``, ``country code - 850``.

What is counted is named behind a figure (``25 AM stations``, ``11% of the labor force``), else before it (``country
code - 850``). Years and dates count nothing: they date the figures of their sentence. Neither does what only has digits
in its name (``COVID-19``, ``Article 49``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from factparse.core.facts import Quantity
from factparse.core.words import forms, mapping
from factparse.extract.figures.days import days
from factparse.extract.figures.drafts import NO_DATE, Date, Draft
from factparse.extract.figures.items import Reader
from factparse.extract.figures.texts import Read, between, closing_date, text_value, whole_pieces
from factparse.language import is_as_of, read_as_of, read_before, read_behind, read_figure
from factparse.language.brackets import half_brackets
from factparse.language.figures import has_digit, unjoined
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, rules, terminal

_REACH: Final = 160  # characters before a figure that may name it, so that time stays linear in the sentence
_BRACKET: Final = 400  # characters before it in which a bracket may be open
_TERMS: Final = frozenset(forms("units", "term"))

Token = re.Match[str]


def told(reader: Reader, part: Part, rest: Read = text_value, closing: Range | None = None) -> None:
    """Read the figures of a part's sentences, each with the words around it; ``rest`` reads the other sentences.

    ``closing`` is the date that closes what the part is a piece of, if it is not the one that closes the part.
    """
    text = reader.text
    if not has_digit(text, part.start, part.end):
        rest(reader, part)
        return
    closing = closing or closing_date(text, part.start, len(text[: part.end].rstrip()))
    open_from = part.start
    for start, end, tokens in _sentences(text, part):
        between(reader, part, open_from, start, rest)
        _sentence(reader, part, (start, end), tokens, closing)
        open_from = end
    if open_from == part.start:
        rest(reader, part)
    else:
        between(reader, part, open_from, part.end, rest)


def events(reader: Reader, part: Part) -> None:
    """Read the figures of a part's sentences as :func:`told` does, and the days of the other sentences."""
    told(reader, part, days)


def _sentences(text: str, part: Part) -> Iterator[tuple[int, int, list[Token]]]:
    """Yield where each sentence with a figure stands, and its tokens; semicolons end a sentence too."""
    for sentence in terminal(CELL, "SENTENCE").finditer(text, part.start, part.end):
        if has_digit(text, *sentence.span()):
            tokens = rules(CELL, "told").tokens(text, *sentence.span())
            if any(token.lastgroup == "TOLD" for token in tokens):
                yield *sentence.span(), tokens


def _sentence(reader: Reader, part: Part, where: Range, tokens: Sequence[Token], closing: Range | None) -> None:
    """Read the figures of one sentence: each has the text from the figure before it to the end of its own words.

    What a dash sets off is a label of all that follow: ``satellite earth stations - 1 Intelsat and 2 Inmarsat``.
    """
    text = reader.text
    shared = _date(text, tokens, closing)
    path, at, of, part_of = part.path, where[0], "", where[0]
    figures = [(token, following) for token, following in zip_longest(tokens, tokens[1:]) if token.lastgroup == "TOLD"]
    drafts: list[Draft] = []
    for token, following in figures:
        draft = Draft(Quantity, path, at, where[1])
        at = _figure(text, draft, token, following, where[1], of)
        if draft.path != path:
            path = draft.path = (*part.path, draft.path[-1])  # a new label is no part of the one before it
        draft.path = (*path, *_opened(text, where[0], token.start("figure")))
        if drafts and _is_part(text, part_of, token):  # 24 of the 36 states
            _share_name(drafts[-1], draft)
        part_of = token.end("figure")
        of = draft.of or ""
        draft.date = draft.date or shared
        drafts.append(draft)
        _add(reader, part, draft, token, at if token is not figures[-1][0] else where[1])
    if closing is not None and drafts[-1].end < closing[0] < where[1]:
        drafts[0].tail = (closing[0] - 1, closing[1] + 1)  # the date behind a breakdown


def _is_part(text: str, start: int, token: Token) -> bool:
    """Tell whether the figure that ends at ``start`` is a part of that of ``token``: ``24 of the 36 states``."""
    return terminal(CELL, "TOLD_PART").fullmatch(text, start, token.start("figure")) is not None


def _share_name(part: Draft, whole: Draft) -> None:
    """Give a ``part`` the unit of its ``whole``, and its name, if nobody is named who has it (``Ann ODD 81 of 98``)."""
    part.unit = part.unit or whole.unit
    if whole.unit is None and whole.of is None:
        return
    if not part.of or part.of[0].islower() or part.of.endswith(("'s", "’s")):
        part.of = whole.of if whole.unit is None or part.unit != whole.unit else None


def _figure(text: str, draft: Draft, token: Token, following: Token | None, until: int, again: str) -> int:
    """Read a figure with the words around it into its draft; return where these end.

    ``again`` is what the figure before it counts.
    """
    start = token.start("figure")
    draft.figure = read_figure(token["figure"])
    label, name = _before(text, draft, draft.start, start)
    end = _behind(text, draft, token.end("figure"), following, until)
    if not (draft.of or name or label) and following is not None and end == following.end():
        counted = terminal(CELL, "TOLD_BEHIND").match(text, end, until)  # 55 per 100 fixed-line
        draft.of, end = (counted["words"], counted.end()) if counted else (None, end)
    _tally(draft)
    if draft.unit is None and terminal(CELL, "TOLD_AGE").search(text, draft.start, start):
        draft.unit, draft.of = "years", draft.of or "age"
    if label and (name or draft.of):
        draft.path = (*draft.path, label)
    if not (draft.unit or draft.of or name or label) and _again(text, draft.start, start):
        name = again
    draft.of = draft.of or name or (None if draft.unit else label) or None
    by = terminal(CELL, "TOLD_BY").match(text, end, following.start() if following is not None else until)
    if by is not None:
        chosen = unjoined(by["by"].rstrip())
        draft.noted(chosen)
        end = by.start("by") + len(chosen)
    dated = terminal(CELL, "DATE_BEHIND").match(text, end, until)
    if dated is not None and is_as_of(dated["date"]):
        draft.date, end = dated.span("date"), dated.end()
    return end


def _opened(text: str, start: int, figure: int) -> tuple[str, ...]:
    """Return the name before the bracket that is open at a figure, ``Senate`` of ``the Senate (40 seats``, if any."""
    start = max(start, figure - _BRACKET)
    opening = next((half for half in half_brackets(text, start, figure) if text[half] == "("), None)
    if opening is None:
        return ()
    found = terminal(CELL, "TOLD_OPENED").search(text[start:opening])
    return (found["label"],) if found else ()


def _tally(draft: Draft) -> None:
    """Read what looks like a range and falls as the count of a vote: ``31 to 4`` is 31, against 4."""
    figure = draft.figure
    if figure is not None and figure.low is not None and figure.high is not None and figure.low > figure.high:
        draft.figure, draft.note = figure._replace(value=figure.low, low=None, high=None), f"to {figure.high}"


def _add(reader: Reader, part: Part, draft: Draft, token: Token, end: int) -> None:
    """Give a draft whose text goes on to ``end`` to the reader; beyond half a bracket it is a text of its own."""
    start = draft.start
    _trim(reader.text, draft, token.start("figure"), end)
    for piece in whole_pieces(reader.text, start, max(start, draft.start - 1)):
        between(reader, part, *piece)
    reader.drafts.append(draft)
    reader.regions.append(("told", *token.span()))
    if any(map(str.isalpha, reader.text[draft.end : end])):
        for piece in whole_pieces(reader.text, draft.end + 1, end):
            between(reader, part, *piece)


def _trim(text: str, draft: Draft, figure: int, end: int) -> None:
    """End a draft at ``end``, less dividers, and brackets of which the other half is not in its text."""
    draft.start += len(text[draft.start : figure]) - len(text[draft.start : figure].lstrip(" ,;.\n-–—"))
    halves = half_brackets(text, draft.start, end)
    draft.start = max([half + 1 for half in halves if half < figure], default=draft.start)
    end = min([half for half in halves if half >= figure], default=end)
    draft.end = figure + len(text[figure:end].rstrip(" ,;"))


def _date(text: str, tokens: Sequence[Token], closing: Range | None) -> Date:
    """Return the date of a sentence's figures: the only one that it tells, else the one that closes the part."""
    dates = [token.span() for token in tokens if token.lastgroup in ("TOLD_DATE", "TOLD_MONTH")]
    inside = [span for span in dates if closing is None or not closing[0] <= span[0] < closing[1]]
    return read_as_of(text[slice(*inside[0])]) if len(inside) == 1 else closing or NO_DATE


def _before(text: str, draft: Draft, start: int, end: int) -> tuple[str, str]:
    """Read the qualifier before a figure, and the remark; return the label that a dash sets off, and the name."""
    found = terminal(CELL, "TOLD_BEFORE").search(text[max(start, end - _REACH) : end])
    if found is None:
        return "", ""
    words, draft.qualifier = read_before(found["words"].strip())
    draft.note = found["remark"] or None
    if found["dash"]:
        return _subject(words), ""
    number = terminal(CELL, "TOLD_NUMBER").search(found["words"].strip().removesuffix(draft.qualifier or "").rstrip())
    if number is not None:  # a population of 1,508
        return "", _both(words) or number["of"]
    *labels, name = terminal(CELL, "LABEL_DASH").split(words)
    return _subject(labels[-1]) if labels else "", _subject(name)


def _subject(words: str) -> str:
    """Return the first words that can name what is counted: ``debt`` of ``growth is low and debt is``."""
    if both := _both(words):
        return both
    found = terminal(CELL, "TOLD_SUBJECT").search(terminal(CELL, "TOLD_JOINT").split(words + " ")[-1])
    return found["of"] if found else ""


def _both(words: str) -> str:
    """Return two kinds of what is counted, if the words name them as one: ``combined fixed and mobile density``."""
    found = terminal(CELL, "TOLD_BOTH").search(words) if " and " in words else None
    return found[0] if found else ""


def _again(text: str, start: int, end: int) -> bool:
    """Tell whether the words before a figure say that it is of what the one before it was: ``and``, or none at all."""
    words, _ = read_before(text[max(start, end - _REACH) : end].strip())
    return terminal(CELL, "TOLD_AGAIN").fullmatch(words) is not None


def _behind(text: str, draft: Draft, start: int, following: Token | None, end: int) -> int:
    """Read the words behind a figure, up to the ``following`` token: unit, what is counted; return where they end."""
    until = following.start() if following is not None else end
    more = terminal(CELL, "TOLD_OR_MORE").match(text, start, until)
    if more is not None:
        draft.qualifier, start = more["or"], more.end()
    start = _counted(text, draft, start, until, end)
    if following is not None and following.lastgroup == "PER_SO_MANY" and not text[start:until].strip():
        # "19 per 100 persons", "114 telephones per 100": what is counted belongs to the unit
        counted = draft.unit or draft.of or ""
        draft.unit, start = f"{counted}{'' if following[0][0] == '/' else ' '}{following[0]}".strip(), following.end()
        draft.of = None
    part_of = terminal(CELL, "TOLD_OF").match(text, start, end) if not draft.of else None
    if part_of is not None:
        draft.of, start = part_of["of"], part_of.end()
    return start


def _counted(text: str, draft: Draft, start: int, until: int, end: int) -> int:
    """Read the words right behind a figure, up to the next token at ``until``: unit and what is counted.

    Return where they end.
    """
    parts = terminal(CELL, "TOLD_PARTS").match(text, start, until) if text[start : start + 1] == "-" else None
    if parts is not None:  # a 12-member Council
        draft.unit, start = mapping("told_parts", "many")[parts["part"]], parts.end()
    aside = terminal(CELL, "TOLD_ASIDE").match(text, start, end)
    if aside is not None and aside.end() > until:  # what it holds is figures of their own
        words = terminal(CELL, "TOLD_BEHIND").match(text, aside.end(), end)
    else:
        words = terminal(CELL, "TOLD_BEHIND").match(text, aside.end() if aside else start, until)
        start = words.end() if words else start
    if words is not None and parts is not None:
        draft.of = words["words"]
    elif words is not None:
        read = read_behind(words["words"])
        draft.unit, draft.of = _years(read.unit), read.rest if read.unit else words["words"]
    return start


def _years(unit: str | None) -> str | None:
    """Return a unit in the plural, if it is one of terms: ``4-year terms`` are of 4 ``years``."""
    return f"{unit}s" if unit in _TERMS and not unit.endswith("s") else unit
