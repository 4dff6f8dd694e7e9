"""`python -m eval convert`: QA sets, test collections and runs between the formats of the field."""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

from eval.commands.common import add_docs, write
from eval.conversion import SOURCES, TARGETS, convert
from eval.engine import make_assistant
from eval.formats.gold import Corpus
from eval.formats.reading import FormatError

NAME = "convert"
HELP = "转换格式：表格、SQuAD、BEIR、llama-index 与问答集、TREC、ragas 之间"
_SUFFIXES = {".jsonl": "jsonl", ".xlsx": "xlsx", ".csv": "csv"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add source, target, and their formats."""
    parser.add_argument("source", type=Path, metavar="来源", help="文件或目录")
    parser.add_argument("target", type=Path, metavar="去向", help="要写的文件或目录")
    for flag, name, known in (
        ("--from", "kind", tuple(SOURCES)),
        ("--to", "wanted", tuple(TARGETS)),
    ):
        parser.add_argument(
            flag, dest=name, choices=known, help="格式，后缀是 .jsonl .xlsx .csv 时可以不写"
        )
    add_docs(parser)


def run(options: argparse.Namespace) -> int:
    """Convert."""
    kind = options.kind or _kind(options.source, "--from")
    wanted = options.wanted or _kind(options.target, "--to")

    @cache
    def corpus() -> Corpus:
        assistant = make_assistant(options.docs)
        return Corpus(assistant.documents, assistant.clauses)

    count = convert(options.source, kind, options.target, wanted, corpus)
    write(f"{options.target}：{count} 题（{kind} → {wanted}）")
    return 0


def _kind(path: Path, flag: str) -> str:
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise FormatError(f"{path}：看不出格式，请用 {flag} 指明。")
    return kind
