"""How like every word of a question is to what a sentence says, by the vectors of sub-words.

A synonym that no lexicon has (冲洗, 清洗) still lies near; so does a phrase of single characters
(找着活干, 就业), whose vectors add up. The greatest cosine over a sentence is what late interaction sums
(ColBERT, Khattab & Zaharia, SIGIR 2020); here the network sees it word by word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answering.spans import Span, search_form, told_beside
from assistant.matching.reading import Reading
from assistant.matching.signals import Sentence
from index.salience import Salience, scaled

Floats = NDArray[np.float32]
MET = ("like", "like_phrase", "like_portion", "like_phrase_portion")
AROUND = ("like_clause", "like_above")
TABLE = ("head_like", "head_ahead", "row_like", "row_ahead")
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


def table_likeness(question: Floats, found: Sequence[Span], salience: Salience) -> Floats:
    """Measure how much of the head of a cell's column, and of its row, a question says in like words.

    The shape is (len(found), `len(TABLE)`): the head, how far it is ahead of the heads beside it, the row, and how
    far that is ahead of the other rows of its table among those found; zeros for what is no cell.
    """
    measured = np.zeros((len(found), len(TABLE)), np.float32)
    cells = [place for place, span in enumerate(found) if span.head]
    if not len(question) or not cells:
        return measured
    runs = _runs(question)
    texts = {found[p].head for p in cells} | {c.head for p in cells for c in found[p].clause.cells}
    said = {text: _said_share(runs, text, salience) for text in texts}
    rows = {p: _said_share(runs, _beside(found[p]), salience) for p in cells}
    for place in cells:
        span = found[place]
        heads = [said[c.head] for c in span.clause.cells if c.head and c.head != span.head]
        table = span.clause.clause_id.rpartition("/")[0]
        others = [
            rows[p]
            for p in cells
            if found[p].clause is not span.clause
            and found[p].clause.clause_id.rpartition("/")[0] == table
        ]
        head, row = said[span.head], rows[place]
        measured[place] = (
            head,
            head - max(heads, default=head),
            row,
            row - max(others, default=row),
        )
    return measured


def _beside(cell: Span) -> str:
    """Return the other cells of a row in words."""
    start = cell.clause.start + cell.start
    others = (c for c in cell.clause.cells if not c.start <= start < c.end)
    return " ".join(filter(None, map(told_beside, others)))


def _said_share(runs: Floats, text: str, salience: Salience) -> float:
    """Return how near the words of a text come to any of a question, rarer ones weighing more."""
    vectors = salience.vectors(salience.places(search_form(text))[0])
    lengths = np.linalg.norm(vectors, axis=1)
    nearest = (runs @ scaled(vectors).T).max(axis=0)
    return float((nearest * lengths).sum() / max(float(lengths.sum()), 1e-6))


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
