"""Pure: the part of a sentence between commas that meets a question best.

A value stands in the same part as what it is said of, or in the next. In a sentence of six figures the
words of a question may all stand somewhere; whether they stand together tells more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.matching.signals import Words, stands_in

MET = ("said_portion", "meant_portion")
_CUT = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)|。")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万两]+[个名人所家项门元年月日天]|%")
_MEANT, _SAID = 0.7, 0.3
_COMMON = 0.05  # weight of a word that stands everywhere


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a sentence in search form and the part behind it, "" for none.

    `said` and `meant` tell, word for word of the question, whether it stands there, or a word for
    the same; `said_share` and `meant_share` are their weights, 0-1.
    """

    text: str
    following: str
    said: NDArray[np.bool_]
    meant: NDArray[np.bool_]
    said_share: float
    meant_share: float


def best_portion(words: Words, text: str) -> Portion:
    """Return the part of a sentence (search form) that meets a question best, the first of equals.

    Rare words weigh more, words as said more than those of the same meaning, shorter parts more.
    """
    weights = (words.own[:, 1] + _COMMON).tolist()
    standing = [[a for a in others if stands_in(a, text)] for others in words.alternatives]
    parts = _parts(text)
    met = [_met(words.texts, standing, part) for part in parts]
    shares = [(_weight(weights, said), _weight(weights, meant)) for said, meant in met]
    scores = [
        (_MEANT * meant + _SAID * said) / (0.9 + len(part) / 300)
        for part, (said, meant) in zip(parts, shares, strict=True)
    ]
    best = scores.index(max(scores))
    whole = sum(weights) or 1.0
    return Portion(
        parts[best],
        parts[best + 1] if best + 1 < len(parts) else "",
        np.array(met[best][0], bool),
        np.array(met[best][1], bool),
        shares[best][0] / whole,
        shares[best][1] / whole,
    )


def portion_signals(portions: Sequence[Portion]) -> NDArray[np.float32]:
    """Return what portions meet of every word: shape (portions, words, `len(MET)`), 0 or 1."""
    met = [np.stack([portion.said, portion.meant], axis=1) for portion in portions]
    return np.array(met, np.float32)


def _met(
    texts: Sequence[str], standing: Sequence[Sequence[str]], part: str
) -> tuple[list[bool], list[bool]]:
    said = [stands_in(word, part) for word in texts]
    meant = [
        word or any(stands_in(other, part) for other in others)
        for word, others in zip(said, standing, strict=True)
    ]
    return said, meant


def _weight(weights: Sequence[float], met: Sequence[bool]) -> float:
    return sum(weight for weight, is_met in zip(weights, met, strict=True) if is_met)


@lru_cache(maxsize=65536)
def _parts(text: str) -> tuple[str, ...]:
    """Cut a sentence at its commas, and an enumeration of several figures at its pauses."""
    parts: list[str] = []
    for part in filter(str.strip, _CUT.split(text)):
        items = [item for item in part.split("、") if item.strip()]
        figures = sum(bool(_FIGURE.search(item)) for item in items)
        parts += items if len(items) > 1 and figures > 1 else [part]
    return tuple(parts) or (text,)
