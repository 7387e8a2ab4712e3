"""What has to hold for JSON that is to load: it is refused in a sentence, or of use in every output."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, get_args

import factparse
from factparse import AnyFact, Page
from factparse.core.errors import FactparseError, UsageError
from factparse.output.arrow_tables import arrow_rows, arrow_table
from factparse.output.csv_lines import csv_lines
from factparse.output.database import database_lines
from factparse.output.json import Emit, facts_json
from factparse.output.terminal import facts_view, page_view
from tools.fuzzing.promises import BrokenError


def hold_page(data: bytes) -> None:
    """See that a page that loads is written as JSON that loads as the same page, and goes into every output."""
    if (page := _loaded(Page.from_json, data)) is None:
        return
    if (again := Page.from_json(page.to_json())) != page or again.facts() != page.facts():
        raise BrokenError("the page does not load as it was written")
    page.to_html()
    _walk(page_view(page))
    for emit in get_args(Emit):
        _arrow(page, emit)
    csv_lines(page, "rows"), csv_lines(page, "facts"), database_lines(page, "facts")
    factparse.diff(page), factparse.diff(page, again), page.with_prose().to_json()
    _asked(page)


def _asked(page: Page) -> None:
    """Ask a page what a user asks."""
    for fact in page.facts():
        with suppress(UsageError):  # a fact that is of no cell of the page
            page.sentence(fact)
    for row in page:
        page.only(field=row.name).to_json()
        page.source_span(row.span), page.editions_of(row), repr(row)
    factparse.disputes(page), page.edition


def hold_facts(data: bytes) -> None:
    """See that facts that load are of use."""
    _of_use(_loaded(factparse.facts_from_json, data) or ())


def hold_fact(data: bytes) -> None:
    """The same for a dictionary. Python's own reader lets pass what is no JSON: NaN, and halves of surrogate pairs."""
    with suppress(ValueError, RecursionError):
        told = json.loads(data)
        if (fact := _loaded(factparse.Fact.from_dict, told)) is not None:
            _of_use([fact])


def _loaded(load: Callable[[Any], Any], written: Any) -> Any:  # noqa: ANN401 (what the reader takes and gives)
    """What ``load`` gives, ``None`` if it refuses, which it must say in a sentence that can be printed."""
    try:
        return load(written)
    except FactparseError as error:
        str(error).encode()
        return None


def _of_use(facts: Sequence[AnyFact]) -> None:
    once = factparse.facts_from_json(facts_json(facts))
    if len(once) != len(facts) or factparse.facts_from_json(facts_json(once)) != once:
        raise BrokenError("facts do not load as they were written")
    _walk(facts_view(facts))
    factparse.disputes(facts)
    for library in ("pandas", "polars"):
        with suppress(UsageError):  # it is not installed
            factparse.frame(facts, engine=library)


def _arrow(page: Page, emit: Emit) -> None:
    with suppress(UsageError):  # pyarrow is not installed
        arrow_table(arrow_rows(page, emit), emit)


def _walk(some: Iterable[object]) -> None:
    deque(some, maxlen=0)
