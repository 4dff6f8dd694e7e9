"""QA tables: what an office writes, in .xlsx and .csv, and what is told of a bad cell."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from eval.commands.common import DATA
from eval.dataset import load_items
from eval.formats.gold import Corpus
from eval.formats.qa_table import read_items, write_items
from eval.formats.reading import FormatError
from index.types import Clause, ClauseKind, Document, DocumentKind, Heading

HEADS = ("编号", "问题", "答案", "必含要点", "文件", "条款", "依据")
GOOD = ("1", "招生目标？", "20%以上", "20%|二成；2022年", "d", "四/（二）/3", "达到20%以上")


def _write(path: Path, *rows: Sequence[object]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return path
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def _document(doc_id: str, title: str, number: str, kind: DocumentKind) -> Document:
    return Document(doc_id, title, number, "", "高平市", "", kind, "", "", "", ())


@pytest.fixture
def corpus() -> Corpus:
    path = (Heading("四", "重点任务"), Heading("（二）", "巩固"), Heading("3"))
    return Corpus(
        (
            _document("d", "高平市行动计划", "高政办发〔2021〕37号", DocumentKind.FULL),
            _document("d_解读", "《高平市行动计划》解读", "", DocumentKind.INTERPRETATION),
        ),
        (
            Clause("d#四/（二）/3", "d", path, ClauseKind.ITEM, "2022年达到20%以上。", 0, 0),
            Clause("d#五", "d", (Heading("五", "保障"),), ClauseKind.HEADING, "五、保障", 0, 0),
        ),
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_our_own_sets_come_back_as_they_were(tmp_path: Path, suffix: str) -> None:
    items = load_items(sorted(DATA.glob("*.jsonl")))
    path = tmp_path / f"all{suffix}"
    write_items(items, path)
    assert read_items(path) == items


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_defaults_and_separators(tmp_path: Path, suffix: str) -> None:
    rows = [("问答集",), HEADS, GOOD, ("", "学费多少？", "", "", "", "", ""), ("", "", "")]
    first, second = read_items(_write(tmp_path / f"集{suffix}", *rows))
    assert first.elements == (("20%", "二成"), ("2022年",))
    assert first.clauses == ("d#四/（二）/3",)
    assert (first.kind, first.style, first.split) == ("other", "staff", "test")
    assert (second.item_id, second.answerable, second.kind) == ("集-2", False, "near_miss")


def test_cells_are_read_as_excel_shows_them(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "问题", "答案", "文件", "可回答"])
    for row, value in enumerate((0.2, datetime(2021, 9, 10), 1200.0, "=1+1"), 2):
        sheet.append([row, "问", value, "d", True])
    sheet["C2"].number_format = "0%"
    sheet["C5"].data_type = "s"
    book.save(tmp_path / "a.xlsx")
    items = read_items(tmp_path / "a.xlsx")
    assert [item.answer for item in items] == ["20%", "2021年9月10日", "1200", "=1+1"]
    assert items[0].elements == (("20%",),)
    assert items[0].clauses == ("d#",)


def test_sheets_without_questions_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["填写说明"])
    sheet = book.create_sheet("题目")
    sheet.append(["问题", "#填写人"])
    sheet.append(["学费多少？", "张"])
    book.save(tmp_path / "a.xlsx")
    assert [item.question for item in read_items(tmp_path / "a.xlsx")] == ["学费多少？"]


def test_csv_of_a_chinese_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("上文,问题\n第一问,那2025年呢\n".encode("gb18030"))
    assert read_items(path)[0].turns == ("第一问", "那2025年呢")


@pytest.mark.parametrize("name", ["d", "高政办发(2021)37号", "《高平市行动计划》", "高平市"])
@pytest.mark.parametrize(
    "clause", ["四/（二）/3", "四、重点任务（二）3", "四（二）3", "第四（二）3条"]
)
def test_documents_and_clauses_are_found_as_people_write_them(
    tmp_path: Path, corpus: Corpus, name: str, clause: str
) -> None:
    path = _write(tmp_path / "a.csv", HEADS, ("1", "问", "20%", "", name, clause, ""))
    item = read_items(path, corpus)[0]
    assert (item.doc, item.clauses) == ("d", ("d#四/（二）/3",))


def test_a_heading_is_found_and_evidence_finds_its_clause(tmp_path: Path, corpus: Corpus) -> None:
    rows = [("1", "问", "20%", "", "d", "四（二）", ""), ("2", "问", "20%", "", "d", "", "20%以上")]
    first, second = read_items(_write(tmp_path / "a.csv", HEADS, *rows), corpus)
    assert first.clauses == ("d#四/（二）",)
    assert second.clauses == ("d#四/（二）/3",)


@pytest.mark.parametrize(
    ("head", "value", "message"),
    [
        ("问题", "", "没有问题"),
        ("答案", "", "可回答的题没有答案"),
        ("可回答", "大概", "应当是 是 或 否"),
        ("类型", "数子", "不认识“数子”"),
        ("场景", "家长", "不认识“家长”"),
        ("划分", "训练", "不认识“训练”"),
        ("必含要点", "20%|", "竖线"),
        ("文件", "", "可回答的题要写明文件"),
        ("文件", "国发1号", "找不到这份文件"),
        ("条款", "九", "找不到这一条：九"),
    ],
)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_bad_cell_is_named(
    tmp_path: Path, corpus: Corpus, suffix: str, head: str, value: str, message: str
) -> None:
    cells = dict(zip(HEADS, GOOD, strict=True)) | {"可回答": "是", head: value}
    path = _write(tmp_path / f"a{suffix}", list(cells), list(cells.values()))
    letter = "ABCDEFGHIJKLMN"[list(cells).index(head)]
    place = f"单元格 {letter}2" if suffix == ".xlsx" else f"第 2 行“{head}”列"
    with pytest.raises(FormatError, match=rf"a\{suffix}.*{place}：.*{message}"):
        read_items(path, corpus)


def test_a_csv_row_is_named_by_its_line_behind_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('问题,类型\n"一\n二",数值\n三,错\n', "utf-8")
    with pytest.raises(FormatError, match="第 4 行“类型”列"):
        read_items(path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlsx", b"not a zip", r"不是可以读的 \.xlsx"),
        ("a.csv", "题目,答案\n".encode(), "没有列名“提问”或“问题”"),
        ("a.csv", "问题,问题\n".encode(), "列名“问题”重复"),
        ("a.csv", "问题,不得出线\n一,二\n".encode(), "不认识的列名“不得出线”"),
        ("a.csv", b"\xff\xff\xff", r"不是可以读的 \.csv"),
    ],
)
def test_a_bad_table_is_told(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FormatError, match=message):
        read_items(tmp_path / name)


def test_a_text_with_a_separator_is_not_written(tmp_path: Path) -> None:
    item = read_items(_write(tmp_path / "a.csv", HEADS, GOOD))[0]
    broken = type(item)(
        **{n: getattr(item, n) for n in item.__slots__} | {"forbidden": ("一；二",)}
    )
    with pytest.raises(FormatError, match="分隔符"):
        write_items([broken], tmp_path / "b.csv")
