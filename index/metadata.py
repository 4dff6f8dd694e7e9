"""Pure: what letterhead and colophon say (GB/T 9704-2012 §7.2-7.4), and fields of a front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_HAN = r"[\u4e00-\u9fff]"
_NUMBER = re.compile(
    rf"({_HAN}{{1,12}}?[〔［\[（(【]\s*(?:19|20)\d\d\s*[〕］\]）)】]\s*(?:第\s*)?\d{{1,5}}\s*号)"
    r"(?:\s|$|[（(])"
)
_ORDER = re.compile(rf"({_HAN}{{2,30}}令)?\s*[（(]?(第\s*\d{{1,4}}\s*号)[）)]?$")
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d|[一二][〇○零一二三四五六七八九0]{3})\s*年\s*"
    r"(?P<m>[\d一二三四五六七八九十]{1,3})\s*月\s*(?P<d>[\d一二三四五六七八九十]{1,3})\s*日"
    r"|(?P<iy>(?:19|20)\d\d)[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2})"
)
_ORGAN = re.compile(
    rf"{_HAN}{{2,30}}(?:局|厅|部|委员会|委|政府|办公室|办公厅|办|院|会|处|中心|大学|学院|学校|中学|小学|幼儿园|街道|医院|公司|集团|司|法院|检察院)$"
)
_DISCLOSURE = re.compile(
    r"[（(]?\s*(?:信息公开(?:属性|选项)\s*[:：]\s*)?"
    r"((?:此件)?(?:主动公开|依申请公开|不予公开|公开发布|删减后公开))\s*[）)]?$"
)
_FIELD = re.compile(rf"({_HAN}{{2,8}})\s*[:：]\s*(\S.*)$")
_TYPES = (
    "通知|意见|决定|方案|计划|规划|纲要|办法|规定|细则|条例|规则|章程|制度|标准|目录|清单|指南|公告|通告|公报|"
    "命令|议案|报告|请示|批复|函|纪要|要点|总结|解读|一览表|表|法|法典|问答|说明|须知|倡议书|措施|政策|预案|简章|手册|规范|决议"
)
_TITLE = re.compile(rf"[^。；;！!？?]{{2,}}(?:{_TYPES})\s*(?:[（(][^（）()]{{2,20}}[）)])?$")
_PERIOD = re.compile(
    r"[（(]\s*(?:试行|暂行|修订|征求意见稿|20\d\d\s*年?\s*[-—–~至]+\s*20\d\d\s*年?)[^（）()]{0,8}[）)]$"
)
_REGION = re.compile(
    rf"(?:中共|中国共产党|共青团)?((?:{_HAN}{{2,8}}?(?:省|自治区))?(?:{_HAN}{{2,7}}?(?:市|自治州|地区|盟))?(?:{_HAN}{{1,7}}?(?:县|(?<![社校小])区|旗|市))?)"
)

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
    return FieldValue(FIELD_NAMES.get(match[1], match[1]), match.start(2), len(line.rstrip()))


def read_letterhead(line: str) -> FieldValue | None:
    """Read a line of 版头 or 版记: 发文字号, 发文机关标志, 公开属性, 抄送, 承办, 印发日期."""
    if len(line) <= 60 and (match := _NUMBER.match(line)):
        return FieldValue("发文字号", match.start(1), match.end(1))
    if match := _ORDER.fullmatch(line):
        return FieldValue("发文字号", 0, len(line))
    if len(line) <= 40 and line.endswith("文件") and _ORGAN.match(line[:-2]):
        return FieldValue("发文机关", 0, len(line) - 2)
    if len(line) <= 40 and line.endswith("令") and _ORGAN.match(line[:-1]):
        return FieldValue("发文机关", 0, len(line) - 1)
    return _read_colophon(line)


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


def is_date_line(line: str) -> bool:
    """Tell whether a line is a date and nothing else."""
    match = _DATE.match(line.strip("（）() "))
    return match is not None and match.end() >= len(line.strip("（）() "))


def is_organ_line(line: str) -> bool:
    """Tell whether a line is the name of an organ, or of several, and nothing else."""
    return len(line) <= 80 and all(_ORGAN.match(n) and len(n) <= 32 for n in line.split() or [""])


def is_title_line(line: str) -> bool:
    """Tell whether a line reads as the title of a document, an annex or a table."""
    return 4 <= len(line) <= 120 and _TITLE.match(line) is not None


def is_title_rest(line: str) -> bool:
    """Tell whether a line is the bracketed end of a title: （2018—2020）, （试行）."""
    return _PERIOD.match(line) is not None


def is_addressee(line: str) -> bool:
    """Tell whether a line is a 主送机关 line: organs, closed by a colon."""
    return (
        line.endswith((":", "："))
        and len(line) <= 300
        and re.search(r"局|厅|部|委|政府|单位|学校|院|办|处|公司|会", line) is not None
        and "。" not in line
    )


def parse_date(text: str) -> str:
    """Return the first full date in `text` as ISO 8601, or "" when there is none."""
    match = _DATE.search(text)
    if not match:
        return ""
    parts = (match["y"] or match["iy"], match["m"] or match["im"], match["d"] or match["id"])
    try:
        return date(*map(_number, parts)).isoformat()
    except (KeyError, ValueError):  # no such day, or a figure of two scripts
        return ""


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "0": 0}
    if "十" not in text:
        return int("".join(str(digits[c]) for c in text))
    tens, _, ones = text.partition("十")
    return digits.get(tens, 1) * 10 + digits.get(ones, 0)


def region_of(issuer: str) -> str:
    """Return the place an issuing body belongs to: 成都市温江区教育局 → 成都市温江区."""
    match = _REGION.match(issuer)
    region = match[1] if match else ""
    if region and region != issuer:
        return region
    township = re.match(rf"{_HAN}{{2,6}}?(?:街道|镇|乡)(?=办事处|人民政府|党)", issuer)
    return township[0] if township else ""


def region_of_title(title: str) -> str:
    """Return the place a title begins with, or "": 云岭市电动自行车管理条例 → 云岭市."""
    place = re.match(rf"{_HAN}{{2,4}}?(?:市|县|区|街道|镇)", title.strip("《"))
    return place[0] if place and not re.search("关于|印发|做好|城|社", place[0]) else ""


def issuer_of_title(title: str) -> str:
    """Return the organ in front of 关于 in a title, or ""."""
    head = title.partition("关于")[0].strip(" 《")
    return re.sub(r"\s+", "", head) if is_organ_line(head.replace(" ", "")) else ""


def normal_number(number: str) -> str:
    """Bring a 发文字号 to the form of GB/T 9704: hexagonal brackets, no white space, 令第12号."""
    compact = re.sub(r"令[（(](.*)[）)]$", r"令\1", re.sub(r"\s+", "", number))
    return re.sub(r"[［\[（(【]((?:19|20)\d\d)[］\]）)】]", r"〔\1〕", compact)
