"""A plan says in its annex again what it says in the text; both places are cited."""

from assistant.answering.repeats import repeats, said_again
from assistant.answering.spans import Span
from index.types import Clause, ClauseKind


def span(clause_id: str, text: str) -> Span:
    clause = Clause(clause_id, "d", (), ClauseKind.PARAGRAPH, text, 0, len(text))
    return Span(clause, 0, len(text), text)


TEXT = span("d#三/1", "到2025年12月底前完成公办职业院校债务化解")
ANNEX = span("d#附件/37", "2025年12月底前，完成公办职业院校债务的化解")
OTHER = span("d#附件/38", "2024年12月底前，完成公办职业院校债务的化解")
SHORT = span("d#附件/39", "债务化解")


def test_the_same_figures_and_words_elsewhere_are_the_same_statement():
    assert list(said_again(TEXT, [TEXT, OTHER, ANNEX])) == [ANNEX]


def test_another_year_or_a_mere_phrase_is_not():
    assert not repeats(TEXT, OTHER)
    assert list(said_again(SHORT, [ANNEX])) == []


DIFFERING = (
    "白石市人民政府关于仓储园区建设的意见\n"
    "一、建设目标。依托龙头企业，引入市场机制，2023年6月前，白石仓储园区建成冷链仓库8座。\n"
    "附件\n任务表\n序号\t任务\t责任单位\n"
    "1\t依托龙头企业，引入市场机制，2024年底前，白石仓储园区建成冷链仓库8座。\t市商务局\n"
    "2\t推进物流信息平台建设。\t市交通局\n"
)


def test_a_text_and_a_table_that_differ_are_both_told(build, tmp_path):
    answer = build(tmp_path, DIFFERING).ask("白石仓储园区冷链仓库什么时候建成")
    assert "2023年6月前" in answer.text
    assert "2024年底前" in answer.text
    assert "写的不同" in answer.text
    assert len(answer.citations) == 2
    assert answer.headline == ""


def test_what_agrees_is_told_once(build, tmp_path):
    agreeing = DIFFERING.replace("2024年底前", "2023年6月前")
    answer = build(tmp_path, agreeing).ask("白石仓储园区冷链仓库什么时候建成")
    assert "写的不同" not in answer.text
    assert "2023年6月前" in answer.text
