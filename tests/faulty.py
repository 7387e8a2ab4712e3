"""Converters that fail in the ways a record can make them fail, for the tests of the engines.

What a record does stands in its text: ``KILL``, ``HANG``, ``FREEZE`` (a hang that no signal reaches) or ``GROW``; with
``ONCE path`` behind it only if ``path`` is not there yet, and then it is made. ``EXIT path`` and ``RAISE path`` let the
report that is written after all records end the process, or raise, and count in ``path`` how often.

No fault is decided by how long something takes. Who hangs lets the clock jump forward, and who is to be disturbed at
work waits for a *gate*: a file that the test makes when it has done what it came for.
"""

import os
import signal
import time
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from factparse.book.packaged import Books
from factparse.convert import shard, watch
from factparse.convert.records import Converted, RowsOf, pages_of_record
from factparse.convert.records import convert_record as convert_well
from factparse.output.json import Emit, json_lines
from factparse.sources.record import Outcome, Record

GATE, AT = "FACTPARSE_TEST_GATE", "FACTPARSE_TEST_GATE_AT"
PATIENCE = 300.0  # seconds
_RECORDS = count(1)


def convert_record(
    outcome: Outcome, emit: Emit = "pages", rows_of: RowsOf = json_lines, books: Books = None
) -> Converted:
    if isinstance(outcome, Record):
        words = outcome.text.split()
        if words[1:2] == ["ONCE"]:
            path = Path(words[2])
            if path.exists():
                return convert_well(outcome, emit, rows_of, books)
            path.touch()
        if words[:1] in (["EXIT"], ["RAISE"]):
            vars(shard)["encoded"] = partial(_fail, words[0], Path(words[1]))
            return convert_well(outcome, emit, rows_of)
        _act(words[0] if words else "")
    return convert_well(outcome, emit, rows_of, books)


def slowly(outcome: Outcome, emit: Emit = "pages", rows_of: RowsOf = json_lines, books: Books = None) -> Converted:
    """Stop at the gate of ``convert``, if there is one, for a test to interfere."""
    _wait("convert")
    return convert_well(outcome, emit, rows_of, books)


def slowly_read(outcome: Outcome, books: Books = None) -> Converted:
    """Stop at the gate of ``read``, in the first of two passes."""
    _wait("read")
    return pages_of_record(outcome, books)


def read(outcome: Outcome, books: Books = None) -> Converted:
    """Do in the first of two passes what the record says."""
    if isinstance(outcome, Record):
        _act(" ".join(outcome.text.split()[:1]))
    return pages_of_record(outcome, books)


def _wait(place: str) -> None:
    """Wait at a record of this process until the gate is open, if it is one of that place; its number is in ``AT``."""
    gate, (where, number) = os.environ.get(GATE), os.environ.get(AT, "convert 12").split()
    if gate and where == place and next(_RECORDS) >= int(number):
        last = time.monotonic() + PATIENCE
        while not Path(gate).exists():
            if time.monotonic() > last:
                raise TimeoutError(f"nobody opened the gate {gate}")
            time.sleep(0.02)


def _hang() -> None:
    """Never end; the clock of this process jumps forward when its alarm has looked at it once."""
    ticks = count()
    vars(watch)["time"] = SimpleNamespace(monotonic=lambda: time.monotonic() + 1e6 * next(ticks))
    try:
        while True:
            pass
    finally:
        vars(watch)["time"] = time


def _fail(word: str, path: Path, _value: object) -> bytes:
    with path.open("a") as file:
        file.write("x")
    if word == "EXIT":
        os._exit(7)
    raise ValueError("of all things\n\x1b[31m")


def _act(word: str) -> None:
    if word == "KILL":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "HANG":
        _hang()
    elif word == "FREEZE":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        Path(os.environ[GATE]).touch()
        time.sleep(1000)
    elif word == "GROW":
        held = []
        while True:
            held.append(bytearray(1 << 24))
