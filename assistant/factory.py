"""Puts an assistant together. What is served, asked and measured is built here and only here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.gate import load_threshold
from assistant.engine import Assistant
from assistant.matching.network import Ensemble, load_ensemble
from assistant.settings import Settings
from assistant.understanding.lexicon import load_lexicon
from index.build import build_store, read_library, require_documents
from index.embedding import Embedding, load_embedding
from index.search import Searcher
from index.storage.library import Library, Progress, quiet
from index.storage.store import ClauseStore


@dataclass(frozen=True, slots=True)
class Opened:
    """A store, and a line on each file of the folder that was not taken."""

    store: ClauseStore
    problems: tuple[str, ...] = ()


def build_assistant(settings: Settings) -> Assistant:
    """Build the assistant that `settings` describe.

    Raises:
        TiaoWenError: if documents, index or model cannot be had; its text is for the user.
    """
    embedding = load_embedding(settings.embedding)
    return assistant_over(open_store(settings, embedding).store, embedding, settings)


def assistant_over(
    store: ClauseStore, embedding: Embedding, settings: Settings, ensemble: Ensemble | None = None
) -> Assistant:
    """Build an assistant over a store that was made with `embedding`.

    `ensemble` takes the place of the networks that are served.

    Raises:
        TiaoWenError: if lexicon or store do not fit.
    """
    lexicon = load_lexicon(settings.lexicon)
    threshold = load_threshold() if settings.threshold is None else settings.threshold
    return Assistant(Searcher(store, embedding), lexicon, ensemble or load_ensemble(), threshold)


def open_store(settings: Settings, embedding: Embedding, progress: Progress = quiet) -> Opened:
    """Bring the index of `settings.docs` up to date and load it; without an index, in memory.

    Raises:
        TiaoWenError: if there is nothing to answer from, or the index cannot be written.
    """
    if settings.index is None:
        reading = read_library(settings.docs)
        return Opened(build_store(reading.parsed, embedding), reading.problems)
    library = Library(settings.docs, settings.index, embedding)
    store = library.open(progress)
    refused = library.refusals()
    require_documents(settings.docs, bool(store.documents), refused)
    return Opened(store, refused)


def build_index(settings: Settings, embedding: Embedding, progress: Progress = quiet) -> Opened:
    """Do as `open_store`, and name whatever is amiss in the library.

    Raises:
        TiaoWenError: as `open_store`.
    """
    opened = open_store(settings, embedding, progress)
    if settings.index is None:
        return opened
    return replace(opened, problems=Library(settings.docs, settings.index, embedding).check())
