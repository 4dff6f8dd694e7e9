"""What the commands share: where to write, the QA files, and options that mean the same."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.dataset import SPLITS, DatasetError, QAItem, load_items

DATA = Path(__file__).parents[1] / "data"


def write(text: str, *, error: bool = False) -> None:
    """Write a line to standard output, or to standard error."""
    stream = sys.stderr if error else sys.stdout
    stream.write(text + "\n")


def add_files(parser: argparse.ArgumentParser) -> None:
    """Add the QA files, by default our own."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="文件", help="问答集，默认 eval/data/*.jsonl"
    )


def add_docs(parser: argparse.ArgumentParser) -> None:
    """Add `--docs`."""
    parser.add_argument("--docs", type=Path, metavar="目录", help="文档目录，默认用设置中的文档")


def add_split(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Add `--split`."""
    said = f"，默认 {default}" if default else "，默认都用"
    parser.add_argument(
        "--split", choices=SPLITS, default=default, help=f"只用开发集 dev 或测试集 test{said}"
    )


def paths_of(files: Sequence[Path]) -> list[Path]:
    """Return the QA files that are meant: those given, else our own."""
    return list(files) or sorted(DATA.glob("*.jsonl"))


def read_items(files: Sequence[Path], split: str | None = None) -> tuple[QAItem, ...]:
    """Read QA files, by default our own, and keep the items of one split.

    Raises:
        DatasetError: if a file cannot be read, or nothing is left.
    """
    kept = tuple(item for item in load_items(paths_of(files)) if split in (None, item.split))
    if not kept:
        raise DatasetError("没有要运行的题目。")
    return kept
