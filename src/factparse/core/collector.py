"""How often Python looks for reference cycles, in processes that are ours alone."""

from __future__ import annotations

import gc
from typing import Final

_BETWEEN: Final = (50_000, 20, 100)


def collect_seldom() -> None:
    """Let Python look for reference cycles less often, for as long as this process lives.

    A page makes thousands of rows and facts that live on, and leaves no cycle behind: Python would look through them in
    vain again and again. It is one setting for all threads, so only the command and the worker processes of a
    conversion set it. The process of a caller stays as the caller has it.
    """
    gc.set_threshold(*_BETWEEN)
