"""One state of a library as its users meet it: answers that tell what became of their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.engine import Assistant
from assistant.factory import assistant_over, open_store
from assistant.settings import Settings
from assistant.types import Answer, Status
from assistant.versions import Notes, noted
from index.embedding import Embedding, load_embedding
from index.storage.library import Progress, quiet
from index.storage.store import ClauseStore, load_store
from index.types import Document
from index.versions import resolve

NO_DOCUMENTS = "还没有收录文件，暂时答不了。请先收入文件，再来提问。"


@dataclass(frozen=True, slots=True)
class Edition:
    """An assistant, and what must be told of its documents."""

    assistant: Assistant
    notes: Notes

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are answered from."""
        return self.assistant.documents

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        """Answer a question as `Assistant.ask` does; without documents, say that there are none."""
        if not self.documents:
            return Answer(question, question, Status.REFUSED, NO_DOCUMENTS)
        return noted(self.assistant.ask(question, history), self.notes, date.today())

    def stream(self, question: str, history: Sequence[Answer] = ()) -> Iterator[Answer]:
        """Yield growing answers as `Assistant.stream` does."""
        if not self.documents:
            yield self.ask(question)
            return
        for answer in self.assistant.stream(question, history):
            yield noted(answer, self.notes, date.today())


def open_edition(settings: Settings, progress: Progress = quiet) -> Edition:
    """Bring the index of `settings.docs` up to date and open it; without an index, in memory.

    Raises:
        TiaoWenError: if documents, index or model cannot be had; its text is for the user.
    """
    embedding = load_embedding(settings.embedding)
    return _edition_over(open_store(settings, embedding, progress).store, embedding, settings)


def edition_of_index(folder: Path, settings: Settings) -> Edition:
    """Open a saved index alone; its documents need not be there.

    Raises:
        TiaoWenError: as `open_edition`.
    """
    embedding = load_embedding(settings.embedding)
    return _edition_over(load_store(folder, embedding.name), embedding, settings)


def _edition_over(store: ClauseStore, embedding: Embedding, settings: Settings) -> Edition:
    notes = resolve(tuple(store.documents.values())).notes
    return Edition(assistant_over(store, embedding, settings), notes)
