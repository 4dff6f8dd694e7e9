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


def make_assistant(
    docs: Path | None,
    *,
    fresh: bool = False,
    among: Sequence[Path] = (),
    network: Path | None = None,
) -> Engine:
    """Build the assistant that is served, over `docs` when given, else as it is set up.

    Documents of the folders of `among` are added: how it does in a large library. `network` takes
    the place of the networks that are served: how it does without what they learned.

    The engine is imported here: help texts and the QA sets do without it, and a benchmark can
    start its child processes before this one has grown.
    """
    from assistant.factory import assistant_over, build_assistant  # noqa: PLC0415

    settings = settings_for(docs, fresh=fresh)
    if not among and not network:
        return build_assistant(settings)
    from assistant.matching.network import read_ensemble  # noqa: PLC0415
    from index.build import build_store, read_library  # noqa: PLC0415
    from index.embedding import load_embedding  # noqa: PLC0415

    embedding = load_embedding(settings.embedding)
    parsed = [one for folder in (settings.docs, *among) for one in read_library(folder).parsed]
    ensemble = read_ensemble(network) if network else None
    return assistant_over(build_store(parsed, embedding), embedding, settings, ensemble)


def embedding_name(settings: Settings) -> str:
    """Return the name of the embedding that `settings` ask for."""
    from index.embedding import load_embedding  # noqa: PLC0415

    return load_embedding(settings.embedding).name
