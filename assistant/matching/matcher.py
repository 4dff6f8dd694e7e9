"""Weighed evidence to evidence in the order of how surely it answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.evidence import Evidence
from assistant.answering.spans import search_form
from assistant.matching.candidates import Surroundings, shown
from assistant.matching.comparison import Asked
from assistant.matching.features import FEATURES as MEASURED
from assistant.matching.features import pair_features
from assistant.matching.likeness import (
    AROUND,
    TABLE,
    likeness,
    likeness_around,
    mean_likeness,
    table_likeness,
)
from assistant.matching.likeness import MET as LIKE
from assistant.matching.network import Ensemble, Pair, said_of
from assistant.matching.portion import MET as PORTION_MET
from assistant.matching.portion import best_portion, portion_signals
from assistant.matching.reading import read
from assistant.matching.signals import MET, RARITY, Sentence, Words, signals
from assistant.understanding.question import Question
from index.salience import Salience

POOL = 12
"""How many pieces of evidence compete."""
SIGNALS = (*MET, *PORTION_MET, *LIKE, *AROUND)
"""What is measured of every word of a question against every piece of evidence."""
FEATURES = (*MEASURED, *(f"mean_{name}" for name in LIKE), *TABLE)
"""What is measured of the question as a whole against every piece of evidence."""


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
    reading = read([sentence.text for sentence in sentences], portions, salience)
    like = likeness(words.vectors, reading, salience)
    around_like = likeness_around(words.vectors, sentences, salience)
    met = [signals(words, sentences), portion_signals(portions), like, around_like]
    measured = pair_features(question, asked, found, portions, around, salience, routed=routed)
    mean = mean_likeness(like, words.own[:, RARITY])
    table = table_likeness(words.vectors, [e.span for e in found], salience)
    features = np.concatenate([measured, mean, table], axis=1)
    return Pair(words, np.concatenate(met, axis=2), features, reading)


def log_odds(ensemble: Ensemble, measured: Pair, salience: Salience) -> list[float]:
    """Return for each piece of evidence the log-odds that it answers, zeros for a question without words."""
    if not measured.words.texts:
        return [0.0] * len(measured.features)
    vectors = salience.vectors(measured.reading.numbers)
    said = said_of(measured.words.directions, measured.reading, vectors)
    odds: list[float] = ensemble.log_odds(measured, said).tolist()
    return odds


def ranked(
    ensemble: Ensemble, measured: Pair, found: Sequence[Evidence], salience: Salience
) -> list[Evidence]:
    """Put evidence in the order of its log-odds, which become its scores."""
    if not measured.words.texts:
        return list(found)
    odds = log_odds(ensemble, measured, salience)
    scored = [replace(e, sure=1 / (1 + math.exp(-odd))) for e, odd in zip(found, odds, strict=True)]
    return sorted(scored, key=lambda e: (-e.sure, e.hit.rank, e.span.start))
