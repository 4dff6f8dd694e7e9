"""Pure: whether evidence carries a question. A small logistic model over features with a meaning.

The weights stand in `gate.json` with the threshold; `python -m eval calibrate` makes both from a QA
set and from the same questions asked of the wrong place. Selective answering by a calibrated
confidence follows El-Yaniv & Wiener, JMLR 11 (2010).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.answering.evidence import Evidence
from assistant.answering.spans import search_form
from assistant.answering.terms import Coverage, Term
from assistant.understanding.question import Question

FEATURES = ("direct", "known", "matched", "run", "dense", "fits")


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic model: `weights` in the order of `FEATURES`, all features in 0-1."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def confidence(self, features: Sequence[float]) -> float:
        """Return the estimated probability, 0-1, that the evidence answers the question.

        Raises:
            ValueError: if there are not as many features as weights.
        """
        pairs = zip(self.weights, features, strict=True)
        return 1 / (1 + math.exp(-self.bias - sum(w * x for w, x in pairs)))


def load_gate() -> Gate:
    """Load the calibrated gate that stands beside this module."""
    data = json.loads(files("assistant.answering").joinpath("gate.json").read_text("utf-8"))
    weights = tuple(float(data["weights"][name]) for name in FEATURES)
    return Gate(weights, float(data["bias"]), float(data["threshold"]))


def features_of(
    question: Question, terms: Sequence[Term], evidence: Evidence, context: str
) -> tuple[float, ...]:
    """Measure how well an evidence covers a question, in the order of `FEATURES`.

    direct: share of the terms in the sentence and its title. known: share, in all it stands under,
    of the terms that occur in the library at all. matched: weight of the covered
    terms, not relative to the length of the question. run: longest run of characters in common.
    dense: cosine of question and clause. fits: a value of the asked kind is there.
    """
    around = search_form(evidence.span.clause.text)
    above = search_form(context)
    known = [term for term in terms if term.known]
    return (
        evidence.direct,
        Coverage(known).of(around, above),
        min(1.0, Coverage(terms).weight(around, above) / 4),
        min(1.0, longest_run(question.focus, around) / 8),
        min(1.0, evidence.hit.trace.get("cosine", 0.0)),
        float(evidence.fits),
    )


def longest_run(focus: str, text: str) -> int:
    """Return the length of the longest part of `focus` between blanks that stands in `text`."""
    longest = 0
    for piece in focus.split():
        start = 0
        while start + longest < len(piece):
            if piece[start : start + longest + 1] in text:
                longest += 1
            else:
                start += 1
    return longest
