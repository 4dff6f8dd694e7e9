"""Pure: numbers, ratios, dates and organs as they are written in Chinese documents."""

from __future__ import annotations

import re
from functools import lru_cache

# Bounded and behind no other digit, so that a long run of digits is scanned once.
_N = r"(?<!\d)\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?"
_CN = "[一二三四五六七八九十百千万亿两〇零半]"
_RANGE = rf"{_N}(?:\s*[%％])?(?:\s*[-—–~至到]\s*{_N})?"
UNITS = (
    "人次|学时|学分|平方米|平方公里|公里|万元|亿元|美元|人民币|个月|个工作日|工作日|课时|门次|场次|人|名|位|所|家|个|"
    "项|条|门|元|块|年|月|周岁|周|天|日|小时|分钟|次|倍|亩|米|册|台|套|件|张|份|户|村|县|届|期|类|种|级|岁|期|学年|学期|班|节|支|间|座|处|分|吨|公斤|千克|厘米|毫米|千米|度|千瓦时|场|元"
)
# Counted in digits alone: 一组 and 一部 are mostly no number.
_MEASURES = "立方米|立方|平方千米|毫克|毫升|升|克|斤|℃|°c|分贝|千瓦|兆|折|辆|头|只|羽|株|棵|层|组|队|场|趟|页|桶|箱|袋|瓶|栋|幢|床|桌|例|艘|盏|匹"
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武戚莫孔向汤温卜蓝费卢乔辛柯岑骆"
)
# 不得低于16℃ must not be told as 低于16℃.
_LIMIT = "(?:不得|不应当?|不能|不宜|不可|不)?(?:低于|少于|超过|高于|多于|大于|小于)"
_BOUND = "(?:以上|以下|以内|左右|上下|以外|之间|不等)"
RATIO = re.compile(
    rf"(?:{_LIMIT}|达到|达|至少|最高|最低|(?<![违预签履爽赴节失])约|近)?\s{{0,3}}(?:{_RANGE}\s*[%％‰](?:\s*[-—–~至到和]\s*{_N}\s*[%％])?"
    rf"|百分之{_CN}+(?:点{_CN}+)?|{_CN}{{1,3}}分之{_CN}{{1,3}}|{_N}(?:\s*[:：∶比]\s*{_N}){{1,4}}|{_CN}比{_CN}|一半|半数|{_CN}成(?!立|员|果|为|功|长|人|才))\s*(?:{_BOUND})?"
)
QUANTITY = re.compile(
    rf"(?:{_LIMIT}|达到|达|至少|最高|最低|(?<![违预签履爽赴节失])约|近|每)?\s{{0,3}}(?:{_RANGE}\s*(?:万|亿)?\s*[+多余]?(?:{UNITS}|{_MEASURES})|{_N}\s*[-—–~至]\s*{_N}|{_CN}{{1,4}}(?:{UNITS})(?!性)|{_N}\s*[万亿]|[〇一二三四五六七八九十]+成)"
    rf"(?:/(?:人|年|月|次))?\s*(?:{_BOUND})?"
)
DATE = re.compile(
    r"(?:(?:19|20)\d\d\s*年\s*|每年\s*)?(?<!\d)\d{1,2}\s*月\s*\d{1,2}\s*日?\s*[-—–~至到]\s*(?:(?:19|20)\d\d\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日"
    r"|(?:19|20)\d\d\s*年?\s*[-—–~至到]\s*(?:19|20)\d\d\s*年?"
    r"|(?:到|自|从|截至)?\s*(?:19|20)\d\d\s*年\s*(?:\d{1,2}\s*月)?\s*(?:\d{1,2}\s*日)?\s*"
    r"(?:[春秋夏冬]季(?:学期)?(?:开学)?|上半年|下半年|第[一二三四]季度|年?底|末|初)?\s*(?:之?前|起|后|以前|之前)?"
    r"|每年\s*\d{1,2}\s*(?:[-—–~至到]\s*\d{1,2}\s*)?月(?:\d{1,2}日)?(?:底|初|中旬)?(?:之?前)?"
    r"|\d{1,2}\s*月\s*(?:\d{1,2}\s*日)?(?:底|初|前|中旬)*"
    r"|[“\"]?十[三四五六]五[”\"]?(?:期间|末)?|每半年|每季度|每[两三四五\d]?年|每月|每学期|[一二三四五\d]{1,4}年一?(?:周期|轮|届|次)|持续实施|长期"
    r"|[一二三四五六七八九十两\d]{1,4}个?(?:工作日|日|天|周|月|年|小时|分钟)(?:以?内|之内|左右|前)"
)
DURATION = re.compile(
    rf"(?:{_LIMIT}|至少|最长|最多|累计|为期|满)?\s{{0,3}}(?<![月年])(?:(?!(?:19|20)\d\d){_RANGE}|{_CN}{{1,3}})\s*[多余]?\s*(?:个月|个工作日|工作日|个学期|个学年|学期|学年|周年|年|天|日|周(?!岁)|小时|分钟|秒)(?![月份号]){_BOUND}?(?:以?内)?"
)
PERIOD = re.compile(
    r"每[两二三四五六七八九十\d]{0,4}个?(?:年|月|季度|半年|学期|周|学年)|每半年|[一两二三四五六七八九十\d]{1,4}年(?:为?一?个?)?(?:周期|[一1]?轮|[一1]次|[一1]届)|(?:年|季度|半年|月)\s*[一1]次"
)
CLOCK = re.compile(
    r"\d{1,2}[:：]\d{2}(?:\s*[-—–~至到]\s*\d{1,2}[:：]\d{2})?|\d{1,2}[时点](?:\d{1,2}分|半)?(?!间)"
)
CONTACT = re.compile(r"\d{3,4}\s*[-—]\s*\d{7,8}|1\d{10}|\d{7,8}|@|https?:|www\.")


