"""Word lists to training pairs."""

from index.training.pairs import KIN, concept_pairs, kin_pairs


def test_each_word_of_a_line_is_paired_with_two_others():
    found = list(concept_pairs("# 标题\n老师 教师 教员\n单独\n娃 孩子 # 口语\n"))
    assert {word for word, _ in found} == {"老师", "教师", "教员", "娃", "孩子"}
    assert ("娃", "孩子") in found
    assert all(one != other for one, other in found)
    assert sum(word == "老师" for word, _ in found) == 2


def test_the_same_pairs_are_made_again():
    text = "甲 乙 丙 丁\n戊 己 庚\n"
    assert list(concept_pairs(text)) == list(concept_pairs(text))
    assert list(concept_pairs(text, seed=1)) != list(concept_pairs(text))


def test_a_head_is_paired_with_each_of_its_words():
    assert list(kin_pairs("卖: 销售 出售 # 口语\n# 空\n")) == [("卖", "销售"), ("卖", "出售")]


def test_the_list_of_kindred_words_is_well_formed():
    lines = [line for line in KIN.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    assert len(lines) > 5000
    assert all(len(line.partition(":")[2].split()) >= 1 for line in lines)
