import pytest

from assistant.matching.forms import ASKED, SHOWN, tells, wants


@pytest.mark.parametrize(
    ("question", "forms"),
    [
        ("职校能不能找中介送学生去实习", {"whether", "may"}),
        ("逾期不改会怎么处理", {"consequence", "steps"}),
        ("申请要带哪些材料", {"papers", "steps", "list"}),
        ("投诉打哪个电话", {"contact"}),
    ],
)
def test_a_question_wants_what_its_words_ask_for(question, forms):
    found = {name for name, value in zip(ASKED, wants(question), strict=True) if value}
    assert forms <= found


@pytest.mark.parametrize(
    ("sentence", "forms"),
    [
        ("不得通过中介机构组织学生实习", {"forbids"}),
        ("但学前教育专业除外", {"excepts"}),
        ("逾期不改的,处2000元罚款", {"consequence", "sum", "condition"}),
        ("由市教育局受理,20个工作日内办结", {"body", "steps", "deadline"}),
    ],
)
def test_a_sentence_tells_what_its_words_rule(sentence, forms):
    found = {name for name, value in zip(SHOWN, tells(sentence), strict=True) if value}
    assert forms <= found
