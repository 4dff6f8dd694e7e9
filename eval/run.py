"""A run: the items asked one after another, each answer timed and judged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.types import Answer
from eval.dataset import QAItem
from eval.engine import Asks
from eval.metrics import Judgement, judge


@dataclass(frozen=True, slots=True)
class Result:
    """One item with its answer, its judgement, and the milliseconds the judged turn took."""

    item: QAItem
    answer: Answer
    judgement: Judgement
    latency_ms: float

    @property
    def failures(self) -> tuple[str, ...]:
        """What is wrong with the answer, in Chinese; empty when nothing is."""
        verdict = self.judgement
        if not self.item.answerable:
            wrong = [] if verdict.refused else ["该拒未拒"]
        elif verdict.refused:
            wrong = ["误拒"]
        else:
            named = ((verdict.correct, "答错"), (verdict.cited, "引错"), (verdict.concise, "冗长"))
            wrong = [name for right, name in named if not right]
        return (*wrong, *(["数字无据"] if verdict.ungrounded else []))


def run_items(
    assistant: Asks,
    items: Sequence[QAItem],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Result, ...]:
    """Ask every item and judge its last turn. `progress` is told how many are done, of how many."""
    results = []
    for done, item in enumerate(items, 1):
        try:
            results.append(_run(assistant, item))
        except Exception as error:
            error.add_note(f"题目 {item.item_id}：{item.question}")
            raise
        progress(done, len(items))
    return tuple(results)


def _run(assistant: Asks, item: QAItem) -> Result:
    history: tuple[Answer, ...] = ()
    for turn in item.turns[:-1]:
        history = (*history, assistant.ask(turn, history))
    start = time.perf_counter()
    answer = assistant.ask(item.question, history)
    latency_ms = (time.perf_counter() - start) * 1000
    return Result(item, answer, judge(item, answer), latency_ms)


def result_record(result: Result) -> dict[str, object]:
    """Return a result as the values of one line of a run file."""
    item, answer, verdict = result.item, result.answer, result.judgement
    return {
        "id": item.item_id,
        "type": item.kind,
        "style": item.style,
        "split": item.split,
        "answerable": item.answerable,
        "turns": list(item.turns),
        "reference": item.answer,
        "gold": list(item.clauses),
        "status": answer.status.value,
        "answer": answer.text,
        "standalone_question": answer.standalone_question,
        "cited": [citation.clause.clause_id for citation in answer.citations],
        "hits": [hit.clause.clause_id for hit in answer.hits],
        "correct": verdict.correct,
        "is_cited": verdict.cited,
        "concise": verdict.concise,
        "refused": verdict.refused,
        "ungrounded": list(verdict.ungrounded),
        "gold_rank": verdict.gold_rank,
        "failures": list(result.failures),
        "latency_ms": round(result.latency_ms, 3),
    }


def write_run(results: Iterable[Result], path: Path) -> None:
    """Write a run file, one JSON object a line; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as stream:
        for result in results:
            stream.write(json.dumps(result_record(result), ensure_ascii=False) + "\n")
