"""How far a run is: a bar where somebody watches, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Progress", "bar"]

Progress = Callable[[int, int | None], object]


@contextmanager
def bar(wanted: bool | Progress | None) -> Iterator[Progress]:
    """A function to call with (inputs done, all of them if known).

    Args:
        wanted: None shows a bar on stderr if that is a terminal or a notebook; True always, False never; a function
            takes the place of the bar.
    """
    if callable(wanted):
        yield wanted
        return
    if wanted is False:
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    console = Console(stderr=True)
    if not (wanted or console.is_terminal or console.is_jupyter):
        yield _silent
        return
    with Progress(BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _silent(done: int, total: int | None) -> None:
    """Nobody watches."""
