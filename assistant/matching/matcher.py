"""Weighed evidence to evidence in the order of how surely it answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answering.evidence import Evidence
from assistant.answering.spans import search_form
from assistant.matching.candidates import Surroundings, shown
from assistant.matching.comparison import Asked
from assistant.matching.features import FEATURES as MEASURED
from assistant.matching.features import pair_features
from assistant.matching.likeness import MET as LIKE
from assistant.matching.likeness import likeness, mean_likeness
from assistant.matching.network import Ensemble
from assistant.matching.portion import MET as PORTION_MET
from assistant.matching.portion import best_portion, portion_signals
from assistant.matching.signals import MET, RARITY, Sentence, Words, signals
from assistant.understanding.question import Question
from index.salience import Salience

POOL = 16
"""How many pieces of evidence compete."""
SIGNALS = (*MET, *PORTION_MET, *LIKE)
"""What is measured of every word of a question against every piece of evidence."""
FEATURES = (*MEASURED, *(f"mean_{name}" for name in LIKE))
"""What is measured of the question as a whole against every piece of evidence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with evidence, as the network sees it: `signals` and `features` by evidence."""

    words: Words
    signals: NDArray[np.float32]
    features: NDArray[np.float32]


def pair(
    question: Question,
    asked: Asked,
    words: Words,
    found: Sequence[Evidence],
    around: Surroundings,
    salience: Salience,
    *,
    routed: bool,
) -> Pair:
    """Measure a question against at least one piece of evidence."""
    sentences = [
        Sentence(
            shown(question, e.span, around),
            search_form(e.span.clause.text),
            search_form(around.context(e.span.clause)),
        )
        for e in found
    ]
    portions = [best_portion(words, sentence.text) for sentence in sentences]
    texts = [sentence.text for sentence in sentences]
    like = likeness(words.vectors, texts, portions, salience)
    met = [signals(words, sentences), portion_signals(portions), like]
    measured = pair_features(question, asked, found, portions, around, salience, routed=routed)
    features = np.concatenate([measured, mean_likeness(like, words.own[:, RARITY])], axis=1)
    return Pair(words, np.concatenate(met, axis=2), features)


def ranked(ensemble: Ensemble, measured: Pair, found: Sequence[Evidence]) -> list[Evidence]:
    """Put evidence in the order of its log-odds, which become its scores."""
    if not measured.words.texts:
        return list(found)
    odds = ensemble.log_odds(measured.words, measured.signals, measured.features).tolist()
    scored = [replace(e, sure=1 / (1 + math.exp(-odd))) for e, odd in zip(found, odds, strict=True)]
    return sorted(scored, key=lambda e: (-e.sure, e.hit.rank, e.span.start))
