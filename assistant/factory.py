"""Puts an assistant together. What is served, asked and measured is built here and only here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answering.gate import load_gate
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.understanding.lexicon import load_lexicon
from index.build import build_store, fingerprint_sources, read_library
from index.embedding import Embedding, load_embedding
from index.errors import BrokenIndexError
from index.search import Searcher
from index.store import ClauseStore, load_store, read_manifest

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A store, and a line on each file that was not taken when it was built."""

    store: ClauseStore
    problems: tuple[str, ...] = ()


def build_assistant(settings: Settings) -> Assistant:
    """Build the assistant that `settings` describe.

    Raises:
        TiaoWenError: if documents, index or model cannot be had; its text is for the user.
    """
    embedding = load_embedding(settings.embedding)
    return _join(open_store(settings, embedding).store, embedding, settings)


def assistant_of_index(folder: Path, settings: Settings) -> Assistant:
    """Build an assistant over a saved index alone; its documents need not be there.

    Raises:
        BrokenIndexError: if the index is missing, broken, or made with another embedding.
    """
    embedding = load_embedding(settings.embedding)
    return _join(load_store(folder, embedding.name), embedding, settings)


def _join(store: ClauseStore, embedding: Embedding, settings: Settings) -> Assistant:
    lexicon = load_lexicon(settings.lexicon)
    gate = load_gate()
    if settings.threshold is not None:
        gate = replace(gate, threshold=settings.threshold)
    return Assistant(Searcher(store, embedding), lexicon, gate)


def open_store(settings: Settings, embedding: Embedding) -> Opened:
    """Load the index of `settings.docs` when it is whole and current, else build it."""
    if settings.index is None:
        library = read_library(settings.docs)
        return Opened(build_store(library.parsed, embedding), library.problems)
    if _is_current(settings, embedding):
        try:
            return Opened(load_store(settings.index, embedding.name))
        except BrokenIndexError:
            pass  # damaged on disk: the documents are there, so it is built anew
    return build_index(settings, embedding)


def build_index(
    settings: Settings, embedding: Embedding, progress: Progress = lambda done, total: None
) -> Opened:
    """Build the index of `settings.docs` and save it at `settings.index`."""
    library = read_library(settings.docs)
    store = build_store(library.parsed, embedding, progress)
    if settings.index is not None:
        store.save(settings.index, fingerprint_sources(settings.docs))
    return Opened(store, library.problems)


def _is_current(settings: Settings, embedding: Embedding) -> bool:
    if settings.index is None:
        return False
    try:
        manifest = read_manifest(settings.index)
    except BrokenIndexError:
        return False
    fresh = manifest.sources == fingerprint_sources(settings.docs)
    return fresh and manifest.embedding == embedding.name
