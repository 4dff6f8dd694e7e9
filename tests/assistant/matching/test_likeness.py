"""How like the words of a question are to what sentences say."""

import numpy as np
import pytest

from assistant.answering.spans import spans_of
from assistant.matching.likeness import (
    AROUND,
    MET,
    TABLE,
    likeness,
    likeness_around,
    mean_likeness,
    table_likeness,
)
from assistant.matching.portion import Portion, best_portion
from assistant.matching.reading import read
from assistant.matching.signals import Sentence, words_of
from assistant.understanding.lexicon import parse_lexicon
from index.salience import load_salience

SALIENCE = load_salience()
OWN, PHRASE, PORTION = MET.index("like"), MET.index("like_phrase"), MET.index("like_portion")


def words(text):
    return words_of(text, parse_lexicon(""), SALIENCE, lambda token: 1, 100)


def like(vectors, texts, portions):
    return likeness(vectors, read(texts, portions, SALIENCE), SALIENCE)


def measured(question, *texts):
    asked = words(question)
    portions = [best_portion(asked, text) for text in texts]
    return like(asked.vectors, texts, portions)


def test_a_word_that_is_said_is_as_like_as_can_be():
    found = measured("学费", "学费每年三千元", "操场每天开放")
    assert found[0, :, OWN].max() == pytest.approx(1.0, abs=1e-3)
    assert found[1, :, OWN].max() < 0.7


@pytest.mark.parametrize(
    ("asked", "meant", "other"),
    [
        ("老师", "专任教师须持证上岗", "仓库须配备灭火器"),
        ("补贴", "按月发放生活补助", "按月检查排水管道"),
        ("打工", "进城务工人员", "进口检疫人员"),
    ],
)
def test_another_word_for_the_same_is_nearer_than_a_word_for_something_else(asked, meant, other):
    found = measured(asked, meant, other)
    assert found[0, :, PHRASE].max() > found[1, :, PHRASE].max() + 0.2


def test_several_words_are_compared_as_one():
    found = measured("找活干", "促进就业")
    assert found[0, :, PHRASE].max() > found[0, :, OWN].max()


def test_a_part_is_no_nearer_than_its_sentence():
    text = "免收学费,每人每月补助生活费三百元"
    found = measured("学费", text)
    assert (found[..., PORTION] <= found[..., OWN] + 1e-6).all()
    asked = words("学费").vectors
    behind = Portion("每人每月补助生活费三百元", "", np.array([]), np.array([]), 0.0, 0.0)
    assert like(asked, [text], [behind])[..., PORTION].max() < 0.9


def test_a_question_or_a_sentence_without_words_is_like_nothing():
    empty = np.zeros((0, 256), np.float32)
    part = Portion("甲", "", np.array([]), np.array([]), 0.0, 0.0)
    assert like(empty, ["甲"], [part]).shape == (1, 0, len(MET))
    assert np.isfinite(measured("学费", "。")).all()


def test_rarer_words_weigh_more_in_the_mean():
    found = np.zeros((1, 2, len(MET)), np.float32)
    found[0, 0] = 1.0
    assert mean_likeness(found, np.array([3.0, 1.0], np.float32))[0, 0] == pytest.approx(0.75)
    assert mean_likeness(found, np.zeros(2, np.float32))[0, 0] == 0


def test_what_a_sentence_stands_under_is_near_though_it_does_not_say_it():
    clause = "每人每月三百元"
    paid = Sentence(clause, clause, "贫困学生补助")
    fixed = Sentence(clause, clause, "水表检定")
    found = likeness_around(words("困难补贴").vectors, [paid, fixed], SALIENCE)
    above, own = AROUND.index("like_above"), AROUND.index("like_clause")
    assert found[0, :, above].max() > found[1, :, above].max() + 0.2
    assert (found[0, :, own] == found[1, :, own]).all()
    assert likeness_around(np.zeros((0, 256), np.float32), [paid], SALIENCE).shape == (1, 0, 2)


FARES = """鹿屿轮渡票价表
航线\t普通座（元）\t班次\t末班时间
鹿屿—白沙\t20\t6班\t17:30
白沙—岚港\t28\t4班\t16:00
"""


def test_the_column_that_is_asked_for_is_ahead_of_those_beside_it(build, tmp_path):
    rows = [c for c in build(tmp_path, FARES).clauses if c.cells and c.kind.value == "row"]
    cells = [span for row in rows for span in spans_of(row)]
    found = table_likeness(words("鹿屿到白沙一天有几班船").vectors, cells, SALIENCE)
    ahead = found[:, TABLE.index("head_ahead")]
    assert {cell.head for cell, gap in zip(cells, ahead, strict=True) if gap > 0} == {"班次"}
    best = cells[int((found[:, TABLE.index("row_like")] * (ahead > 0)).argmax())]
    assert best.clause is rows[0]


def test_what_is_no_cell_has_no_column(build, tmp_path):
    (clause,) = [
        c for c in build(tmp_path, "办法\n第一条　每天六班。\n").clauses if "六班" in c.text
    ]
    assert not table_likeness(words("一天几班").vectors, spans_of(clause), SALIENCE).any()
