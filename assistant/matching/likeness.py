"""How like every word of a question is to what a sentence says, by the vectors of sub-words.

A synonym that no lexicon has (冲洗, 清洗) still lies near; so does a phrase of single characters
(找着活干, 就业), whose vectors add up. The greatest cosine over a sentence is what late interaction sums
(ColBERT, Khattab & Zaharia, SIGIR 2020); here the network sees it word by word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.matching.portion import Portion
from index.salience import Salience, scaled

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
MET = ("like", "like_phrase", "like_portion", "like_phrase_portion")
_WIDTHS = (2, 3)  # words of a question that are compared as one
_FAR = -1.0


def likeness(
    question: Floats, texts: Sequence[str], portions: Sequence[Portion], salience: Salience
) -> Floats:
    """Measure the words of a question against sentences: shape (texts, words, `len(MET)`), in -1 to 1.

    Args:
        question: the vectors of its words, shape (n, dimension).
        texts: sentences in search form, each with a word.
        portions: the part of each that meets the question best.
        salience: cuts and knows sub-words.
    """
    if not len(question):
        return np.zeros((len(texts), 0, len(MET)), np.float32)
    cut = [salience.places(text) for text in texts]
    inside = [
        _inside(places, text.find(portion.text), len(portion.text))
        for (_, places), text, portion in zip(cut, texts, portions, strict=True)
    ]
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in cut)])
    said = salience.vectors(np.concatenate([numbers for numbers, _ in cut]))
    near = _runs(question) @ np.concatenate([scaled(said), _pairs(said, starts[1:] - 1)]).T
    words, pairs = near[:, : len(said)], near[:, len(said) :]
    whole = np.maximum.reduceat(np.maximum(words, pairs), starts[:-1], axis=1)
    within = np.concatenate(inside)
    paired = within & np.concatenate([within[1:], [True]])
    words, pairs = np.where(within, words, _FAR), np.where(paired, pairs, _FAR)
    part = np.maximum.reduceat(np.maximum(words, pairs), starts[:-1], axis=1)
    count = len(question)
    found = [*_by_word(whole, count), *_by_word(part, count)]
    measured: Floats = np.stack(found, axis=2).transpose(1, 0, 2)
    return measured


def mean_likeness(like: Floats, rarity: Floats) -> Floats:
    """Return the mean over all words, rarer ones weighing more: shape (texts, `len(MET)`)."""
    mean: Floats = np.einsum("twm,w->tm", like, rarity / max(float(rarity.sum()), 1e-3))
    return mean


def _inside(places: NDArray[np.int64], start: int, length: int) -> Flags:
    """Tell which words stand in a part of a sentence."""
    found: Flags = (places >= start) & (places < start + length)
    return found


def _pairs(said: Floats, last: NDArray[np.int64]) -> Floats:
    """Return the sum of each word and the next; the `last` of a sentence has none behind it."""
    following = np.roll(said, -1, axis=0)
    following[last] = 0
    return scaled(said + following)


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
