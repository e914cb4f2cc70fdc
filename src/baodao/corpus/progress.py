"""How far a run is: a bar where somebody watches, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

__all__ = ["Progress", "bar"]

Progress = Callable[[int, int | None], object]


@contextmanager
def bar(wanted: bool | Progress | None, count: Callable[[], int | None]) -> Iterator[Callable[[int], object]]:
    """A function to call with the inputs done.

    Args:
        wanted: None shows a bar on stderr if that is a terminal or a notebook; True always, False never; a function
            of (inputs done, all of them if known) takes the place of the bar.
        count: tells how many inputs there are, if that is known; asked only when somebody watches.
    """
    if callable(wanted):
        total, tell = count(), wanted
        yield lambda done: tell(done, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    if wanted is False or not (wanted or console.is_terminal or console.is_jupyter):
        yield lambda done: None
        return
    if console.is_jupyter:
        yield _notebook_bar(count())
        return
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True) as shown:
        task = shown.add_task("", total=count())
        yield lambda done: shown.update(task, completed=done)


def _notebook_bar(total: int | None) -> Callable[[int], object]:
    """IPython's own bar, which needs no widgets; nothing where the end is not known."""
    if total is None:
        return lambda done: None
    shown: Any = import_module("IPython.display").ProgressBar(total)
    shown.display()
    return lambda done: setattr(shown, "progress", done)
