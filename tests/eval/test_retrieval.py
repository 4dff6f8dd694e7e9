"""Test collections as a store, searched in every way, and the two commands over them."""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.understanding.question import analyse
from assistant.understanding.routing import Route
from eval.__main__ import main
from eval.commands import beir, squad
from eval.formats.beir import read_beir_files
from eval.formats.collection import Collection, Passage, Query
from eval.formats.squad import read_squad
from eval.passages import BM25, DENSE, OURS, RAW, judge_over, parsed_passages, rankers, store_of
from eval.retrieval import BEIR, SUCCESS, measure, record_of, table_of
from eval.sentences import Choice, choices, figures_of
from index.embedding import Embedding, load_embedding

PASSAGES = (
    Passage("p 1", "招生", "中专招生目标是总人数的百分之二十。学校设在城北。"),
    Passage("p#2", "師資", "教師每五年輪訓一次。培訓由教育局負責。"),
    Passage("p3", "经费", "实训基地经费由财政局安排。"),
)
COLLECTION = Collection(
    PASSAGES,
    (
        Query("q1", "招生目标是多少？", ("百分之二十",)),
        Query("q2", "教师几年轮训一次？", ("五年", "每五年")),
        Query("q3", "谁安排经费？", ("不在文中",)),
        Query("q4", "没有答案的问题", answerable=False),
    ),
    {"q1": {"p 1": 1}, "q2": {"p#2": 2, "p3": 0}, "q3": {"p3": 1}, "q4": {}},
)


def test_a_passage_is_a_document_of_one_clause() -> None:
    parsed = list(parsed_passages(PASSAGES))
    assert [item.document.doc_id for item in parsed] == ["p 1", "p#2", "p3"]
    assert [item.document.title for item in parsed] == ["招生", "師資", "经费"]
    for item, passage in zip(parsed, PASSAGES, strict=True):
        (clause,) = item.clauses
        assert item.document.text[clause.start : clause.end] == clause.text == passage.text
        assert clause.doc_id == passage.passage_id
        assert clause.clause_id.count("#") == 1
        assert not any(char.isspace() for char in clause.clause_id)


def test_titles_are_searched_only_when_told(embedding: Embedding) -> None:
    untitled = store_of(PASSAGES, embedding, titled=False)
    assert untitled.context.document_frequency("招生") == 0
    assert store_of(PASSAGES, embedding).context.document_frequency("招生") == 1


def test_every_way_finds_the_passage(embedding: Embedding) -> None:
    ways = rankers(store_of(PASSAGES, embedding), embedding)
    assert list(ways) == [OURS, RAW, BM25, DENSE]
    for name, rank in ways.items():
        assert rank("招生目标是总人数的多少？", 1) == ["p 1"], name
        assert len(rank("招生目标和经费", 2)) == 2, name
    assert ways[OURS]("教师几年轮训一次？", 1) == ["p#2"]
    assert ways[BM25]("xyz", 3) == []


def test_ours_is_what_the_assistant_searches_for(embedding: Embedding) -> None:
    store = store_of(PASSAGES, embedding)
    judge, rank = judge_over(store, embedding), rankers(store, embedding)[OURS]
    for query in COLLECTION.queries:
        question = analyse(query.text)
        hits = judge.search(question, Route(), judge.terms(question, Route()))
        assert rank(query.text, 10) == [hit.clause.doc_id for hit in hits]


def test_figures_leave_out_queries_without_a_relevant_passage(embedding: Embedding) -> None:
    asked: list[str] = []

    def second(text: str, k: int) -> list[str]:
        asked.append(text)
        assert k == 10
        return ["p3", "p 1"]

    seen: list[tuple[int, int]] = []
    (row,) = measure(COLLECTION, {"那个": second}, SUCCESS, 10, lambda *at: seen.append(at))
    assert asked == ["招生目标是多少？", "教师几年轮训一次？", "谁安排经费？"]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    means = {name: figure.mean for name, figure in row.figures.items()}
    assert means == pytest.approx(
        {"success@1": 1 / 3, "success@5": 2 / 3, "success@10": 2 / 3, "MRR": 0.5}
    )


def test_beir_figures() -> None:
    (row,) = measure(COLLECTION, {"那个": lambda text, k: ["p3", "p 1", "p#2"]}, BEIR, 100)
    means = {name: figure.mean for name, figure in row.figures.items()}
    assert means["R@10"] == means["R@100"] == 1
    assert means["MRR@10"] == pytest.approx((1 / 2 + 1 / 3 + 1) / 3)
    assert means["nDCG@10"] == pytest.approx((1 / 1.5849625 + 0.5 + 1) / 3)
    assert table_of([row])[0] == ["", "R@10", "R@100", "MRR@10", "nDCG@10"]
    assert record_of([row])["那个"]["R@10"]["mean"] == 1


def test_the_chosen_sentence(embedding: Embedding) -> None:
    judge = judge_over(store_of(PASSAGES, embedding, titled=False), embedding)
    found = choices(judge, COLLECTION, 0.3)
    assert [choice.is_sentence for choice in found] == [True, True, False]
    assert [choice.is_passage for choice in found] == [True, True, True]


