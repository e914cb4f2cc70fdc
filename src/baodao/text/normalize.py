"""One code point for one code point: full width to half width, radicals to characters, Traditional to Simplified.

Because nothing changes length, a position in the normalised text is a position in the printed one.
"""

from __future__ import annotations

import re

__all__ = ["normalize"]

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0xFFE5: 0xA5}
_NEEDS_WIDTH = re.compile("[\uff01-\uff5e\u3000\u00a0\uffe5]")


def normalize(text: str, *, traditional: bool = False) -> str:
    """`text` as the finders read it; same length.

    >>> normalize("招募１２００名，占９２％")
    '招募1200名,占92%'
    """
    if _NEEDS_WIDTH.search(text):
        text = text.translate(_WIDE)
    return text
