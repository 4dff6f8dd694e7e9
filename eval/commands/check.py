"""`python -m eval check`: whether QA sets agree with the documents."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from eval.checking import Problem, check_items, reworded_documents
from eval.commands.common import add_docs, add_files, read_items, write
from eval.dataset import QAItem
from eval.engine import make_assistant

NAME = "check"
HELP = "检查问答集是否与文档相符，有问题时退出码为 1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add files and documents."""
    add_files(parser)
    add_docs(parser)


def run(options: argparse.Namespace) -> int:
    """Print every problem and what was looked at; 1 when there are problems."""
    items = read_items(options.files)
    assistant = make_assistant(options.docs)
    reworded = reworded_documents(assistant.documents)
    problems = check_items(items, assistant.clauses, reworded)
    write(_told(items, problems))
    if reworded:
        write(f"有 {len(reworded)} 份文档是要点整理，未核对依据原文；核对请用 --docs 指定原文目录")
    return int(bool(problems))


def _told(items: Sequence[QAItem], problems: Sequence[Problem]) -> str:
    lines = [f"[{problem.item_id}] {problem.message}" for problem in problems]
    kinds = Counter(item.kind for item in items)
    splits = Counter(item.split for item in items)
    lines.append("题型：" + "、".join(f"{name} {n}" for name, n in kinds.most_common()))
    lines.append(
        "划分："
        + "、".join(f"{name} {n}" for name, n in sorted(splits.items()))
        + f"；不可回答 {sum(not item.answerable for item in items)}"
    )
    bad = len({problem.item_id for problem in problems})
    lines.append(f"{len(items)} 题，{len(problems)} 个问题" + (f"，涉及 {bad} 题" if bad else ""))
    return "\n".join(lines)
