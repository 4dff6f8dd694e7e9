"""The commands that keep a library, with real files in real folders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from assistant.cli import main

OLD = """青山市教育局文件
青教发〔2020〕8号
青山市教育局关于印发招生办法的通知
各学校：
一、时间
招生在每年六月进行，每校招收90人。
青山市教育局
2020年3月1日
"""
NEW = """青山市教育局文件
青教发〔2024〕9号
青山市教育局关于印发新招生办法的通知
各学校：
一、报到
新生应在八月底前到校报到。
二、附则
《青山市教育局关于印发招生办法的通知》（青教发〔2020〕8号）同时废止。
- 1 -
青山市教育局
2024年3月1日
"""
BY = "被《青山市教育局关于印发新招生办法的通知》（青教发〔2024〕9号）废止"
QUESTION = "青山市每校招收多少人"

Captured = pytest.CaptureFixture[str]


class Desk:
    """Runs the commands on one library."""

    def __init__(self, folder: Path, capsys: Captured) -> None:
        self.inbox, self.docs, self.index = (folder / n for n in ("inbox", "docs", "index"))
        self.inbox.mkdir()
        self._capsys = capsys

    def write(self, name: str, text: str) -> Path:
        path = self.inbox / name
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Return exit status, standard output and standard error."""
        words = [str(argument) for argument in arguments]
        status = main([*words, "--docs", str(self.docs), "--index", str(self.index)])
        return status, *self._capsys.readouterr()

    def listed(self) -> dict[str, dict[str, object]]:
        """Return the records of `docs list` by id."""
        status, out, _ = self.run("docs", "list", "--json")
        assert status == 0
        return {record["doc_id"]: record for record in json.loads(out)}


@pytest.fixture
def desk(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty library."""
    (tmp_path / "tiaowen.toml").touch()
    monkeypatch.setenv("TIAOWEN_CONFIG", str(tmp_path / "tiaowen.toml"))
    return Desk(tmp_path, capsys)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A library of a notice and of one that repeals it."""
    assert desk.run("docs", "add", desk.write("old.txt", OLD), desk.write("new.txt", NEW))[0] == 0
    return desk


def test_each_file_that_is_added_is_told(desk: Desk) -> None:
    status, out, err = desk.run("docs", "add", desk.write("new.txt", NEW))
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "已收入 new.txt：10 条，去掉 1 行杂质",
        f"新收入 1 个文件，放在 {desk.docs}",
    ]
    assert (desk.docs / "new.txt").is_file()


def test_what_is_not_taken_is_told_and_the_rest_is_added(desk: Desk) -> None:
    empty, photo = desk.write("empty.txt", ""), desk.write("song.mp3", "la")
    status, out, err = desk.run("docs", "add", empty, photo, desk.write("new.txt", NEW))
    assert status == 1
    assert "已收入 new.txt" in out
    assert "没能收入 empty.txt" in err
    assert "没能收入 song.mp3" in err
    assert desk.run("docs", "check")[:2] == (1, "empty.txt：文件是空的。\n")


def test_a_path_to_nothing_is_told(desk: Desk) -> None:
    status, out, err = desk.run("docs", "add", desk.inbox / "nothing.txt")
    assert (status, out) == (2, "")
    assert "nothing.txt" in err


def test_the_list_tells_what_holds(filled: Desk) -> None:
    status, out, _ = filled.run("docs", "list")
    assert status == 0
    new, _, old, line, total = out.splitlines()
    assert new == "new  《青山市教育局关于印发新招生办法的通知》（青教发〔2024〕9号）"
    assert old.startswith("old  ")
    assert line == f"    青山市教育局 · 2020年3月1日 · 全文 · 已{BY} · 8 条 · old.txt"
    assert total == "共 2 份文件，18 条。"
    records = filled.listed()
    assert (records["new"]["status"], records["new"]["notes"]) == ("current", [])
    assert (records["old"]["status"], records["old"]["notes"]) == ("repealed", [f"该文件已{BY}。"])


def test_the_list_tells_of_files_it_does_not_hold_yet(filled: Desk) -> None:
    assert filled.run("docs", "list")[2] == ""
    (filled.docs / "later.txt").write_text(NEW.replace("9号", "10号"), encoding="utf-8")
    assert "有 1 个文件" in filled.run("docs", "list")[2]
    shutil.rmtree(filled.docs)
    assert filled.run("docs", "list")[::2] == (0, "")


