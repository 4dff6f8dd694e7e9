"""Pure: what the outer clauses of a document say, one value a name, and corrections by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from index.parsing.metadata import field_name, normal_number, organs_of, parse_date
from index.types import Clause, ClauseKind

_ISSUED = ("成文日期", "修正日期", "公布日期", "批准日期", "通过日期", "发布日期", "印发日期")

_HAN = r"[\u4e00-\u9fff]"
_CONGRESS = re.compile(
    rf"日\s*({_HAN}{{2,12}}?[省市区州县旗])?(?:第{_HAN}{{1,4}}届)?((?:全国)?人民代表大会(?:常务委员会)?)"
)
_BY_ORDER = re.compile(
    rf"日\s*({_HAN}{{2,30}}令\s*[（(]?(?:(?:19|20)\d\d\s*年\s*)?第\s*[\d一二三四五六七八九十百零〇]{{1,6}}\s*号[）)]?)"
    r"\s*(?:公布|发布)"
)


def read_facts(clauses: Sequence[Clause]) -> dict[str, str]:
    """Collect the values of letterhead and colophon, the first of each name.

    发文机关 are all organs that issue a text, joined by 、: those of the letterhead, or those that
    sign where they are more or the only ones.
    """
    facts: dict[str, str] = {}
    for clause in clauses:
        if clause.kind in (ClauseKind.LETTERHEAD, ClauseKind.COLOPHON):
            for cell in clause.cells:
                facts.setdefault(field_name(cell.head), cell.text)
    named, signed = _organs(clauses, "发文机关"), _organs(clauses, "署名")
    joint = named if not set(named) < set(signed) else signed
    told = _told_in_note(clauses)
    facts.setdefault("发文字号", told["发文字号"])
    return facts | {"发文机关": "、".join(joint) or told["发文机关"]}


def _told_in_note(clauses: Sequence[Clause]) -> dict[str, str]:
    """Read who passed a law, or by which order it was published, from its 题注.

    全国人民代表大会常务委员会 is the issuer without the number of its term.
    """
    notes = [c.text for c in clauses if {"通过日期", "公布日期"} & {cell.head for cell in c.cells}]
    passed = next(filter(None, map(_CONGRESS.search, notes)), None)
    published = next(filter(None, map(_BY_ORDER.search, notes)), None)
    return {
        "发文机关": "".join(part or "" for part in passed.groups()) if passed else "",
        "发文字号": published[1] if published else "",
    }


def _organs(clauses: Sequence[Clause], name: str) -> tuple[str, ...]:
    """Return the organs of the first clauses in a row that hold a field of this name."""
    rows = groupby(clauses, key=lambda clause: any(cell.head == name for cell in clause.cells))
    first = next((list(row) for holds, row in rows if holds), [])
    cells = [cell.text for clause in first for cell in clause.cells if cell.head == name]
    return tuple(dict.fromkeys(organ for text in cells for organ in organs_of(text)))


def corrections(fields: Mapping[str, str]) -> dict[str, str]:
    """Return fields given by hand under their one name; empty ones and dates of no day are not."""
    given = ((field_name(name), value.strip()) for name, value in fields.items())
    return {
        name: value
        for name, value in given
        if value and (parse_date(value) or not name.endswith(("日期", "有效期至")))
    }


def issue_date(facts: Mapping[str, str]) -> str:
    """Return the day a text bears, as ISO 8601: signed, else revised, published, passed, printed."""
    return next(filter(None, (parse_date(facts.get(name, "")) for name in _ISSUED)), "")


def full_number(number: str, issuer: str, titles: Sequence[str]) -> str:
    """Return a 发文字号 in its normal form; 第12号 alone gets its organ: 青山市人民政府令第12号."""
    number = normal_number(number)
    if not re.match(r"(?:(?:19|20)\d\d年)?第|公告|通告|令第", number):
        return number
    word = re.match("公告|通告|令", number)
    announced = any(title.endswith(("公告", "通告")) for title in titles)
    kind = "" if word else "公告" if announced else "令"
    return f"{issuer}{kind}{number}"


def issuer_of_number(number: str) -> str:
    """Return the organ whose order a number is, or "": 教育部令第12号 → 教育部."""
    organ = re.split("令|公告|通告", number)[0] if re.search("(?:令|公告|通告)", number) else ""
    return "国务院" if organ == "国" else "、".join(organs_of(organ))
