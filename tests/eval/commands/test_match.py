"""A network that is written beside the one that is served takes its place in a run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from assistant.answering.stated import FEATURES as STATED
from assistant.matching.matcher import FEATURES, SIGNALS
from assistant.matching.network import Ensemble, Network, Pair, load_ensemble
from assistant.matching.reading import Reading
from assistant.matching.signals import OWN, Words
from eval import __main__ as command_line
from eval.matching_fit import DIRECTIONS, Example, write_ensemble
from eval.stated_fit import Case


@pytest.fixture
def refusing(tmp_path: Path) -> Path:
    """The networks that are served, made to find that nothing answers."""
    members = tuple(
        Network({**member.weights, "last.bias": np.full(1, -50, np.float32)})
        for member in load_ensemble().members
    )
    path = tmp_path / "refusing.safetensors"
    write_ensemble(Ensemble(members), path)
    return path


def test_a_run_takes_the_network_it_is_given(
    refusing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    text = "停车办法\n第一条 停车每小时收费3元。\n"
    (tmp_path / "docs" / "parking.txt").write_text(text, "utf-8")
    question = {
        "id": "p-1", "question": "停车每小时收多少钱", "answer": "3元", "elements": [["3元"]],
        "forbidden": [], "answerable": True, "type": "number", "style": "staff", "doc": "parking",
        "clauses": ["第一条"], "evidence": [], "split": "dev",
    }  # fmt: skip
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(question, ensure_ascii=False), "utf-8")
    refused = []
    for arguments in ([], ["--network", str(refusing)]):
        common = ["qa", str(path), "--docs", str(tmp_path / "docs"), "--no-out", "--json"]
        assert command_line.main([*common, *arguments]) == 0
        report = json.loads(capsys.readouterr().out)
        figures = report["systems"]["条问"]["groups"][0]["figures"]
        refused.append(figures["false_refusal"]["mean"])
    assert refused == [0.0, 1.0]


@pytest.mark.parametrize(
    ("left_out", "count"), [([], 66), (["a"], 22), (["a", "b"], 0), (["c"], 0)]
)
def test_nothing_is_learned_of_what_is_left_out(
    left_out: list[str],
    count: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _give(monkeypatch)
    path = tmp_path / "network.safetensors"
    arguments = ["match", "--folds", "0", "--leave-out", *left_out, "--out", str(path)]
    if not count:
        assert command_line.main(arguments) != 0
        return
    assert command_line.main(arguments) == 0
    assert f"{count} 题" in capsys.readouterr().err
    assert "0.last.bias" in load_file(path)


def test_threshold_and_weights_are_fitted_in_fields_that_the_networks_have_not_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _give(monkeypatch)
    paths = {name: tmp_path / name for name in ("NETWORK", "GATE", "WEIGHTS")}
    for name, path in paths.items():
        monkeypatch.setattr(f"eval.commands.match.{name}", path)
    assert command_line.main(["match", "--folds", "2", "--write"]) == 0
    assert "6 题，一句里有多个同类数值" in capsys.readouterr().out
    assert json.loads(paths["GATE"].read_text("utf-8"))["calibration"]["positives"] > 0
    weights = json.loads(paths["WEIGHTS"].read_text("utf-8"))
    assert (weights["cases"], list(weights["weights"])) == (6, list(STATED))
    assert "0.last.bias" in load_file(paths["NETWORK"])


def _give(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give questions of two fields, and as many about one of several values."""
    given = [*_examples("a", 40), *_examples("b", 20)]
    given = [replace(e, right=e.right & (place % 4 > 0)) for place, e in enumerate(given)]
    cases = [
        Case(one.field, np.zeros((3, len(STATED))), one.right, one.pair)
        for one in (*_examples("a", 4), *_examples("b", 2))
    ]
    monkeypatch.setattr("eval.fields.field_examples", lambda progress: given)
    monkeypatch.setattr("eval.fields.field_cases", lambda progress: cases)


def _examples(field: str, count: int) -> list[Example]:
    random = np.random.default_rng(len(field))
    words = Words(
        ("甲", "乙"),
        random.random((2, len(OWN)), np.float32),
        random.random((2, DIRECTIONS), np.float32),
        (frozenset(),) * 2,
        ("",) * 2,
        ("",) * 2,
    )
    signals = random.random((3, 2, len(SIGNALS)), np.float32)
    features = random.random((3, len(FEATURES)), np.float32)
    reading = Reading(
        random.integers(0, 9000, 6), np.ones(6, bool), np.zeros(6, bool), np.full(3, 2)
    )
    right = np.array([True, False, False])
    return [Example(field, Pair(words, signals, features, reading), right) for _ in range(count)]
