"""Pure: what letterhead and colophon say (GB/T 9704-2012 §7.2-7.4), and fields of a front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_HAN = r"[\u4e00-\u9fff]"
_BLANK = r"[ \u3000]*"
_YEAR = r"(?:19|20)\d\d"
_CORE = rf"[〔［\[（(【]\s*{_YEAR}\s*[〕］\]）)】]\s*(?:第\s*)?\d{{1,5}}(?:[-—]\d{{1,3}})?\s*号"
_SERIAL = rf"{_HAN}{{1,16}}?{_CORE}"
_ORDINAL = rf"(?:{_YEAR}\s*年\s*)?第\s*(?:\d{{1,4}}|[一二三四五六七八九十百零〇○]{{1,6}})\s*号"
_NUMBER_END = re.compile(rf"(?P<serial>{_CORE})|(?:令|公告|通告)\s*[（(]?{_ORDINAL}")
_NAME_END = re.compile(rf"{_HAN}+$")
_SERIAL_NAME, _ORDER_NAME = 16, 30
_NUMBER = re.compile(rf"({_SERIAL})(?:\s|$|[（(])|[（(]\s*(?P<inner>{_SERIAL})\s*[）)]$")
_ORDER = re.compile(
    rf"(?:{_HAN}{{1,30}}(?:令|公告|通告))?\s*[（(]?{_ORDINAL}[）)]?(?:令|公告|通告)?$"
)
_CIPHERS = "〇○零一二三四五六七八九0OＯ"
_DAY = rf"(?:\d{_BLANK}\d?|[一二三四五六七八九十](?:{_BLANK}[一二三四五六七八九十]){{0,2}})"
_DATE = re.compile(
    rf"(?P<y>(?:1{_BLANK}9|2{_BLANK}0){_BLANK}\d{_BLANK}\d|[一二](?:{_BLANK}[{_CIPHERS}]){{3}})"
    rf"\s*年\s*(?P<m>{_DAY})\s*月\s*(?P<d>{_DAY})\s*日"
    rf"|(?P<iy>{_YEAR})(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P=sep)(?P<id>\d{{1,2}})(?!\d)"
)
_ORGAN = re.compile(
    rf"{_HAN}{{2,40}}(?:局|厅|部|委员会|委|政府|办公室|办公厅|办|院|会|处|中心|大学|学院|学校|中学|小学"
    r"|高中|职高|附中|附小|党校|研究所|图书馆|幼儿园|街道|医院|公司|集团|司|法院|检察院)$"
)
_JOINT = re.compile(
    r"等[一二三四五六七八九十两\d]{1,3}个?(?:部门|单位|部委|厅局|委办局|局|委|部|家)?$"
)
_ORGAN_LIMIT = 32
_DISCLOSURE = re.compile(
    r"[（(]?\s*(?:信息公开(?:属性|选项|形式|方式|类别)|公开(?:属性|选项|形式|方式|类别))?\s*[:：]?\s*"
    r"((?:此件)?(?:主动公开|依申请公开|不予公开|公开发布|删减后公开))\s*[）)]?$"
)
_TYPES = (
    "通知|意见|决定|方案|计划|规划|纲要|办法|规定|细则|条例|规则|规程|章程|制度|标准|目录|清单|指南|指引|公告|通告|公报|"
    "命令|议案|报告|请示|批复|复函|函|纪要|要点|总结|解读|一览表|表|法|法典|问答|说明|须知|倡议书|措施|政策|预案|简章|手册|"
    "规范|准则|守则|决议|通报"
)
_TITLE = re.compile(rf"[^。；;！!？?]{{2,}}(?:{_TYPES})\s*(?:[（(][^（）()]{{2,20}}[）)])?$")
_GENRE = re.compile(rf"({_TYPES})(?:[（(][^（）()]*[）)]|《|》|〈|〉|\s)*$")
_NAMED = re.compile(r"标\s*题\s*[:：]")
_PERIOD = re.compile(
    r"[（(]\s*(?:试行|暂行|修订|征求意见稿|20\d\d\s*年?\s*[-—–~至]+\s*20\d\d\s*年?)[^（）()]{0,8}[）)]$"
)
_SENTENCE_OPENS = re.compile(r"如下|下列|以下|之一|现将|现就|特此|根据|按照|为了|应当|要求")

FIELD_LABELS = {
    "标题": "版头/标题",
    "发文字号": "版头/发文字号",
    "文号": "版头/发文字号",
    "发文机关": "版头/发文机关",
    "主送": "版头/主送",
    "主送机关": "版头/主送",
    "成文日期": "落款/成文日期",
    "发文日期": "落款/成文日期",
    "印发日期": "版记/印发日期",
    "抄送": "版记/抄送",
    "公开属性": "版记/公开属性",
    "承办": "版记/承办",
    "主办": "版记/承办",
    "来源": "版头/来源",
}
FIELD_NAMES = {
    "title": "标题",
    "number": "发文字号",
    "issuer": "发文机关",
    "region": "地区",
    "issued_on": "成文日期",
    "kind": "类型",
    "genre": "文种",
    "level": "级别",
    "addressees": "主送",
    "disclosure": "公开属性",
    "period": "规划期",
    "printed_on": "印发日期",
    "effective_on": "施行日期",
    "expires_on": "有效期至",
    "repealed_on": "废止日期",
    "basis": "依据",
    "repeals": "废止文件",
    "amends": "修改文件",
    "题目": "标题",
    "文号": "发文字号",
    "发布机关": "发文机关",
    "发布机构": "发文机关",
    "发文机构": "发文机关",
    "发布部门": "发文机关",
    "制定部门": "发文机关",
    "文件编号": "发文字号",
    "制度编号": "发文字号",
    "生成日期": "成文日期",
    "发文单位": "发文机关",
    "发文日期": "成文日期",
    "主送机关": "主送",
    "实施日期": "施行日期",
    "生效日期": "施行日期",
    "失效日期": "废止日期",
    "体裁": "文种",
}


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field read from one line: its name, and where its value stands in the line."""

    name: str
    start: int
    end: int


