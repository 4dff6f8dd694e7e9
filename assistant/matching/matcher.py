"""Weighed evidence to evidence in the order of how surely it answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answering.evidence import Evidence
from assistant.answering.spans import search_form
from assistant.matching.candidates import shown
from assistant.matching.comparison import Asked
from assistant.matching.features import pair_features
from assistant.matching.network import Network
from assistant.matching.signals import Sentence, Words, signals
from assistant.understanding.question import Question
from index.salience import Salience
from index.types import Clause

POOL = 24
"""How many pieces of evidence compete."""


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
    context: Callable[[Clause], str],
    salience: Salience,
    *,
    routed: bool,
) -> Pair:
    """Measure a question against at least one piece of evidence."""
    sentences = [
        Sentence(
            shown(question, e.span),
            search_form(e.span.clause.text),
            search_form(context(e.span.clause)),
        )
        for e in found
    ]
    features = pair_features(question, asked, found, context, salience, routed=routed)
    return Pair(words, signals(words, sentences), features)


def ranked(network: Network, measured: Pair, found: Sequence[Evidence]) -> list[Evidence]:
    """Put evidence in the order of its log-odds, which become its scores."""
    if not measured.words.texts:
        return list(found)
    odds = network.log_odds(measured.words, measured.signals, measured.features).tolist()
    scored = [replace(e, sure=1 / (1 + math.exp(-odd))) for e, odd in zip(found, odds, strict=True)]
    return sorted(scored, key=lambda e: (-e.sure, e.hit.rank, e.span.start))
