"""BEIR folders: corpus.jsonl, queries.jsonl, qrels/*.tsv (Thakur et al., BEIR, 2021)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from eval.formats.collection import Collection, Passage, Query
from eval.formats.reading import (
    FormatError,
    Record,
    find,
    read_lines,
    read_records,
    string,
)

_HEAD = ("query-id", "corpus-id", "score")


def read_beir(folder: Path, split: str | None = None) -> Collection:
    """Read a folder; every file may be packed with xz.

    Args:
        folder: holds corpus.jsonl, queries.jsonl and qrels/*.tsv.
        split: the name of the qrels file; without it there must be only one.

    Returns:
        All passages, the queries that the qrels judge, and the qrels.

    Raises:
        FormatError: if a file is missing or broken, an id repeats, or the qrels name an unknown id.
    """
    files = find(folder, "corpus.jsonl"), find(folder, "queries.jsonl")
    return read_beir_files(*files, _qrels_file(folder, split))


def read_beir_files(corpus: Path, queries: Path, qrels: Path) -> Collection:
    """Read the three files of a collection where they lie; each may be packed with xz.

    Raises:
        FormatError: if a file is missing or broken, an id repeats, or the qrels name an unknown id.
    """
    passages = read_corpus(corpus)
    asked = {
        query.query_id: query
        for query in (_query(place, record) for place, record in _records(queries))
    }
    known = frozenset(passage.passage_id for passage in passages)
    judged = read_qrels(qrels, frozenset(asked), known)
    return Collection(passages, tuple(q for q in asked.values() if q.query_id in judged), judged)


def read_corpus(path: Path) -> tuple[Passage, ...]:
    """Read a corpus.jsonl; it may be packed with xz.

    Raises:
        FormatError: if it is missing or broken, or an id repeats.
    """
    return tuple(_passage(place, record) for place, record in _records(path))


def _records(path: Path) -> Iterable[tuple[str, Record]]:
    seen: set[str] = set()
    for place, record in read_records(path):
        key = string(record, "_id", place)
        if key in seen:
            raise FormatError(f"{place}：编号 {key} 重复。")
        seen.add(key)
        yield place, record


def _passage(place: str, record: Record) -> Passage:
    return Passage(
        string(record, "_id", place),
        string(record, "title", place, ""),
        string(record, "text", place),
    )


def _query(place: str, record: Record) -> Query:
    return Query(string(record, "_id", place), string(record, "text", place))


def _qrels_file(folder: Path, split: str | None) -> Path:
    if split is not None:
        return find(folder / "qrels", f"{split}.tsv")
    files = sorted(
        path for pattern in ("*.tsv", "*.tsv.xz") for path in folder.glob(f"qrels/{pattern}")
    )
    if len(files) != 1:
        names = "、".join(path.name for path in files) or "无"
        raise FormatError(
            f"{folder / 'qrels'}：应当只有一个 .tsv（现有：{names}），或用 split 指明。"
        )
    return files[0]


def read_qrels(
    path: Path, queries: frozenset[str], passages: frozenset[str]
) -> dict[str, dict[str, int]]:
    """Read judgements: three columns with a head line (BEIR), or four without (TREC).

    Raises:
        FormatError: if a line has another shape, a grade is no whole number, or an id is unknown.
    """
    qrels: dict[str, dict[str, int]] = {}
    for position, (place, line) in enumerate(read_lines(path)):
        columns = line.split("\t") if "\t" in line else line.split()
        if position == 0 and tuple(columns) == _HEAD:
            continue
        query, passage, grade = _judgement(columns, place)
        if query not in queries:
            raise FormatError(f"{place}：queries.jsonl 里没有查询 {query}。")
        if passage not in passages:
            raise FormatError(f"{place}：corpus.jsonl 里没有段落 {passage}。")
        qrels.setdefault(query, {})[passage] = grade
    return qrels


def _judgement(columns: list[str], place: str) -> tuple[str, str, int]:
    if len(columns) == 4:
        columns = [columns[0], *columns[2:]]
    try:
        query, passage, grade = columns
        return query, passage, int(grade)
    except ValueError:
        raise FormatError(f"{place}：应当是 查询、段落、整数相关度 三列。") from None


def write_beir(collection: Collection, folder: Path, split: str = "test") -> None:
    """Write a folder, with the reference answers of a query in its `metadata`."""
    corpus = ({"_id": p.passage_id, "title": p.title, "text": p.text} for p in collection.passages)
    write_records(folder / "corpus.jsonl", corpus)
    write_records(folder / "queries.jsonl", map(_query_record, collection.queries))
    rows = ["\t".join(_HEAD), *_rows(collection.qrels)]
    (folder / "qrels").mkdir(exist_ok=True)
    (folder / "qrels" / f"{split}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _query_record(query: Query) -> Record:
    metadata = {"answers": list(query.answers), "answerable": query.answerable}
    return {"_id": query.query_id, "text": query.text, "metadata": metadata}


def _rows(qrels: Mapping[str, Mapping[str, int]]) -> Iterable[str]:
    for query, grades in qrels.items():
        for passage, grade in grades.items():
            yield f"{query}\t{passage}\t{grade}"


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write JSON Lines; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
