"""Numbers, ratios, dates and periods as Chinese documents write them."""

from __future__ import annotations

import pytest

from assistant.answering import values


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("２０２２年５月１日", ["２０２２", "５", "１"]),
        ("2022年5月1日", ["2022", "5", "1"]),
        ("增长 3 ％，共1,200元", ["3%", "1,200"]),
        ("生师比1:20", ["1:20"]),
        ("约0.5倍", ["0.5"]),
        ("十五人", []),
    ],
)
def test_numbers_are_taken_as_written(text: str, numbers: list[str]) -> None:
    assert values.numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("达到职工总数的20%以上", "20%以上"),
        ("增幅为20％", "20％"),
        ("比例为1:20", "1:20"),
        ("比例为1：20", "1：20"),
        ("按5:2:3的比例分担", "5:2:3"),
        ("覆盖三分之二的村", "三分之二"),
        ("一半以上的村", "一半以上"),
        ("提高百分之三十", "百分之三十"),
        ("提高百分之三十点五", "百分之三十点五"),
        ("在20%—30%之间", "20%—30%"),
        ("死株率为5‰", "5‰"),
    ],
)
def test_a_ratio_is_found_whole(text: str, ratio: str) -> None:
    found = values.RATIO.search(text)
    assert found is not None
    assert ratio in found[0]


@pytest.mark.parametrize("text", ["共有20人", "公司成立之后", "半年一次", "2022年"])
def test_what_is_no_ratio_is_not_found(text: str) -> None:
    assert values.RATIO.search(text) is None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("补助不超过100人", "100人"),
        ("每月补贴500元", "500元"),
        ("安排5000万元", "5000万元"),
        ("面积1,200平方米", "1,200平方米"),
        ("设置两座厕所", "两座"),
        ("聘用3-5名", "3-5名"),
        ("增加1.5倍", "1.5倍"),
        ("近80家企业", "80家"),
        ("十五人以上", "十五人以上"),
    ],
)
def test_a_quantity_is_found_with_its_unit(text: str, quantity: str) -> None:
    found = values.QUANTITY.search(text)
    assert found is not None
    assert quantity in found[0]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("自2022年5月1日起施行", "2022年5月1日"),
        ("到2025年底建成", "2025年底"),
        ("2018—2020年实施", "2018—2020年"),
        ("应于每年9月30日前申请", "每年9月30日前"),
        ("12月底前考核", "12月底前"),
        ("15个工作日内办结", "15个工作日内"),
        ("“十四五”期间完成", "十四五"),
        ("于2023 年 6 月底完成", "2023 年 6 月底"),
    ],
)
def test_a_date_is_found_whole(text: str, date: str) -> None:
    found = values.DATE.search(text)
    assert found is not None
    assert date in found[0]


@pytest.mark.parametrize("text", ["每件20元", "不少于100人", "由市财政局负责"])
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert values.DATE.search(text) is None


@pytest.mark.parametrize(
    "text",
    ["每两年一届", "每半年检测一次", "每季度监测", "三年一轮", "每3年", "一年一次", "每学期"],
)
def test_a_period_is_found(text: str) -> None:
    assert values.PERIOD.search(text) is not None


@pytest.mark.parametrize("text", ["2022年5月1日", "三年内", "3个"])
def test_a_point_in_time_is_no_period(text: str) -> None:
    assert values.PERIOD.search(text) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年和2025年", {2022, 2025}),
        ("2018—2020年", {2018, 2019, 2020}),
        ("2018-2020", {2018, 2019, 2020}),
        ("2018年至2020年", {2018, 2019, 2020}),
        ("补贴2000元，招收2022人", set()),
        ("增长2020%", set()),
        ("十五年", set()),
        ("县级财政;1900;2025;4100", set()),
        ("2026年;1900", {2026}),
    ],
)
def test_years_of_a_text(text: str, years: set[int]) -> None:
    assert values.years(text) == years


@pytest.mark.parametrize("text", ["2020年起", "从2020年开始", "2020年9月1日起施行"])
def test_an_open_end_names_the_years_that_follow(text: str) -> None:
    assert {2020, 2021, 2023} <= values.years(text)
    assert 2019 not in values.years(text)


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("由市人力资源局审核", "市人力资源局"),
        ("县生态环境局", "县生态环境局"),
        ("青石市人民政府办公室", "人民政府"),
    ],
)
def test_an_organ_is_found(text: str, organ: str) -> None:
    assert organ in "".join(m[0] for m in values.ORGAN.finditer(text))


@pytest.mark.timeout(3)
@pytest.mark.parametrize(
    "text",
    [
        "1" * 10000,
        "一" * 5000,
        "〔" * 5000,
        "2020年" * 2000,
    ],
)
def test_long_runs_are_read_in_time(text: str) -> None:
    for pattern in (values.RATIO, values.QUANTITY, values.DATE, values.PERIOD, values.ORGAN):
        assert sum(len(match[0]) for match in pattern.finditer(text)) <= len(text)


def test_a_word_that_ends_like_about_is_no_part_of_a_number():
    assert values.QUANTITY.search("记违约1次")[0] == "1次"
    assert values.QUANTITY.search("大约30人")[0] == "约30人"


@pytest.mark.parametrize("bound", ["不得低于", "不得超过", "不应少于", "不高于", "低于"])
@pytest.mark.parametrize("value", ["16℃", "60%", "3天"])
def test_a_bound_is_told_with_its_not(bound: str, value: str) -> None:
    patterns = (values.RATIO, values.QUANTITY, values.DURATION)
    found = [m[0] for p in patterns for m in p.finditer(f"教室{bound}{value}的")]
    assert found
    assert set(found) == {f"{bound}{value}"}
