"""The network in torch and in NumPy is one; what it learns holds on questions not seen."""

import numpy as np
import pytest
import torch

from assistant.matching.matcher import FEATURES, SIGNALS
from assistant.matching.network import Ensemble, Pair, load_ensemble, read_ensemble, said_of
from assistant.matching.reading import Reading
from assistant.matching.signals import OWN, Words
from eval import matching_fit
from eval.matching_fit import (
    DIRECTIONS,
    Example,
    TorchNetwork,
    figures,
    fit_ensemble,
    fit_network,
    held_out,
    outcomes,
    write_ensemble,
)
from index.salience import load_salience

RIVALS, WIDTH = 4, 5


def example(seed, field="a"):
    """One candidate meets the last word, which decides; in every third question none does."""
    random = np.random.default_rng(seed)
    signals = random.random((RIVALS, WIDTH, len(SIGNALS)), np.float32) * 0.5
    right = np.zeros(RIVALS, bool)
    if seed % 3:
        right[seed % RIVALS] = True
    signals[:, -1, 0] = right
    words = Words(
        tuple("甲乙丙丁戊"),
        random.random((WIDTH, len(OWN)), np.float32),
        random.random((WIDTH, DIRECTIONS), np.float32),
        (frozenset(),) * WIDTH,
        ("",) * WIDTH,
        ("",) * WIDTH,
    )
    features = random.random((RIVALS, len(FEATURES)), np.float32)
    counts = random.integers(1, 9, RIVALS)
    length = int(counts.sum())
    reading = Reading(
        random.integers(0, 9000, length),
        random.random(length) < 0.5,
        np.zeros(length, bool),
        counts,
    )
    return Example(field, Pair(words, signals, features, reading), right)


def odds_of(network, pair):
    vectors = load_salience().vectors(pair.reading.numbers)
    return network.log_odds(pair, said_of(pair.words.directions, pair.reading, vectors))


@pytest.fixture(scope="module")
def network():
    return fit_network([example(seed) for seed in range(400)], epochs=12)


def test_what_is_learned_holds_on_questions_not_seen(network):
    found = figures(outcomes(network, [example(seed) for seed in range(1000, 1120)]))
    assert found.first > 0.9
    assert found.parted > 0.9
    assert found.answered < 0.3


def test_numpy_computes_what_torch_does(network):
    model = TorchNetwork().eval()
    model.load_state_dict(
        {
            n: torch.from_numpy(w)
            for n, w in network.weights.items()
            if n not in ("mean", "deviation")
        }
    )
    samples = [example(seed) for seed in range(2000, 2008)]
    scale = matching_fit.Scale(network.weights["mean"], network.weights["deviation"])
    with torch.no_grad():
        expected = model(matching_fit._batch(samples, scale)).numpy()
    for row, sample in zip(expected, samples, strict=True):
        odds = odds_of(network, sample.pair)
        assert np.allclose(odds, row, atol=1e-4)


def test_an_ensemble_averages_its_members_and_survives_being_written(network, tmp_path):
    other = fit_network([example(seed) for seed in range(100)], epochs=1, seed=1)
    ensemble = Ensemble((network, other))
    path = tmp_path / "network.safetensors"
    write_ensemble(ensemble, path)
    pair = example(3000).pair
    single = [odds_of(n, pair) for n in (network, other)]
    assert not np.allclose(*single, atol=0.1)
    for some in (ensemble, read_ensemble(path)):
        odds = odds_of(some, pair)
        assert np.allclose(odds, (single[0] + single[1]) / 2, atol=0.1)


def test_the_members_of_an_ensemble_come_from_other_seeds():
    members = fit_ensemble([example(seed) for seed in range(40)], epochs=1).members
    first = {member.weights["word.weight"].tobytes() for member in members}
    assert len(first) == len(members) > 1


def test_a_field_is_measured_by_networks_that_have_not_seen_it():
    samples = [example(seed, "abc"[seed // 3 % 3]) for seed in range(300)]
    seen = []
    original = matching_fit.fit_ensemble

    def watched(chosen, progress):
        seen.append({sample.field for sample in chosen})
        return original(chosen, progress, epochs=1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching_fit, "fit_ensemble", watched)
        fields = [field for some, _ in held_out(samples, "abc", 3) for field in some]
    assert sorted(fields) == ["a", "b", "c"]
    assert [{"a", "b", "c"} - chosen for chosen in seen] == [{"a"}, {"b"}, {"c"}]


def test_the_networks_that_are_served_fit_the_features():
    for member in load_ensemble().members:
        weights = member.weights
        assert weights["pair.weight"].shape[1] == len(FEATURES) == len(weights["mean"])
        told = len(SIGNALS) + len(OWN) + matching_fit.MEANING + matching_fit.READ + 1
        assert weights["word.weight"].shape[1] == told
