"""Writes reports: one page as one HTML file, many pages as a folder with an index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from factparse.core.errors import FactparseError, UsageError
from factparse.core.outfiles import as_output_error, complete_file, sweep
from factparse.output.report.document import GENERATOR, written
from factparse.output.report.index import LISTED, Entry, Totals, address, entry_of, index_html
from factparse.output.report.page import page_html
from factparse.page import Page
from factparse.reading import failure_of

_HTML: Final = (".html", ".htm")
_INDEX: Final = "index.html"
_TOLD: Final = 1_000  # the number of failures that the index lists
_OURS: Final = re.compile(r"\d{4,}/\d{3}\.html")
_HEAD: Final = 4_096  # bytes of an index file that show whether factparse wrote it

Outcome = Page | FactparseError
Tell = Callable[[FactparseError], object]


def is_one_file(out: Path) -> bool:
    """Whether ``out`` is the name of a report of one page. Otherwise it names a folder.

    >>> is_one_file(Path("page.html")), is_one_file(Path("pages"))
    (True, False)
    """
    return out.suffix.lower() in _HTML


def write_report(outcomes: Iterable[Outcome], out: Path, on_failure: Tell = lambda _: None) -> Totals:
    """Write the pages among ``outcomes`` to ``out``, and return what was counted.

    ``out`` is a file if its name ends in ``.html``, and a folder otherwise. A file is for one page. If no record holds
    a page, the file says why. A folder gets a file for each page, and an ``index.html`` that lists the least sure pages
    first. Pages are written one by one, so many pages need little more memory than few. Each error among ``outcomes``,
    and each error that a page raises, is passed to ``on_failure``.

    Raises :class:`~factparse.UsageError` for a file if there is more than one page (``several-pages``), for a folder
    that holds something else (``folder-in-use``); :class:`~factparse.OutputError` if ``out`` cannot be written.
    """
    return _one_file(outcomes, out, on_failure) if is_one_file(out) else _Folder(out, on_failure).write(outcomes)


def _one_file(outcomes: Iterable[Outcome], out: Path, on_failure: Tell) -> Totals:
    totals, shown = Totals(), None
    for outcome in outcomes:
        if isinstance(outcome, FactparseError):
            totals.failures += 1
            on_failure(outcome)
        elif outcome and shown:
            raise UsageError("several-pages", f"{out} is for one page, and there are more: name a folder (-o reports)")
        else:
            totals.none += not outcome
            shown = shown or outcome
    if shown is not None:
        _write(out, page_html(shown))
    if shown:
        totals.add(entry_of(shown, 0))
    return totals


class _Folder:
    """A folder of reports while it is written. The index comes last, so a folder with an index is complete."""

    def __init__(self, out: Path, on_failure: Tell) -> None:
        self._out = out
        self._on_failure = on_failure
        self._totals = Totals()
        self._entries: list[Entry] = []
        self._failures: list[str] = []

    def write(self, outcomes: Iterable[Outcome]) -> Totals:
        """Write the pages, then the index, and return what was counted."""
        with as_output_error(self._out):
            _clear(self._out)
        for outcome in outcomes:
            if isinstance(outcome, FactparseError):
                self._fail(outcome)
            elif outcome:
                self._add(outcome)
            else:
                self._totals.none += 1
        self._cut()
        _write(self._out / _INDEX, index_html(self._entries, self._totals, self._failures))
        return self._totals

    def _add(self, page: Page) -> None:
        number = self._totals.pages
        try:
            entry, html = entry_of(page, number), page_html(page, home="../../index.html")
        except Exception as error:  # a fault of factparse in one page must not cost the others
            self._fail(failure_of(error, page.source.name))
            return
        path = self._out / address(number)
        with as_output_error(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(html))
        self._totals.add(entry)
        self._entries.append(entry)
        if len(self._entries) >= 2 * LISTED:
            self._cut()

    def _cut(self) -> None:
        """Keep the entries that the index lists, in its order."""
        self._entries = sorted(self._entries, key=lambda entry: entry.order)[:LISTED]

    def _fail(self, error: FactparseError) -> None:
        self._totals.failures += 1
        self._on_failure(error)
        if len(self._failures) < _TOLD:
            self._failures.append(str(error))


def _clear(folder: Path) -> None:
    """Make ``folder``, or remove an earlier report from it. A folder with other content is left as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    index, pages = folder / _INDEX, folder / "pages"
    sweep(index)  # temporary files of killed runs
    others = [path.name for path in folder.iterdir() if path not in (index, pages)]
    if others or (index.exists() and not _is_report(index)) or (not index.exists() and _strangers(pages)):
        raise UsageError("folder-in-use", f"{folder} holds other files; name a new folder, or one with a report")
    index.unlink(missing_ok=True)
    for path in sorted(pages.glob("*/*.html")) if pages.exists() else ():
        if _OURS.fullmatch(path.relative_to(pages).as_posix()):
            path.unlink()


def _is_report(index: Path) -> bool:
    with index.open("rb") as file:
        return f'content="{GENERATOR}"'.encode() in file.read(_HEAD)


def _strangers(pages: Path) -> bool:
    """Whether ``pages`` holds files that are no reports. A run that was stopped leaves pages without an index."""
    if not pages.exists():
        return False
    files = (path.relative_to(pages).as_posix() for path in pages.rglob("*") if not path.is_dir())
    return any(not _OURS.fullmatch(name) for name in files)


def _write(path: Path, html: str) -> None:
    with complete_file(path) as file:
        file.write(written(html))