def test_sentence_figures() -> None:
    found = [Choice(True, True, True, True), Choice(False, True, True, True)]
    found += [Choice(False, False, False, False), Choice(True, True, True, False)]
    figures = figures_of(found)
    assert (figures.sentence.mean, figures.in_five.mean, figures.passage.mean) == (0.5, 0.75, 0.75)
    assert (figures.passes.mean, figures.sentence_passed, figures.count) == (0.5, 0.5, 4)


@pytest.fixture
def squad_file(tmp_path: Path) -> Path:
    """A packed file with two paragraphs and three questions, one without an answer."""

    def question(name: str, text: str, answers: Sequence[str]) -> dict[str, object]:
        given = [{"text": answer, "answer_start": 0} for answer in answers]
        return {"id": name, "question": text, "answers": given, "is_impossible": not answers}

    first = [question("a", "招生目标是多少？", ["百分之二十"]), question("b", "谁是校长？", [])]
    second = [question("c", "培训由谁负责？", ["教育局"])]
    paragraphs = [
        {"context": PASSAGES[0].text, "qas": first},
        {"context": PASSAGES[1].text, "qas": second},
    ]
    path = tmp_path / "tiny.json.xz"
    with lzma.open(path, "wt", encoding="utf-8") as stream:
        json.dump({"data": [{"title": "题", "paragraphs": paragraphs}]}, stream)
    return path


def test_squad_command(squad_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([squad.NAME, str(squad_file), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["passages"], report["questions"]) == (2, 2)
    assert report["retrieval"][BM25]["success@1"]["mean"] == 1
    assert report["retrieval"][OURS]["success@1"]["mean"] == 1
    assert report["sentences"]["sentence"]["mean"] == 1
    assert main([squad.NAME, str(squad_file), "--limit", "1", "--no-sentences"]) == 0
    shown = capsys.readouterr().out
    assert "2 段，1 题" in shown
    assert "sentence" not in shown


def test_squad_without_answers_is_refused(
    squad_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = {"data": [{"title": "", "paragraphs": [{"context": "文", "qas": []}]}]}
    squad_file.with_suffix("").write_text(json.dumps(data), "utf-8")
    assert main([squad.NAME, str(squad_file.with_suffix(""))]) == 2
    assert "没有一道题有答案" in capsys.readouterr().err


@pytest.fixture
def beir_folder(tmp_path: Path) -> Path:
    """The collection as a folder."""
    corpus = [{"_id": p.passage_id, "title": p.title, "text": p.text} for p in PASSAGES]
    queries = [{"_id": q.query_id, "text": q.text} for q in COLLECTION.queries]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(lines, "utf-8")
    (tmp_path / "qrels").mkdir()
    judged = "query-id\tcorpus-id\tscore\nq1\tp 1\t1\nq2\tp#2\t2\nq3\tp3\t1\n"
    (tmp_path / "qrels" / "test.tsv").write_text(judged, "utf-8")
    return tmp_path


def test_beir_command(beir_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([beir.NAME, str(beir_folder), "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert (whole["passages"], whole["queries"]) == (3, 3)
    assert set(whole["retrieval"]) == {OURS, RAW, BM25, DENSE}
    assert whole["retrieval"][OURS]["R@10"]["mean"] == 1
    files = ("--corpus", "corpus.jsonl", "--queries", "queries.jsonl", "--qrels", "qrels/test.tsv")
    given = [part if part[0] == "-" else str(beir_folder / part) for part in files]
    assert main([beir.NAME, *given, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == whole
    assert main([beir.NAME, str(beir_folder), "--no-titles"]) == 0
    assert "nDCG@10" in capsys.readouterr().out


@pytest.mark.parametrize("given", [[], ["--corpus", "c"], [".", "--corpus", "c"]])
def test_beir_wants_a_folder_or_three_files(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([beir.NAME, *given]) == 2
    assert "三个文件" in capsys.readouterr().err


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """The public test sets, which are no part of the repository."""
    beside = Path(__file__).parents[3] / "shared" / "data" / "bench"
    folder = Path(os.environ.get("TIAOWEN_BENCH") or beside)
    if not folder.is_dir():
        pytest.skip(f"no test sets in {folder}; TIAOWEN_BENCH names their folder")
    return folder


@pytest.mark.parametrize(("file", "mark"), [("cmrc2018_dev", 0.96), ("drcd_test", 0.94)])
def test_document_success_reaches_plain_bm25(file: str, mark: float, bench_data: Path) -> None:
    collection = read_squad(bench_data / f"{file}.json.xz")
    embedding = load_embedding()
    ways = rankers(store_of(collection.passages, embedding, titled=False), embedding)
    (row,) = measure(collection, {OURS: ways[OURS]}, SUCCESS, 10)
    assert row.figures["success@1"].mean >= mark


def test_statutes_reach_plain_bm25(bench_data: Path) -> None:
    names = ("stard_corpus.jsonl.xz", "stard_queries_dev.jsonl.xz", "stard_qrels_dev.tsv")
    corpus, queries, qrels = (bench_data / name for name in names)
    collection = read_beir_files(corpus, queries, qrels)
    embedding = load_embedding()
    ways = rankers(store_of(collection.passages, embedding), embedding)
    (row,) = measure(collection, {OURS: ways[OURS]}, BEIR, 100)
    assert row.figures["R@100"].mean >= 0.63
    assert row.figures["R@10"].mean >= 0.42
