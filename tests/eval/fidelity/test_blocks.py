from __future__ import annotations

from eval.fidelity.blocks import Grid, GridCell, Line, Role
from eval.fidelity.originals import Original, original_of
from index.loaders.source import SourceText


def test_lines_know_their_role(original: Original):
    roles = {block.text: block.role for block in original.blocks if isinstance(block, Line)}
    assert roles["青山市教育局文件"] is Role.ORGAN
    assert roles["青教发〔2024〕8号"] is Role.NUMBER
    assert roles["各县（市、区）教育局："] is Role.ADDRESSEE
    assert roles["2024年3月1日"] is Role.SIGNATURE
    assert roles["职业教育行动计划"] is Role.TITLE
    assert roles["一、总体目标"] is Role.HEADING
    assert roles["附件"] is Role.ANNEX
    assert roles["1. 选好地点。靠近产业园区。"] is Role.BODY


def test_a_table_has_its_merged_cells_again(original: Original):
    (grid,) = [block for block in original.blocks if isinstance(block, Grid)]
    assert [[cell and (cell.rows, cell.columns) for cell in row] for row in grid.rows] == [
        [(1, 1)] * 4,
        [(1, 4), None, None, None],
        [(2, 1), (1, 1), (1, 1), (1, 1)],
        [None, (1, 1), (1, 1), (1, 1)],
        [(1, 1)] * 4,
    ]
    assert grid.rows[2][0] == GridCell("基地建设", rows=2)


def test_a_flattened_table_gets_its_cells_back():
    lines = "序号\n任务\n单位\n1\n建设基地，\n共12个\n市教育局\n2\n招聘教师\n市人社局"
    text = f"青山市任务分工表\n{lines}\n"
    blocks = original_of(SourceText("平", "平.txt", text, "")).blocks
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row if cell] for row in grid.rows] == [
        ["序号", "任务", "单位"],
        ["1", "建设基地，共12个", "市教育局"],
        ["2", "招聘教师", "市人社局"],
    ]


def test_a_front_matter_is_printed_as_letterhead():
    text = (
        "---\n标题: 青山市方案\n发文字号: 青教发〔2024〕8号\n发文机关: 青山市教育局\n"
        "成文日期: 2024年3月1日\n类型: 要点整理\n---\n\n# 青山市方案\n\n## 一、目标\n\n办好学校。\n"
    )
    made = original_of(SourceText("方案", "方案.md", text, ""))
    assert made.text.split("\n") == [
        "青山市教育局文件",
        "青教发〔2024〕8号",
        "青山市方案",
        "",
        "一、目标",
        "",
        "办好学校。",
        "2024年3月1日印发",
    ]
    document = made.documents[0].document
    assert (document.number, document.issuer) == ("青教发〔2024〕8号", "青山市教育局")
    assert (document.title, document.issued_on) == ("青山市方案", "2024-03-01")
