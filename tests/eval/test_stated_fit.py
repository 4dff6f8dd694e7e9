"""The weights that choose among values are learned from what tells the right one."""

import json

import numpy as np

from assistant.answering.stated import FEATURES, load_weights
from eval.stated_fit import Case, chosen_right, fit_weights, held_out, write_weights

DECIDES = FEATURES.index("label_covered")


def case(seed: int) -> Case:
    """Three values with noise; the right one is covered best by its label."""
    random = np.random.default_rng(seed)
    measured = random.normal(size=(3, len(FEATURES))) * 0.1
    right = np.arange(3) == seed % 3
    measured[:, DECIDES] = right
    return Case(f"field {seed % 4}", measured, right)


def test_what_decides_is_learned_and_holds_in_fields_not_seen():
    cases = [case(seed) for seed in range(60)]
    weights = fit_weights(cases)
    assert int(np.abs(weights).argmax()) == DECIDES
    assert all(chosen_right(weights, cases))
    assert sum(held_out(cases, 4)) >= 58


def test_weights_are_written_by_name(tmp_path):
    path = tmp_path / "stated.json"
    write_weights(np.arange(len(FEATURES), dtype=float), 7, path)
    data = json.loads(path.read_text("utf-8"))
    assert data["cases"] == 7
    assert list(data["weights"]) == list(FEATURES)


def test_the_shipped_weights_are_those_of_the_features():
    assert len(load_weights()) == len(FEATURES)
