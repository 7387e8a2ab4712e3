"""The kinds of input: what each begins with, and what reads it. They are made of the fixtures, whole or in bits."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import factparse
from factparse import Page
from factparse.book import BookMaker, KnownCell
from factparse.output.json import facts_json
from factparse.sources.compression import OPENERS
from factparse.sources.files import formats
from tools.fuzzing import loaded, promises
from tools.fuzzing.objects import edited

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"
_BIT, _MOST_BITS = 200, 2000  # bytes of a bit; bits of one kind
_SOME = 5000  # characters of a page that is loaded: a long one has more of the same
_ADDRESS = "http://example.org"


class Kind(NamedTuple):
    """A kind of input: those to begin with, and what reads one and raises if a promise is broken."""

    name: str
    seeds: Sequence[bytes]
    check: Callable[[bytes], None]
    edited: Callable[[bytes, random.Random, Sequence[bytes]], bytes] | None = None  # instead of edits of bytes


def kinds() -> list[Kind]:
    """Return all kinds of input: texts, bytes, HTML, cells, dumps of every format, packed or not; whole and short."""
    pages, html = _fixtures("*.txt"), _fixtures("*.html")
    whole = [*_read(pages, pages, html, _cells()), *_dumps(pages, html), *_packed(pages), *_loaded(_objects(pages))]
    lines = [b"Chad vs. Mali\n" + bit for bit in _bits(pages, b"\n")]
    markup = _bits(html, b">")
    cells = [(field, bit) for field, text in _cells() for bit in _bits([text], b";\n")]
    short = [*_read(lines, _bits(pages, b"\n"), markup, cells, "short "), *_dumps(lines, markup, "short ", together=1)]
    return [*whole, *short, *_loaded(_small(), "short "), Kind("book", [_book()], promises.hold_book)]


def _read(
    texts: Sequence[bytes],
    some_bytes: Sequence[bytes],
    html: Sequence[bytes],
    cells: Iterable[tuple[bytes, bytes]],
    name: str = "",
) -> Iterator[Kind]:
    yield Kind(f"{name}text", texts, promises.hold_text)
    yield Kind(f"{name}bytes", some_bytes, promises.hold_bytes)
    yield Kind(f"{name}html", html, promises.hold_html)
    yield Kind(f"{name}extract", [field + b"\n" + text for field, text in cells], promises.hold_cell)


def _dumps(texts: Sequence[bytes], html: Sequence[bytes], name: str = "", together: int = 3) -> Iterator[Kind]:
    """The kinds of all formats: each text or document is a record, ``together`` of them a file."""
    files = [texts[at : at + together] for at in range(0, len(texts), together)]
    made: dict[str, Sequence[bytes]] = {
        ".txt": texts,
        ".html": html,
        ".htm": html,
        ".csv": [_table(some, ",") for some in files],
        ".tsv": [_table(some, "\t") for some in files],
        ".json": [_country(text) for text in texts],
        ".jsonl": [b"".join(map(_line, some)) for some in files],
        ".parquet": _parquet(texts[: together + 2]),
        ".warc": [b"".join(map(_archive, some)) for some in files],
    }
    made[".ndjson"], made[".wet"] = made[".jsonl"], made[".warc"]
    made |= {suffix: [_database(texts[: together + 2])] for suffix in (".sqlite", ".sqlite3", ".db")}
    for suffix in sorted(formats()):
        # A format that is new here is given plain texts, until it has seeds of its own.
        if seeds := made.get(suffix, texts):
            yield Kind(f"{name}{suffix[1:]}", seeds, partial(promises.hold_dump, suffix, ""))


def _packed(texts: Sequence[bytes]) -> Iterator[Kind]:
    packers: dict[str, Callable[[bytes], bytes]] = {
        ".gz": partial(gzip.compress, mtime=0),  # or each run would make other inputs
        ".bz2": bz2.compress,
        ".xz": lzma.compress,
    }
    lines = b"".join(map(_line, texts[:3]))
    for packed in sorted(packers.keys() & OPENERS.keys()):
        yield Kind(f"jsonl{packed}", [packers[packed](lines)], partial(promises.hold_dump, ".jsonl", packed))


def _book() -> bytes:
    maker = BookMaker()
    for field in ("Area", "Coastline"):
        for country, text in (("CD", "5 km"), ("ML", "7 km"), ("ML", "total: 9 sq km")):
            maker.add(KnownCell(country, field, text, ("2012", "2013")))
    return maker.book()


def _loaded(pages: Iterable[Page], name: str = "") -> Iterator[Kind]:
    """JSON that was written, on its way back: pages, arrays and lines of facts, single facts."""
    written, facts, single = [], [], set()
    for page in pages:
        written += [page.to_json().encode(), page.to_json(full=True, editions=True).encode()]
        facts.append(facts_json(page.facts()).encode())
        single |= {json.dumps(fact.to_dict()).encode() for fact in page.facts()}
    yield Kind(f"{name}loaded-page", written, loaded.hold_page, edited)
    yield Kind(f"{name}loaded-facts", [*facts, *written], loaded.hold_facts, edited)
    if not name:  # one fact is short
        yield Kind("loaded-fact", sorted(single), loaded.hold_fact, edited)


def _objects(texts: Iterable[bytes]) -> Iterator[Page]:
    """The pages of the fixtures, but for the longest."""
    for text in texts:
        yield from (page for page in factparse.parse_pages(text.decode(errors="replace")) if page.span.size < _SOME)


def _small() -> Iterator[Page]:
    """A page of one row for each field of the fixtures, with its facts, and one that was rendered from HTML."""
    for field, text in _cells():
        cell = " ".join(text.decode().split()).replace("|", " ")
        yield factparse.parse(
            f"Chad vs. Mali\nEnergy\nChad (2004) | Mali (2004) | |\n{field.decode()} | {cell} | none |\n"
        )
    yield factparse.parse_html(
        "<h1>Malta vs. Aruba</h1><table><tr><td><td>Malta<td>Aruba<tr><td>Coastline<td>5 km<td>6 km"
    )


def _fixtures(pattern: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((FIXTURES / "pages").glob(pattern))]


def _cells() -> Iterator[tuple[bytes, bytes]]:
    for path in sorted((FIXTURES / "facts").glob("*/*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
        field = next(line.partition(":")[2].strip() for line in head.splitlines() if line.startswith("field:"))
        yield field.encode(), text.encode()


def _bits(seeds: Iterable[bytes], ends: bytes) -> list[bytes]:
    """Some of the pieces of the ``seeds`` up to one of the bytes ``ends``, each at most ``_BIT`` long."""
    pieces = re.compile(rb"(?s).{1,%d}?(?:[%b]|\Z)|.{%d}" % (_BIT, re.escape(ends), _BIT))
    found = sorted({bit for seed in seeds for bit in pieces.findall(seed)})
    return random.Random(0).sample(found, min(len(found), _MOST_BITS))


def _line(text: bytes) -> bytes:
    return json.dumps({"text": text.decode(errors="replace"), "url": _ADDRESS}).encode() + b"\n"


def _country(text: bytes) -> bytes:
    lines = text.decode(errors="replace").splitlines() or [""]
    fields = {"Area": {"total": {"text": lines[0]}}, "Climate": {"text": "<p>".join(lines[1:])}}
    return json.dumps({"Government": {"Country name": {"text": "Malta"}}, "Geography": fields}).encode()


def _table(texts: Iterable[bytes], divider: str) -> bytes:
    made = io.StringIO()
    rows = csv.writer(made, delimiter=divider)
    rows.writerow(("country", "field", "text"))
    rows.writerows(("Malta", "Area", text.decode(errors="replace")) for text in texts)
    return made.getvalue().encode()


def _parquet(texts: Sequence[bytes]) -> list[bytes]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return []
    made = io.BytesIO()
    table = pyarrow.table({"text": [text.decode(errors="replace") for text in texts]})
    parquet.write_table(table, made, row_group_size=2)
    return [made.getvalue()]


def _database(texts: Sequence[bytes]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE cells (country TEXT, field TEXT, text TEXT)")
        rows = [("Malta", "Area", text.decode(errors="replace")) for text in texts]
        base.executemany("INSERT INTO cells VALUES (?, ?, ?)", rows)
        return base.serialize()


def _archive(text: bytes) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text
    of_text = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %d\r\n\r\n" % len(text)
    of_page = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
    return b"".join((of_text, text, b"\r\n\r\n", of_page % len(page), page, b"\r\n\r\n"))