def read_field(line: str) -> FieldValue | None:
    """Read `名称: 值`; English names of the front matter are given their Chinese ones."""
    match = re.match(r"(\w{2,12})\s*[:：]\s*(\S.*)$", line)
    if not match:
        return None
    return FieldValue(field_name(match[1]), match.start(2), len(line.rstrip()))


def field_of(line: str) -> tuple[str, str]:
    """Return name and value of a line of a front matter, both empty when it is none."""
    value = read_field(line)
    return (value.name, line[value.start : value.end]) if value else ("", "")


def field_name(name: str) -> str:
    """Return the one name of a field that goes by several: title and 题目 are 标题."""
    return FIELD_NAMES.get(name.strip(), name.strip())


def read_letterhead(line: str) -> FieldValue | None:
    """Read a line of 版头 or 版记: 发文字号, 发文机关标志, 公开属性, 抄送, 承办, 印发日期."""
    line = _narrow(line)
    if (match := _LABELLED.match(line)) and (value := _read_labelled(match)):
        return value
    if len(line) <= 60 and (match := _NUMBER.match(line)):
        return FieldValue("发文字号", *match.span("inner" if match["inner"] else 1))
    if len(line) <= 60 and _ORDER.fullmatch(line):
        return FieldValue("发文字号", 0, len(line))
    if len(line) <= 40 and line.endswith("文件") and _ORGAN.match(line[:-2]):
        return FieldValue("发文机关", 0, len(line) - 2)
    if len(line) <= 40 and line.endswith("令") and _ORGAN.match(line[:-1]):
        return FieldValue("发文机关", 0, len(line) - 1)
    return _read_colophon(line)


def _read_labelled(match: re.Match[str]) -> FieldValue | None:
    """Read a line of the table that a government site prints above a text: 索引号, 发布机构."""
    name, value = field_name(re.sub(r"\s+", "", match[1])), match[2].rstrip()
    fits = {
        "发文字号": _NUMBER.match(value)
        or _ORDER.fullmatch(value)
        or re.fullmatch(r"[A-Za-z]+[\w/-]*\d", value),
        "发文机关": is_organ_line(value),
        "标题": len(value) > _SHORTEST_TITLE and is_title_line(value),
        "索引号": re.fullmatch(r"[\w/.-]{4,40}", value),
        "有效性": re.fullmatch(r"(?:现行|继续|部分|已|尚未)?(?:有效|失效|废止|修改|生效)", value),
        "主题分类": len(value) <= _SHORT_VALUE,
        "主题词": len(value) <= _SHORT_VALUE,
    }
    is_day = name.endswith("日期") and is_date_line(value)
    return FieldValue(name, *match.span(2)) if is_day or fits.get(name) else None


def _read_colophon(line: str) -> FieldValue | None:
    if match := _DISCLOSURE.match(line):
        return FieldValue("公开属性", match.start(1), match.end(1))
    match = re.match(r"(抄送|主办|承办|抄报)(?:机关|单位|部门)?\s*[:：]\s*(\S.*)$", line)
    if match:
        name = "抄送" if match[1].startswith("抄") else "承办"
        return FieldValue(name, match.start(2), match.end(2))
    if len(line) <= 60 and re.search(r"印发?$", line) and (found := _DATE.search(line)):
        return FieldValue("印发日期", found.start(), found.end())
    if re.match(r"(?:信息|文章|稿件)?来\s*源\s*[:：]", line) and len(line) <= 80:
        return FieldValue("来源", 0, len(line))
    return None


