"""What the retrieval and reading formats have in common: passages, queries, and their relevance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Passage:
    """One retrievable text."""

    passage_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question. `answers` are reference answers, any of which is right; empty if unknown.

    `answerable` is false where the set says that its passages hold no answer.
    """

    query_id: str
    text: str
    answers: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection: `qrels[query_id][passage_id]` is the grade of relevance, 0 for none."""

    passages: tuple[Passage, ...]
    queries: tuple[Query, ...]
    qrels: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def relevant(self, query_id: str) -> tuple[str, ...]:
        """Return the passages with a grade above 0, in the order of the file."""
        return tuple(name for name, grade in self.qrels.get(query_id, {}).items() if grade > 0)
