"""Benchmarks: time and memory of building, starting and asking. Figures only, no judgement."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import QAItem
from eval.engine import make_assistant
from eval.metrics import percentile
from eval.run import run_items
from index.errors import TiaoWenError

COLD_STARTS = 3
QUESTION = "高平中专2022年招生目标是多少"


class BenchmarkError(TiaoWenError):
    """A child process of a benchmark failed; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The figures of one benchmark. Times are seconds, latencies milliseconds, memory MiB."""

    clauses: int
    first_build: float
    second_build: float
    cold_start: float
    latency_median: float
    latency_p95: float
    questions: int
    memory: float


def run_benchmark(docs: Path | None, items: Sequence[QAItem]) -> Benchmark:
    """Measure. The children run first: a child's peak memory counts that of its parent's image.

    Raises:
        BenchmarkError: if a child process fails.
    """
    memory = measure_memory(docs)
    cold_start = measure_cold_start(docs)
    start = time.perf_counter()
    make_assistant(docs, fresh=True)
    middle = time.perf_counter()
    assistant = make_assistant(docs, fresh=True)
    end = time.perf_counter()
    assistant.ask(QUESTION)
    latencies = [result.latency_ms for result in run_items(assistant, items)]
    return Benchmark(
        clauses=len(assistant.clauses),
        first_build=middle - start,
        second_build=end - middle,
        cold_start=cold_start,
        latency_median=statistics.median(latencies) if latencies else 0.0,
        latency_p95=percentile(latencies, 95) or 0.0,
        questions=len(latencies),
        memory=memory,
    )


def measure_cold_start(docs: Path | None) -> float:
    """Return the median seconds of `python -m assistant ask`, from process start to its end."""
    command = ["-m", "assistant", "ask", QUESTION, *(["--docs", str(docs)] if docs else [])]
    seconds = []
    for _ in range(COLD_STARTS):
        start = time.perf_counter()
        _python(command)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def measure_memory(docs: Path | None) -> float:
    """Return the peak resident MiB of a child process that builds an index and asks once."""
    return float(_python(["-m", "eval.bench", *([str(docs)] if docs else [])]))


def _python(arguments: Sequence[str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise BenchmarkError(f"子进程 {' '.join(arguments[:2])} 失败：{done.stderr.strip()[-500:]}")
    return done.stdout


def peak_memory() -> float:
    """Return this process's peak resident memory in MiB (getrusage: KiB, on macOS bytes)."""
    import resource  # noqa: PLC0415

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def render_benchmark(figures: Benchmark) -> str:
    """Return the figures as lines."""
    rate = figures.clauses / figures.second_build if figures.second_build else 0.0
    return "\n".join(
        [
            f"条款 clauses                   {figures.clauses}",
            f"首次建索引 first build         {figures.first_build:.2f} s（含导入）",
            f"再次建索引 second build        {figures.second_build:.2f} s，{rate:.0f} 条款/s",
            f"冷启动 cold start              {figures.cold_start:.2f} s"
            f"（python -m assistant ask，{COLD_STARTS} 次的中位数）",
            f"热答 warm latency              中位 {figures.latency_median:.1f} ms，"
            f"p95 {figures.latency_p95:.1f} ms（{figures.questions} 题）",
            f"内存峰值 peak resident memory  {figures.memory:.0f} MiB（子进程建索引并回答一题）",
        ]
    )


def _child(arguments: Sequence[str]) -> None:
    """Build, ask once, and write the peak memory of this process."""
    docs = Path(arguments[0]) if arguments else None
    make_assistant(docs, fresh=True).ask(QUESTION)
    sys.stdout.write(f"{peak_memory():.1f}\n")


if __name__ == "__main__":
    _child(sys.argv[1:])
