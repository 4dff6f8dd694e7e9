"""What a question names side by side is asked for each."""

import pytest

from assistant.understanding.coordination import coordination_of
from assistant.understanding.question import analyse


def things(text):
    found = coordination_of(analyse(text).text)
    return found.things if found else ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("考核指标：用地、校舍、设备值", ("用地", "校舍", "设备值")),
        ("报送时间：实习计划、实践计划分别几月", ("实习计划", "实践计划")),
        ("融通试点的责任科室与实施学校", ("责任科室", "实施学校")),
        ("给中专生和大专生定的就业比例各是多少", ("中专生", "大专生")),
        ("初级、中级、高级工补贴分别多少钱", ("初级", "中级", "高级")),
        ("在校生规模：平均规模以及最低规模", ("平均规模", "最低规模")),
        ("船长和船员每人各支持多少钱", ("船长", "船员")),
        ("牵头单位及完成时限", ("牵头单位", "完成时限")),
    ],
)
def test_things_side_by_side_are_told_apart(text, named):
    assert things(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "中职学校和普通高中招生规模大体相当吗",
        "教育局和人社局负责什么",
        "参与评审的专家共和谐社区评选办法",
        "及时跟踪普及情况的标准",
        "比例是4.5:5.5",
        "补贴标准",
        "",
    ],
)
def test_one_matter_stays_one(text):
    assert things(text) == ()


def test_each_thing_takes_what_stands_around():
    found = coordination_of(analyse("温江试点的责任科室与实施学校").text)
    assert found.questions == ("温江试点的责任科室", "温江试点的实施学校")
    found = coordination_of(analyse("一等奖和二等奖各奖多少钱").text)
    assert found.questions == ("一等奖奖多少钱", "二等奖奖多少钱")


def test_what_the_answer_leaves_open_is_asked_for_by_itself(build, tmp_path):
    text = (
        "白石厂仓库管理办法\n第一条 仓库平均每月盘点2次。\n"
        "第二条 食堂由后勤科负责。\n第三条 仓库最低库存为300件。\n"
    )
    answer = build(tmp_path, text).ask("白石厂仓库：盘点次数与最低库存")
    assert "2次" in answer.text
    assert "300件" in answer.text
    assert len(answer.citations) == 2
