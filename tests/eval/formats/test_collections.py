"""SQuAD, BEIR, llama-index and TREC files: read, written, read back; and what is told of bad ones."""

from __future__ import annotations

import json
import lzma
import os
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR

from eval.formats.beir import read_beir, read_qrels, write_beir
from eval.formats.collection import Collection, Passage, Query
from eval.formats.llama import read_llama, write_llama
from eval.formats.reading import FormatError
from eval.formats.squad import read_squad
from eval.formats.trec import qrels_lines, run_lines, write_lines

SMALL = Collection(
    (Passage("p1", "甲", "一"), Passage("p2", "", "二\u2028行")),
    (Query("q1", "问一"), Query("q2", "问二")),
    {"q1": {"p1": 2, "p2": 0}, "q2": {"p2": 1}},
)


def _json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def _squad(**changes: object) -> dict[str, object]:
    question: dict[str, object] = {"id": "q", "question": "问", "answers": [{"text": "原文"}]}
    return {"data": [{"paragraphs": [{"context": "原文", "qas": [question | changes]}]}]}


def test_squad(tmp_path: Path) -> None:
    impossible = {"id": "n", "question": "无", "is_impossible": True, "answers": []}
    asked = {
        "id": "q",
        "question": "问",
        "answers": [{"text": "原"}, {"text": "原"}, {"text": "原文"}],
    }
    twice = {"id": "r", "question": "又", "answers": [{"text": "文"}]}
    data = [
        {"title": "题", "paragraphs": [{"context": "原文", "qas": [asked, impossible]}]},
        {"paragraphs": [{"id": "x", "context": "原文", "qas": [twice]}]},
    ]
    read = read_squad(_json(tmp_path / "s.json", {"data": data}))
    assert read.passages == (Passage("1-1", "题", "原文"),)
    assert read.queries == (
        Query("q", "问", ("原", "原文")),
        Query("n", "无", (), answerable=False),
        Query("r", "又", ("文",)),
    )
    assert read.relevant("q") == read.relevant("r") == ("1-1",)
    assert read.relevant("n") == ()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "应当是一个 JSON 对象"),
        ({"data": {}}, "字段 data 应当是对象的列表"),
        (_squad(answers=[]), "第 1 篇第 1 段问题 q：没有答案"),
        (_squad(is_impossible="否"), "问题 q：字段 is_impossible"),
        (_squad(question=None), "问题 q：字段 question"),
    ],
)
def test_bad_squad_is_told(tmp_path: Path, value: object, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_squad(_json(tmp_path / "s.json", value))


def test_broken_json_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{\n "data": [,]}', "utf-8")
    with pytest.raises(FormatError, match=r"s\.json 第 2 行：不是合法的 JSON"):
        read_squad(path)


def test_beir_round_trip(tmp_path: Path) -> None:
    write_beir(SMALL, tmp_path / "b", "dev")
    assert read_beir(tmp_path / "b") == SMALL
    assert read_beir(tmp_path / "b", "dev") == SMALL


def test_beir_is_read_packed_and_only_judged_queries_are_kept(tmp_path: Path) -> None:
    write_beir(SMALL, tmp_path)
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq2\tp1\t1\n", "utf-8")
    for path in list(tmp_path.rglob("*.*")):
        path.with_name(path.name + ".xz").write_bytes(lzma.compress(path.read_bytes()))
        path.unlink()
    read = read_beir(tmp_path)
    assert [query.query_id for query in read.queries] == ["q2"]
    assert read.qrels == {"q2": {"p1": 1}}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("corpus.jsonl", '{"_id": "p1"}', "corpus.jsonl 第 1 行：字段 text"),
        (
            "corpus.jsonl",
            '{"_id":"p1","text":""}\n{"_id":"p1","text":""}',
            "第 2 行：编号 p1 重复",
        ),
        ("queries.jsonl", "{", "queries.jsonl 第 1 行：不是合法的 JSON"),
        ("qrels/test.tsv", "q1\tp1\t高", "test.tsv 第 1 行：应当是"),
        ("qrels/test.tsv", "q1\tp1\t1\nq9\tp1\t1", "第 2 行：queries.jsonl 里没有查询 q9"),
        ("qrels/test.tsv", "q1\tp9\t1", "第 1 行：corpus.jsonl 里没有段落 p9"),
        ("qrels/other.tsv", "", "应当只有一个 .tsv（现有：other.tsv、test.tsv）"),
    ],
)
def test_bad_beir_is_told(tmp_path: Path, name: str, text: str, message: str) -> None:
    write_beir(SMALL, tmp_path)
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(FormatError, match=message):
        read_beir(tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"没有 corpus\.jsonl"):
        read_beir(tmp_path)


