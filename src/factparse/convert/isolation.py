"""No code of the folder that a run happens to be started in: dumps lie there, and whatever came with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SAFE: Final = "PYTHONSAFEPATH"


@contextmanager
def isolated() -> Iterator[None]:
    """Let the Python processes that others start for us meanwhile be as if started with ``python -P``.

    >>> import subprocess, sys
    >>> with isolated():
    ...     subprocess.check_output([sys.executable, "-c", "import sys; print(sys.flags.safe_path)"], text=True)
    'True\\n'
    """
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before
