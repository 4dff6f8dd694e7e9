"""A small network from word signals and pair features to the log-odds that a sentence answers.

Every word of the question is seen with its neighbours, so that a word in the place of what is
asked for weighs more than one in passing; compare-aggregate models (Wang & Jiang, ICLR 2017) work
so, here with how a word is met in place of what it means. Several networks, trained from other
seeds, are averaged: they agree on what the examples taught and less on what is strange to them (deep
ensembles, Lakshminarayanan et al., NeurIPS 2017). `python -m eval match --write` makes the weights;
torch is needed for that alone.
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

from assistant.matching.signals import Words

Floats = NDArray[np.float32]
MOST_DEVIATIONS = 5.0


@dataclass(frozen=True, slots=True)
class Network:
    """The weights by name, as torch names them in `eval.matching_fit`, and the scale of features."""

    weights: Mapping[str, Floats]

    def log_odds(self, words: Words, signals: Floats, features: Floats) -> Floats:
        """Return for each passage the log-odds that it answers, against nothing answering.

        Args:
            words: of the question, n of them, at least one.
            signals: shape (passages, n, signals).
            features: of question and passage, shape (passages, features), as measured.
        """
        w = self.weights
        scaled = np.clip((features - w["mean"]) / w["deviation"], -MOST_DEVIATIONS, MOST_DEVIATIONS)
        meaning = words.directions @ w["meaning.weight"].T + w["meaning.bias"]
        own = np.concatenate([words.own, meaning], axis=1)
        rows = np.concatenate([signals, np.broadcast_to(own, (len(signals), *own.shape))], axis=2)
        hidden = _relu(rows @ w["word.weight"].T + w["word.bias"])
        hidden = hidden + _relu(_convolved(hidden, w["near.weight"], w["near.bias"]))
        hidden = hidden + _relu(_convolved(hidden, w["far.weight"], w["far.bias"]))
        attention = _softmax(hidden @ w["attention.weight"].T + w["attention.bias"])
        pooled = [(attention * hidden).sum(axis=1), hidden.max(axis=1), hidden.mean(axis=1)]
        pair = _relu(scaled @ w["pair.weight"].T + w["pair.bias"])
        joint = np.concatenate([*pooled, pair], axis=1)
        last = _relu(joint @ w["joint.weight"].T + w["joint.bias"])
        odds = last @ w["last.weight"].T + scaled @ w["linear.weight"].T
        found: Floats = (odds + w["last.bias"] + w["linear.bias"])[:, 0]
        return found


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Networks whose log-odds are averaged, at least one."""

    members: tuple[Network, ...]

    def log_odds(self, words: Words, signals: Floats, features: Floats) -> Floats:
        """Return the mean of what the members make of each passage, as `Network.log_odds` does."""
        odds = [member.log_odds(words, signals, features) for member in self.members]
        mean: Floats = np.mean(odds, axis=0)
        return mean


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


def _softmax(values: Floats) -> Floats:
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _convolved(rows: Floats, weight: Floats, bias: Floats) -> Floats:
    """Convolve words of a question in width three: weight (out, in, 3), zeros beyond the ends."""
    padded = np.pad(rows, ((0, 0), (1, 1), (0, 0)))
    count = rows.shape[1]
    parts = [padded[:, step : step + count] @ weight[:, :, step].T for step in range(3)]
    found: Floats = parts[0] + parts[1] + parts[2] + bias
    return found
