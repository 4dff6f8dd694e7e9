"""The gate from a QA set: the fit, the choice for a cost, and the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command_line
from eval import calibrate as fitting
from eval.calibrate import CalibrationError, Sample, calibrate, write_gate
from eval.commands import calibrate as command


def _samples(rights: int = 40, wrongs: int = 40) -> list[Sample]:
    """Right and wrong answers whose confidences overlap."""
    return [
        Sample(f"{right}{n}", 0.25 * right + n / 80, bool(right))
        for right, count in ((1, rights), (0, wrongs))
        for n in range(count)
    ]


def test_a_dearer_wrong_answer_gives_a_higher_threshold() -> None:
    found = [calibrate(_samples(), cost).threshold for cost in (0.2, 1, 5)]
    assert found == sorted(found)
    assert found[0] < found[2]


def test_the_threshold_is_the_cheapest_of_the_curve() -> None:
    found = calibrate(_samples(), 2)
    costs = {p.threshold: p.false_refusals + 2 * p.false_answers for p in found.curve}
    assert costs[found.threshold] == min(costs.values())
    assert (found.positives, found.negatives) == (40, 40)
    refused = [p.false_refusals for p in found.curve]
    answered = [p.false_answers for p in found.curve]
    assert refused == sorted(refused)
    assert answered == sorted(answered, reverse=True)


@pytest.mark.parametrize("samples", [_samples(0, 40), _samples(40, 0), _samples(2, 2)])
def test_too_few_questions_are_told(samples: list[Sample]) -> None:
    with pytest.raises(CalibrationError):
        calibrate(samples, 1)


def test_a_gate_is_written_where_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = calibrate(_samples(), 1)
    write_gate(found, 1, tmp_path / "gate.json")
    data = json.loads((tmp_path / "gate.json").read_text("utf-8"))
    assert data["threshold"] == found.threshold
    assert data["calibration"]["cost"] == 1
    *_, curve = data["calibration"].values()
    assert len(curve) == len(found.curve)


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The command with prepared samples and a gate file of its own."""

    def collect(assistant: object, items: list[Any]) -> list[Sample]:
        return _samples() if items[0].item_id == "st-001" else []

    monkeypatch.setattr(fitting, "collect", collect)
    monkeypatch.setattr(command, "GATE", tmp_path / "gate.json")
    return tmp_path / "gate.json"


def test_the_curve_is_printed_and_nothing_written(
    fitted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["calibrate"]) == 0
    said = capsys.readouterr().out
    assert "← 选定" in said
    assert "该答的 40 个，不该答的 40 个" in said
    assert not fitted.exists()


def test_write_writes(fitted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["calibrate", "--write", "--json", "--cost", "3"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(fitted.read_text("utf-8"))


@pytest.mark.parametrize("cost", ["0", "-1", "nan", "inf", "much"])
def test_a_cost_is_above_0(cost: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        command_line.main(["calibrate", "--cost", cost])
    assert left.value.code == 2
    assert "--cost" in capsys.readouterr().err
