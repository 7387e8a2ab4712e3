"""The command, converting so slowly that a test can interfere: ``python -m tests.slow_command convert ...``."""

from functools import partial

from factparse.cli import main
from factparse.convert import run

if __name__ == "__main__":
    run.convert = partial(run.convert, converter="tests.faulty:slowly", reader="tests.faulty:slowly_read")
    main()
