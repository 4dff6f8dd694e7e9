"""`python -m eval bench`: time and memory, ours beside llama-index; and of keeping a library."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from eval.commands.common import add_docs, write

NAME = "bench"
HELP = "测速度与内存，与 llama-index 并列，只报数字"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the documents, the large corpus, and the form."""
    add_docs(parser)
    parser.add_argument(
        "--statutes",
        type=Path,
        metavar="文件",
        help="再用一个大的语料测一遍：BEIR 的 corpus.jsonl，可用 .xz 压缩",
    )
    parser.add_argument(
        "--library", action="store_true", help="只测资料库：建立、加入、移走、重新载入各要多久"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    # Imported here: help texts do without the settings.
    from eval.benchmark.library import bench_library  # noqa: PLC0415
    from eval.benchmark.run import bench_documents, bench_statutes  # noqa: PLC0415
    from eval.benchmark.table import benchmark_record, render_benchmark, render_steps  # noqa: PLC0415
    from eval.engine import settings_for  # noqa: PLC0415

    if options.library:
        steps = bench_library()
        as_json = json.dumps([asdict(step) for step in steps], ensure_ascii=False, indent=1)
        write(as_json if options.json else render_steps(steps))
        return 0
    figures = [bench_documents(options.docs or settings_for(None).docs)]
    if options.statutes:
        figures.append(bench_statutes(options.statutes))
    if options.json:
        write(json.dumps(list(map(benchmark_record, figures)), ensure_ascii=False, indent=1))
    else:
        write("\n\n\n".join(map(render_benchmark, figures)))
    return 0
