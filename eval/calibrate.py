"""Fits the gate: which evidence carries a question, and from which confidence on to answer.

Positives are questions whose answer is right and cited, with and without the place; negatives are unanswerable questions,
wrong answers, and every question asked of the wrong place (高平 for 衡水), unless it happens to be
answered rightly there too. The model is a logistic regression (Hosmer & Lemeshow 2000) with a
ridge penalty; the threshold minimises the expected cost of wrong answers and false refusals,
among those that refuse no more of the answerable questions than is borne.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.gate import FEATURES, Gate
from assistant.engine import Assistant
from eval.dataset import QAItem
from eval.metrics import is_cited, is_correct, is_refused
from index.errors import TiaoWenError

FOLDS = 5
RIDGE = 1.0
SWAPPED = 0.15
_NUMBERS = re.compile(r"\[\s*([^\[\]]+?)\s*\]")
_PLAIN = frozenset({"compare", "ambiguous", "letterhead", "count", "followup"})


class CalibrationError(TiaoWenError):
    """A QA set is too small to set the gate from."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One question with the gate's features of its best evidence, and whether it was answered.

    `group` keeps a question and its variants in one fold; `weight` makes variants count less.
    """

    group: str
    features: tuple[float, ...]
    is_right: bool
    weight: float
    is_variant: bool


@dataclass(frozen=True, slots=True)
class Point:
    """The two error rates at one threshold, cross-validated."""

    threshold: float
    false_refusals: float
    false_answers: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted gate with the curve it was chosen from."""

    gate: Gate
    curve: tuple[Point, ...]
    positives: int
    negatives: int


def calibrate(samples: Sequence[Sample], cost: float, most_refused: float = 1.0) -> Calibration:
    """Fit the gate. `cost` is how many false refusals one false answer is worth, above 0.

    `most_refused` bounds the share of answerable questions that may be refused, 0-1.

    Raises:
        CalibrationError: if there are not both right and wrong answers in enough questions.
    """
    own_right = {s.is_right for s in samples if not s.is_variant}
    if len(own_right) < 2 or len({sample.group for sample in samples}) < FOLDS:
        raise CalibrationError(
            f"题目太少，无法校准：至少要 {FOLDS} 道单轮的题，其中既有答对的，也有不该回答的。"
        )
    matrix = np.array([sample.features for sample in samples], dtype=np.float64)
    right = np.array([sample.is_right for sample in samples], dtype=np.float64)
    weight = np.array([sample.weight for sample in samples], dtype=np.float64)
    folds = _folds([sample.group for sample in samples])
    held_out = np.zeros(len(samples))
    for fold in range(FOLDS):
        train = folds != fold
        model = fit(matrix[train], right[train], weight[train])
        held_out[~train] = _sure(model, matrix[~train])
    own = np.array([not sample.is_variant for sample in samples])
    curve = tuple(_curve(held_out[own], right[own] > 0))
    borne = [point for point in curve if point.false_refusals <= most_refused] or list(curve[:1])
    best = min(borne, key=lambda p: p.false_refusals + cost * p.false_answers)
    coefficients = fit(matrix, right, weight)
    weights = tuple(float(value) for value in coefficients[:-1])
    gate = Gate(weights, float(coefficients[-1]), best.threshold)
    return Calibration(gate, curve, int(right.sum()), int(len(right) - right.sum()))


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
    features = assistant.features(question)
    if features is None:
        return
    answer = assistant.ask(question)
    if is_refused(answer):
        return
    correct = item.answerable and is_correct(item, answer)
    if is_variant and correct:
        return
    right = correct and is_cited(item, answer) and not is_variant
    weight = SWAPPED if is_variant else 1.0
    yield Sample(item.item_id, features, right, weight, is_variant)


def _unplaced_sample(assistant: Assistant, item: QAItem, question: str) -> Iterator[Sample]:
    """Keep a question without its place where it is still answered rightly.

    People leave the place out when it is plain to them; questions that name none are few in a QA
    set, and the gate would learn to refuse them.
    """
    for sample in _sample(assistant, item, question, is_variant=False):
        if sample.is_right:
            yield replace(sample, weight=SWAPPED, is_variant=True)


def _unplaced(question: str, place: str) -> Iterator[str]:
    stem = place.rstrip("市县区")[-2:]
    if stem in question:
        yield re.sub(rf"(?:[\u4e00-\u9fff]{{2}}市)?{stem}[市县区]?的?", "", question)


def _swapped(question: str, place: str, places: Sequence[str]) -> Iterator[str]:
    stems = {name: name.rstrip("市县区")[-2:] for name in places}
    for name, stem in stems.items():
        if name != place and stem in question:
            yield question.replace(stem, stems[place])


def fit(
    matrix: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fit a ridge logistic regression by Newton's method; the last coefficient is the bias."""
    design = np.c_[matrix, np.ones(len(matrix))]
    penalty = np.diag([RIDGE] * matrix.shape[1] + [1e-6])
    coefficients = np.zeros(design.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-design @ coefficients))
        gradient = design.T @ (weight * (sure - right)) + penalty @ coefficients
        curvature = (design * (weight * sure * (1 - sure))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, gradient)
        coefficients = coefficients - step
        if np.abs(step).max() < 1e-8:
            break
    return coefficients


def _sure(coefficients: NDArray[np.float64], matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    sure: NDArray[np.float64] = 1 / (
        1 + np.exp(-np.c_[matrix, np.ones(len(matrix))] @ coefficients)
    )
    return sure


def _folds(groups: Sequence[str]) -> NDArray[np.int64]:
    order = sorted(set(groups))
    random.Random(0).shuffle(order)
    fold = {group: position % FOLDS for position, group in enumerate(order)}
    return np.array([fold[group] for group in groups])


def _curve(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> Iterator[Point]:
    for percent in range(2, 99, 2):
        threshold = percent / 100
        refused = float((sure[right] < threshold).mean())
        answered = float((sure[~right] >= threshold).mean())
        yield Point(threshold, refused, answered)


def gate_record(found: Calibration, cost: float) -> dict[str, object]:
    """Return a fitted gate as the values of `gate.json`; `calibration` says how it came about."""
    gate = found.gate
    return {
        "weights": dict(zip(FEATURES, (round(w, 4) for w in gate.weights), strict=True)),
        "bias": round(gate.bias, 4),
        "threshold": gate.threshold,
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
    """Write a gate with its curve where the assistant reads it."""
    text = json.dumps(gate_record(found, cost), indent=1)
    text = _NUMBERS.sub(lambda match: f"[{' '.join(match[1].split())}]", text)
    path.write_text(text + "\n", encoding="utf-8")
