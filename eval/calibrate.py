"""Sets the gate: from which confidence on to answer.

Positives are questions whose answer is right and cited, with and without the place; negatives are
unanswerable questions, wrong answers, and every question asked of the wrong place (高平 for 衡水),
unless it happens to be answered rightly there too. The threshold minimises the expected cost of
wrong answers and false refusals, among those that refuse no more of the answerable questions than
is borne.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engine import Assistant
from eval.dataset import QAItem
from eval.metrics import is_cited, is_correct, is_refused
from index.errors import TiaoWenError

LEAST = 5
VARIANT = 0.15
_NUMBERS = re.compile(r"\[\s*([^\[\]]+?)\s*\]")
_PLAIN = frozenset({"compare", "ambiguous", "letterhead", "count", "followup"})


class CalibrationError(TiaoWenError):
    """A QA set is too small to set the gate from."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One question with the confidence in its best evidence, and whether that answers it.

    Variants of a question count `VARIANT` of one that was asked so.
    """

    group: str
    confidence: float
    is_right: bool
    is_variant: bool


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
    own_right = {s.is_right for s in samples if not s.is_variant}
    if len(own_right) < 2 or len({sample.group for sample in samples}) < LEAST:
        raise CalibrationError(
            f"题目太少，无法校准：至少要 {LEAST} 道单轮的题，其中既有答对的，也有不该回答的。"
        )
    sure = np.array([sample.confidence for sample in samples], dtype=np.float64)
    right = np.array([sample.is_right for sample in samples], dtype=np.bool_)
    weight = np.array([VARIANT if sample.is_variant else 1.0 for sample in samples])
    curve = tuple(_curve(sure, right, weight))
    borne = [point for point in curve if point.false_refusals <= most_refused] or list(curve[:1])
    best = min(borne, key=lambda p: p.false_refusals + cost * p.false_answers)
    return Calibration(best.threshold, curve, int(right.sum()), int((~right).sum()))


def collect(assistant: Assistant, items: Sequence[QAItem]) -> Iterator[Sample]:
    """Ask every item, and its variants for other places, with the gate wide open."""
    places = list(dict.fromkeys(d.region for d in assistant.documents if d.region))
    for item in items:
        if item.kind in _PLAIN or len(item.turns) > 1:
            continue
        question = item.turns[0]
        yield from _sample(assistant, item, question, is_variant=False)
        for place in places if item.answerable else ():
            for swapped in _swapped(question, place, places):
                yield from _sample(assistant, item, swapped, is_variant=True)
            for bare in _unplaced(question, place):
                yield from _unplaced_sample(assistant, item, bare)


def _sample(
    assistant: Assistant, item: QAItem, question: str, *, is_variant: bool
) -> Iterator[Sample]:
    confidence = assistant.confidence(question)
    if confidence is None:
        return
    answer = assistant.ask(question)
    if is_refused(answer):
        return
    correct = item.answerable and is_correct(item, answer)
    if is_variant and correct:
        return
    right = correct and is_cited(item, answer) and not is_variant
    yield Sample(item.item_id, confidence, right, is_variant)


def _unplaced_sample(assistant: Assistant, item: QAItem, question: str) -> Iterator[Sample]:
    """Keep a question without its place where it is still answered rightly.

    People leave the place out when it is plain to them; questions that name none are few in a QA
    set, and the gate would learn to refuse them.
    """
    for sample in _sample(assistant, item, question, is_variant=False):
        if sample.is_right:
            yield replace(sample, is_variant=True)


def _unplaced(question: str, place: str) -> Iterator[str]:
    stem = place.rstrip("市县区")[-2:]
    if stem in question:
        yield re.sub(rf"(?:[\u4e00-\u9fff]{{2}}市)?{stem}[市县区]?的?", "", question)


def _swapped(question: str, place: str, places: Sequence[str]) -> Iterator[str]:
    stems = {name: name.rstrip("市县区")[-2:] for name in places}
    for name, stem in stems.items():
        if name != place and stem in question:
            yield question.replace(stem, stems[place])


def _curve(
    sure: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]
) -> Iterator[Point]:
    for percent in range(2, 99, 2):
        threshold = percent / 100
        refused = np.average(sure[right] < threshold, weights=weight[right])
        answered = np.average(sure[~right] >= threshold, weights=weight[~right])
        yield Point(threshold, float(refused), float(answered))


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
