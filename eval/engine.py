"""The one place where the evaluation makes an assistant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.types import Answer
from index.types import Clause, Document

if TYPE_CHECKING:
    from assistant.settings import Settings


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


def settings_for(docs: Path | None, *, fresh: bool = False) -> Settings:
    """Return the settings that are served, with `docs` for the documents when given.

    A saved index is used only where neither `docs` nor `fresh` asks for a new one.
    """
    from assistant.settings import read_settings  # noqa: PLC0415

    settings = read_settings()
    if docs is not None or fresh:
        settings = replace(settings, docs=docs or settings.docs, index=None)
    return settings


def make_assistant(docs: Path | None, *, fresh: bool = False) -> Engine:
    """Build the assistant that is served, over `docs` when given, else as it is set up.

    The engine is imported here: help texts and the QA sets do without it, and a benchmark can
    start its child processes before this one has grown.
    """
    from assistant.factory import build_assistant  # noqa: PLC0415

    return build_assistant(settings_for(docs, fresh=fresh))


def embedding_name(settings: Settings) -> str:
    """Return the name of the embedding that `settings` ask for."""
    from index.embedding import load_embedding  # noqa: PLC0415

    return load_embedding(settings.embedding).name