def test_the_list_tells_what_stands_for_another(filled: Desk) -> None:
    digest = (
        f"---\n类型: 要点整理\n发文字号: 青教发〔2024〕9号\n---\n{NEW.replace('八月底', '八月末')}"
    )
    filled.run("docs", "add", filled.write("digest.md", digest))
    record = filled.listed()["digest"]
    assert (record["status"], record["hidden_by"]) == ("digest", "new")
    assert "已有全文《青山市教育局关于印发新招生办法的通知》" in filled.run("docs", "list")[1]


def test_a_repealed_source_is_told_with_the_answer(filled: Desk) -> None:
    assert "90人" in (out := filled.run("ask", QUESTION)[1])
    assert f"    注意：该文件已{BY}。" in out.splitlines()
    record = json.loads(filled.run("ask", QUESTION, "--json")[1])
    assert [citation["notes"] for citation in record["citations"]] == [[f"该文件已{BY}。"]]


def test_a_place_in_a_workbook_is_told_with_the_answer(desk: Desk) -> None:
    book = openpyxl.Workbook()
    book.active.title = "收费标准"
    for row in (["项目", "收费标准", "承办单位"], ["岗前体检", "每人60元", "青山市医院"]):
        book.active.append(row)
    book.save(desk.inbox / "fees.xlsx")
    desk.run("docs", "add", desk.inbox / "fees.xlsx")
    assert "工作表“收费标准”第2行" in desk.run("ask", "岗前体检的收费标准是多少")[1]
    record = json.loads(desk.run("ask", "岗前体检的收费标准是多少", "--json")[1])
    citation = record["citations"][0]
    assert (citation["place"], citation["confidence"]) == ("工作表“收费标准”第2行", 1.0)


@pytest.mark.parametrize("name", ["new", "new.txt", "新招生办法"])
def test_a_document_is_shown_by_any_of_its_names(filled: Desk, name: str) -> None:
    status, out, _ = filled.run("docs", "show", name)
    lines = [line.strip() for line in out.splitlines()]
    assert status == 0
    assert "发文字号：青教发〔2024〕9号" in lines
    assert "废止文件：《青山市教育局关于印发招生办法的通知》（青教发〔2020〕8号）" in lines
    assert "一/段1  新生应在八月底前到校报到。" in lines
    assert "- 1 -" in lines


def test_a_document_is_shown_as_json(filled: Desk) -> None:
    shown = json.loads(filled.run("docs", "show", "new", "--json")[1])
    (document,) = shown["documents"]
    assert (shown["source"], shown["warnings"], document["noise"]) == ("new.txt", [], ["- 1 -"])
    assert document["profile"]["repeals"][0]["number"] == "青教发〔2020〕8号"
    assert document["outline"][0]["clause_id"].startswith("new#")
    assert filled.listed()["new"].items() <= document.items()


def test_a_removed_document_answers_no_more_and_is_kept_aside(filled: Desk) -> None:
    status, out, _ = filled.run("docs", "remove", "old")
    assert (status, out.partition("（")[0]) == (0, "已移走 old.txt")
    assert [path.name for path in (filled.docs / ".removed").rglob("*.txt")] == ["old.txt"]
    assert list(filled.listed()) == ["new"]
    assert "90人" not in filled.run("ask", QUESTION)[1]


@pytest.mark.parametrize("action", ["show", "remove"])
def test_a_name_that_means_nothing_is_told(filled: Desk, action: str) -> None:
    status, out, err = filled.run("docs", action, "没有这份")
    assert (status, out) == (2, "")
    assert "没有这份" in err
    assert len(filled.listed()) == 2


def test_check_is_content_until_files_change(filled: Desk) -> None:
    assert filled.run("docs", "check") == (0, "没有发现问题。\n", "")
    (filled.docs / "old.txt").unlink()
    status, out, _ = filled.run("docs", "check", "--json")
    assert status == 1
    assert json.loads(out) == {"ok": False, "problems": ["old.txt：文件已不在，索引里还有。"]}


def test_a_library_without_an_index_is_told(desk: Desk) -> None:
    status, out, err = desk.run("docs", "list")
    assert (status, out) == (2, "")
    assert "先建立索引" in err
