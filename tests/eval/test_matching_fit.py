"""The network in torch and in NumPy is one; what it learns holds on questions not seen."""

import numpy as np
import pytest
import torch

from assistant.matching.features import FEATURES
from assistant.matching.matcher import Pair
from assistant.matching.network import Network, load_network
from assistant.matching.signals import MET, OWN, Words
from eval import matching_fit
from eval.matching_fit import (
    DIRECTIONS,
    Example,
    TorchNetwork,
    figures,
    fit_network,
    held_out,
    outcomes,
    write_network,
)

RIVALS, WIDTH = 4, 5


def example(seed, field="a"):
    """One candidate meets the last word, which decides; in every third question none does."""
    random = np.random.default_rng(seed)
    signals = random.random((RIVALS, WIDTH, len(MET)), np.float32) * 0.5
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
    return Example(field, Pair(words, signals, features), right)


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
        pair = sample.pair
        odds = network.log_odds(pair.words, pair.signals, pair.features)
        assert np.allclose(odds, row, atol=1e-4)


def test_weights_survive_being_written(network, tmp_path):
    from safetensors.numpy import load_file

    path = tmp_path / "network.safetensors"
    write_network(network, path)
    read = Network({name: w.astype(np.float32) for name, w in load_file(path).items()})
    pair = example(3000).pair
    before = network.log_odds(pair.words, pair.signals, pair.features)
    after = read.log_odds(pair.words, pair.signals, pair.features)
    assert np.allclose(before, after, atol=0.1)


def test_a_field_is_measured_by_a_network_that_has_not_seen_it():
    samples = [example(seed, "abc"[seed // 3 % 3]) for seed in range(300)]
    seen = []
    original = matching_fit.fit_network

    def watched(chosen, progress):
        seen.append({sample.field for sample in chosen})
        return original(chosen, progress, epochs=1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching_fit, "fit_network", watched)
        fields = [field for field, _ in held_out(samples, "abc", 3)]
    assert sorted(fields) == ["a", "b", "c"]
    assert [{"a", "b", "c"} - chosen for chosen in seen] == [{"a"}, {"b"}, {"c"}]


def test_the_network_that_is_served_fits_the_features():
    weights = load_network().weights
    assert weights["pair.weight"].shape[1] == len(FEATURES) == len(weights["mean"])
    assert weights["word.weight"].shape[1] == len(MET) + len(OWN) + matching_fit.MEANING
