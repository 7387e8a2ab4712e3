"""The options of a conversion as one value. It goes into the manifest and to every worker."""

from __future__ import annotations

from typing import Any, Final

import attrs

from factparse.core.errors import UsageError
from factparse.output.json import EMITS, Emit
from factparse.selection import Names, Selection, Types
from factparse.sources.record import MAX_RECORD_BYTES, Options

# The formats of output files, by the ends of their names.
KINDS: Final = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".csv", ".csv.gz", ".duckdb", ".sqlite")
CSV: Final = (".csv", ".csv.gz")
DATABASES: Final = (".duckdb", ".sqlite")
"""A database is one file, made when all shards are done. So is a file of CSV, because it has one header."""


def _one_of(*known: str) -> Any:  # noqa: ANN401 (a validator)
    def check(_: object, attribute: attrs.Attribute[Any], value: str) -> None:
        if value not in known:
            message = f"there is no {attribute.name} {value!r}; there are {', '.join(known)}"
            raise UsageError(f"no-such-{attribute.name}", message)

    return check


def _positive(_: object, attribute: attrs.Attribute[Any], value: float) -> None:
    if not isinstance(value, int | float) or value <= 0:
        raise UsageError("bad-option", f"{attribute.name} must be a number and more than 0, and is {value!r}")


def _types(asked: Types) -> tuple[str, ...]:
    return tuple(sorted(Selection.of(type=asked).types))


def _fields(asked: Names) -> tuple[str, ...]:
    return tuple(sorted(Selection.of(field=asked).fields))


def _countries(asked: Names) -> tuple[str, ...]:
    return tuple(sorted(Selection.of(country=asked).countries))


@attrs.frozen(kw_only=True)
class Settings:
    """The options of a conversion. They decide what the output holds, so a run goes on only with the same options.

    What is read:

    - ``text_key`` and ``url_key`` are the keys or columns of text and address. ``country_key``, ``field_key`` and
      ``edition_key`` are those of a table of cells. ``table`` is the table of a database to read.
    - ``form`` is the format of the inputs, whatever their names say.
    - ``books`` are files of known cells that are used beside the packaged book. ``none`` leaves the packaged one out.
    - ``repair`` mends wrongly decoded text before it is read.
    - ``resolve`` reads the inputs twice, and settles doubtful rows by what other pages show.

    What is written:

    - ``emit`` says what a line or row of the output is. ``kind`` is the format of the files (``.jsonl``, ...).
    - ``only`` keeps pages of one kind, ``comparison`` or ``country``. ``once`` keeps one of several pages with the
      same text. ``distinct`` keeps each fact once.
    - ``type``, ``field`` and ``country`` keep only these facts; each may be one or several. ``min_confidence`` drops
      facts that are less sure. Rows are chosen by field and confidence, and pages by country.
    - ``editions`` adds the editions that print each cell. ``prose`` adds the figures of natural prose. ``full`` JSON
      also has fields at their default.

    How the work is done:

    - Inputs are divided into shards of about ``shard_bytes``: 64 MB, or less if that would give few shards.
    - A record is put aside if it is larger than ``max_record_bytes``, takes longer than ``record_seconds``, needs more
      than ``memory`` bytes, or kills its process ``attempts`` times.
    - ``converter`` is the function that turns a record into lines, as ``module:name``. ``reader`` is the function that
      reads its pages in the first of two passes.

    Raises :class:`~factparse.UsageError` for an impossible value, and for two options that exclude each other.
    """

    text_key: str | None = None
    url_key: str | None = None
    country_key: str | None = None
    field_key: str | None = None
    edition_key: str | None = None
    table: str | None = None
    form: str | None = None
    emit: Emit = attrs.field(default="pages", validator=_one_of(*EMITS))
    kind: str = attrs.field(default=".jsonl", validator=_one_of(*KINDS))
    only: str = attrs.field(default="", validator=_one_of("", "comparison", "country"))
    once: bool = False
    editions: bool = False
    prose: bool = False
    full: bool = False
    repair: bool = False
    distinct: bool = False
    resolve: bool = False
    type: tuple[str, ...] = attrs.field(default=(), converter=_types)
    field: tuple[str, ...] = attrs.field(default=(), converter=_fields)
    country: tuple[str, ...] = attrs.field(default=(), converter=_countries)
    min_confidence: float = 0.0
    books: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    shard_bytes: int | None = attrs.field(default=None, validator=attrs.validators.optional(_positive))
    max_record_bytes: int = attrs.field(default=MAX_RECORD_BYTES, validator=_positive)
    record_seconds: float = attrs.field(default=60.0, validator=_positive)
    memory: int = attrs.field(default=2 * 1024 * 1024 * 1024, validator=_positive)
    attempts: int = attrs.field(default=2, validator=_positive)
    converter: str = "factparse.convert.records:convert_record"
    reader: str = "factparse.convert.records:pages_of_record"

    def __attrs_post_init__(self) -> None:
        """Refuse options that exclude each other."""
        Selection.of(min_confidence=self.min_confidence)
        if self.distinct and self.emit != "facts":
            raise UsageError("not-facts", "only facts can be distinct; emit facts, or leave distinct out")
        if self.distinct and self.once:
            raise UsageError("once-and-distinct", "distinct facts are counted on all pages; leave once or distinct out")
        if self.kind in CSV and self.emit == "pages":
            raise UsageError("not-a-table", "a page is no row of CSV; emit facts or rows, or write .jsonl or .parquet")
        if self.kind in DATABASES and self.emit != "pages":
            raise UsageError("all-tables", "a database has the tables of pages, rows, cells and facts; leave emit out")

    @property
    def selection(self) -> Selection | None:
        """The facts, rows and pages to keep. ``None`` means all."""
        asked = Selection(frozenset(self.type), frozenset(self.field), frozenset(self.country), self.min_confidence)
        return asked or None

    @property
    def shard_kind(self) -> str:
        """The format of the files of shards, by the end of their names."""
        return ".jsonl" if self.kind in DATABASES else self.kind

    @property
    def tabular(self) -> bool:
        """Whether rows have the columns of a table (``factparse.output.tables``), and are not JSON."""
        return self.kind == ".parquet" or self.kind in CSV

    @property
    def reading(self) -> Options:
        """The options that concern the reading of sources."""
        keys = (self.country_key, self.field_key, self.edition_key, self.table)
        return Options(self.text_key, self.url_key, self.max_record_bytes, *keys)