def test_llama_round_trip(tmp_path: Path) -> None:
    write_llama(SMALL, tmp_path / "l.json")
    read = read_llama(tmp_path / "l.json")
    assert read.queries == SMALL.queries
    assert [passage.text for passage in read.passages] == ["甲\n一", "二\u2028行"]
    assert read.qrels == {"q1": {"p1": 1}, "q2": {"p2": 1}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"queries": []}, "字段 queries 应当是"),
        ({"relevant_docs": {"x": ["p"]}}, "queries 里没有 x"),
        ({"relevant_docs": {"q": ["y"]}}, "q：corpus 里没有 y"),
        ({"relevant_docs": {"q": "p"}}, "q：应当是编号的列表"),
    ],
)
def test_bad_llama_is_told(tmp_path: Path, change: dict[str, object], message: str) -> None:
    good: dict[str, object] = {"queries": {"q": "问"}, "corpus": {"p": "段"}, "relevant_docs": {}}
    with pytest.raises(FormatError, match=message):
        read_llama(_json(tmp_path / "l.json", good | change))


def test_trec_files_are_read_by_ir_measures_in_our_order(tmp_path: Path) -> None:
    rankings = {"q1": [("p2", 1.0), ("p1", 1.0)], "q2": [("p1", 0.9), ("p2", 0.5)]}
    write_lines(tmp_path / "run", run_lines(rankings, "ours"))
    write_lines(tmp_path / "qrels", qrels_lines(SMALL.qrels))
    lines = (tmp_path / "run").read_text("utf-8").splitlines()
    assert lines[0] == "q1 Q0 p2 1 1.0 ours"
    assert lines[1] == "q1 Q0 p1 2 0.5 ours"
    assert lines[3] == "q2 Q0 p2 2 0.5 ours"
    qrels = ir_measures.read_trec_qrels(str(tmp_path / "qrels"))
    run = ir_measures.read_trec_run(str(tmp_path / "run"))
    values = {m.query_id: m.value for m in ir_measures.iter_calc([RR], qrels, run)}
    assert values == {"q1": 0.5, "q2": 0.5}
    known = frozenset({"p1", "p2"})
    assert read_qrels(tmp_path / "qrels", frozenset({"q1", "q2"}), known) == SMALL.qrels


def test_scores_that_are_equal_in_32_bits_do_not_change_the_order() -> None:
    lines = list(run_lines({"q": [("a", 1.0 + 1e-12), ("b", 1.0)]}, "t"))
    assert [line.split()[4] for line in lines] == ["1.0", "0.5"]


def test_trec_ids_must_be_one_word() -> None:
    with pytest.raises(FormatError, match="含有空白"):
        list(run_lines({"q": [("甲 乙", 1.0)]}, "t"))


@pytest.fixture
def bench() -> Path:
    root = Path(__file__).parents[3]
    folder = Path(os.environ.get("TIAOWEN_BENCH") or root.parent / "shared" / "data" / "bench")
    if not folder.is_dir():
        pytest.skip(f"no benchmarks in {folder}; TIAOWEN_BENCH names their folder")
    return folder


@pytest.mark.parametrize(
    ("name", "passages", "queries"),
    [("cmrc2018_dev.json.xz", 848, 3219), ("drcd_test.json.xz", 1000, 3493)],
)
def test_the_public_sets_are_read_whole(
    bench: Path, name: str, passages: int, queries: int
) -> None:
    read = read_squad(bench / name)
    assert (len(read.passages), len(read.queries)) == (passages, queries)
    assert all(query.answers and read.relevant(query.query_id) for query in read.queries)
