"""Values are compared by what they say, not by how they are printed."""

import pytest

from assistant.answering.figures import figure


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("不低于85%", 0.85, "share"),
        ("三分之二以上", 2 / 3, "share"),
        ("1:20", 0.05, "share"),
        ("一半以上", 0.5, "share"),
        ("3.6万人", 36000, "amount 人"),
        ("30000人次", 30000, "amount 人次"),
        ("十所", 10, "amount 所"),
        ("12,400", 12400, "amount"),
    ],
)
def test_a_figure_is_read(text, value, kind):
    read = figure(text)
    assert read is not None
    assert read.value == pytest.approx(value)
    assert read.kind == kind


def test_dates_are_in_order():
    days = ["2019年11月26日", "2020年1月", "2020年7月3日", "2021年9月10日"]
    values = [figure(day) for day in days]
    assert [v.value for v in values] == sorted(v.value for v in values)
    assert {v.kind for v in values} == {"date"}


def test_a_text_without_a_figure_has_none():
    assert figure("逐步提高") is None
