"""Pure: what a document says of itself beyond its letterhead, read from its clauses."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from index.parsing.labels import chinese_number
from index.parsing.metadata import find_dates, genre_of, parse_date
from index.parsing.places import level_of
from index.parsing.references import find_references, read_amends, read_basis, read_repeals
from index.types import Clause, ClauseKind, Profile, Reference

_OWN = r"本(?:办法|规定|细则|规则|条例|法|通知|意见|方案|计划|规划|制度|章程|决定|规程|规范|准则|标准|指南|文件|公告|通告|政策|措施|守则)"
_COMES = r"(?:正式)?(?:施行|实施|执行|生效|试行|实行|适用)"
_STARTS = re.compile(
    rf"(?:{_OWN}|现予[公发]布|现将其?公布)[^。；]{{0,120}}?自\s*(?P<when>[^，。；自起]{{2,30}}?)\s*起\s*{_COMES}"
)
_AT_ISSUE = re.compile(r"(?:发布|公布|印发|颁布|下发|发文|成文|签发)之日$")
_LASTS = re.compile(
    rf"{_OWN}[^。；]{{0,120}}?{_COMES}[^。；]{{0,60}}?[，。；]\s*(?:本\w{{1,4}})?有效期(?:限)?(?:为|至)?\s*"
    r"(?P<span>[^，。；\s]{1,20})"
    rf"|{_OWN}有效期(?:限)?(?:为|至)?\s*(?P<bare>[^，。；\s]{{1,20}})"
)
_YEARS = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})\s*年")
_YEARS_PLANNED = re.compile(r"(?:19|20)\d\d\s*年?\s*[-—–－~～至到]{1,2}\s*(?:20)?\d\d\s*年?")
_PLAN = re.compile(r"[“\"]?十[一二三四五六七]五[”\"]?")
_PLANNED = re.compile(rf"规划期限?(?:为|是)?\s*[:：]?\s*({_YEARS_PLANNED.pattern})")


def read_profile(
    title: str,
    issuer: str,
    issued_on: str,
    clauses: Sequence[Clause],
    facts: Mapping[str, str],
) -> Profile:
    """Read the profile of a document.

    Args:
        title: of the document.
        issuer: one organ, or several joined by 、.
        issued_on: ISO 8601 or "": what 自印发之日起 means.
        clauses: of the document, in reading order.
        facts: letterhead values and corrections by hand, which win, by their Chinese name.
    """
    body = [clause.text for clause in clauses if clause.kind not in _OUTER]
    effective_on = parse_date(facts.get("施行日期", "")) or _effective_on(body, issued_on)
    expires_on = parse_date(facts.get("有效期至", "")) or _expires_on(body, effective_on)
    basis = _given(facts, "依据") or _others(title, read_basis(clauses))
    return Profile(
        genre=facts.get("文种") or genre_of(title),
        level=facts.get("级别") or level_of(issuer) or _level_of_title(title),
        addressees=facts.get("主送", ""),
        disclosure=facts.get("公开属性", ""),
        period=facts.get("规划期") or _period(title, body),
        printed_on=parse_date(facts.get("印发日期", "")),
        effective_on=effective_on,
        expires_on=expires_on,
        repealed_on=parse_date(facts.get("废止日期", "")),
        basis=basis,
        repeals=_given(facts, "废止文件") or read_repeals(title, clauses),
        amends=_given(facts, "修改文件") or read_amends(title, clauses),
    )


_OUTER = (ClauseKind.LETTERHEAD, ClauseKind.COLOPHON)


def _given(facts: Mapping[str, str], name: str) -> tuple[Reference, ...]:
    return tuple(mention.reference for mention in find_references(facts.get(name, "")))


def _others(title: str, references: Sequence[Reference]) -> tuple[Reference, ...]:
    """Drop a text itself, and the one it interprets, from what it rests on."""
    return tuple(r for r in references if not r.title or r.title not in title)


def _level_of_title(title: str) -> str:
    return "国家" if title.startswith("中华人民共和国") else ""


def _effective_on(body: Sequence[str], issued_on: str) -> str:
    """Return the day a text says it comes into force, the last that it names: 附则 stand last."""
    for text in reversed([text for text in body if "自" in text]):
        for match in reversed(list(_STARTS.finditer(text))):
            if _AT_ISSUE.search(match["when"]):
                return issued_on
            if find_dates(match["when"]):
                return parse_date(match["when"])
    return ""


def _expires_on(body: Sequence[str], effective_on: str) -> str:
    for text in reversed([text for text in body if "有效期" in text]):
        for match in _LASTS.finditer(text):
            span = match["span"] or match["bare"]
            if until := parse_date(span):
                return until
            if effective_on and (years := _YEARS.match(span)):
                return _years_later(effective_on, years[1])
    return ""


def _years_later(day: str, years: str) -> str:
    """Return the last day of a number of years that begin with `day`."""
    start = date.fromisoformat(day)
    count = int(years) if years.isdecimal() else chinese_number(years)
    # The eve of the day first, so that 29 February needs no rule of its own but the clamp to 28.
    eve = start - timedelta(days=1)
    year = eve.year + count
    day_of = 28 if (eve.month, eve.day) == (2, 29) and not isleap(year) else eve.day
    return date(year, eve.month, day_of).isoformat()


def _period(title: str, body: Sequence[str]) -> str:
    """Return the years of the title, else those the text calls 规划期, else the “十四五” of the title."""
    told = next((match for text in body if (match := _PLANNED.search(text))), None)
    if match := _YEARS_PLANNED.search(title):
        return match[0].strip()
    named = _PLAN.search(title)
    return told[1].strip() if told else named[0] if named else ""
