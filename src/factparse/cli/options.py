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
    help="Use this book of known cells beside the packaged one. none switches that off. May be repeated.",
)
TYPES = tuple(kind.__name__ for kind in get_args(AnyFact))
# They are repeated here, because their modules take a while to load. Tests check that they are equal.
EMITS = ("pages", "rows", "facts")
KINDS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv", "csv.gz", "duckdb", "sqlite")
ENGINES = ("local", "dask", "ray")
FORM = click.option(
    "--format",
    "form",
    metavar="NAME",
    help="Read the input as txt, html, json, jsonl, csv, parquet, sqlite, warc or wet, whatever its name.",
)
TEXT_KEY = click.option(
    "--text-key",
    metavar="KEY",
    help="The key or column that holds the text. Common names (text, content, ...) are found.",
)
TABLE = click.option("--table", metavar="NAME", help="The table or view of a database, if several can be read.")
EDITIONS = click.option("--editions", is_flag=True, help="Name the editions that print each cell word for word.")
PROSE = click.option(
    "--prose", is_flag=True, help="Add the figures of natural prose to the facts, with less confidence."
)
FULL = click.option("--full", is_flag=True, help="Write every field of JSON, also those at their default.")
TYPE = click.option(
    "--type",
    "type",
    type=click.Choice(TYPES),
    multiple=True,
    metavar="NAME",
    help="Keep only facts of this type. May be repeated.",
)
FIELD = click.option(
    "--field",
    "field",
    multiple=True,
    metavar="NAME",
    help="Keep only this field. Any of its labels will do. May be repeated.",
)
COUNTRY = click.option(
    "--country", "country", multiple=True, metavar="NAME", help="Keep only facts about this country. May be repeated."
)
MIN_CONFIDENCE = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Keep only rows and facts with at least this confidence.",
)
_OPTIONS = (
    click.option(
        "-o",
        "--output",
        required=True,
        metavar="OUT",
        type=click.Path(allow_dash=True),
        help="The file or folder to write.",
    ),
    click.option(
        "--emit",
        type=click.Choice(EMITS),
        metavar="WHAT",
        help="Write a line for each of the pages, rows or facts. Pages are the default, and facts for CSV.",
    ),
    click.option(
        "--to",
        "kind",
        type=click.Choice(KINDS),
        metavar="KIND",
        help="Format of the files in a folder: jsonl (default), jsonl.gz, jsonl.zst, parquet, csv or csv.gz.",
    ),
    click.option(
        "--kind",
        "only",
        type=click.Choice(("comparison", "country")),
        metavar="KIND",
        help="Keep only pages of this kind: comparison or country.",
    ),
    click.option("--once", is_flag=True, help="Keep one of several pages with the same text."),
    click.option("--distinct", is_flag=True, help="Keep each fact once, and count how often it was met."),
    click.option(
        "--resolve", is_flag=True, help="Read the input twice, and settle doubtful rows by what other pages show."
    ),
    EDITIONS,
    TYPE,
    FIELD,
    COUNTRY,
    MIN_CONFIDENCE,
    PROSE,
    FULL,
    BOOK,
    click.option("--repair", is_flag=True, help="Mend text that was decoded with the wrong encoding."),
    click.option(
        "--resume/--no-resume",
        default=True,
        help="In a folder, go on where an earlier run ended (default), or begin anew.",
    ),
    click.option(
        "--workers",
        type=click.IntRange(0),
        metavar="N",
        help="Number of processes. The default is the number of cores.",
    ),
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="local",
        metavar="NAME",
        help="Where the work is done: local (default), dask or ray.",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Address of the cluster for --engine dask or ray. Without it, one is started here.",
    ),
    click.option("--url-key", metavar="KEY", help="The key or column that holds the address."),
    click.option("--country-key", metavar="KEY", help="In a table of cells, the key or column of the country."),
    click.option("--field-key", metavar="KEY", help="In a table of cells, the key or column of the field's label."),
    click.option("--edition-key", metavar="KEY", help="In a table of cells, the key or column of the edition."),
    TABLE,
    click.option(
        "--shard-size",
        "shard_bytes",
        type=SIZE,
        metavar="SIZE",
        help="How much input goes into one file of a folder (64M, or less for small inputs).",
    ),
    click.option("--max-record-bytes", type=SIZE, metavar="SIZE", help="Put larger records aside (64M)."),
    click.option(
        "--record-seconds",
        type=click.FloatRange(0, min_open=True),
        metavar="S",
        help="Put records aside that take longer (60).",
    ),
    click.option("--memory", type=SIZE, metavar="SIZE", help="Put records aside that need more memory (2G)."),
    click.option(
        "--attempts", type=click.IntRange(1), metavar="N", help="How often to try a record that kills its process (2)."
    ),
    click.option("--quiet", is_flag=True, help="Print failures only, no progress and no summary."),
    click.option("--log-json", is_flag=True, help="Print progress, failures and summary as lines of JSON."),
)


def conversion_options(command: _Command) -> _Command:
    """Add all options of a conversion to ``command``. Use it as a decorator."""
    for option in reversed(_OPTIONS):  # click lists the option that was added last first
        command = option(command)
    return command


def chosen(options: Mapping[str, object]) -> dict[str, Any]:
    """The options that were given, as :func:`factparse.convert` takes them.

    Options that were not given are left out, so that the library's defaults hold. Only ``workers`` has another default
    here: the number of cores.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if "kind" in given:
        given["kind"] = f".{str(given['kind']).lstrip('.')}"
    return {"workers": os.cpu_count() or 1, **given}


_NAMES = {"kind": "to", "only": "kind", "form": "format", "books": "book", "shard_bytes": "shard-size"}


def in_options(error: UsageError) -> str:
    """The words of ``error``, with the settings of an earlier run under the names of their options.

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
    """Treat the system's request to end (``SIGTERM``) like Ctrl-C, so that finished work is kept in both cases.

    Signals reach the main thread only. In any other thread this does nothing.
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
