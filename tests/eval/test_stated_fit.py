"""The weights that choose among values are learned from what tells the right one."""

import json

import numpy as np

from assistant.answering.stated import FEATURES, load_weights
from assistant.matching.network import Pair
from assistant.matching.reading import Reading
from assistant.matching.signals import Words
from eval.stated_fit import Case, chosen_in_folds, chosen_right, fit_weights, write_weights

NUMBERS = np.zeros(0, np.int64)
NONE = np.zeros((0, 0), np.float32)
PAIR = Pair(
    Words((), NONE, NONE, (), (), ()),
    NONE,
    NONE,
    Reading(NUMBERS, NUMBERS > 0, NUMBERS > 0, NUMBERS),
)
DECIDES = FEATURES.index("label_covered")


def case(seed: int) -> Case:
    """Three values with noise; the right one is covered best by its label."""
    random = np.random.default_rng(seed)
    measured = random.normal(size=(3, len(FEATURES))) * 0.1
    right = np.arange(3) == seed % 3
    measured[:, DECIDES] = right
    return Case(f"field {seed % 4}", measured, right, PAIR)


def test_what_decides_is_learned_and_holds_in_fields_not_seen():
    cases = [case(seed) for seed in range(60)]
    weights = fit_weights(cases)
    assert int(np.abs(weights).argmax()) == DECIDES
    assert all(chosen_right(weights, cases))
    assert sum(chosen_in_folds(cases, 4)) >= 58


def test_the_log_odds_of_a_network_count_against_the_best_value():
    told = case(0).with_odds(np.array([-1.0, 2.0, 0.5], np.float32))
    assert told.measured[:, FEATURES.index("likely")].tolist() == [-3.0, 0.0, -1.5]


def test_weights_are_written_by_name(tmp_path):
    path = tmp_path / "stated.json"
    write_weights(np.arange(len(FEATURES), dtype=float), 7, path)
    data = json.loads(path.read_text("utf-8"))
    assert data["cases"] == 7
    assert list(data["weights"]) == list(FEATURES)


def test_the_shipped_weights_are_those_of_the_features():
    assert len(load_weights()) == len(FEATURES)
