"""`python -m eval report`: a run as a page and as Markdown."""

from __future__ import annotations

import argparse
from pathlib import Path

from eval.commands.common import write
from eval.comparison import compare
from eval.reporting.content import content_of
from eval.reporting.markdown import render_markdown
from eval.reporting.page import render_page
from eval.runs import read_run

NAME = "report"
HELP = "把评测记录写成一个网页和一份 Markdown"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the run, the one to compare with, and where to write."""
    parser.add_argument("record", type=Path, metavar="记录", help="评测记录的目录")
    parser.add_argument("--baseline", type=Path, metavar="记录", help="与这次评测逐题比较")
    parser.add_argument(
        "--out", type=Path, metavar="目录", help="写到这个目录，默认写在评测记录的目录里"
    )


def run(options: argparse.Namespace) -> int:
    """Write `report.html` and `report.md`."""
    record = read_run(options.record)
    comparison, name = None, ""
    if options.baseline:
        before = read_run(options.baseline)
        comparison, name = compare(before.ours, record.ours), before.name
    content = content_of(record, comparison, name)
    folder: Path = options.out or options.record
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"report.html": render_page(content), "report.md": render_markdown(content)}
    for file, text in pages.items():
        (folder / file).write_text(text, encoding="utf-8")
        write(str(folder / file))
    return 0
