"""Sets how often Python looks for reference cycles, in processes that run only factparse."""

from __future__ import annotations

import gc
from typing import Final

_BETWEEN: Final = (50_000, 20, 100)


def collect_seldom() -> None:
    """Let Python look for reference cycles less often, as long as this process lives.

    A page makes thousands of rows and facts that stay, and no cycles. Python would look through them again and again,
    and find nothing. The setting holds for all threads. So only the command and the workers of a conversion change it,
    and never the process of a caller.
    """
    gc.set_threshold(*_BETWEEN)
