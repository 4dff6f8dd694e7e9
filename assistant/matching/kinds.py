"""Pure: the kind of thing a question word asks for, and whether a text shows such a thing.

Broader than `values`: a person, a place or a cause has no exact form, so these are hints to be
weighed, never grounds to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.values import SURNAMES

_COUNTED = "个位家所座部本种类项次场支条只款名届门块片张级层岁人倍成"

ASKED: dict[str, re.Pattern[str]] = {
    "cause": re.compile(r"为什么|为何|因何|原因|理由|何故|怎么会"),
    "time": re.compile(
        r"什么时候|何时|哪一?年|哪[一几]?[天日月]|几[月年日号](?!级)|时间|哪个?(?:年份|年代|世纪|朝代|时期|时代|时候|期间)|"
        r"什么(?:时间|时期|年代|日期)|年份|西元|多会"
    ),
    "person": re.compile(
        r"谁|哪[一两几三]?[位名个]?(?:人|作家|导演|皇帝|演员|歌手|将军|科学家|学者|国王|总统|球员|教授|诗人|画家|选手)|何人|哪[一两几三]?位|"
        r"什么人|人为何|名字|姓名|何者"
    ),
    "place": re.compile(
        r"哪里|哪儿|何处|何地|什么地方|哪[一两几三]?[个座条]?(?:国|省|市|县|地|城|州|区|岛|洲|河|山|湖|处|港|大学|车站|站|街|路|家)|"
        r"位于|在哪|地点|地区"
    ),
    "number": re.compile(
        rf"多少|几[{_COUNTED}万亿千百元]|多[长大高久远重深宽快]|几|百分|比例|数量|人数|面积|长度|高度|距离"
    ),
    "means": re.compile(r"怎么|怎样|如何|什么方[式法]|方法|什么样"),
    "list": re.compile(r"哪些|哪[几两三四五六七八九]|分别|包括|有什么|什么和"),
    "name": re.compile(r"叫什么|名称|称为|叫做|称作|别名|本名|原名|简称|称呼|学名|名为"),
}
SHOWN: dict[str, re.Pattern[str]] = {
    "cause": re.compile(r"因|由于|为了|所以|故|导致|鉴于|为避免|以便|使得|原因|缘|从而|为使|于是"),
    "time": re.compile(
        r"\d{3,4}年|\d世纪|\d+年代|[〇一二三四五六七八九十]+年|年间|时期|时代|朝|初期|末年|\d+月|\d+日|[一二三四五六七八九十]月|[春夏秋冬]"
    ),
    "person": re.compile(
        rf"[a-z\u4e00-\u9fff]·[a-z\u4e00-\u9fff]|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[,。、()的在于是与和为被所曾则也任担就将对出以及])|"
        r"先生|女士|教授|博士|皇帝|国王|总统|主席|导演|作家|将军|氏|王后|公主|之子|太子"
    ),
    "place": re.compile(
        r"[省市县州岛洲村镇乡港湾]|国(?!家)|地区|[东西南北]部|境内|位于|山脉|海岸|附近|城"
    ),
    "number": re.compile(
        rf"\d+(?:\.\d+)?(?!年|月|日|\d)|[一二三四五六七八九十百千万两数]+[{_COUNTED}元天米公]|%|百分之|分之"
    ),
    "means": re.compile(r"通过|透过|利用|采用|以[^及后前来外上下]|用|方式|方法|藉|借|由|使用|凭"),
    "list": re.compile(
        r"、[^、]{1,15}(?:、|和|与|及)|包括|分别|以及|其中|分为|有[一二三四五六七八两]"
    ),
    "name": re.compile(
        r"称为|叫做?|称作|称之|名为|命名|俗称|简称|别名|称|名叫|取名|改名|更名|原名|本名|译|《|“|「|『|\"|‘"
    ),
}


@lru_cache(maxsize=1024)
def kinds_of(text: str) -> tuple[str, ...]:
    """Return the kinds a question (search form) asks for; there may be several, or none."""
    return tuple(kind for kind, pattern in ASKED.items() if pattern.search(text))


def shows(kinds: Sequence[str], text: str) -> float:
    """Return the share of `kinds` that `text` (search form) shows, 0-1; no kinds count half."""
    return sum(_shows(kind, text) for kind in kinds) / len(kinds) if kinds else 0.5


@lru_cache(maxsize=65536)
def _shows(kind: str, text: str) -> bool:
    return SHOWN[kind].search(text) is not None
