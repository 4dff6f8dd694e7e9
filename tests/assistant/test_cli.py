"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from index.embedding import BUILT_IN

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "青石市招用残疾人每人每月补贴多少钱"
RECORD_FIELDS = ["status", "answer", "standalone_question", "citations", "latency_ms"]
CITATION_FIELDS = [
    "marker",
    "doc_id",
    "title",
    "number",
    "clause_path",
    "text",
    "quote",
    "source",
    "start",
    "end",
    "place",
    "confidence",
    "notes",
]

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory):
    """Keep the settings of the machine out: an empty file, no variables."""
    for name in [name for name in os.environ if name.startswith("TIAOWEN_")]:
        monkeypatch.delenv(name)
    file = tmp_path_factory.mktemp("settings") / "tiaowen.toml"
    file.touch()
    monkeypatch.setenv("TIAOWEN_CONFIG", str(file))


@pytest.fixture
def docs(library: Path, tmp_path: Path) -> Path:
    """A copy of the made-up library that a test may change."""
    return Path(shutil.copytree(library, tmp_path / "docs"))


@pytest.fixture
def index(docs: Path, tmp_path: Path, capsys: Captured) -> Path:
    """An index of the made-up library."""
    folder = tmp_path / "index"
    assert run("index", "--docs", docs, "--index", folder) == 0
    capsys.readouterr()
    return folder


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def process(arguments: Sequence[str | bytes], **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_first_question_of_the_readme() -> None:
    done = process(["ask", "高平中专2022年招生目标是多少", "--docs", "docs_src"], LC_ALL="C")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "20%以上" in done.stdout
    assert "高政办发〔2021〕37号" in done.stdout
    assert "四、重点任务（二）3" in done.stdout


def test_a_process_ends_with_the_status_of_its_command(library: Path) -> None:
    done = process(["ask", "杭州市补贴多少", "--docs", str(library)])
    assert done.returncode == 1
    assert "杭州" in done.stdout


def test_bytes_that_are_no_text_do_not_crash(library: Path) -> None:
    done = process(["ask", b"\xff\xfe", "--docs", str(library)])
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["", "index", "ask", "batch", "serve", "doctor"])
def test_help_is_chinese(command: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="0"):
        run(*command.split(), "--help")
    text = capsys.readouterr().out
    assert "显示这段说明" in text
    for word in ("positional", "options", "optional", "show this help"):
        assert word not in text


@pytest.mark.parametrize("arguments", [(), ("ask",), ("frob",), ("ask", "问", "--frob")])
def test_a_wrong_command_line_exits_2(arguments: Sequence[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(*arguments)
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (QUESTION, 0),
        ("你好", 0),
        ("青石市2023年补贴资金总额是多少", 1),
        ("杭州市补贴多少", 1),
        ("", 1),
    ],
)
def test_ask_exits_by_what_became_of_the_question(
    question: str, status: int, library: Path, capsys: Captured
) -> None:
    assert run("ask", question, "--docs", library) == status
    assert capsys.readouterr().out.strip()


def test_ask_prints_the_answer_with_its_source(library: Path, capsys: Captured) -> None:
    run("ask", QUESTION, "--docs", library)
    text = capsys.readouterr().out
    answer, _, sources = text.partition("出处：")
    assert "800元" in answer
    assert "《青石市小微企业用工补贴办法》（青政办发〔2022〕15号）" in sources
    assert "每人每月补贴800元" in sources


