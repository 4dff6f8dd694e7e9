"""The one place where the evaluation makes an assistant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from assistant.types import Answer
from index.types import Clause, Document


class Asks(Protocol):
    """What a run needs of the assistant."""

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer a question, given the answers so far."""


class Engine(Asks, Protocol):
    """What the command line and the benchmarks need of the assistant."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents it answers from."""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses of these documents."""


def make_assistant(docs: Path | None, *, fresh: bool = False) -> Engine:
    """Build the assistant that is served, over `docs` when given, else as it is set up.

    A saved index is used only where neither `docs` nor `fresh` asks for a new one.
    The engine is imported here: help texts and the QA sets do without it, and a benchmark can
    start its child processes before this one has grown.
    """
    from assistant.factory import build_assistant  # noqa: PLC0415
    from assistant.settings import read_settings  # noqa: PLC0415

    settings = read_settings()
    if docs is not None or fresh:
        settings = replace(settings, docs=docs or settings.docs, index=None)
    return build_assistant(settings)
