"""A run: the items asked one after another, each answer timed and scored."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.types import Answer
from eval.dataset import QAItem
from eval.engine import Asks
from eval.metrics import Judgement, judge
from eval.scores import scores_of


@dataclass(frozen=True, slots=True)
class Result:
    """One item with its answer, and the milliseconds the judged turn took.

    Everything else follows from these three, so that a run that is read back is judged anew:
    `scores` holds the metrics that apply to the item, by name.
    """

    item: QAItem
    answer: Answer
    latency_ms: float
    judgement: Judgement = field(init=False)
    scores: Mapping[str, float] = field(init=False)

    def __post_init__(self) -> None:
        """Judge."""
        judgement = judge(self.item, self.answer)
        object.__setattr__(self, "judgement", judgement)
        object.__setattr__(self, "scores", scores_of(self.item, self.answer, judgement))

    @property
    def is_right(self) -> bool:
        """Whether the answer is correct and cited; a refusal, where there is no answer."""
        verdict = self.judgement
        if not self.item.answerable:
            return verdict.refused
        return verdict.correct and verdict.cited

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
    return Result(item, answer, (time.perf_counter() - start) * 1000)
