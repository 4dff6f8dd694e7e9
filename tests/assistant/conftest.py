"""A made-up library: three places, three ways to write a document, none about education."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.engine import Assistant
from assistant.factory import build_assistant
from assistant.settings import Settings

BuildAssistant = Callable[..., Assistant]

# Chapters, articles and items; a paragraph cut by a page break in 第八条; a table of fees.
QINGSHI = """青石市人民政府办公室文件

青政办发〔2022〕15号

青石市人民政府办公室关于印发青石市小微企业用工补贴办法的通知

各县（市、区）人民政府，市政府各部门：

现将《青石市小微企业用工补贴办法》印发给你们，请认真贯彻执行。

青石市人民政府办公室

2022年3月8日

（此件公开发布）

青石市小微企业用工补贴办法

第一章 总则

第一条 为支持小微企业稳定用工，根据《就业促进条例》（国令〔2018〕9号），制定本办法。

第二条 本办法所称小微企业，是指在本市依法登记、职工人数不超过100人的企业。

第三条 市人力资源局负责用工补贴的审核和发放，市财政局负责资金保障。

第二章 补贴标准

第四条 补贴按照下列标准发放：

（一）招用登记失业人员并签订一年以上劳动合同的，每人每月补贴500元；

（二）招用残疾人的，每人每月补贴800元；

（三）新吸纳就业人数达到职工总数20%以上的，另给一次性奖励2万元。

第五条 2022年补贴资金总额不低于600万元，2025年补贴资金总额不低于900万元。

第六条 同一企业享受补贴的期限最长不超过3年。

第三章 申领程序

第七条 企业应当于每年9月30日前，向市人力资源局提出申请，并提交下列材料：

1. 营业执照复印件；

2. 劳动合同复印件；

3. 工资发放凭证。

第八条 市人力资源局受理申请后，应当对企业的用工情况逐项进行核对，必要时可以到企业实地查看，并在15个工作日内作出是否

发放补贴的决定，并书面告知申请企业。

第四章 附则

第九条 本办法自2022年5月1日起施行。

附件

青石市小微企业用工补贴收费与代办标准表

序号	项目	标准	承办单位
1	劳动合同鉴证	免费	市人力资源局
2	用工备案代办	每件20元	市企业服务中心
3	招聘摊位租用	每个每天35元	市人才市场
4	岗前体检	每人60元	市第二医院
"""

# Headings 一、（一）1., units in brackets, and a table of tasks.
BAISHA = """白沙县园林局文件

白园〔2023〕6号

白沙县园林局关于加强公园管理的通知

各乡镇人民政府，县直有关单位：

为进一步提升公园服务水平，现就加强公园管理有关事项通知如下。

一、明确开放要求

（一）延长开放时间。县级公园每日6时至22时免费开放，节假日延长至23时。

（二）规范设施管理。

1. 公园绿化面积占公园总面积的比例不低于65%。

2. 每个公园至少设置公共厕所2座，无障碍厕位不少于1个。

3. 儿童游乐设施每半年检测一次，检测合格后方可使用。

二、加强日常管护

（一）古树名木实行挂牌保护。〔责任单位：县林业局、县园林局〕

（二）湖面水质每季度监测一次，达到地表水Ⅳ类标准。〔责任单位：县生态环境局〕

（三）禁止下列行为：攀折花木、乱扔垃圾、擅自摆摊、捕鱼垂钓。

三、保障措施

（一）经费保障。2023年安排公园管护经费320万元，2024年安排380万元。

（二）考核监督。县园林局每年12月底前组织考核，考核结果纳入年度绩效。

附件

白沙县公园管理任务分工表

序号	任务	责任单位	完成时限
1	修复滨河公园步道	县住建局	2023年6月底
2	更换东山公园照明灯具	县园林局	2023年9月底
3	新建口袋公园3个	县自然资源局	2024年12月底
4	编制公园应急预案	县应急管理局	2023年5月底

白沙县园林局

2023年2月20日

（此件主动公开）
"""

# A digest with its letterhead in a front matter.
NANXI = """---
标题: 南溪县老年食堂建设方案
发文字号: 南政办〔2021〕8号
发文机关: 南溪县人民政府办公室
地区: 南溪县
成文日期: 2021年11月4日
主送: 各镇人民政府
抄送: 县委办公室
类型: 要点整理
---

# 南溪县老年食堂建设方案

## 一、建设目标

到2024年，老年食堂覆盖全县三分之二以上的村，就餐老人满意率不低于90%。

## 二、扶持措施

（一）建设补助。每建成一个老年食堂，一次性补助5万元。

（二）就餐优惠。80岁以上老人每餐优惠3元，由县民政局承担。
"""


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the made-up documents; tests only read it."""
    folder = tmp_path_factory.mktemp("library")
    for name, text in (("qingshi", QINGSHI), ("baisha", BAISHA), ("nanxi", NANXI)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def build() -> BuildAssistant:
    """Build an assistant in memory over a folder, or over one document of the given text."""

    def build_over(docs: Path, text: str = "", **settings: object) -> Assistant:
        if text:
            (docs / "made_up.md").write_text(text, encoding="utf-8")
        return build_assistant(replace(Settings(), docs=docs, index=None, **settings))

    return build_over


@pytest.fixture(scope="module")
def made_up(library: Path, build: BuildAssistant) -> Assistant:
    """The assistant over the made-up library."""
    return build(library)
