"""The options of the commands, and how ``factparse convert`` is stopped."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar, get_args

import click

from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact

_Command = TypeVar("_Command", bound=Callable[..., object])

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


class _Size(click.ParamType[int]):
    """A number of bytes on the command line, in powers of 1,024: ``500M``, ``2G``, ``64MiB``."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip().lower().removesuffix("b").removesuffix("i")
        unit = text.lstrip("0123456789")
        number = text.removesuffix(unit) if unit else text
        if unit not in _UNITS or not number.isascii() or not number.isdigit() or not int(number):
            self.fail(f"{value!r} is no size; write 500M or 2G", param, ctx)
        return int(number) * _UNITS[unit]


SIZE = _Size()
BOOK = click.option(
    "--book",
    "books",
    multiple=True,
    metavar="FILE",
    help="A book of known cells, beside the packaged one; none switches that off. May be given several times.",
)
TYPES = tuple(kind.__name__ for kind in get_args(AnyFact))
# Written down here, for their modules take a while to load; tests hold them equal to those.
EMITS = ("pages", "rows", "facts")
KINDS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv", "csv.gz", "duckdb", "sqlite")
ENGINES = ("local", "dask", "ray")
FORM = click.option(
    "--format",
    "form",
    metavar="NAME",
    help="Read as txt, html, json, jsonl, csv, parquet, sqlite, warc or wet, whatever the name.",
)
TEXT_KEY = click.option(
    "--text-key", metavar="KEY", help="The key or column of the text: text, content, ... if there is one."
)
EDITIONS = click.option("--editions", is_flag=True, help="Tell which editions print each cell word for word.")
PROSE = click.option("--prose", is_flag=True, help="Among the facts the figures of natural prose, less sure.")
FULL = click.option("--full", is_flag=True, help="In JSON also fields at their default.")
TYPE = click.option(
    "--type", "type", type=click.Choice(TYPES), multiple=True, metavar="NAME", help="Only facts of this type."
)
FIELD = click.option("--field", "field", multiple=True, metavar="NAME", help="Only this field, by any of its labels.")
COUNTRY = click.option("--country", "country", multiple=True, metavar="NAME", help="Only facts about this country.")
MIN_CONFIDENCE = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), metavar="P", help="Only rows and facts that are so sure."
)
_OPTIONS = (
    click.option("-o", "--output", required=True, metavar="OUT", type=click.Path(allow_dash=True), help="Where to."),
    click.option(
        "--emit",
        type=click.Choice(EMITS),
        metavar="WHAT",
        help="A line for each of: pages (default), rows, facts (default of CSV).",
    ),
    click.option(
        "--to",
        "kind",
        type=click.Choice(KINDS),
        metavar="KIND",
        help="In a folder: jsonl (default), jsonl.gz, jsonl.zst, parquet, csv ...",
    ),
    click.option(
        "--kind",
        "only",
        type=click.Choice(("comparison", "country")),
        metavar="KIND",
        help="Only pages of this kind: comparison or country.",
    ),
    click.option("--once", is_flag=True, help="Keep pages of the same text once."),
    click.option("--distinct", is_flag=True, help="Of facts: keep each once, with the number of its sightings."),
    click.option("--resolve", is_flag=True, help="Read twice, and settle doubtful rows by what other pages show."),
    EDITIONS,
    TYPE,
    FIELD,
    COUNTRY,
    MIN_CONFIDENCE,
    PROSE,
    FULL,
    BOOK,
    click.option("--repair", is_flag=True, help="Mend text that was decoded with the wrong encoding."),
    click.option("--resume/--no-resume", default=True, help="In a folder: go on where a run ended (default), or anew."),
    click.option("--workers", type=click.IntRange(0), metavar="N", help="Processes; as many as cores by default."),
    click.option(
        "--engine", type=click.Choice(ENGINES), default="local", metavar="NAME", help="local (default), dask or ray."
    ),
    click.option("--scheduler", metavar="ADDRESS", help="The cluster of --engine dask or ray; else one is started."),
    click.option("--url-key", metavar="KEY", help="The key or column of the address."),
    click.option("--country-key", metavar="KEY", help="Of a table of cells: the key or column of the country."),
    click.option("--field-key", metavar="KEY", help="Of a table of cells: that of the field's label."),
    click.option("--edition-key", metavar="KEY", help="Of a table of cells: that of the edition."),
    click.option("--table", metavar="NAME", help="Of a database: the table or view, if several can be read."),
    click.option(
        "--shard-size",
        "shard_bytes",
        type=SIZE,
        metavar="SIZE",
        help="Of input in one file (64M, less of small inputs).",
    ),
    click.option("--max-record-bytes", type=SIZE, metavar="SIZE", help="Larger records are put aside (64M)."),
    click.option(
        "--record-seconds",
        type=click.FloatRange(0, min_open=True),
        metavar="S",
        help="Slower records are put aside (60).",
    ),
    click.option("--memory", type=SIZE, metavar="SIZE", help="Of one process (2G); what needs more is put aside."),
    click.option("--attempts", type=click.IntRange(1), metavar="N", help="At a record that kills its process (2)."),
    click.option("--quiet", is_flag=True, help="No progress and no summary; failures are still told."),
    click.option("--log-json", is_flag=True, help="Progress, failures and summary as lines of JSON."),
)


def conversion_options(command: _Command) -> _Command:
    """The ``command`` with all options of a conversion, as a decorator."""
    for option in reversed(_OPTIONS):  # the option applied last is the first in the help
        command = option(command)
    return command


def chosen(options: Mapping[str, object]) -> dict[str, Any]:
    """The options that were given, as :func:`factparse.convert` takes them.

    What was not given is left out, so that the library's defaults hold; only ``workers`` are as many as cores.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if "kind" in given:
        given["kind"] = f".{str(given['kind']).lstrip('.')}"
    return {"workers": os.cpu_count() or 1, **given}


_NAMES = {"kind": "to", "only": "kind", "form": "format", "books": "book", "shard_bytes": "shard-size"}


def in_options(error: UsageError) -> str:
    """The words of ``error``; where they name settings of an earlier run, by the names of the options.

    >>> in_options(UsageError("other-options", "begun with other options (kind = '.csv', once = True)"))
    "begun with other options (--to = '.csv', --once = True) [other-options]"
    """
    if error.code != "other-options":
        return str(error)
    return re.sub(r"(?<=[(,])( ?)(\w+)(?= = )", lambda found: f"{found[1]}{_option(found[2])}", str(error))


def _option(name: str) -> str:
    return f"--{_NAMES.get(name, name).replace('_', '-')}"


@contextmanager
def stopping() -> Iterator[None]:
    """Let the system's request to end (``SIGTERM``) do what Ctrl-C does, so that finished work is kept likewise.

    Signals reach the main thread only; in any other nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
