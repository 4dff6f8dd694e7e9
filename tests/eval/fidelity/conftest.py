"""A made-up document with everything a format can lose."""

from __future__ import annotations

import pytest

from eval.fidelity.originals import Original, original_of
from index.loaders.source import SourceText

NOTICE = """青山市教育局文件
青教发〔2024〕8号
青山市教育局关于印发《职业教育行动计划》的通知
各县（市、区）教育局：
现将《职业教育行动计划》印发给你们，请认真贯彻执行。
青山市教育局
2024年3月1日
职业教育行动计划
一、总体目标
（一）扩大招生。到2026年，全市中职招生达到中考总人数的45%以上，由市教育局会同市财政局、市发展改革委负责，每年12月底前报告进展。
1. 加强统筹。高中阶段学校招生一并安排。
2. 加强宣传。每年5月举办活动周。
（二）建设基地。建成实训基地12个。
1. 选好地点。靠近产业园区。
二、保障措施
（一）落实经费。生均公用经费不低于1200元。
"""
ANNEX = """附件
职业教育任务分工表
类别\t序号\t工作任务\t责任单位
一、近期工作
基地建设\t1\t建成实训基地12个，完成设备采购和验收。\t市教育局、市财政局
\t2\t开放实训基地，每年接待学生3万人次。\t市教育局
师资建设\t3\t招聘专业教师200名。\t市人力资源社会保障局
"""


def make(text: str, stem: str = "青山") -> Original:
    return original_of(SourceText(stem, f"{stem}.txt", text, ""))


PAGE = """青山市职业教育行动计划
一、总体目标
（一）扩大招生。到2026年，全市中职招生达到中考总人数的45%以上。
（二）建设基地。建成实训基地12个，由市教育局、市财政局负责。
"""


@pytest.fixture(scope="session")
def original() -> Original:
    """A notice, a plan, and an annex with merged cells."""
    return make(NOTICE + ANNEX)


@pytest.fixture(scope="session")
def plan() -> Original:
    """One page without a table."""
    return make(PAGE, "方案")
