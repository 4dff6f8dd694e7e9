"""Intervals and tests against scipy."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy import stats

from eval.statistics import bootstrap_interval, paired_test


def _values(count: int, seed: int) -> list[float]:
    source = random.Random(seed)
    return [float(source.random() < 0.7) for _ in range(count)]


def test_interval_agrees_with_scipy() -> None:
    values = _values(200, 1)
    ours = bootstrap_interval(values, samples=20_000)
    theirs = stats.bootstrap(
        (values,), np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(7)
    ).confidence_interval
    assert ours.mean == pytest.approx(sum(values) / 200)
    assert ours.low == pytest.approx(theirs.low, abs=0.006)
    assert ours.high == pytest.approx(theirs.high, abs=0.006)


def test_interval_is_reproducible_and_widens_with_the_level() -> None:
    values = _values(50, 2)
    narrow, wide = bootstrap_interval(values, 0.8), bootstrap_interval(values, 0.99)
    assert bootstrap_interval(values, 0.8) == narrow
    assert wide.low < narrow.low <= narrow.mean <= narrow.high < wide.high
    same = bootstrap_interval([0.5, 0.5])
    assert same.low == same.high == 0.5


@pytest.mark.parametrize(("values", "level"), [([], 0.95), ([1.0], 1.0), ([1.0], 0.0)])
def test_interval_needs_values_and_a_level(values: list[float], level: float) -> None:
    with pytest.raises(ValueError, match="interval"):
        bootstrap_interval(values, level)


def _scipy(a: list[float], b: list[float], resamples: float) -> float:
    return float(
        stats.permutation_test(
            (b, a),
            lambda x, y, axis: np.mean(x - y, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=resamples,
            rng=np.random.default_rng(3),
        ).pvalue
    )


@pytest.mark.parametrize("seed", range(5))
def test_few_pairs_are_counted_exactly(seed: int) -> None:
    source = random.Random(seed)
    a = [source.random() for _ in range(9)]
    b = [value + source.gauss(0.1, 0.2) for value in a]
    result = paired_test(a, b)
    assert result.p_value == pytest.approx(_scipy(a, b, np.inf))
    assert result.difference == pytest.approx(np.mean(b) - np.mean(a))


def test_many_pairs_are_sampled() -> None:
    a, b = _values(120, 4), _values(120, 5)
    result = paired_test(a, b)
    assert result.pairs == 120
    assert result.unequal == sum(x != y for x, y in zip(a, b, strict=True)) > 14
    assert result.p_value == pytest.approx(_scipy(a, b, 20_000), abs=0.02)
    assert paired_test(a, b) == result
    assert paired_test(b, a).difference == pytest.approx(-result.difference)


def test_a_clear_difference_is_never_impossible() -> None:
    assert paired_test([0.0] * 60, [1.0] * 60).p_value == pytest.approx(1 / 10_001)
    assert paired_test([0.0] * 60, [0.0] * 60).p_value == 1


@pytest.mark.parametrize(("a", "b"), [([], []), ([1.0], [1.0, 2.0])])
def test_pairs_must_be_pairs(a: list[float], b: list[float]) -> None:
    with pytest.raises(ValueError, match="paired test"):
        paired_test(a, b)
