"""Benchmarks with tiny corpora; the figures themselves are the machine's business."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from assistant.settings import Settings
from eval.__main__ import main
from eval.benchmark import run as benchmark
from eval.benchmark.child import DOCS, LLAMA, OURS, STATUTES, Measured, measure
from eval.benchmark.library import STEPS, Step, made_up, measure_step, run_step, write_library
from eval.benchmark.run import Benchmark, BenchmarkError, run_child, sentences_of
from eval.benchmark.stages import OTHER, STAGES, Stopwatch, timed_stages
from eval.benchmark.table import benchmark_record, render_benchmark, render_steps
from index.choice import choose
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three statutes."""
    path = tmp_path / "corpus.jsonl"
    rows = [
        {
            "_id": "1",
            "title": "合同法第一条",
            "text": "依法成立的合同，受法律保护。当事人应当履行。",
        },
        {"_id": "2", "title": "教育法第二条", "text": "职业教育由县级人民政府统筹。"},
        {"_id": "3", "title": "劳动法第三条", "text": "劳动者有休息的权利。"},
    ]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    return path


def test_time_is_charged_to_the_innermost_stage() -> None:
    watch = Stopwatch()
    inner = watch.timed("衡量证据", lambda: time.sleep(0.03))

    def work() -> str:
        time.sleep(0.01)
        inner()
        return "完"

    assert watch.timed("理解问题", work)() == "完"
    assert 0.03 <= watch.seconds["衡量证据"] < 0.1
    assert 0.01 <= watch.seconds["理解问题"] < 0.03
    assert watch.seconds["检索条款"] == 0


def test_time_is_charged_when_a_stage_fails() -> None:
    watch = Stopwatch()

    def fail() -> None:
        time.sleep(0.01)
        raise KeyError

    with pytest.raises(KeyError):
        watch.timed("检索条款", fail)()
    before = watch.seconds["检索条款"]
    assert before >= 0.01
    watch.timed("核对答案", lambda: None)()
    assert watch.seconds["检索条款"] == before


def test_every_stage_is_reached_and_put_back(docs: Path) -> None:
    from assistant import engine
    from eval.engine import make_assistant

    assistant = make_assistant(docs)
    before = engine.compose
    with timed_stages() as watch:
        assert engine.compose is not before
        assistant.ask("高平中专2022年招生目标是多少")
    assert engine.compose is before
    assert all(watch.seconds[stage] > 0 for stage in STAGES)


def test_ours_and_llama_index_over_statutes(corpus: Path) -> None:
    ours = measure(OURS, STATUTES, corpus, ["合同", "劳动者"])
    theirs = measure(LLAMA, STATUTES, corpus, ["合同", "劳动者"])
    assert (ours.documents, ours.units, theirs.units) == (3, 3, 3)
    assert ours.characters == theirs.characters == 46
    assert len(ours.latencies) == len(theirs.latencies) == 2
    assert set(ours.stages) == {*STAGES, OTHER}
    assert theirs.stages == {}
    for figures in (ours, theirs):
        assert 0 < figures.build < figures.first_answer
        assert 1 < figures.built_memory <= figures.memory


def test_a_child_of_its_own(corpus: Path) -> None:
    figures = run_child(OURS, STATUTES, corpus, ["合同是什么"])
    assert figures.units == 3
    assert figures.latencies[0] > 0


def test_a_failing_child_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="子进程"):
        run_child(OURS, DOCS, tmp_path / "nowhere", [])


def test_questions_are_spread_evenly() -> None:
    texts = [f"第{n}条。之后" for n in range(1000)]
    asked = sentences_of(texts)
    assert len(asked) == 100
    assert asked[:2] == ["第0条", "第10条"]
    assert sentences_of(["长" * 100]) == ["长" * 60]


def test_every_step_of_keeping_a_library(tmp_path: Path) -> None:
    write_library(tmp_path, 3)
    build, look, add, remove = (
        Step(name=step, process=1.0, **measure_step(step, tmp_path))
        for step in ("build", "look", "add", "remove")
    )
    load = run_step("load", tmp_path)
    steps = [build, look, add, remove, load]
    assert [step.documents for step in steps] == [3, 3, 4, 3, 3]
    assert build.embedded == build.clauses > 60
    assert add.embedded == add.clauses - build.clauses
    assert (look.embedded, remove.embedded, load.embedded) == (0, 0, 0)
    assert 0 < load.seconds < load.process
    table = render_steps(steps)
    assert "3 份虚构文件" in table
    assert [line.split()[0] for line in table.splitlines()[-5:]] == list(STEPS.values())


def test_made_up_documents_are_no_copies_of_each_other() -> None:
    parsed = [
        parse_documents(SourceText(f"{n}", f"{n}.txt", made_up(n), str(n)))[0] for n in range(40)
    ]
    assert choose([item.document for item in parsed]).hidden == {}
    assert all(len(item.clauses) > 25 for item in parsed)


def _measured(build: float, latency: float, stages: dict[str, float]) -> Measured:
    return Measured(3, 30, 600, 2.0, 0.1, build, 100.0, 120.0, (latency, latency), stages)


def test_table_shows_ratios() -> None:
    systems = {OURS: _measured(1.0, 8.0, {"检索条款": 2.5}), LLAMA: _measured(2.0, 4.0, {})}
    text = render_benchmark(Benchmark(DOCS, 2, systems, 1.25))
    rows = {line.split("  ")[0]: line.split() for line in text.splitlines() if line}
    assert rows["建索引 s"][-3:] == ["1.00", "2.00", "0.50"]
    assert rows["条款（段）/s"][-3:] == ["30", "15", "2.00"]
    assert rows["回答 p50 ms"][-3:] == ["8.00", "4.00", "2.00"]
    assert "冷启动 1.25 s" in text
    assert "检索条款 2.50" in text


def test_command(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[tuple[str, str, Path]] = []

    def child(system: str, source: str, path: Path, questions: list[str]) -> Measured:
        assert questions
        ran.append((system, source, path))
        return _measured(1.0, 8.0, {})

    monkeypatch.setattr(benchmark, "run_child", child)
    monkeypatch.setattr(benchmark, "served_start", lambda docs: 1.0)
    assert main(["bench", "--statutes", str(corpus), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [figures["source"] for figures in report] == [DOCS, STATUTES]
    docs = Settings().docs
    assert ran == [
        (OURS, DOCS, docs),
        (LLAMA, DOCS, docs),
        (OURS, STATUTES, corpus),
        (LLAMA, STATUTES, corpus),
    ]
    assert benchmark_record(Benchmark(DOCS, 0, {}))["systems"] == {}
