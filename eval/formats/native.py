"""Our own items to other values: the record of a line, and a test collection over the clauses."""

from __future__ import annotations

from collections.abc import Sequence

from eval.dataset import QAItem, clause_text
from eval.formats.collection import Collection, Passage, Query
from eval.formats.gold import Corpus
from eval.formats.reading import Record
from eval.matching import supports


def item_record(item: QAItem) -> Record:
    """Return an item as the values of one line; `parse_item` gives the item back."""
    asked: Record = (
        {"question": item.question} if len(item.turns) == 1 else {"turns": list(item.turns)}
    )
    prefix = f"{item.doc}#"
    return {
        "id": item.item_id,
        **asked,
        "answer": item.answer,
        "elements": [list(alternatives) for alternatives in item.elements],
        "forbidden": list(item.forbidden),
        "answerable": item.answerable,
        "type": item.kind,
        "style": item.style,
        "doc": item.doc,
        "clauses": [_short(clause, prefix) for clause in item.clauses],
        "evidence": list(item.evidence),
        "split": item.split,
        **({"why": item.why} if item.why else {}),
    }


def _short(clause: str, prefix: str) -> str:
    return clause.removeprefix(prefix) or clause


def collection_of(items: Sequence[QAItem], corpus: Corpus) -> Collection:
    """Make every clause a passage, relevant to an item when it stands for a gold clause.

    The turns of a conversation are joined to one query. A question that has no answer in the
    documents has no relevant passage.
    """
    titles = {document.doc_id: document.title for document in corpus.documents}
    passages = tuple(
        Passage(c.clause_id, f"{titles[c.doc_id]} {c.shown_path}".strip(), clause_text(c))
        for c in corpus.clauses
    )
    queries = tuple(
        Query(i.item_id, " ".join(i.turns), (i.answer,) if i.answer else (), i.answerable)
        for i in items
    )
    qrels = {
        item.item_id: {
            passage.passage_id: 1
            for passage in passages
            if any(supports(gold, passage.passage_id) for gold in item.clauses)
        }
        for item in items
    }
    return Collection(passages, queries, qrels)
