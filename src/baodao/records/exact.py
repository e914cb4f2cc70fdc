"""Decimal arithmetic that does not follow the caller's: precision, rounding and traps are our own, theirs untouched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Context, localcontext

__all__ = ["exact"]

_CONTEXT = Context(prec=28)


@contextmanager
def exact() -> Iterator[None]:
    """The library's own decimal context, for a `with` or as `@exact()` for a function.

    >>> from decimal import Decimal, getcontext
    >>> with exact():
    ...     print(Decimal("128.5") * 10000)
    1285000.0
    """
    with localcontext(_CONTEXT):
        yield
