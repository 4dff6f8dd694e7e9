"""The last stage: what stands in no cited clause is caught."""

from __future__ import annotations

import pytest

from assistant.answering.verification import Report, verify
from assistant.types import Citation
from index.types import Cell, Clause, ClauseKind, Document, DocumentKind, Heading

TEXT = (
    "第五条 自2022年5月31日起，由市人力资源局按照《就业促进条例》（国令〔2018〕9号）"
    "发放补贴，每人每月800元，比例不低于20%，有效期五年。"
)
DOCUMENT = Document(
    doc_id="q",
    title="青石市小微企业用工补贴办法",
    number="青政办发〔2022〕15号",
    issuer="青石市人民政府办公室",
    region="青石市",
    issued_on="2022-03-08",
    kind=DocumentKind.FULL,
    source="q.md",
    sha256="",
    text=TEXT,
    runs=(),
)


def cite(text: str = TEXT, quote: str = "", cells: tuple[Cell, ...] = ()) -> Citation:
    path = (Heading("第五条"),)
    clause = Clause("q#第五条", "q", path, ClauseKind.PARAGRAPH, text, 0, len(text), cells)
    return Citation(1, DOCUMENT, clause, quote or text, 0, len(quote or text))


def check(answer: str) -> Report:
    return verify(answer, (cite(),))


@pytest.mark.parametrize(
    "answer",
    [
        TEXT,
        f"{TEXT}〔1〕",
        "每人每月800元〔1〕",
        "不低于20%〔1〕\n每人每月800元，比例不低于20%〔1〕",
        "由市人力资源局发放〔1〕",
        "自2022年5月31日起〔1〕",
    ],
)
def test_verbatim_answers_pass(answer: str) -> None:
    assert check(answer).holds


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        ("每人每月900元〔1〕", "900"),
        ("每人每月80元〔1〕", "80"),
        ("不低于20〔1〕", "20"),
        ("不低于2%〔1〕", "2%"),
        ("自2023年5月31日起〔1〕", "2023"),
        ("自2022年5月3日起〔1〕", "3"),
        ("按照《劳动促进条例》〔1〕", "劳动促进条例"),
        ("国令〔2018〕8号〔1〕", "8"),
        ("每人每月800元〔2〕", "〔2〕"),
    ],
)
def test_an_altered_piece_is_caught_and_named(answer: str, missing: str) -> None:
    report = check(answer)
    assert not report.holds
    assert missing in report.missing


@pytest.mark.parametrize("organ", ["市财政局", "县人力资源厅", "市残疾人就业中心"])
def test_an_altered_organ_is_caught(organ: str) -> None:
    assert not check(f"由{organ}发放〔1〕").holds


def test_an_altered_chinese_numeral_is_caught() -> None:
    assert not check("有效期三年〔1〕").holds


def test_a_date_put_together_from_other_numbers_is_caught() -> None:
    assert not check("自2018年5月9日起〔1〕").holds


def test_a_number_without_any_citation_is_caught() -> None:
    assert not verify("每人每月800元", ()).holds


def test_a_quote_that_is_not_in_its_clause_is_caught() -> None:
    citation = cite(quote="每人每月900元")
    assert verify("好〔1〕", (citation,)).missing == ("每人每月900元",)


@pytest.mark.parametrize(
    "answer",
    ["每人每月８００元〔1〕", "不低于２０％〔1〕", "不低于20 %〔1〕", "（国令〔2018〕9号）〔1〕"],
)
def test_full_and_half_width_are_equal(answer: str) -> None:
    assert check(answer).holds


def test_letterhead_of_a_cited_document_may_be_named() -> None:
    answer = "《青石市小微企业用工补贴办法》（青政办发〔2022〕15号）每人每月800元〔1〕"
    assert check(answer).holds


def test_numbers_of_the_question_may_be_repeated() -> None:
    assert not verify("没有2030年的规定〔1〕", (cite(),)).holds
    assert verify("没有2030年的规定〔1〕", (cite(),), question="2030年补贴多少").holds


def test_words_of_the_assistant_need_no_clause() -> None:
    assert not verify("共7项〔1〕", (cite(),)).holds
    assert verify("共7项〔1〕", (cite(),), said="共7项").holds


def test_a_merged_cell_is_ground_for_its_row() -> None:
    cells = (Cell("完成时限", "2024年12月底", 900, 908),)
    assert verify("2024年12月底〔1〕", (cite("3\t建公园\t县园林局", cells=cells),)).holds


def test_a_verbatim_per_mille_passes() -> None:
    assert verify("控制在5‰以内〔1〕", (cite("死株率控制在5‰以内。"),)).holds


@pytest.mark.parametrize(
    ("clause", "answer"),
    [("1\t东园\t20\t35", "东园 20 35〔1〕"), ("占地3 000平方米", "占地3 000平方米〔1〕")],
)
def test_verbatim_numbers_side_by_side_pass(clause: str, answer: str) -> None:
    assert verify(answer, (cite(clause),)).holds


def test_a_blank_to_fill_in_passes() -> None:
    text = "填写《　　》登记表"
    assert verify(f"{text}〔1〕", (cite(text),)).holds
