"""`qa`, `report` and `compare` in process, over a tiny document with the real engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command_line
from eval.runs import OURS

DOCUMENT = """某市职业教育行动计划

一、总体目标
（一）扩大招生。2022年中职招生达到中考总人数的20%以上。
（二）建设实训基地。到2023年建成实训基地12个，由市教育局负责。
二、保障措施
（一）加强经费保障。生均公用经费每年不低于1200元。
"""
QUESTIONS: list[dict[str, Any]] = [
    {
        "question": "实训基地要建成多少个？",
        "answer": "12个",
        "elements": [["12个"]],
        "clauses": ["一/（二）"],
    },
    {
        "question": "生均公用经费每年不低于多少？",
        "answer": "1200元",
        "elements": [["1200元"]],
        "clauses": ["二/（一）"],
    },
    {"question": "食堂阿姨一个月工资多少钱？", "answerable": False, "type": "near_miss"},
]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.txt").write_text(DOCUMENT, "utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    whole = {
        "answer": "", "elements": [], "forbidden": [], "answerable": True, "type": "number",
        "style": "staff", "doc": "plan", "clauses": [], "evidence": [], "split": "test",
    }  # fmt: skip
    lines = [whole | question | {"id": f"q-{n}"} for n, question in enumerate(QUESTIONS, 1)]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def _run(*arguments: object) -> int:
    return command_line.main([str(argument) for argument in arguments])


def test_a_run_is_printed_and_written(
    docs: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    assert _run("qa", questions, "--docs", docs, "--out", out, "--failures") == 0
    said = capsys.readouterr()
    assert "题型 数值" in said.out
    assert "条款 success@1" in said.out
    assert str(out) in said.err
    names = {path.name for path in out.iterdir()}
    assert names == {"config.json", "index.json", "questions.jsonl", "metrics.json"}
    index = json.loads((out / "index.json").read_text("utf-8"))
    assert [document["doc_id"] for document in index["documents"]] == ["plan"]
    assert len(index["documents"][0]["sha256"]) == 64
    config = json.loads((out / "config.json").read_text("utf-8"))
    assert config["settings"]["docs"] == str(docs)
    lines = (out / "questions.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["scores"].get("correct_cited") for record in records] == [1, 1, None]


def test_a_second_run_of_the_same_things_is_the_same(
    docs: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for name in ("one", "two"):
        _run("qa", questions, "--docs", docs, "--out", tmp_path / name)
        lines = (tmp_path / name / "questions.jsonl").read_text("utf-8").splitlines()
        found.append([json.loads(line) | {"latency_ms": 0} for line in lines])
    assert found[0] == found[1]
    capsys.readouterr()
    assert _run("compare", tmp_path / "one", tmp_path / "two") == 0
    assert "改坏：0 题" in capsys.readouterr().out
    assert _run("compare", tmp_path / "one", tmp_path / "two", "--json") == 0
    assert json.loads(capsys.readouterr().out)["changed"] == []


@pytest.mark.parametrize(("mark", "status"), [("100", 0), ("exact_match=100", 1)])
def test_marks_set_the_exit_status(
    docs: Path, questions: Path, mark: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("qa", questions, "--docs", docs, "--no-out", "--json", "--fail-under", mark)
    assert _run(*arguments) == status
    said = capsys.readouterr()
    groups = json.loads(said.out)["systems"]["条问"]["groups"]
    assert groups[0]["count"] == 3
    assert ("未达到" in said.err) is bool(status)


def test_falling_behind_a_baseline_sets_the_exit_status(
    docs: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    _run("qa", questions, "--docs", docs, "--out", run)
    arguments = ("qa", questions, "--docs", docs, "--no-out", "--baseline", run)
    assert _run(*arguments) == 0
    (docs / "plan.txt").write_text(DOCUMENT.replace("1200元", "1500元"), "utf-8")
    capsys.readouterr()
    assert _run(*arguments) == 1
    said = capsys.readouterr()
    assert "正确且引对 比 run 差" in said.err
    assert "改坏：1 题" in said.out
    assert _run(*arguments, "--tolerance", "50") == 0


def test_the_baselines_stand_beside_ours(
    docs: Path,
    questions: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "run"
    assert _run("qa", questions, "--docs", docs, "--baselines", "--out", out) == 0
    names = sorted(path.stem for path in (out / "baselines").iterdir())
    assert len(names) == 3
    head = next(line for line in capsys.readouterr().out.splitlines() if "95% 置信区间" in line)
    assert all(name in head for name in names)


def test_a_report_is_written_beside_the_run(
    docs: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    _run("qa", questions, "--docs", docs, "--out", run)
    capsys.readouterr()
    assert _run("report", run, "--baseline", run) == 0
    assert "与 run 相比" in (run / "report.html").read_text("utf-8")
    assert "# 评测报告 run" in (run / "report.md").read_text("utf-8")
    assert capsys.readouterr().out.split() == [str(run / "report.html"), str(run / "report.md")]


def test_shuffled_clause_ids_are_found_by_check(
    docs: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("check", questions, "--docs", docs) == 0
    records = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    first, second, _ = records
    first["clauses"], second["clauses"] = second["clauses"], first["clauses"]
    questions.write_text("\n".join(map(json.dumps, records)), "utf-8")
    capsys.readouterr()
    assert _run("check", questions, "--docs", docs) == 1
    said = capsys.readouterr().out
    assert "[q-1]" in said
    assert "[q-2]" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("qa", "none.jsonl"), "none.jsonl"),
        (("report", "nowhere"), "nowhere"),
        (("compare", "nowhere", "nowhere"), "nowhere"),
    ],
)
def test_bad_input_is_told_and_exits_2(
    arguments: tuple[str, ...],
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(*arguments) == 2
    assert message in capsys.readouterr().err


def test_a_system_that_was_not_run_is_told(
    docs: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run("qa", questions, "--docs", docs, "--out", tmp_path / "run")
    run = tmp_path / "run"
    assert _run("compare", run, run, "--system", "none") == 2
    assert "none" in capsys.readouterr().err


def test_an_empty_split_is_told(
    docs: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("qa", questions, "--docs", docs, "--split", "dev") == 2
    assert "没有要运行的题目" in capsys.readouterr().err


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in command_line.COMMANDS:
        with pytest.raises(SystemExit) as left:
            _run(command.NAME, "-h")
        assert left.value.code == 0
        assert command.HELP in capsys.readouterr().out


def test_documents_of_other_folders_can_be_searched_too(
    docs: Path, questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "others" / "canteen"
    other.mkdir(parents=True)
    (other / "canteen.txt").write_text(
        "食堂用工管理办法\n第一条 食堂阿姨每月工资2600元。\n", "utf-8"
    )
    answered = []
    for arguments in ([], ["--among", tmp_path / "others"]):
        assert _run("qa", questions, "--docs", docs, "--no-out", "--json", *arguments) == 0
        report = json.loads(capsys.readouterr().out)
        (whole, *_) = report["systems"][OURS]["groups"]
        answered.append(whole["figures"]["false_answer"]["mean"])
    assert answered == [0.0, 1.0]
