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

FEATURES = ("direct", "known", "matched", "dense", "fits", "routed", "first", "unknown")


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
    terms: Sequence[Term], evidence: Evidence, context: str, *, is_routed: bool
) -> tuple[float, ...]:
    """Measure how well an evidence covers a question, in the order of `FEATURES`.

    direct: share of the terms in the sentence and its title. known: share, in all it stands under,
    of the terms that occur in the library at all. matched: weight of the covered terms, not
    relative to the length of the question. dense: cosine of question and clause. fits: a value of
    the asked kind is there. routed: the question names the document, or there is but one place to
    ask about. first: the reciprocal rank of the clause. unknown: share of the terms that occur in no
    document at all.
    """
    around = search_form(evidence.span.clause.text)
    above = search_form(context)
    known = [term for term in terms if term.known]
    return (
        evidence.direct,
        Coverage(known).of(around, above),
        min(1.0, Coverage(terms).weight(around, above) / 4),
        min(1.0, evidence.hit.trace.get("cosine", 0.0)),
        float(evidence.fits),
        float(is_routed),
        1 / evidence.hit.rank,
        1 - len(known) / max(len(terms), 1),
    )
