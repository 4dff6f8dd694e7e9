"""`python -m eval beir`: retrieval figures over a test collection in the BEIR layout."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from eval.commands.common import write
from eval.formats.beir import read_beir, read_beir_files
from eval.formats.collection import Collection
from eval.formats.reading import FormatError
from eval.progress import progress_bar
from eval.tables import aligned

NAME = "beir"
HELP = "用 BEIR 格式的检索数据测召回和排序"
DEPTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder, or the three files one by one."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="目录",
        help="内有 corpus.jsonl、queries.jsonl、qrels/*.tsv，可用 .xz 压缩",
    )
    parser.add_argument("--split", metavar="名称", help="qrels 里用哪个文件，如 test")
    for name, said in (("corpus", "段落"), ("queries", "查询"), ("qrels", "相关度")):
        parser.add_argument(
            f"--{name}", type=Path, metavar="文件", help=f"单独指定{said}文件，三个要一起给"
        )
    parser.add_argument("--no-titles", action="store_true", help="段落的标题不参与检索")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def run(options: argparse.Namespace) -> int:
    """Index the passages, search for every query, and print the figures."""
    # Imported here: help texts do without the engine.
    from eval.passages import rankers, store_of  # noqa: PLC0415
    from eval.retrieval import BEIR, measure, record_of, table_of  # noqa: PLC0415
    from index.embedding import load_embedding  # noqa: PLC0415

    collection = _read(options)
    embedding = load_embedding()
    with progress_bar("index", "段") as advance:
        store = store_of(collection.passages, embedding, advance, titled=not options.no_titles)
    with progress_bar("search") as advance:
        rows = measure(collection, rankers(store, embedding), BEIR, DEPTH, advance)
    sizes = {"passages": len(collection.passages), "queries": len(collection.queries)}
    if options.json:
        record = sizes | {"retrieval": record_of(rows)}
        write(json.dumps(record, ensure_ascii=False, indent=1))
        return 0
    write(f"{sizes['passages']} 段，{sizes['queries']} 个查询\n")
    write(aligned(table_of(rows)))
    return 0


def _read(options: argparse.Namespace) -> Collection:
    files = (options.corpus, options.queries, options.qrels)
    if options.folder is not None and not any(files):
        collection = read_beir(options.folder, options.split)
    elif options.folder is None and all(files):
        collection = read_beir_files(*files)
    else:
        raise FormatError("请给出一个目录，或同时给出 --corpus、--queries、--qrels 三个文件。")
    if not any(collection.relevant(query.query_id) for query in collection.queries):
        raise FormatError("没有一个查询有相关的段落。")
    return collection
