"""How like every word of a question is to what a sentence says, by the vectors of sub-words.

A synonym that no lexicon has (冲洗, 清洗) still lies near; so does a phrase of single characters
(找着活干, 就业), whose vectors add up. The greatest cosine over a sentence is what late interaction sums
(ColBERT, Khattab & Zaharia, SIGIR 2020); here the network sees it word by word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching.reading import Reading
from assistant.matching.signals import Sentence
from index.salience import Salience, scaled

Floats = NDArray[np.float32]
MET = ("like", "like_phrase", "like_portion", "like_phrase_portion")
AROUND = ("like_clause", "like_above")
_WIDTHS = (2, 3)  # words of a question that are compared as one
_FAR = -1.0


def likeness(question: Floats, reading: Reading, salience: Salience) -> Floats:
    """Measure the words of a question against sentences: shape (sentences, words, `len(MET)`), in -1 to 1.

    Args:
        question: the vectors of its words, shape (n, dimension).
        reading: the words of the sentences.
        salience: has their vectors.
    """
    if not len(question):
        return np.zeros((len(reading.counts), 0, len(MET)), np.float32)
    starts = reading.ends - reading.counts
    words, pairs = _cosines(question, reading.numbers, reading.ends, salience)
    whole = np.maximum.reduceat(np.maximum(words, pairs), starts, axis=1)
    within = reading.inside
    paired = within & np.concatenate([within[1:], [True]])
    words, pairs = np.where(within, words, _FAR), np.where(paired, pairs, _FAR)
    part = np.maximum.reduceat(np.maximum(words, pairs), starts, axis=1)
    count = len(question)
    found = [*_by_word(whole, count), *_by_word(part, count)]
    measured: Floats = np.stack(found, axis=2).transpose(1, 0, 2)
    return measured


def likeness_around(question: Floats, sentences: Sequence[Sentence], salience: Salience) -> Floats:
    """Measure the words of a question against what stands around sentences.

    The shape is (sentences, words, `len(AROUND)`): the nearest words of the clause that each stands in, and
    of what that stands under. A sentence seldom repeats what its heading says.
    """
    texts = list(dict.fromkeys(text for s in sentences for text in (s.clause, s.above)))
    if not len(question):
        return np.zeros((len(sentences), 0, len(AROUND)), np.float32)
    cut = [salience.places(text)[0] for text in texts]
    ends = np.cumsum([len(numbers) for numbers in cut])
    nearest = np.maximum(*_cosines(question, np.concatenate(cut), ends, salience))
    starts = np.concatenate([[0], ends[:-1]])
    _, phrases = _by_word(np.maximum.reduceat(nearest, starts, axis=1), len(question))
    places = {text: place for place, text in enumerate(texts)}
    rows = [[places[s.clause], places[s.above]] for s in sentences]
    found: Floats = phrases[:, np.array(rows)].transpose(1, 0, 2)
    return found


def mean_likeness(like: Floats, rarity: Floats) -> Floats:
    """Return the mean over all words, rarer ones weighing more: shape (texts, `len(MET)`)."""
    mean: Floats = np.einsum("twm,w->tm", like, rarity / max(float(rarity.sum()), 1e-3))
    return mean


def _cosines(
    question: Floats, numbers: NDArray[np.int64], ends: NDArray[np.int64], salience: Salience
) -> tuple[Floats, Floats]:
    """Return how near words of a question, and runs of them, come to each word said, and to it and the next.

    Both have a row a word, then one a run, and a column a word said; texts end at `ends`, and the last word
    of one has none behind it. What is said more than once is measured once.
    """
    words, place = np.unique(numbers, return_inverse=True)
    vectors = salience.vectors(words)
    dots = _runs(question) @ vectors.T
    following = np.roll(place, -1)
    following[ends - 1] = place[ends - 1]
    pairs, where = np.unique(place * len(words) + following, return_inverse=True)
    first, second = np.divmod(pairs, len(words))
    single: Floats = dots / _lengths(vectors)
    lengths = _lengths(vectors[first] + vectors[second])
    double: Floats = ((dots[:, first] + dots[:, second]) / lengths).astype(np.float32)
    return single[:, place], double[:, where]


def _lengths(vectors: Floats) -> Floats:
    lengths: Floats = np.maximum(np.linalg.norm(vectors, axis=1), 1e-6)
    return lengths


def _runs(vectors: Floats) -> Floats:
    """Return vectors at length one, then the sums of runs of each of `_WIDTHS`."""
    sums = np.concatenate([np.zeros_like(vectors[:1]), np.cumsum(vectors, axis=0)])
    runs = [sums[width:] - sums[:-width] for width in _WIDTHS if width < len(sums)]
    return scaled(np.concatenate([vectors, *runs]))


def _by_word(near: Floats, count: int) -> tuple[Floats, Floats]:
    """Return for each word its own nearness, and that of the nearest run that holds it.

    `near` has a row a word, then one a run; both results have `count` rows.
    """
    phrases = near[:count].copy()
    start = count
    for width in _WIDTHS:
        runs = near[start : start + max(0, count - width + 1)]
        for shift in range(width if len(runs) else 0):
            part = phrases[shift : shift + len(runs)]
            np.maximum(part, runs, out=part)
        start += len(runs)
    return near[:count], phrases
