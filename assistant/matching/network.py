"""A small network from a question and sentences to the log-odds that a sentence answers.

Every word of the question is seen with how a sentence meets it and with its neighbours, so that a
word in the place of what is asked for weighs more than one in passing; compare-aggregate models (Wang
& Jiang, ICLR 2017) work so. What stands around the place where the sentence meets the word is read too,
by soft alignment (Parikh et al., EMNLP 2016) with the sentence's words, each seen with its neighbours
(ESIM, Chen et al., ACL 2017). Several networks, trained from other seeds, are averaged: they agree on
what the examples taught and less on what is strange to them (deep ensembles, Lakshminarayanan et al.,
NeurIPS 2017). `python -m eval match --write` makes the weights; torch is needed for that alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from assistant.matching.reading import Reading
from assistant.matching.signals import Words
from index.salience import scaled

Floats = NDArray[np.float32]
MOST_DEVIATIONS = 5.0
LONG = 5.0  # the length of the vector of a rare word
SAME = 0.999  # cosine of a word with itself
TOLD = ("length", "digit", "inside", "nearest", "said")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with evidence, as the network sees it: `signals` and `features` by evidence.

    `signals` has the shape (evidence, words of the question, signals), `features` (evidence, features).
    """

    words: Words
    signals: Floats
    features: Floats
    reading: Reading


@dataclass(frozen=True, slots=True)
class Said:
    """The words of sentences as the network sees them, in the order of a `Reading`.

    `directions` are their vectors at length one, shape (n, dimension); `told` what is known of each
    beside, shape (n, `len(TOLD)`); `near` their cosines with the words of the question, shape (words, n).
    """

    directions: Floats
    told: Floats
    near: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """The weights by name, as torch names them in `eval.matching_fit`, and the scale of features."""

    weights: Mapping[str, Floats]

    def log_odds(self, pair: Pair, said: Said) -> Floats:
        """Return for each piece of evidence the log-odds that it answers, against nothing answering.

        Args:
            pair: of a question with at least one word.
            said: the words of `pair.reading`.
        """
        w = self.weights
        scale = (pair.features - w["mean"]) / w["deviation"]
        scaled_features = np.clip(scale, -MOST_DEVIATIONS, MOST_DEVIATIONS)
        meaning = self._linear("meaning", pair.words.directions)
        own = np.concatenate([pair.words.own, meaning], axis=1)
        own = np.broadcast_to(own, (len(pair.signals), *own.shape))
        rows = np.concatenate([pair.signals, own, self._around(pair, said)], axis=2)
        hidden = _relu(self._linear("word", rows))
        hidden = hidden + _relu(_convolved(hidden, w["near.weight"], w["near.bias"]))
        hidden = hidden + _relu(_convolved(hidden, w["far.weight"], w["far.bias"]))
        attention = _softmax(self._linear("attention", hidden), axis=1)
        pooled = [(attention * hidden).sum(axis=1), hidden.max(axis=1), hidden.mean(axis=1)]
        joint = np.concatenate([*pooled, _relu(self._linear("pair", scaled_features))], axis=1)
        last = _relu(self._linear("joint", joint))
        odds = self._linear("last", last) + self._linear("linear", scaled_features)
        found: Floats = odds[:, 0]
        return found

    def _around(self, pair: Pair, said: Said) -> Floats:
        """Return for each word what evidence says where it meets the word, and how near it comes.

        The shape is (evidence, words, hidden numbers and one).
        """
        reading, near = pair.reading, said.near
        rows = [self._linear("said_meaning", said.directions), said.told]
        hidden = _relu(self._linear("said_word", np.concatenate(rows, axis=1)))
        ends = reading.ends
        for layer in ("said_near", "said_far"):
            hidden = hidden + _relu(self._linear(layer, _beside(hidden, ends)))
        sharp = near * self.weights["sharpness"]
        found = np.empty((len(ends), len(near), hidden.shape[1] + 1), np.float32)
        for row, end, count in zip(found, ends, reading.counts, strict=True):
            shares = _softmax(sharp[:, end - count : end], axis=1)
            row[:, :-1] = shares @ hidden[end - count : end]
            row[:, -1] = (shares * near[:, end - count : end]).sum(axis=1)
        return found

    def _linear(self, name: str, rows: Floats) -> Floats:
        found: Floats = rows @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return found


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Networks whose log-odds are averaged, at least one."""

    members: tuple[Network, ...]

    def log_odds(self, pair: Pair, said: Said) -> Floats:
        """Return the mean of what the members make of evidence, as `Network.log_odds` does."""
        odds = [member.log_odds(pair, said) for member in self.members]
        mean: Floats = np.mean(odds, axis=0)
        return mean


def said_of(words: Floats, reading: Reading, vectors: Floats) -> Said:
    """Return the words of sentences as the network sees them.

    Args:
        words: the directions of the words of the question, at least one.
        reading: the words of the sentences.
        vectors: theirs, longer for rarer ones.
    """
    directions = scaled(vectors)
    near = words @ directions.T
    nearest = near.max(axis=0)
    length = np.linalg.norm(vectors, axis=1) / LONG
    told = [length, reading.digits, reading.inside, nearest, nearest > SAME]
    return Said(directions, np.stack(told, axis=1).astype(np.float32), near)


@lru_cache(maxsize=1)
def load_ensemble() -> Ensemble:
    """Load the weights that stand beside this module."""
    with as_file(files("assistant.matching").joinpath("network.safetensors")) as path:
        return read_ensemble(path)


def read_ensemble(path: Path) -> Ensemble:
    """Read weights that are named `member.name`, the members counted from 0."""
    members: dict[str, dict[str, Floats]] = {}
    for key, weight in sorted(load_file(path).items()):
        member, _, name = key.partition(".")
        members.setdefault(member, {})[name] = weight.astype(np.float32)
    return Ensemble(tuple(map(Network, members.values())))


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _softmax(values: Floats, axis: int) -> Floats:
    powers = np.exp(values - values.max(axis=axis, keepdims=True))
    shares: Floats = powers / powers.sum(axis=axis, keepdims=True)
    return shares


def _beside(rows: Floats, ends: NDArray[np.int64]) -> Floats:
    """Return rows between the one before and the one behind, zeros beyond the ends of a sentence."""
    before, behind = np.roll(rows, 1, axis=0), np.roll(rows, -1, axis=0)
    before[[0, *ends[:-1]]] = 0
    behind[ends - 1] = 0
    return np.concatenate([before, rows, behind], axis=1)


def _convolved(rows: Floats, weight: Floats, bias: Floats) -> Floats:
    """Convolve words of a question in width three: weight (out, in, 3), zeros beyond the ends."""
    padded = np.pad(rows, ((0, 0), (1, 1), (0, 0)))
    count = rows.shape[1]
    parts = [padded[:, step : step + count] @ weight[:, :, step].T for step in range(3)]
    found: Floats = parts[0] + parts[1] + parts[2] + bias
    return found
