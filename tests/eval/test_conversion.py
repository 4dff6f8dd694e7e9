"""`convert` and `check` from the command line, over a small folder of documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.types import Answer
from eval.__main__ import main
from eval.conversion import SOURCES, TARGETS, convert
from eval.dataset import QAItem, load_items
from eval.formats.beir import read_beir, write_records
from eval.formats.gold import Corpus
from eval.formats.native import collection_of, item_record
from eval.formats.reading import FormatError
from eval.run import Result
from eval.runs import OURS, Run, write_run
from index.types import Clause, Document, DocumentKind

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


@pytest.fixture
def corpus(clauses: tuple[Clause, ...]) -> Corpus:
    document = Document("d", "方案", "", "", "", "", DocumentKind.FULL, "d.txt", "", "", ())
    return Corpus((document,), clauses)


def _items(path: Path, *items: QAItem) -> Path:
    write_records(path, map(item_record, items))
    return path


def test_records_give_the_item_back(make_item: MakeItem, tmp_path: Path) -> None:
    items = (
        make_item(clauses=["四/（二）/3", "e#五", "d#"]),
        make_item(id="t-2", turns=["一", "二"], answerable=False, why="没有"),
    )
    assert load_items([_items(tmp_path / "a.jsonl", *items)]) == items


def test_items_become_a_collection_over_clauses(make_item: MakeItem, corpus: Corpus) -> None:
    items = [make_item(clauses=["四"]), make_item(id="t-2", turns=["一", "二"], answerable=False)]
    made = collection_of(items, corpus)
    assert [passage.passage_id for passage in made.passages] == [
        "d#四/（二）/3",
        "d#五",
        "d#附件/1",
    ]
    assert made.passages[2].text.endswith("2023年6月")
    assert made.relevant("t-1") == ("d#四/（二）/3",)
    assert (made.queries[1].text, made.queries[1].answerable) == ("一 二", False)
    assert made.relevant("t-2") == ()


def test_items_to_beir_and_qrels(make_item: MakeItem, corpus: Corpus, tmp_path: Path) -> None:
    source = _items(tmp_path / "a.jsonl", make_item())
    assert convert(source, "jsonl", tmp_path / "b", "beir", lambda: corpus) == 1
    assert read_beir(tmp_path / "b").qrels == {"t-1": {"d#四/（二）/3": 1}}
    convert(source, "jsonl", tmp_path / "q", "qrels", lambda: corpus)
    assert (tmp_path / "q").read_text("utf-8") == "t-1 0 d#四/（二）/3 1\n"


def test_a_run_to_trec_and_ragas(
    make_item: MakeItem, make_answer: MakeAnswer, corpus: Corpus, tmp_path: Path
) -> None:
    run = Run("一", {OURS: (Result(make_item(), make_answer("20%以上〔1〕"), 1.0),)})
    write_run(run, tmp_path / "run")
    convert(tmp_path / "run", "run", tmp_path / "t.run", "trec", lambda: corpus)
    lines = (tmp_path / "t.run").read_text("utf-8").splitlines()
    assert [line.split()[2] for line in lines] == ["d#五", "d#四/（二）/3", "d#附件/1"]
    assert all(len(line.split()) == 6 for line in lines)
    convert(tmp_path / "run", "run", tmp_path / "r.json", "ragas", lambda: corpus)
    sample = json.loads((tmp_path / "r.json").read_text("utf-8"))[0]
    assert list(sample) == ["user_input", "retrieved_contexts", "response", "reference"]
    assert sample["response"] == "20%以上"
    assert sample["reference"] == "20%以上"
    assert sample["retrieved_contexts"][1].startswith("3.扩大招生")


@pytest.mark.parametrize(
    ("kind", "wanted", "message"),
    [
        ("squad", "ragas", "squad 不能转成 ragas；可以转成 beir、llama、qrels"),
        ("run", "beir", "run 不能转成 beir；可以转成 trec、ragas"),
        ("csv", "trec", "csv 不能转成 trec；可以转成 jsonl、xlsx、csv、beir、llama、qrels"),
    ],
)
def test_what_makes_no_sense_is_told(
    corpus: Corpus, tmp_path: Path, kind: str, wanted: str, message: str
) -> None:
    with pytest.raises(FormatError, match=message):
        convert(tmp_path / "a", kind, tmp_path / "b", wanted, lambda: corpus)


def test_every_format_is_of_use() -> None:
    assert len(set(SOURCES)) == len(SOURCES) == 7
    assert all(target.items or target.collection or target.run for target in TARGETS.values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    text = "某县职业教育方案\n\n一、目标\n\n到2025年，招生达到30%以上。\n\n二、保障\n\n每年拨款500万元。\n"
    (tmp_path / "docs" / "某县.md").write_text(text, "utf-8")
    return tmp_path


def _csv(folder: Path, clause: str) -> Path:
    path = folder / "q.csv"
    row = f"1,某县2025年招生要到多少,30%以上,30%,某县,{clause},招生达到30%以上"
    path.write_text(f"编号,问题,答案,必含要点,文件,条款,依据\n{row}\n", "utf-8")
    return path


def test_a_table_is_converted_and_checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    docs, items = f"--docs={folder / 'docs'}", folder / "q.jsonl"
    assert main(["convert", str(_csv(folder, "")), str(items), docs]) == 0
    assert load_items([items])[0].clauses[0].startswith("某县#一")
    assert main(["check", str(items), docs]) == 0
    assert "1 题，0 个问题" in capsys.readouterr().out


def test_evidence_in_another_clause_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs, items = f"--docs={folder / 'docs'}", folder / "q.jsonl"
    assert main(["convert", str(_csv(folder, "二")), str(items), docs]) == 0
    assert main(["check", str(items), docs]) == 1
    told = capsys.readouterr().out
    assert "依据条款里没有答案要素：30%" in told
    assert "依据原文不在所写的条款里，而在 某县#一" in told
    assert "1 题，2 个问题，涉及 1 题" in told


def test_bad_input_exits_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(_csv(folder, "九"))
    assert main(["convert", source, str(folder / "q.jsonl"), f"--docs={folder / 'docs'}"]) == 2
    assert "第 2 行“条款”列：文件里找不到这一条：九" in capsys.readouterr().err
    assert main(["convert", source, str(folder / "unknown")]) == 2
    assert "请用 --to 指明" in capsys.readouterr().err
