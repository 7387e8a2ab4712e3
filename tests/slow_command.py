"""The command, stopping at the gate (``tests/faulty.py``) if there is one: ``python -m tests.slow_command ...``."""

import signal
from functools import partial

from factparse.cli import main
from factparse.convert import run

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background of a shell inherit none
    run.convert = partial(run.convert, converter="tests.faulty:slowly", reader="tests.faulty:slowly_read")
    main()
