"""Pure: whether evidence carries a question. A small logistic model over features with a meaning.

The weights stand in `gate.json` with the threshold; `python -m eval calibrate` makes both from a QA
set and from the same questions asked of the wrong place. Selective answering by a calibrated
confidence follows El-Yaniv & Wiener, JMLR 11 (2010).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.answering.evidence import Evidence
from assistant.answering.spans import search_form
from assistant.answering.terms import Coverage, Term

FEATURES = (
    "direct",
    "known",
    "matched",
    "dense",
    "fits",
    "first",
    "said",
    "foreign",
    "open",
    "gap",
)


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


Words = Sequence[tuple[str, float]]


def features_of(
    terms: Sequence[Term], words: Words, ranked: Sequence[Evidence], context: str, corpus: str
) -> tuple[float, ...]:
    """Measure how well the first of the ranked evidence covers a question, as in `FEATURES`.

    Args:
        terms: what the question is about, weighted by rarity in the library.
        words: the same question as words weighted by rarity in the language.
        ranked: at least one evidence, best first.
        context: what the first evidence stands under.
        corpus: the text of the library in search form.

    direct: share of the terms in the sentence and its title. known: share, in all it stands under,
    of the terms that occur in the library at all. matched: weight of the covered terms, not
    relative to the length of the question. dense: cosine of question and clause. fits: a value of
    the asked kind is there. first: the reciprocal rank of the clause. said: share of the words in
    all it stands under. foreign: share of the words that no document holds. open: number of terms
    that are covered nowhere, eight as 1. gap: how far the best evidence of another clause is behind.
    """
    best = ranked[0]
    around, above = search_form(best.span.clause.text), search_form(context)
    known = [term for term in terms if term.known]
    coverage = Coverage(terms)
    held = [max(pair) for pair in zip(coverage.held(around), coverage.held(above), strict=True)]
    return (
        best.direct,
        Coverage(known).of(around, above),
        min(1.0, coverage.weight(around, above) / 4),
        min(1.0, best.hit.trace.get("cosine", 0.0)),
        float(best.fits),
        1 / best.hit.rank,
        _share(words, lambda word: word in around or word in above, 1.0),
        _share(words, lambda word: word not in corpus, 0.0),
        min(1.0, held.count(0.0) / 8),
        _gap(ranked),
    )


def _share(words: Words, holds: Callable[[str], bool], empty: float) -> float:
    """Return the share of the words' weight for which `holds`; `empty` when none has any."""
    total = sum(weight for _, weight in words)
    return sum(w for word, w in words if holds(word)) / total if total else empty


def _gap(ranked: Sequence[Evidence]) -> float:
    """Return how far the best evidence of another clause is behind, relative to the first, 0-1."""
    best = ranked[0]
    rival = next((e.score for e in ranked if e.span.clause is not best.span.clause), 0.0)
    return min(1.0, max(0.0, (best.score - rival) / max(best.score, 0.1)))