def _narrow(text: str) -> str:
    """Return a text of the same length with full-width figures made ordinary ones."""
    return text.translate(_FIGURES)


_LABELLED = re.compile(rf"((?:{_HAN}\s*){{2,4}})[:：]\s*(\S.*)$")
_SHORTEST_TITLE, _SHORT_VALUE = 8, 40
_FIGURES = {ord("０") + figure: str(figure) for figure in range(10)}


def is_date_line(line: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    line = _narrow(line).strip("（）() \u3000")
    return _DATE.fullmatch(line) is not None


def is_organ_line(line: str) -> bool:
    """Tell whether a line is the name of an organ, or of several, and nothing else."""
    return len(line) <= 80 and all(map(_is_organ, line.split() or [""]))


def _is_organ(name: str) -> bool:
    return len(name) <= _ORGAN_LIMIT and _ORGAN.match(name) is not None


def organs_of(text: str) -> tuple[str, ...]:
    """Return the organs a signature or the head of a title names, the first one the leading.

    教育部等六部门 is 教育部; what is parted by white space or 、 is several, unless a part is no
    organ: then it is one name, spread over the line.
    """
    text = _JOINT.sub("", text.strip(" 《\u3000"))
    parts = [part for part in re.split(r"[\s、，,]+", text) if part]
    if parts and all(map(_is_organ, parts)):
        return tuple(dict.fromkeys(parts))
    whole = "".join(parts)
    return (whole,) if _is_organ(whole) else ()


def is_title_line(line: str) -> bool:
    """Tell whether a line reads as the title of a document, an annex or a table."""
    return 4 <= len(line) <= 120 and _TITLE.match(line) is not None and not _NAMED.match(line)


def is_title_rest(line: str) -> bool:
    """Tell whether a line is the bracketed end of a title: （2018—2020）, （试行）."""
    return _PERIOD.match(line) is not None


def is_addressee(line: str) -> bool:
    """Tell whether a line is a 主送机关 line: organs or people, closed by a colon."""
    return (
        line.endswith((":", "："))
        and len(line) <= 300
        and (
            line.startswith(("各", "全体"))
            or re.search(r"局|厅|部|委|政府|单位|学校|院|办|处|公司|会", line) is not None
        )
        and "。" not in line
        and _SENTENCE_OPENS.search(line) is None
    )


def genre_of(title: str) -> str:
    """Return the 文种 a title ends in, or "": 《…招生办法（试行）》 → 办法."""
    match = _GENRE.search(title)
    return match[1] if match else ""


def parse_date(text: str) -> str:
    """Return the first full date in `text` as ISO 8601, or "" when there is none."""
    match = _DATE.search(_narrow(text))
    if not match:
        return ""
    parts = (match["y"] or match["iy"], match["m"] or match["im"], match["d"] or match["id"])
    try:
        return date(*map(_number, parts)).isoformat()
    except (KeyError, ValueError):  # no such day, or a figure of two scripts
        return ""


def _number(text: str) -> int:
    text = re.sub(r"\s+", "", text)
    if text.isdecimal():
        return int(text)
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○0OＯ", 0)
    if "十" not in text:
        return int("".join(str(digits[c]) for c in text))
    tens, _, ones = text.partition("十")
    return digits.get(tens, 1) * 10 + digits.get(ones, 0)


def find_dates(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the full dates in a text."""
    return tuple(match.span() for match in _DATE.finditer(_narrow(text)))


def find_numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of what can be a 发文字号 in running text, words in front of it included."""
    spans: list[tuple[int, int]] = []
    for match in _NUMBER_END.finditer(_narrow(text)):
        longest = _SERIAL_NAME if match["serial"] else _ORDER_NAME
        first = max(match.start() - longest, spans[-1][1] if spans else 0)
        if name := _NAME_END.search(text, first, match.start()):
            spans.append((name.start(), match.end()))
    return tuple(spans)


def issuer_of_title(title: str) -> str:
    """Return the organs in front of 关于 in a title, joined by 、, or ""."""
    head, about, _ = title.partition("关于")
    return "、".join(organs_of(head)) if about else ""


def normal_number(number: str) -> str:
    """Bring a 发文字号 to the form of GB/T 9704: hexagonal brackets, no white space, 令第12号."""
    compact = re.sub(r"\s+", "", _narrow(number))
    compact = re.sub(r"(令|公告|通告)[（(](.*)[）)]$", r"\1\2", compact).strip("（）()")
    compact = re.sub(r"^((?:(?:19|20)\d\d年)?第.*号)(令|公告|通告)$", r"\2\1", compact)
    return re.sub(r"[［\[（(【]((?:19|20)\d\d)[］\]）)】]", r"〔\1〕", compact)
