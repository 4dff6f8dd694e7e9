"""`python -m eval qa`: QA sets in, figures and a run folder out."""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from eval.commands.common import add_docs, add_files, add_split, paths_of, read_items, write
from eval.commands.compare import comparison_record
from eval.comparison import Comparison
from eval.dataset import QAItem
from eval.engine import Asks, embedding_name, make_assistant, settings_for
from eval.figures import groups_of, risk_of
from eval.marks import against, below, parse_mark
from eval.progress import progress_bar
from eval.records import result_record
from eval.run import Result, run_items
from eval.runs import OURS, Run, folder_for, index_record, metrics_record, write_run
from eval.tables import (
    aligned,
    render_by_type,
    render_changed,
    render_differences,
    render_failures,
    render_groups,
    render_systems,
)

NAME = "qa"
HELP = "运行问答集，给出指标，写下评测记录"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add files, documents, what to print and where to write."""
    add_files(parser)
    add_docs(parser)
    add_split(parser)
    parser.add_argument(
        "--among",
        nargs="+",
        type=Path,
        default=[],
        metavar="目录",
        help="另加这些目录（含子目录）里的文档，测文档很多时的表现",
    )
    parser.add_argument("--network", type=Path, metavar="文件", help="换用 match --out 写下的网络")
    parser.add_argument("--baselines", action="store_true", help="同时运行三个基线，并列比较")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出指标")
    parser.add_argument("--failures", action="store_true", help="列出每道未通过的题")
    parser.add_argument("--name", default="qa", metavar="名称", help="写进 runs/时间-名称，默认 qa")
    parser.add_argument("--out", type=Path, metavar="目录", help="评测记录写到这个目录")
    parser.add_argument("--no-out", action="store_true", help="不写评测记录")
    parser.add_argument(
        "--fail-under",
        type=parse_mark,
        action="append",
        default=[],
        metavar="百分比",
        help="“正确且引对”低于此值时退出码为 1；也可写 指标=百分比，可写多次",
    )
    parser.add_argument(
        "--baseline",
        type=Path,
        metavar="记录",
        help="以前的评测记录（目录或 metrics.json）；主要指标变差时退出码为 1",
    )
    parser.add_argument(
        "--tolerance", type=float, default=0.0, metavar="百分点", help="允许变差多少，默认 0"
    )


def run(options: argparse.Namespace) -> int:
    """Ask, judge, print, write; 1 when a mark is missed or the baseline is not reached."""
    measured = measure(options)
    means = {name: f.mean for name, f in groups_of(measured.ours)[0].figures.items()}
    missed = below(options.fail_under, means)
    comparison = None
    if options.baseline:
        verdict = against(options.baseline, measured.ours, means, options.tolerance)
        missed.extend(verdict.lines)
        comparison = verdict.comparison
    say = _json if options.json else _text
    write(say(measured, comparison, failures=options.failures))
    if not options.no_out:
        folder = options.out or folder_for(options.name)
        write_run(measured, folder)
        write(f"评测记录：{folder}", error=True)
    for line in missed:
        write(f"未达到：{line}", error=True)
    return int(bool(missed))


def measure(options: argparse.Namespace) -> Run:
    """Ask the assistant, and the baselines when wanted, every question.

    Raises:
        TiaoWenError: if questions or documents cannot be had.
    """
    items = read_items(options.files, options.split)
    settings = settings_for(options.docs)
    engine = make_assistant(options.docs, among=options.among, network=options.network)
    systems = {OURS: _asked(OURS, engine, items)}
    if options.baselines:
        # Imported here: the baselines bring llama-index, which a run without them need not load.
        from eval.baselines import make_baselines  # noqa: PLC0415

        for baseline in make_baselines(settings):
            systems[baseline.name] = _asked(baseline.name, baseline, items)
    index = index_record(engine.documents, engine.clauses, embedding_name(settings))
    return Run(options.name, systems, _config(options, settings), index)


def _asked(name: str, system: Asks, items: Sequence[QAItem]) -> tuple[Result, ...]:
    with progress_bar(name) as advance:
        return run_items(system, items, advance)


def _config(options: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    return {
        "name": options.name,
        "started": datetime.now().astimezone().isoformat(timespec="seconds"),
        "arguments": {
            "split": options.split,
            "baselines": options.baselines,
            "among": [str(folder) for folder in options.among],
            "network": options.network and str(options.network),
        },
        "questions": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in paths_of(options.files)
        },
        "settings": {name: _plain(value) for name, value in asdict(settings).items()},
        "python": platform.python_version(),
        "version": version("tiaowen"),
    }


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


def _text(run: Run, comparison: Comparison | None, *, failures: bool) -> str:
    groups = {name: groups_of(results) for name, results in run.systems.items()}
    risks = {name: risk_of(results) for name, results in run.systems.items()}
    parts = [render_failures(run.ours)] if failures else []
    parts += [aligned(render_groups(groups[OURS])), aligned(render_systems(groups, risks))]
    if len(groups) > 1:
        parts.append(aligned(render_by_type(groups)))
    if comparison:
        parts += [aligned(render_differences(comparison)), render_changed(comparison)]
    return "\n\n".join(parts)


def _json(run: Run, comparison: Comparison | None, *, failures: bool) -> str:
    report = metrics_record(run)
    if failures:
        report["failures"] = [result_record(result) for result in run.ours if result.failures]
    if comparison:
        report["comparison"] = comparison_record(comparison)
    return json.dumps(report, ensure_ascii=False, indent=1)
