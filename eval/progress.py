"""Progress bars on standard error; silent where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def progress_bar(label: str, unit: str = "题") -> Iterator[Callable[[int, int], None]]:
    """Show a bar while the block runs; it is told how many are done, of how many."""
    bar = tqdm(desc=label, unit=unit, file=sys.stderr, disable=None, leave=False)

    def advance(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield advance
    finally:
        bar.close()
