"""The benchmark as a whole: which children run, and on what questions."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.benchmark.child import DOCS, FIRST, STATUTES, SYSTEMS, Measured
from eval.commands.common import read_items
from eval.formats.beir import read_corpus
from index.errors import TiaoWenError

STARTS = 3
SAMPLE = 100
LENGTH = 60


class BenchmarkError(TiaoWenError):
    """A child process of a benchmark failed; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The figures of the systems over one corpus, by name.

    `served_start` is the median seconds of `python -m assistant ask` from start to end with the
    index it keeps, None where that does not apply.
    """

    source: str
    questions: int
    systems: dict[str, Measured]
    served_start: float | None = None


def bench_documents(docs: Path, systems: Sequence[str] = SYSTEMS) -> Benchmark:
    """Measure over a folder of documents, asking the first turns of our questions.

    Raises:
        BenchmarkError: if a child process fails.
    """
    questions = [item.turns[0] for item in read_items(())]
    measured = {name: run_child(name, DOCS, docs, questions) for name in systems}
    return Benchmark(DOCS, len(questions), measured, served_start(docs))


def bench_statutes(corpus: Path, systems: Sequence[str] = SYSTEMS) -> Benchmark:
    """Measure over a BEIR corpus, asking the first sentences of passages spread evenly.

    Raises:
        BenchmarkError: if a child process fails.
    """
    questions = sentences_of([passage.text for passage in read_corpus(corpus)])
    measured = {name: run_child(name, STATUTES, corpus, questions) for name in systems}
    return Benchmark(STATUTES, len(questions), measured)


def sentences_of(texts: Sequence[str]) -> list[str]:
    """Return the first sentences of about `SAMPLE` texts, spread evenly, cut to `LENGTH`."""
    spread = texts[:: max(len(texts) // SAMPLE, 1)][:SAMPLE]
    return [text.partition("。")[0][:LENGTH] for text in spread]


def run_child(system: str, source: str, path: Path, questions: Sequence[str]) -> Measured:
    """Measure one system in a process of its own.

    Raises:
        BenchmarkError: if it fails.
    """
    command = ["-m", "eval.benchmark.child", system, source, str(path)]
    data = json.loads(run_python(command, json.dumps(questions)).splitlines()[-1])
    return Measured(**data | {"latencies": tuple(data["latencies"])})


def served_start(docs: Path) -> float:
    """Return the median seconds of `python -m assistant ask`, from process start to its end."""
    command = ["-m", "assistant", "ask", FIRST, "--docs", str(docs)]
    seconds = []
    for _ in range(STARTS):
        start = time.perf_counter()
        run_python(command)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def run_python(arguments: Sequence[str], given: str = "") -> str:
    """Run Python in a process of its own and return what it writes.

    Raises:
        BenchmarkError: if it fails.
    """
    done = subprocess.run(
        [sys.executable, *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise BenchmarkError(f"子进程 {' '.join(arguments[:3])} 失败：{done.stderr.strip()[-500:]}")
    return done.stdout
