"""The part of a sentence that meets a question best."""

from assistant.matching.portion import best_portion, portion_signals
from assistant.matching.signals import words_of
from assistant.understanding.lexicon import parse_lexicon
from index.salience import load_salience

PLAN = "教育费附加用于职业教育的不低于30%,农村推广经费的10-20%用于农村职业教育,企业按职工工资总额的1.5-2.5%提取培训经费。"


def words(text, lexicon=""):
    return words_of(text, parse_lexicon(lexicon), load_salience(), lambda token: 1, 100)


def test_the_figure_stands_in_the_part_that_speaks_of_what_is_asked():
    assert (
        best_portion(words("农村推广经费的比例"), PLAN).text
        == "农村推广经费的10-20%用于农村职业教育"
    )
    assert "1.5-2.5%" in best_portion(words("培训经费按工资总额提多少"), PLAN).text


def test_the_part_behind_is_told_too():
    portion = best_portion(words("教育费附加的比例"), PLAN)
    assert portion.following.startswith("农村推广经费")
    assert best_portion(words("工资总额"), PLAN).following == ""


def test_of_figures_between_pauses_each_is_a_part():
    sentence = "建设10个以上教学资源库、100门精品课程。"
    assert best_portion(words("精品课程要做多少门"), sentence).text == "100门精品课程"
    assert (
        best_portion(words("资源库"), "由甲、乙、丙资源库负责。").text == "由甲、乙、丙资源库负责"
    )


def test_neither_ratios_nor_thousands_are_cut():
    assert best_portion(words("师生比"), "师生比为1:20,其余不限").text == "师生比为1:20"
    assert best_portion(words("补助"), "补助1,200元").text == "补助1,200元"


def test_a_word_of_the_same_meaning_meets_it():
    asked = words("娃娃多大能入学", "娃娃 儿童\n")
    portion = best_portion(asked, "年满六岁的儿童入学,其他人员另行安排")
    assert portion.text == "年满六岁的儿童入学"
    assert 0 < portion.said_share < portion.meant_share <= 1


def test_signals_tell_word_by_word_what_is_met():
    asked = words("工资总额")
    rows = portion_signals([best_portion(asked, PLAN), best_portion(asked, "无关的话")])
    assert rows.shape == (2, len(asked.texts), 2)
    assert rows[0].all()
    assert not rows[1].any()


def test_a_question_without_words_meets_nothing():
    assert best_portion(words(""), PLAN).meant_share == 0
