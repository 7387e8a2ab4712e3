"""Rows of tables. A row is a cell if keys name its country, field and text. Otherwise it is a text."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from typing import Final, NamedTuple

from factparse.core.errors import Diagnostic, SourceError
from factparse.sources.decode import decode, without_surrogates
from factparse.sources.record import GivenCell, Options, Outcome, Record, first_of, too_large

# The names to try, in this order. They are few, because records of a crawl also have keys like ``label`` and ``name``.
_COUNTRY: Final = ("country", "country_name")
_FIELD: Final = ("field", "field_name")
_TEXT: Final = ("text", "content", "value")
_EDITION: Final = ("edition", "editions", "year")
_TOPIC: Final = ("topic", "section", "category")
_CODE: Final = ("code", "gec")


class Keys(NamedTuple):
    """The keys of a table of cells. A missing key is ``None``."""

    country: str
    field: str
    text: str
    edition: str | None
    topic: str | None
    code: str | None

    def named(self) -> tuple[str, ...]:
        """The keys that the table has."""
        return tuple(key for key in self if key is not None)


def keys_of(there: Container[str], options: Options) -> Keys | None:
    """The keys of a table whose keys are ``there``. ``None`` if it is no table of cells.

    >>> keys_of(("country", "field", "text", "year"), Options()).edition
    'year'
    >>> keys_of(("country", "text"), Options()) is None
    True
    """
    country = first_of(_COUNTRY, options.country_key, there)
    field = first_of(_FIELD, options.field_key, there)
    text = first_of(_TEXT, options.text_key, there)
    if country is None or field is None or text is None:
        return None
    edition = first_of(_EDITION, options.edition_key, there)
    return Keys(country, field, text, edition, first_of(_TOPIC, None, there), first_of(_CODE, None, there))


def record_of_cell(
    row: Mapping[str, object], keys: Keys, name: str, number: int, diagnostics: tuple[Diagnostic, ...] = ()
) -> Record | None:
    """The record of the cell in ``row``. ``None`` if its country, field or text is not text."""
    country, field, text = (_said(row, key) for key in keys[:3])
    if country is None or text is None or not field or not field.strip():
        return None
    cell = GivenCell(field, text, country, _said(row, keys.code), _said(row, keys.topic), _edition(row, keys.edition))
    return Record("", name, number, number + 1, diagnostics=diagnostics, cells=(cell,))


def record_of_text(
    row: Mapping[str, object], keys: tuple[str, str | None, str | None], name: str, number: int, options: Options
) -> Outcome:
    """The record of a row, or an error if it has no text. ``keys`` are the columns of text, address and date."""
    text = row[keys[0]]
    remarks: tuple[Diagnostic, ...] = ()
    if isinstance(text, bytes):
        text, remarks = decode(text)
    if not isinstance(text, str):
        return SourceError("bad-record", f"the column {keys[0]!r} holds no text", source=name, line=number + 1)
    if len(text) > options.max_record_bytes:
        return too_large(name, options.max_record_bytes, line=number + 1)
    url = row.get(keys[1]) if keys[1] else None
    when = row.get(keys[2]) if keys[2] else None
    return Record(
        text,
        name,
        number=number,
        line=number + 1,
        url=url if isinstance(url, str) else None,
        date=when.isoformat() if isinstance(when, date) else when if isinstance(when, str) else None,
        diagnostics=remarks,
    )


def _said(row: Mapping[str, object], key: str | None) -> str | None:
    value = row.get(key) if key is not None else None
    return without_surrogates(value)[0] if isinstance(value, str) else None


def _edition(row: Mapping[str, object], key: str | None) -> str | None:
    """The edition of a cell. ``None`` for a list of several, because it does not say which one is meant."""
    value = row.get(key) if key is not None else None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
