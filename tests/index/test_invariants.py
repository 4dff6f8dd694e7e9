"""What holds for every document, whatever it looks like: nothing lost, nothing invented, nothing moved."""

import itertools
import re
from pathlib import Path

import pytest

from index.documents import parse_documents
from index.loaders.files import read_file
from index.types import ClauseKind

STEMS = [
    "anyang_2018_2",
    "dezhou_2020_5",
    "gaoping_2021_37",
    "hengshui_2019_17",
    "wenjiang_2018_206",
]
DIGESTS = [*(f"{stem}.md" for stem in STEMS), "dezhou_2020_5_解读.md"]
UNTIDY = "\ufeff\x0c青山市  招生计划\r\n\n\n**一、**甲 \t\n- 1 -\n（一）乙，丙\n\n丁。\n|序号|任务|\n|-|--|\n|1|**戊**|\n\t\t\n附件\n序号\n任务\n1\n己\n\n庚\n2\n辛\n---\n"
_MARKS = re.compile(r"[*#_\s\ufeff]+|-{3,}")


@pytest.fixture(params=[*DIGESTS, *(f"{stem}.txt" for stem in STEMS), "untidy"])
def source(request, tmp_path):
    """Every digest, every original where they are, and a made-up file with all kinds of dirt."""
    name = request.param
    if name == "untidy":
        path = tmp_path / "untidy.txt"
        path.write_text(UNTIDY, encoding="utf-8", newline="")
    else:
        folder: Path = request.getfixturevalue("docs" if name.endswith(".md") else "originals")
        path = folder / name
    return next(read_file(path))


def test_clauses_in_order_cover_all_text_but_line_breaks(source):
    for parsed in parse_documents(source):
        text, position = parsed.document.text, 0
        for clause in parsed.clauses:
            assert text[clause.start : clause.end] == clause.text != ""
            assert set(text[position : clause.start]) <= {"\n"}
            position = clause.end
        assert set(text[position:]) <= {"\n"}


def test_cells_are_what_stands_at_their_span(source):
    for parsed in parse_documents(source):
        for clause in parsed.clauses:
            for cell in clause.cells:
                assert parsed.document.text[cell.start : cell.end] == cell.text != ""


def test_every_character_is_the_files_at_its_file_span(source):
    for parsed in parse_documents(source):
        document = parsed.document
        for clause in parsed.clauses:
            for position in range(clause.start, clause.end):
                start, end = document.file_span(position, position + 1)
                assert end == start + 1
                if document.text[position] != "\n":
                    assert source.text[start] == document.text[position]


def test_a_span_that_is_empty_or_outside_has_no_place_in_the_file(source):
    document = parse_documents(source)[0].document
    length = len(document.text)
    for start, end in ((3, 3), (-1, 2), (2, 1), (0, length + 1), (length, length + 1)):
        with pytest.raises(ValueError, match="is not inside"):
            document.file_span(start, end)


def test_no_character_of_the_file_is_silently_lost(source):
    documents = [parsed.document for parsed in parse_documents(source)]
    kept = bytearray(len(source.text))
    for run in itertools.chain.from_iterable(document.runs for document in documents):
        assert not any(kept[run.file_start : run.file_start + run.length])  # nor shown twice
        kept[run.file_start : run.file_start + run.length] = b"\x01" * run.length
    noise = [line for document in documents for line in document.noise]
    for line in re.finditer(r".+", source.text):
        rest = "".join(line[0][i] for i in range(len(line[0])) if not kept[line.start() + i])
        if _MARKS.sub("", rest):
            noise.remove(line[0].strip())
    assert [line for line in noise if _MARKS.sub("", line)] == []


def test_ids_are_unique_in_the_file_and_begin_with_their_document(source):
    parsed = parse_documents(source)
    ids = [clause.clause_id for item in parsed for clause in item.clauses]
    assert len(ids) == len(set(ids))
    for item in parsed:
        for clause in item.clauses:
            assert clause.clause_id == f"{item.document.doc_id}#{clause.labels}"
            assert re.fullmatch(r"\S+#\S+", clause.clause_id)


def test_rows_name_every_cell_and_every_clause_has_a_path(source):
    for parsed in parse_documents(source):
        for clause in parsed.clauses:
            assert clause.path
            assert clause.shown_path
            if clause.kind is ClauseKind.ROW:
                assert all(cell.head for cell in clause.cells)


@pytest.mark.parametrize("stem", STEMS)
def test_a_digest_keeps_the_clause_labels_of_its_original(docs, originals, stem):
    (digest,) = parse_documents(next(read_file(docs / f"{stem}.md")))
    original = parse_documents(next(read_file(originals / f"{stem}.txt")))[0]
    outer = re.compile(r"版头|版记|落款|标题|通知/|(?:.*/)?附件说明|.*/段\d+$|段\d+$")
    first, second = (
        [clause.labels for clause in parsed.clauses if not outer.match(clause.labels)]
        for parsed in (digest, original)
    )
    assert first == second
    assert len(first) > 15


def test_the_digest_of_an_interpretation_keeps_its_labels(docs, originals):
    (digest,) = parse_documents(next(read_file(docs / "dezhou_2020_5_解读.md")))
    original = parse_documents(next(read_file(originals / "dezhou_2020_5.txt")))[1]
    first, second = (
        [c.labels for c in parsed.clauses if c.labels[0] in "一二三四"]
        for parsed in (digest, original)
    )
    assert first == second
    assert digest.document.title == original.document.title


FACTS = {
    "anyang_2018_2": (
        "安阳市人民政府办公室关于加快推进职业教育攻坚二期工程的意见",
        "安政办〔2018〕2号",
        "安阳市人民政府办公室",
        "安阳市",
        "2018-01-04",
    ),
    "dezhou_2020_5": (
        "推进职业教育创新发展试验区建设打造职业教育创新发展高地的实施方案",
        "德政发〔2020〕5号",
        "德州市人民政府",
        "德州市",
        "2020-07-03",
    ),
    "gaoping_2021_37": (
        "高平市推进职业教育改革发展行动计划",
        "高政办发〔2021〕37号",
        "高平市人民政府办公室",
        "高平市",
        "2021-09-10",
    ),
    "hengshui_2019_17": (
        "衡水市加强县级职教中心建设行动计划（2019-2022年）",
        "衡教职成〔2019〕17号",
        "衡水市教育局",
        "衡水市",
        "2019-11-26",
    ),
    "wenjiang_2018_206": (
        "温江区加快发展现代职业教育提升职业教育质量的行动计划（2018—2020）",
        "温教发〔2018〕206号",
        "成都市温江区教育局",
        "成都市温江区",
        "2018-12-26",
    ),
}


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("form", ["docs", "originals"])
def test_the_metadata_of_digests_and_originals(request, stem, form):
    folder = request.getfixturevalue(form)
    path = folder / f"{stem}.{'md' if form == 'docs' else 'txt'}"
    document = parse_documents(next(read_file(path)))[0].document
    title = document.title.replace("(", "（").replace(")", "）")
    facts = (title, document.number, document.issuer, document.region, document.issued_on)
    assert facts == FACTS[stem]
    assert document.kind == ("digest" if form == "docs" else "full")
