"""How sure a figure is: confidence intervals of a mean, and a paired test between two runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BLOCK = 4_000_000  # random numbers drawn at a time, to bound memory
_EXACT = 14  # up to this many unequal pairs every assignment of signs is counted


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with the ends of its confidence interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedTest:
    """The mean of `b - a`, and how probable one so far from 0 is if `a` and `b` are alike.

    `pairs` counts the queries, `unequal` those on which the two differ.
    """

    difference: float
    p_value: float
    pairs: int
    unequal: int


def bootstrap_interval(
    values: Sequence[float], level: float = 0.95, samples: int = 2000, seed: int = 0
) -> Interval:
    """Percentile bootstrap of the mean (Efron, Bootstrap Methods, 1979).

    As many values are drawn with replacement `samples` times; the interval runs between the
    (1 - level) / 2 quantiles of their means. Queries are the unit that is drawn (Sakai,
    Evaluating Evaluation Metrics Based on the Bootstrap, SIGIR 2006).

    Raises:
        ValueError: if there are no values, or `level` is not between 0 and 1.
    """
    if not len(values) or not 0 < level < 1:
        raise ValueError("an interval needs values and a level between 0 and 1")
    data = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(seed)
    means = np.concatenate(
        [
            data[random.integers(0, len(data), (rows, len(data)))].mean(axis=1)
            for rows in _blocks(samples, len(data))
        ]
    )
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(data.mean()), float(low), float(high))


def paired_test(
    a: Sequence[float], b: Sequence[float], samples: int = 10_000, seed: int = 0
) -> PairedTest:
    """Two-sided paired randomisation test of the mean difference (Fisher, 1935).

    Recommended for comparing two systems over the same queries by Smucker, Allan and Carterette
    (A Comparison of Statistical Significance Tests for Information Retrieval Evaluation, CIKM
    2007). Under the null hypothesis the two values of a query may be exchanged. With few unequal
    pairs every exchange is counted; else `samples` random ones with 1 added to both counts
    (Phipson and Smyth, Permutation P-values Should Never Be Zero, 2010).

    Raises:
        ValueError: if there are no pairs, or `a` and `b` differ in length.
    """
    if not len(a) or len(a) != len(b):
        raise ValueError("a paired test needs as many values of a as of b, and at least one")
    differences = np.asarray(b, dtype=np.float64) - np.asarray(a, dtype=np.float64)
    unequal = differences[differences != 0]
    observed = abs(float(unequal.sum())) * (1 - 1e-12)
    mean = float(differences.mean())
    if len(unequal) <= _EXACT:
        p_value = float((np.abs(_all_signs(len(unequal)) @ unequal) >= observed).mean())
    else:
        random = np.random.default_rng(seed)
        reached = sum(
            int((np.abs(signs @ unequal) >= observed).sum())
            for signs in _random_signs(random, samples, len(unequal))
        )
        p_value = (reached + 1) / (samples + 1)
    return PairedTest(mean, p_value, len(differences), len(unequal))


def _all_signs(count: int) -> NDArray[np.float64]:
    bits = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    return (2 * bits - 1).astype(np.float64)


def _random_signs(
    random: np.random.Generator, samples: int, count: int
) -> Iterator[NDArray[np.float64]]:
    for rows in _blocks(samples, count):
        yield (2 * random.integers(0, 2, (rows, count)) - 1).astype(np.float64)


def _blocks(rows: int, width: int) -> Iterator[int]:
    step = max(_BLOCK // max(width, 1), 1)
    for start in range(0, rows, step):
        yield min(step, rows - start)
