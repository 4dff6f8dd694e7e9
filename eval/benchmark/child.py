"""One measurement in a process of its own: `python -m eval.benchmark.child SYSTEM SOURCE PATH`.

A process of its own gives every system the same start, and a peak of memory that is its alone.
Modules are imported inside the functions, so that their time is counted and a system does not pay
for what only the other one needs.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from eval.engine import Asks
    from index.types import ParsedDocument

_T = TypeVar("_T")
OURS = "条问"
LLAMA = "llama-index"
SYSTEMS = (OURS, LLAMA)
DOCS = "docs"
STATUTES = "statutes"
SAMPLE = 100
FIRST = "高平中专2022年招生目标是多少"


@dataclass(frozen=True, slots=True)
class Measured:
    """Raw figures of one system. Times are seconds, latencies milliseconds, memory MiB.

    `units` are what is searched: clauses, or the passages of the splitter. `parse` is reading and
    cutting files into clauses, which llama-index is spared; `build` everything from there to being
    able to answer, the second time (statutes: the first); `first_answer` runs from the start of
    the imports until one question is answered. `stages` are mean milliseconds a question.
    """

    documents: int
    units: int
    characters: int
    first_answer: float
    parse: float
    build: float
    built_memory: float
    memory: float
    latencies: tuple[float, ...]
    stages: dict[str, float] = field(default_factory=dict)


def measure(system: str, source: str, path: Path, questions: Sequence[str]) -> Measured:
    """Build, ask one question, build again (documents only), and ask all questions."""
    start = time.perf_counter()
    parsed, _ = _timed(lambda: _read(source, path))
    engine, build = _timed(lambda: _build(system, parsed))
    engine.ask(questions[0] if questions else FIRST)
    first_answer = time.perf_counter() - start
    parse = 0.0
    if source == DOCS:
        parsed, parse = _timed(lambda: _read(source, path))
        engine, build = _timed(lambda: _build(system, parsed))
        engine.ask(FIRST)
    built_memory = peak_memory()
    latencies = tuple(_latency(engine, text) for text in questions)
    return Measured(
        documents=len(parsed),
        units=_units(engine, parsed),
        characters=sum(len(item.document.text) for item in parsed),
        first_answer=first_answer,
        parse=0.0 if system == LLAMA else parse,
        build=build,
        built_memory=built_memory,
        memory=peak_memory(),
        latencies=latencies,
        stages=_stages(engine, questions) if system == OURS else {},
    )


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def _latency(engine: Asks, text: str) -> float:
    return 1000 * _timed(lambda: engine.ask(text))[1]


def _read(source: str, path: Path) -> tuple[ParsedDocument, ...]:
    if source == STATUTES:
        from eval.formats.beir import read_corpus  # noqa: PLC0415
        from eval.passages import parsed_passages  # noqa: PLC0415

        return tuple(parsed_passages(read_corpus(path)))
    from index.build import read_library  # noqa: PLC0415

    return read_library(path).parsed


def _build(system: str, parsed: Sequence[ParsedDocument]) -> Asks:
    from index.embedding import load_embedding  # noqa: PLC0415

    embedding = load_embedding()
    if system == LLAMA:
        from eval.baselines import LlamaIndexBaseline  # noqa: PLC0415

        clauses = [clause for item in parsed for clause in item.clauses]
        return LlamaIndexBaseline([item.document for item in parsed], clauses, embedding)
    from assistant.answering.gate import load_threshold  # noqa: PLC0415
    from assistant.engine import Assistant  # noqa: PLC0415
    from assistant.matching.network import load_ensemble  # noqa: PLC0415
    from assistant.understanding.lexicon import load_lexicon  # noqa: PLC0415
    from index.build import build_store  # noqa: PLC0415
    from index.search import Searcher  # noqa: PLC0415

    searcher = Searcher(build_store(parsed, embedding), embedding)
    return Assistant(searcher, load_lexicon(), load_ensemble(), load_threshold())


def _units(engine: Asks, parsed: Sequence[ParsedDocument]) -> int:
    passages = getattr(engine, "passages", None)
    return sum(len(item.clauses) for item in parsed) if passages is None else len(passages)


def _stages(engine: Asks, questions: Sequence[str]) -> dict[str, float]:
    """Ask once more with the clocks running, and take the mean."""
    from eval.benchmark.stages import OTHER, timed_stages  # noqa: PLC0415

    with timed_stages() as watch:
        _, total = _timed(lambda: [engine.ask(text) for text in questions])
    seconds = watch.seconds | {OTHER: total - sum(watch.seconds.values())}
    return {name: 1000 * value / max(len(questions), 1) for name, value in seconds.items()}


def peak_memory() -> float:
    """Return this process's peak resident memory in MiB (getrusage: KiB, on macOS bytes)."""
    import resource  # noqa: PLC0415

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main(arguments: Sequence[str]) -> None:
    """Read the questions from standard input, measure, and write the figures as JSON."""
    system, source, path = arguments
    questions = json.loads(sys.stdin.read())
    figures = measure(system, source, Path(path), questions)
    sys.stdout.write(json.dumps(asdict(figures)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
