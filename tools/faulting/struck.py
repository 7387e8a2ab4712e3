"""The command, struck by a signal at a given step: ``python -m tools.faulting.struck STEP SIGNAL NOTE convert ...``.

A step is a call of one of the functions that put a conversion together, or a return from one, in the main thread. So
each moment of a run, however short, is struck as often as any other: beginning, merging, closing, the last report. The
file NOTE gets the function that was struck, or ``ended STEPS`` if the run came to its end before.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import CodeType, FrameType

from factparse.cli import main

_OURS = ("/factparse/convert/", "/factparse/core/outfiles.py", "/factparse/output/parquet.py")
_BY_THE_CLOCK = ("watch.py", "guard.py")  # called as often as time passes
_NOTES = ("note", "_next", "<module>")  # of progress; of imports


class Strike:
    """Counts steps, and sends this process the signal at one of them."""

    def __init__(self, step: int, sent: signal.Signals, note: Path) -> None:
        self.steps = 0
        self._step, self._sent, self._note = step, sent, note
        self._ours: dict[CodeType, bool] = {}

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """Take one event of the profiler of Python."""
        if event not in ("call", "return") or not self._is_ours(frame.f_code):
            return
        self.steps += 1
        if self.steps == self._step:
            place = Path(frame.f_code.co_filename).stem
            self._note.write_text(f"{event} {place}.{frame.f_code.co_name}", encoding="utf-8")
            os.kill(os.getpid(), self._sent)

    def _is_ours(self, code: CodeType) -> bool:
        if code not in self._ours:
            path = code.co_filename.replace(os.sep, "/")
            timed = path.endswith(_BY_THE_CLOCK) or code.co_name in _NOTES
            self._ours[code] = not timed and any(part in path for part in _OURS)
        return self._ours[code]


def run() -> None:
    step, sent, note = int(sys.argv[1]), signal.Signals[sys.argv[2]], Path(sys.argv[3])
    del sys.argv[1:4]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the child of a background job inherits none
    strike = Strike(step, sent, note)
    sys.setprofile(strike)
    try:
        main()
    finally:
        sys.setprofile(None)
        if not note.exists():
            note.write_text(f"ended {strike.steps}", encoding="utf-8")


if __name__ == "__main__":
    run()