@lru_cache(maxsize=256)
def counted(unit: str) -> re.Pattern[str]:
    """Return the pattern of a number counted in a unit of the question's own: 30余稿, 四个系."""
    return re.compile(rf"(?:{_RANGE}|{_CN}{{1,4}})\s*[多余来]?个?{re.escape(unit)}(?:{_BOUND})?")


YEAR = re.compile(
    r"(?<![\d.])(?:19|20)\d\d(?=\s*年|\s*[-—–~至]|[^\d%％元块万亿人名号个台平亩米所次户套课学分公千斤吨条项多余.]|$)"
)
_YEAR_SPAN = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—–~至到]\s*((?:19|20)\d\d)")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*(?:\s*[%％‰])?")
ORGAN = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:委员会|人民政府|管委会|办公室|督查室|督导室|领导小组|联席会议|行政部门|主管部门|部门|政府|局|厅|科|办|处|委|院|中心|学校|学院|中专|单位|企业)"
)


_YEAR_ON = re.compile(r"(?:从|自)?((?:19|20)\d\d)\s*年[^，。；,;]{0,8}?(?:起(?!码)|开始|以后)")
OPEN_YEARS = 10


_CELL = re.compile(r"(?:(?<=[;\t])\d{4}(?=[;\t]|$))|(?:^\d{4}(?=[;\t]))")


def named_years(text: str) -> frozenset[int]:
    """Return the years a text names, all years of a range included.

    A number that fills a cell of a row is none.
    """
    found = {int(match[0]) for match in YEAR.finditer(_CELL.sub(" ", text))}
    for match in _YEAR_SPAN.finditer(text):
        first, last = int(match[1]), int(match[2])
        if first <= last <= first + 30:
            found.update(range(first, last + 1))
    return frozenset(found)


@lru_cache(maxsize=8192)
def years(text: str) -> frozenset[int]:
    """Return the years a provision holds for: those it names, and ten more from 2020年起."""
    found = set(named_years(text))
    for match in _YEAR_ON.finditer(text):
        found.update(range(int(match[1]), int(match[1]) + OPEN_YEARS + 1))
    return frozenset(found)


def has_figure(text: str) -> bool:
    """Tell whether a text in search form states any figure, in digits, numerals or words (全额, 免费).

    A year alone is none.
    """
    text = _YEAR_ALONE.sub("", text)
    if IN_WORDS.search(text):
        return True
    kinds = (NUMBER, QUANTITY, RATIO, DATE, DURATION, PERIOD)
    return any(kind.search(text) for kind in kinds)


IN_WORDS = re.compile(
    "全额|全部由|免费|免收|免交|免缴|全免|不收费|不收取|减半|半价|翻倍|加倍|[一二三四五六七八九]折|不[作做]?限制|数量不限"
)
_YEAR_ALONE = re.compile(rf"{YEAR.pattern}(?!年?\s*\d)")


_CHINESE_QUANTITY = re.compile(
    rf"(?:[一二三四五六七八九十百千万两半]{{1,6}}(?:分之[一二三四五六七八九十百]+|{UNITS}|成))|百分之[一二三四五六七八九十百零点]+"
)
_WHOLE_DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")


def statements(text: str) -> list[str]:
    """Return what must stand in a source as it is: dates whole, and quantities in Chinese."""
    return [m[0] for p in (_WHOLE_DATE, _CHINESE_QUANTITY) for m in p.finditer(text)]


def numbers(text: str) -> list[str]:
    """Return the numbers of a text as written, full-width forms and white space folded."""
    return [re.sub(r"\s+", "", match[0]).replace("％", "%") for match in NUMBER.finditer(text)]
