"""Where the milliseconds of an answer go, by stage.

Every function below is replaced by one that starts and stops a clock, for as long as the block
runs. A stage is charged only for its own time: what it calls of another stage counts there. What
lies between the functions is the stage `其他`.
"""

from __future__ import annotations

import functools
import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar
from unittest import mock

_P = ParamSpec("_P")
_T = TypeVar("_T")

OTHER = "其他"
STAGES: dict[str, tuple[str, ...]] = {
    "理解问题": (
        "assistant.engine:talk_of",
        "assistant.engine:stand_alone",
        "assistant.engine:analyse",
        "assistant.engine:split_parts",
        "assistant.understanding.routing:Router.route",
        "assistant.judge:Judge.terms",
    ),
    "检索条款": ("index.search:Searcher.search",),
    "衡量证据": ("assistant.judge:Judge.judge",),
    "组织答案": (
        "assistant.answering.structural:catalogue",
        "assistant.answering.structural:letterhead",
        "assistant.answering.structural:counted",
        "assistant.answering.structural:duties",
        "assistant.engine:compose",
        "assistant.engine:worded",
    ),
    "核对答案": ("assistant.answering.wording:verify",),
}


class Stopwatch:
    """Charges time to the innermost stage that is running."""

    def __init__(self) -> None:
        """Start with nothing charged."""
        self.seconds = dict.fromkeys([*STAGES, OTHER], 0.0)
        self._running: list[str] = []
        self._since = 0.0

    def timed(self, stage: str, function: Callable[_P, _T]) -> Callable[_P, _T]:
        """Return the function with its time charged to a stage."""

        @functools.wraps(function)
        def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            self._charge()
            self._running.append(stage)
            try:
                return function(*args, **kwargs)
            finally:
                self._charge()
                self._running.pop()

        return wrapped

    def _charge(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


@contextmanager
def timed_stages() -> Iterator[Stopwatch]:
    """Time the stages of every answer that is given inside the block.

    Raises:
        AttributeError: if a function of `STAGES` is there no longer.
    """
    watch = Stopwatch()
    with ExitStack() as stack:
        for stage, names in STAGES.items():
            for name in names:
                owner, attribute = _owner(name)
                function = getattr(owner, attribute)
                stack.enter_context(
                    mock.patch.object(owner, attribute, watch.timed(stage, function))
                )
        yield watch


def _owner(name: str) -> tuple[Any, str]:
    """Return what holds a function, a module or a class, and what it is called there."""
    module, _, path = name.partition(":")
    inner, _, attribute = path.rpartition(".")
    owner: Any = importlib.import_module(module)
    return (attrgetter(inner)(owner) if inner else owner), attribute
