"""Read inputs that nobody would write, and see that every promise holds: texts, HTML, cells, dumps of every format.

    python tools/fuzz.py [--seconds N | --inputs N] [--seed N] [--kind KIND]... [--save FOLDER] [--counts FILE.json]

An input is made of the fixtures and of small dumps of them, by cutting, repeating, mixing and breaking bytes; the same
seed makes the same ones. Each kind has its turn, for ``--seconds`` in all (60), or for ``--inputs`` each. What breaks a
promise, or takes far too long, is made as small as it can be and written to ``--save`` (``fixtures/found``), where the
tests read it from then on; the exit status is 1. ``--counts`` adds how many inputs of each kind were read to a file.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import io
import json
import lzma
import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

import attrs

import factparse
from factparse import Page
from factparse.core.errors import FactparseError, SourceError
from factparse.reading import record_pages
from factparse.sources.compression import BROKEN, OPENERS, opened
from factparse.sources.files import formats
from factparse.sources.record import Options, Record

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FOUND = FIXTURES / "found"
_MOST = 1 << 16  # bytes of an input
_OPTIONS = Options(max_record_bytes=1 << 18)
_FOREVER = 2.0  # seconds, and a ten-thousandth more for each byte: a hundred times what any text takes
_WORDS = """
    < > </ <td> <tr> <table> <!-- --> <![CDATA[ &amp; &# <script> | || ( ) [ ] { } " "" ' ; : , - -- / . % $ = \\
    \\ud800 NA none total: note: Tier 2009 (2019) (est.) 5 1,234 9007199254740993 1e309 -0 million and vs. rank WARC/1.0
    Content-Length: {"text":" } ] Source: Malta Aruba \u202e e\u0301
"""
_SPACES_AND_BYTES = (b" ", b"\n", b"\n\n", b"\r", b"\t", b"\xc2\xa0", b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80")
_PIECES = (*_WORDS.encode().split(), *_SPACES_AND_BYTES)


class BrokenError(AssertionError):
    """A promise that does not hold for an input."""


class Kind(NamedTuple):
    """A kind of input: those to begin with, and what reads one and raises if a promise is broken."""

    name: str
    seeds: Sequence[bytes]
    check: Callable[[bytes], None]


@attrs.frozen
class Fault:
    """An input that broke a promise, made small, and what was raised."""

    kind: str
    data: bytes
    error: str


def _hold(page: Page) -> None:
    """See that places are right on a page, and that its JSON says what it says."""
    for cell in (cell for row in page.rows for cell in row.cells):
        if cell.span.cut(page.text) != cell.text:
            raise BrokenError(f"the span {cell.span} of a cell cuts out something else")
    _hold_facts(page.facts(), page.text)
    told = json.loads(page.to_json())
    if told["countries"] != [_written(name) for name in page.countries] or len(told["facts"]) != len(page.facts()):
        raise BrokenError("the JSON says something else")
    for fact in told["facts"]:
        if len(fact["span"]) % 2 or fact["text"] is None:
            raise BrokenError(f"the JSON of a fact has no place or no text: {fact}")


def _written(text: str) -> str:
    """The text as it can be written in UTF-8: half a surrogate pair is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _hold_facts(facts: Sequence[factparse.AnyFact], text: str) -> None:
    for fact in facts:
        if fact.span.cut(text) != fact.text:
            raise BrokenError(f"the span {fact.span} of a fact cuts out something else")
        if not 0 <= fact.confidence <= 1:
            raise BrokenError(f"a confidence of {fact.confidence}")


def _text(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")  # broken bytes become halves of surrogate pairs
    for page in factparse.parse_pages(text):
        _hold(page)
    if "".join(map(str, factparse.parse_tree(text).scan_values(lambda _: True))) != text:
        raise BrokenError("the leaves of the tree are not the text")


def _bytes(data: bytes) -> None:
    _hold(factparse.parse(data))


def _html(data: bytes) -> None:
    page = factparse.parse_html(data.decode("utf-8", "surrogateescape"))
    _hold(page)
    for row in page.rows:
        place = page.source_span(row.span)
        if not 0 <= place.start <= place.end <= len(data):
            raise BrokenError(f"the place {place} of a row is not in the document")


def _cell(data: bytes) -> None:
    field, _, text = data.decode("utf-8", "surrogateescape").partition("\n")
    _hold_facts(factparse.extract(field, text, subject="Malta"), text)


def _dump(suffix: str, packed: str, data: bytes) -> None:
    stream = io.BufferedReader(io.BytesIO(data))
    with suppress(*BROKEN):
        for outcome in formats()[suffix].records(opened(stream, packed) if packed else stream, "a", _OPTIONS):
            if isinstance(outcome, SourceError):
                str(outcome).encode()
            elif isinstance(outcome, Record):
                with suppress(FactparseError):
                    for page in record_pages(outcome):
                        _hold(page)


def _cells() -> Iterator[bytes]:
    for path in sorted((FIXTURES / "facts").glob("*/*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n---\n")
        field = next(line.partition(":")[2].strip() for line in head.splitlines() if line.startswith("field:"))
        yield f"{field}\n{text}".encode()


def _archive(text: bytes) -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %d\r\n\r\n" % len(text)
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text
    other = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(
        page
    )
    return b"".join((head, text, b"\r\n\r\n", other, page, b"\r\n\r\n")) * 2


def _table(texts: Sequence[bytes]) -> list[bytes]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return []
    made = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": [text.decode() for text in texts]}), made, row_group_size=2)
    return [made.getvalue()]


def _database(texts: Sequence[bytes]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE cells (country TEXT, field TEXT, text TEXT)")
        base.executemany("INSERT INTO cells VALUES ('Chad', 'Area', ?)", [(text.decode(),) for text in texts])
        return base.serialize()


def kinds() -> list[Kind]:
    """Return all kinds of input: texts, bytes, HTML, cells, and a dump of every format, packed or not."""
    pages = [path.read_bytes() for path in sorted((FIXTURES / "pages").glob("*.txt"))]
    html = [path.read_bytes() for path in sorted((FIXTURES / "pages").glob("*.html"))]
    lines = [json.dumps({"text": page.decode(), "url": "http://example.org"}).encode() + b"\n" for page in pages]
    made = {
        ".txt": pages,
        ".html": html,
        ".htm": html,
        ".jsonl": [b"".join(lines[at : at + 3]) for at in range(0, len(lines), 3)],
        ".parquet": _table(pages[:5]),
        ".warc": [_archive(page) for page in pages[:6]],
        **{suffix: [_database(pages[:5])] for suffix in (".sqlite", ".sqlite3", ".db")},
    }
    found = [Kind("text", pages, _text), Kind("bytes", pages, _bytes), Kind("html", html, _html)]
    found.append(Kind("extract", list(_cells()), _cell))
    for suffix in sorted(formats()):
        seeds = made.get(suffix) or [*made[".jsonl"], *made[".warc"], *html]
        found.append(Kind(suffix[1:], seeds, partial(_dump, suffix, "")))
    packers: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
    for packed in sorted(packers.keys() & OPENERS.keys()):
        seeds = [packers[packed](seed) for seed in made[".jsonl"]]
        found.append(Kind(f"jsonl{packed}", seeds, partial(_dump, ".jsonl", packed)))
    return found


def _insert(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + chance.choice(_PIECES) + data[at:]


def _cut(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + data[at + chance.choice((1, 3, 20, 300)) :]


def _repeat(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + data[at : at + chance.choice((1, 5, 40, 300))] * chance.choice((2, 3, 30)) + data[at:]


def _flip(data: bytes, at: int, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _mix(data: bytes, at: int, chance: random.Random, others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    start = chance.randrange(len(other) + 1)
    return data[:at] + other[start : start + chance.choice((10, 100, 2000))] + data[at:]


def _end(data: bytes, at: int, _chance: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[:at]


_EDITS: tuple[Callable[[bytes, int, random.Random, Sequence[bytes]], bytes], ...]
_EDITS = (_insert, _insert, _cut, _repeat, _flip, _mix, _end)


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Return one of the ``seeds`` after a few edits that ``chance`` chose."""
    data = chance.choice(seeds)
    for _ in range(chance.choice((1, 2, 4, 12))):
        data = chance.choice(_EDITS)(data, chance.randrange(len(data) + 1), chance, seeds)
    return data[:_MOST]


def tried(kind: Kind, data: bytes) -> str | None:
    """Return what is wrong with the reading of ``data``, ``None`` if all promises hold."""
    start = time.process_time()
    try:
        kind.check(data)
    except Exception as error:  # whatever it is, it is a fault
        return f"{type(error).__name__}: {error}"
    taken = time.process_time() - start
    return f"it takes {taken:.1f} s" if taken > _FOREVER + len(data) / 10_000 else None


def smallest(kind: Kind, data: bytes, error: str) -> bytes:
    """Return ``data`` without all that can be left out of it while the same kind of error stays."""
    wanted = error.partition(":")[0].partition(" takes")[0]
    step = len(data) // 2
    while step:
        before, at = len(data), 0
        while at < len(data):
            shorter = data[:at] + data[at + step :]
            if (tried(kind, shorter) or "").startswith(wanted):
                data = shorter
            else:
                at += step
        if len(data) == before:
            step //= 2
    return data


def fuzz(some: Sequence[Kind], seed: int, seconds: float, inputs: int | None, counts: Counter[str]) -> Iterator[Fault]:
    """Yield the faults that inputs made by ``seed`` show; add to ``counts`` how many of each kind were read.

    Each kind has ``inputs`` of them, or its share of the ``seconds``.
    """
    for kind in some:
        chance = random.Random(f"{seed} {kind.name}")
        told: set[str] = set()
        until, number = time.monotonic() + seconds / len(some), 0
        while number < inputs if inputs is not None else time.monotonic() < until:
            data = mutated(kind.seeds, chance)
            number += 1
            error = tried(kind, data)
            if error is not None and error[:40] not in told:
                told.add(error[:40])
                yield Fault(kind.name, smallest(kind, data, error), error)
        counts[kind.name] += number


def save(fault: Fault, folder: Path) -> Path:
    """Write the input of a fault into ``folder``, by its kind; return its path."""
    path = folder / fault.kind / f"{hashlib.sha256(fault.data).hexdigest()[:12]}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(fault.data)
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--inputs", type=int)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--kind", action="append", choices=[kind.name for kind in kinds()])
    options.add_argument("--save", type=Path, default=FOUND)
    options.add_argument("--counts", type=Path)
    given = options.parse_args()
    some = [kind for kind in kinds() if given.kind is None or kind.name in given.kind]
    counts: Counter[str] = Counter()
    faults = 0
    for fault in fuzz(some, given.seed, given.seconds, given.inputs, counts):
        faults += 1
        print(f"{save(fault, given.save)}: {fault.error!a}", flush=True)
    if given.counts is not None:
        before = json.loads(given.counts.read_text(encoding="utf-8")) if given.counts.exists() else {}
        given.counts.write_text(json.dumps(Counter(before) + counts, indent=1) + "\n", encoding="utf-8")
    print(", ".join(f"{kind} {count:,}" for kind, count in counts.items()))
    print(f"{counts.total():,} inputs, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