def test_ask_json_is_the_machine_interface(library: Path, capsys: Captured) -> None:
    assert run("ask", QUESTION, "--docs", library, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == RECORD_FIELDS
    assert record["status"] == "answered"
    assert record["standalone_question"] == QUESTION
    assert record["latency_ms"] > 0
    citation = record["citations"][0]
    assert list(citation) == CITATION_FIELDS
    assert (citation["marker"], citation["doc_id"]) == (1, "qingshi")
    assert citation["number"] == "青政办发〔2022〕15号"
    assert citation["quote"] in citation["text"]
    file = (library / citation["source"]).read_text(encoding="utf-8")
    assert file[citation["start"] : citation["end"]] == citation["text"]


def test_a_refusal_as_json(library: Path, capsys: Captured) -> None:
    assert run("ask", "杭州市补贴多少", "--docs", library, "--json") == 1
    record = json.loads(capsys.readouterr().out)
    assert (record["status"], record["citations"]) == ("refused", [])


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_documents_is_told(name: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "empty").mkdir()
    assert run("ask", QUESTION, "--docs", tmp_path / name) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert name in captured.err


def test_a_broken_setting_is_told(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("TIAOWEN_PORT", "八千")
    assert run("ask", QUESTION, "--docs", library) == 2
    assert "port" in capsys.readouterr().err


def write_questions(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_batch_answers_questions_and_conversations(library: Path, tmp_path: Path) -> None:
    questions = write_questions(
        tmp_path / "questions.jsonl",
        {"id": "a", "question": QUESTION},
        {"id": 2, "turns": ["青石市2025年补贴资金总额是多少", "那2022年呢？"]},
        {"id": "c", "question": "杭州市补贴多少"},
    )
    assert run("batch", questions, "--out", tmp_path / "out.jsonl", "--docs", library) == 0
    first, second, third = lines_of(tmp_path / "out.jsonl")
    assert list(first) == ["id", *RECORD_FIELDS]
    assert list(first["citations"][0]) == CITATION_FIELDS
    assert [first["id"], second["id"], third["id"]] == ["a", 2, "c"]
    assert [first["status"], second["status"], third["status"]] == [
        "answered",
        "answered",
        "refused",
    ]
    assert second["standalone_question"] == "青石市2022年补贴资金总额是多少"
    assert "600万元" in second["answer"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "不是 JSON",
        "[1]",
        "3",
        '{"question": "没有 id"}',
        '{"id": 1}',
        '{"id": 1, "question": 5}',
        '{"id": 1, "turns": []}',
        '{"id": 1, "turns": ["你好", null]}',
        "[" * 100000,
    ],
)
def test_a_malformed_line_is_told_by_number_and_the_rest_is_answered(
    line: str, library: Path, tmp_path: Path, capsys: Captured
) -> None:
    good = {"id": "好", "question": QUESTION}
    questions = write_questions(tmp_path / "q.jsonl", good, "", line, good)
    assert run("batch", questions, "--out", tmp_path / "out.jsonl", "--docs", library) == 2
    errors = capsys.readouterr().err.strip().splitlines()
    assert len(errors) == 1
    assert "第 3 行" in errors[0]
    assert [record["id"] for record in lines_of(tmp_path / "out.jsonl")] == ["好", "好"]


def test_a_byte_order_mark_is_no_part_of_a_line(library: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(json.dumps({"id": 1, "question": QUESTION}), encoding="utf-8-sig")
    assert run("batch", questions, "--out", tmp_path / "out.jsonl", "--docs", library) == 0
    assert [record["id"] for record in lines_of(tmp_path / "out.jsonl")] == [1]


def test_only_a_line_feed_ends_a_line(library: Path, tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "question": f"{QUESTION}\u2028\x85"}, ensure_ascii=False)
    questions = write_questions(tmp_path / "q.jsonl", line)
    assert run("batch", questions, "--out", tmp_path / "out.jsonl", "--docs", library) == 0


def test_half_a_character_does_not_stop_the_rest(library: Path, tmp_path: Path) -> None:
    half, whole = {"id": 1, "question": "\ud83d补贴"}, {"id": 2, "question": QUESTION}
    questions = write_questions(tmp_path / "q.jsonl", half, whole)
    run("batch", questions, "--out", tmp_path / "out.jsonl", "--docs", library)
    assert lines_of(tmp_path / "out.jsonl")[-1]["id"] == 2


@pytest.mark.parametrize("name", ["missing.jsonl", "docs"])
def test_an_unreadable_question_file_is_told(
    name: str, docs: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run("batch", tmp_path / name, "--out", tmp_path / "out.jsonl", "--docs", docs) == 2
    assert name in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("out", ["missing/out.jsonl", "docs"])
def test_an_unwritable_answer_file_is_told(
    out: str, docs: Path, tmp_path: Path, capsys: Captured
) -> None:
    questions = write_questions(tmp_path / "q.jsonl", {"id": 1, "question": QUESTION})
    assert run("batch", questions, "--out", tmp_path / out, "--docs", docs) == 2
    assert out in capsys.readouterr().err


def test_index_tells_what_it_read_and_skipped(docs: Path, tmp_path: Path, capsys: Captured) -> None:
    (docs / "坏.txt").write_bytes(b"")
    assert run("index", "--docs", docs, "--index", tmp_path / "index") == 0
    captured = capsys.readouterr()
    assert [line.partition("：")[0] for line in captured.out.splitlines()] == [
        "已收入 baisha.md",
        "已收入 nanxi.md",
        "已收入 qingshi.md",
        "已建立索引",
    ]
    assert "3 份文件" in captured.out
    assert captured.err.count("坏.txt") == 1


def test_a_saved_index_answers_without_its_documents(
    docs: Path, index: Path, capsys: Captured
) -> None:
    shutil.rmtree(docs)
    assert run("ask", QUESTION, "--index", index) == 0
    assert "800元" in capsys.readouterr().out


def test_a_changed_folder_is_read_anew(docs: Path, index: Path, capsys: Captured) -> None:
    text = (docs / "qingshi.md").read_text(encoding="utf-8")
    (docs / "qingshi.md").write_text(text.replace("补贴800元", "补贴850元"), encoding="utf-8")
    assert run("ask", QUESTION, "--docs", docs, "--index", index) == 0
    assert "850元" in capsys.readouterr().out


def _cut(index: Path) -> None:
    path = next(index.glob("segments/*/clauses.jsonl"))
    path.write_bytes(path.read_bytes()[:-20])


def _alter(index: Path) -> None:
    path = next(index.glob("segments/*/documents.jsonl"))
    path.write_bytes(path.read_bytes().replace(b"800", b"900"))


def _drop_manifest(index: Path) -> None:
    next(index.glob("m-*.json")).unlink()


def _blind(index: Path) -> None:
    (index / "current").write_text("m-nothing.json", encoding="utf-8")


DAMAGE = pytest.mark.parametrize("damage", [_cut, _alter, _drop_manifest, _blind])


@DAMAGE
def test_a_broken_index_is_told(damage: Any, index: Path, capsys: Captured) -> None:
    damage(index)
    assert run("ask", QUESTION, "--index", index) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "索引" in captured.err


@DAMAGE
def test_a_broken_index_of_known_documents_is_built_anew(
    damage: Any, docs: Path, index: Path, capsys: Captured
) -> None:
    damage(index)
    assert run("ask", QUESTION, "--docs", docs, "--index", index) == 0
    assert "800元" in capsys.readouterr().out
    assert run("ask", QUESTION, "--index", index) == 0


@pytest.mark.parametrize("name", ["missing", "docs"])
def test_a_folder_that_is_no_index_is_told(
    name: str, docs: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run("ask", QUESTION, "--index", tmp_path / name) == 2
    assert name in capsys.readouterr().err


def test_an_index_is_not_written_among_other_files(
    docs: Path, tmp_path: Path, capsys: Captured
) -> None:
    foreign = tmp_path / "photos"
    foreign.mkdir()
    (foreign / "猫.jpg").write_bytes(b"miau")
    assert run("index", "--docs", docs, "--index", foreign) == 2
    assert "猫.jpg" in capsys.readouterr().err
    assert [path.name for path in foreign.iterdir()] == ["猫.jpg"]


@pytest.fixture
def other_embedding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings with a copy of the built-in embedding that differs by a byte."""
    folder = Path(shutil.copytree(BUILT_IN, tmp_path / "other"))
    with (folder / "tokenizer.json").open("ab") as file:
        file.write(b"\n")
    monkeypatch.setenv("TIAOWEN_EMBEDDING", str(folder))


@pytest.mark.usefixtures("other_embedding")
def test_an_index_of_another_embedding_is_told(index: Path, monkeypatch, capsys) -> None:
    assert run("ask", QUESTION, "--index", index) == 0
    assert "800元" in capsys.readouterr().out
    monkeypatch.delenv("TIAOWEN_EMBEDDING")
    assert run("ask", QUESTION, "--index", index) == 2
    assert "嵌入模型 other@" in capsys.readouterr().err


def test_doctor_finds_nothing_wrong(library: Path, capsys: Captured) -> None:
    assert run("doctor", "--docs", library) == 0
    text = capsys.readouterr().out
    assert "✗" not in text
    assert "3 份" in text


def test_doctor_tells_how_fresh_the_index_is(docs: Path, index: Path, capsys: Captured) -> None:
    assert run("doctor", "--docs", docs, "--index", index) == 0
    assert "3 份文件" in (told := capsys.readouterr().out)
    assert "与文档一致" in told
    (docs / "new.txt").write_text("青石市通知", encoding="utf-8")
    (docs / "nanxi.md").unlink()
    assert run("doctor", "--docs", docs, "--index", index) == 0
    assert "1 个文件待读入，1 个已不在" in capsys.readouterr().out


def test_doctor_names_what_can_be_read(
    library: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("doctor", "--docs", library, "--json") == 0
    report = {f["name"]: f["text"] for f in json.loads(capsys.readouterr().out)}
    assert {".docx", ".pdf", ".xlsx", ".zip"} <= set(report["可读的文件"].split())
    assert ".doc" not in report["可读的文件"].split()
    assert "没有 LibreOffice" in report["旧版 Office 文件"]
    assert "图片识别" in report


def test_doctor_as_json(library: Path, capsys: Captured) -> None:
    assert run("doctor", "--docs", library, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert all(list(finding) == ["name", "ok", "text"] for finding in report)
    assert {"Python", "嵌入模型", "文档", "索引"} <= {finding["name"] for finding in report}


def test_doctor_names_a_file_that_cannot_be_read(docs: Path, capsys: Captured) -> None:
    (docs / "坏.txt").write_bytes(b"\x00" * 100)
    assert run("doctor", "--docs", docs) == 1
    (bad,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("✗")]
    assert "坏.txt" in bad


def test_doctor_names_missing_documents(tmp_path: Path, capsys: Captured) -> None:
    assert run("doctor", "--docs", tmp_path / "missing") == 1
    assert "missing" in capsys.readouterr().out


@DAMAGE
def test_doctor_finds_a_broken_index(damage: Any, index: Path, capsys: Captured) -> None:
    damage(index)
    assert run("doctor", "--index", index, "--json") == 1
    report = {finding["name"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert not report["索引"]["ok"]
    assert report["文档"]["ok"]


def test_doctor_names_a_missing_embedding(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(BUILT_IN, broken, ignore=shutil.ignore_patterns("*.safetensors"))
    monkeypatch.setenv("TIAOWEN_EMBEDDING", str(broken))
    assert run("doctor", "--docs", library) == 1
    assert "✗ 嵌入模型" in capsys.readouterr().out
