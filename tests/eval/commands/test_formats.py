"""`formats` in process, with the real loaders and the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import __main__ as command_line

DOCUMENT = """青山市职业教育行动计划
一、总体目标
（一）扩大招生。2022年中职招生达到中考总人数的20%以上。
（二）建设实训基地。到2023年建成实训基地12个，由市教育局负责。
"""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.txt").write_text(DOCUMENT, "utf-8")
    return folder


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    about = {
        "id": "a",
        "question": "实训基地要建成多少个？",
        "answer": "12个",
        "elements": [["12个"]],
        "forbidden": [],
        "answerable": True,
        "type": "number",
        "style": "staff",
        "doc": "plan",
        "clauses": ["一/（二）"],
        "evidence": [],
        "split": "dev",
    }
    other = about | {"id": "b", "doc": "another"}
    path = tmp_path / "qa.jsonl"
    path.write_text("\n".join(json.dumps(item) for item in (about, other)), "utf-8")
    return path


def test_the_table_has_a_line_a_format(
    docs: Path, questions: Path, capsys: pytest.CaptureFixture[str]
):
    arguments = ["formats", str(questions), "--docs", str(docs), "--formats", "docx,html,xlsx"]
    assert command_line.main(arguments) == 0
    lines = [line.split() for line in capsys.readouterr().out.split("\n")]
    assert lines[2] == ["纯文本", "1", "-", "-", "4", "-", "-", "-", "-", "100.0", "-"]
    for line in lines[3:5]:
        assert line[4:] == ["4", "100.0", "-", "0", "0.00", "100.0", "-"]
    assert lines[5][:2] == ["Excel（只有表格）", "0"]
    assert ["答题", "1", "道。"] in lines


def test_files_and_differences_are_kept_and_the_table_is_written_once(docs: Path, tmp_path: Path):
    kept, page = tmp_path / "kept", tmp_path / "page.md"
    page.write_text("# 前\n\n<!-- formats:begin -->\n旧\n<!-- formats:end -->\n\n后\n", "utf-8")
    arguments = ["formats", "--docs", str(docs), "--no-qa", "--formats", "html"]
    for _ in range(2):
        assert command_line.main([*arguments, "--keep", str(kept), "--write", str(page)]) == 0
    assert (kept / "html" / "plan.html").is_file()
    assert (kept / "html.txt").read_text("utf-8") == "不同 0 处\n"
    assert (kept / "html-text" / "plan.txt").read_text("utf-8") == DOCUMENT.strip()
    text = page.read_text("utf-8")
    assert text.startswith("# 前\n")
    assert text.endswith("后\n")
    assert "旧" not in text
    assert text.count("| 网页 | 1 |") == 1


def test_bad_input_is_told_in_chinese(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit):
        command_line.main(["formats", "--formats", "docx,odt"])
    assert "没有格式 'odt'" in capsys.readouterr().err
    (docs / "plan.txt").rename(docs / "plan.html")
    assert command_line.main(["formats", "--docs", str(docs), "--no-qa"]) == 2
    assert "没有 .txt 或 .md 文件" in capsys.readouterr().err
