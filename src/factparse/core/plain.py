"""Makes foreign text safe to show: no character steers a terminal, or turns the direction of other text."""

from __future__ import annotations

import re
from typing import Final

# The categories Cc, Cf, Cs, Zl and Zp, without the characters that text of some script needs: controls, bidirectional
# marks, line breaks, invisible characters, tags, halves of surrogate pairs.
_STEERING: Final = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f"
)
_ANY: Final = re.compile(f"[{_STEERING}]")
_INSIDE: Final = re.compile(rf"\r\n|(?![\t\n])[{_STEERING}]")


def shown(text: str) -> str:
    """``text`` with its lines, and with a middle dot for each character that steers.

    >>> shown("two\\tcells\\r\\nred \\x1b[31m, turned \\u202e")
    'two\\tcells\\nred ·[31m, turned ·'
    """
    return _INSIDE.sub(lambda found: "\n" if found[0] == "\r\n" else "·", text)


def one_line(text: str) -> str:
    """``text`` on one line, for a message. Characters that steer are escaped as in Python.

    >>> one_line("dump\\n\\x1b[31m\\u202e.txt")
    'dump\\\\n\\\\x1b[31m\\\\u202e.txt'
    """
    return _ANY.sub(lambda found: repr(found[0])[1:-1], text)


def shown_json(text: str) -> str:
    """The JSON ``text`` with such characters as escapes. It means the same.

    >>> shown_json('["turned \\u202e"]')
    '["turned \\\\u202e"]'
    """
    return _INSIDE.sub(lambda found: _escaped(found[0]), text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
