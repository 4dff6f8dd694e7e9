import pytest

from assistant.answering.bounds import lies_in, ranges, stated_numbers


@pytest.mark.parametrize(
    ("question", "text", "inside"),
    [
        ("我爹78岁能领多少", "75至84周岁", True),
        ("我爹七十八岁能领多少", "65至74周岁", False),
        ("买的33层的房子", "十八层以上", True),
        ("货值9000元怎么罚", "不足1万元", True),
        ("货值1万元怎么罚", "不足1万元", False),
        ("230人的聚餐谁来指导", "200人以上500人以下", True),
        ("15万元的奖励谁批", "1万元以上10万元以下的", False),
        ("跑了20万公里奖多少", "满20万公里", True),
        ("一年来了5万人", "3万至8万人", True),
        ("四口人能批多大", "4人户", True),
        ("屋里才十九度", "18°c以上不足20°c", True),
        ("屋里才十九度", "14°c以上不足16°c", False),
        ("零售额800万元奖多少", "500万元(含)至2000万元", True),
        ("去年卖了四十来万", "30万元(含)至100万元", True),
        ("赔3万元要几天", "5000元至5万元的15日内赔付", True),
        ("停了八个多钟头", "8小时以上", True),
        ("退了三个月能领吗", "1个月以上6个月以下", True),
        ("申请要什么材料", "3人以上", None),
        ("要交3份材料吗", "满18周岁", None),
    ],
)
def test_a_number_of_a_question_lies_in_a_range_or_not(question, text, inside):
    assert lies_in(stated_numbers(question), text) is inside


def test_both_ends_of_a_range_have_the_scale_of_the_second():
    (found,) = ranges("3至8万人")
    assert (found.low, found.high, found.unit) == (30_000, 80_000, "人")
