"""Sets the gate: from which confidence on to answer.

Positives are questions whose answer is right and cited; negatives are unanswerable questions and
wrong answers. The threshold minimises the expected cost of wrong answers and false refusals, among
those that refuse no more of the answerable questions than is borne.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engine import Assistant
from eval.dataset import QAItem
from eval.metrics import is_cited, is_correct, is_refused
from index.errors import TiaoWenError

LEAST = 5
_NUMBERS = re.compile(r"\[\s*([^\[\]]+?)\s*\]")
_PLAIN = frozenset({"compare", "ambiguous", "letterhead", "count", "followup"})


class CalibrationError(TiaoWenError):
    """A QA set is too small to set the gate from."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One question with the confidence in its best evidence, and whether that answers it."""

    name: str
    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Point:
    """The two error rates at one threshold."""

    threshold: float
    false_refusals: float
    false_answers: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The chosen threshold with the curve it was chosen from."""

    threshold: float
    curve: tuple[Point, ...]
    positives: int
    negatives: int


def calibrate(samples: Sequence[Sample], cost: float, most_refused: float = 1.0) -> Calibration:
    """Choose the threshold. `cost` is how many false refusals one false answer is worth, above 0.

    `most_refused` bounds the share of answerable questions that may be refused, 0-1.

    Raises:
        CalibrationError: if there are not both right and wrong answers in enough questions.
    """
    own_right = {sample.is_right for sample in samples}
    if len(own_right) < 2 or len(samples) < LEAST:
        raise CalibrationError(
            f"题目太少，无法校准：至少要 {LEAST} 道单轮的题，其中既有答对的，也有不该回答的。"
        )
    sure = np.array([sample.confidence for sample in samples], dtype=np.float64)
    right = np.array([sample.is_right for sample in samples], dtype=np.bool_)
    curve = tuple(_curve(sure, right))
    borne = [point for point in curve if point.false_refusals <= most_refused] or list(curve[:1])
    best = min(borne, key=lambda p: p.false_refusals + cost * p.false_answers)
    return Calibration(best.threshold, curve, int(right.sum()), int((~right).sum()))


def collect(assistant: Assistant, items: Sequence[QAItem]) -> Iterator[Sample]:
    """Ask every item of one turn with the gate wide open; what is settled without it is left out."""
    for item in items:
        if item.kind in _PLAIN or len(item.turns) > 1:
            continue
        confidence = assistant.confidence(item.question)
        answer = assistant.ask(item.question)
        if confidence is not None and not is_refused(answer):
            right = is_correct(item, answer) and is_cited(item, answer)
            yield Sample(item.item_id, confidence, right)


def _curve(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> Iterator[Point]:
    for percent in range(2, 99, 2):
        threshold = percent / 100
        refused, answered = sure[right] < threshold, sure[~right] >= threshold
        yield Point(threshold, float(refused.mean()), float(answered.mean()))


def gate_record(found: Calibration, cost: float) -> dict[str, object]:
    """Return a threshold as the values of `gate.json`; `calibration` says how it came about."""
    return {
        "threshold": found.threshold,
        "calibration": {
            "cost": cost,
            "positives": found.positives,
            "negatives": found.negatives,
            "threshold, false refusals, false answers": [
                [point.threshold, round(point.false_refusals, 4), round(point.false_answers, 4)]
                for point in found.curve
            ],
        },
    }


def write_gate(found: Calibration, cost: float, path: Path) -> None:
    """Write a threshold with its curve where the assistant reads it."""
    text = json.dumps(gate_record(found, cost), indent=1)
    text = _NUMBERS.sub(lambda match: f"[{' '.join(match[1].split())}]", text)
    path.write_text(text + "\n", encoding="utf-8")
