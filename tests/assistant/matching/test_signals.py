import numpy as np
import pytest

from assistant.matching.signals import (
    MET,
    MOST,
    OWN,
    Sentence,
    same_number,
    signals,
    stands_in,
    words_of,
)
from assistant.understanding.lexicon import parse_lexicon
from index.salience import load_salience

LEXICON = parse_lexicon("滞纳金 逾期费 迟交费\n房租 租金")
STANDING = set("租金逾期费")


def words(text):
    return words_of(text, LEXICON, load_salience(), lambda token: int(set(token) <= STANDING), 10)


def met(text, sentence, clause="", above=""):
    found = words(text)
    rows = signals(found, [Sentence(sentence, clause or sentence, above)])[0]
    return dict(zip(found.texts, rows, strict=True))


def column(name):
    return MET.index(name)


def test_words_cover_the_question_in_order_without_blanks():
    assert "".join(words("晚交房租  要交多少").texts) == "晚交房租要交多少"


def test_a_long_question_is_cut():
    assert len(words("房租滞纳金怎么交甲乙丙丁" * 40).texts) == MOST


def test_an_everyday_word_is_met_by_the_official_one():
    found = met("房租多少", "每月租金300元")
    rows = [row for word, row in found.items() if word in "房租"]
    assert all(
        row[column("said")] == 0 or len(word) == 1 for word, row in found.items() if word in "房租"
    )
    assert all(row[column("meant")] == 1 for row in rows)


def test_what_only_the_clause_or_the_title_says_is_told_apart_from_the_sentence():
    found = met("滞纳金多少", "按日加收万分之五", clause="逾期费按日加收万分之五", above="租金")
    rows = [row for word, row in found.items() if word in "滞纳金"]
    assert all(row[column("meant")] == 0 for row in rows)
    assert all(row[column("meant_around")] == 1 for row in rows)


def test_own_measures_tell_known_words_from_foreign_ones():
    found = words("租金2025")
    known = {
        word: row[OWN.index("known")] for word, row in zip(found.texts, found.own, strict=True)
    }
    assert max(value for word, value in known.items() if "租" in word) == 1
    assert all(value == 0 for word, value in known.items() if word.isdigit())


def test_all_signals_lie_between_nothing_and_all():
    rows = signals(words("晚交房租一天要加收多少滞纳金"), [Sentence("逾期费", "租金", "")] * 2)
    assert rows.shape == (2, len(words("晚交房租一天要加收多少滞纳金").texts), len(MET))
    assert np.all((rows >= 0) & (rows <= 1))


def test_meanings_are_of_length_one_and_nothing_means_nothing():
    meanings = load_salience().meanings(["支付劳动报酬", ""])
    assert np.allclose(np.linalg.norm(meanings, axis=1), [1, 0], atol=1e-5)


def test_what_stands_in_no_document_is_no_alternative():
    alternatives = {word for some in words("滞纳金多少").alternatives for word in some}
    assert "逾期费" in alternatives
    assert "迟交费" not in alternatives


def test_numbers_and_latin_words_are_met_as_a_whole():
    assert words("补12000元 ignore 4.5%").texts == ("补", "12000", "元", "ignore", "4.5")
    assert met("补12000元", "补200元")["12000"][column("said")] == 0
    assert met("ignore all", "邮箱example@ft.example")["all"][column("said")] == 0
    assert met("补12000元", "补贴12000元")["12000"][column("said")] == 1


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        ("20", "2022年", False),
        ("20", "不低于20%", True),
        ("4.5", "4.5:5.5", True),
        ("5", "4.5:5.5", False),
        ("5年", "满15年", False),
        ("5年", "满5年", True),
        ("三十", "三十日内", True),
        ("十", "三十日内", False),
        ("all", "small", False),
        ("租金", "每月租金", True),
    ],
)
def test_a_number_stands_in_a_text_only_as_itself(word, text, stands):
    assert stands_in(word, text) is stands


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("30", {"三十"}),
        ("十五", {"15"}),
        ("2", {"二", "两"}),
        ("两年", {"2年", "二年"}),
        ("0", set()),
        ("120", set()),
        ("三角", set()),
    ],
)
def test_a_number_may_be_written_in_characters(word, others):
    assert same_number(word) == others


def test_a_number_in_characters_is_met_by_figures():
    assert met("满三年能退吗", "缴费满3年的")["三年"][column("meant")] == 1
