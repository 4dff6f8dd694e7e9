"""Fits the weights by which the value asked for is chosen among those of a sentence.

A case is a judged question about one value with the sentence that holds it; the right values are
those that hold a reference element. The network that ranks evidence learns from what is said of each
value too; how likely that answers is a feature here, told by a network that has not seen the field. The
loss is that of a conditional logit with an L2 penalty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.answering.cutting import told_of
from assistant.answering.evidence import value_spans
from assistant.answering.parts import parts_of
from assistant.answering.spans import Span, spans_of
from assistant.answering.stated import FEATURES, asks_for_value, measures, respective_part
from assistant.engine import Assistant
from assistant.matching.network import Pair
from eval.dataset import QAItem
from eval.matching import contains, normalise
from index.types import Clause

Floats = NDArray[np.float64]
PENALTY = 0.3
LIKELY = FEATURES.index("likely")
_HEAD = 8


@dataclass(frozen=True, slots=True)
class Case:
    """The values of a sentence, shape (values, features), and which of them are right.

    `pair` is the question with what is said of each value, as the network sees them.
    """

    field: str
    measured: Floats
    right: NDArray[np.bool_]
    pair: Pair

    def with_odds(self, odds: NDArray[np.float32]) -> Case:
        """Return the case with the log-odds that what is said of each value answers."""
        measured = self.measured.copy()
        measured[:, LIKELY] = odds - odds.max()
        return replace(self, measured=measured)


def cases(assistant: Assistant, items: Sequence[QAItem], field: str) -> Iterator[Case]:
    """Yield the questions about one value whose sentence states several of the kind."""
    clauses = {clause.clause_id: clause for clause in assistant.clauses}
    for item in items:
        parsed = assistant.understood(item.question) if _is_single(item) else None
        if parsed is None:
            continue
        question, terms = parsed
        sentence = next(_sentences(clauses, item), None)
        if sentence is None or not asks_for_value(question, sentence.text):
            continue
        parts = parts_of(sentence.text, value_spans(question, sentence.text))
        if len(parts) < 2 or respective_part(question, sentence.text, parts):
            continue
        said = [sentence.text[part.start : part.end] for part in parts]
        right = np.array([_is_right(item, value) for value in said], bool)
        pieces = [told_of(sentence, part) for part in parts]
        pair = assistant.pieces(item.question, pieces) if right.any() and not right.all() else None
        if pair is not None:
            unknown = [0.0] * len(parts)
            measured = measures(question, terms, sentence.text, parts, unknown)
            yield Case(field, np.array(measured, np.float64), right, pair)


def _is_single(item: QAItem) -> bool:
    return item.answerable and len(item.turns) == 1 and len(item.elements) == 1


def _is_right(item: QAItem, value: str) -> bool:
    return any(contains(value, part) or contains(part, value) for part in item.elements[0])


def _sentences(clauses: Mapping[str, Clause], item: QAItem) -> Iterator[Span]:
    """Yield the sentences of the gold clauses that hold an element and are the evidence."""
    for name in item.clauses:
        clause = clauses.get(name)
        for span in spans_of(clause) if clause else ():
            held = any(contains(span.text, part) for part in item.elements[0])
            if held and not span.head and _is_evidence(item, span.text):
                yield span


def _is_evidence(item: QAItem, text: str) -> bool:
    said, quotes = normalise(text), [normalise(quote) for quote in item.evidence]
    return not quotes or any(quote[:_HEAD] in said or said in quote for quote in quotes)


def fit_weights(found: Sequence[Case], penalty: float = PENALTY) -> Floats:
    """Return the weights of `FEATURES`."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.5 * penalty * float(weights @ weights), penalty * weights
        for case in found:
            shares = _shares(case.measured @ weights)
            held = shares * case.right
            total -= float(np.log(held.sum()))
            slope = slope + case.measured.T @ (shares - held / held.sum())
        return total, slope

    fitted = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    weights: Floats = fitted.x
    return weights


def _shares(odds: Floats) -> Floats:
    powers = np.exp(odds - odds.max())
    shares: Floats = powers / powers.sum()
    return shares


def chosen_right(weights: Floats, found: Sequence[Case]) -> list[bool]:
    """Tell for each case whether the best value is right."""
    return [bool(case.right[(case.measured @ weights).argmax()]) for case in found]


def chosen_in_folds(found: Sequence[Case], folds: int) -> list[bool]:
    """Tell for each case whether weights that have not seen its field choose rightly."""
    fields = sorted({case.field for case in found})
    tried: list[bool] = []
    for fold in range(folds):
        apart = set(fields[fold::folds])
        weights = fit_weights([case for case in found if case.field not in apart])
        tried.extend(chosen_right(weights, [case for case in found if case.field in apart]))
    return tried


def write_weights(weights: Floats, count: int, path: Path) -> None:
    """Write the weights by name where the assistant reads them."""
    rounded = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    text = json.dumps({"cases": count, "weights": rounded}, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")
