"""Try the packages that could stand for what is written by hand here, and print what each of them does.

    python tools/try_libraries.py [PART...]

PART is ``warc``, ``html``, ``guard``, ``names`` or ``dates`` (all, if none is named). docs/dependencies.md tells what
came out. A package that is not installed is said to be so: ``pip install fastwarc warcio selectolax lxml pebble loky
pycountry dateparser``.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from typing import Any

from factparse.core.errors import SourceError
from factparse.language.dates import read_as_of
from factparse.sources import warc
from factparse.sources.record import Options, Record
from factparse.vocabulary.countries import countries

DATES = ("2020 est.", "July 2021 est.", "2015/16", "FY93/94", "mid-2021", "yearend 2002", "30 June 2004")


# -- archives


def _archive(wrong: int) -> bytes:
    """Three responses, the second of which states a length that is ``wrong`` bytes too long."""
    parts = []
    for number in range(3):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\ntext %d" % number
        length = len(body) + (wrong if number == 1 else 0)
        head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000"
        head += f"{number}>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: http://example.org/{number}\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
        parts.append(head.encode() + body + b"\r\n\r\n")
    return b"".join(parts)


def _archives() -> Iterator[tuple[str, bytes]]:
    whole = _archive(0)
    yield "sound", whole
    yield "length 30 too long", _archive(30)
    yield "length 10 too short", _archive(-10)
    yield "cut off in the last record", whole[:-12]
    yield "packed, cut off", gzip.compress(whole)[:-20]


def _ours(data: bytes) -> int:
    packed = data[:2] == b"\x1f\x8b"
    stream = gzip.GzipFile(fileobj=io.BytesIO(data)) if packed else io.BytesIO(data)
    found = 0
    for outcome in warc.records(stream, "archive", Options()):  # type: ignore[arg-type]
        if isinstance(outcome, SourceError):
            raise outcome
        found += isinstance(outcome, Record)
    return found


def _warcio(data: bytes) -> int:
    iterator: Any = import_module("warcio.archiveiterator").ArchiveIterator(io.BytesIO(data))
    return sum(len(record.content_stream().read()) > 0 for record in iterator if record.rec_type == "response")


def _fastwarc(data: bytes) -> int:
    iterator: Any = import_module("fastwarc.warc").ArchiveIterator(io.BytesIO(data))
    return sum(len(record.reader.read()) > 0 for record in iterator)


def try_warc() -> Iterator[str]:
    """Records read of each archive of three, and what is told of one that is damaged."""
    for name, read in (("factparse", _ours), ("warcio", _warcio), ("fastwarc", _fastwarc)):
        for kind, data in _archives():
            yield f"{_named(name)}, {kind}: {_outcome(lambda: read(data))}"  # noqa: B023 (called here)


# -- HTML


def try_html() -> Iterator[str]:
    """What tells where in the document a text stood, which spans into HTML need."""
    page = "<table><tr><td>Area<td>5 km<td>7 km</table>"

    def lexbor() -> str:
        node: Any = import_module("selectolax.lexbor").LexborHTMLParser(page).css_first("td")
        return _places(node)

    def lxml() -> str:
        node: Any = import_module("lxml.html").fromstring(page).find(".//td")
        return _places(node)

    for name, look in (("selectolax", lexbor), ("lxml", lxml)):
        yield f"{_named(name)}: {_outcome(look)}"


def _places(node: Any) -> str:  # noqa: ANN401 (of either package)
    words = ("offset", "position", "start", "sourceline", "sourcepos")
    return ", ".join(name for name in dir(node) if any(word in name.lower() for word in words)) or "nothing"


# -- processes


def _die(number: int) -> int:
    if number == 2:
        os._exit(9)
    return number


def try_guard() -> Iterator[str]:
    """What becomes of ten tasks of which one kills its process, and what a task costs."""

    def pebble() -> str:
        pool: Any = import_module("pebble").ProcessPool(max_workers=1)
        with pool:
            futures = [pool.schedule(_die, args=[number], timeout=60) for number in range(10)]
            lost = sum(future.exception() is not None for future in futures)
            start = time.perf_counter()
            for future in [pool.schedule(abs, args=[number]) for number in range(500)]:
                future.result()
            return f"{lost} of 10 lost; {(time.perf_counter() - start) / 500 * 1e6:.0f} microseconds a task"

    def loky() -> str:
        executor: Any = import_module("loky").get_reusable_executor(max_workers=1)
        futures = [executor.submit(_die, number) for number in range(10)]
        return f"{sum(future.exception() is not None for future in futures)} of 10 lost"

    for name, run in (("pebble", pebble), ("loky", loky)):
        yield f"{_named(name)}: {_outcome(run)}"


# -- names and dates


def try_names() -> Iterator[str]:
    """How many of the Factbook's names of countries a package knows, and gives the code of."""
    known = [(country.alpha3, name) for country in countries() if country.alpha3 for name in country.names]

    def pycountry() -> str:
        lookup: Callable[[str], Any] = import_module("pycountry").countries.lookup
        right = wrong = 0
        for code, name in known:
            try:
                found = lookup(name).alpha_3
            except LookupError:
                continue
            right, wrong = right + (found == code), wrong + (found != code)
        return f"{right} of {len(known)} names right, {wrong} wrong"

    yield f"{_named('pycountry')}: {_outcome(pycountry)}"


def try_dates() -> Iterator[str]:
    """What becomes of the Factbook's ways to print a date."""

    def dateparser() -> str:
        parse: Callable[[str], Any] = import_module("dateparser").parse
        return "; ".join(f"{date!r}: {parse(date)}" for date in DATES)

    yield "factparse: " + "; ".join(f"{date!r}: {_days(date)}" for date in DATES)
    yield f"{_named('dateparser')}: {_outcome(dateparser)}"


def _days(date: str) -> str:
    found = read_as_of(date)
    return f"{found.start} to {found.end}"


# -- and all of them

PARTS = {"warc": try_warc, "html": try_html, "guard": try_guard, "names": try_names, "dates": try_dates}


def _named(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except ModuleNotFoundError:
        return package


def _outcome(work: Callable[[], object]) -> str:
    try:
        return str(work())
    except ModuleNotFoundError as error:
        return f"not installed: {error.name}"
    except Exception as error:  # whatever a package raises is what is to be seen
        return f"{type(error).__name__}: {str(error)[:80]}"


def main() -> None:
    """Print what each part's packages do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="which to try")
    for part in parser.parse_args().parts or PARTS:
        print(f"== {part}")
        for line in PARTS[part]():
            print(line)


if __name__ == "__main__":
    main()
