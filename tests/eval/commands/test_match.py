"""A network that is written beside the one that is served takes its place in a run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.matching.network import Ensemble, Network, load_ensemble
from eval import __main__ as command_line
from eval.matching_fit import write_ensemble


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
