"""The edition that is served follows its index, without a restart and never half."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from assistant.edition import Edition, edition_of_index, open_edition
from assistant.settings import Settings
from index.storage.library import Progress, quiet
from index.storage.manifest import POINTER

_PERIOD = 1.0  # seconds between two looks at the pointer

_log = logging.getLogger(__name__)


class Live:
    """Holds the current edition, and loads a new one beside it when the index is another.

    Who has taken an edition keeps it: running answers come from one state of the library. An
    index that cannot be loaded is logged, and the edition before it goes on.
    """

    def __init__(
        self, index: Path, first: Edition, seen: bytes, load: Callable[[], Edition]
    ) -> None:
        """Begin with an edition.

        Args:
            index: the folder of the index that is followed.
            first: what is served until the index changes.
            seen: the mark of the index (see `mark_of`) from before `first` was loaded.
            load: loads the edition that is current when it is called.
        """
        self._index = index
        self._load = load
        self._edition = first
        self._seen = seen
        self._next = 0.0
        self._lock = threading.Lock()
        self._loading = False

    def current(self) -> Edition:
        """Return the newest edition that is loaded; never waits for one that is not."""
        with self._lock:
            if not self._loading and time.monotonic() >= self._next:
                self._next = time.monotonic() + _PERIOD
                mark = mark_of(self._index)
                if mark != self._seen:
                    self._seen = mark
                    self._loading = True
                    threading.Thread(target=self._replace, name="new index", daemon=True).start()
            return self._edition

    def _replace(self) -> None:
        try:
            fresh = self._load()
        except Exception:  # whatever is wrong with the new index, the old one answers
            _log.exception("the new index in %s cannot be served", self._index)
            fresh = None
        with self._lock:
            self._edition = fresh or self._edition
            self._loading = False


def mark_of(index: Path) -> bytes:
    """Return what differs between two states of an index, b"" where there is none."""
    try:
        return (index / POINTER).read_bytes()
    except OSError:
        return b""


def open_live(settings: Settings, progress: Progress = quiet) -> Callable[[], Edition]:
    """Bring the index of `settings.docs` up to date, and return what gives the current edition.

    Raises:
        TiaoWenError: as `open_edition`.
    """
    if settings.index is None:
        edition = open_edition(settings, progress)
        return lambda: edition
    seen = mark_of(settings.index)
    return _follow(settings.index, open_edition(settings, progress), seen, settings)


def live_of_index(index: Path, settings: Settings) -> Callable[[], Edition]:
    """Return what gives the current edition of a saved index alone.

    Raises:
        TiaoWenError: as `edition_of_index`.
    """
    seen = mark_of(index)
    return _follow(index, edition_of_index(index, settings), seen, settings)


def _follow(index: Path, first: Edition, seen: bytes, settings: Settings) -> Callable[[], Edition]:
    return Live(index, first, seen, lambda: edition_of_index(index, settings)).current
