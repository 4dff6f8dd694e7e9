"""`python -m eval squad`: SQuAD, CMRC2018 and DRCD files with their paragraphs as the corpus."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

from eval.commands.common import write
from eval.formats.collection import Collection
from eval.formats.reading import FormatError
from eval.formats.squad import read_squad
from eval.progress import progress_bar
from eval.tables import aligned

NAME = "squad"
HELP = "用 SQuAD 格式的阅读理解数据（CMRC2018、DRCD）测段落检索和选句"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and what is taken of it."""
    parser.add_argument("file", type=Path, metavar="文件", help="SQuAD 格式的 JSON，可用 .xz 压缩")
    parser.add_argument("--limit", type=_count, metavar="题数", help="只问前几题，段落仍全部收入")
    parser.add_argument("--titles", action="store_true", help="段落所在文章的标题也参与检索")
    parser.add_argument("--no-sentences", action="store_true", help="只测检索，不测选句")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError("a number of questions is at least 1")
    return count


def run(options: argparse.Namespace) -> int:
    """Index the paragraphs, search for every question, and print the figures."""
    # Imported here: help texts do without the engine.
    from assistant.answering.gate import load_threshold  # noqa: PLC0415
    from eval.passages import judge_over, rankers, store_of  # noqa: PLC0415
    from eval.retrieval import SUCCESS, measure, record_of, table_of  # noqa: PLC0415
    from eval.sentences import choices, figures_of  # noqa: PLC0415
    from index.embedding import load_embedding  # noqa: PLC0415

    collection = _read(options.file, options.limit)
    embedding = load_embedding()
    with progress_bar("index", "段") as advance:
        store = store_of(collection.passages, embedding, advance, titled=options.titles)
    with progress_bar("search") as advance:
        rows = measure(collection, rankers(store, embedding), SUCCESS, 10, advance)
    sentences = None
    if not options.no_sentences:
        with progress_bar("sentences") as advance:
            judge = judge_over(store, embedding)
            sentences = figures_of(choices(judge, collection, load_threshold(), advance))
    if options.json:
        record = {"retrieval": record_of(rows), "sentences": sentences and asdict(sentences)}
        write(json.dumps(_sizes(collection) | record, ensure_ascii=False, indent=1))
        return 0
    write(f"{options.file.name}：{len(collection.passages)} 段，{len(collection.queries)} 题\n")
    write(aligned(table_of(rows)))
    if sentences:
        write(
            f"\n标准答案在所选句子里 sentence {sentences.sentence.mean:.4f}"
            f"（前五句之内 {sentences.in_five.mean:.4f}，所选句子出自正确段落"
            f" {sentences.passage.mean:.4f}；{sentences.count} 题，不论是否拒答）\n"
            f"门槛放行 {sentences.passes.mean:.4f}，其中句子选对 {sentences.sentence_passed:.4f}"
        )
    return 0


def _read(path: Path, limit: int | None) -> Collection:
    collection = read_squad(path)
    asked = tuple(query for query in collection.queries if query.answers)[:limit]
    if not asked:
        raise FormatError(f"{path}：没有一道题有答案。")
    return replace(collection, queries=asked)


def _sizes(collection: Collection) -> dict[str, object]:
    return {"passages": len(collection.passages), "questions": len(collection.queries)}
