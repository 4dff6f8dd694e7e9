import json

import numpy as np

from assistant.answering.ranker import FEATURES, load_ranker
from eval.formats.collection import Passage
from eval.passages import judge_over, store_of
from eval.ranking_fit import Lists, first_right, fit_ranker, gather, write_ranker
from eval.windows import Located
from index.embedding import load_embedding

QUESTIONS, RIVALS = 120, 4


def lists(seed):
    """Lists whose right candidate is the one with the most of the sixth feature."""
    rows = np.random.default_rng(seed).random((QUESTIONS * RIVALS, len(FEATURES)))
    starts = np.arange(0, len(rows), RIVALS)
    right = np.zeros(len(rows), dtype=bool)
    for start in starts:
        right[start + int(rows[start : start + RIVALS, 5].argmax())] = True
    return Lists(rows, right, starts, np.ones(QUESTIONS))


def test_what_is_learned_holds_on_lists_not_seen():
    learned, fresh = lists(0), lists(1)
    assert np.mean(first_right(fit_ranker(learned), fresh)) > 0.8


def test_a_written_ranker_scores_as_the_fitted_one(tmp_path):
    found = lists(0)
    ranker = fit_ranker(found)
    path = tmp_path / "ranker.json"
    write_ranker(ranker, path, QUESTIONS)
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["questions"] == QUESTIONS
    assert list(data["weights"]) == list(FEATURES)
    assert len(data["trees"]) == len(ranker.trees)


def test_candidates_are_gathered_with_the_one_that_holds_the_answer():
    text = "长柄艾纳香是菊科植物。叶片倒卵形，边缘有锯齿。花期1-3月，生长于山坡。"
    passages = [Passage("甲", "", text), Passage("乙", "", "水压机冲压小五金。")]
    embedding = load_embedding()
    judge = judge_over(store_of(passages, embedding), embedding)
    start = text.index("花期") + 2
    found = gather(
        judge,
        [
            Located("长柄艾纳香的花期是什么时候？", "甲", start, start),
            Located("花期？", "丙", 0, 9),
        ],
    )
    assert len(found.starts) == 1
    assert found.right.sum() == 1
    assert np.mean(first_right(load_ranker(), found)) == 1
