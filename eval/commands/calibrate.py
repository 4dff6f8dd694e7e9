"""`python -m eval calibrate`: sets the threshold below which the assistant refuses."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.commands.common import add_files, add_split, read_items, write
from eval.engine import settings_for
from eval.progress import progress_bar
from eval.tables import aligned

NAME = "calibrate"
HELP = "用问答集校准拒答门槛，打印两类错误的曲线"
GATE = Path(__file__).parents[2] / "assistant" / "answering" / "gate.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add files, documents, and the cost."""
    add_files(parser)
    parser.add_argument(
        "--docs", type=Path, action="append", metavar="目录", help="文档目录，可写多次"
    )
    add_split(parser, "dev")
    add_costs(parser)
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    parser.add_argument("--write", action="store_true", help="写入 assistant/answering/gate.json")


def add_costs(parser: argparse.ArgumentParser) -> None:
    """Add what a wrong answer costs, and how many false refusals are borne."""
    parser.add_argument(
        "--cost",
        type=_cost,
        default=2.0,
        metavar="倍数",
        help="答错率的代价是误拒率的几倍，默认 2",
    )
    parser.add_argument(
        "--most-refused",
        type=float,
        default=0.04,
        metavar="比例",
        help="最多容忍多大比例的误拒，默认 0.04",
    )


def _cost(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError("a cost is above 0")
    return value


def run(options: argparse.Namespace) -> int:
    """Ask with the gate open, choose, print, and write when told to."""
    # Imported here: help texts do without the engine.
    from assistant.answering.gate import load_threshold  # noqa: PLC0415
    from assistant.factory import build_assistant  # noqa: PLC0415
    from eval.calibrate import (  # noqa: PLC0415
        Sample,
        calibrate,
        collect,
        gate_record,
        write_gate,
    )

    items = read_items(options.files, options.split)
    samples: list[Sample] = []
    for docs in options.docs or [None]:
        assistant = build_assistant(replace(settings_for(docs), threshold=0.0))
        with progress_bar(str(docs or "calibrate")) as advance:
            for done, item in enumerate(items, 1):
                samples.extend(collect(assistant, [item]))
                advance(done, len(items))
    found = calibrate(samples, options.cost, options.most_refused)
    curve = [(p.threshold, p.false_refusals, p.false_answers) for p in found.curve]
    if options.json:
        write(json.dumps(gate_record(found, options.cost), ensure_ascii=False, indent=1))
    else:
        write(aligned(_rows(curve, options.cost, found.threshold)))
        write(
            f"\n{len(items)} 题；该答的 {found.positives} 个，不该答的 {found.negatives} 个"
            f"\n"
            f"门槛 {found.threshold:.2f}，现在用的是 {load_threshold():.2f}"
        )
    if options.write:
        write_gate(found, options.cost, GATE)
        write(f"已写入 {GATE.name}", error=True)
    return 0


def _rows(
    curve: Sequence[tuple[float, float, float]], cost: float, chosen: float
) -> list[list[str]]:
    """Return the curve, leaving out thresholds at which neither rate differs from the one above."""
    rows = [["门槛", "误拒 %", "该拒未拒或答错 %", "代价", ""]]
    last: tuple[float, float] | None = None
    for threshold, refused, answered in curve:
        if (refused, answered) != last or threshold == chosen:
            expected = f"{refused + cost * answered:.3f}"
            mark = "← 选定" if threshold == chosen else ""
            shares = [f"{100 * refused:.1f}", f"{100 * answered:.1f}"]
            rows.append([f"{threshold:.2f}", *shares, expected, mark])
        last = (refused, answered)
    return rows
