"""The end of a command: its exit code, and the table of exit codes."""

from __future__ import annotations

DONE, FAILED, PARTLY, STOPPED = 0, 1, 3, 130

EXIT_CODES = """\b
Exit codes:
  0  done
  1  nothing could be done, or the output could not be written
  2  the command was not understood
  3  done, but some inputs or records could not be read
  130  stopped (Ctrl-C); the same command goes on, if the output is a folder"""


def exit_code(read: int, failed: int) -> int:
    """The exit code of a command that ``read`` so many records, while so many ``failed``.

    >>> exit_code(5, 0), exit_code(5, 1), exit_code(0, 1)
    (0, 3, 1)
    """
    if not failed:
        return DONE
    return PARTLY if read else FAILED
