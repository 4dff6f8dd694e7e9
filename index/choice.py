"""Pure: which documents of a library are answered from, and what each is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from index.types import Document
from index.versions import Hidden, Reason, resolve


@dataclass(frozen=True, slots=True)
class Choice:
    """`documents` are all of a library, in their order, under ids of their own.

    `hidden` holds those that another one stands for, by id; the others are answered from.
    """

    documents: tuple[Document, ...]
    hidden: Mapping[str, Hidden]

    @property
    def places(self) -> tuple[int, ...]:
        """Where the documents stand that are answered from."""
        named = enumerate(self.documents)
        return tuple(place for place, item in named if item.doc_id not in self.hidden)

    @property
    def problems(self) -> tuple[str, ...]:
        """A line on each file that brought nothing new."""
        by_id = {document.doc_id: document for document in self.documents}
        return tuple(
            f"{by_id[copy].source}：与另一个文件内容相同，没有重复收入。"
            for copy, hidden in self.hidden.items()
            if hidden.reason is Reason.COPY
        )


def choose(documents: Sequence[Document]) -> Choice:
    """Hide what another document stands for, and give documents of one name ids of their own.

    Ids come from file names, and two files may differ in nothing but the suffix. The plain id is
    for a document that is answered from.
    """
    named = _named(documents, range(len(documents)))
    hidden = resolve(named).hidden
    first = sorted(range(len(named)), key=lambda place: named[place].doc_id in hidden)
    final = _named(documents, first)
    return Choice(final, hidden if final == named else resolve(final).hidden)


def _named(documents: Sequence[Document], order: Iterable[int]) -> tuple[Document, ...]:
    ids = _distinct(documents[place].doc_id for place in order)
    by_place = dict(zip(order, ids, strict=True))
    return tuple(
        document
        if document.doc_id == by_place[place]
        else replace(document, doc_id=by_place[place])
        for place, document in enumerate(documents)
    )


def _distinct(names: Iterable[str]) -> Iterator[str]:
    used: set[str] = set()
    for name in names:
        numbered = (f"{name}~{number}" for number in count(2))
        fresh = next(other for other in chain([name], numbered) if other not in used)
        used.add(fresh)
        yield fresh
