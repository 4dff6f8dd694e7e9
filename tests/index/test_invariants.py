"""What holds for every document, whatever it looks like: nothing lost, nothing invented, nothing moved."""

import itertools
import random
import re
from pathlib import Path

import pytest

from index.loaders.files import read_file
from index.parsing.documents import parse_documents
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
SEEDS = 40
_MARKS = re.compile(r"[*#_\s\ufeff\u200b]+|-{3,}")


LINES = (
    "第{n}编　总　则|第{n}章　甲|第{n}节　乙|第{n}条　丙，丁。|第{n}条　下列情形：|第{n}条规定的除外。|{n}、甲工作|{n}、二类学校|"
    "（{n}）乙工作。|（{n}）项目的丙；|{d}.丁|{d}、戊。|{d}.5万元|（{d}）己|{d}）庚|①辛|A.壬|第一，癸。|一是甲，二是乙。|"
    "——办学。|• 规模|以上各项照办。|特此通知。|本办法自2021年1月1日起施行。|甲乙丙丁，戊己庚辛|丙。|各学校：|现通知如下：|"
    "青山市教育局|青山市教育局 青山市财政局|青山市教育局文件|青教〔2021〕{d}号　签发人：张三|000{d}12|机密★1年|特急|"
    "2021年3月{d}日|部　长　王某某|（2021年3月{d}日会议通过|自2021年5月1日起施行）|青山市招生办法|关于做好|招生工作的通知|（试行）|"
    "青山市招生政策解读|附件|附件{d}|附件{d}：名单|附件：1.名单|附表{d} 青山市分工表|目　录|第一章　甲|第一章　甲……{d}|前言\t{d}|"
    "学校\t人数|一中\t{d}|\t{d}|合计\t{d}|学校\t招生\t|\t2022\t2023|一中\t1\t2|注：略\t|单位：万元|表{d} 招生情况|续表|"
    "| 序号 | 任务 |\n|---|---|\n| {d} | 甲 |\n| | 乙 |\n|  | |\n一、建设\n| {d} | 丙 |\n||\n"
    "|序号\n任务\n1\n甲\n2\n乙\n丙|序号|{d}|- {d} -|首页 | 登录|（此页无正文）|抄送：市委，|市法院。|2021年3月4日印发|主动公开|"
    "# 甲办法|## 一、总则|**粗体**，甲|__乙__|---|-----|标题: 甲|　　|\x0c|\ufeff甲\u200b|（甲|）|《|》的通知|，乙|【|"
    + "长句子，一二三。"
    * 240
)
PALETTE = [line for line in LINES.replace("\n||\n", "\n\n").split("|") if line]


def random_text(seed):
    """Write a file of lines of every kind in an order that no author would choose."""
    chooser = random.Random(seed)
    lines = (
        line.replace("{n}", chooser.choice("一二三四五六七八九十")).replace(
            "{d}", str(chooser.randint(1, 9))
        )
        for line in chooser.choices(PALETTE, k=chooser.randint(1, 70))
    )
    width = chooser.choice([0, 0, 0, 18])  # some are broken at a fixed width
    text = chooser.choice(["\n", "\n\n", "\r\n", "\n　　"]).join(lines)
    return "\n".join(re.sub(f"(.{{{width}}})", r"\1\n", text).split("\n")) if width else text


@pytest.fixture(
    params=[
        *DIGESTS,
        *(f"{stem}.txt" for stem in STEMS),
        "untidy",
        *(f"random {seed}" for seed in range(SEEDS)),
    ]
)
def source(request, tmp_path):
    """Every digest, every original where they are, and made-up files with all kinds of dirt."""
    name = request.param
    made_up = UNTIDY if name == "untidy" else ""
    if name.startswith("random"):
        made_up = random_text(int(name.split()[1])) + "\n正文。"
    if made_up:
        path = tmp_path / "made_up.txt"
        path.write_text(made_up, encoding="utf-8", newline="")
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
    noise = [_unmarked(part) for d in documents for line in d.noise for part in line.split("\n")]
    for line in re.finditer(r".+", source.text):
        rest = "".join(line[0][i] for i in range(len(line[0])) if not kept[line.start() + i])
        if _unmarked(rest):
            noise.remove(_unmarked(line[0]))
    assert [line for line in noise if line] == []


def _unmarked(line):
    return _MARKS.sub("", line)


def test_clauses_stand_in_the_order_of_the_file(source):
    for parsed in parse_documents(source):
        starts = [run.file_start for run in parsed.document.runs]
        assert starts == sorted(starts)


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
    "anyang_2018_2": ("安政办〔2018〕2号", "安阳市人民政府办公室", "安阳市", "2018-01-04"),
    "dezhou_2020_5": ("德政发〔2020〕5号", "德州市人民政府", "德州市", "2020-07-03"),
    "gaoping_2021_37": ("高政办发〔2021〕37号", "高平市人民政府办公室", "高平市", "2021-09-10"),
    "hengshui_2019_17": ("衡教职成〔2019〕17号", "衡水市教育局", "衡水市", "2019-11-26"),
    "wenjiang_2018_206": (
        "温教发〔2018〕206号",
        "成都市温江区教育局",
        "成都市温江区",
        "2018-12-26",
    ),
}


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("form", ["docs", "originals"])
def test_the_metadata_of_digests_and_originals(request, docs, stem, form):
    folder = request.getfixturevalue(form)
    path = folder / f"{stem}.{'md' if form == 'docs' else 'txt'}"
    document = parse_documents(next(read_file(path)))[0].document
    written = re.search("^标题: (.+)$", (docs / f"{stem}.md").read_text(encoding="utf-8"), re.M)
    title = document.title.replace("(", "（").replace(")", "）")
    assert title == re.sub(r"\s", "", written[1])
    facts = (document.number, document.issuer, document.region, document.issued_on)
    assert facts == FACTS[stem]
    assert document.kind == ("digest" if form == "docs" else "full")
