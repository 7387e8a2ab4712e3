"""The answers of the server: functions that turn what a request holds into bytes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import msgspec

from factparse.core.errors import Diagnostic, FactparseError, UsageError
from factparse.extract import misspellings, text_facts
from factparse.output.json import encoded, facts_json
from factparse.output.report.document import written
from factparse.output.report.page import page_html
from factparse.page import Page
from factparse.reading import record_pages
from factparse.sources.files import formats, suffix_of
from factparse.sources.record import Options, Record

MOST_PAGES: Final = 100
"""The number of pages of one file that are shown. ``factparse report`` shows more."""

# Formats without packed data. A few packed bytes could give endless data.
_SUFFIXES: Final = (".txt", ".html", ".htm", ".json", ".jsonl", ".csv")


class ParseRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The JSON that ``/parse`` takes: a text, or HTML."""

    text: str
    html: bool = False
    editions: bool = False
    prose: bool = False


class ExtractRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The JSON that ``/extract`` takes: one field's text."""

    field: str
    text: str
    subject: str | None = None
    topic: str | None = None
    prose: bool = False


def request_of(kind: type[Any], body: bytes) -> Any:  # noqa: ANN401 (an object of ``kind``)
    """The request that ``body`` holds as JSON.

    Raises :class:`~factparse.UsageError` (``bad-request``) if it is not such a request.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError("bad-request", f"the JSON is not as /openapi.json describes it: {error}") from error


def parsed(request: ParseRequest) -> bytes:
    """The answer to ``/parse``: all pages of the text, as the published schema describes them."""
    pages = record_pages(Record(request.text, "request", html=request.html))
    shown = (page.with_prose() if request.prose else page for page in pages)
    return f'{{"pages":[{",".join(page.to_json(editions=request.editions) for page in shown)}]}}'.encode()


def extracted(request: ExtractRequest) -> bytes:
    """The answer to ``/extract``: the facts of one field's text, and remarks on names that look misspelt."""
    found = text_facts(request.field, request.text, subject=request.subject, topic=request.topic, prose=request.prose)
    remarks = encoded(misspellings(request.field, request.subject)).decode()
    return f'{{"facts":{facts_json(found)},"remarks":{remarks}}}'.encode()


def reported(body: bytes, name: str, number: int) -> tuple[bytes, int]:
    """The report of page ``number`` (from 0) of a file, and how many pages it has, at most :data:`MOST_PAGES`.

    A file without a page gives a report that says why. Raises :class:`~factparse.UsageError` (``no-such-format``) if
    the server does not show its format.
    """
    pages = list(_pages(body, name))
    true = [page for page in pages if page] or pages[:1] or [_empty(name)]
    return written(page_html(true[min(number, len(true) - 1)])), len(true)


def _pages(body: bytes, name: str) -> Iterator[Page]:
    from factparse.reading import failed

    suffix = suffix_of(name) or ".txt"
    if suffix not in _SUFFIXES or name.lower().endswith((".gz", ".zst", ".bz2", ".xz")):
        known = ", ".join(_SUFFIXES)
        raise UsageError("no-such-format", f"only {known} are shown here; for others run: factparse report FILE -o OUT")
    found = 0
    for record in formats()[suffix].records(BytesIO(body), name, Options(max_record_bytes=max(len(body), 1))):
        if not isinstance(record, Record):
            yield failed(record)
            continue
        for page in record_pages(record):
            found += bool(page)
            yield page
            if found == MOST_PAGES:
                return


def _empty(name: str) -> Page:
    return Page("", (), (), (Diagnostic("empty", f"{name} holds no record"),))


def error_json(error: FactparseError) -> bytes:
    """An error as JSON: its stable code, and what to do.

    >>> error_json(UsageError("too-large", "send less"))
    b'{"error":{"code":"too-large","message":"send less"}}'
    """
    return encoded({"error": {"code": error.code, "message": error.message}})
