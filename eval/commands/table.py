"""`python -m eval table`: the README's figures, printed, written or checked."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.common import read_items, write
from eval.engine import make_assistant
from eval.progress import progress_bar
from eval.readme import block_in, block_of, with_block
from eval.run import run_items

NAME = "table"
HELP = "生成 README 里的指标表（随附文件，测试集）"
ROOT = Path(__file__).parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do with the table."""
    parser.add_argument("--write", action="store_true", help="写入 README.md")
    parser.add_argument("--check", action="store_true", help="与 README.md 不一致时退出码为 1")


def run(options: argparse.Namespace) -> int:
    """Measure our test split over the documents that come with the project."""
    block = measured_block()
    path = ROOT / "README.md"
    if options.write:
        path.write_text(with_block(path.read_text("utf-8"), block), "utf-8")
    write(block)
    stale = options.check and block_in(path.read_text("utf-8")) != block
    if stale:
        write("README.md 里的指标表已过时，请运行 python -m eval table --write", error=True)
    return int(stale)


def measured_block() -> str:
    """Run the test split with an index made for it."""
    items = read_items((), "test")
    with progress_bar("table") as advance:
        return block_of(run_items(make_assistant(ROOT / "docs_src"), items, advance))
