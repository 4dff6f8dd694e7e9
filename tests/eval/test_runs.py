"""Run folders: what is written is read back, and judged anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Answer
from eval.dataset import QAItem
from eval.run import run_items
from eval.runs import OURS, Run, RunError, folder_for, read_run, write_run

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


@pytest.fixture
def measured(items: list[QAItem], echo: Any) -> Run:
    results = run_items(echo, items)
    return Run(
        "try", {OURS: results, "z": results[:2], "b": results[:1]}, {"name": "try"}, {"clauses": 3}
    )


def _altered(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "questions.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for record in records:
        change(record)
    path.write_text("\n".join(json.dumps(r) for r in records) + "\n", "utf-8")


def test_a_run_survives_its_folder(measured: Run, tmp_path: Path) -> None:
    write_run(measured, tmp_path / "new" / "run")
    again = read_run(tmp_path / "new" / "run")
    assert again.name == "run"
    assert list(again.systems) == [OURS, "z", "b"]
    assert (again.config["name"], again.index) == ("try", {"clauses": 3})
    for before, after in zip(measured.ours, again.ours, strict=True):
        assert after.item == before.item
        assert (after.judgement, after.scores) == (before.judgement, before.scores)


def test_what_is_read_is_written_the_same(measured: Run, tmp_path: Path) -> None:
    write_run(measured, tmp_path / "one")
    write_run(read_run(tmp_path / "one"), tmp_path / "two")
    for name in ("questions.jsonl", "metrics.json", "config.json", "baselines/z.jsonl"):
        assert (tmp_path / "one" / name).read_text() == (tmp_path / "two" / name).read_text()


def test_two_runs_differ_in_timings_only(
    items: list[QAItem], echo: Any, measured: Run, tmp_path: Path
) -> None:
    again = run_items(echo, items)
    write_run(measured, tmp_path / "one")
    write_run(Run("try", {OURS: again, "z": again[:2], "b": again[:1]}), tmp_path / "two")
    metrics = [json.loads((tmp_path / n / "metrics.json").read_text()) for n in ("one", "two")]
    for found in metrics:
        for system in found["systems"].values():
            assert set(system.pop("timings")) == {"p50_ms", "p95_ms"}
    assert metrics[0] == metrics[1]


def test_an_altered_number_in_an_answer_is_a_grounding_violation(
    make_item: MakeItem, make_answer: MakeAnswer, tmp_path: Path
) -> None:
    echo = {"问": make_answer("到2022年达到20%以上〔1〕")}

    class Engine:
        def ask(self, question: str, history: object = ()) -> Answer:
            return echo[question]

    write_run(Run("r", {OURS: run_items(Engine(), [make_item(question="问")])}), tmp_path)
    assert read_run(tmp_path).ours[0].scores["ungrounded"] == 0

    def alter(record: dict[str, Any]) -> None:
        record["answer"]["text"] = record["answer"]["text"].replace("20%", "26%")

    _altered(tmp_path, alter)
    result = read_run(tmp_path).ours[0]
    assert result.judgement.ungrounded == ("26%",)
    assert result.failures == ("答错", "数字无据")


def test_a_citation_of_another_clause_no_longer_counts(measured: Run, tmp_path: Path) -> None:
    write_run(measured, tmp_path)

    def shuffle(record: dict[str, Any]) -> None:
        for citation in record["answer"]["citations"]:
            citation["clause_id"] = "d#五"

    _altered(tmp_path, shuffle)
    assert measured.ours[0].is_right
    assert not read_run(tmp_path).ours[0].is_right


def test_a_file_of_the_folder_names_it_too(measured: Run, tmp_path: Path) -> None:
    write_run(measured, tmp_path)
    assert len(read_run(tmp_path / "metrics.json").ours) == 5


@pytest.mark.parametrize("text", ["{", "{}", '{"item": {}}', "[]", ""])
def test_a_broken_line_is_named(measured: Run, tmp_path: Path, text: str) -> None:
    write_run(measured, tmp_path)
    (tmp_path / "questions.jsonl").write_text(text, "utf-8")
    with pytest.raises(RunError, match="第 1 行" if text else "一道题也没有"):
        read_run(tmp_path)


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="不是评测记录"):
        read_run(tmp_path)


def test_folders_are_named_by_time() -> None:
    from datetime import datetime

    assert folder_for("qa", datetime(2024, 5, 6, 7, 8, 9)) == Path("runs/20240506-070809-qa")
