"""The command ``factparse``, and ``python -m factparse``: it can be stopped from its first moment on."""

import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command. What stops it while its modules are still loaded is told in one line too."""
    signal.signal(signal.SIGTERM, _stop)  # the system's request to end does what Ctrl-C does
    try:
        from factparse.cli import main as command

        command()
    except KeyboardInterrupt:
        print("factparse: stopped", file=sys.stderr)
        sys.exit(130)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
