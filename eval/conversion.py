"""Which format becomes which: QA items, test collections, and runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from eval.dataset import QAItem, load_items
from eval.formats import qa_table
from eval.formats.beir import read_beir, write_beir, write_records
from eval.formats.collection import Collection
from eval.formats.gold import Corpus
from eval.formats.llama import read_llama, write_llama
from eval.formats.native import collection_of, item_record
from eval.formats.ragas import Sample, write_ragas
from eval.formats.reading import FormatError
from eval.formats.squad import read_squad
from eval.formats.trec import qrels_lines, run_lines, write_lines
from eval.matching import strip_markers
from eval.runs import Run, read_run

CONTEXTS = 10
FindCorpus: TypeAlias = Callable[[], Corpus]
Items: TypeAlias = tuple[QAItem, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A format to write: what it needs of a source, each None where it cannot use it."""

    items: Callable[[Items, Path], None] | None = None
    collection: Callable[[Collection, Path], None] | None = None
    run: Callable[[Run, Path], None] | None = None


def _write_jsonl(items: Items, path: Path) -> None:
    write_records(path, map(item_record, items))


def _write_qrels(collection: Collection, path: Path) -> None:
    write_lines(path, qrels_lines(collection.qrels))


def _write_run(run: Run, path: Path) -> None:
    rankings = {
        result.item.item_id: [(hit.clause.clause_id, hit.score) for hit in result.answer.hits]
        for result in run.ours
    }
    write_lines(path, run_lines(rankings, "tiaowen"))


def _write_ragas(run: Run, path: Path) -> None:
    samples = [
        Sample(
            user_input=result.answer.standalone_question or result.item.question,
            retrieved_contexts=tuple(
                hit.clause.text for hit in result.answer.hits[:CONTEXTS] if hit.clause.text
            ),
            response=strip_markers(result.answer.text),
            reference=result.item.answer,
        )
        for result in run.ours
    ]
    write_ragas(samples, path)


ITEM_SOURCES = ("jsonl", "xlsx", "csv")
COLLECTION_SOURCES: Mapping[str, Callable[[Path], Collection]] = {
    "squad": read_squad,
    "beir": read_beir,
    "llama": read_llama,
}
RUN_SOURCE = "run"
SOURCES = (*ITEM_SOURCES, *COLLECTION_SOURCES, RUN_SOURCE)
TARGETS: Mapping[str, Target] = {
    "jsonl": Target(items=_write_jsonl),
    "xlsx": Target(items=qa_table.write_items),
    "csv": Target(items=qa_table.write_items),
    "beir": Target(collection=write_beir),
    "llama": Target(collection=write_llama),
    "qrels": Target(collection=_write_qrels),
    "trec": Target(run=_write_run),
    "ragas": Target(run=_write_ragas),
}


def convert(source: Path, kind: str, target: Path, wanted: str, corpus: FindCorpus) -> int:
    """Read `source` as `kind`, write it as `wanted`, and return how many questions it has.

    Args:
        source: a file or folder.
        kind: one of `SOURCES`.
        target: the file or folder to write.
        wanted: one of `TARGETS`.
        corpus: gives the documents; asked only where they are needed, that is to find the
            clauses named in a table, and to make a test collection of QA items.

    Raises:
        TiaoWenError: if the source cannot be read, or cannot become what is wanted.
    """
    write = TARGETS[wanted]
    if kind == RUN_SOURCE and write.run:
        run = read_run(source)
        write.run(run, target)
        return len(run.ours)
    if kind in COLLECTION_SOURCES and write.collection:
        collection = COLLECTION_SOURCES[kind](source)
        write.collection(collection, target)
        return len(collection.queries)
    if kind in ITEM_SOURCES and (write.items or write.collection):
        items = _items(source, kind, corpus)
        if write.items:
            write.items(items, target)
        elif write.collection:
            write.collection(collection_of(items, corpus()), target)
        return len(items)
    raise FormatError(f"{kind} 不能转成 {wanted}；可以转成 {'、'.join(_possible(kind))}。")


def _items(source: Path, kind: str, corpus: FindCorpus) -> Items:
    return load_items([source]) if kind == "jsonl" else qa_table.read_items(source, corpus())


def _possible(kind: str) -> list[str]:
    if kind == RUN_SOURCE:
        return [name for name, target in TARGETS.items() if target.run]
    if kind in COLLECTION_SOURCES:
        return [name for name, target in TARGETS.items() if target.collection]
    return [name for name, target in TARGETS.items() if not target.run]
