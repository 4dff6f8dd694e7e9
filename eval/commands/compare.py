"""`python -m eval compare`: what changed between two runs."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.commands.common import write
from eval.comparison import Comparison, compare
from eval.run import Result
from eval.runs import OURS, Run, RunError, read_run
from eval.tables import aligned, render_changed, render_differences

NAME = "compare"
HELP = "比较两次评测：每个指标做配对检验，列出变了的题"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two runs."""
    parser.add_argument("before", type=Path, metavar="之前", help="评测记录的目录")
    parser.add_argument("after", type=Path, metavar="现在", help="评测记录的目录")
    parser.add_argument(
        "--system", metavar="名称", default=OURS, help="比较哪个系统，默认条问；可写某个基线的名称"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def run(options: argparse.Namespace) -> int:
    """Print the differences and the questions that changed."""
    before, after = read_run(options.before), read_run(options.after)
    found = compare(_results(before, options.system), _results(after, options.system))
    if options.json:
        write(json.dumps(comparison_record(found), ensure_ascii=False, indent=1))
        return 0
    write(f"{before.name} → {after.name}，相同的题 {found.shared}\n")
    write(aligned(render_differences(found)))
    write("\n" + render_changed(found))
    return 0


def _results(run: Run, system: str) -> tuple[Result, ...]:
    if system not in run.systems:
        raise RunError(f"{run.name} 里没有 {system}，有：{'、'.join(run.systems)}。")
    return run.systems[system]


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values."""
    return {
        "shared": found.shared,
        "metrics": {
            d.metric.name: {"before": d.before, "after": d.after, **asdict(d.test)}
            for d in found.differences
        },
        "changed": [
            {"id": c.after.item.item_id, "change": c.change.name.lower()} for c in found.changed
        ],
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
    }
