"""The words of sentences in order, for a network that reads what stands around a word it meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.matching.portion import Portion
from index.salience import Salience


@dataclass(frozen=True, slots=True)
class Reading:
    """The sub-words of several sentences, one sentence behind the other.

    `numbers` are their places in the vocabulary; `inside` tells which of them stand in the part of their
    sentence that meets the question best, `digits` which hold a digit, all of shape (n,); `counts` are how
    many each sentence has, at least one, shape (sentences,).
    """

    numbers: NDArray[np.int64]
    inside: NDArray[np.bool_]
    digits: NDArray[np.bool_]
    counts: NDArray[np.int64]

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where each sentence ends, and the next one starts."""
        found: NDArray[np.int64] = np.cumsum(self.counts)
        return found


def read(texts: Sequence[str], portions: Sequence[Portion], salience: Salience) -> Reading:
    """Cut sentences in search form, at least one, whose best parts are `portions`."""
    cut = [salience.places(text) for text in texts]
    inside = [
        _inside(places, text.find(portion.text), len(portion.text))
        for (_, places), text, portion in zip(cut, texts, portions, strict=True)
    ]
    numbers = np.concatenate([own for own, _ in cut])
    return Reading(
        numbers,
        np.concatenate(inside),
        salience.digits(numbers),
        np.array([len(own) for own, _ in cut], np.int64),
    )


def _inside(places: NDArray[np.int64], start: int, length: int) -> NDArray[np.bool_]:
    """Tell which words stand in a part of a sentence."""
    found: NDArray[np.bool_] = (places >= start) & (places < start + length)
    return found
