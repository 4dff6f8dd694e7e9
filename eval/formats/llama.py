"""llama-index `EmbeddingQAFinetuneDataset` files: `{queries, corpus, relevant_docs}`, one object.

`queries` and `corpus` map ids to texts, `relevant_docs` maps a query id to a list of corpus ids
(llama_index.core.evaluation, `generate_question_context_pairs(...).save_json`).
"""

from __future__ import annotations

import json
from pathlib import Path

from eval.formats.collection import Collection, Passage, Query
from eval.formats.reading import FormatError, Record, read_json


def read_llama(path: Path) -> Collection:
    """Read a file.

    Raises:
        FormatError: if the shape is another, or an id is not found.
    """
    record = read_json(path)
    corpus, queries = _texts(record, "corpus", path), _texts(record, "queries", path)
    relevant = record.get("relevant_docs")
    if not isinstance(relevant, dict):
        raise FormatError(f"{path}：字段 relevant_docs 应当是一个对象。")
    qrels: dict[str, dict[str, int]] = {}
    for query, passages in relevant.items():
        if query not in queries:
            raise FormatError(f"{path} relevant_docs：queries 里没有 {query}。")
        if not isinstance(passages, list):
            raise FormatError(f"{path} relevant_docs 的 {query}：应当是编号的列表。")
        for passage in passages:
            if passage not in corpus:
                raise FormatError(f"{path} relevant_docs 的 {query}：corpus 里没有 {passage}。")
        qrels[query] = dict.fromkeys(passages, 1)
    return Collection(
        tuple(Passage(name, "", text) for name, text in corpus.items()),
        tuple(Query(name, text) for name, text in queries.items()),
        qrels,
    )


def _texts(record: Record, name: str, path: Path) -> dict[str, str]:
    value = record.get(name)
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise FormatError(f"{path}：字段 {name} 应当是编号到文字的对象。")
    return value


def write_llama(collection: Collection, path: Path) -> None:
    """Write a file; a title stands in front of its text, for the format has no place for it."""
    record = {
        "queries": {query.query_id: query.text for query in collection.queries},
        "corpus": {
            passage.passage_id: f"{passage.title}\n{passage.text}".lstrip("\n")
            for passage in collection.passages
        },
        "relevant_docs": {
            query.query_id: list(collection.relevant(query.query_id))
            for query in collection.queries
        },
        "mode": "text",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
