"""Benchmarks as tables: each figure of ours, the other system's, and their ratio."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict

from eval.benchmark.child import DOCS, OURS, Measured
from eval.benchmark.library import STEPS, Step
from eval.benchmark.run import Benchmark
from eval.metrics import percentile
from eval.tables import aligned

_TITLES = {DOCS: "文档", "statutes": "法条"}
_ROWS: tuple[tuple[str, Callable[[Measured], float], str], ...] = (
    ("文档数", lambda m: m.documents, "{:.0f}"),
    ("条款（段）数", lambda m: m.units, "{:.0f}"),
    ("读文件、切条款 s", lambda m: m.parse, "{:.2f}"),
    ("建索引 s", lambda m: m.build, "{:.2f}"),
    ("条款（段）/s", lambda m: m.units / m.build, "{:.0f}"),
    ("字/s", lambda m: m.characters / m.build, "{:.0f}"),
    ("从导入到第一个回答 s", lambda m: m.first_answer, "{:.2f}"),
    ("回答 p50 ms", lambda m: statistics.median(m.latencies), "{:.2f}"),
    ("回答 p95 ms", lambda m: percentile(m.latencies, 95) or 0.0, "{:.2f}"),
    ("建好时内存峰值 MiB", lambda m: m.built_memory, "{:.0f}"),
    ("全部问完内存峰值 MiB", lambda m: m.memory, "{:.0f}"),
)


def render_benchmark(figures: Benchmark) -> str:
    """Return the figures as a table, and the stages of our answers below it."""
    title = f"{_TITLES[figures.source]}，{figures.questions} 个问题"
    parts = [title, aligned(_table(figures))]
    if figures.served_start is not None:
        parts.append(
            f"冷启动 {figures.served_start:.2f} s（python -m assistant ask，从进程启动到结束，三次的中位数）"
        )
    stages = figures.systems[OURS].stages if OURS in figures.systems else {}
    if stages:
        shares = "，".join(f"{name} {value:.2f}" for name, value in stages.items())
        parts.append(f"一次回答的平均毫秒数（各阶段只算自己的时间）：{shares}")
    return "\n\n".join(parts)


def render_steps(steps: Sequence[Step]) -> str:
    """Return what keeping a library costs, a row a step."""
    first = steps[0]
    title = f"资料库，{first.documents} 份虚构文件，{first.clauses} 条"
    rows = [["", "秒", "整个进程 s", "其中 CPU s", "嵌入条数", "内存峰值 MiB"]]
    rows += [
        [
            STEPS[step.name],
            f"{step.seconds:.2f}",
            f"{step.process:.2f}",
            f"{step.cpu:.2f}",
            str(step.embedded),
            f"{step.memory:.0f}",
        ]
        for step in steps
    ]
    return f"{title}\n\n{aligned(rows)}"


def _table(figures: Benchmark) -> list[list[str]]:
    systems = list(figures.systems.values())
    rows = [["", *figures.systems, *(["比值"] if len(systems) == 2 else [])]]
    for label, value, form in _ROWS:
        values = [float(value(measured)) for measured in systems]
        cells = [form.format(number) for number in values]
        if len(values) == 2:
            cells.append(f"{values[0] / values[1]:.2f}" if values[1] else "-")
        rows.append([label, *cells])
    return rows


def benchmark_record(figures: Benchmark) -> dict[str, object]:
    """Return the figures as plain values."""
    return asdict(figures)
