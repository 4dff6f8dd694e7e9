"""Pure: which place a body and its documents belong to, and what 我市 and 本校 mean in them."""

from __future__ import annotations

import re

from index.types import Document

_HAN = r"[\u4e00-\u9fff]"
_PARTY = r"(?:中共|中国共产党|中国共产主义青年团|共青团|政协|中国人民政治协商会议|中华人民共和国|国家税务总局)?"
# 市场, 县域, 区域 and 社区 are words, not the ends of names; 沙市区 and 津市市 are names, 潞河市城市管理局 is no 城市.
_PROVINCE = rf"{_HAN}{{2,8}}?(?:省|自治区)|新疆生产建设兵团"
_CITY = rf"{_HAN}{{2,10}}?(?:市(?!场)|自治州|地区|盟)"
_COUNTY = rf"沙市区|津市市|(?!城市){_HAN}{{1,7}}?(?:县(?!域|级)|(?<![社校小园厂景库])区(?!域|级)|旗|市(?!场|级|直))"
_TOWN = rf"{_HAN}{{2,6}}?(?:街道|镇|乡|苏木)(?=办事处|人民政府|政府|党|中心|{_HAN}{{0,4}}(?:学校|小学|中学|幼儿园))"
_PLACE = re.compile(
    rf"{_PARTY}(?P<province>{_PROVINCE})?(?P<city>{_CITY})?(?P<county>{_COUNTY})?(?P<town>{_TOWN})?"
)
_NATIONAL = re.compile(
    r"国家(?!税务总局.)|中国人民银行|中国(?:证券|银行保险|气象|地震)|国务院|国办|中央|中共中央|全国|最高人民|中华人民共和国(?!.{2,8}(?:省|市|自治区))"
    rf"|(?:教育|财政|公安|民政|司法|外交|国防|科学技术|科技|商务|文化和旅游|文化|水利|农业农村|农业|交通运输|自然资源|生态环境"
    rf"|住房和?城乡建设|人力资源和?社会保障|工业和信息化|应急管理|退役军人事务|中央{_HAN}{{1,6}})部"
)
_NOT_NAMES = re.compile(
    r"^[我本各该此]|^全[省市区县乡镇校]|关于|印发|做好|推进|加强|加快|促进|建设|发展|进一步|城[市镇乡]|[集乡]镇|社区"
    r"|农村|贫困|[边偏]远|民族地区|革命|试[验点]|^新区"
)
_SCHOOLS = re.compile(
    r"(?:大学|学院|学校|中学|小学|高中|职高|附中|附小|党校|幼儿园|职教中心|职中|中专)$"
)
_STEPS = ("province", "city", "county", "town")


def region_of(issuer: str) -> str:
    """Return the place an issuing body belongs to: 成都市温江区教育局 → 成都市温江区.

    Of several bodies, joined by 、, the first that has a place gives it; national ones have none.
    """
    return next(filter(None, map(_region_of_one, issuer.split("、"))), "")


def _region_of_one(issuer: str) -> str:
    match = _PLACE.match(issuer)
    if match is None or _NATIONAL.match(issuer) or _NOT_NAMES.match(issuer):
        return ""
    region = "".join(match[step] or "" for step in _STEPS)
    return region if region != issuer else ""


def region_of_title(title: str) -> str:
    """Return the place a title begins with, or "": 云岭市电动自行车管理条例 → 云岭市."""
    head = title.strip("《 ").partition("关于")[0]
    match = _PLACE.match(head)
    region = "".join(match[step] or "" for step in _STEPS) if match else ""
    if not region and (town := re.match(rf"{_HAN}{{2,4}}?(?:街道|镇)", head)):
        region = town[0]
    names = re.split(r"(?<=[省市区县州盟旗镇乡])", region)
    known = all(len(name) <= 5 or name.endswith(("自治州", "自治区", "自治县")) for name in names)
    return region if known and region != title and not _NOT_NAMES.search(region) else ""


def region_of_body(issuer: str, title: str, text: str) -> str:
    """Return the place of a document: of its issuer, its title, or a school's name in its text."""
    return region_of(issuer) or region_of_title(title) or _region_in_text(issuer, text)


def _region_in_text(issuer: str, text: str) -> str:
    """Return the place whose name a school bears, in the form the text prints: 德州学院 → 德州市."""
    if not _SCHOOLS.search(issuer):
        return ""
    for length in (4, 3, 2):
        name = re.escape(issuer[:length])
        if len(issuer) > length and (
            match := re.search(rf"{name}(?:省|市|县|区|自治[区州县])", text)
        ):
            return match[0]
    return ""


def level_of(issuer: str) -> str:
    """Return 国家, 省级, 市级, 县级, 乡级 or 学校: whose word a document is; "" when unknown."""
    first = issuer.partition("、")[0]
    if _SCHOOLS.search(first):
        return "学校"
    if _NATIONAL.match(first):
        return "国家"
    match = _PLACE.match(first)
    if match is None or not _region_of_one(first):
        return ""
    if match["town"]:
        return "乡级"
    if match["county"]:
        return "县级"
    if match["city"]:
        # A 市 with no province before it may be a prefecture or a county; most that issue are 市级.
        return "省级" if re.match("北京|上海|天津|重庆", match["city"]) else "市级"
    return "省级"


def resolved_self(document: Document) -> dict[str, str]:
    """Return what a document means by 我市, 本区, 我校, 我局 …, by that word.

    Only what its issuer and region say; 我省 of a city whose province is not named has no entry.
    """
    meant: dict[str, str] = {}
    match = _PLACE.match(document.region)
    if match is not None:
        parts = [match[step] for step in _STEPS if match[step]]
        for part in parts:
            kind = re.sub(r".*(?=(?:省|自治区|市|州|盟|县|区|旗|街道|镇|乡)$)", "", part)
            meant |= {f"{self}{kind}": part for self in ("我", "本", "全")}
    issuer = document.issuer.partition("、")[0]
    if _SCHOOLS.search(issuer):
        meant |= {f"{self}{kind}": issuer for self in ("我", "本", "全") for kind in ("校", "院")}
    elif match_office := re.search(r"[局厅委部]$", issuer):
        meant |= {f"{self}{match_office[0]}": issuer for self in ("我", "本")}
    return meant
